"""Pages on their way from one owner to another."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from storage.models import Handover, Office, Page, Person


def ask(
    db: Session, page: Page, owner: Person | None, *, to: Person, by: Person, now: datetime
) -> Handover:
    """Store that a page is offered to somebody, by an owner who still works there, if any."""
    from_id = owner.id if owner else None
    new = Handover(page_id=page.id, from_id=from_id, to_id=to.id, by=by.name, asked_at=now)
    db.add(new)
    db.flush()
    return new


def held(db: Session, handover_id: int) -> Handover | None:
    """Load a handover and hold it until the transaction ends."""
    return db.exec(
        select(Handover)
        .where(Handover.id == handover_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()


def open_of(db: Session, page: Page) -> Handover | None:
    """Return the handover of a page that nobody has answered."""
    return db.exec(
        select(Handover).where(Handover.page_id == page.id, col(Handover.answered_at).is_(None))
    ).first()


def open_in(db: Session, office: Office) -> Sequence[tuple[Handover, Page]]:
    """List the handovers of an office that nobody has answered."""
    found = (
        select(Handover, Page)
        .join(Page, col(Handover.page_id) == col(Page.id))
        .where(Page.office_id == office.id, col(Handover.answered_at).is_(None))
    )
    return db.exec(found.order_by(col(Handover.id))).all()


def offices(db: Session) -> Sequence[int]:
    """List the offices, by id, where somebody has been asked and has not answered."""
    return db.exec(
        select(Page.office_id)
        .join(Handover, col(Handover.page_id) == col(Page.id))
        .where(col(Handover.answered_at).is_(None))
        .distinct()
        .order_by(col(Page.office_id))
    ).all()


def end(db: Session, handover: Handover, now: datetime, *, accepted: bool) -> None:
    """Note the answer to a handover; one that is withdrawn was not accepted."""
    handover.answered_at, handover.accepted = now, accepted
    db.add(handover)
    db.flush()
