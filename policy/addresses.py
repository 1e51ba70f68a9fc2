"""Postal addresses in a text: a house number beside the word for a street, or before a postcode."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice

from propcache.api import cached_property

from policy.rows import Row, particles
from policy.terms import Term, Terms
from policy.texts import Reading, Span

#: So many addresses are looked for in one text; what has more is a list of something else.
MOST = 100

_YEAR = re.compile(r"(?:19|20)\d\d")
_GERMAN = ("straße", "strasse", "str", "weg", "platz", "allee", "gasse", "ufer", "damm", "steig")
_SHORTEST_GERMAN = 6
#: Words between a number and the word that says it is a house: `বাসা নং ৫`, `House no. 5`.
_FILLERS = frozenset({"no", "nr", "number", "নং", "নম্বর", "নাম্বার"})

_POSTCODE = re.compile(
    r"[A-Z](?<![\w-].)(?:"
    r"[A-Z]?\d[A-Z\d]?[A-Z]? ?\d[A-Z]{2}"  # United Kingdom
    r"|[A-Z] \d{5}(?:-\d{4})?"  # United States
    r"|(?:(?<=A)CT|(?<=N)(?:SW|T)|(?<=Q)LD|(?<=S)A|(?<=T)AS|(?<=V)IC|(?<=W)A),? \d{4}"  # Australia
    r"|[a-z]{2,20} ?[ -] ?\d{6}"  # India
    r")(?!\w)"
)
_UK_POSTCODE = re.compile(r"[A-Z](?<![\w-].)[A-Z]?\d[A-Z\d]? ?\d[A-Z]{2}(?!\w)")

_LONGEST_NAME = 5  # words between a house number and its street
_FARTHEST_POSTCODE = 12  # words between a house number and its postcode
_LONGEST_TAIL = 10  # words of the town and the postcode after a street
_LONGEST_PART = 3  # words between two commas, in a script without capitals
_FRENCH_POSTCODE = 5


@dataclass(frozen=True)
class Streets:
    """The words for streets and houses, by where names and numbers stand beside them.

    `last`: 14 Orchard Close; `first`: 12 rue de la Paix; `numbered`: Calle Mayor 3; `houses`:
    বাসা ৫; `units`: Flat 3; `other`: what has numbers too, such as buses; `months` follow days.
    """

    last: Terms
    first: Terms
    numbered: Terms
    houses: Terms
    units: Terms
    other: Terms
    months: Terms


def find_addresses(reading: Reading, streets: Streets) -> tuple[Span, ...]:
    """Find postal addresses, in the order of the text, none twice."""
    if not reading.digits:
        return ()
    return tuple(_merged(_Scene(reading, streets).addresses()))


def find_postcodes(reading: Reading) -> Iterator[Span]:
    """Find postcodes that stand for a few houses: those of the United Kingdom."""
    if reading.digits > 1:
        for match in islice(_UK_POSTCODE.finditer(reading.text), MOST):
            yield Span(*match.span())


def _merged(spans: Iterable[Span]) -> Iterator[Span]:
    last: Span | None = None
    for span in sorted(spans):
        if last is None or not last.overlaps(*span):
            if last is not None:
                yield last
            last = span
        else:
            last = Span(last.start, max(last.end, span.end))
    if last is not None:
        yield last


@dataclass(frozen=True)
class _Scene(Row):
    streets: Streets

    def addresses(self) -> Iterator[Span]:
        ways = (
            self._named(),
            self._leading(),
            self._numbered(),
            self._german(),
            self._houses(),
            self._postcodes(),
        )
        for first, last in islice(chain(*ways), MOST):
            yield Span(self.words[self._head(first)].start, self.words[self._tail(last)].end)

    @cached_property
    def _units(self) -> dict[int, Term]:
        return {term.first: term for term in self.streets.units.of(self.reading)}

    def _named(self) -> Iterator[tuple[int, int]]:
        for term in self.streets.last.of(self.reading):
            number = self._number_before(term.first, _LONGEST_NAME)
            if number is not None and self._is_named(range(number + 1, term.first)):
                yield number, term.last

    def _leading(self) -> Iterator[tuple[int, int]]:
        for term in self.streets.first.of(self.reading):
            number = self._number_before(term.first, 1)
            after = self._number_after(term.last, _LONGEST_NAME)
            if number is not None and self._goes_on(term.last):
                yield number, term.last + 1
            elif after is not None and len(self.words[after].text) == _FRENCH_POSTCODE:
                yield term.first, after

    def _numbered(self) -> Iterator[tuple[int, int]]:
        for term in self.streets.numbered.of(self.reading):
            number = self._number_after(term.last, _LONGEST_NAME)
            if number is not None:
                yield term.first, number

    def _german(self) -> Iterator[tuple[int, int]]:
        words = self.reading.words
        for at in words.at(text for text in words.texts if text.endswith(_GERMAN)):
            word = self.words[at]
            if not (self.is_name(word) and at + 1 < len(self.words) and self.is_house(at + 1)):
                continue
            first = at
            while at - first < _LONGEST_NAME and self.gap(first - 1) == "-":
                first -= 1
            if first < at or len(word.text) >= _SHORTEST_GERMAN:
                yield first, at + 1

    def _houses(self) -> Iterator[tuple[int, int]]:
        for term in self.streets.houses.of(self.reading):
            at = term.last + 1
            while at < len(self.words) and self.words[at].text in _FILLERS:
                at += 1
            if at < len(self.words) and self.is_house(at) and self.gap(at) in (",", ", "):
                yield term.first, at

    def _postcodes(self) -> Iterator[tuple[int, int]]:
        for match in islice(_POSTCODE.finditer(self.reading.text), MOST):
            at = bisect_left(self.words.starts, match.start())
            last = bisect_left(self.words.starts, match.end()) - 1
            last -= last >= 0 and self.words[last].end > match.end()
            number = self._number_before(at, _FARTHEST_POSTCODE)
            if number is not None and at <= last and "," in self.text(number, last):
                yield number, last

    def _number_before(self, at: int, reach: int) -> int | None:
        """Return the house number before a street, with nothing but a name between them."""
        for before in range(at - 1, max(-1, at - 2 - reach), -1):
            if not self.is_joined(before):
                return None
            if self.is_house(before):
                return None if self._is_other(before) else before
            if not self.is_name(self.words[before]):
                return None
        return None

    def _number_after(self, at: int, reach: int) -> int | None:
        for after in range(at + 1, min(len(self.words), at + 2 + reach)):
            if not self.is_joined(after - 1):
                return None
            if self.is_house(after):
                return after if after > at + 1 else None
            if not self.is_name(self.words[after]):
                return None
        return None

    def _is_other(self, at: int) -> bool:
        """Tell whether a number is a year, a day or that of a bus."""
        if _YEAR.fullmatch(self.words[at].text) or self.streets.months.at(self.words, at + 1):
            return True
        return at > 0 and self.streets.other.at(self.words, at - 1) is not None

    def _is_named(self, between: range) -> bool:
        """Tell whether these are the words of one name, with no comma between them."""
        gaps = (self.gap(at) for at in between)
        return any(self.words[at].text not in particles() for at in between) and not any(
            "," in gap for gap in gaps
        )

    def _goes_on(self, at: int) -> bool:
        return at + 1 < len(self.words) and self.is_joined(at) and self.is_name(self.words[at + 1])

    def _head(self, first: int) -> int:
        """Take in what stands before a house number: another number, a flat."""
        if first and self.is_joined(first - 1) and self.is_house(first - 1):
            first -= 1
        for at in (first - 3, first - 2, first - 1):
            if at >= 0 and at in self._units and all(map(self.is_joined, range(at, first))):
                return at
        return first

    def _tail(self, last: int) -> int:
        """Take in the town and the postcode."""
        end = comma = last
        for at in range(last + 1, min(len(self.words), last + 1 + _LONGEST_TAIL)):
            gap, word = self.gap(at - 1), self.words[at]
            if not self.is_joined(at - 1) or not self.is_name(word):
                break
            if "\n" in gap and word.text[0].isdecimal():
                break
            comma = at - 1 if "," in gap else comma
            if self.is_cased(word):
                end = at if word.text not in particles() else end
            elif at - comma > _LONGEST_PART:
                break
            elif not self.gap(at).isspace():
                end = at
        return end
