"""A citizen's complaint: when somebody is reminded of it, and what is hidden when it is shown."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from policy.calendar import Calendar
from policy.findings import Finding

#: So long before a first reply is due, by the wall clock, whoever has it is reminded.
REMINDER = timedelta(hours=4)

#: What of a citizen's words is hidden where several people read them: kinds of findings, in words.
HIDDEN: Mapping[str, str] = {
    "phone": "a phone number",
    "email": "an e-mail address",
    "address": "a home address",
    "national-id": "an identity number",
    "account": "an account number",
    "card": "a card number",
    "credential": "a password or key",
    "health": "something about somebody's health",
    "child": "something that tells who a child is",
}
MASK = "•"
#: What the checks of posts leave alone: any e-mail address, and a telephone number in a link.
_EMAIL = re.compile(r"[\w.+-]{1,64}(?:@|%40)[\w-]{1,63}(?:\.[\w-]{1,63})+", re.IGNORECASE)
_IN_LINK = re.compile(
    r"\b(?:wa\.me/|(?:phone|tel|mobile|whatsapp)\w{0,10}[=:/])(?:\+|%2B)?([\d().-]{7,20})",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Passage:
    """A stretch of a citizen's words that is personal, and of which kind it is."""

    kind: str
    start: int
    end: int


def is_reminder_due(now: datetime, due_at: datetime, calendar: Calendar) -> bool:
    """Tell whether whoever has a complaint is to be reminded of it.

    In the last four hours, once the office is open; at once if it does not open before the end.
    """
    if not due_at - REMINDER <= now < due_at:
        return False
    return calendar.is_open(now) or not calendar.worked(now, due_at)


def hidden(found: Iterable[Finding]) -> list[Passage]:
    """Keep the findings whose passage is personal, and not excused."""
    return [
        Passage(each.kind, each.start, each.end or each.start)
        for each in found
        if each.kind in HIDDEN and each.start is not None and not each.guard
    ]


def contacts(text: str, directory: Collection[str]) -> Iterator[Passage]:
    """Find every e-mail address, and the telephone numbers in links: not those of the office."""
    ours = {entry.lower() for entry in directory}
    for match in _EMAIL.finditer(text):
        if match[0].lower().replace("%40", "@") not in ours:
            yield Passage("email", *match.span())
    digits = {re.sub(r"\D", "", entry) for entry in ours}
    for match in _IN_LINK.finditer(text):
        if re.sub(r"\D", "", match[1]) not in digits:
            yield Passage("phone", *match.span(1))


def masked(text: str, found: Iterable[Passage]) -> str:
    """Put a dot for each letter and digit of some passages; their shape stays."""
    letters = list(text)
    for each in found:
        for place in range(each.start, each.end):
            if letters[place].isalnum() or unicodedata.category(letters[place])[0] == "M":
                letters[place] = MASK
    return "".join(letters)
