"""Asking for a reason: one from the office's list, and words of one's own."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from handlers.chat import Button, Field, FieldKind, Form, Message, Option, Part, Quote, line
from handlers.context import Refusal
from policy.reasons import REASONS, SEPARATOR
from storage.models import Draft, Office

OTHER = "other"
SOMETHING_ELSE = "Something else"
WORDS = "What should the author change? (in your own words)"
PLEASE = "Choose a reason from the list, or write one in your own words. Nothing was stored yet."
YOURS = "This is what you wrote:"
WHY = "Why do you reject it?"
WHY_TITLE = "Draft {id}: why?"
GIVE = "Give a reason"


def reason_form(name: str, title: str, why: str, draft: Draft, office: Office) -> Form:
    """Ask for a reason."""
    options = (*(Option(*each) for each in choices(office).items()), Option(OTHER, SOMETHING_ELSE))
    return Form(
        name,
        title[:24],
        (
            Field("reason", why, FieldKind.CHOICE, options),
            Field("words", WORDS, FieldKind.TEXT, required=False),
        ),
        context=f"{draft.id}.{draft.revision}",
    )


def why_rejected(draft: Draft, office: Office, revision: int = 0) -> Form:
    """Ask whoever rejects a wording for the reason."""
    form = reason_form("reason", WHY_TITLE.format(id=draft.id), WHY, draft, office)
    return replace(form, context=f"{draft.id}.{revision or draft.revision}")


def give_reason(draft: Draft, revision: int = 0) -> Button:
    """Offer to give a reason for a rejection, for whoever closed the question."""
    return Button(GIVE, "give-reason", f"{draft.id}.{revision or draft.revision}")


def choices(office: Office) -> Mapping[str, str]:
    """List the reasons that an office can choose from, by the value of their option."""
    return {each: each for each in office.reasons} if office.reasons else REASONS


def reason_in(values: Mapping[str, str], office: Office) -> str:
    """Read a reason: empty if there is none. A list may have changed since it was offered."""
    chosen = values.get("reason", "")
    label = choices(office).get(chosen) or REASONS.get(chosen, "")
    return SEPARATOR.join(part for part in (label, values.get("words", "").strip()) if part)


def not_stored(said: str, reason: str, *buttons: Button, **fields: object) -> Refusal:
    """Turn a reason down and give it back to whoever wrote it."""
    parts: Sequence[Part] = (line(YOURS), Quote(reason)) if reason else ()
    return Refusal(Message((line(said, **fields), *parts), buttons))
