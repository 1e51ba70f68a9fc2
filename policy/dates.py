"""Dates in a text, in every language and way of writing that offices use.

A small grammar over the words of a post: `Wednesday 4 March 2026`, `March 4`, `mercredi 4 mars`,
`aso 4 o Mati`, `৪ মার্চ ২০২৬, বুধবার`, `2 to 6 March`, `2026-03-04`. A numeric date such as
`03/04/2026` is clear only where the region says what comes first.
"""

import re
from collections.abc import Generator, Iterator, Sequence
from itertools import islice, pairwise
from typing import NamedTuple

from policy.datewords import DAY, JOINING, LISTED, DateWords
from policy.daynames import MONTHS, Name
from policy.days import YEAR, FoundDate, Weekday, in_numbers
from policy.texts import Reading, Span

#: So many days are read in one expression such as `2, 3 and 4 March`.
_MOST_DAYS = 6
#: A text with more dates is a table; nothing in it is news.
_MOST_DATES = 200
#: So many numbers are looked at that may begin a date.
_MOST_NUMBERS = 1000

_YEAR = re.compile(r"((?:19|20)\d\d)(?:'s|সাল|সালে|সালের)?")
_RANGE = re.compile(
    r"[ \t\u00a0]*(?:[,&–—-]|(?:to|and|or|until|till|through|au|et|ou|ek|ziska)\b"
    r"|(?:থেকে|হতে|ও|এবং|পর্যন্ত)(?=\s))"
)

#: What parts the numbers of a date.
_PARTING = frozenset("/-.")
_NUMERIC = re.compile(r"\d[/.-]\d")
_BETWEEN = frozenset({"of", "de", "d", "o", "le", "la"})
_MONTH_FIRST = frozenset({"en", "sm"})
#: Words that are a month only with more around them.
_DOUBTFUL = frozenset({"may", "march", "mar", "me", "out"})
_SURE_BEFORE = frozenset(
    {"on", "by", "from", "until", "till", "before", "after", "since", "of", "to", "and", "le", "i"}
)


def find_dates(reading: Reading) -> tuple[FoundDate, ...]:
    """Return the dates in a post, in the order of the text; found once however many rules ask."""
    found: tuple[FoundDate, ...] | None = reading.found.get(find_dates)
    if found is None:
        found = tuple(_Scanner(reading).dates()) if reading.digits else ()
        reading.found[find_dates] = found
    return found


class _Item(NamedTuple):
    """A day of the month in an expression, and the weekdays before it."""

    at: int
    first: int
    weekdays: tuple[Weekday, ...]


