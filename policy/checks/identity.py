"""Identity, tax and health numbers of persons."""

import re
from collections.abc import Iterator, Sequence
from typing import Annotated

from policy import identity
from policy.beside import cues_in, is_said_after, words_after, words_before
from policy.checks.registry import Passage, check_if
from policy.phones import is_amount
from policy.terms import Needed, Phrases, Terms
from policy.texts import Reading, Span, Word

Names = Annotated[Phrases, Needed("name")]

NATIONAL_ID = "national-id"
FEWEST_DIGITS = 3

#: So many words may stand between a number and what names it, before it and after it.
_REACH = 6
_REACH_AFTER = 3

#: Where a sentence ends: not after `no.`.
_ENDED = re.compile(r"[^\W\d_]{3}[.!?।]\s")

#: The longest name of a number, in words.
_LONGEST_NAME = 4


@check_if(where=identity.DISTINCT)
def identity_numbers(
    reading: Reading,
    *,
    named: Names,
    acronyms: Names,
    hints: Names,
    passports: Names,
    other: Phrases,
    phones: Phrases,
) -> Iterator[Passage]:
    """Object to identity, tax and health numbers.

    After the name of such a number (`named`; `acronyms` count in capitals alone) anything shaped
    like one is meant; after a mere hint its check digit has to be right, and after `passports` its
    shape. Names of `other` numbers that stand nearer, such as those of a tender or a telephone,
    excuse it, and so do words of `phones` right after it.
    """
    if reading.digits < FEWEST_DIGITS:
        return
    text = reading.plain.text
    names = _Names(reading, named, acronyms, (hints, passports), (other, phones))
    taken: list[Span] = []
    for start, end in identity.distinct(text):
        span = reading.plain.span(start, end)
        if not names.belongs_elsewhere(span) and not names.is_other(span):
            taken.append(span)
            yield Passage.at(span, kind=NATIONAL_ID)
    candidates = list(identity.candidates(text))
    for start, end in candidates if candidates and names.any_said else ():
        span = reading.plain.span(start, end)
        if any(span.overlaps(*each) for each in taken) or names.belongs_elsewhere(span):
            continue
        if names.say(span, text[start:end]):
            yield Passage.at(span, kind=NATIONAL_ID)


class _Names:
    """What the words of a post say about the numbers in it."""

    def __init__(
        self,
        reading: Reading,
        named: Terms,
        acronyms: Terms,
        hints: tuple[Terms, Terms],
        others: tuple[Terms, Terms],
    ) -> None:
        self._reading = reading
        self._named, self._acronyms = named, acronyms
        self._hints, self._passports = hints
        self._other, self._phones = others
        self._listed = {identity.compact(entry) for entry in reading.directory.numbers}

    @property
    def any_said(self) -> bool:
        """Tell whether the post speaks of such numbers at all."""
        cues = (self._named, self._acronyms, self._hints, self._passports)
        return any(each.of(self._reading) for each in cues)

    def belongs_elsewhere(self, span: Span) -> bool:
        """Tell whether a passage is part of a link, or listed by the office."""
        number = identity.compact(self._reading.text[span.start : span.end])
        return number in self._listed or self._reading.is_protected(*span)

    def is_other(self, span: Span) -> bool:
        """Tell whether the nearest name before a number is that of something else."""
        words = self._before(span)
        return self._last(words, self._other) > self._last_name(words)

    def say(self, span: Span, number: str) -> bool:
        """Tell whether the words beside a number name it, or hint at it and it is right."""
        if is_said_after(self._reading, span, self._phones, _REACH_AFTER):
            return False
        words = self._before(span)
        if is_amount(self._reading, span):
            return False
        other, name = self._last(words, self._other), self._last_name(words)
        is_right = identity.is_checked(number)
        if name > other and (is_right or not identity.is_like_a_phone(number)):
            return True
        if is_right and self._last(words, self._hints) > other:
            return True
        if identity.is_passport(number) and self._last(words, self._passports) > other:
            return True
        after = words_after(self._reading, span, _REACH_AFTER)
        is_likely = other < 0 and (is_right or identity.is_card(number))
        return is_likely and self._last_name(after) >= 0

    def _before(self, span: Span) -> Sequence[Word]:
        words = words_before(self._reading, span, _REACH + _LONGEST_NAME)
        if not words:
            return words
        offset = words[0].start
        ends = [match.end() for match in _ENDED.finditer(self._reading.text, offset, span.start)]
        return [word for word in words if word.start >= ends[-1]] if ends else words

    def _last_name(self, words: Sequence[Word]) -> int:
        in_capitals = [word if self._is_upper(word) else Word("", *word[1:]) for word in words]
        return max(self._last(words, self._named), self._last(in_capitals, self._acronyms))

    def _is_upper(self, word: Word) -> bool:
        return self._reading.text[word.start : word.end].isupper()

    @staticmethod
    def _last(words: Sequence[Word], cues: Terms) -> int:
        """Return the place of the last word of the last phrase near enough, or -1."""
        last = max((cue.last for cue in cues_in(words, cues)), default=-1)
        return last if len(words) - last <= _REACH + 1 else -1
