"""The working time of an office, from what is stored about it."""

from datetime import date, timedelta
from functools import lru_cache

from policy import own_days
from policy.calendar import Calendar
from policy.own_days import Kind
from storage.models import Office

#: A message that fell due at closing time may still go out this long after it.
GRACE = timedelta(minutes=15)


def of(office: Office) -> Calendar:
    """Return the calendar of an office: what was said in its chat goes before its file."""
    chat = {day: own_days.stored(text) for day, text in office.own_days.items()}

    def days(kind: Kind, filed: list[str]) -> tuple[str, ...]:
        said = (day for day, own in chat.items() if own.kind is kind)
        return tuple(sorted({*said, *(day for day in filed if day not in chat)}))

    hours = {day: own.hours for day, own in chat.items() if own.kind is Kind.PART}
    part = {day: text for day, text in office.days_part.items() if day not in chat} | hours
    return _calendar(
        office.timezone,
        office.country,
        office.subdivision,
        office.hours,
        days(Kind.ADD, office.days_added),
        days(Kind.STRIKE, office.days_struck),
        tuple(sorted(part.items())),
    )


@lru_cache(maxsize=1024)  # more than there are offices
def _calendar(
    zone: str,
    country: str,
    subdivision: str,
    hours: str,
    added: tuple[str, ...],
    struck: tuple[str, ...],
    part: tuple[tuple[str, str], ...],
) -> Calendar:
    return Calendar(
        zone,
        country,
        subdivision,
        hours=hours,
        added=tuple(map(date.fromisoformat, added)),
        struck=tuple(map(date.fromisoformat, struck)),
        part=tuple((date.fromisoformat(day), there) for day, there in part),
    )
