"""Passwords, PINs and keys that stand in a post."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Annotated

from policy.checks.registry import Passage, check_if
from policy.secrets import (
    KEYS,
    bare,
    find_keys,
    is_code,
    is_numbered_word,
    is_secret,
    is_year,
)
from policy.terms import Needed, Phrases, Term
from policy.texts import Reading, Span
from policy.wording import EXCUSED, Wording

#: So many words for a password are looked at in a post.
MOST = 20

#: What joins a password to its name: `is`, a colon, perhaps `for all staff` before it.
_LINKED = re.compile(
    r"['’\"”]{0,2}(?:\s*\([^()\n]{1,30}\))?"
    r"(?:\s(?:for|of|to|on|in|pour|de)(?:\s[\w'’.-]{1,20}){1,6}?)?"
    r"(?:\s*(?::|=|->|→|–|\s-\s)\s*(?:is\s)?"
    r"|\s(?:(?:is |was |has been )?(?:re)?(?:set|changed) to|is|was|are|remains|will be|est|sera"
    r"|হলো|হল|হচ্ছে|o le|se)"
    r"(?:\s(?:now|still|currently|just))?:?\s+)"
    r"\s*(?P<token>\d{3}[ -]\d{3}(?!\d)|\S{4,80})"
)
_BESIDE = re.compile(r"['’\"”]{0,2}\s+(?P<token>\S{4,80})")
_BEFORE = re.compile(r"(?P<token>\S{6,80})\s(?:is|was|as|est)\s(?:\w{1,10}\s){0,3}$")
#: Without a digit, a secret is in quotation marks or has a sign in it.
_MARKED = re.compile(r"[\"'“‘`«@#$%^&*=+~|\\]")
_LOOK = 160
_QUOTES = "\"'“‘`«"
_FEWEST = 6

Names = Annotated[Phrases, Needed("name")]


@check_if(where=KEYS)
def credentials(
    reading: Reading, *, named: Names, codes: Names, unless: Phrases
) -> Iterator[Passage]:
    """Object to passwords and codes that stand beside their name, and to keys by their shape.

    After a word of `named` something mixed as no word is counts, and after one of `codes` also
    a few digits. A phrase of `unless` in the sentence, such as `weak`, excuses it.
    """
    for start, end in find_keys(reading.text):
        yield Passage(start, end)
    if not reading.digits and not _MARKED.search(reading.text):
        return
    scene = Wording(reading)
    found = ((term, True) for term in codes.of(reading))
    others = ((term, False) for term in named.of(reading))
    for term, is_numeric in islice((*found, *others), MOST):
        span = _after(reading, term, is_numeric=is_numeric) or _before(reading, term)
        if span is not None:
            yield Passage.at(span, guard=_excuse(scene, term, unless))


def _after(reading: Reading, term: Term, *, is_numeric: bool) -> Span | None:
    """Return what stands after the name of a password, if it looks like one."""
    end = reading.words[term.last].end
    text = reading.text[: end + _LOOK]
    if match := _LINKED.match(text, end):
        span, token = _bare(match, 0)
        is_quoted = match["token"][0] in _QUOTES and not token.islower() and len(token) >= _FEWEST
        if (
            is_secret(token)
            or is_quoted
            or (is_numeric and (is_code(token) or is_numbered_word(token)))
        ):
            return span
    if match := _BESIDE.match(text, end):
        span, token = _bare(match, 0)
        is_numeric = is_numeric and is_code(token) and not is_year(token)
        return span if is_numeric or is_secret(token) else None
    return None


def _before(reading: Reading, term: Term) -> Span | None:
    """Return what stands before it: `Harbour2026! is the password`."""
    start = reading.words[term.first].start
    offset = max(0, start - _LOOK)
    match = _BEFORE.search(reading.text[offset:start])
    if match is None:
        return None
    span, token = _bare(match, offset)
    return span if is_secret(token) else None


def _bare(match: re.Match[str], offset: int) -> tuple[Span, str]:
    token = match["token"]
    start, end = bare(token)
    at = offset + match.start("token")
    return Span(at + start, at + end), token[start:end]


def _excuse(scene: Wording, term: Term, unless: Phrases) -> str:
    for said in unless.of(scene.reading):
        if scene.sentence(said.first) == scene.sentence(term.first):
            return EXCUSED.format(words=scene.text(said))
    return ""
