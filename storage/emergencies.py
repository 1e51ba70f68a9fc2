"""Releases by one senior alone, and their review afterwards."""

from datetime import datetime

from sqlmodel import Session

from storage.models import Draft, Emergency, Person


def of(db: Session, draft: Draft) -> Emergency | None:
    """Return the release of the present wording by one senior alone, if there was one."""
    return db.get(Emergency, (draft.id, draft.revision))


def add(db: Session, draft: Draft, by: Person, now: datetime, reason: str) -> Emergency:
    """Store a release. Nobody has reviewed it yet."""
    row = Emergency(
        draft_id=draft.id, revision=draft.revision, person_id=by.id, reason=reason, at=now
    )
    draft.is_unreviewed = True
    db.add_all((draft, row))
    db.flush()
    return row


def review(
    db: Session, draft: Draft, row: Emergency, by: Person, now: datetime, *, remark: str = ""
) -> None:
    """Store what somebody else says afterwards: with a remark, they object."""
    row.reviewed_by_id, row.reviewed_at = by.id, now
    row.upheld, row.remark = not remark, remark
    draft.is_unreviewed = False
    db.add_all((draft, row))
    db.flush()
