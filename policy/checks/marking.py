"""Protective markings that were left in the text."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import Annotated

from policy.checks.registry import Passage, check
from policy.patterns import unicode_pattern
from policy.terms import Entries, Needed
from policy.texts import Reading

#: So many markings are looked at in a line; a line of nothing else needs no more.
MOST = 20

_LINES = re.compile(r"[^\r\n]+")
_WORD = unicode_pattern(r"[\p{L}\p{M}\p{N}_']++")
_OPENED = re.compile(r"[\[({<]\s*$")
_PARTED = re.compile(r"\s*(?:[:|/–—)\]}>]|-(?:\s|$))")
_PARTED_BEFORE = re.compile(r"[:|/–—.!?;]\s*$|(?:\s|^)-\s*$")

Markings = Annotated[Entries, Needed()]


@check
def marking(
    reading: Reading,
    *,
    terms: Markings,
    weak: Markings = frozenset(),
    lone: Markings = frozenset(),
    said_of: Entries = frozenset(),
) -> Iterator[Passage]:
    """Object to markings in capitals at the edge of a line, in brackets or before a colon.

    A `weak` one has to be parted from the words beside it; a `lone` one has to be the whole
    first or last line. After a word that is `said_of` something it ends a sentence about it.
    """
    copy = reading.shadow
    lines = list(_LINES.finditer(copy.text))
    for number, line in enumerate(lines):
        for match in islice(_any_of(terms | weak).finditer(line[0]), MOST):
            if _is_marking(line[0], match, weak, said_of):
                yield Passage.at(
                    copy.span(line.start() + match.start(), line.start() + match.end())
                )
        if number in (0, len(lines) - 1) and " ".join(_WORD.findall(line[0])) in lone:
            yield Passage.at(copy.span(line.start(), line.end()))


def _is_marking(line: str, match: re.Match[str], weak: Entries, said_of: Entries) -> bool:
    before, after = line[: match.start()], line[match.end() :]
    first, last = not _WORD.search(before), not _WORD.search(after)
    if (first and last) or (_OPENED.search(before) and _PARTED.match(after)):
        return True
    if not match[0].isascii() and not match[0].isupper():
        return first and bool(_PARTED.match(after))
    if _PARTED.match(after) or (last and _PARTED_BEFORE.search(before)):
        return first or not _shouted(before + after)
    if match[0] in weak or _shouted(before + after):
        return False
    return first or (last and _WORD.findall(before)[-1].lower() not in said_of)


def _shouted(words: str) -> bool:
    """Tell whether the words around are in capitals too: then it is a headline."""
    return words.isupper()


@cache
def _any_of(terms: Entries) -> re.Pattern[str]:
    longest_first = sorted(terms, key=len, reverse=True)
    inside = r"[\p{L}\p{M}\p{N}_]"
    return unicode_pattern(
        rf"(?<!{inside}|-)(?:{'|'.join(map(re.escape, longest_first))})(?!{inside}|-{inside})"
    )
