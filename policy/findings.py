"""The values that checking a text is about: a post, and what the rules find in it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from policy.attachments import Attachment


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


class Setting(NamedTuple):
    """What tells whether a rule is concerned with a post at all."""

    account: str
    platform: str
    purpose: str
    lang: str
    periods: tuple[str, ...]
    is_reply: bool


@dataclass(frozen=True)
class Post:
    """A text to be checked, and what is known about it.

    `region` is the ISO code of the country whose way of writing phone numbers is tried. `now` is
    the moment of the check, `publish_at` the one it is meant for (none: at once), both aware;
    `timezone` is an IANA name. `periods` are those in force: election, mourning, crisis.
    `profile` is what a personal account says of its owner, `versions` the languages in which the
    same post is linked, `languages_required` those in which its page has to publish.
    """

    text: str
    platform: str = ""
    purpose: str = ""
    lang: str = ""
    account: str = "official"
    author_role: str = "author"
    now: datetime | None = None
    publish_at: datetime | None = None
    timezone: str = ""
    periods: tuple[str, ...] = ()
    reply: bool = False
    repost_of: str = ""
    embargo: datetime | None = None
    release_at: datetime | None = None
    statement_at: datetime | None = None
    profile: str = ""
    versions: tuple[str, ...] = ()
    languages_required: tuple[str, ...] = ()
    directory: tuple[str, ...] = ()
    region: str = ""
    attachments: tuple[Attachment, ...] = ()

    def has_to_wait(self) -> bool:
        """Tell whether a moment is declared before which it must not appear."""
        return bool(self.embargo or self.release_at or self.statement_at)

    def has_files(self) -> bool:
        """Tell whether pictures or other files go with it."""
        return bool(self.attachments)

    def has_platform(self) -> bool:
        """Tell whether it is known where it is meant to appear."""
        return bool(self.platform)

    def is_repost(self) -> bool:
        """Tell whether it shares what somebody else posted."""
        return bool(self.repost_of)

    @property
    def is_reply(self) -> bool:
        """Tell whether it answers somebody."""
        return self.reply or self.purpose == "complaint-reply"

    @property
    def setting(self) -> Setting:
        """What tells which rules are concerned with it."""
        return Setting(
            self.account, self.platform, self.purpose, self.lang, self.periods, self.is_reply
        )


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
