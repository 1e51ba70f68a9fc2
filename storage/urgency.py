"""How often somebody called a draft urgent."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from storage.models import Draft, Office, Person, Urgency

#: The time for which an office says how many urgent drafts one author may file.
WINDOW = timedelta(hours=24)


def recent(db: Session, author: Person, office: Office, now: datetime) -> Sequence[datetime]:
    """List when somebody used the urgent lane of an office lately, oldest first.

    Their row is held until the transaction ends, so that two drafts at once are counted.
    """
    db.exec(select(Person.id).where(Person.id == author.id).with_for_update(key_share=True)).one()
    mine = select(Urgency.at).where(
        Urgency.person_id == author.id,
        Urgency.office_id == office.id,
        col(Urgency.at) > now - WINDOW,
    )
    return db.exec(mine.order_by(col(Urgency.at))).all()


def possible_at(db: Session, author: Person, office: Office, now: datetime) -> datetime | None:
    """Return when somebody may file the next urgent draft: now, later, or never (None)."""
    if not office.urgent_per_day:
        return None
    used = recent(db, author, office, now)
    if len(used) < office.urgent_per_day:
        return now
    return used[-office.urgent_per_day] + WINDOW


def raise_up(db: Session, draft: Draft, now: datetime) -> None:
    """Make a draft urgent, and count that."""
    draft.is_urgent, draft.urgent_since = True, now
    use = Urgency(draft_id=draft.id, office_id=draft.office_id, person_id=draft.author_id, at=now)
    db.add_all((draft, use))
    db.flush()


def lower(db: Session, draft: Draft) -> None:
    """Make a draft a normal one. It stays counted: the moderators were called."""
    draft.is_urgent, draft.urgent_since = False, None
    db.add(draft)
    db.flush()
