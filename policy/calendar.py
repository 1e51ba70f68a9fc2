"""The working time of an office: its hours, weekends and holidays, in its own time zone."""

import sys
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from difflib import get_close_matches
from functools import cache, lru_cache
from importlib.util import find_spec, module_from_spec
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, available_timezones

from propcache.api import cached_property

from policy import durations

if TYPE_CHECKING:
    from holidays import HolidayBase

DAY = timedelta(days=1)

ZONE = "“{name}” is not a time zone: write it like Asia/Dhaka or Europe/London{hint}."
COUNTRY = "“{name}” is not a country whose holidays I know: write two capitals like BD or GB."
SUBDIVISION = "“{name}” is not a part of {country} with holidays of its own: {known}."
NAIVE = "a moment needs its time zone: {moment}"
CONTRADICTION = "{days}: added and struck at once. Keep one of the two."
OFF_AND_ON = "{days}: added as a day off, and given hours at once. Keep one of the two."
ENGLISH = "en_US"  # what the names of holidays are said in, where they are translated


@dataclass(frozen=True)
class Calendar:
    """When an office works.

    `added` are holidays of its own. `struck` are days off on which it works all the same, such
    as a public holiday that it does not keep or a weekend day that makes up for one. `part` are
    days with other hours than usual; a day off that is given hours is worked in them.
    A mistake raises `ValueError` that says what was expected.
    """

    timezone: str
    country: str
    subdivision: str = ""
    hours: str = durations.WORKING_HOURS
    added: tuple[date, ...] = ()
    struck: tuple[date, ...] = ()
    part: tuple[tuple[date, str], ...] = ()

    def __post_init__(self) -> None:
        zone(self.timezone)
        durations.parse_hours(self.hours)
        _weekend(self.country, self.subdivision)
        if both := set(self.added) & set(self.struck):
            raise ValueError(CONTRADICTION.format(days=", ".join(map(str, sorted(both)))))
        if both := set(self._part).intersection(self._off):
            raise ValueError(OFF_AND_ON.format(days=", ".join(map(str, sorted(both)))))

    @cached_property
    def week_start(self) -> int:
        """Return the day the office's week begins, 0 for Monday: the first after its weekend."""
        weekend = _weekend(self.country, self.subdivision)
        firsts = (day for day in range(7) if day not in weekend and (day - 1) % 7 in weekend)
        return next(firsts, 0)

    @cached_property
    def _bounds(self) -> tuple[time, time]:
        return durations.parse_hours(self.hours)

    @cached_property
    def _off(self) -> frozenset[date]:
        return frozenset(self.added)

    @cached_property
    def _on(self) -> frozenset[date]:
        return frozenset((*self.struck, *self._part))

    @cached_property
    def _part(self) -> dict[date, tuple[time, time]]:
        return {day: durations.parse_hours(hours) for day, hours in self.part}

    def is_working_day(self, day: date) -> bool:
        """Tell whether the office works on a day."""
        if day in self._off:
            return False
        return day in self._on or self.is_usual(day)

    def is_usual(self, day: date) -> bool:
        """Tell whether the country works on a day: it is neither its weekend nor a holiday."""
        return day in _working_days(self.country, self.subdivision, day.year)

    def is_weekend(self, day: date) -> bool:
        """Tell whether a day lies in the weekend of the country."""
        return day.weekday() in _weekend(self.country, self.subdivision)

    def holiday(self, day: date) -> str:
        """Name the public holiday on a day, in English where there is a translation."""
        return _named_holidays(self.country, self.subdivision, day.year).get(day, "")

    def opens(self, day: date) -> datetime | None:
        """Return when the office opens on a day, or None if it stays closed."""
        return self._open_time(day)[0] if self.is_working_day(day) else None

    def is_open(self, moment: datetime, grace: timedelta = timedelta(0)) -> bool:
        """Tell whether the office is at work, or closed no longer ago than the grace."""
        today = self.day_of(moment)
        days = filter(self.is_working_day, (today - DAY, today))
        spans = map(self._open_time, days)
        return any(opens <= moment < closes + grace for opens, closes in spans)

    def worked(self, since: datetime, now: datetime) -> timedelta:
        """Return the working time between two moments; none if they are in the wrong order."""
        days = _days(self.day_of(since), self.day_of(now))
        spans = map(self._open_time, filter(self.is_working_day, days))
        parts = (min(now, closes) - max(since, opens) for opens, closes in spans)
        return sum((part for part in parts if part > timedelta(0)), timedelta(0))

    def add(self, since: datetime, amount: timedelta) -> datetime:
        """Return the first moment by which so much working time has passed, in UTC.

        What is over exactly at closing time is over then, and not when the office opens again.
        """
        if amount <= timedelta(0):
            return since.astimezone(UTC)
        for day in filter(self.is_working_day, _days(self.day_of(since), date.max)):
            opens, closes = self._open_time(day)
            start = max(since.astimezone(UTC), opens)
            left = closes - start
            if left >= amount:
                return start + amount
            amount -= max(left, timedelta(0))
        raise OverflowError(f"no calendar reaches {amount} further")

    def day_of(self, moment: datetime) -> date:
        """Return the date that the office's wall calendar shows at a moment."""
        return day_of(moment, self.timezone)

    def hours_on(self, day: date) -> tuple[time, time] | None:
        """Return the hours of a day by the clock on the wall, or None if the office is closed."""
        return self._part.get(day, self._bounds) if self.is_working_day(day) else None

    def _open_time(self, day: date) -> tuple[datetime, datetime]:
        return _span(self.timezone, *self._part.get(day, self._bounds), day)


