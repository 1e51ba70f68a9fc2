"""Swear words, however they are masked: `sh*t`, `$h1t`, `shiiit`, `s h i t`."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby, islice
from typing import cast

import re2

from policy.terms import terms
from policy.texts import Reading, Span, Words, words_in

_OPTIONS = re2.Options()
_OPTIONS.log_errors = False
_OPTIONS.longest_match = True

#: So many words are looked at where letters are not plain: one sign may stand for a sentence.
MOST_WORDS = 5_000
#: So many words are looked at that may be masked; a text with more is wrong as a whole.
MOST_MASKED = 30
#: So much around a sign of masking is looked at.
_AROUND = 24
#: So much of what follows is looked at in any case: the rest of a word that was pulled apart.
_SPACED = 8

_LETTER = "[A-Za-z]"
_CONSONANT = "[b-df-hj-np-tv-zB-DF-HJ-NP-TV-Z]"
_FANCY = r"[\x{1D400}-\x{1D7FF}\x{FF21}-\x{FF5A}\x{2460}-\x{24FF}]"
_THRICE = "|".join(f"(?i:{letter}{{3}})" for letter in "abcdefghijklmnopqrstuvxyz")

#: A text may have masked swear words only where this occurs, for google-re2. No Unicode classes:
#: they take the engine too much memory.
MASKED = "|".join(
    (
        f"{_LETTER}[*#•%¢]",
        f"{_LETTER}[@!&]+{_LETTER}",
        rf"\${_LETTER}|{_LETTER}\$",
        f"(?:^|[^A-Za-z]){_CONSONANT}{{1,3}}[_–-]{_CONSONANT}{{1,3}}",
        f"{_LETTER}[013457]+{_LETTER}|(?:^|[^0-9A-Za-z])[45]{_LETTER}{{3}}",
        f"(?:^|[^A-Za-z])(?:{_LETTER}[ .*_-]){{2}}{_LETTER}(?:[^A-Za-z]|$)",
        _THRICE,
        _FANCY,
    )
)

#: What is written for a letter.
_LIKE = {"a": "@4", "c": "¢", "e": "3", "i": "1!", "l": "1", "o": "0", "s": "$5", "t": "7"}

#: What letters are hidden behind: any number of these, or one of those.
_MASKS = "[*#@]+"
_ONE_MASK = "-"
#: Signs and letters are folded before masks are looked for, one for one: the pattern for all words
#: takes little more than half of the memory then.
_FOLDS = str.maketrans("%&•_–", "###--") | {
    ord(letter): letter.lower() for letter in map(chr, range(0x250)) if len(letter.lower()) == 1
}

#: Words shorter than this are not looked for behind masks: too much looks like them.
_SHORTEST_MASKED = 4
#: Letters that are repeated so often are repeated for effect: `shiiit`, but not `Shiite`.
_STRETCHED = 3

#: Letters and digits of Latin scripts: all letters of Unicode take the engine too much memory.
_IN_A_WORD = r"0-9A-Za-z\x{C0}-\x{24F}"


class SwearWords:
    """The swear words of some lists. An entry may end in `*`: any word that begins so."""

    def __init__(self, entries: frozenset[str]) -> None:
        self._plain = terms(tuple(sorted(entries)))
        either = "|".join(_forms(sorted(entries)))
        pattern = rf"(?:^|[^{_IN_A_WORD}])({either})(?:[^{_IN_A_WORD}*]|$)"
        self._pattern = cast("re.Pattern[str]", re2.compile(pattern, _OPTIONS))
        self._masked = cast("re.Pattern[str]", re2.compile(MASKED, _OPTIONS))

    def of(self, reading: Reading) -> Iterator[Span]:
        """Find the words in a post, those that are masked last."""
        copy = reading.plain
        is_own = copy is reading.shadow
        words = reading.words if is_own else Words(words_in(copy.text, MOST_WORDS))
        for term in self._plain.find(words):
            span = Span(words[term.first].start, words[term.last].end)
            yield span if is_own else copy.span(*span)
        for start, end in islice(self._suspects(copy.text), MOST_MASKED):
            match = self._pattern.search(copy.text[start:end].translate(_FOLDS))
            if match is not None:
                yield copy.span(start + match.start(1), start + match.end(1))

    def _suspects(self, text: str) -> Iterator[tuple[int, int]]:
        """Find passages with a sign of masking, each from one space to another."""
        done = 0
        for sign in self._masked.finditer(text):
            if sign.start() < done:
                continue
            start = text.rfind(" ", max(0, sign.start() - _AROUND), sign.start()) + 1
            end = text.find(" ", sign.end() + _SPACED, sign.end() + _AROUND)
            done = sign.end() + _AROUND if end < 0 else end
            yield start or max(0, sign.start() - _AROUND), done


@cache
def swear_words(entries: frozenset[str]) -> SwearWords:
    """Return what finds the words of some lists, made once."""
    return SwearWords(entries)


def _forms(entries: Iterable[str]) -> Iterator[str]:
    for entry in entries:
        stem = entry.removesuffix("*")
        if not stem[0].isascii():  # nobody masks it with signs that look like its letters
            continue
        parts = [_form(word) for word in stem.split()]
        yield r"[\s-]{1,3}".join(parts) + (f"[{_IN_A_WORD}]*" if stem != entry else "")
        if stem.isascii() and stem.isalpha() and len(stem) >= _SHORTEST_MASKED:
            yield "[ .*-]".join(stem)


def _form(word: str) -> str:
    """Write a word of a list as a pattern: each letter as itself, stretched or masked."""
    if not word[0].isascii() or not word.isalpha():
        return re.escape(word)
    runs = [(letter, len(list(group))) for letter, group in groupby(word)]
    masked = len(word) >= _SHORTEST_MASKED
    last = len(runs) - 1
    return "".join(
        _letter(letter, times, _mask(at, last) if masked else "")
        for at, (letter, times) in enumerate(runs)
    )


def _mask(at: int, last: int) -> str:
    """Return what a letter may hide behind. The first one never does."""
    if not at:
        return ""
    return f"|{_MASKS}" if at == last else f"|{_MASKS}|{_ONE_MASK}"


def _letter(letter: str, times: int, mask: str) -> str:
    plain = f"[{letter}{_LIKE.get(letter, '')}]"
    most = f"{letter}{{{max(times + 1, _STRETCHED)},}}"
    return f"(?:{plain}{{{times}}}|{most}{mask})"
