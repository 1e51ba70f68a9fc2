"""One import of an offices file: what has changed so far, each change recorded."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlmodel import Session

from storage import audit

IMPORTER = "offices file"
IMPORT_LOCK = 0x0C5C  # one replica imports, the others wait and find nothing to do


@dataclass
class Import:
    """One import: the session, the moment, and what has changed so far, in plain words."""

    db: Session
    now: datetime
    changes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        lock(self.db)

    def note(self, office: str, change: str) -> None:
        """Record one change."""
        self.changes.append(f"{office}: {change}")
        audit.record(self.db, self.now, IMPORTER, "office changed", office=office, change=change)


def lock(db: Session) -> None:
    """Wait for another import to end, and hold up those that come, until the transaction ends."""
    if db.get_bind().dialect.name == "postgresql":
        db.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": IMPORT_LOCK})


def apply(row: Any, columns: dict[str, Any]) -> list[str]:
    """Set the columns that differ. Returns their names."""
    changed = [name for name, value in columns.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, columns[name])
    return changed
