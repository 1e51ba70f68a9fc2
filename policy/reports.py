"""A report: the figures of a page or an office for some days, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from policy.cadence import Cadence
from policy.measures import Gap


class Standing(StrEnum):
    """How a week of a page ended, or another stretch of its cadence."""

    MET = "met"
    SHORT = "short"
    NEW = "new"
    PAUSED = "paused"
    LOCKED = "locked"
    CLOSED = "closed"
    PASSED = "passed"  # its cadence or its zone had changed


COUNTING = frozenset({Standing.MET, Standing.SHORT})
STANDINGS: Mapping[Standing, str] = {
    Standing.MET: "enough",
    Standing.SHORT: "too few",
    Standing.NEW: "excused: the page was new",
    Standing.PAUSED: "excused: the page was paused",
    Standing.LOCKED: "excused: the office was locked down",
    Standing.CLOSED: "excused: the page was closed",
    Standing.PASSED: "excused: it began to be counted in another way",
}


@dataclass(frozen=True)
class StretchCount:
    """One week of a page that is over."""

    key: str
    first: date
    updates: int
    wanted: int
    standing: Standing


@dataclass(frozen=True)
class PageCount:
    """One page: its updates, and its weeks."""

    name: str
    kind: str
    cadence: Cadence
    wanted: int
    updates: Mapping[str, int]  # by where they are known from
    stretches: tuple[StretchCount, ...] = ()

    def count(self, *standings: Standing) -> int:
        """Count the weeks that ended in one of some ways."""
        return sum(each.standing in standings for each in self.stretches)


@dataclass(frozen=True)
class RuleLine:
    """One rule, and what people made of it."""

    rule: str
    hits: int
    confirmed: int
    released: int
    disputed: int


@dataclass(frozen=True)
class Reason:
    """A reason, and in how many drafts it was given."""

    words: str
    count: int


@dataclass(frozen=True)
class NotCovered:
    """Something that the numbers do not cover."""

    gap: Gap
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Candidate:
    """Something that was nominated, by how many people, and why."""

    title: str
    link: str
    nominations: int
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Class:
    """The shortlist of one class."""

    kind: str
    candidates: tuple[Candidate, ...]
    left_out: tuple[str, ...] = ()  # posts with an open incident, with what it is


@dataclass(frozen=True)
class Signature:
    """Who signed, when, and with which words."""

    by: str
    on: date
    comment: str


@dataclass(frozen=True)
class Report:
    """What the record says about some days of an office, or of one of its pages."""

    office: str
    page: str  # none: the whole office
    first: date
    last: date
    timezone: str
    made_on: date
    numbers: Mapping[str, float | None]
    before: Mapping[str, float | None] | None = None
    before_first: date | None = None
    before_last: date | None = None
    pages: tuple[PageCount, ...] = ()
    reasons: tuple[Reason, ...] = ()  # of rejections
    change_reasons: tuple[Reason, ...] = ()  # of requests for changes
    rules: tuple[RuleLine, ...] = ()
    gaps: tuple[NotCovered, ...] = ()
    shortlist: tuple[Class, ...] | None = None
    is_evaluation: bool = False
    signature: Signature | None = None

    @property
    def subject(self) -> str:
        """Name what it is about."""
        return self.page or self.office

    def of_office(self) -> "Report":
        """Return it as if it were about the whole office: to name what several pages share."""
        return replace(self, page="")

    def signed(self, signature: Signature) -> "Report":
        """Return it with a signature below it."""
        return replace(self, signature=signature)
