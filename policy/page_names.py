"""Whose name a page is in: an office's, as it should be, or a person's."""

import re
from collections.abc import Collection
from functools import cache

from policy import platforms, wordlists
from policy.patterns import unicode_pattern

#: Lists whose words are no names of people: whoever uses one names an office, a place or a topic.
_LISTS = (
    "common-words",
    "common-acronyms",
    "government-words",
    "office-cues",
    "names-of-desks",
    "official-words",
    "place-nouns",
    "public-work",
    "workplaces",
)
_MORE = frozenset(
    """
    page official ministry minister ministers department directorate division bureau council board
    commission secretariat agency authority corporation institute academy parliament cabinet
    embassy mission consulate fisheries works roads water power energy transport agriculture
    channel portal newsroom bulletin gazette updates alerts live tv radio fm
    """.split()  # noqa: SIM905 - a list of words reads better as words
)
_TITLE_WORDS = frozenset(
    """
    mr mrs ms miss dr hon honourable rt sir dame prof professor cllr md mst mme mlle
    """.split()  # noqa: SIM905 - a list of words reads better as words
)
_TITLES = f"(?:{'|'.join(sorted((word.title() for word in _TITLE_WORDS), reverse=True))})"
#: Words that make a person's name no other.
_BOASTS = _TITLE_WORDS | {"official", "the", "real", "page"}
_NAME = r"(?:\p{Lu}[\p{Ll}\p{M}'’-]+(?:-\p{Lu}[\p{Ll}\p{M}'’-]+)*|\p{Lu}['’]\p{Lu}[\p{Ll}]+)"
_INITIAL = r"\p{Lu}\."
_BETWEEN = r"(?:de|da|di|van|von|bin|binti|al|el|ibn|le|la|du|der)"
_PERSON = unicode_pattern(
    rf"(?:{_TITLES}\.? )*{_NAME}(?: (?:{_NAME}|{_INITIAL}|{_BETWEEN})){{0,3}} {_NAME}"
)
_WORDS = unicode_pattern(r"[\p{L}\p{M}'’-]+")


def is_of_a_person(name: str, people: Collection[str], office: str) -> bool:
    """Tell whether a page's name is that of a person, and not of an office or its work.

    It is if somebody of the office is called so, or if it looks like first and last names and no
    word of it is one that offices use.
    """
    plain = " ".join(word for word in _plain(name).split() if word not in _BOASTS)
    if plain in map(_plain, people):
        return True
    match = _PERSON.fullmatch(" ".join(name.split()))
    if match is None:
        return False
    words = {word.casefold() for word in _WORDS.findall(name)}
    ours = _MORE if words & _TITLE_WORDS else _office_words()  # a title is sign enough
    return words.isdisjoint(_plain(office).split()) and words.isdisjoint(ours)


def _plain(name: str) -> str:
    return " ".join(re.sub(r"[^\w]+", " ", name.casefold()).split())


@cache
def _office_words() -> frozenset[str]:
    found = {word for each in _LISTS for entry in wordlists.load(each) for word in entry.split()}
    labels = {word for kind in platforms.KINDS.values() for word in kind.label.split()}
    return frozenset(word.casefold() for word in found | labels) | _MORE
