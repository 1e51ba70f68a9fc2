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
_PARTED = re.compile(r"\s*(?:[:|/–—)\]}>]|-(?:\s|$))")
_OPENED = tuple("[({<")
_PARTED_BEFORE = tuple(":|/–—.!?;")

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
    most = 2 + max((entry.count(" ") for entry in lone), default=0)
    for number, line in enumerate(lines):
        for match in islice(_any_of(terms | weak).finditer(line[0]), MOST):
            if _is_marking(line[0], match, weak, said_of):
                yield Passage.at(
                    copy.span(line.start() + match.start(), line.start() + match.end())
                )
        if number in (0, len(lines) - 1) and _words(line[0], most) in lone:
            yield Passage.at(copy.span(line.start(), line.end()))


def _words(line: str, most: int) -> str:
    """Return so many words of a line: one more than what it is compared with has."""
    return " ".join(match[0] for match in islice(_WORD.finditer(line), most))


def _is_marking(line: str, match: re.Match[str], weak: Entries, said_of: Entries) -> bool:
    start, end = match.span()
    first, last = not _WORD.search(line, 0, start), not _WORD.search(line, end)
    parted = _PARTED.match(line, end)
    if (first and last) or (parted and line[:start].rstrip().endswith(_OPENED)):
        return True
    if not match[0].isascii() and not match[0].isupper():
        return first and parted is not None
    if parted or (last and _is_parted(line[:start].rstrip())):
        return first or not _shouted(line[:start] + line[end:])
    if not (first or last) or match[0] in weak or _shouted(line[:start] + line[end:]):
        return False
    return first or _WORD.findall(line[:start])[-1].lower() not in said_of


def _is_parted(before: str) -> bool:
    """Tell whether the words before a marking end with a sign that parts them from it."""
    return before.endswith(_PARTED_BEFORE) or (
        before.endswith("-") and not before[:-1].rstrip() == before[:-1] != ""
    )


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
