"""Who is looking at a draft. A claim lapses, and ends with the wording or the review."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete
from sqlmodel import Session, col, select

from storage.models import Claim, Draft, Person

#: Asked at every card and done at every move, so they are written once.
OF_DRAFT = (
    select(Claim, Person)
    .join(Person)
    .where(Claim.draft_id == bindparam("draft"), col(Claim.expires_at) > bindparam("now"))
    .order_by(col(Claim.at), Person.name)
)
END_ALL = (
    delete(Claim)
    .where(col(Claim.draft_id) == bindparam("draft"))
    .execution_options(synchronize_session="fetch")  # rows in hand are gone, too
)


@dataclass(frozen=True)
class Claimed:
    """A claim beside the person who made it."""

    claim: Claim
    person: Person


def of(db: Session, draft: Draft, now: datetime) -> list[Claimed]:
    """List the claims on a draft that have not lapsed, the oldest first."""
    found = db.exec(OF_DRAFT, params={"draft": draft.id, "now": now})
    return [Claimed(claim, person) for claim, person in found]


def has(db: Session, draft: Draft, person: Person, now: datetime) -> bool:
    """Tell whether somebody looks at a draft now."""
    known = db.get(Claim, (draft.id, person.id))
    return known is not None and known.expires_at > now


def make(db: Session, draft: Draft, person: Person, now: datetime, minutes: int) -> Claim:
    """Note that somebody looks at a draft from now on."""
    claim = Claim(
        draft_id=draft.id,
        person_id=person.id,
        at=now,
        expires_at=now + timedelta(minutes=minutes),
    )
    claim = db.merge(claim)
    db.flush()
    return claim


def end(db: Session, draft: Draft, person: Person) -> bool:
    """End somebody's claim. Returns whether there was one."""
    known = db.get(Claim, (draft.id, person.id))
    if known is None:
        return False
    db.delete(known)
    db.flush()
    return True


def end_all(db: Session, draft: Draft) -> None:
    """End every claim on a draft: its wording or its state is another now."""
    db.execute(END_ALL, {"draft": draft.id})


def lapsed(db: Session, now: datetime) -> Sequence[int]:
    """List the drafts on which a claim has lapsed."""
    found = select(Claim.draft_id).where(col(Claim.expires_at) <= now).distinct()
    return db.exec(found.order_by(col(Claim.draft_id))).all()


def end_lapsed(db: Session, draft: Draft, now: datetime) -> list[Person]:
    """End the lapsed claims on a draft. Returns whose they were."""
    mine = (col(Claim.draft_id) == draft.id, col(Claim.expires_at) <= now)
    found = list(db.exec(select(Person).join(Claim).where(*mine).order_by(Person.name)).all())
    db.execute(delete(Claim).where(*mine))
    return found


def holders(db: Session, draft: Draft) -> list[Person]:
    """List who has claimed a draft, lapsed or not."""
    found = select(Person).join(Claim).where(Claim.draft_id == draft.id)
    return list(db.exec(found.order_by(Person.name)).all())
