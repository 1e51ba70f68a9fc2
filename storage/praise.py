"""A citizen's thanks, and whom they are meant for."""

from datetime import datetime

from sqlmodel import Session, col, func, select

from policy.same_links import canonical, stem
from policy.workflow import State
from storage.models import Draft, Office, Page, Praise

#: Where a post stands, or stood, in public.
POSTED = (State.PUBLISHED, State.RETRACTED)


def add(db: Session, praise: Praise) -> Praise:
    """Store thanks."""
    db.add(praise)
    db.flush()
    return praise


def subject(praise: Praise) -> str:
    """Name thanks in the audit log."""
    return f"praise:{praise.id}"


def praises_in(
    db: Session, office: Office, since: datetime, until: datetime, page: Page | None = None
) -> int:
    """Count the thanks of an office, or of one of its pages, from one moment to before another."""
    counted = (
        select(func.count())
        .select_from(Praise)
        .where(Praise.office_id == office.id, col(Praise.at) >= since, col(Praise.at) < until)
    )
    if page is not None:
        counted = counted.where(Praise.page_id == page.id)
    return db.exec(counted).one()


def posted_at(db: Session, office: Office, link: str) -> Draft | None:
    """Find the draft of an office that was posted where a link leads; of several the newest."""
    if not link:
        return None
    wanted = canonical(link)
    posted = select(Draft.id, Draft.link).where(
        Draft.office_id == office.id,
        col(Draft.state).in_(POSTED),
        col(Draft.link).icontains(stem(link), autoescape=True),
    )
    for draft_id, address in db.exec(posted.order_by(col(Draft.id).desc())):
        if canonical(address) == wanted:
            return db.get_one(Draft, draft_id)
    return None
