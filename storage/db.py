"""Opening the database: SQLite for one machine, PostgreSQL for several replicas."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError
from sqlmodel import Session, create_engine

from storage import audit

ONLY_READS = "only_reads"  # an option of connections
PATIENCE = 100  # attempts to share a SQLite file that is being made at this moment


def connect(url: str) -> Engine:
    """Open a database. Raises `ValueError` for an address that is neither kind."""
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise ValueError(f"DATABASE_URL is not a database address: {error}") from None
    kind = address.get_backend_name()
    if kind == "sqlite":
        return _serious_sqlite(url, address.database)
    if kind == "postgresql":
        return create_engine(
            address.set(drivername="postgresql+psycopg"),
            pool_pre_ping=True,
            pool_size=10,
            hide_parameters=True,  # parameters are drafts, and errors are logged
        )
    raise ValueError(
        f"DATABASE_URL names {kind}. Use sqlite:///data/countersign.db or postgresql+psycopg://..."
    )


def _serious_sqlite(url: str, path: str | None) -> Engine:
    """Take the write lock when a transaction begins, so that a read followed by a write is safe.

    This is SQLite's stand-in for the row locks that PostgreSQL gives us.
    """
    if path and path != ":memory:":
        _make_folder(Path(path).parent)
    engine = create_engine(url, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # we emit BEGIN ourselves
        for pragma in (
            "busy_timeout=10000",
            "foreign_keys=ON",
            "synchronous=FULL",  # a committed decision survives a power cut
        ):
            connection.execute(f"PRAGMA {pragma}")
        _write_ahead(connection)

    @event.listens_for(engine, "begin")
    def on_begin(connection: Any) -> None:
        only_reads = connection.get_execution_options().get(ONLY_READS)
        connection.exec_driver_sql(f"PRAGMA query_only={'ON' if only_reads else 'OFF'}")
        connection.exec_driver_sql("BEGIN" if only_reads else "BEGIN IMMEDIATE")

    return engine


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Let readers and a writer work at once. For this change alone, SQLite does not wait by itself.

    Raises `sqlite3.OperationalError` if others keep the database to themselves.
    """
    for attempt in range(PATIENCE):
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            if attempt == PATIENCE - 1:
                raise
            time.sleep(0.05)
        else:
            return


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        text = f"DATABASE_URL: there can be no folder {folder} ({error.strerror})"
        raise ValueError(text) from None


@contextmanager
def transaction(engine: Engine) -> Iterator[Session]:
    """Open a session. It commits at the end, with its audit entries, or rolls everything back."""
    with Session(engine, expire_on_commit=False) as db, db.begin():
        yield db
        audit.seal(db)


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """Open a session that can only read, so that nobody who writes has to wait for it."""
    only_reads = engine.execution_options(**{ONLY_READS: True, "postgresql_readonly": True})
    with Session(only_reads, expire_on_commit=False) as db, db.begin():
        yield db
