"""Addresses of computers, which lead to the people who sit at them."""

import ipaddress
import re
from collections.abc import Iterator
from itertools import islice

from policy.beside import is_said_before
from policy.checks.registry import Passage, check
from policy.terms import Phrases
from policy.texts import Reading, Span

IP = "ip"

#: So many are looked at in one text.
MOST = 200

_FEWEST_GROUPS = 3
_FOUR = re.compile(r"\d(?<![\w./].)\d{0,2}(?:\.\d{1,3}){3}(?!\w|\.\d)")
_SIX = re.compile(r"[0-9A-Fa-f:](?<![\w:.].)[0-9A-Fa-f:]{2,38}+(?![\w:]|\.\d)")


@check
def ip_addresses(reading: Reading, *, other: Phrases) -> Iterator[Passage]:
    """Object to the addresses of computers, unless a word of `other` says they are a version."""
    copy = reading.plain
    if "." not in copy.text and ":" not in copy.text:
        return
    for start, end in _found(copy.text):
        span = copy.span(start, end)
        if not reading.is_protected(*span) and not is_said_before(reading, span, other, 1):
            yield Passage.at(span, kind=IP)


def _found(text: str) -> Iterator[Span]:
    if text.count(".") > 2:
        yield from _valid(_FOUR, text)
    if "::" in text or text.count(":") > 6:
        yield from _valid(_SIX, text)


def _valid(shape: re.Pattern[str], text: str) -> Iterator[Span]:
    for match in islice(shape.finditer(text), MOST):
        if _is_address(match[0]):
            yield Span(*match.span())


def _is_address(found: str) -> bool:
    """Tell whether it is an address, and not a name such as `a::b`."""
    if ":" in found and len(list(filter(None, found.split(":")))) < _FEWEST_GROUPS:
        return False
    try:
        return not ipaddress.ip_address(found).is_unspecified
    except ValueError:
        return False
