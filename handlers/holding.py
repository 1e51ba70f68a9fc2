"""Why a draft is not before the moderators, in words."""

from collections.abc import Iterable

from handlers.chat import Line, line
from policy.periods import PERIODS
from storage.models import Draft, Hold

NEW_WORDING = "The new wording is not before you yet: its author has to change or confirm it first."
HELD_BY = (
    "**On hold because of {cause}**: a rule forbids this wording now. The text is the same as "
    "before, and so are the votes. Its author knows."
)
FREE = (
    "**It was on hold because of {cause}**, and nothing stops it any more. Its author has to send "
    "it on. The text is the same as before, and so are the votes."
)
WARNED = (
    "**On hold because of {cause}**: its author has to look at a warning first. The text is the "
    "same as before, and so are the votes."
)
END_OF = "the end of {period}"
ENDED = "-"  # before a period that is over
THINGS_CHANGED = "a change"

FILES, PURPOSE, VERSIONS = "files", "purpose", "versions"
#: Causes that lie in the draft itself.
OWN = {FILES: "its files", PURPOSE: "its purpose", VERSIONS: "its versions in other languages"}


def ended(period: str) -> str:
    """Name the end of a period as what holds a draft."""
    return ENDED + period


def is_about_draft(causes: Iterable[str]) -> bool:
    """Tell whether a draft is held for something about itself, and not for a period."""
    return any(cause in OWN for cause in causes)


def period(cause: str) -> str:
    """Return the period that a cause is about."""
    return cause.removeprefix(ENDED)


def words(causes: Iterable[str]) -> str:
    """Name what holds a draft."""
    return " and ".join(map(_word, causes)) or THINGS_CHANGED


def _word(cause: str) -> str:
    if cause in OWN:
        return OWN[cause]
    name = PERIODS.get(period(cause), cause)
    return END_OF.format(period=name) if cause.startswith(ENDED) else name


def on_card(draft: Draft) -> Line:
    """Tell the moderators why the text is not before them."""
    if not draft.sent_back:
        return line(NEW_WORDING)
    cause = words(draft.sent_back)
    if draft.hold is Hold.BLOCKED:
        return line(HELD_BY, cause=cause)
    return line(WARNED if is_about_draft(draft.sent_back) else FREE, cause=cause)
