"""Adding a row unless there is one already, which each database says in its own words."""

from functools import cache
from importlib import import_module
from typing import Any

from sqlalchemy import Connection, Executable, bindparam, inspect
from sqlmodel import Session, SQLModel


def add(db: Connection | Session, model: type[SQLModel], row: dict[str, Any], *unique: str) -> Any:
    """Add a row. Returns its key, or `None` if another has the same values in `unique`."""
    if isinstance(db, Session):
        db.flush()  # the row may refer to what is not written yet
        db = db.connection()
    statement = _insert(db.dialect.name, model, tuple(row), unique)
    return db.execute(statement, row).scalar()


@cache
def _insert(
    dialect: str, model: type[SQLModel], columns: tuple[str, ...], unique: tuple[str, ...]
) -> Executable:
    """Write the statement, once: to build it takes longer than to run it."""
    words: Any = import_module(f"sqlalchemy.dialects.{dialect}")
    table: Any = inspect(model).local_table
    return (  # type: ignore[no-any-return]
        words.insert(table)
        .values({name: bindparam(name) for name in columns})
        .on_conflict_do_nothing(index_elements=list(unique))
        .returning(*table.primary_key)
    )
