"""The days that a report is about, and how people ask for them: `last quarter`, `2026-05`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from propcache.api import cached_property

from policy.calendar import moment_at

DAY = timedelta(days=1)
QUARTER, YEAR = 3, 12  # months
LONGEST = timedelta(days=3660)
USAGE = (
    "I do not understand “{given}”. Days are written like these: last quarter, this month, "
    "2026-Q2, 2026-05, 2026-04-01 2026-06-30, yearly. After /report, a page or an "
    "office may be named first."
)
NOT_A_DAY = "“{given}” is no day. Write it like 2026-04-01."
BACKWARDS = "{last} comes before {first}: write the earlier day first."
TO_COME = "{first} is still to come: there is no record of it yet."
TOO_LONG = "A report has at most ten years."
UNITS = {"month": 1, "quarter": QUARTER, "year": YEAR}


@dataclass(frozen=True)
class Span:
    """Whole days in one time zone, from the first to just before the day after them."""

    first: date
    after: date
    timezone: str

    @cached_property
    def start(self) -> datetime:
        """The moment it begins, in UTC."""
        return moment_at(self.timezone, self.first, time(0))

    @cached_property
    def end(self) -> datetime:
        """The first moment after it, in UTC."""
        return moment_at(self.timezone, self.after, time(0))

    @property
    def last(self) -> date:
        """Its last day."""
        return self.after - DAY

    @property
    def year(self) -> int | None:
        """The calendar year that it is, if it is one."""
        is_year = self.first.month == self.first.day == 1
        return self.first.year if is_year and self.after == months_later(self.first, YEAR) else None

    def previous(self) -> "Span":
        """Return as many months before it if it is made of whole months, else as many days."""
        if self.first.day == self.after.day == 1:
            months = _months(self.after) - _months(self.first)
            return Span(months_later(self.first, -months), self.first, self.timezone)
        return Span(self.first - (self.after - self.first), self.first, self.timezone)


def months_later(day: date, months: int) -> date:
    """Return the same day some months later, or the last of a month that is too short for it."""
    year, month = divmod(_months(day) + months, YEAR)
    first = date(year, month + 1, 1)
    longest = ((first + 31 * DAY).replace(day=1) - DAY).day
    return first.replace(day=min(day.day, longest))


def _months(day: date) -> int:
    return day.year * YEAR + day.month - 1


def read(text: str, today: date, timezone: str) -> Span:
    """Read what days somebody means. Raises `ValueError` with a text that says what to write.

    Without words it is the three months up to today.
    """
    words = text.lower().replace(",", " ").split()
    first, after = _days(words, today) or _refuse(text)
    if first >= after:
        raise ValueError(BACKWARDS.format(first=first, last=after - DAY))
    if first > today:
        raise ValueError(TO_COME.format(first=first))
    if after - first > LONGEST:
        raise ValueError(TOO_LONG)
    return Span(first, after, timezone)


def _refuse(text: str) -> tuple[date, date]:
    raise ValueError(USAGE.format(given=" ".join(text.split())))


def _days(words: Sequence[str], today: date) -> tuple[date, date] | None:
    tomorrow = today + DAY
    match words:
        case []:
            return months_later(tomorrow, -QUARTER), tomorrow
        case ["yearly"]:
            return _unit(YEAR, today, back=False)
        case ["yearly", "last"]:
            return _unit(YEAR, today, back=True)
        case ["yearly", year] if re.fullmatch(r"2\d{3}", year, re.ASCII):
            return _named(year)
        case ["this" | "last" as which, unit] if unit in UNITS:
            return _unit(UNITS[unit], today, back=which == "last")
        case [word]:
            return _named(word) or _between(word, str(today))
        case [one, two] | [one, "to" | "-" | "–" | "until", two]:
            quarter = re.fullmatch(r"q[1-4]", one) and _named(f"{two}-{one}")
            return quarter or _between(one, two)
    return None


def _unit(months: int, today: date, *, back: bool) -> tuple[date, date]:
    first = today.replace(day=1, month=(today.month - 1) // months * months + 1)
    first = months_later(first, -months) if back else first
    return first, months_later(first, months)


def _named(word: str) -> tuple[date, date] | None:
    """Read a year, a quarter or a month."""
    found = re.fullmatch(r"(2\d{3})(?:-?(q)([1-4])|-(0[1-9]|1[0-2]))?", word, re.ASCII)
    if not found:
        return None
    year, quarter, number, month = found.groups()
    first = date(int(year), 1, 1)
    if quarter:
        first = months_later(first, QUARTER * (int(number) - 1))
        return first, months_later(first, QUARTER)
    if month:
        return first.replace(month=int(month)), months_later(first.replace(month=int(month)), 1)
    return first, months_later(first, YEAR)


def _between(one: str, two: str) -> tuple[date, date] | None:
    pattern = r"2\d{3}-\d{1,2}-\d{1,2}"
    if not all(re.fullmatch(pattern, each, re.ASCII) for each in (one, two)):
        return None
    return _day(one), _day(two) + DAY


def _day(word: str) -> date:
    try:
        return date(*map(int, word.split("-")))
    except ValueError:
        raise ValueError(NOT_A_DAY.format(given=word)) from None
