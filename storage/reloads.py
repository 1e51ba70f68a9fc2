"""When the packs were read again: one process says so, the others notice."""

from datetime import datetime

from sqlmodel import Session, col, func, select

from storage.models import PolicyReload


def newest(db: Session) -> int:
    """Return the number of the newest reload; 0 if there was none."""
    return db.exec(select(func.coalesce(func.max(col(PolicyReload.number)), 0))).one()


def add(db: Session, by: str, now: datetime) -> int:
    """Note a reload, and return its number."""
    row = PolicyReload(by=by, at=now)
    db.add(row)
    db.flush()
    return row.number
