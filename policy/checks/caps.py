"""Texts in capital letters."""

import re
from collections.abc import Iterator

from policy.checks.registry import Passage, check
from policy.terms import Entries
from policy.texts import Reading

_LETTERS = re.compile(r"[^\W\d_]+")


@check
def mostly_capitals(
    reading: Reading, *, letters: int, percent: int, known: Entries
) -> Iterator[Passage]:
    """Object to a text with so many letters, so many per cent of them capitals.

    Links, hashtags and known acronyms do not count.
    """
    if reading.text.islower():
        return
    upper = cased = 0
    for match in _LETTERS.finditer(reading.text):
        word = match[0]
        if word in known or reading.is_protected(*match.span()):
            continue
        capitals = sum(map(str.isupper, word))
        upper += capitals
        cased += capitals + sum(map(str.islower, word))
    if cased >= letters and upper * 100 >= percent * cased:
        yield Passage()
