"""When the packs were read again: one process says so, the others notice."""

from datetime import datetime

from sqlmodel import Session, col, func, select

from storage.models import PolicyReload

#: Asked whenever rules are wanted, so it is written once.
NEWEST = select(func.coalesce(func.max(col(PolicyReload.number)), 0))


def newest(db: Session) -> int:
    """Return the number of the newest reload; 0 if there was none."""
    return db.exec(NEWEST).one()


def add(db: Session, by: str, now: datetime) -> int:
    """Note a reload, and return its number."""
    row = PolicyReload(by=by, at=now)
    db.add(row)
    db.flush()
    return row.number
