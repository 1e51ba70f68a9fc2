"""The evaluations of pages: made once, signed once, and never changed in between."""

import hashlib
import json
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from pydantic import TypeAdapter
from sqlmodel import Session, col, func, select

from policy.calendar import day_of
from policy.quarters import SHORTEST
from policy.reports import Report
from policy.spans import DAY, Span
from storage import once, pages
from storage.models import Evaluation, Office, Page, Person

#: So long the lead has to sign an evaluation.
TIME_TO_SIGN = timedelta(days=14)
_REPORT = TypeAdapter(Report)


def to_json(report: Report) -> dict[str, Any]:
    """Write a report down as plain JSON values."""
    written: dict[str, Any] = _REPORT.dump_python(report, mode="json")
    return written


def from_json(figures: object) -> Report:
    """Read a report back."""
    return _REPORT.validate_python(figures)


def subject(evaluation_id: int) -> str:
    """Name an evaluation in the audit log and the outbox."""
    return f"evaluation:{evaluation_id}"


def digest(row: Evaluation) -> str:
    """Return what the figures of an evaluation are known by: it stands in the audit log."""
    text = json.dumps(row.figures, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def add(db: Session, page: Page, span: Span, report: Report, now: datetime) -> Evaluation | None:
    """Store an evaluation with the record as it was read. `None` if there is one already."""
    row: dict[str, Any] = {
        "page_id": page.id,
        "starts_on": span.first,
        "ends_on": span.after,
        "made_at": now,
        "due_at": now + TIME_TO_SIGN,
        "figures": to_json(report),
        "comment": "",
    }
    key = once.add(db, Evaluation, row, "page_id", "starts_on")
    return None if key is None else db.get_one(Evaluation, key)


def locked(db: Session, evaluation_id: int) -> Evaluation | None:
    """Load an evaluation and hold it until the transaction ends."""
    return db.exec(
        select(Evaluation)
        .where(Evaluation.id == evaluation_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()


def sign(db: Session, row: Evaluation, by: Person, now: datetime, comment: str) -> None:
    """Note who signed, with which words."""
    row.signed_by_id, row.signed_at, row.comment = by.id, now, comment
    db.add(row)
    db.flush()


def last_ends(db: Session, office: Office) -> dict[int, date]:
    """Return for each page of an office the first day after those it was evaluated for last."""
    ends = select(Evaluation.page_id, func.max(Evaluation.ends_on)).join(Page)
    mine = ends.where(Page.office_id == office.id).group_by(col(Evaluation.page_id))
    return dict(db.exec(mine).all())


def made_since(db: Session, office: Office, since: datetime) -> Sequence[Evaluation]:
    """List the evaluations of an office that were made since a moment, the oldest first."""
    made = select(Evaluation).join(Page)
    mine = made.where(Page.office_id == office.id, col(Evaluation.made_at) >= since)
    return db.exec(mine.order_by(col(Evaluation.id))).all()


def offices_due(db: Session, now: datetime) -> Sequence[int]:
    """List the offices with a live page of which a quarter may be over and not evaluated."""
    recent = select(Evaluation.page_id).where(
        col(Evaluation.ends_on) > day_of(now, "UTC") - SHORTEST + DAY
    )
    found = (
        select(Page.office_id)
        .join(Office)
        .where(
            col(Office.active),
            pages.live_ones(),
            col(Page.started_at) < now - SHORTEST + DAY,
            col(Page.id).not_in(recent),
        )
    )
    return db.exec(found.distinct().order_by(col(Page.office_id))).all()


def overdue(db: Session, office: Office, now: datetime) -> Sequence[tuple[Evaluation, Page]]:
    """List the evaluations of an office that should have been signed, the oldest first."""
    found = (
        select(Evaluation, Page)
        .join(Page, col(Page.id) == col(Evaluation.page_id))
        .where(
            Page.office_id == office.id,
            col(Evaluation.signed_at).is_(None),
            col(Evaluation.due_at) <= now,
        )
    )
    return db.exec(found.order_by(col(Evaluation.due_at), Page.name)).all()


def offices_overdue(db: Session, now: datetime) -> Sequence[int]:
    """List the offices with an evaluation that should have been signed."""
    found = (
        select(Page.office_id)
        .join(Evaluation, col(Evaluation.page_id) == col(Page.id))
        .join(Office, col(Office.id) == col(Page.office_id))
        .where(
            col(Office.active),
            col(Evaluation.signed_at).is_(None),
            col(Evaluation.due_at) <= now,
        )
    )
    return db.exec(found.distinct().order_by(col(Page.office_id))).all()
