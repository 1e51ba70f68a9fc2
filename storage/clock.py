"""The working time of an office, from what is stored about it."""

from datetime import date, timedelta
from functools import cache

from policy.calendar import Calendar
from storage.models import Office

#: A message that fell due at closing time may still go out this long after it.
GRACE = timedelta(minutes=15)


def of(office: Office) -> Calendar:
    """Return the calendar of an office."""
    return _calendar(
        office.timezone,
        office.country,
        office.subdivision,
        office.hours,
        tuple(office.days_added),
        tuple(office.days_struck),
    )


@cache
def _calendar(
    zone: str,
    country: str,
    subdivision: str,
    hours: str,
    added: tuple[str, ...],
    struck: tuple[str, ...],
) -> Calendar:
    return Calendar(
        zone,
        country,
        subdivision,
        hours=hours,
        added=tuple(map(date.fromisoformat, added)),
        struck=tuple(map(date.fromisoformat, struck)),
    )
