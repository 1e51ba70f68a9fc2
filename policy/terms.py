"""Finding words and phrases of a list in a text, at a cost that does not grow with the list."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from typing import Annotated, Any, NamedTuple

from pydantic import BeforeValidator, ValidationInfo

from policy import wordlists
from policy.patterns import unicode_pattern
from policy.texts import WORD, Reading, Word, Words, shadow

NO_WORD = "{entry!r} has no letter and no digit, so it can never be found"

#: So many phrases of a list are found in a post; a text with more is wrong as a whole.
MOST = 500

#: Words that may begin as an entry does are told by so many characters, or fewer.
LONGEST_BEGINNING = 4


class Term(NamedTuple):
    """A phrase of a list where it was met: the entry, and its first and last word."""

    entry: str
    first: int
    last: int


class Sign(NamedTuple):
    """A word without which a phrase does not occur. An open one is how the word begins."""

    text: str
    is_open: bool


class _Node:
    """A place in the tree of phrases: the words that lead on, and the phrase that ends here."""

    __slots__ = ("entry", "open", "sizes", "whole")

    def __init__(self) -> None:
        self.entry = ""
        self.whole = self.open = _NOWHERE
        self.sizes: tuple[int, ...] = ()

    def grow(self, part: str) -> "_Node":
        """Return where a word of a phrase leads, in a tree that is being made."""
        opening = part.removesuffix("*")
        if opening == part:
            self.whole = self.whole or {}
            return self.whole.setdefault(part, _Node())
        self.sizes = tuple(sorted({*self.sizes, len(opening)}, reverse=True))
        self.open = self.open or {}
        return self.open.setdefault(opening, _Node())

    def after(self, word: str) -> "list[_Node]":
        """Return where a word leads: itself, without its 's, and by how it begins."""
        found = []
        if word in self.whole:
            found.append(self.whole[word])
        if word[-2:] == "'s" and word[:-2] in self.whole:
            found.append(self.whole[word[:-2]])
        for size in self.sizes:
            if word[:size] in self.open:
                found.append(self.open[word[:size]])
        return found


#: What leads nowhere, shared by most nodes: there are tens of thousands.
_NOWHERE: dict[str, _Node] = {}


class Terms:
    """The phrases of one or more lists. An entry may end in `*`: any word that begins so."""

    def __init__(self, entries: Iterable[str]) -> None:
        self._root = _Node()
        self.signs = frozenset(self._add(entry) for entry in entries)
        self._first = frozenset(self._root.whole)
        self._size = min((*self._root.sizes, LONGEST_BEGINNING))
        self._beginnings = frozenset(opening[: self._size] for opening in self._root.open)

    def of(self, reading: Reading) -> tuple[Term, ...]:
        """Return the first phrases in a post, found once however many rules ask."""
        found: tuple[Term, ...] | None = reading.found.get(self)
        if found is None:
            found = reading.found[self] = tuple(islice(self.find(reading.words), MOST))
        return found

    def find(self, words: Sequence[Word]) -> Iterator[Term]:
        """Find the phrases in a text, each word in one of them at most: the longest that fits."""
        free = 0
        after = self._root.after
        for at in self._openings(words) if isinstance(words, Words) else range(len(words)):
            if at >= free and (nodes := after(words[at].text)):
                term = _longest(nodes, words, at)
                if term is not None:
                    yield term
                    free = term.last + 1

    def at(self, words: Sequence[Word], at: int) -> Term | None:
        """Return the longest phrase that begins at a word."""
        return _longest(self._root.after(words[at].text), words, at)

    def _openings(self, words: Words) -> Sequence[int]:
        """Return the places, in order, of the words with which a phrase may begin."""
        found = words.texts & self._first
        size, beginnings = self._size, self._beginnings
        if beginnings and not words.beginnings(size).isdisjoint(beginnings):
            found |= {text for text in words.texts if text[:size] in beginnings}
        begun = [text for text in found if self._goes_on(text, words)]
        return sorted({at for text in begun for at in words.places[text]}) if begun else ()

    def _goes_on(self, text: str, words: Words) -> bool:
        """Tell whether a phrase ends with its first word, or may go on with another of a text."""
        return any(
            node.entry or node.open or not words.texts.isdisjoint(node.whole)
            for node in self._root.after(text)
        )

    def _add(self, entry: str) -> Sign:
        """Take a phrase in. Returns the longest of its words, which is likely the rarest."""
        parts = _parts(entry)
        node = self._root
        for part in parts:
            node = node.grow(part)
        node.entry = " ".join(parts)
        longest = max(parts, key=lambda part: len(part.removesuffix("*")))
        return Sign(longest.removesuffix("*"), longest.endswith("*"))


#: A word of an entry. French ones may be parted at their apostrophe, as in `l' autre`.
_PART = unicode_pattern(
    rf"(?<![\p{{L}}\p{{M}}\p{{N}}])(?:[cdjlmnst]|(?:jus|lors|puis)?qu)'(?!\w)|{WORD}"
)


def _parts(entry: str) -> list[str]:
    """Take an entry apart as texts are: `covid-19` is two words."""
    text = shadow(entry.lower(), "NFC").text
    found = [match[0] + "*" * text.startswith("*", match.end()) for match in _PART.finditer(text)]
    if not found:
        raise ValueError(NO_WORD.format(entry=entry))
    return found


def _longest(nodes: Sequence[_Node], words: Sequence[Word], at: int) -> Term | None:
    """Return the longest phrase that goes on as the words do, from what the word at `at` leads to.

    Each node is reached by one way, so this visits no more of them than the list has.
    """
    entry = ""
    end = last = at
    while nodes:
        going: list[_Node] = []
        for node in reversed(nodes):
            if node.entry:
                entry, end = node.entry, last
            if node.whole or node.open:
                going.append(node)
        last += 1
        if not going or last == len(words):
            break
        text = words[last].text
        nodes = [after for node in reversed(going) for after in node.after(text)]
    return Term(entry, at, end) if entry else None


@cache
def terms(entries: tuple[str, ...]) -> Terms:
    """Return the phrases of a list, one object however many rules use it."""
    return Terms(entries)


def _listed(value: Any, info: ValidationInfo) -> Terms:
    return value if isinstance(value, Terms) else terms(wordlists.named(value, info))


class Needed:
    """Marks an option of a check: without a phrase of its lists in a post, the check is not run.

    Of several options with the same name one is enough; of each name one is needed.
    """

    def __init__(self, name: str = "") -> None:
        self.name = name


class Disguised:
    """Marks an option of a check: its words are known however they are spelled.

    It names the options with the words they are run together with, and with words of their own.
    """

    def __init__(self, beside: str, right: str) -> None:
        self.others = (beside, right)


#: An option of a check that names one list or more, as phrases to be found.
Phrases = Annotated[Terms, BeforeValidator(_listed)]

#: The same, for the phrases without which there is nothing to find: see `Needed`.
Cues = Annotated[Terms, BeforeValidator(_listed), Needed()]

#: An option of a check that names one list or more, as the set of their entries.
Entries = Annotated[frozenset[str], BeforeValidator(wordlists.named)]
