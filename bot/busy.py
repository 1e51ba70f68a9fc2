"""Counting what is under way, so that others can wait for it."""

import asyncio
from contextlib import suppress


class Busy:
    """Counts what is under way; each is a `with` block."""

    def __init__(self) -> None:
        self._count = 0
        self._idle = asyncio.Event()
        self._idle.set()

    def __enter__(self) -> None:
        self._count += 1
        self._idle.clear()

    def __exit__(self, *_: object) -> None:
        self._count -= 1
        if not self._count:
            self._idle.set()

    async def settle(self, patience: float) -> None:
        """Wait until nothing is under way, for so many seconds."""
        with suppress(TimeoutError):
            async with asyncio.timeout(patience):
                await self._idle.wait()
