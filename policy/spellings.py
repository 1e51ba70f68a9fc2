"""Words that are written so that a word list would miss them: `h4te`, `h a t e`, `haet`."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby

from policy.texts import Word

_SWAPS = str.maketrans("013457", "oieast")
_MASKED = re.compile(r"[a-z]+[013457]+[a-z]*|[013457][a-z]{2,}")

#: So many single letters in a row are a word that was pulled apart.
_PULLED_APART = 3

#: Words too short for a letter to be missing: too many others would look like them.
_SHORTEST_WITH_A_GAP = 5


def unmasked(words: Sequence[Word], misspelled: frozenset[str]) -> tuple[Word, ...]:
    """Return words as they are meant: digits as letters, letters put together, slips mended."""
    slips = _slips(misspelled)
    return tuple(_meant(word, slips) for word in _joined(words))


def _joined(words: Sequence[Word]) -> Iterator[Word]:
    for is_single, group in groupby(words, key=_is_letter):
        run = list(group)
        if not is_single or len(run) < _PULLED_APART:
            yield from run
            continue
        if run[0].text in ("a", "i") and len(run) > _PULLED_APART:
            yield run.pop(0)
        yield Word("".join(word.text for word in run), run[0].start, run[-1].end)


def _is_letter(word: Word) -> bool:
    return len(word.text) == 1 and not word.text.isdecimal()


def _meant(word: Word, slips: Mapping[str, str]) -> Word:
    text = word.text
    if not text.isalpha() and _MASKED.fullmatch(text):
        text = text.translate(_SWAPS)
    text = slips.get(text, text)
    return word if text == word.text else word._replace(text=text)


@cache
def _slips(words: frozenset[str]) -> Mapping[str, str]:
    """List every slip in a word. First and last letter stay, or `women` would be in `omen`."""
    return {slip: word for word in sorted(words) for slip in _slips_in(word) if slip not in words}


def _slips_in(word: str) -> Iterator[str]:
    for at in range(1, len(word) - 1):
        if len(word) >= _SHORTEST_WITH_A_GAP:
            yield word[:at] + word[at + 1 :]
        yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]
