"""What a date in a text is, and the day that is meant by it."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from policy.daynames import ENGLISH_MONTHS, Name
from policy.texts import Span

#: Where the day comes first in a numeric date, and where the month does.
_DAY_FIRST = frozenset(
    {"AU", "BD", "FJ", "FR", "GB", "GG", "IE", "IM", "IN", "JE", "KE", "LK", "MU", "NG", "NZ"}
    | {"PK", "SC", "TO", "WS", "ZA"}
)
_MONTH_LEADS = frozenset({"US", "AS"})

#: Other years are history, fiction or numbers.
_YEARS = range(1900, 2100)
#: How long a year is.
YEAR = len("2026")


class Weekday(NamedTuple):
    """A weekday beside a date."""

    span: Span
    name: Name


class FoundDate(NamedTuple):
    """A date where it stands. Its month is 0 if nobody can tell it from the day."""

    span: Span
    day: int
    month: int
    year: int | None
    weekdays: tuple[Weekday, ...] = ()  # it has to be one of them
    more: bool = False  # a later day follows in the same expression

    def on(self, near: date | None) -> date | None:
        """Return the day it means: without a year, the one that is nearest to another day."""
        if not self.month or (self.year is None and near is None):
            return None
        if self.year is not None or near is None:
            return _day(self.year or 0, self.month, self.day)
        years = (near.year - 1, near.year, near.year + 1)
        known = [on for year in years if (on := _day(year, self.month, self.day))]
        return min(known, key=lambda on: abs(on - near), default=None)


def said(on: date) -> str:
    """Return a date as messages say it."""
    return f"{on.day} {ENGLISH_MONTHS[on.month - 1]} {on.year}"


def in_numbers(parts: Sequence[str], region: str) -> tuple[int, int, int] | None:
    """Return year, month and day of a numeric date; month 0 if it could be either."""
    if not all(part.isdecimal() and len(part) <= YEAR for part in parts):
        return None
    a, b, c = map(int, parts)
    sizes = tuple(map(len, parts))
    if sizes[0] == YEAR and max(sizes[1:]) <= 2:
        return (a, b, c) if _day(a, b, c) else None
    if max(sizes[:2]) > 2 or sizes[2] != YEAR:
        return None
    day_first, month_first = _day(c, b, a), _day(c, a, b)
    if day_first and month_first and a != b:
        if region in _DAY_FIRST:
            return c, b, a
        return (c, a, b) if region in _MONTH_LEADS else (c, 0, a)
    if day_first:
        return c, b, a
    return (c, a, b) if month_first else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year in _YEARS else None
    except ValueError:
        return None
