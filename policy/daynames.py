"""The names of months and weekdays in the languages of the offices, read from word lists."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from policy import wordlists
from policy.shadows import normalised

#: What Bangla puts behind a name: `মার্চের`, `বুধবারে`.
_ENDINGS = ("", "ের", "র", "ে", "তে", "েও", "ও", "ই")


class Name(NamedTuple):
    """A month or a weekday by name; the row has its companions, in the same way of writing."""

    number: int  # a month from 1, a weekday from 0 for Monday
    lang: str
    row: Sequence[str]
    ending: str = ""

    def companion(self, number: int) -> str:
        """Return another name of the row, counted from 0, with the same ending."""
        return f"{self.row[number]}{self.ending}"


def _named(list_name: str, first: int) -> Iterator[tuple[str, Name]]:
    for entry in wordlists.load(list_name):
        lang, *row = normalised(entry).split()
        for at, word in enumerate(row):
            for ending in _ENDINGS if lang == "bn" else ("",):
                yield f"{word}{ending}", Name(first + at, lang, row, ending)


def _first_of_each(list_name: str, first: int) -> Mapping[str, Name]:
    found: dict[str, Name] = {}
    for word, name in _named(list_name, first):
        found.setdefault(word, name)
    return found


#: Every name in lower case. Of a name in two languages, that of the first row counts.
MONTHS: Mapping[str, Name] = _first_of_each("months", 1)
WEEKDAYS: Mapping[str, Name] = _first_of_each("weekdays", 0)

#: The names that messages use.
ENGLISH_MONTHS: Sequence[str] = [name.title() for name in MONTHS["january"].row]
ENGLISH_WEEKDAYS: Sequence[str] = [name.title() for name in WEEKDAYS["monday"].row]
