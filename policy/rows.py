"""The words of a text in a row: which are names, which are numbers, and what stands between."""

import re
from dataclasses import dataclass
from functools import cache

from policy import wordlists
from policy.texts import Reading, Word, Words

_NUMBER = re.compile(r"\d{1,5}[a-z]{0,2}")
_JOINT = re.compile(r"[ ,'’#/\u00a0–-]{1,3}|\.[ ,]{0,2}|,?[ ]?\n {0,4}")

#: A full stop after a word no longer than this ends a short form, not a sentence.
_LONGEST_SHORT_FORM = 3


@cache
def particles() -> frozenset[str]:
    """Return the words that names of streets and towns are written with in small letters."""
    return frozenset(wordlists.load("name-particles"))


@dataclass(frozen=True)
class Row:
    """The words of a post, counted from 0."""

    reading: Reading

    @property
    def words(self) -> Words:
        """The words, outside of links and addresses."""
        return self.reading.words

    def is_house(self, at: int) -> bool:
        """Tell whether a word is a number that houses have."""
        return bool(_NUMBER.fullmatch(self.words[at].text))

    def is_name(self, word: Word) -> bool:
        """Tell whether a word may be part of a name."""
        return word.text in particles() or not self.reading.text[word.start].islower()

    def is_cased(self, word: Word) -> bool:
        """Tell whether a word is a number, or of a script that has capitals."""
        first = self.reading.text[word.start]
        return first.isdecimal() or first.isupper() or first.islower()

    def gap(self, at: int) -> str:
        """Return what stands between a word and the next."""
        if at < 0 or at + 1 >= len(self.words):
            return ""
        return self.reading.text[self.words[at].end : self.words[at + 1].start]

    def is_joined(self, at: int) -> bool:
        """Tell whether a word and the next may belong to one name or address."""
        gap = self.gap(at)
        if not _JOINT.fullmatch(gap):
            return False
        size = self.words[at].end - self.words[at].start
        return not gap.startswith(".") or size <= _LONGEST_SHORT_FORM

    def text(self, first: int, last: int) -> str:
        """Return the passage from a word to another."""
        return self.reading.text[self.words[first].start : self.words[last].end]
