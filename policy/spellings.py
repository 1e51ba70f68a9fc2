"""Words that are written so that a word list would miss them: `h4te`, `h a t e`, `haet`, `hateall`.

French words are parted at their apostrophe: `l'autre` is read as `l autre`.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache

import re2

from policy.texts import Reading, Word, Words

#: Digits that stand for letters.
_SWAPS = dict(zip("013457", "oieast", strict=True))
_MASKED = re.compile(r"(?=\d?[^\W\d_])(?=.*\d)(?:[^\W\d_]|[013457])+")
_ELISION = re.compile(r"(?<!\w)([cdjlmnst]|qu|jusqu|lorsqu|puisqu)'(?=\w)")

#: So many words are remembered as they were read.
MOST_REMEMBERED = 20_000

#: So many single letters in a row are a word that was pulled apart.
_PULLED_APART = 3

#: So many characters may stand between two letters of one word.
_GAP = 3

_IN_A_WORD = r"\pL\pM\pN"
_BETWEEN = rf"[^{_IN_A_WORD}]{{1,{_GAP}}}"

#: Letters that `isalpha` or `isnumeric` knows, but for digits.
_LETTER = r"[\pL\p{Nl}\p{No}]"

#: A text may have digits for letters only where this occurs, for google-re2.
SWAPPED = rf"{_LETTER}[013457]|[013457]{_LETTER}"

#: A text may have words that were pulled apart only where this occurs, for google-re2.
PULLED_APART = rf"(?:^|[^{_IN_A_WORD}])(?:\pL{_BETWEEN}){{2}}\pL(?:[^{_IN_A_WORD}]|$)"

#: Words too short for a letter to be missing, or to change places: others would look like them.
_SHORTEST_WITH_A_GAP = 5
_SHORTEST_WITH_A_SWAP = 4

#: Shorter words are not two that were run together; but for `I`, each has two letters or more.
_I = "i"
_SHORTEST_RUN = 5
_LONGEST_RUN = 40
_SHORTEST_TELLING = 3


def swapped(text: str) -> str:
    """Put letters in the place of the digits that stand for them."""
    for digit, letter in _SWAPS.items():  # far quicker than `translate`: most characters stay
        text = text.replace(digit, letter)
    return text


def elided(text: str) -> str:
    """Part the French words of a phrase at their apostrophes."""
    return _ELISION.sub(r"\1 ", text)


class Spelling:
    """Reads words as they are meant: those of some lists are known, however they are disguised.

    `telling` are the words that somebody might disguise, `small` those they are run together
    with, `right` are words of their own that look like slips or like two words.
    """

    def __init__(
        self, telling: frozenset[str], small: frozenset[str], right: frozenset[str]
    ) -> None:
        self._telling = frozenset(_single(telling))
        self._pieces = self._telling | frozenset(_single(small))
        self._alone = self._pieces | right
        self._slips = _slips(self._telling, self._alone)
        either = "|".join(sorted(map(re.escape, self._pieces)))
        self._run = re2.compile(f"(?:{either})(?:{either})+")
        self._any_run = re2.compile(f"(?m)^{self._run.pattern}$")
        self._known: dict[str, tuple[str, ...]] = {}

    @property
    def slips(self) -> Collection[str]:
        """The slips it mends, each a whole word."""
        return self._slips.keys()

    @property
    def telling(self) -> Collection[str]:
        """The words of which one is in whatever was run together."""
        return [word for word in self._telling if len(word) >= _SHORTEST_TELLING]

    def of(self, reading: Reading) -> Words:
        """Return the words of a post as they are meant, read once however many rules ask."""
        found: Words | None = reading.found.get(self)
        if found is None:
            found = reading.found[self] = self.meant(reading.words)
        return found

    def meant(self, words: Words) -> Words:
        """Return words as they are meant: the very same if nothing is disguised."""
        joined = self._joined(_parted(words))
        meanings = self._meanings(joined.texts)
        return Words(_meant(joined, meanings)) if meanings else joined

    def _meanings(self, texts: Collection[str]) -> Mapping[str, tuple[str, ...]]:
        """Return what those of some words mean that are not written as they are meant."""
        known = self._known
        new = [text for text in texts if text not in known]
        if len(known) + len(new) > MOST_REMEMBERED:
            known = self._known = {}
            new = list(texts)
        known.update(self._read(frozenset(new)))
        return {text: parts for text in texts if (parts := known[text])}

    def _joined(self, words: Words) -> Words:
        """Put single letters together that stand close: the very same if none do."""
        runs = list(_pulled_apart(words))
        if not runs:
            return words
        found: list[Word] = []
        done = 0
        for first, last in runs:
            found += (*words[done:first], *self._put_together(words[first:last]))
            done = last
        return Words((*found, *words[done:]))

    def _put_together(self, run: Sequence[Word]) -> Iterator[Word]:
        whole = "".join(word.text for word in run)
        if whole[0] in ("a", "i") and whole not in self._telling:
            yield run[0]
            whole, run = whole[1:], run[1:]
        yield Word(whole, run[0].start, run[-1].end)

    def _read(self, texts: frozenset[str]) -> Mapping[str, tuple[str, ...]]:
        """Read digits as letters, mend slips, part what was run together. () for what stays."""
        odd = (text for text in texts if text in self._slips or not text.isalpha())
        mended = {text: self._mended(text) for text in odd}
        apart = self._apart((texts - mended.keys()).union(mended.values()))
        found = {text: apart.get(text, ()) for text in texts}
        for text, word in mended.items():
            if word != text:
                found[text] = apart.get(word) or tuple(word.split())
        return found

    def _mended(self, text: str) -> str:
        if len(text) > _LONGEST_RUN:
            return text
        if _ELISION.match(text):
            return elided(text)
        meant = text if text.isalpha() or not _MASKED.fullmatch(text) else swapped(text)
        bare = meant.removesuffix("'s")
        return self._slips.get(bare, bare) + meant[len(bare) :]

    def _apart(self, texts: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
        """Part those that were run together, if at least one of their words is telling."""
        may = [
            text
            for text in texts
            if _SHORTEST_RUN <= len(text) <= _LONGEST_RUN and text not in self._alone
        ]
        found: dict[str, tuple[str, ...]] = {}
        if not self._any_run.search("\n".join(may)):
            return found
        for text in filter(self._run.fullmatch, may):
            parts = _split(text, self._pieces)
            if any(len(part) >= _SHORTEST_TELLING and part in self._telling for part in parts):
                found[text] = parts
        return found


@cache
def spelling(telling: frozenset[str], small: frozenset[str], right: frozenset[str]) -> Spelling:
    """Return what reads the words of some lists, made once."""
    return Spelling(telling, small, right)


def _single(entries: Iterable[str]) -> Iterator[str]:
    """List the words of phrases, without marks of endings left open."""
    for entry in entries:
        for word in elided(entry).split():
            stem = word.removesuffix("*")
            if (len(stem) > 1 or stem == _I) and stem.isalpha():
                yield from (stem,) if stem == word else (stem, f"{stem}s")


def _parted(words: Words) -> Words:
    """Part French words at their apostrophe: the very same if there are none."""
    matches = {
        text: match
        for text in words.texts
        if "'" in text and len(text) <= _LONGEST_RUN and (match := _ELISION.match(text))
    }
    return Words(_parts(words, matches)) if matches else words


def _parts(words: Iterable[Word], matches: Mapping[str, re.Match[str]]) -> Iterator[Word]:
    for word in words:
        match = matches.get(word.text)
        if match is None:
            yield word
            continue
        middle = min(word.start + match.end(), word.end - 1)
        yield Word(match[1], word.start, middle)
        yield Word(word.text[match.end() :], middle, word.end)


def _pulled_apart(words: Words) -> Iterator[tuple[int, int]]:
    """Find where so many single letters stand close that they may be one word."""
    letters = frozenset(text for text in words.texts if len(text) == 1 and text.isalpha())
    first = last = -2  # nothing stands before the first word
    for at in [at for at, word in enumerate(words) if word.text in letters] if letters else ():
        if at != last + 1 or not 0 < words[at].start - words[last].end <= _GAP:
            if last - first >= _PULLED_APART - 1:
                yield first, last + 1
            first = at
        last = at
    if last - first >= _PULLED_APART - 1:
        yield first, last + 1


def _meant(words: Words, meanings: Mapping[str, tuple[str, ...]]) -> Iterator[Word]:
    """Put what words mean in the place of those that are written otherwise."""
    done = 0
    for at in [at for at, word in enumerate(words) if word.text in meanings]:
        yield from words[done:at]
        yield from (words[at]._replace(text=part) for part in meanings[words[at].text])
        done = at + 1
    yield from words[done:]


def _split(text: str, pieces: frozenset[str]) -> tuple[str, ...]:
    """Part a text into as few words as possible."""
    best: list[tuple[str, ...] | None] = [(), *[None] * len(text)]
    for end in range(1, len(text) + 1):
        for start in range(end):
            before = best[start]
            if before is None or text[start:end] not in pieces or 0 < start == end - 1:
                continue
            now = best[end]
            if now is None or len(before) + 1 < len(now):
                best[end] = (*before, text[start:end])
    return best[-1] or ()


def _slips(words: frozenset[str], taken: frozenset[str]) -> Mapping[str, str]:
    """List every slip in a word. First and last letter stay, or `women` would be in `omen`."""
    slips = {slip: word for word in sorted(words) for slip in _slips_in(word)}
    bare = {each: word for word in sorted(taken) for each in _without_accents(word)}
    return {slip: word for slip, word in (slips | bare).items() if slip not in taken}


def _slips_in(word: str) -> Iterator[str]:
    for at in range(1, len(word) - 1):
        if len(word) >= _SHORTEST_WITH_A_GAP:
            yield word[:at] + word[at + 1 :]
        if len(word) >= _SHORTEST_WITH_A_SWAP:
            yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _without_accents(word: str) -> Iterator[str]:
    """Write a word without any of its accents, and without each one of them."""
    bare = "".join(unicodedata.normalize("NFD", each)[0] for each in word)
    yield bare
    for at, each in enumerate(bare):
        yield word[:at] + each + word[at + 1 :]
