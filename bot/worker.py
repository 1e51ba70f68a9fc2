"""A part of the bot that does what falls due, one thing after the other, until it is stopped."""

import asyncio
import contextlib
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable
from functools import partial

import structlog
from sqlalchemy.exc import DBAPIError

from bot.platforms.base import Platform

log = structlog.get_logger(__name__)


class Repeating:
    """Looks for work at once when it is woken, and regularly otherwise."""

    idle = 1.0  # seconds between looks at what fell due

    def __init__(self) -> None:
        self.stopping = False
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """Look for work at once."""
        self._woken.set()

    def stop(self) -> None:
        """Begin with nothing further."""
        self.stopping = True
        self._woken.set()

    async def repeat(self, work_next: Callable[[], Awaitable[bool]]) -> None:
        """Do one thing after the other, as long as there are any, until somebody calls `stop`."""
        while not self.stopping:
            try:
                worked = await work_next()
            except DBAPIError:
                log.exception("the database did not answer; work waits", worker=type(self).__name__)
                worked = False
                await asyncio.sleep(self.idle)
            if not worked:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._woken.wait(), self.idle)
                self._woken.clear()


class Worker(Repeating, ABC):
    """Looks for work of each platform."""

    @abstractmethod
    async def work_next(self, platform: Platform) -> bool:
        """Do one thing, if one is due. Returns whether there was one."""

    async def run(self, platform: Platform) -> None:
        """Do one platform's work until somebody calls `stop`."""
        await self.repeat(partial(self.work_next, platform))
