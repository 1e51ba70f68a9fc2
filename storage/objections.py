"""What rules object to from one check to the next: the same objection is known again."""

from collections.abc import Iterable
from typing import Protocol

from sqlmodel import Session, col, select

from policy.purposes import ASKS_PURPOSE
from policy.rules import Severity
from storage import drafts
from storage.models import Draft, DraftFinding

#: What an objection is known by within a revision, whichever check it is of.
Key = tuple[str, int | None, str]


class Objection(Protocol):
    """What a rule said, stored or not."""

    @property
    def rule(self) -> str:
        """Return the rule's name."""

    @property
    def start(self) -> int | None:
        """Return where it begins; none: the whole post."""

    @property
    def say(self) -> str:
        """Return what the rule says, which names the passage or the file."""


def key(found: Objection) -> Key:
    """Return what an objection is known by: its rule, its place, and what it says."""
    return found.rule, found.start, found.say


def keys(found: Iterable[Objection]) -> frozenset[Key]:
    """Return what some objections are known by."""
    return frozenset(map(key, found))


def rules(found: Iterable[Objection]) -> list[str]:
    """Name the rules that made some objections, each once."""
    return list(dict.fromkeys(each.rule for each in found))


def keep_confirmed(db: Session, draft: Draft) -> None:
    """Note in the present check which warnings the author has confirmed in an earlier one."""
    earlier = select(DraftFinding).where(
        DraftFinding.draft_id == draft.id,
        DraftFinding.revision == draft.revision,
        col(DraftFinding.confirmed).is_(True),
    )
    known = keys(db.exec(earlier).all())
    for each in warnings(db, draft):
        if key(each) in known:
            each.confirmed = True
            db.add(each)
    db.flush()


def warnings(db: Session, draft: Draft) -> list[DraftFinding]:
    """List the warnings of the present check."""
    return [e for e in drafts.findings_of(db, draft) if e.severity is Severity.WARN]


def unconfirmed(db: Session, draft: Draft) -> list[DraftFinding]:
    """List the warnings of the present check that the author has not confirmed.

    A missing purpose is asked for, not confirmed.
    """
    return [e for e in warnings(db, draft) if not e.confirmed and e.kind != ASKS_PURPOSE]


def new(db: Session, draft: Draft) -> list[DraftFinding]:
    """List what is worse than a tip, was not in the check before, and nobody has confirmed."""
    before = keys(drafts.findings_of(db, draft, draft.checked - 1))
    found = (e for e in drafts.findings_of(db, draft) if e.severity is not Severity.INFO)
    return [each for each in found if not each.confirmed and key(each) not in before]


def new_warnings(db: Session, draft: Draft) -> list[DraftFinding]:
    """List the warnings that the check before did not have, and nobody has confirmed."""
    return [each for each in new(db, draft) if each.severity is Severity.WARN]
