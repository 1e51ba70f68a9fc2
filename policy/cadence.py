"""How often a page is to be updated: so many times in each week, fortnight or month."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from propcache.api import cached_property

from policy.calendar import day_of, moment_at

DAY = timedelta(days=1)
WEEK = timedelta(days=7)


class Cadence(StrEnum):
    """The stretch of time in which a page's updates are counted."""

    WEEK = "week"
    FORTNIGHT = "fortnight"
    MONTH = "month"


@dataclass(frozen=True)
class Stretch:
    """A page's own week, fortnight or month, by the midnights of its zone."""

    first: date
    timezone: str
    week_start: int = 0
    cadence: Cadence = Cadence.WEEK

    @cached_property
    def after(self) -> date:
        """The first day after it."""
        match self.cadence:
            case Cadence.WEEK:
                return self.first + WEEK
            case Cadence.FORTNIGHT:
                return self.first + 2 * WEEK
            case Cadence.MONTH:
                return (self.first + 31 * DAY).replace(day=1)

    @cached_property
    def start(self) -> datetime:
        """The moment it begins, in UTC."""
        return moment_at(self.timezone, self.first, time(0))

    @cached_property
    def end(self) -> datetime:
        """The moment it is over, in UTC: the next one begins."""
        return moment_at(self.timezone, self.after, time(0))

    @property
    def middle(self) -> datetime:
        """The moment when half of it is over."""
        return self.start + (self.end - self.start) / 2

    @property
    def key(self) -> str:
        """Its name: `2026-W30`, `2026-W30-W31` or `2026-07`; of other days, the first date."""
        if self.cadence is Cadence.MONTH:
            return f"{self.first:%Y-%m}"
        key = f"{self.first:%G-W%V}" if self.first.weekday() == 0 else self.first.isoformat()
        if self.cadence is Cadence.WEEK:
            return key
        second = self.first + WEEK
        return f"{key}-W{second:%V}" if second.weekday() == 0 else f"{key}-fortnight"

    def previous(self) -> "Stretch":
        """Return the one before."""
        return _of_day(self.first - DAY, self.timezone, self.week_start, self.cadence)


def stretch_of(
    now: datetime, timezone: str, week_start: int = 0, cadence: Cadence = Cadence.WEEK
) -> Stretch:
    """Return the stretch that a moment lies in. Weeks start on day 0 (Monday) to 6 (Sunday)."""
    return _of_day(day_of(now, timezone), timezone, week_start, cadence)


def stretches(last: Stretch, since: datetime) -> Iterator[Stretch]:
    """Go back from a stretch, with it first, through all that end after a moment."""
    while last.end > since:
        yield last
        last = last.previous()


def _of_day(day: date, timezone: str, week_start: int, cadence: Cadence) -> Stretch:
    if cadence is Cadence.MONTH:
        return Stretch(day.replace(day=1), timezone, week_start, cadence)
    first = day - timedelta(days=(day.weekday() - week_start) % 7)
    if cadence is Cadence.FORTNIGHT and first.toordinal() // 7 % 2:
        first -= WEEK
    return Stretch(first, timezone, week_start, cadence)
