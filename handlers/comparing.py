"""Comparing two packs: which rules only one has, and which are not the same in both."""

from collections.abc import Iterator, Sequence

from handlers.chat import Command, Line, Message, Quote, line
from handlers.context import Context, Refusal
from handlers.router import Router
from handlers.rule_lines import brief
from policy.comparing import Change, Difference, compare
from policy.documents import DocumentError
from policy.rules import Rule

router = Router()

USAGE = "Name two packs: /policy diff uk ni. There are: {known}."
UNKNOWN = "There is no pack “{name}”. There are: {known}."
HEADING = "**{here} and {there}**: {here_version}; {there_version}"
WRONG = "One of them cannot be read:"
SAME = "They have the same rules."
ONLY = "**Only in {pack}** ({count})"
CHANGED = "**Not the same in both** ({count})"
CHANGE = "{rule}, {aspect}: {here} in {here_name}, {there} in {there_name}"
NOTHING = "nothing"


@router.command("policy diff")
def show_difference(command: Command, ctx: Context) -> None:
    """Compare two packs: /policy diff uk ni."""
    names = command.text.replace(",", " ").lower().split()
    known = ctx.shelf.names()
    if len(names) != 2:
        raise Refusal(USAGE, known=", ".join(known))
    for name in names:
        if name not in known:
            raise Refusal(UNKNOWN, name=name, known=", ".join(known))
    try:
        here, there = (ctx.shelf.look(name) for name in names)
    except DocumentError as error:
        raise Refusal(Message((line(WRONG), Quote(str(error))))) from None
    heading = line(
        HEADING,
        here=names[0],
        there=names[1],
        here_version=here.version,
        there_version=there.version,
    )
    ctx.reply(Message((heading, *_lines(compare(here, there), *names))))


def _lines(found: Difference, here: str, there: str) -> Iterator[Line]:
    if not found:
        yield line(SAME)
    yield from _only(here, found.only_here)
    yield from _only(there, found.only_there)
    if found.changed:
        rules = {change.rule.id for change in found.changed}
        yield line(CHANGED, count=len(rules))
        yield from (_change(change, here, there) for change in found.changed)


def _only(pack: str, rules: Sequence[Rule]) -> Iterator[Line]:
    if rules:
        yield line(ONLY, pack=pack, count=len(rules))
        yield from map(brief, rules)


def _change(change: Change, here: str, there: str) -> Line:
    return line(
        CHANGE,
        rule=change.rule.id,
        aspect=change.aspect,
        here=_words(change.here),
        there=_words(change.there),
        here_name=here,
        there_name=there,
    )


def _words(value: object) -> str:
    """Write a value of a rule as it stands in a pack."""
    if isinstance(value, dict):
        return ", ".join(f"{name}: {_words(each)}" for name, each in value.items()) or NOTHING
    if isinstance(value, list | tuple):
        return ", ".join(map(_words, value)) or NOTHING
    return str(value) if value not in (None, "") else NOTHING
