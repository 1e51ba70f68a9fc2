"""Taking feeds apart in a process of its own, which is ended when it needs too long or too much."""

import asyncio
import contextlib
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from policy.feeds import Format
from policy.updates import Entry

ROOT = Path(__file__).parents[1]
LONGEST = 10.0  # seconds for one document
LINGERS = 30.0  # seconds for which the process waits for more to do
LONGEST_ANSWER = 8_000_000  # bytes

TOO_HARD = "it is too large or too entangled to be read"


class Unreadable(Exception):
    """What was fetched is not what was looked for. The text says why."""


@dataclass(frozen=True)
class Parsed:
    """What was found: entries, or where they are to be looked for."""

    entries: tuple[Entry, ...] = ()
    feed: str = ""


class Parser:
    """Hands documents to the process, one at a time, and starts it when there is something to do.

    It has none of our environment, so that what goes wrong in it finds no secrets there.
    """

    def __init__(self, *, longest: float = LONGEST, lingers: float = LINGERS) -> None:
        self.longest, self.lingers = longest, lingers
        self._turn = asyncio.Lock()
        self._process: asyncio.subprocess.Process | None = None
        self._ending: asyncio.Task[None] | None = None

    async def parse(self, body: bytes, format: Format, url: str, media_type: str) -> Parsed:
        """Find the entries of a document. Raises `Unreadable`."""
        asked = {
            "format": format.value,
            "url": url,
            "media_type": media_type,
            "length": len(body),
        }
        async with self._turn, self._running() as process:
            found = await self._ask(process, json.dumps(asked).encode() + b"\n" + body)
        if "refused" in found:
            raise Unreadable(found["refused"])
        return Parsed(tuple(map(_entry, found.get("entries", ()))), found.get("feed", ""))

    async def close(self) -> None:
        """End the process."""
        self._stay()
        await self._end()

    async def _ask(self, process: asyncio.subprocess.Process, asked: bytes) -> dict[str, Any]:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            async with asyncio.timeout(self.longest):
                process.stdin.write(asked)
                await process.stdin.drain()
                line = await process.stdout.readline()
        except (TimeoutError, ValueError, ConnectionError) as error:
            raise Unreadable(TOO_HARD) from error
        if not line:
            raise Unreadable(TOO_HARD)
        return json.loads(line)  # type: ignore[no-any-return]

    @asynccontextmanager
    async def _running(self) -> AsyncIterator[asyncio.subprocess.Process]:
        """Have the process for one document; one that has not answered is ended."""
        self._stay()
        process = self._process or await _started()
        self._process = process
        is_well = False
        try:
            yield process
            is_well = True
        finally:
            if not is_well:
                await self._end()
        self._ending = asyncio.create_task(self._linger())

    def _stay(self) -> None:
        if self._ending is not None:
            self._ending.cancel()
        self._ending = None

    async def _linger(self) -> None:
        await asyncio.sleep(self.lingers)
        await self._end()

    async def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.communicate()


async def _started() -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-m", "bot.parse_feeds"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env={"PYTHONPATH": str(ROOT)},
        limit=LONGEST_ANSWER,
    )


def _entry(found: tuple[str, str, str | None, bool]) -> Entry:
    key, link, at, repost = found
    return Entry(key, link, datetime.fromisoformat(at) if at else None, repost)
