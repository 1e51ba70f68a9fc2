"""A Slack that takes whatever it is told and forgets it: so that it is not what is measured."""

import asyncio
import itertools
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web

QUIET = 0.4  # seconds without a call, after which the bot has nothing left to say


@dataclass
class Sink:
    """Counts calls, and remembers when the last one came."""

    calls: Counter[str] = field(default_factory=Counter)
    last: float = 0.0
    port: int = 0
    numbers: Iterator[int] = field(default_factory=itertools.count)

    async def answer(self, request: web.Request) -> web.Response:
        """Answer a call of the Web API, or of a response_url."""
        method = request.match_info["method"]
        body = await request.json() if request.content_type == "application/json" else {}
        self.calls[method] += 1
        self.last = time.monotonic()
        said = {"channel": body.get("channel"), "ts": f"1700000000.{next(self.numbers):06}"}
        return web.json_response({"ok": True, "user_id": "U0COUNTERSIGN", **said})

    async def settled(self) -> None:
        """Wait until the bot has been silent for a while."""
        silent = 0.0
        self.last = time.monotonic()
        while silent < QUIET:
            await asyncio.sleep(QUIET - silent)
            silent = time.monotonic() - self.last


@asynccontextmanager
async def sink() -> AsyncIterator[Sink]:
    """Serve until the end of the block."""
    found = Sink()
    app = web.Application()
    app.router.add_route("*", "/api/{method}", found.answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    found.port = runner.addresses[0][1]
    try:
        yield found
    finally:
        await runner.cleanup()
