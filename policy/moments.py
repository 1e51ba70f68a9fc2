"""The moment that follows words such as `under embargo until`: a day, a time of day, or both."""

from bisect import bisect_left
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from operator import attrgetter

from policy.dates import find_dates
from policy.daynames import WEEKDAYS
from policy.days import FoundDate
from policy.texts import Reading, Span
from policy.times import FoundDay, FoundTime, find_days, find_times, moment, today

#: So many characters at most before a moment, and between its parts.
_NEAR = 14

Part = FoundDate | FoundDay | FoundTime


def moment_after(reading: Reading, place: int) -> tuple[Span, datetime | None] | None:
    """Return where the moment stands that is told just after a place, and the moment itself.

    The moment is None if nobody can tell it, such as a `tomorrow` of an unknown day. A day
    without a time means its beginning, a time without a day that of the day of publishing.
    """
    parts = list(_parts_after(reading, place))
    if not parts:
        return None
    span = Span(parts[0].span.start, max(part.span.end for part in parts))
    on = _day(reading, parts) if _is_dated(parts) else _weekday(reading, place, span.end)
    at = next((part.at for part in parts if isinstance(part, FoundTime)), time(0))
    return span, moment(reading.post, on, at) if on is not None else None


def _parts_after(reading: Reading, place: int) -> Iterator[Part]:
    parts = _parts(reading)
    for part in islice(parts, bisect_left(parts, place + 1, key=lambda part: part.span.end), None):
        if part.span.start - place > _NEAR or "\n" in reading.text[place : part.span.start]:
            return
        yield part
        place = max(place, part.span.end)


def _parts(reading: Reading) -> list[Part]:
    """Return the days and times of a post in their order, found once."""
    parts: list[Part] | None = reading.found.get(_parts)
    if parts is None:
        found = [*find_dates(reading), *find_days(reading), *find_times(reading)]
        parts = reading.found[_parts] = sorted(found, key=attrgetter("span"))
    return parts


def _is_dated(parts: list[Part]) -> bool:
    return any(not isinstance(part, FoundTime) for part in parts)


def _weekday(reading: Reading, start: int, end: int) -> date | None:
    """Return the day of a time of day: the next weekday of the name beside it, or today."""
    near = today(reading.post)
    words = reading.words
    at = bisect_left(words, start, key=lambda word: word.start)
    while near is not None and at < len(words) and words[at].start < end + _NEAR:
        if name := WEEKDAYS.get(words[at].text):
            return near + timedelta(days=(name.number - near.weekday()) % 7)
        at += 1
    return near


def _day(reading: Reading, parts: list[Part]) -> date | None:
    near = today(reading.post)
    for part in parts:
        if isinstance(part, FoundDate):
            return part.on(near)
        if isinstance(part, FoundDay):
            return near + timedelta(days=part.away) if near is not None else None
    return None
