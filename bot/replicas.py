"""Things that only one replica may do at a time, such as polling Telegram."""

import asyncio
import fcntl
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import IO

import structlog
from sqlalchemy import Engine, text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool
from sqlmodel import create_engine

log = structlog.get_logger(__name__)

AGAIN = 2.0  # seconds between attempts to become the one


class Replicas:
    """Hands out names, each to one replica at a time.

    On PostgreSQL a lock of a connection of its own holds the name; on SQLite, whose replicas
    share a machine, a lock on a file beside the database. Both end with the process. Neither
    is a fence: what is written still relies on unique keys.
    """

    def __init__(self, engine: Engine) -> None:
        self._postgres = engine.dialect.name == "postgresql"
        self._locks = create_engine(engine.url, poolclass=NullPool) if self._postgres else None
        database = engine.url.database
        self._file = Path(database) if database and not self._postgres else None

    @asynccontextmanager
    async def alone(self, name: str) -> AsyncIterator[None]:
        """Wait until this replica holds the name, and hold it."""
        held: Connection | IO[str] | None = None
        while held is None:
            taking = asyncio.create_task(asyncio.to_thread(self._take, name))
            try:
                held = await asyncio.shield(taking)
            except asyncio.CancelledError:
                taking.add_done_callback(_let_go)
                raise
            except (DBAPIError, OSError):
                log.exception("could not ask for the lock", name=name)
            if held is None:
                await asyncio.sleep(AGAIN)
        try:
            yield
        finally:
            held.close()

    def _take(self, name: str) -> "Connection | IO[str] | None":
        return self._take_in_database(name) if self._locks is not None else self._take_file(name)

    def _take_in_database(self, name: str) -> Connection | None:
        assert self._locks is not None
        connection = self._locks.connect().execution_options(isolation_level="AUTOCOMMIT")
        question = text("SELECT pg_try_advisory_lock(:key)")
        if connection.execute(question, {"key": zlib.crc32(name.encode())}).scalar():
            return connection
        connection.close()
        return None

    def _take_file(self, name: str) -> IO[str] | None:
        if self._file is None:
            raise TypeError("a database in memory has no replicas")
        file = self._file.with_name(f"{self._file.name}.{name}.lock").open("w")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            return None
        return file


def _let_go(taking: "asyncio.Task[Connection | IO[str] | None]") -> None:
    """Free what was taken for somebody who no longer waits for it."""
    if not taking.cancelled() and taking.exception() is None and (held := taking.result()):
        held.close()
