"""The days an office sets in its chat: days off, days on which it works, days with other hours."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from policy import durations
from policy.calendar import Calendar

MOST_DAYS = 60  # of one range
LONGEST_NOTE = 60
PAST, AHEAD = timedelta(days=7), timedelta(days=731)

USAGE = (
    "I do not understand that. Write /office days add 2026-12-16 Victory Day, "
    "/office days strike 2026-12-25, /office days part 2026-12-24 09:00-12:00, or "
    "/office days remove 2026-12-16. Two dates mean all days from the first to the last."
)
NOT_A_DAY = "“{given}” is no day. Write it like 2026-12-16."
BACKWARDS = "The second day comes before the first: write the earlier one first."
TOO_MANY = "That is {count} days. Set at most {most} at once."
OVER = "{day} is over for more than a week, so nothing that waits depends on it."
TOO_FAR = "{day} is too far ahead: set days of the next two years."
NO_HOURS = "Say the hours, too: /office days part {day} 09:00-12:00."
NEEDS_NO_WORDS = "“{words}” does not belong there. Write /office days {verb} {day}."
LONG_NOTE = "The name may have {most} characters."


class Kind(StrEnum):
    """What is said of a day."""

    ADD = "add"  # a day off
    STRIKE = "strike"  # a day off on which the office works
    PART = "part"  # a day with hours of its own


REMOVE = "remove"  # what was said in the chat is taken back


@dataclass(frozen=True)
class OwnDay:
    """What was said of one day in the chat."""

    kind: Kind
    note: str = ""
    hours: str = ""

    def stored(self) -> str:
        """Write it down for the database; `stored` reads it."""
        return f"{self.kind} {self.hours or self.note}".strip()


@dataclass(frozen=True)
class Wish:
    """What somebody wants of some days. Without a day to set, they are to be as in the file."""

    days: tuple[date, ...]
    own: OwnDay | None


def stored(text: str) -> OwnDay:
    """Read what was written down for the database."""
    word, _, rest = text.partition(" ")
    kind = Kind(word)
    return OwnDay(kind, hours=rest) if kind is Kind.PART else OwnDay(kind, rest)


def read(text: str, today: date) -> Wish:
    """Read `add 2026-12-16 Victory Day` and the like.

    Raises `ValueError` with a text that says what to write.
    """
    verb, *words = text.split() or [""]
    verb = verb.lower()
    if verb not in (*Kind, REMOVE) or not words:
        raise ValueError(USAGE)
    first = _day(words.pop(0))
    last = _day(words.pop(0)) if words and re.match(r"\d{4}-", words[0]) else first
    _refuse_nonsense(first, last, today)
    days = tuple(first + timedelta(days=number) for number in range((last - first).days + 1))
    rest = " ".join(words)
    if verb == Kind.ADD:
        if len(rest) > LONGEST_NOTE:
            raise ValueError(LONG_NOTE.format(most=LONGEST_NOTE))
        return Wish(days, OwnDay(Kind.ADD, rest))
    if verb == Kind.PART:
        if not rest:
            raise ValueError(NO_HOURS.format(day=first))
        durations.parse_hours(rest)
        return Wish(days, OwnDay(Kind.PART, hours=re.sub(r"\s*[-–]\s*", "-", rest)))
    if rest:
        raise ValueError(NEEDS_NO_WORDS.format(words=rest, verb=verb, day=first))
    return Wish(days, OwnDay(Kind.STRIKE) if verb == Kind.STRIKE else None)


def _day(given: str) -> date:
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", given, re.ASCII):
            return date.fromisoformat(given)
    except ValueError:
        pass
    raise ValueError(NOT_A_DAY.format(given=given))


def _refuse_nonsense(first: date, last: date, today: date) -> None:
    if last < first:
        raise ValueError(BACKWARDS)
    count = (last - first).days + 1
    if count > MOST_DAYS:
        raise ValueError(TOO_MANY.format(count=count, most=MOST_DAYS))
    if (today - first) > PAST:
        raise ValueError(OVER.format(day=first))
    if (last - today) > AHEAD:
        raise ValueError(TOO_FAR.format(day=last))


def changed(days: tuple[date, ...], own: OwnDay, calendar: Calendar) -> tuple[date, ...]:
    """Return those of some days on which it makes a difference in a calendar."""
    match own.kind:
        case Kind.ADD:
            return tuple(filter(calendar.is_working_day, days))
        case Kind.STRIKE:
            return tuple(day for day in days if not calendar.is_working_day(day))
        case Kind.PART:
            hours = durations.parse_hours(own.hours)
            return tuple(day for day in days if calendar.hours_on(day) != hours)
