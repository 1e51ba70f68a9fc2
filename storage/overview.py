"""How all offices stand, from their records and never from their drafts' words.

A handful of questions to the database, however many offices there are.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, String, and_, cast
from sqlalchemy import select as rows
from sqlalchemy.orm import QueryableAttribute, load_only
from sqlmodel import Session, col, func, select

from policy.cadence import Cadence, stretch_of
from policy.deadlines import parse_ladder
from policy.workflow import State
from storage import complaints, lockdowns
from storage.models import Draft, Evaluation, Lockdown, Membership, Office, Page, PageWeek

#: What a clock and a ladder are made of: the rest of an office is not read for them.
CALENDAR = (
    "timezone", "country", "subdivision", "hours", "days_added", "days_struck", "days_part",
    "own_days", "ladder", "urgent_ladder",
)  # fmt: skip


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
    offices = db.exec(
        select(Office.id, Office.name, Office.timezone).where(col(Office.active))
    ).all()
    short, ownerless = _pages(db, {number: zone for number, _, zone in offices}, now)
    reviews = _late_reviews(db, now)
    late = complaints.overdue_by_office(db, now)
    unsigned = _unsigned(db, now)
    locked = set(db.exec(select(Lockdown.office_id).where(col(Lockdown.lifted_at).is_(None))))
    found = [
        Standing(
            office=name,
            short=short[number],
            late_reviews=reviews[number],
            late_complaints=late.get(number, 0),
            unsigned=unsigned.get(number, 0),
            ownerless=ownerless[number],
            is_locked=None in locked or number in locked,
        )
        for number, name, _ in offices
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


def _late_reviews(db: Session, now: datetime) -> Counter[int]:
    """Count for each office the drafts in review that have reached the first rung."""
    in_review = col(Draft.state) == State.IN_REVIEW
    found = db.connection().execute(
        rows(
            col(Draft.office_id),
            col(Draft.waiting_since),
            col(Draft.is_urgent),
            col(Draft.urgent_since),
        ).where(in_review)
    )
    waits: dict[int, list[Wait]] = defaultdict(list)
    for office_id, since, is_urgent, urgent_since in found:
        waits[office_id].append(Wait(max(since, urgent_since or since), is_urgent))
    oldest = min((wait.since for some in waits.values() for wait in some), default=now)
    pauses = lockdowns.pauses(db, oldest, now)
    busy = select(Draft.office_id).where(in_review)
    offices = db.exec(
        select(Office)
        .where(col(Office.id).in_(busy), col(Office.active))
        .options(load_only(*map(_attribute, CALENDAR)))
    )
    return Counter({each.id: _late(each, waits[each.id], pauses) for each in offices})


class Wait(NamedTuple):
    """A draft that waits for its decision."""

    since: datetime
    is_urgent: bool


def _late(office: Office, waits: Iterable[Wait], pauses: lockdowns.Pauses) -> int:
    """Count the waits that have reached the first rung; a short one has not, on any calendar."""
    usual, urgent = (_first_rung(tuple(each)) for each in (office.ladder, office.urgent_ladder))
    return sum(
        pauses.elapsed(office, since) >= urgent
        if is_urgent
        else pauses.now - since >= usual and pauses.worked(office, since) >= usual
        for since, is_urgent in waits
    )


@cache
def _first_rung(steps: tuple[str, ...]) -> timedelta:
    return parse_ladder(steps).remind


def _attribute(name: str) -> QueryableAttribute[Any]:
    found: QueryableAttribute[Any] = getattr(Office, name)
    return found


def _unsigned(db: Session, now: datetime) -> dict[int, int]:
    counted = (
        select(Page.office_id, func.count())
        .join(Evaluation, col(Evaluation.page_id) == col(Page.id))
        .where(col(Evaluation.signed_at).is_(None), col(Evaluation.due_at) <= now)
    )
    return dict(db.exec(counted.group_by(col(Page.office_id))).all())
