"""A text as the checks see it: normalised copies that remember where everything came from.

Everything is computed at most once for a post, and only when a check asks for it.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import accumulate, compress, islice, repeat
from operator import itemgetter
from typing import Any, NamedTuple, cast

from propcache.api import cached_property

from policy.directory import Directory, directory
from policy.findings import Post
from policy.hosts import Address, address, disjoint, find_odd_links
from policy.links import find_links
from policy.patterns import unicode_pattern
from policy.sentences import sentences
from policy.shadows import Shadow, Span, shadow, without_halves

__all__ = ["WORD", "Reading", "Shadow", "Span", "Word", "Words", "shadow"]

MOST_EMAILS = 500

WORD = r"[\p{L}\p{M}\p{N}]++(?:['\u200c\u200d_][\p{L}\p{M}\p{N}]++)*+"
_WORD = unicode_pattern(f"({WORD})")
_ASCII_WORD = re.compile(r"([A-Za-z0-9]++(?:['_][A-Za-z0-9]++)*+)")  # the same, and quicker
_EMAIL = re.compile(
    r"[A-Za-z0-9_%+](?<![A-Za-z0-9._%+-].)[A-Za-z0-9._%+-]*+@[A-Za-z0-9-]++(?:\.[A-Za-z0-9-]++)++"
)
_MENTION = re.compile(r"@(?<![\w@/.+-].)\w(?:[\w.-]*\w)?(?:@\w(?:[\w.-]*\w)?)?")
_HASHTAG = unicode_pattern(
    r"(?<![\p{L}\p{M}\p{N}_&/])[#＃](?=[\p{N}_]*+[\p{L}])[\p{L}\p{M}\p{N}_]++"
)
_BENGALI = re.compile("[\u0985-\u09ef]")


class Word(NamedTuple):
    """A word in lower case, and its place in the given text."""

    text: str
    start: int
    end: int


_text_of = itemgetter(0)

#: The same as `Word`, where thousands are made.
make_word = cast("Callable[[tuple[str, int, int]], Word]", partial(tuple.__new__, Word))


class Words(tuple[Word, ...]):
    """The words of a text in order, with what tells quickly that some are not among them."""

    @cached_property
    def texts(self) -> frozenset[str]:
        """Each word, with and without its 's."""
        found = frozenset(map(_text_of, self))
        return found.union(text[:-2] for text in _of_somebody(found))

    @cached_property
    def starts(self) -> Sequence[int]:
        """Where each begins in the text."""
        return [word.start for word in self]

    @cached_property
    def places(self) -> Mapping[str, Sequence[int]]:
        """Where each of the texts stands."""
        found: dict[str, list[int]] = defaultdict(list)
        for at, text in enumerate(map(_text_of, self)):
            found[text].append(at)
        for text in _of_somebody(found):
            found[text[:-2]] += found[text]
        return found

    def at(self, texts: Iterable[str]) -> Sequence[int]:
        """Return, in order, where words stand that are written as one of its texts."""
        return sorted(at for text in texts for at in self.places[text] if self[at].text == text)

    def beginnings(self, size: int) -> frozenset[str]:
        """Return how its words begin, in so many characters."""
        known = self._beginnings.get(size)
        if known is None:
            known = self._beginnings[size] = frozenset(word[:size] for word in self.texts)
        return known

    @cached_property
    def _beginnings(self) -> dict[int, frozenset[str]]:
        return {}


def _of_somebody(texts: Collection[str]) -> list[str]:
    """Return those that end in 's."""
    some = "'s" in " ".join(texts)  # hardly ever, and quicker to find out
    return [text for text in texts if text.endswith("'s")] if some else []


def words_in(text: str, most: int = 0) -> Iterator[Word]:
    """Find the words of a text, or so many of them, at the cost of taking it apart."""
    return map(make_word, zip(*_parted(text, most), strict=False))


def _parted(text: str, most: int = 0) -> tuple[Iterator[str], Sequence[int], Sequence[int]]:
    """Return the words of a text, where each begins, and where each ends."""
    parts = (_ASCII_WORD if text.isascii() else _WORD).split(text, most)
    ends = tuple(accumulate(map(len, parts)))
    return map(str.lower, parts[1::2]), ends[:-1:2], ends[1::2]


