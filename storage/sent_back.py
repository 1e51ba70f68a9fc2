"""Requests for changes: one for each wording that was sent back."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, and_, col, select

from policy.workflow import State
from storage.models import Draft, Hold, Office, Person, SentBack


def add(db: Session, draft: Draft, person: Person, reason: str, now: datetime) -> SentBack:
    """Note who asked for changes to the present wording, and why."""
    asked = SentBack(
        draft_id=draft.id, revision=draft.revision, person_id=person.id, reason=reason, at=now
    )
    db.add(asked)
    db.flush()
    return asked


def of(db: Session, draft: Draft, revision: int = 0) -> SentBack | None:
    """Return the request for changes to a wording: the present one unless another is named."""
    return db.get(SentBack, (draft.id, revision or draft.revision))


def unanswered(db: Session, office: Office, since: datetime) -> Sequence[tuple[Draft, SentBack]]:
    """List the drafts whose authors have done nothing about a request made since a moment."""
    found = (
        select(Draft, SentBack)
        .join(
            SentBack,
            and_(
                col(SentBack.draft_id) == col(Draft.id),
                col(SentBack.revision) == col(Draft.revision),
            ),
        )
        .where(
            Draft.office_id == office.id,
            Draft.state == State.CHANGES_REQUESTED,
            Draft.hold == Hold.NOTHING,
            col(SentBack.at) >= since,
        )
    )
    return db.exec(found.order_by(col(Draft.id))).all()


def offices(db: Session) -> Sequence[int]:
    """List the offices with a draft that is back with its author."""
    found = select(Draft.office_id).where(Draft.state == State.CHANGES_REQUESTED).distinct()
    return sorted(db.exec(found).all())
