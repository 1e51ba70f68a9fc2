"""The times in which an office speaks differently: election, mourning, crisis."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, or_, select

from policy.periods import PERIODS
from policy.workflow import State
from storage.models import Draft, Office, Period


def of_office(db: Session, office: Office, now: datetime) -> Sequence[Period]:
    """List the periods of an office that are on or still to come, the first to begin first."""
    found = select(Period).where(
        Period.office_id == office.id,
        col(Period.ended_at).is_(None),
        or_(col(Period.ends_at).is_(None), col(Period.ends_at) > now),
    )
    return db.exec(found.order_by(col(Period.starts_at), col(Period.id))).all()


def on(db: Session, office: Office, now: datetime) -> list[Period]:
    """List the periods of an office that are on."""
    return [each for each in of_office(db, office, now) if each.starts_at <= now]


def names_on(db: Session, office: Office, now: datetime) -> list[str]:
    """Name the kinds of periods that are on, each once."""
    kinds = {each.period for each in on(db, office, now)}
    return [kind for kind in PERIODS if kind in kinds]


def unnoticed(db: Session, now: datetime) -> list[int]:
    """List the offices in use where what is on differs from what was noticed last."""
    found = select(Period.office_id, Period.period).where(
        col(Period.starts_at) <= now,
        col(Period.ended_at).is_(None),
        or_(col(Period.ends_at).is_(None), col(Period.ends_at) > now),
    )
    kinds: dict[int, set[str]] = defaultdict(set)
    for office_id, kind in db.exec(found):
        kinds[office_id].add(kind)
    offices = db.exec(select(Office.id, Office.in_force).where(col(Office.active))).all()
    return [number for number, noticed in offices if kinds.get(number, set()) != set(noticed)]


def overlapping(db: Session, office: Office, wanted: Period, now: datetime) -> Period | None:
    """Find the first period of the same kind that has a moment in common with another."""
    for each in of_office(db, office, now):
        begins_before = wanted.ends_at is None or each.starts_at < wanted.ends_at
        ends_after = each.ends_at is None or each.ends_at > wanted.starts_at
        if each.period == wanted.period and begins_before and ends_after:
            return each
    return None


def add(db: Session, period: Period) -> Period:
    """Declare a period."""
    db.add(period)
    db.flush()
    return period


def end(db: Session, office: Office, kind: str, now: datetime) -> int:
    """End what is on of one kind, else take back what is to come. Returns how many that were."""
    listed = [each for each in of_office(db, office, now) if each.period == kind]
    ending = [each for each in listed if each.starts_at <= now] or listed
    for each in ending:
        each.ended_at = now
        db.add(each)
    db.flush()
    return len(ending)


def locked(db: Session, office: Office) -> Office:
    """Hold an office until the transaction ends, so that one replica notices a change."""
    return db.exec(
        select(Office)
        .where(Office.id == office.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def concerned(db: Session, office: Office) -> Sequence[Draft]:
    """List the drafts that a change of periods may concern: those in work, and those approved."""
    states = (State.IN_REVIEW, State.CHANGES_REQUESTED, State.APPROVED)
    mine = select(Draft).where(Draft.office_id == office.id, col(Draft.state).in_(states))
    return db.exec(mine.order_by(col(Draft.id))).all()
