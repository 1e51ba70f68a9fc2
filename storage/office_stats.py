"""How an office decides, in figures: counted by the database, and never by person."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, and_, col, func, or_, select

from policy.deadlines import parse_ladder, rung
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
    Page,
    Release,
    SentBack,
)
from storage.scopes import Scope

APPROVED = (State.APPROVED, State.PUBLISHED, State.RETRACTED)
DECIDED = (*APPROVED, State.REJECTED)
ENDS = (*DECIDED, State.EXPIRED, State.WITHDRAWN)


@dataclass(frozen=True)
class Waits:
    """How long decisions took, in working time, and how many came after the first reminder."""

    count: int
    median: timedelta
    ninetieth: timedelta  # nine of ten took at most so long
    slowest: timedelta
    late: int
    rungs: tuple[int, ...]  # how many came after the first rung of the ladder, the second ...


@dataclass(frozen=True)
class Figures:
    """An office, or one page of it, in one time. A draft counts once, by what became of it last."""

    filed: int
    urgent: int  # of those filed
    ends: Mapping[State, int]
    waits: Waits | None  # none: nothing was decided
    emergencies: int
    unreviewed: int  # emergency releases that nobody has looked at since
    objected: int  # emergency releases that their reviewer objected to
    releases: int  # of what a rule forbids
    kept: int  # what a senior did not release
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


def figures(
    db: Session,
    office: Office,
    since: datetime,
    now: datetime,
    *,
    until: datetime | None = None,
    page: Page | None = None,
) -> Figures:
    """Count what happened in an office since a moment, or on one of its pages."""
    scope = Scope([office], since, until, page)
    filed, urgent = _filed(db, scope)
    emergencies, unreviewed, objected = _emergencies(db, scope)
    return Figures(
        filed=filed,
        urgent=urgent,
        ends=_ends(db, scope),
        waits=_waits(db, office, scope),
        emergencies=emergencies,
        unreviewed=unreviewed,
        objected=objected,
        releases=_answers(db, scope, granted=True),
        kept=_answers(db, scope, granted=False),
        sent_back=_sent_back(db, scope),
        appeals=_appeals(db, scope),
        lockdowns=_lockdowns(db, office, scope, now),
    )


def _answers(db: Session, scope: Scope, *, granted: bool) -> int:
    counted = select(func.count()).select_from(Release).join(Draft)
    which = col(Release.granted).is_(granted)
    return db.exec(counted.where(scope.drafts, *scope.when(Release.at), which)).one()


def _sent_back(db: Session, scope: Scope) -> int:
    counted = select(func.count()).select_from(SentBack).join(Draft)
    return db.exec(counted.where(scope.drafts, *scope.when(SentBack.at))).one()


def _filed(db: Session, scope: Scope) -> tuple[int, int]:
    urgent = func.count().filter(col(Draft.is_urgent))
    mine = select(func.count(), urgent).select_from(Draft)
    return db.exec(mine.where(scope.drafts, *scope.when(Draft.created_at))).one()


def _ends(db: Session, scope: Scope) -> dict[State, int]:
    counted = select(Draft.state, func.count()).where(
        scope.drafts, *scope.when(Draft.decided_at), col(Draft.state).in_(ENDS)
    )
    return {State(at): n for at, n in db.exec(counted.group_by(col(Draft.state))).all()}


def _emergencies(db: Session, scope: Scope) -> tuple[int, int, int]:
    unreviewed = func.count().filter(col(Emergency.reviewed_at).is_(None))
    objected = func.count().filter(col(Emergency.upheld).is_(False))
    mine = select(func.count(), unreviewed, objected).select_from(Emergency).join(Draft)
    return db.exec(mine.where(scope.drafts, *scope.when(Emergency.at))).one()


def _appeals(db: Session, scope: Scope) -> dict[AppealOutcome, int]:
    counted = (
        select(Appeal.outcome, func.count())
        .join(Draft, col(Draft.id) == col(Appeal.draft_id))
        .where(scope.drafts, *scope.when(Appeal.made_at))
    )
    found = db.exec(counted.group_by(col(Appeal.outcome))).all()
    return {AppealOutcome(outcome): count for outcome, count in found}


def _lockdowns(db: Session, office: Office, scope: Scope, now: datetime) -> int:
    counted = select(func.count()).where(
        or_(col(Lockdown.office_id) == office.id, col(Lockdown.office_id).is_(None)),
        or_(col(Lockdown.lifted_at).is_(None), col(Lockdown.lifted_at) > scope.since),
        col(Lockdown.since) <= min(now, scope.until or now),
    )
    return db.exec(counted.select_from(Lockdown)).one()


def _waits(db: Session, office: Office, scope: Scope) -> Waits | None:
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
            scope.drafts,
            *scope.when(Draft.decided_at),
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
    waits, reached = [], Counter[int]()
    for begun, ended, is_urgent in rows:
        lost = [(max(a, begun), min(b, ended)) for a, b in stops if a < ended and b > begun]
        wait = working.between(begun, ended) - _sum(working.between(a, b) for a, b in lost)
        waits.append(wait)
        passed = ended - begun - _sum(b - a for a, b in lost) if is_urgent else wait
        reached[rung(passed, urgent if is_urgent else usual)] += 1
    waits.sort()
    late = tuple(sum(n for at, n in reached.items() if at >= each) for each in range(1, 5))
    return Waits(
        count=len(waits),
        median=waits[(len(waits) - 1) // 2],
        ninetieth=waits[(9 * len(waits) + 9) // 10 - 1],
        slowest=waits[-1],
        late=late[0],
        rungs=late,
    )


def _sum(parts: Iterable[timedelta]) -> timedelta:
    return sum(parts, timedelta(0))
