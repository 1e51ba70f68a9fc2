"""Which checks may find something in a post: one pass for all words, one for all patterns.

What is let through may still find nothing; what is held back would have found nothing.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from ahocorasick_rs import AhoCorasick

from policy.checks.registry import Declared, Finder
from policy.patterns import PatternSet
from policy.spellings import PULLED_APART, SWAPPED, Spelling, swapped
from policy.terms import Terms
from policy.texts import Reading

#: The patterns that tell that words may be disguised.
_MASKS = (SWAPPED, PULLED_APART)

#: Stands among the numbers of lists for words that may be disguised.
DISGUISED = -1

_LAST_WITHOUT_MARKS = "\u02ff"


class Gate:
    """The words, patterns and facts without which each of some checks has nothing to find."""

    def __init__(self, finders: Sequence[Finder]) -> None:
        self._spellings = tuple({each.spelling for each in finders if each.spelling})
        self._words = WordSet(
            [terms for each in finders for group in each.cues for terms in group],
            self._spellings,
        )
        self._needs = [
            tuple(frozenset(map(self._words.number, group)) for group in each.cues)
            for each in finders
        ]
        self._having: dict[int, list[int]] = defaultdict(list)  # the checks that need a list
        for at, groups in enumerate(self._needs):
            for number in groups[0] if groups else ():
                self._having[number].append(at)
        self._declared: dict[Declared, list[int]] = defaultdict(list)
        for at, each in enumerate(finders):
            if each.declared is not None:
                self._declared[each.declared].append(at)
        self._matching: dict[str, list[int]] = {mask: [] for mask in _MASKS}
        for at, each in enumerate(finders):
            if each.pattern is not None:
                self._matching.setdefault(each.pattern, []).append(at)
        self._patterns = PatternSet(tuple(self._matching))
        gated = (*self._matching.values(), *self._having.values(), *self._declared.values())
        self._always = frozenset(range(len(finders))).difference(*gated)

    def passing(self, reading: Reading) -> list[int]:
        """Return the numbers of the checks that may find something."""
        patterns = self._patterns.occurring(reading.shadow.text)
        if reading.plain is not reading.shadow:
            patterns = {*patterns, *self._patterns.occurring(reading.plain.text)}
        words = self._occurring(reading, patterns)
        able = {at for each in patterns for at in self._matching[each]}
        able |= {
            at
            for at in {at for number in words for at in self._having.get(number, ())}
            if not any(map(words.isdisjoint, self._needs[at]))
        }
        for declared, those in self._declared.items():
            if declared(reading.post):
                able.update(those)
        return sorted(self._always | able)

    def _occurring(self, reading: Reading, patterns: Collection[str]) -> set[int]:
        """Return the numbers of the lists that have a word, as it stands or as it is meant."""
        text = reading.shadow.text
        found = self._words.occurring(text)
        if not self._spellings:
            return found
        if SWAPPED in patterns:
            found |= self._words.occurring(swapped(text))
        if PULLED_APART in patterns or DISGUISED in found:
            for spelling in self._spellings:
                meant = spelling.of(reading)
                if meant is not reading.words:
                    found |= self._words.occurring(" ".join(word.text for word in meant))
        return found


class WordSet:
    """Many lists asked at once which of them have a word in a text."""

    def __init__(self, lists: Iterable[Terms], spellings: Iterable[Spelling]) -> None:
        self._numbers = {terms: number for number, terms in enumerate(dict.fromkeys(lists))}
        signs: dict[str, _Sign] = defaultdict(_Sign)
        for terms, number in self._numbers.items():
            for sign in terms.signs:
                known = signs[_folded(sign.text)]
                if sign.is_open:
                    known.opening |= {number}
                else:
                    known.whole |= {number}
        for spelling in spellings:
            for slip in spelling.slips:
                signs[_folded(slip)].whole |= {DISGUISED}
            for word in spelling.telling:
                signs[_folded(word)].is_telling = True
        shared: dict[frozenset[int], frozenset[int]] = {}
        for made in signs.values():
            made.share(shared)
        self._signs = list(signs.values())
        self._search = AhoCorasick(list(signs)).find_matches_as_indexes if signs else None

    def number(self, terms: Terms) -> int:
        """Return the number of a list."""
        return self._numbers[terms]

    def occurring(self, text: str) -> set[int]:
        """Return the numbers of the lists that have a word in a text.

        `DISGUISED` is among them if words may be misspelled or run together.
        """
        found: set[int] = set()
        if self._search is None:
            return found
        signs, folded = self._signs, f" {' '.join(dict.fromkeys(_folded(text).split()))} "
        told: set[int] = set()  # the signs that say nothing more
        for number, start, end in self._search(folded, overlapping=True):
            if number in told:
                continue
            sign = signs[number]
            begins = not _is_in_a_word(folded[start - 1])
            if not begins and not sign.is_telling:
                continue
            ends = not _is_in_a_word(folded[end])
            if begins:
                found |= sign.opening
            if begins and ends:
                found |= sign.whole
                if not sign.is_telling:
                    told.add(number)
            elif sign.is_telling:
                found.add(DISGUISED)
        return found


_NONE: frozenset[int] = frozenset()


class _Sign:
    """The lists that have a word: the whole of it, or as the beginning of words."""

    __slots__ = ("is_telling", "opening", "whole")

    def __init__(self) -> None:
        self.whole: frozenset[int] = _NONE
        self.opening: frozenset[int] = _NONE
        self.is_telling = False

    def share(self, known: dict[frozenset[int], frozenset[int]]) -> None:
        """Keep one copy of what many words have in common."""
        self.whole = known.setdefault(self.whole, self.whole)
        self.opening = known.setdefault(self.opening, self.opening)


def _folded(text: str) -> str:
    """Fold a text as words are compared: a letter looks otherwise at the end of a word in Greek."""
    return text.lower().replace("ς", "σ")


def _is_in_a_word(character: str) -> bool:
    """Tell whether a character belongs to the word that stands beside it: marks do too."""
    return character.isalnum() or (
        character > _LAST_WITHOUT_MARKS and unicodedata.category(character)[0] == "M"
    )
