"""Times of day in a text, days such as `tomorrow`, and the moments they mean."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from functools import cache
from itertools import islice
from typing import NamedTuple

from policy import wordlists
from policy.calendar import moment_at, zone
from policy.findings import Post
from policy.shadows import normalised
from policy.terms import Term, Terms
from policy.texts import Reading, Span

_MOST_TIMES = 200
#: So much of a text is looked at: nothing that is announced has a time farther down.
_LOOKED_AT = 20_000
_HOURS = 12

_NUMBERED = re.compile(
    r"(?P<hour>\d(?<![\d.:,/].)(?:(?<=[01])\d|(?<=2)[0-4])?)(?:"
    r"(?:[.:](?P<minute>[0-5]\d))?\s?(?P<half>[ap])(?:\.\s?m\b|m\b)"
    r"|:(?P<minute_of_24>[0-5]\d)(?![\d:])"
    r"|\s?h(?:\s?(?P<minute_of_h>[0-5]\d)|(?:eures?)?)\b(?![-'])"
    r")",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"[MNmn](?<!\w.)(?i:(?P<noon>(?<=n)oon|(?<=m)id(?:day|i))|(?<=m)(?:idnight|inuit))\b"
)
_OCLOCK = "টা"
_BANGLA = re.compile(
    normalised(
        r"(?:(?P<part>ভোর|সকাল|দুপুর|বিকাল|বিকেল|সন্ধ্যা|রাত)\s?)?(?P<half_past>সাড়ে\s?)?"
        r"(?<![\d.:,/])(?P<hour>\d{1,2})(?:[.:](?P<minute>[0-5]\d))?\s?" + _OCLOCK
    )
)
_IN_THE_MORNING = frozenset({"", "ভোর", "সকাল"})


class FoundTime(NamedTuple):
    """A time of day where it stands."""

    span: Span
    at: time


class FoundDay(NamedTuple):
    """A day named by how far it is from today, where it stands."""

    span: Span
    away: int  # days


def find_times(reading: Reading) -> tuple[FoundTime, ...]:
    """Return the times of day in a post, in the order of the text."""
    found: tuple[FoundTime, ...] | None = reading.found.get(find_times)
    if found is None:
        found = tuple(sorted(islice(_times(reading), _MOST_TIMES)))
        reading.found[find_times] = found
    return found


def find_days(reading: Reading) -> tuple[FoundDay, ...]:
    """Return the days that are named from today: `tomorrow`, `tonight`."""
    known, terms = _relative()
    words = reading.words

    def day(term: Term) -> FoundDay:
        return FoundDay(Span(words[term.first].start, words[term.last].end), known[term.entry])

    return tuple(map(day, terms.of(reading)))


def publishing(post: Post) -> datetime | None:
    """Return when a post is to appear: at once, unless it is planned."""
    return post.publish_at or post.now


def local(moment: datetime, post: Post) -> datetime:
    """Return a moment on the clocks of the office, or as it was given if nobody knows its zone."""
    return moment.astimezone(zone(post.timezone)) if post.timezone else moment


def today(post: Post) -> date | None:
    """Return the day on which a post is to appear."""
    moment = publishing(post)
    return local(moment, post).date() if moment is not None else None


def moment(post: Post, on: date, at: time) -> datetime | None:
    """Return the moment at which the office's clocks show a time of a day."""
    if post.timezone:
        return moment_at(post.timezone, on, at)
    known = publishing(post)
    return datetime.combine(on, at, known.tzinfo or UTC) if known is not None else None


def _times(reading: Reading) -> Iterator[FoundTime]:
    copy = reading.shadow
    for match in _NAMED.finditer(copy.text, 0, _LOOKED_AT):
        yield FoundTime(copy.span(*match.span()), time(_HOURS if match["noon"] else 0))
    if not reading.digits:
        return
    for match in _NUMBERED.finditer(copy.text, 0, _LOOKED_AT):
        at = _clock(match)
        if at is not None:
            yield FoundTime(copy.span(*match.span()), at)
    if reading.script == "bn" and _OCLOCK in copy.text:
        for match in _BANGLA.finditer(copy.text, 0, _LOOKED_AT):
            at = _bangla_clock(match)
            if at is not None:
                yield FoundTime(copy.span(*match.span()), at)


def _clock(match: re.Match[str]) -> time | None:
    hour = int(match["hour"])
    minute = int(match["minute"] or match["minute_of_24"] or match["minute_of_h"] or 0)
    half = (match["half"] or "").lower()
    if half and not 1 <= hour <= _HOURS:
        return None
    if half:
        hour = hour % _HOURS + (_HOURS if half == "p" else 0)
    return time(hour % 24, minute)


def _bangla_clock(match: re.Match[str]) -> time | None:
    hour, minute = int(match["hour"]), 30 if match["half_past"] else int(match["minute"] or 0)
    part = match["part"] or ""
    if hour > 24:
        return None
    if part == "রাত" and hour % _HOURS < 6:
        hour %= _HOURS
    elif part not in _IN_THE_MORNING and hour < _HOURS and not (part == "দুপুর" and hour == 11):
        hour += _HOURS
    return time(hour % 24, minute)


@cache
def _relative() -> tuple[dict[str, int], Terms]:
    entries = (entry.partition(" ") for entry in wordlists.load("relative-days"))
    known = {normalised(words): int(away) for away, _, words in entries}
    return known, Terms(known)
