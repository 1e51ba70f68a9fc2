"""Accounts tagged without need."""

import re
from collections.abc import Iterator

from policy.checks.registry import Passage, check_if
from policy.texts import Reading, Span

_PARTS = re.compile(r"[A-Z]?[a-z]{3,}|[A-Z]{3,}(?![a-z])|[^\W\d_a-zA-Z]{2,}")
_SHARED = 4  # letters at the beginning that make two words look related


@check_if(where="@")
def many_mentions(reading: Reading, *, most: int, unrelated: int) -> Iterator[Passage]:
    """Object to more tags than `most`, or more than `unrelated` that the text says nothing of.

    Partners in the office's directory do not count.
    """
    if "@" not in reading.text:
        return
    partners = {entry.lower() for entry in reading.post.directory if entry.startswith("@")}
    tags = [tag for tag in reading.mentions if _handle(reading, tag).lower() not in partners]
    if not tags:
        return
    said = _said(reading)
    strangers = [tag for tag in tags if not said & _beginnings(_handle(reading, tag))]
    if len(tags) > most or len(strangers) > unrelated:
        yield Passage(
            tags[0].start,
            tags[-1].end,
            fields={"n": str(len(tags)), "limit": str(most)},
        )


def _handle(reading: Reading, tag: Span) -> str:
    return reading.text[tag.start : tag.end]


def _said(reading: Reading) -> frozenset[str]:
    """Collect how the words of the text and of its purpose begin."""
    words = {word.text for word in reading.words}.union(reading.post.purpose.split("-"))
    return frozenset(word[:_SHARED] for word in words)


def _beginnings(handle: str) -> frozenset[str]:
    """Collect how the parts of an account's name begin: `BD`, `Heal` of @BDHealth."""
    return frozenset(part.lower()[:_SHARED] for part in _PARTS.findall(handle))
