"""Dates that cannot be right: on another weekday, or over before the post appears."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import zip_longest

from policy.checks.registry import Passage, check
from policy.dates import find_dates
from policy.daynames import ENGLISH_WEEKDAYS
from policy.days import FoundDate, Weekday, said
from policy.tenses import Tenses
from policy.terms import Phrases
from policy.texts import Reading
from policy.times import today

#: A date without a year that is farther away than this may as well be that of another year.
_FAR = timedelta(days=120)
#: A date without a year is over if it has passed no longer ago than this.
_RECENT = timedelta(days=60)
#: What happened longer ago than this is history, and nobody is invited to it.
_HISTORY = timedelta(days=730)
#: So many characters at most part two dates that are said in one breath: `21 May and 7 June`.
_BREATH = 24


@check
def weekday_mismatch(reading: Reading) -> Iterator[Passage]:
    """Object to a date beside a weekday on which it does not fall.

    A date without a year is the nearest to the day on which the post appears.
    """
    dates = [found for found in find_dates(reading) if found.weekdays]
    near = today(reading.post) if dates else None
    for found in dates:
        on = found.on(near)
        if on is None or any(
            each.weekday() in _named(found.weekdays) for each in _meant(found, on, near)
        ):
            continue
        yield Passage.at(
            found.span,
            fields={"date": said(on), "weekday": ENGLISH_WEEKDAYS[on.weekday()]},
            suggestion=_mended(reading.text, found, on),
        )


@check
def passed_date(
    reading: Reading,
    *,
    coming: Phrases,
    by: Phrases,
    within: Phrases,
    past: Phrases,
    since: Phrases,
    after: Phrases,
    over: Phrases,
    calls: Phrases,
) -> Iterator[Passage]:
    """Object to a date that is over when the post appears, though the words speak of the future.

    The phrase nearest to the date decides: one that is `coming`, or one of the `past`. Just
    before a date, `by` says the future and `since` the past; just after it, `within` and `after`.
    Where nothing in its sentence decides, one of the `calls` in the post does, such as `book
    now`. A phrase of `over` in the sentence, such as `has closed`, excuses the date.
    """
    dates = find_dates(reading)
    near = today(reading.post) if dates else None
    if near is None:
        return
    tenses = Tenses(reading, coming, by, within, past, since, after, calls)
    for this, following in zip_longest(dates, dates[1:]):
        on = this.on(near)
        if on is None or this.more or not _is_over(this, on, near):
            continue
        if following is not None and _goes_on(this, following, near):
            continue
        if tenses.is_coming(this.span):
            guard = tenses.excuse(this.span, over)
            yield Passage.at(this.span, guard=guard, fields={"date": said(on)})


def _is_over(found: FoundDate, on: date, near: date) -> bool:
    """Tell whether a date has passed. Without a year, one of long ago means that of next year."""
    return on < near and near - on <= (_HISTORY if found.year is not None else _RECENT)


def _goes_on(this: FoundDate, following: FoundDate, near: date) -> bool:
    """Tell whether a later date is said in the same breath, and has not passed."""
    later = following.on(near)
    return following.span.start - this.span.end < _BREATH and later is not None and later >= near


def _meant(found: FoundDate, on: date, near: date | None) -> Iterator[date]:
    """Return the days that a date beside a weekday may mean."""
    yield on
    if found.year is None and near is not None and abs(on - near) > _FAR:
        other = found._replace(year=on.year + (1 if on < near else -1)).on(near)
        yield from [other] if other is not None else []


def _named(weekdays: Sequence[Weekday]) -> frozenset[int]:
    """Return the weekdays that are named; of two, also those from the first to the second."""
    first, last = weekdays[0].name.number, weekdays[-1].name.number
    return frozenset((first + away) % 7 for away in range((last - first) % 7 + 1))


def _mended(text: str, found: FoundDate, on: date) -> str:
    """Return the date with the weekday on which it falls, in the same language and capitals."""
    if len(found.weekdays) > 1:
        return ""
    span, name = found.weekdays[0]
    right, old = name.companion(on.weekday()), text[span.start : span.end]
    right = right.upper() if old.isupper() else right.capitalize() if old[0].isupper() else right
    return f"{text[found.span.start : span.start]}{right}{text[span.end : found.span.end]}"
