"""Warnings: whether they say where, when and what to do, and whether the day is clear."""

import re
from collections.abc import Iterator, Sequence

from policy.checks.registry import Passage, check
from policy.dates import find_dates
from policy.patterns import Linear
from policy.places import names_a_place
from policy.terms import Cues, Phrases
from policy.texts import Reading, Word, Words
from policy.times import find_times

#: What a warning does not say in so many words it does not say.
_READ = 1000

WHERE = "where"
WHEN = "when"
WHAT_TO_DO = "what to do"

_DURATION = re.compile(
    r"\d\s?(?:-\s?)?(?:hours?|hrs?|minutes?|mins?|days?|heures?|jours?|itula)\b", re.IGNORECASE
)
#: A text may give a duration only where this occurs, which is quicker to find out.
_TIMED = Linear(
    r"(?i)\p{Nd}[^\pL\p{Nd}]{0,3}(?:h(?:ou|r|eu)|m[iıİ]n|day|jour|[iıİ]tula|ঘণ|ঘন|দি|মি)"
)
_BANGLA_DURATION = re.compile(r"\d\s?(?:ঘণ্টা|ঘন্টা|দিন|মিনিট)")


@check
def incomplete_warning(
    reading: Reading,
    *,
    places: Phrases,
    before_places: Phrases,
    place_nouns: Phrases,
    times: Phrases,
    actions: Phrases,
    vague: Phrases,
) -> Iterator[Passage]:
    """Object to a warning that does not say where, when or what to do.

    A place is one of `places`, or a name after a phrase of `before_places` or beside one of
    `place_nouns`. Advice that is `vague`, such as `be careful`, tells nobody what to do.
    """
    parts = []
    words = Words(reading.words[:_READ])
    if not names_a_place(reading, words, places, before=before_places, nouns=place_nouns):
        parts.append(WHERE)
    if not _says_when(reading, words, times):
        parts.append(WHEN)
    if not _says_what_to_do(words, actions, vague):
        parts.append(WHAT_TO_DO)
    if parts:
        yield Passage(fields={"parts": listed(parts)})


@check
def relative_time(reading: Reading, *, days: Cues) -> Iterator[Passage]:
    """Object to a day that is named from today, such as `tonight`, in a text without a date."""
    if find_dates(reading):
        return
    for term in days.of(reading):
        yield Passage(reading.words[term.first].start, reading.words[term.last].end)


def listed(parts: Sequence[str]) -> str:
    """Return parts as a list in words: `where, when and what to do`."""
    return " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))


def _says_when(reading: Reading, words: Sequence[Word], times: Phrases) -> bool:
    if any(times.find(words)) or find_times(reading) or find_dates(reading):
        return True
    text = reading.shadow.text
    if next(_TIMED.hits(text), None) is None:
        return False
    return bool(_DURATION.search(text) or _BANGLA_DURATION.search(text))


def _says_what_to_do(words: Sequence[Word], actions: Phrases, vague: Phrases) -> bool:
    """Tell whether there is an action that is not part of a vague phrase."""
    empty = {at for term in vague.find(words) for at in range(term.first, term.last + 1)}
    return any(term.first not in empty for term in actions.find(words))
