"""Normalised copies of a text that remember where each of their characters came from."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, count, repeat
from typing import Literal, NamedTuple

from policy.patterns import unicode_pattern

#: Combining marks are sorted when a text is normalised, in time that grows with the square of
#: their number. No script needs as many as this on one letter, so longer piles are cut.
LONGEST_PILE = 30

#: What may change with what stands before it: marks, and the later parts of a syllable in Hangul.
_JOINING = unicode_pattern(r"[\p{M}\u1161-\u1175\u11a8-\u11c2]")
_CLUSTER = unicode_pattern(rf"(?s:.){_JOINING.pattern}+")
_PILE = unicode_pattern(rf"\p{{M}}{{{LONGEST_PILE + 1}}}")
_UP_TO_A_PILE = unicode_pattern(rf"(?s).*?\p{{M}}{{{LONGEST_PILE}}}|.+")
_SURROGATE = re.compile("[\ud800-\udfff]")

#: Folded in every copy, one character for one. Two stand for whole sentences of Arabic, which would
#: make a text many times as long: they become the letters that those are shortened to.
_FOLDS = {"’": "'", "\ufdfa": "ص", "\ufdfb": "ج"} | {
    chr(first + value): str(value)
    for first in (0x09E6, 0x0966, 0x0660, 0x06F0)  # Bangla, Devanagari, Arabic, Persian
    for value in range(10)
}

Form = Literal["NFC", "NFKC"]


class Span(NamedTuple):
    """A passage, in code points of the text as it was given."""

    start: int
    end: int

    def overlaps(self, start: int, end: int) -> bool:
        """Tell whether it shares a character with another passage."""
        return self.start < end and start < self.end


@dataclass(frozen=True)
class Shadow:
    """A normalised copy of a text.

    `starts` tells for each of its characters, and for its end, where that came from. Without it
    the places are those of the text.
    """

    text: str
    starts: list[int] | None = None

    def span(self, start: int, end: int) -> Span:
        """Return where a passage of the copy stands in the text as it was given."""
        if self.starts is None:
            return Span(start, end)
        last = self.starts[max(end - 1, start)]
        while end > start and self.starts[end] == last:  # in the midst of what was one character
            end += 1
        return Span(self.starts[start], self.starts[end])

    def places(self, begins: Sequence[int], ends: Sequence[int]) -> tuple[list[int], list[int]]:
        """Return where passages of the copy, none of them empty, begin and end in the text."""
        starts = self.starts
        if starts is None:
            return list(begins), list(ends)
        return [starts[at] for at in begins], [
            starts[at] if starts[at] != starts[at - 1] else self.span(at - 1, at).end for at in ends
        ]


def shadow(text: str, form: Form) -> Shadow:
    """Normalise a text, fold digits and apostrophes, and remember where each character was."""
    if text.isascii():
        return Shadow(text)
    letters = frozenset(text)
    if letters.isdisjoint(_FOLDS) and _is_normalised(text, letters, form):
        return Shadow(text)
    table = dict(zip(letters, _alone(letters, form), strict=True)) | _FOLDS
    parts = list(map(table.__getitem__, text))
    copy = "".join(parts)
    starts = None if len(copy) == len(text) else _starts(parts)
    if _is_normalised(copy, frozenset(copy), form):
        return Shadow(copy, starts)
    return _composed(copy, starts or range(len(copy) + 1), form)


def normalised(text: str, form: Form = "NFC") -> str:
    """Return a text in a normal form, where nobody asks where its characters came from."""
    if len(text) <= LONGEST_PILE or _PILE.search(text) is None:
        return unicodedata.normalize(form, text)
    return "".join(_alone(_UP_TO_A_PILE.findall(text), form))


def without_halves(text: str) -> str:
    """Replace each half of a character, for engines that refuse those."""
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


def _is_normalised(text: str, letters: frozenset[str], form: Form) -> bool:
    """Tell whether a text is in a normal form: by its letters, if none changes with another."""
    some = "".join(sorted(letters))
    if _JOINING.search(some) is None:
        return unicodedata.is_normalized(form, some)
    return _PILE.search(text) is None and unicodedata.is_normalized(form, text)


def _alone(parts: Iterable[str], form: Form) -> Iterator[str]:
    """Return what each part becomes by itself."""
    return map(unicodedata.normalize, repeat(form), parts)


def _starts(parts: Sequence[str]) -> list[int]:
    """Return where each character came from, and the end, where some became more than one."""
    return [*chain.from_iterable(map(repeat, count(), map(len, parts))), len(parts)]


def _composed(copy: str, starts: Sequence[int], form: Form) -> Shadow:
    """Put characters together with the marks after them, where that changes them."""
    parts: list[str] = []
    places: list[int] = []
    becomes = {old: normalised(old, form) for old in set(_CLUSTER.findall(copy))}
    done = 0
    for cluster in _CLUSTER.finditer(copy):
        new = becomes[cluster[0]]
        if new != cluster[0]:
            start, end = cluster.span()
            parts += (copy[done:start], new)
            places += starts[done:start]
            places += [starts[start]] * len(new)
            done = end
    return Shadow("".join((*parts, copy[done:])), [*places, *starts[done:]])
