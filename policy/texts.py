"""A text as the checks see it: normalised copies that remember where everything came from.

Everything is computed at most once for a post, and only when a check asks for it.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, pairwise
from typing import Literal, NamedTuple

from policy.findings import Post
from policy.links import find_links
from policy.patterns import unicode_pattern

#: Combining marks are sorted when a text is normalised, in time that grows with the square of
#: their number. No script needs as many as this on one letter, so longer piles are cut.
LONGEST_PILE = 30

MOST_EMAILS = 1000

_FOREIGN = re.compile(r"[\x00-\x7f]?[^\x00-\x7f]+")
_CLUSTER = unicode_pattern(r"\X")
_PILE = unicode_pattern(rf"\p{{M}}{{{LONGEST_PILE + 1}}}")
_WORD = unicode_pattern(r"[\p{L}\p{M}\p{N}]++(?:['\u200c\u200d_][\p{L}\p{M}\p{N}]++)*+")
_SENTENCE_END = re.compile(r"(?<=[.!?।])(?=\s)|\n+")
_EMAIL = re.compile(
    r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9_%+][A-Za-z0-9._%+-]*+@[A-Za-z0-9-]++(?:\.[A-Za-z0-9-]++)++"
)
_MENTION = re.compile(r"(?<![\w@/.+-])@\w(?:[\w.-]*\w)?(?:@\w(?:[\w.-]*\w)?)?")
_HASHTAG = unicode_pattern(
    r"(?<![\p{L}\p{M}\p{N}_&/])[#＃](?=[\p{N}_]*+[\p{L}])[\p{L}\p{M}\p{N}_]++"
)
_BENGALI = re.compile("[\u0985-\u09ef]")
_DIGIT = re.compile(r"\d")
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


class Word(NamedTuple):
    """A word in lower case, and its place in the given text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Shadow:
    """A normalised copy of a text. Without a map its offsets are those of the text."""

    text: str
    starts: list[int] | None = None
    ends: list[int] | None = None

    def span(self, start: int, end: int) -> Span:
        """Return where a passage of the copy stands in the text as it was given."""
        if self.starts is None or self.ends is None:
            return Span(start, end)
        return Span(self.starts[start], self.ends[end - 1] if end > start else self.starts[start])


@dataclass(frozen=True)
class Reading:
    """A post while it is being checked. Its parts are read when they are first asked for."""

    post: Post

    @cached_property
    def text(self) -> str:
        """The text with each half of a character replaced, for engines that refuse those."""
        text = self.post.text
        return text if text.isascii() else _SURROGATE.sub("\ufffd", text)

    @cached_property
    def shadow(self) -> Shadow:
        """The text in NFC with digits of every script as 0 to 9: the copy to match on."""
        return shadow(self.text, "NFC")

    @cached_property
    def plain(self) -> Shadow:
        """The text in NFKC, for numbers and for words in fancy letters."""
        return shadow(self.text, "NFKC")

    @cached_property
    def digits(self) -> int:
        """How many digits it has, in any script."""
        return len(_DIGIT.findall(self.text))

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """Its words, outside of links and addresses."""
        copy = self.shadow
        found = (
            Word(match[0].lower(), *copy.span(match.start(), match.end()))
            for match in _WORD.finditer(copy.text)
        )
        if not self.protected:
            return tuple(found)
        return tuple(word for word in found if not self.is_protected(word.start, word.end))

    @cached_property
    def script(self) -> str:
        """The language its script belongs to, where there is only one of importance here."""
        return "bn" if not self.text.isascii() and _BENGALI.search(self.text) else ""

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """Its sentences, in the text as it was given."""
        cuts = [0, *(match.start() for match in _SENTENCE_END.finditer(self.text)), len(self.text)]
        return tuple(Span(a, b) for a, b in pairwise(cuts) if b > a)

    @cached_property
    def links(self) -> tuple[Span, ...]:
        """Where web addresses stand."""
        emails = self.emails
        found = (Span(*link) for link in find_links(self.text))
        return (
            tuple(link for link in found if not any(link.overlaps(*email) for email in emails))
            if emails
            else tuple(found)
        )

    @cached_property
    def emails(self) -> tuple[Span, ...]:
        """Where e-mail addresses stand."""
        return tuple(islice(self._emails(), MOST_EMAILS))

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


def shadow(text: str, form: Form, *, fold: bool = True) -> Shadow:
    """Normalise a text, fold digits and apostrophes, and remember where each character was."""
    if text.isascii():
        return Shadow(text)
    folds = _FOLDS if fold else {}
    changes = list(_changes(text, form))
    if not changes:
        return Shadow(text.translate(folds))
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    done = 0
    for start, end, new in changes:
        parts += (text[done:start], new)
        starts += (*range(done, start), *[start] * len(new))
        ends += (*range(done + 1, start + 1), *[end] * len(new))
        done = end
    parts.append(text[done:])
    starts += range(done, len(text) + 1)
    ends += range(done + 1, len(text) + 1)
    return Shadow("".join(parts).translate(folds), starts, ends)


def normalised(text: str) -> str:
    """Return a text in NFC, where nobody asks where its characters came from."""
    return (
        shadow(text, "NFC", fold=False).text
        if _PILE.search(text)
        else (unicodedata.normalize("NFC", text))
    )


def _changes(text: str, form: Form) -> Iterator[tuple[int, int, str]]:
    """Find the passages that normalising changes."""
    if not _PILE.search(text) and unicodedata.is_normalized(form, text):
        return
    for match in _FOREIGN.finditer(text):
        start, end = match.span()
        for a, b in _piles(match[0]) if end - start > LONGEST_PILE else ((0, end - start),):
            old = match[0][a:b]
            new = unicodedata.normalize(form, old)
            if new != old:
                yield from _small(old, start + a, form)


def _small(old: str, offset: int, form: Form) -> Iterator[tuple[int, int, str]]:
    for match in _CLUSTER.finditer(old):
        new = unicodedata.normalize(form, match[0])
        if new != match[0]:
            yield offset + match.start(), offset + match.end(), new


def _piles(text: str) -> Iterator[tuple[int, int]]:
    for match in _CLUSTER.finditer(text):
        for start in range(match.start(), match.end(), LONGEST_PILE):
            yield start, min(start + LONGEST_PILE, match.end())
