"""Words that are written so that a word list would miss them: `h4te`, `h a t e`, `haet`, `hateall`.

French words are parted at their apostrophe: `l'autre` is read as `l autre`.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache, lru_cache
from itertools import islice, pairwise

import re2

from policy.texts import Reading, Word, Words

#: Digits that stand for letters.
SWAPS = str.maketrans("013457", "oieast")
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
PULLED_APART = (
    rf"(?:^|[^{_IN_A_WORD}])(?:[{_IN_A_WORD}]{_BETWEEN}){{2}}[{_IN_A_WORD}](?:[^{_IN_A_WORD}]|$)"
)

#: Words too short for a letter to be missing, or to change places: others would look like them.
_SHORTEST_WITH_A_GAP = 5
_SHORTEST_WITH_A_SWAP = 4

#: Shorter words are not two that were run together; but for `I`, each has two letters or more.
_I = "i"
_SHORTEST_RUN = 5
_LONGEST_RUN = 40
_SHORTEST_TELLING = 3


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
        self._right = right
        self._pieces = self._telling | frozenset(_single(small))
        self._slips = _slips(self._telling, self._pieces | right)
        either = "|".join(sorted(map(re.escape, self._pieces)))
        self._run = re2.compile(f"(?:{either})(?:{either})+")
        self._read = lru_cache(maxsize=MOST_REMEMBERED)(self._meaning)

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
        meanings = self._meanings(words.texts)
        parted = any("'" in text for text in meanings)
        if not parted and not _has_pulled_apart(words):
            return Words(_meant(words, meanings)) if meanings else words
        joined = Words(self._joined(_parted(words) if parted else words))
        return Words(_meant(joined, self._meanings(joined.texts)))

    def _meanings(self, texts: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
        """Return what those of some words mean that are not written as they are meant."""
        return {text: parts for text in texts if (parts := self._read(text))}

    def _joined(self, words: Iterable[Word]) -> Iterator[Word]:
        """Put single letters together that stand close."""
        run: list[Word] = []
        for word in words:
            is_letter = len(word.text) == 1 and word.text.isalpha()
            if run and not (is_letter and 0 < word.start - run[-1].end <= _GAP):
                yield from self._put_together(run)
                run = []
            if is_letter:
                run.append(word)
            else:
                yield word
        yield from self._put_together(run)

    def _put_together(self, run: list[Word]) -> Iterator[Word]:
        if len(run) < _PULLED_APART:
            yield from run
            return
        whole = "".join(word.text for word in run)
        if run[0].text in ("a", "i") and whole not in self._telling:
            yield run.pop(0)
        yield Word("".join(word.text for word in run), run[0].start, run[-1].end)

    def _meaning(self, text: str) -> tuple[str, ...]:
        """Read digits as letters, mend a slip, part what was run together. () if it stays."""
        if len(text) > _LONGEST_RUN:
            return ()
        if _ELISION.match(text):
            return tuple(elided(text).split())
        meant = text
        if not text.isalpha() and _MASKED.fullmatch(text):
            meant = text.translate(SWAPS)
        bare = meant.removesuffix("'s")
        meant = self._slips.get(bare, bare) + meant[len(bare) :]
        return self._apart(meant) or ((meant,) if meant != text else ())

    def _apart(self, text: str) -> tuple[str, ...]:
        """Return the words that were run together, if at least one of them is telling."""
        if len(text) < _SHORTEST_RUN or text in self._pieces or text in self._right:
            return ()
        parts = _split(text, self._pieces) if self._run.fullmatch(text) else ()
        telling = any(len(part) >= _SHORTEST_TELLING and part in self._telling for part in parts)
        return parts if telling else ()


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


def _parted(words: Iterable[Word]) -> Iterator[Word]:
    """Part French words at their apostrophe."""
    for word in words:
        match = _ELISION.match(word.text) if "'" in word.text else None
        if match is None or len(word.text) > _LONGEST_RUN:
            yield word
            continue
        middle = min(word.start + match.end(), word.end - 1)
        yield Word(match[1], word.start, middle)
        yield Word(word.text[match.end() :], middle, word.end)


def _has_pulled_apart(words: Words) -> bool:
    """Tell whether so many single letters stand close that they may be one word."""
    letters = [text for text in words.texts if len(text) == 1 and text.isalpha()]
    if sum(len(words.places[letter]) for letter in letters) < _PULLED_APART:
        return False
    places = sorted(at for letter in letters for at in words.places[letter])
    far = zip(places, islice(places, _PULLED_APART - 1, None), strict=False)
    return any(
        last - first == _PULLED_APART - 1
        and all(
            0 < other.start - one.end <= _GAP for one, other in pairwise(words[first : last + 1])
        )
        for first, last in far
    )


def _meant(words: Iterable[Word], meanings: Mapping[str, tuple[str, ...]]) -> Iterator[Word]:
    """Put what words mean in the place of those that are written otherwise."""
    for word in words:
        parts = meanings.get(word.text)
        if parts:
            yield from (word._replace(text=part) for part in parts)
        else:
            yield word


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
