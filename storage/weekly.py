"""When the weekly message of each office is due."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from storage.models import Office


def due(db: Session, now: datetime) -> Sequence[int]:
    """List the offices in use whose weekly message may be due."""
    found = select(Office.id).where(col(Office.weekly_at) <= now, col(Office.active))
    return db.exec(found.order_by(col(Office.id))).all()


def plan(db: Session, office: Office, at: datetime) -> None:
    """Look at an office not before a moment, unless its hours have changed meanwhile."""
    known = (col(Office.id) == office.id, col(Office.weekly_at) == office.weekly_at)
    db.connection().execute(update(Office).where(*known).values(weekly_at=at))
