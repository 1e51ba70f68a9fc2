"""The values that checking a text is about: a post, and what the rules find in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Severity(StrEnum):
    """What a finding does to a draft, worst first."""

    BLOCK = "block"  # cannot be queued
    SENIOR = "senior"  # one approving vote must come from a senior
    WARN = "warn"  # the author confirms
    INFO = "info"  # a tip

    @property
    def rank(self) -> int:
        """Its place in the order: 0 is the worst."""
        return _RANKS[self]


_RANKS = {severity: rank for rank, severity in enumerate(Severity)}


@dataclass(frozen=True)
class Post:
    """A text to be checked, and what is known about it.

    `region` is the ISO code of the country whose way of writing phone numbers is tried.
    """

    text: str
    platform: str = ""
    purpose: str = ""
    lang: str = ""
    account: str = "official"
    author_role: str = "author"
    now: datetime | None = None
    directory: tuple[str, ...] = ()
    region: str = ""
    attachments: tuple[Mapping[str, object], ...] = ()


@dataclass(frozen=True)
class Finding:
    """One objection. `start` and `end` count code points of the text as it was given.

    A finding about the whole post has neither. `pack` names the pack and its version. `guard`
    is set only on what was excused: it says which sign made the rule stay silent.
    """

    rule: str
    severity: Severity
    say: str
    source: str
    why: str
    pack: str
    kind: str = ""
    start: int | None = None
    end: int | None = None
    found: str = ""
    guard: str = ""
    suggestion: str = ""
