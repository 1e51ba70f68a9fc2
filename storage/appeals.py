"""Appeals against rejections, and who may hear them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from policy.permissions import HEARERS
from policy.workflow import State
from storage import absences, people
from storage.models import (
    Appeal,
    AppealOutcome,
    Draft,
    Office,
    Person,
    Role,
    Vote,
)


def of(db: Session, draft: Draft) -> Appeal | None:
    """Return the appeal against the rejection of a draft: there is one at most."""
    return db.get(Appeal, draft.id, populate_existing=True)


def is_open(db: Session, draft: Draft) -> bool:
    """Tell whether an appeal against the rejection of a draft waits for an answer."""
    found = of(db, draft)
    return found is not None and found.outcome is AppealOutcome.OPEN


def add(db: Session, draft: Draft, author: Person, reason: str, now: datetime) -> Appeal:
    """Store an appeal."""
    row = Appeal(
        draft_id=draft.id,
        revision=draft.revision,
        person_id=author.id,
        reason=reason,
        made_at=now,
    )
    db.add(row)
    db.flush()
    return row


def close(
    db: Session,
    row: Appeal,
    outcome: AppealOutcome,
    now: datetime,
    *,
    by: Person | None = None,
    reason: str = "",
) -> None:
    """End an appeal. `by` is who decided it, if anybody did."""
    row.outcome, row.decided_at, row.decided_because = outcome, now, reason
    row.decided_by_id = by.id if by else None
    db.add(row)
    db.flush()


def waiting(db: Session, office: Office | None = None) -> Sequence[Draft]:
    """List the drafts with an appeal that waits for an answer, the oldest first."""
    found = (
        select(Draft)
        .join(Appeal, col(Appeal.draft_id) == col(Draft.id))
        .where(Appeal.outcome == AppealOutcome.OPEN)
    )
    if office is not None:
        found = found.where(Draft.office_id == office.id)
    return db.exec(found.order_by(col(Appeal.made_at), col(Draft.id))).all()


def unappealed(db: Session, author: Person, limit: int = 10) -> Sequence[Draft]:
    """List the rejected drafts of somebody who has not appealed, the newest decision first."""
    found = (
        select(Draft)
        .outerjoin(Appeal, col(Appeal.draft_id) == col(Draft.id))
        .where(
            Draft.author_id == author.id,
            Draft.state == State.REJECTED,
            col(Appeal.draft_id).is_(None),
        )
    )
    return db.exec(found.order_by(col(Draft.decided_at).desc()).limit(limit)).all()


def of_author(db: Session, author: Person, limit: int = 5) -> Sequence[tuple[Appeal, Draft]]:
    """List somebody's newest appeals."""
    found = select(Appeal, Draft).join(Draft, col(Draft.id) == col(Appeal.draft_id))
    mine = found.where(Appeal.person_id == author.id)
    return db.exec(mine.order_by(col(Appeal.made_at).desc()).limit(limit)).all()


def voters(db: Session, draft: Draft) -> set[int]:
    """Return the ids of those who voted on the present wording, whatever they are now."""
    cast = select(Vote.person_id).where(Vote.draft_id == draft.id, Vote.revision == draft.revision)
    return set(db.exec(cast).all())


@dataclass(frozen=True)
class Hearing:
    """The seniors and leads of an office, by whether they can decide an appeal now."""

    able: tuple[people.Member, ...]
    voted: tuple[Person, ...]
    away: tuple[Person, ...]
    wrote: tuple[Person, ...]

    @property
    def persons(self) -> list[Person]:
        """List who can decide it now."""
        return [member.person for member in self.able]

    @property
    def by_senior(self) -> bool:
        """Tell whether a senior is among them: else it is left to the lead."""
        return any(Role.SENIOR in member.roles for member in self.able)


def hearing(db: Session, draft: Draft, office: Office, now: datetime) -> Hearing:
    """Find out who can decide an appeal: seniors and leads who have not voted and are not away."""
    entitled = [m for m in people.members(db, office) if not HEARERS.isdisjoint(m.roles)]
    others = [m for m in entitled if m.person.id != draft.author_id]
    ids = voters(db, draft)
    here = absences.present(db, [member.person for member in others], now)
    gone = {m.person.id for m in others} - {person.id for person in here}
    return Hearing(
        able=tuple(m for m in others if m.person.id not in ids | gone),
        voted=tuple(m.person for m in others if m.person.id in ids),
        away=tuple(m.person for m in others if m.person.id in gone - ids),
        wrote=tuple(m.person for m in entitled if m.person.id == draft.author_id),
    )


def may_hear(db: Session, draft: Draft, person: Person) -> bool:
    """Tell whether somebody may decide an appeal. Who is away and looks in all the same may."""
    if person.id == draft.author_id or person.id in voters(db, draft):
        return False
    return not HEARERS.isdisjoint(people.roles(db, draft.office_id, person))


def leads(db: Session, draft: Draft, office: Office) -> list[Person]:
    """List the leads of an office who did not write a draft."""
    found = people.with_role(db, office, Role.LEAD)
    return [person for person in found if person.id != draft.author_id]
