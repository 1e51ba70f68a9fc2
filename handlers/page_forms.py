"""Asking for what a command about a page left out, or for what was wrong in it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from handlers.chat import Field, FieldKind, Form, Message, Option, line
from handlers.context import Context, Refusal
from handlers.page_finding import Pair
from handlers.page_view import MOST, page_field
from handlers.words import capitalized
from storage import people
from storage.models import Office

WHICH = "Which page?"
NOBODY = "0"
ASKED = "asked"  # among the values: a form was shown
WRONG, NOT_DONE = "{why}.", "Not done yet: {why}."
IN_OFFICE = "{name} ({office})"


def ask_for(
    ctx: Context,
    form: Form,
    values: Mapping[str, str],
    mistakes: Mapping[str, str] | None = None,
) -> bool:
    """Ask for what is missing or wrong in some values. Returns whether anything had to be.

    What is wrong in a command is refused, so that nothing opens unasked; what is wrong in an answer
    is asked again, with all else kept. What may be left out is asked only along with the rest.
    """
    wrong = {**(mistakes or {})}
    if wrong and ASKED not in values:
        raise Refusal(
            Message(tuple(line(WRONG, why=capitalized(why.rstrip("."))) for why in wrong.values()))
        )
    lacking = [f for f in form.fields if f.required and not values.get(f.name, "").strip()]
    if not lacking and not wrong:
        return False
    asked = [
        replace(field, initial=values.get(field.name, field.initial))
        for field in form.fields
        if field in lacking or field.name in wrong or _is_first(field, values)
    ]
    if wrong:
        ctx.reply(Message(tuple(line(NOT_DONE, why=why.rstrip(".")) for why in wrong.values())))
    ctx.ask(replace(form, fields=tuple(asked)), given={**values, ASKED: "yes"})
    return True


def _is_first(field: Field, values: Mapping[str, str]) -> bool:
    return ASKED not in values and field.name not in values


def which_page(choices: Sequence[Pair]) -> Field:
    """Ask for one of some pages."""
    return page_field(WHICH, choices)


def somebody(
    ctx: Context, label: str, offices: Sequence[Office], *, nobody: str = "", hint: str = ""
) -> Field:
    """Ask for one of the people of some offices; `nobody` is a choice, too, if it has a label."""
    named: dict[int, str] = {}
    for office in offices:
        for member in people.members(ctx.db, office):
            name = member.person.name
            label_of = (
                name if len(offices) == 1 else IN_OFFICE.format(name=name, office=office.name)
            )
            named.setdefault(member.person.id, label_of)
    options = [Option(str(person_id), name) for person_id, name in named.items()][: MOST - 1]
    if nobody:
        options.append(Option(NOBODY, nobody))
    return Field("person", label, FieldKind.CHOICE, tuple(options), hint=hint)
