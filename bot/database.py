"""The database's own threads, so that it never holds up the event loop."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import ParamSpec, TypeVar

from sqlalchemy import Engine

P = ParamSpec("P")
T = TypeVar("T")


class Threads:
    """Runs database work in threads: one on SQLite, which writes one by one, else eight.

    One more is for long readings, behind which nobody's vote has to wait.
    """

    def __init__(self, engine: Engine) -> None:
        self.size = 1 if engine.dialect.name == "sqlite" else 8
        self._pool = ThreadPoolExecutor(self.size, thread_name_prefix="database")
        self._readings = ThreadPoolExecutor(1, thread_name_prefix="reading")

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a function that uses the database. If this is cancelled, it may still commit."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._pool, partial(function, *args, **kwargs))

    async def read(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a function that reads for long, beside all others."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._readings, partial(function, *args, **kwargs))

    def close(self) -> None:
        """Wait for what is running, and stop."""
        self._readings.shutdown(wait=True)
        self._pool.shutdown(wait=True)
