"""Normalised copies of a text that remember where each of their characters came from."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, repeat
from typing import Literal, NamedTuple

from policy.patterns import unicode_pattern

#: Combining marks are sorted when a text is normalised, in time that grows with the square of
#: their number. No script needs as many as this on one letter, so longer piles are cut.
LONGEST_PILE = 30

#: So many characters are remembered with what they become; a text of any script has fewer.
MOST_KNOWN = 5_000

#: What is normalised by itself: a whole character, or a stretch without any mark.
_PIECE = unicode_pattern(r"[\x00-\x7f]+(?![^\x00-\x7f])|\X")
_PILE = unicode_pattern(rf"\p{{M}}{{{LONGEST_PILE + 1}}}")
_SURROGATE = re.compile("[\ud800-\udfff]")

#: Folded in every copy, one character for one.
_FOLDS = {ord("’"): "'"} | {
    first + value: str(value)
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


class _Table(dict[int, str]):
    """What single characters become, learnt as they are met."""

    def __init__(self, form: Form) -> None:
        super().__init__(_FOLDS)
        self._form: Form = form

    def __missing__(self, code: int) -> str:
        becomes = unicodedata.normalize(self._form, chr(code))
        if len(self) < MOST_KNOWN:
            self[code] = becomes
        return becomes


_table = cache(_Table)


def shadow(text: str, form: Form) -> Shadow:
    """Normalise a text, fold digits and apostrophes, and remember where each character was."""
    if text.isascii():
        return Shadow(text)
    table = _table(form)
    copy = text.translate(table)
    if _has_pile(text) or not unicodedata.is_normalized(form, copy):
        return _by_pieces(text, form)
    if len(copy) == len(text):
        return Shadow(copy)
    starts = [at for at, character in enumerate(text) for _ in table[ord(character)]]
    return Shadow(copy, [*starts, len(text)])


def normalised(text: str, form: Form = "NFC") -> str:
    """Return a text in a normal form, where nobody asks where its characters came from."""
    if not _has_pile(text):
        return unicodedata.normalize(form, text)
    return "".join(unicodedata.normalize(form, piece) for piece in _pieces(text))


def without_halves(text: str) -> str:
    """Replace each half of a character, for engines that refuse those."""
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


def _has_pile(text: str) -> bool:
    return _PILE.search(text) is not None


def _by_pieces(text: str, form: Form) -> Shadow:
    """Normalise a text whose characters change with their neighbours."""
    parts: list[str] = []
    places: list[Iterable[int]] = []
    at = 0
    for piece in _pieces(text):
        new = unicodedata.normalize(form, piece)
        parts.append(new)
        places.append(range(at, at + len(piece)) if new == piece else repeat(at, len(new)))
        at += len(piece)
    copy = "".join(parts).translate(_table(form))
    return Shadow(copy, [*chain.from_iterable(places), at])


def _pieces(text: str) -> Iterator[str]:
    for piece in _PIECE.findall(text):
        if len(piece) <= LONGEST_PILE or piece.isascii():
            yield piece
        else:
            for start in range(0, len(piece), LONGEST_PILE):
                yield piece[start : start + LONGEST_PILE]
