"""Finding words and phrases of a list in a text, at a cost that does not grow with the list."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Any, NamedTuple

from pydantic import BeforeValidator, ValidationInfo

from policy import wordlists
from policy.texts import Word, shadow


class Term(NamedTuple):
    """A phrase of a list where it was met: the entry, and its first and last word."""

    entry: str
    first: int
    last: int


class Terms:
    """The phrases of one or more lists. An entry may end in `*`: any word that begins so."""

    def __init__(self, entries: Iterable[str]) -> None:
        self._whole: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        self._open: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for entry in entries:
            words = tuple(shadow(entry.lower(), "NFC").text.split())
            opening = words[0].removesuffix("*")
            (self._open if opening != words[0] else self._whole)[opening].append(words)
        for known in (self._whole, self._open):
            for phrases in known.values():
                phrases.sort(key=len, reverse=True)
        self._sizes = sorted({len(opening) for opening in self._open}, reverse=True)

    def find(self, words: Sequence[Word]) -> Iterator[Term]:
        """Find the phrases in a text, each word in one of them at most: the longest that fits."""
        known: dict[str, tuple[tuple[str, ...], ...]] = {}
        free = 0
        for at, word in enumerate(words):
            phrases = known.get(word.text)
            if phrases is None:
                phrases = known[word.text] = self._starting(word.text)
            if phrases and at >= free:
                term = _fitting(phrases, words, at)
                if term is not None:
                    yield term
                    free = term.last + 1

    def at(self, words: Sequence[Word], at: int) -> Term | None:
        """Return the longest phrase that begins at a word."""
        return _fitting(self._starting(words[at].text), words, at)

    def _starting(self, word: str) -> tuple[tuple[str, ...], ...]:
        found = self._whole.get(word, ())
        if word.endswith("'s"):
            found = (*found, *self._whole.get(word[:-2], ()))
        for size in self._sizes:
            if word[:size] in self._open:
                found = (*found, *self._open[word[:size]])
        return tuple(found)


def _fitting(phrases: Iterable[tuple[str, ...]], words: Sequence[Word], at: int) -> Term | None:
    for phrase in phrases:
        last = at + len(phrase) - 1
        if last < len(words) and all(map(_fits, phrase[1:], words[at + 1 : last + 1])):
            return Term(" ".join(phrase), at, last)
    return None


def _fits(part: str, word: Word) -> bool:
    if part.endswith("*"):
        return word.text.startswith(part[:-1])
    return part in (word.text, word.text.removesuffix("'s"))


def _listed(value: Any, info: ValidationInfo) -> Terms:
    return value if isinstance(value, Terms) else Terms(wordlists.named(value, info))


#: An option of a check that names one list or more, as phrases to be found.
Phrases = Annotated[Terms, BeforeValidator(_listed)]

#: An option of a check that names one list or more, as the set of their entries.
Entries = Annotated[frozenset[str], BeforeValidator(wordlists.named)]
