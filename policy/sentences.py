"""Where sentences end: not after `9 a.m.`, `Dr.`, `No. 5`, nor after the number of a list."""

import re
from collections.abc import Iterator
from itertools import pairwise

from policy import wordlists

#: The sign after an end is looked for and not demanded, or a run of dots would be tried often.
#: It begins with a set of characters, which the engine finds far more quickly than alternatives.
_END = re.compile(r"[\n.!?।…](?:(?<!\n)[.!?।…]*+[\"'”’»)\]]{0,3}+(?=(\s)?)|(?<=\n)\n*)")
_OPENING = " \t\"'“‘«(["

#: So much before a full stop is looked at.
_REACH = 24

#: A list has numbers of fewer digits than this.
_LIST = 3

#: Words cut short with a full stop, and those of them that are words elsewhere than at a number.
_BEFORE_ANYTHING = frozenset(wordlists.load("abbreviations"))
_BEFORE_A_NUMBER = frozenset(wordlists.load("abbreviations-before-numbers"))


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Return the sentences of a text: a line break always ends one."""
    cuts = [0, *_cuts(text), len(text)]
    return ((start, end) for start, end in pairwise(cuts) if end > start)


def _cuts(text: str) -> Iterator[int]:
    for match in _END.finditer(text):
        start, end = match.span()
        if text[start] == "\n":
            yield start
        elif match[1] and (match[0] != "." or not _goes_on(text, start)):
            yield end


def _goes_on(text: str, stop: int) -> bool:
    """Tell whether a sentence goes on after a full stop."""
    if text[stop - 1 : stop].isspace():
        return False
    before = text[max(stop - _REACH, 0) : stop].rsplit(None, 1)
    following = text[stop + 1 : stop + 4].lstrip(_OPENING)[:1]
    if not before or not following:
        return False
    last = before[-1].lstrip(_OPENING)
    word = last.lower()
    if word in _BEFORE_ANYTHING or (len(word) == 1 and last.isupper()):
        return True
    if word in _BEFORE_A_NUMBER:
        return following.isdecimal()
    if word.isdecimal():
        return len(word) < _LIST and _begins_a_line(text, stop - len(word))
    return following.islower() and ("." in word or word == "etc")


def _begins_a_line(text: str, at: int) -> bool:
    line = text[max(at - _REACH, 0) : at].rpartition("\n")
    return not line[2].strip() and (line[1] == "\n" or at <= _REACH)
