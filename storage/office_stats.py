"""How an office decides, in figures: counted by the database, and never by person."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, col, func, or_, select

from policy.deadlines import parse_ladder
from policy.workflow import State
from policy.working_time import WorkingTime
from storage import clock, lockdowns
from storage.models import (
    Appeal,
    AppealOutcome,
    Draft,
    Emergency,
    Lockdown,
    Office,
    Release,
    SentBack,
)

APPROVED = (State.APPROVED, State.PUBLISHED, State.RETRACTED)
DECIDED = (*APPROVED, State.REJECTED)
ENDS = (*DECIDED, State.EXPIRED, State.WITHDRAWN)


@dataclass(frozen=True)
class Waits:
    """How long decisions took, in working time, and how many came after the first reminder."""

    count: int
    median: timedelta
    slowest: timedelta
    late: int


@dataclass(frozen=True)
class Figures:
    """One office in one time. A draft counts once, by what became of it last."""

    filed: int
    urgent: int  # of those filed
    ends: Mapping[State, int]
    waits: Waits | None  # none: nothing was decided
    emergencies: int
    unreviewed: int  # emergency releases that nobody has looked at since
    releases: int  # of what a rule forbids
    sent_back: int
    appeals: Mapping[AppealOutcome, int]  # by what became of them
    lockdowns: int

    @property
    def approved(self) -> int:
        """Count the drafts that were approved, whether or not they were posted since."""
        return sum(self.ends.get(state, 0) for state in APPROVED)

    @property
    def late(self) -> int:
        """Count the decisions that came after the first reminder, and those that never came."""
        return (self.waits.late if self.waits else 0) + self.ends.get(State.EXPIRED, 0)


def figures(db: Session, office: Office, since: datetime, now: datetime) -> Figures:
    """Count what happened in an office since a moment."""
    filed, urgent = _filed(db, office, since)
    emergencies, unreviewed = _emergencies(db, office, since)
    return Figures(
        filed=filed,
        urgent=urgent,
        ends=_ends(db, office, since),
        waits=_waits(db, office, since),
        emergencies=emergencies,
        unreviewed=unreviewed,
        releases=_count(
            db, office, Release, col(Release.granted).is_(True), col(Release.at) >= since
        ),
        sent_back=_count(db, office, SentBack, col(SentBack.at) >= since),
        appeals=_appeals(db, office, since),
        lockdowns=_lockdowns(db, office, since, now),
    )


def _count(
    db: Session, office: Office, model: type[Release | SentBack], *which: ColumnElement[bool]
) -> int:
    counted = select(func.count()).select_from(model).join(Draft)
    return db.exec(counted.where(col(Draft.office_id) == office.id, *which)).one()


def _filed(db: Session, office: Office, since: datetime) -> tuple[int, int]:
    urgent = func.count().filter(col(Draft.is_urgent))
    mine = select(func.count(), urgent).select_from(Draft)
    return db.exec(mine.where(Draft.office_id == office.id, col(Draft.created_at) >= since)).one()


def _ends(db: Session, office: Office, since: datetime) -> dict[State, int]:
    counted = select(Draft.state, func.count()).where(
        Draft.office_id == office.id, col(Draft.decided_at) >= since, col(Draft.state).in_(ENDS)
    )
    return {State(at): n for at, n in db.exec(counted.group_by(col(Draft.state))).all()}


def _emergencies(db: Session, office: Office, since: datetime) -> tuple[int, int]:
    unreviewed = func.count().filter(col(Emergency.reviewed_at).is_(None))
    mine = select(func.count(), unreviewed).select_from(Emergency).join(Draft)
    return db.exec(mine.where(Draft.office_id == office.id, col(Emergency.at) >= since)).one()


def _appeals(db: Session, office: Office, since: datetime) -> dict[AppealOutcome, int]:
    counted = (
        select(Appeal.outcome, func.count())
        .join(Draft, col(Draft.id) == col(Appeal.draft_id))
        .where(Draft.office_id == office.id, col(Appeal.made_at) >= since)
    )
    found = db.exec(counted.group_by(col(Appeal.outcome))).all()
    return {AppealOutcome(outcome): count for outcome, count in found}


def _lockdowns(db: Session, office: Office, since: datetime, now: datetime) -> int:
    counted = select(func.count()).where(
        or_(col(Lockdown.office_id) == office.id, col(Lockdown.office_id).is_(None)),
        or_(col(Lockdown.lifted_at).is_(None), col(Lockdown.lifted_at) > since),
        col(Lockdown.since) <= now,
    )
    return db.exec(counted.select_from(Lockdown)).one()


def _waits(db: Session, office: Office, since: datetime) -> Waits | None:
    """Measure the decisions of the panel. What was approved on appeal was decided twice."""
    found = (
        select(Draft.waiting_since, Draft.decided_at, Draft.is_urgent)
        .outerjoin(
            Appeal,
            and_(
                col(Appeal.draft_id) == col(Draft.id),
                col(Appeal.outcome) == AppealOutcome.GRANTED,
            ),
        )
        .where(
            Draft.office_id == office.id,
            col(Draft.decided_at) >= since,
            col(Draft.state).in_(DECIDED),
            col(Appeal.draft_id).is_(None),
        )
    )
    rows = [(begun, ended, urgent) for begun, ended, urgent in db.exec(found).all() if ended]
    return _measured(db, office, rows) if rows else None


def _measured(
    db: Session, office: Office, rows: Sequence[tuple[datetime, datetime, bool]]
) -> Waits:
    first, last = min(row[0] for row in rows), max(row[1] for row in rows)
    working = WorkingTime(clock.of(office), first, last)
    stops = lockdowns.stops(db, office, first, last)
    usual, urgent = parse_ladder(office.ladder), parse_ladder(office.urgent_ladder)
    waits, late = [], 0
    for begun, ended, is_urgent in rows:
        lost = [(max(a, begun), min(b, ended)) for a, b in stops if a < ended and b > begun]
        wait = working.between(begun, ended) - _sum(working.between(a, b) for a, b in lost)
        waits.append(wait)
        passed = ended - begun - _sum(b - a for a, b in lost) if is_urgent else wait
        late += passed >= (urgent if is_urgent else usual).remind
    waits.sort()
    return Waits(len(waits), waits[(len(waits) - 1) // 2], waits[-1], late)


def _sum(parts: Iterable[timedelta]) -> timedelta:
    return sum(parts, timedelta(0))