def zone(name: str) -> ZoneInfo:
    """Return a time zone. Raises `ValueError` that suggests a known one."""
    try:
        return ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        close = get_close_matches(name, available_timezones(), n=1)
        hint = f" (did you mean {close[0]}?)" if close else ""
        raise ValueError(ZONE.format(name=name, hint=hint)) from None


def day_of(moment: datetime, timezone: str) -> date:
    """Return the local date at a moment. Raises `ValueError` if the moment has no time zone."""
    if moment.tzinfo is None:
        raise ValueError(NAIVE.format(moment=moment))
    return moment.astimezone(zone(timezone)).date()


@lru_cache(maxsize=4096)
def moment_at(timezone: str, day: date, clock: time) -> datetime:
    """Return the first moment, in UTC, at which clocks in a zone show a time of a day or later.

    When the clocks go back, that is the earlier of two. When they go forward over it, or a whole
    date is left out as in Samoa in 2011, it is the moment of the change: nothing lies between.
    """
    here = zone(timezone)
    wall = datetime.combine(day, clock, here)
    moment = wall.astimezone(UTC)
    if moment.astimezone(here).replace(tzinfo=None) == wall.replace(tzinfo=None):
        return moment
    before = wall.replace(fold=1).astimezone(UTC)
    skipped = range((moment - before) // timedelta(seconds=1))

    def has_changed(seconds: int) -> bool:
        there = (before + timedelta(seconds=seconds)).astimezone(here)
        return there.utcoffset() != before.astimezone(here).utcoffset()

    return before + timedelta(seconds=bisect_left(skipped, True, key=has_changed))


@lru_cache(maxsize=4096)  # shared by all offices of a zone
def _span(timezone: str, opens: time, closes: time, day: date) -> tuple[datetime, datetime]:
    last = day + DAY if closes == time(0) else day  # midnight is the end of a day
    return moment_at(timezone, day, opens), moment_at(timezone, last, closes)


@cache
def _weekend(country: str, subdivision: str) -> frozenset[int]:
    return frozenset(_holidays(country, subdivision).weekend)


@cache
def _working_days(country: str, subdivision: str, year: int) -> frozenset[date]:
    known = _holidays(country, subdivision)
    days = _days(date(year, 1, 1), date(year, 12, 31))
    return frozenset(day for day in days if known.is_working_day(day))


@cache
def _named_holidays(country: str, subdivision: str, year: int) -> dict[date, str]:
    known = _holidays(country, subdivision)
    if ENGLISH in known.supported_languages:
        known = _holidays(country, subdivision, language=ENGLISH)
    known.get(date(year, 1, 1))  # it fills itself with the year that is asked for
    return {day: str(name) for day, name in known.items()}


def _holidays(country: str, subdivision: str, language: str | None = None) -> "HolidayBase":
    # Not cached: it fills itself while being asked, and handlers run in several threads.
    import holidays  # not before an office needs it

    _import_countries_one_by_one()
    if country not in holidays.registry.EntityLoader.get_country_codes(include_aliases=False):
        raise ValueError(COUNTRY.format(name=country))
    parts = getattr(holidays, country).subdivisions
    if subdivision and subdivision not in parts:
        known = f"choose from {', '.join(parts)}" if parts else "leave it out"
        text = SUBDIVISION.format(name=subdivision, country=country, known=known)
        raise ValueError(text)
    return holidays.country_holidays(country, subdiv=subdivision or None, language=language)


def _import_countries_one_by_one() -> None:
    """Put the package of the countries in place without running it.

    It would import all 250 countries, 10 MB in 0.1 s, for the one whose holidays are needed.
    """
    spec = find_spec("holidays.countries")
    assert spec is not None
    sys.modules.setdefault(spec.name, module_from_spec(spec))


def _days(first: date, last: date) -> Iterator[date]:
    return map(date.fromordinal, range(first.toordinal(), last.toordinal() + 1))
