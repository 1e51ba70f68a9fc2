"""The quarters of a page: three months each, counted from the day it began, and never drifting.

Every boundary is counted from the first day, so a page that began on 31 January is evaluated on
30 April, 31 July, 31 October and 31 January: a short month moves one boundary and no other.
"""

from datetime import date, datetime, timedelta

from policy.calendar import day_of
from policy.spans import QUARTER, Span, months_later

#: No quarter is shorter: February to April, of any year.
SHORTEST = timedelta(days=89)


def quarter(started_on: date, number: int, timezone: str) -> Span:
    """Return a quarter of a page by its number, 0 for the first."""
    first, after = (months_later(started_on, QUARTER * each) for each in (number, number + 1))
    return Span(first, after, timezone)


def number_of(started_on: date, day: date) -> int:
    """Return the number of the quarter that a day lies in; negative before the page began."""
    months = (day.year - started_on.year) * 12 + day.month - started_on.month
    number = months // QUARTER
    return number - (months_later(started_on, QUARTER * number) > day)


def last_over(started_at: datetime, now: datetime, timezone: str) -> Span | None:
    """Return the quarter of a page that ended last, or None while it is in its first."""
    started_on, today = day_of(started_at, timezone), day_of(now, timezone)
    number = number_of(started_on, today) - 1
    return quarter(started_on, number, timezone) if number >= 0 else None


def before(started_at: datetime, span: Span) -> Span | None:
    """Return the quarter before one of a page, or None before its first."""
    started_on = day_of(started_at, span.timezone)
    number = number_of(started_on, span.first)
    return quarter(started_on, number - 1, span.timezone) if number > 0 else None
