"""Engines that do not wait for the disk: no test takes the power away."""

import sqlite3

from sqlalchemy import Engine, event

from storage.db import connect


def hurried(url: str) -> Engine:
    """Open a database. SQLite does not wait for the disk, as PostgreSQL does not in the tests."""
    engine = connect(url)
    if engine.dialect.name == "sqlite":

        @event.listens_for(engine, "connect")
        def on_connect(connection: sqlite3.Connection, _: object) -> None:
            connection.execute("PRAGMA synchronous=OFF")

    return engine
