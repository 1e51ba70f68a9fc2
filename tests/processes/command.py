"""The real command, `python -m bot run`, as a process of its own."""

import asyncio
import json
import os
import signal
import sys
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp

ROOT = Path(__file__).parents[2]
PATIENCE = 20.0  # seconds for something to happen, on a busy machine
KEPT = ("PATH", "HOME", "LANG", "TMPDIR")


@dataclass
class Running:
    """A bot that was started."""

    process: asyncio.subprocess.Process
    port: int

    async def ask(self, path: str) -> tuple[int, dict[str, Any]]:
        """Ask its own server. The status is 0 while it does not answer."""
        try:
            address = f"http://127.0.0.1:{self.port}{path}"
            async with aiohttp.ClientSession() as session, session.get(address) as answer:
                return answer.status, json.loads(await answer.text())
        except aiohttp.ClientError:
            return 0, {}

    async def answers(
        self, path: str, status: int, fits: Callable[[dict[str, Any]], object] = bool
    ) -> dict[str, Any]:
        """Wait for an answer of its server."""
        found: tuple[int, dict[str, Any]] = (0, {})
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            found = await self.ask(path)
            if found[0] == status and fits(found[1]):
                return found[1]
            assert self.process.returncode is None, await self.errors()
            await asyncio.sleep(0.05)
        raise AssertionError(f"{path} answers {found}")

    async def ready(self) -> None:
        """Wait until it is ready."""
        await self.answers("/ready", 200)

    async def errors(self) -> str:
        """Return what it wrote to standard error, once it has ended."""
        assert self.process.stderr is not None
        return (await self.process.stderr.read()).decode()

    async def ends(self) -> tuple[int, str, float]:
        """Ask it to stop. Returns its exit code, what it wrote, and the seconds that it took."""
        begin = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        _, errors = await asyncio.wait_for(self.process.communicate(), PATIENCE)
        return self.process.returncode or 0, errors.decode(), time.monotonic() - begin


@asynccontextmanager
async def started(folder: Path, port: int, settings: Mapping[str, str]) -> AsyncIterator[Running]:
    """Start the bot in a folder, with nothing in its environment but these settings."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run",
        cwd=folder,
        env={**kept, "PYTHONPATH": str(ROOT), "HTTP_PORT": str(port), **settings},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        yield Running(process, port)
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()
