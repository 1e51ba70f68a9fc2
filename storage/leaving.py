"""What people who left have left open."""

from collections.abc import Iterator
from datetime import datetime

from sqlmodel import Session, col, select

from storage import people
from storage.models import Appeal, AppealOutcome, Draft, FormSession, Office


def appeals(db: Session, office: Office) -> Iterator[tuple[Appeal, Draft]]:
    """List the open appeals of those who have no role in an office any more."""
    found = db.exec(
        select(Appeal, Draft)
        .join(Draft)
        .where(Draft.office_id == office.id, Appeal.outcome == AppealOutcome.OPEN)
        .order_by(col(Draft.id))
    ).all()
    for appeal, draft in found:
        if not people.roles(db, office.id, people.get(db, appeal.person_id)):
            yield appeal, draft


def forms(db: Session, now: datetime) -> Iterator[FormSession]:
    """List the open forms of accounts that are nobody's any more, or of people without a role."""
    still = select(FormSession).where(
        col(FormSession.is_open).is_(True), FormSession.expires_at > now
    )
    for session in db.exec(still.order_by(col(FormSession.id)).with_for_update()).all():
        person = people.by_account(db, session.platform, session.user)
        if person is None or not people.workplaces(db, person):
            yield session