@dataclass(frozen=True)
class Reading:
    """A post while it is being checked. Its parts are read when they are first asked for."""

    post: Post
    found: dict[object, Any] = field(default_factory=dict)  # what `Terms.of` keeps

    @cached_property
    def text(self) -> str:
        """The text with each half of a character replaced, for engines that refuse those."""
        return without_halves(self.post.text)

    @cached_property
    def shadow(self) -> Shadow:
        """The text in NFC with digits of every script as 0 to 9: the copy to match on."""
        return shadow(self.text, "NFC")

    @cached_property
    def plain(self) -> Shadow:
        """The text in NFKC, for numbers and for words in fancy letters."""
        if unicodedata.is_normalized("NFKC", self.shadow.text):
            return self.shadow
        return shadow(self.text, "NFKC")

    @property
    def directory(self) -> Directory:
        """What the office's directory lists."""
        return directory(self.post.directory)

    @cached_property
    def digits(self) -> int:
        """How many digits it has, in any script."""
        return sum(map(str.isdecimal, self.text))

    @cached_property
    def words(self) -> Words:
        """Its words, outside of links and addresses."""
        copy = self.shadow
        texts, begins, ends = _parted(copy.text)
        if copy.starts is not None:
            begins, ends = copy.places(begins, ends)
        words: Iterator[tuple[str, int, int]] = zip(texts, begins, ends, strict=False)
        if self.protected:
            found = map(self._mask.find, repeat(1), begins, ends)
            words = compress(words, map((0).__gt__, found))
        return Words(map(make_word, words))

    @cached_property
    def script(self) -> str:
        """The language its script belongs to, where there is only one of importance here."""
        return "bn" if not self.text.isascii() and _BENGALI.search(self.text) else ""

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """Its sentences, in the text as it was given. Together they cover it."""
        return tuple(Span(*span) for span in sentences(self.text))

    @cached_property
    def links(self) -> tuple[Span, ...]:
        """Where web addresses stand, those that no name server knows too."""
        odd = self._odd_links
        clear = disjoint(self._usual_links, sorted((*odd, *self.emails)))
        return tuple(sorted((*odd, *(Span(*link) for link in clear))))

    @cached_property
    def addresses(self) -> tuple[Address, ...]:
        """The web addresses, taken apart."""
        return tuple(address(self.text, *link) for link in self.links)

    @cached_property
    def emails(self) -> tuple[Span, ...]:
        """Where e-mail addresses stand."""
        found = disjoint(self._emails(), self._odd_links)
        return tuple(Span(*email) for email in islice(found, MOST_EMAILS))

    @cached_property
    def _usual_links(self) -> tuple[tuple[int, int], ...]:
        return find_links(self.text)

    @cached_property
    def _odd_links(self) -> tuple[Span, ...]:
        """Links with an @ before the host, or with a host that has no top-level domain."""
        return tuple(Span(*link) for link in find_odd_links(self.text, self._usual_links))

    @cached_property
    def mentions(self) -> tuple[Span, ...]:
        """Where accounts are tagged with @."""
        if "@" not in self.text:
            return ()
        return tuple(Span(*match.span()) for match in _MENTION.finditer(self.text))

    @cached_property
    def hashtags(self) -> tuple[Span, ...]:
        """Where hashtags stand."""
        if "#" not in self.text and "＃" not in self.text:
            return ()
        return tuple(Span(*match.span()) for match in _HASHTAG.finditer(self.text))

    @cached_property
    def protected(self) -> tuple[Span, ...]:
        """Passages that belong to the rules on links, addresses, mentions and hashtags alone."""
        return tuple(sorted((*self.links, *self.emails, *self.mentions, *self.hashtags)))

    def is_protected(self, start: int, end: int) -> bool:
        """Tell whether a passage touches a link, an address, a mention or a hashtag."""
        return self._mask.find(1, start, end) >= 0

    @cached_property
    def _mask(self) -> bytes:
        """One byte per character: 1 where the text is protected."""
        mask = bytearray(len(self.text))
        for start, end in self.protected:
            mask[start:end] = b"\x01" * (end - start)
        return bytes(mask)

    def _emails(self) -> Iterator[Span]:
        if "@" not in self.text:
            return
        for match in _EMAIL.finditer(self.text):
            last = match[0].rpartition(".")[2]
            if len(last) > 1 and last.isalpha():
                yield Span(*match.span())
