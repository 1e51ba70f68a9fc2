"""A citizen's complaint: when somebody is reminded of it, and what is hidden when it is shown."""

import unicodedata
from collections.abc import Iterable, Mapping
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


def is_reminder_due(now: datetime, due_at: datetime, calendar: Calendar) -> bool:
    """Tell whether whoever has a complaint is to be reminded of it.

    In the last four hours, once the office is open; at once if it does not open before the end.
    """
    if not due_at - REMINDER <= now < due_at:
        return False
    return calendar.is_open(now) or not calendar.worked(now, due_at)


def hidden(found: Iterable[Finding]) -> list[Finding]:
    """Keep the findings whose passage is personal, and not excused."""
    return [
        each for each in found if each.kind in HIDDEN and each.start is not None and not each.guard
    ]


def masked(text: str, found: Iterable[Finding]) -> str:
    """Put a dot for each letter and digit of some passages; their shape stays."""
    letters = list(text)
    for each in found:
        for place in range(each.start or 0, each.end or 0):
            if letters[place].isalnum() or unicodedata.category(letters[place])[0] == "M":
                letters[place] = MASK
    return "".join(letters)
