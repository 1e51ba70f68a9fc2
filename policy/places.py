"""Whether a text names a place: one that is known, or a name after words such as `near`."""

from collections.abc import Sequence

from policy.daynames import MONTHS, WEEKDAYS
from policy.terms import Term, Terms
from policy.texts import Reading, Word

#: Words between a preposition and the name: `in the lower Baitarani valley`.
_REACH = 3
#: What no place is called, though it is written with a capital.
_NO_PLACES = frozenset(
    {"i", "we", "you", "it", "the", "all", "gmt", "bst", "utc", "am", "pm", "please", "facebook"}
    | {"emergency", "warning", "red", "amber", "yellow", "orange", "met", "government", "ministry"}
    | {"this", "that", "these", "our", "your", "every", "a", "an", "no"}
    | {"avoid", "leave", "evacuate"}
    | {"cyclone", "storm", "tropical", "flood", "flash", "fire", "heavy", "strong", "hurricane"}
    | {"department", "police", "easter", "christmas", "eid", "ramadan", "covid", "bbc", "radio"}
)


def names_a_place(
    reading: Reading, words: Sequence[Word], places: Terms, *, before: Terms, nouns: Terms
) -> bool:
    """Tell whether the words of a text say where: see `incomplete_warning`."""
    if any(places.find(words)):
        return True
    if reading.text.isupper():  # capitals tell no names
        return False
    return any(_named_after(reading, term) for term in before.find(words)) or any(
        _named_beside(reading, term) for term in nouns.find(words)
    )


def _named_after(reading: Reading, term: Term) -> bool:
    """Tell whether a name follows a phrase in the same breath."""
    words = reading.words
    for at in range(term.last + 1, min(len(words), term.last + 1 + _REACH)):
        gap = reading.text[words[at - 1].end : words[at].start]
        if gap.strip():
            return False
        if _is_name(reading, at):
            return True
    return False


def _named_beside(reading: Reading, term: Term) -> bool:
    """Tell whether a name stands just before a noun, or just after it."""
    words = reading.words
    for one, other in ((term.first - 1, term.first), (term.last, term.last + 1)):
        if (
            one < 0
            or other >= len(words)
            or reading.text[words[one].end : words[other].start].strip()
        ):
            continue
        if _is_name(reading, one if other == term.first else other):
            return True
    return False


def _is_name(reading: Reading, at: int) -> bool:
    word = reading.words[at]
    if not reading.text[word.start].isupper() or word.text in _NO_PLACES:
        return False
    return word.text not in MONTHS and word.text not in WEEKDAYS
