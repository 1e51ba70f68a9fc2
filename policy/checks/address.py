"""Homes of people, and postal addresses that are not in the directory."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated

from propcache.api import cached_property

from policy.addresses import Streets, find_addresses, find_postcodes
from policy.checks.registry import Passage, check, check_if
from policy.terms import Needed, Phrases, Term, Terms
from policy.texts import Reading, Span

ADDRESS = "address"

#: So many words away, a word for a home or a person says whose address it is.
_REACH = 12
_REACH_AFTER = 4

#: A person of such an address: `Helen Marsh, 43, of 14 Orchard Close`.
_OF = re.compile(
    r"[A-Z][\w'’-]{1,30} [A-Z][\w'’-]{1,30},?(?: \(?\d{1,3}\)?,?)? (?:of|from|de) (?=\d|$)"
)
#: How that ends, for google-re2.
_OF_A_NUMBER = r" (?:of|from|de) (?:[0-9\n]|[^\x00-\x7f]|$)"
_LOOK = 80
#: Small words that may stand between a name and an address.
_BETWEEN = frozenset({"of", "from", "at", "in", "and", "aged", "de", "dan", "von", "c", "o"})

Persons = Annotated[Phrases, Needed("person")]


@check_if(where=_OF_A_NUMBER)
def home_addresses(
    reading: Reading,
    *,
    last: Phrases,
    first: Phrases,
    numbered: Phrases,
    houses: Phrases,
    units: Phrases,
    other: Phrases,
    months: Phrases,
    homes: Persons,
    titles: Persons,
    offices: Phrases,
) -> Iterator[Passage]:
    """Object to the postal address of somebody's home.

    `homes` are words that say so (lives at); after one of `titles` a name follows (Mrs Boyd).
    Words for `offices` nearer to the address, or beside a mere name, say that it is none. The
    other lists hold words for streets: see `Streets`.
    """
    if not reading.digits:
        return
    scene = _Scene(reading, homes, titles, offices)
    if not scene.speaks_of_homes:
        return
    streets = Streets(last, first, numbered, houses, units, other, months)
    found = find_addresses(reading, streets)
    for span in found:
        if not _is_listed(reading, span) and scene.is_home(span):
            yield Passage.at(span, kind=ADDRESS)
    for span in find_postcodes(reading):
        if any(span.overlaps(*each) for each in found) or _is_listed(reading, span):
            continue
        if scene.is_said_home(span):
            yield Passage.at(span, kind=ADDRESS)


@check
def postal_addresses(
    reading: Reading,
    *,
    last: Phrases,
    first: Phrases,
    numbered: Phrases,
    houses: Phrases,
    units: Phrases,
    other: Phrases,
    months: Phrases,
) -> Iterator[Passage]:
    """Object to every postal address that the directory does not list."""
    for span in find_addresses(
        reading, Streets(last, first, numbered, houses, units, other, months)
    ):
        if not _is_listed(reading, span):
            yield Passage.at(span, kind=ADDRESS)


@dataclass(frozen=True)
class _Scene:
    reading: Reading
    homes: Terms
    titles: Terms
    offices: Terms

    @property
    def speaks_of_homes(self) -> bool:
        """Tell whether the post names a home or a person at all."""
        terms = (self.homes, self.titles)
        return any(each.of(self.reading) for each in terms) or bool(_OF.search(self.reading.text))

    def is_home(self, span: Span) -> bool:
        """Tell whether an address is said to be a home, or to be a person's."""
        return self.is_said_home(span) or self._is_of_a_person(span)

    def is_said_home(self, span: Span) -> bool:
        """Tell whether a word for a home stands by, and none for an office nearer."""
        first, last = self._place(span)
        home = self._nearest(self._said, first, last)
        office = self._nearest(self._offices, first, last)
        return home is not None and (office is None or home < office)

    def _is_of_a_person(self, span: Span) -> bool:
        first, last = self._place(span)
        if self._nearest(self._offices, first, last) is not None:
            return False
        before = self.reading.text[max(0, span.start - _LOOK) : span.start]
        near = (term for term in self._persons if 0 < first - term.last <= _REACH)
        return any(self._leads_to(term.last + 1, first) for term in near) or bool(
            _OF.search(before)
        )

    def _leads_to(self, name: int, first: int) -> bool:
        """Tell whether an address follows a name, or what belongs to its owner."""
        words = self.reading.words[name:first]
        if any(word.text.endswith("'s") for word in words):
            return True
        return all(
            word.text in _BETWEEN or not self.reading.text[word.start].islower() for word in words
        )

    def _place(self, span: Span) -> tuple[int, int]:
        starts = self.reading.words.starts
        return bisect_left(starts, span.start), bisect_left(starts, span.end)

    def _nearest(self, terms: Sequence[Term], first: int, last: int) -> int | None:
        """Return how many words away from an address the nearest phrase is.

        Where no capitals tell, a word after the town counts as the end of the address.
        """
        before = (first - 1 - term.last for term in terms if term.last < first)
        after = (term.first - last for term in terms if term.first >= last)
        near = [away for away in before if away < _REACH]
        near += [away for away in after if away < _REACH_AFTER]
        near += [0 for term in terms if first < term.first and term.last == last - 1]
        return min(near, default=None)

    @cached_property
    def _offices(self) -> Sequence[Term]:
        return self.offices.of(self.reading)

    @cached_property
    def _said(self) -> Sequence[Term]:
        taken = {at for term in self._offices for at in range(term.first, term.last + 1)}
        found = self.homes.of(self.reading)
        return [term for term in found if taken.isdisjoint(range(term.first, term.last + 1))]

    @cached_property
    def _persons(self) -> Sequence[Term]:
        words = self.reading.words
        found = (term for term in self.titles.of(self.reading) if term.last + 1 < len(words))
        return [
            term for term in found if not self.reading.text[words[term.last + 1].start].islower()
        ]


def _is_listed(reading: Reading, span: Span) -> bool:
    """Tell whether the directory lists an address, in whatever way of writing."""
    found = _compact(reading.text[span.start : span.end])
    listed = (_compact(entry) for entry in reading.directory.others)
    return any(found in entry or (entry and entry in found) for entry in listed)


def _compact(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()
