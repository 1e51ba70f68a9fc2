"""How all offices stand, from their records and never from their drafts' words.

A handful of questions to the database, however many offices there are.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import ColumnElement, String, and_, cast
from sqlalchemy import select as rows
from sqlmodel import Session, col, func, select

from policy.cadence import Cadence, stretch_of
from policy.deadlines import Ladder, parse_ladder
from policy.workflow import State
from storage import complaints, lockdowns
from storage.models import Draft, Evaluation, Lockdown, Membership, Office, Page, PageWeek


@dataclass(frozen=True)
class Standing:
    """One office in figures."""

    office: str
    short: int  # live pages whose last stretch ended with too few updates
    late_reviews: int  # past the first rung of their ladder
    late_complaints: int  # past their clock without a first reply
    unsigned: int  # evaluations that should have been signed by now
    ownerless: int  # live pages without an owner who works there
    is_locked: bool

    @property
    def late(self) -> int:
        """Count what is late."""
        return self.late_reviews + self.late_complaints

    @property
    def troubles(self) -> int:
        """Count all there is to see to."""
        return self.short + self.late + self.unsigned + self.ownerless + self.is_locked


def standings(db: Session, now: datetime) -> list[Standing]:
    """Say how each office in use stands: those with most to see to first, then by name."""
    offices = db.exec(select(Office).where(col(Office.active))).all()
    short, ownerless = _pages(db, {each.id: each.timezone for each in offices}, now)
    reviews = _late_reviews(db, {each.id: each for each in offices}, now)
    late = complaints.overdue_by_office(db, now)
    unsigned = _unsigned(db, now)
    locked = set(db.exec(select(Lockdown.office_id).where(col(Lockdown.lifted_at).is_(None))))
    found = [
        Standing(
            office=each.name,
            short=short[each.id],
            late_reviews=reviews[each.id],
            late_complaints=late.get(each.id, 0),
            unsigned=unsigned.get(each.id, 0),
            ownerless=ownerless[each.id],
            is_locked=None in locked or each.id in locked,
        )
        for each in offices
    ]
    return sorted(found, key=lambda each: (-each.troubles, each.office))


def _live() -> ColumnElement[bool]:
    """Tell which pages count: in use, not closed, and vouched for by the file or their owner."""
    vouched = col(Page.filed) | col(Page.confirmed_at).is_not(None)
    return and_(col(Page.active), col(Page.closed_at).is_(None), vouched)


def _pages(db: Session, zones: dict[int, str], now: datetime) -> tuple[Counter[int], Counter[int]]:
    """Count for each office the pages that ended short last, and those without an owner."""
    works_there = and_(
        col(Membership.office_id) == col(Page.office_id),
        col(Membership.person_id) == col(Page.owner_id),
        cast(col(Membership.roles), String) != "[]",  # they have left
    )
    found = db.connection().execute(
        rows(
            col(Page.id),
            col(Page.office_id),
            col(Page.timezone),
            col(Page.week_start),
            col(Page.cadence),
            col(Membership.id),
        )
        .outerjoin(Membership, works_there)
        .where(_live())
    )
    pages = found.all()

    @cache
    def last(zone: str, week_start: int, cadence: Cadence) -> str:
        return stretch_of(now, zone, week_start, cadence).previous().key

    ended = {
        page_id: last(zone or zones[office_id], week_start, cadence)
        for page_id, office_id, zone, week_start, cadence, _ in pages
        if office_id in zones
    }
    short = _short(db, set(ended.values()))
    counts: Counter[int] = Counter(
        row[1] for row in pages if row[1] in zones and (row[0], ended[row[0]]) in short
    )
    return counts, Counter(row[1] for row in pages if row[5] is None)


def _short(db: Session, weeks: set[str]) -> set[tuple[int, str]]:
    found = select(PageWeek.page_id, PageWeek.week).where(col(PageWeek.week).in_(weeks))
    return {(page_id, week) for page_id, week in db.exec(found)}


def _late_reviews(db: Session, offices: dict[int, Office], now: datetime) -> Counter[int]:
    """Count for each office the drafts in review that have reached the first rung."""
    wanted = rows(
        col(Draft.office_id),
        col(Draft.waiting_since),
        col(Draft.is_urgent),
        col(Draft.urgent_since),
    )
    found = db.connection().execute(wanted.where(col(Draft.state) == State.IN_REVIEW))
    waits = [
        (offices[office_id], is_urgent, max(since, urgent_since or since))
        for office_id, since, is_urgent, urgent_since in found
        if office_id in offices
    ]
    pauses = lockdowns.pauses(db, min((wait[2] for wait in waits), default=now), now)
    return Counter(wait[0].id for wait in waits if _is_late(*wait, pauses))


def _is_late(office: Office, is_urgent: bool, since: datetime, pauses: lockdowns.Pauses) -> bool:
    """Tell whether a wait has reached the first rung; most have not, whatever the calendar says."""
    ladder = _ladder(tuple(office.urgent_ladder if is_urgent else office.ladder))
    if pauses.now - since < ladder.remind:
        return False
    wait: timedelta = (pauses.elapsed if is_urgent else pauses.worked)(office, since)
    return wait >= ladder.remind


@cache
def _ladder(steps: Iterable[str]) -> Ladder:
    return parse_ladder(tuple(steps))


def _unsigned(db: Session, now: datetime) -> dict[int, int]:
    counted = (
        select(Page.office_id, func.count())
        .join(Evaluation, col(Evaluation.page_id) == col(Page.id))
        .where(col(Evaluation.signed_at).is_(None), col(Evaluation.due_at) <= now)
    )
    return dict(db.exec(counted.group_by(col(Page.office_id))).all())
