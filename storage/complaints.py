"""Complaints of citizens, who hears of them, and how soon they were answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, or_, select

from policy.complaints import REMINDER
from policy.workflow import State
from storage import absences, people
from storage.models import Complaint, Draft, FirstReply, Office, Page, Person

HOUR = timedelta(hours=1)
#: So long after a holding reply the answer is asked for.
PROMISED = timedelta(days=7)
#: Where a public reply stands that will not be posted any more: another one may be written.
OVER = frozenset({State.REJECTED, State.WITHDRAWN, State.EXPIRED, State.RETRACTED})


def subject(complaint: Complaint) -> str:
    """Name a complaint in the audit log and the outbox."""
    return f"complaint:{complaint.id}"


def add(db: Session, complaint: Complaint) -> Complaint:
    """Store a complaint."""
    db.add(complaint)
    db.flush()
    return complaint


def locked(db: Session, complaint_id: int) -> Complaint | None:
    """Load a complaint and hold it until the transaction ends."""
    return db.exec(
        select(Complaint)
        .where(Complaint.id == complaint_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()


def waiting(db: Session, offices: Sequence[Office]) -> Sequence[Complaint]:
    """List the open complaints of some offices, the oldest first."""
    found = select(Complaint).where(
        col(Complaint.office_id).in_([office.id for office in offices]),
        col(Complaint.closed_at).is_(None),
    )
    return db.exec(found.order_by(col(Complaint.made_at), col(Complaint.id))).all()


def unanswered_soon(db: Session, office: Office, now: datetime) -> Sequence[int]:
    """List the complaints whose clock is over, or nearly, and that have had no reply."""
    found = select(Complaint.id).where(
        Complaint.office_id == office.id,
        col(Complaint.closed_at).is_(None),
        Complaint.answer == FirstReply.NONE,
        col(Complaint.due_at) <= now + REMINDER,
    )
    return db.exec(found.order_by(col(Complaint.due_at), col(Complaint.id))).all()


def promised(db: Session, office: Office, before: datetime) -> Sequence[Complaint]:
    """List the open complaints that had a holding reply before a moment, and no answer underway."""
    found = (
        select(Complaint)
        .join(Draft, col(Draft.id) == col(Complaint.draft_id), isouter=True)
        .where(
            Complaint.office_id == office.id,
            col(Complaint.closed_at).is_(None),
            Complaint.answer == FirstReply.HOLDING,
            col(Complaint.answered_at) <= before,
            or_(col(Draft.id).is_(None), col(Draft.state).in_(OVER)),
        )
    )
    return db.exec(found.order_by(col(Complaint.answered_at), col(Complaint.id))).all()


def offices_with_promised(db: Session, now: datetime) -> Sequence[int]:
    """List the offices in use with an open complaint that had a holding reply a week ago."""
    is_old = col(Complaint.answered_at) <= now - PROMISED
    return _offices_where(db, col(Complaint.answer) == FirstReply.HOLDING, is_old)


def reply_underway(db: Session, complaint: Complaint) -> Draft | None:
    """Return the public reply to a complaint that is on its way."""
    draft = db.get(Draft, complaint.draft_id) if complaint.draft_id is not None else None
    return draft if draft is not None and draft.state not in OVER else None


def offices_with_waiting(db: Session) -> Sequence[int]:
    """List the offices in use that have a complaint without a reply, by id."""
    return _offices_where(db, col(Complaint.answer) == FirstReply.NONE)


def _offices_where(db: Session, *conditions: ColumnElement[bool]) -> Sequence[int]:
    found = (
        select(Complaint.office_id)
        .join(Office, col(Office.id) == col(Complaint.office_id))
        .where(col(Complaint.closed_at).is_(None), col(Office.active), *conditions)
    )
    return db.exec(found.distinct().order_by(col(Complaint.office_id))).all()


def with_reply(db: Session, draft_id: int) -> Complaint | None:
    """Find and hold the complaint that a draft is the public reply to."""
    return db.exec(
        select(Complaint)
        .where(Complaint.draft_id == draft_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()


def hearing(db: Session, complaint: Complaint, office: Office, now: datetime) -> list[Person]:
    """List who hears of a complaint: who took it, else the owner of its page, else its deputy.

    Who is away is stood in for as everywhere, and who has left hears nothing. If nobody is left,
    the list is empty, and the moderators' chat has to hear.
    """
    for person_id in (complaint.owner_id, *page_persons(db, complaint)):
        if heard := heard_for(db, person_id, office, now):
            return heard
    return []


def heard_for(db: Session, person_id: int | None, office: Office, now: datetime) -> list[Person]:
    """List who hears for somebody: they, or who stands in for them; nobody if they have left."""
    if person_id is None:
        return []
    person = people.get(db, person_id)
    heard = absences.stand_ins(db, office, [person], now)
    return heard if people.roles(db, office.id, person) else []


def page_persons(db: Session, complaint: Complaint) -> list[int]:
    """List the owner and the deputy of the page that a complaint is about."""
    page = db.get(Page, complaint.page_id) if complaint.page_id is not None else None
    ids = (page.owner_id, page.deputy_id) if page else ()
    return [each for each in ids if each is not None]


@dataclass(frozen=True)
class ComplaintFigures:
    """The complaints that came in within a time. Each is counted by its first reply."""

    opened: int
    in_time: int  # first or holding reply before the clock was over
    late: int
    none: int  # no reply so far
    median_hours: float | None  # to the first reply; none: there was no reply
    offline: int  # taken offline
    closed: int


def complaint_figures(
    db: Session, office: Office, since: datetime, until: datetime, page: Page | None = None
) -> ComplaintFigures:
    """Count the complaints that an office, or one of its pages, had from a moment to another."""
    wanted = select(Complaint).where(
        Complaint.office_id == office.id,
        col(Complaint.made_at) >= since,
        col(Complaint.made_at) < until,
    )
    if page is not None:
        wanted = wanted.where(Complaint.page_id == page.id)
    rows = db.exec(wanted).all()
    replied = [(each, each.answered_at) for each in rows if each.answered_at is not None]
    hours = [(at - each.made_at) / HOUR for each, at in replied]
    in_time = sum(at <= each.due_at for each, at in replied)
    return ComplaintFigures(
        opened=len(rows),
        in_time=in_time,
        late=len(replied) - in_time,
        none=len(rows) - len(replied),
        median_hours=median(hours) if hours else None,
        offline=sum(each.offline_at is not None for each in rows),
        closed=sum(each.closed_at is not None for each in rows),
    )


def overdue_by_office(db: Session, now: datetime) -> dict[int, int]:
    """Count for each office the complaints whose clock is over and that have had no reply."""
    counted = select(Complaint.office_id, func.count()).where(
        col(Complaint.closed_at).is_(None),
        Complaint.answer == FirstReply.NONE,
        col(Complaint.due_at) <= now,
    )
    return dict(db.exec(counted.group_by(col(Complaint.office_id))).all())
