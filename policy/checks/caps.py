"""Texts in capital letters."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from policy.checks.registry import Passage, check
from policy.terms import Entries
from policy.texts import Reading

_LETTERS = re.compile(r"[^\W\d_]+")
_CAPITALS = re.compile("[A-ZÀ-ÖØ-ÞΑ-ΩА-Я]{2,}")

#: The beginning of a text in capitals, up to the first word that is not.
_HEADING = re.compile(r"\s*(?:[^\w\s]*[A-Z][A-Z'’-]*[^\w\s]*(?:\s+|$))+")

#: So many words tell how a text is written.
_MOST = 3000

#: A heading has at most so many words.
_LONGEST_HEADING = 6


@check
def mostly_capitals(
    reading: Reading, *, letters: int, percent: int, known: Entries, hazards: Entries
) -> Iterator[Passage]:
    """Object to a text with so many letters, so many per cent of them capitals.

    Links, hashtags and known acronyms do not count, nor does a short heading that names one of
    `hazards`, such as FLOOD WARNING.
    """
    text = reading.text
    if 100 * sum(map(len, _CAPITALS.findall(text))) < letters * percent:
        return
    upper = cased = 0
    found = islice(_LETTERS.finditer(text, _end_of_heading(text, hazards)), _MOST)
    words = Counter(match[0] for match in found if not reading.is_protected(*match.span()))
    for word, times in words.items():
        if word in known:
            continue
        if word.isupper():
            upper += times * len(word)
            cased += times * len(word)
        elif word.islower():
            cased += times * len(word)
        else:
            capitals = sum(map(str.isupper, word))
            upper += times * capitals
            cased += times * (capitals + sum(map(str.islower, word)))
    if cased >= letters and upper * 100 >= percent * cased:
        yield Passage()


def _end_of_heading(text: str, hazards: Entries) -> int:
    """Return where the text goes on after a heading that warns, or 0."""
    heading = _HEADING.match(text)
    if heading is None:
        return 0
    words = _LETTERS.findall(heading[0].lower())
    short = len(words) <= _LONGEST_HEADING and not hazards.isdisjoint(words)
    return heading.end() if short else 0
