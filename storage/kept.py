"""Rows that are needed again and again in one transaction, loaded once.

A session forgets a row as soon as nobody holds it, and asks for it anew a moment later. A row that
is kept here is the very row that the session answers with while anybody holds it: changes, locks
and going back to a savepoint reach it as ever.
"""

from typing import Any, TypeVar

from sqlmodel import Session, SQLModel

Row = TypeVar("Row", bound=SQLModel)
KEPT = "kept"


def get_one(db: Session, model: type[Row], key: Any) -> Row:
    """Load a row that is known to exist, and keep it until the session is closed."""
    row = db.get_one(model, key)
    db.info.setdefault(KEPT, {})[model, key] = row
    return row
