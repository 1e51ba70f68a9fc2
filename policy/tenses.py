"""Whether the words around a date speak of something to come, or of something that was."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from propcache.api import cached_property

from policy.insentence import excuse
from policy.terms import Term, Terms
from policy.texts import Reading, Span
from policy.wording import Wording

#: What may stand between a preposition and its date: `by 5pm on the 27th`.
_BETWEEN = frozenset(
    {"on", "the", "at", "am", "pm", "a", "m", "p", "noon", "midnight", "midday", "le", "aso", "o"}
)
_MOST_BETWEEN = 6
#: A sign this near after a date speaks of it, whatever came before.
_JUST_AFTER = 1
#: Before a participle they make it a plan, a rule or a state: `must be received`, `is closed`.
_NOT_OVER = frozenset({"be", "is", "are", "être"})


@dataclass(frozen=True)
class Tenses:
    """The signs of the future and of the past in a post."""

    reading: Reading
    coming: Terms
    by: Terms  # of the future, just before a date
    within: Terms  # of the future, just after a date
    past: Terms
    since: Terms  # of the past, just before a date
    after: Terms  # of the past, just after a date
    calls: Terms  # to do something, anywhere

    def is_coming(self, date: Span) -> bool:
        """Tell whether a date is spoken of as one to come: the nearest sign before it decides."""
        first, last = self._place(date)
        before = self._before(first)
        by = self._ends_at(self.by, before) or self._begins_at(self.within, last)
        if not by and (self._ends_at(self.since, before) or self._begins_at(self.after, last)):
            return False
        told = self._told(first, last)
        if by:
            return told is not False
        if told is None:
            return bool(self.calls.of(self.reading)) and not self.past.of(self.reading)
        return told

    def excuse(self, date: Span, signs: Terms) -> str:
        """Return what in its sentence excuses a date, if anything does."""
        return excuse(self.scene, self._place(date)[0], signs)

    def _told(self, first: int, last: int) -> bool | None:
        """Tell what the nearest sign of the sentence says: None if there is none."""
        sentence = self.scene.sentence(first)
        at = bisect_left(self._signs, (first,))
        before, after = (
            [sign for sign in signs if self.scene.sentence(sign[0]) == sentence]
            for signs in (self._signs[:at][-1:], self._signs[at : at + 1])
        )
        if after and after[0][0] <= last + _JUST_AFTER and not after[0][1]:
            return False  # `payments due on the 27th were late`
        return next((is_coming for _, is_coming in (*before, *after)), None)

    @cached_property
    def scene(self) -> Wording:
        """The words in their sentences."""
        return Wording(self.reading)

    @cached_property
    def _signs(self) -> Sequence[tuple[int, bool]]:
        words = self.reading.words
        past = (term.first for term in self.past.of(self.reading))
        over = ((at, False) for at in past if at == 0 or words[at - 1].text not in _NOT_OVER)
        return sorted((*((term.first, True) for term in self.coming.of(self.reading)), *over))

    def _place(self, date: Span) -> tuple[int, int]:
        words = self.reading.words
        first = bisect_left(words, date.start, key=lambda word: word.start)
        return first, bisect_left(words, date.end, key=lambda word: word.start)

    def _before(self, first: int) -> int:
        """Return the last word before a date that is not part of how its time is said."""
        words, at = self.reading.words, first - 1
        while at > max(0, first - _MOST_BETWEEN):
            if words[at].text not in _BETWEEN and not words[at].text[0].isdecimal():
                break
            at -= 1
        return at

    def _ends_at(self, terms: Terms, at: int) -> bool:
        found = terms.of(self.reading)
        place = bisect_left(found, at, key=_last)
        return place < len(found) and found[place].last == at

    def _begins_at(self, terms: Terms, at: int) -> bool:
        found = terms.of(self.reading)
        place = bisect_left(found, at, key=_first)
        return place < len(found) and found[place].first == at


def _first(term: Term) -> int:
    return term.first


def _last(term: Term) -> int:
    return term.last