class _Scanner(DateWords):
    """The words of a post, looked through for dates."""

    def __init__(self, reading: Reading) -> None:
        super().__init__(reading)
        self.region = reading.post.region.upper()

    def dates(self) -> Iterator[FoundDate]:
        """Find the dates. A year said at the end of a span counts for its beginning."""
        found = list(islice(self._expressions(), _MOST_DATES))
        for this, after in pairwise(found):
            if this.year is None and this.month and after.year and self._is_range(this, after):
                yield this._replace(year=after.year - (this.month > after.month), more=True)
            else:
                yield this
        yield from found[-1:]

    def _expressions(self) -> Iterator[FoundDate]:
        done = -1
        for at in self._beginnings():
            if at <= done:
                continue
            if month := MONTHS.get(self.words[at].text):
                done = yield from self._named(at, month)
            else:
                done = yield from self._numeric(at)

    def _beginnings(self) -> Sequence[int]:
        """Return the words by which a date is known: names of months, and first numbers."""
        known = self.words.places
        named = sorted({at for month in known.keys() & MONTHS.keys() for at in known[month]})
        if not _NUMERIC.search(self.text):
            return named
        first = (at for at, word in enumerate(self.words) if word.text[0].isdecimal())
        return sorted({*named, *islice(first, _MOST_NUMBERS)})

    def _is_range(self, this: FoundDate, after: FoundDate) -> bool:
        between = self.text[this.span.end : after.span.start]
        return len(between) < 24 and bool(_RANGE.match(between))

    def _named(self, at: int, month: Name) -> Generator[FoundDate, None, int]:
        """Read the date around the name of a month. Returns the last word of it."""
        day_at = self._day_before(at)
        first = day_at is None
        if day_at is None:
            day_at = self._day_after(at) if month.lang in _MONTH_FIRST else None
        if day_at is None:
            return at
        items = self._items_after(at, day_at) if first else self._items(day_at)
        year, last = self._year_after(max(at, items[-1].at))
        if self.words[at].text in _DOUBTFUL and not self._is_sure(at, items, year, first=first):
            return at
        yield from self._found(items, month.number, year, last)
        return last

    def _numeric(self, at: int) -> Generator[FoundDate, None, int]:
        """Read a date in numbers, such as 2026-03-04. Returns the last word of it."""
        if at + 2 >= len(self.words):
            return at
        if YEAR not in (len(self.words[at].text), len(self.words[at + 2].text)):
            return at
        parts = [word.text for word in self.words[at : at + 3]]
        gaps = {self.gap(at), self.gap(at + 1)}
        read = in_numbers(parts, self.region) if len(gaps) == 1 and gaps <= _PARTING else None
        if read is None:
            return at
        year, month, day = read
        item = self._item(at)
        for each in self._found([item], month, year, at + 2):
            yield each._replace(day=day)
        return at + 2

    def _found(
        self, items: Sequence[_Item], month: int, year: int | None, last: int
    ) -> Iterator[FoundDate]:
        end = self.words[last].end
        named = _paired(items)
        if not any(named):
            after, end = self.weekday_after(last)
            named[-1] = after
        for number, (item, weekdays) in enumerate(zip(items, named, strict=True)):
            is_last = number == len(items) - 1
            word = self.words[item.at]
            match = DAY.fullmatch(word.text)
            yield FoundDate(
                Span(self.words[item.first].start, end if is_last else word.end),
                int(match[1]) if match else 0,
                month,
                year,
                weekdays,
                more=not is_last,
            )

    def _items(self, day_at: int) -> list[_Item]:
        """Read the days that are listed up to a word: `Monday 2, 3 and 4`."""
        items: list[_Item] = []
        at: int | None = day_at
        while at is not None and len(items) < _MOST_DAYS:
            items.insert(0, self._item(at))
            at = self._listed_before(items[0].first)
        return items

    def _items_after(self, at: int, day_at: int) -> list[_Item]:
        """Read the days that follow the name of a month: `March 2, 3 and 4`."""
        items = [self._item(at)._replace(at=day_at)]
        while len(items) < _MOST_DAYS and self.is_day(day_at + 1 + self._joins(day_at)):
            if not self._joins(day_at) and not LISTED.fullmatch(self.gap(day_at)):
                break
            day_at += 1 + self._joins(day_at)
            items.append(_Item(day_at, day_at, ()))
        return items

    def _joins(self, at: int) -> bool:
        """Tell whether the word after a day joins it to another."""
        return at + 1 < len(self.words) and self.words[at + 1].text in JOINING

    def _item(self, at: int) -> _Item:
        weekdays = self.weekdays_before(at)
        return _Item(at, weekdays[0][0] if weekdays else at, tuple(each for _, each in weekdays))

    def _listed_before(self, at: int) -> int | None:
        if at >= 1 and self.is_day(at - 1) and LISTED.fullmatch(self.gap(at - 1)):
            return at - 1
        joined = at >= 2 and self.words[at - 1].text in JOINING and self.is_day(at - 2)
        return at - 2 if joined and not self.gap(at - 2).strip() else None

    def _day_before(self, at: int) -> int | None:
        before = at - 1
        if before > 0 and self.words[before].text in _BETWEEN and self.is_near(before):
            before -= 1
        if not (self.is_day(before) and self.is_near(before)):
            return None
        return None if ". " in self.gap(before) else before  # a sentence ended there

    def _day_after(self, at: int) -> int | None:
        return at + 1 if self.is_day(at + 1) and self.is_near(at) else None

    def _year_after(self, at: int) -> tuple[int | None, int]:
        if at + 1 < len(self.words) and self.is_near(at):
            match = _YEAR.fullmatch(self.words[at + 1].text)
            if match:
                return int(match[1]), at + 1
        return None, at

    def _is_sure(self, at: int, items: Sequence[_Item], year: int | None, *, first: bool) -> bool:
        if year is not None or items[0].weekdays:
            return True
        if not self.text[self.words[at].start].isupper():
            return False
        before = self.words[at - 1].text if at else ""
        return not first or before in _SURE_BEFORE or not self.words[items[0].at].text.isdecimal()


def _paired(items: Sequence[_Item]) -> list[tuple[Weekday, ...]]:
    """Give each day its weekday: `Friday and Saturday 6 and 7` names two of each."""
    weekdays = items[0].weekdays
    if len(weekdays) == len(items) and not any(item.weekdays for item in items[1:]):
        return [(each,) for each in weekdays]
    return [item.weekdays for item in items]
