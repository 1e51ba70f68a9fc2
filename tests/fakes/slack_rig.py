"""The Slack platform alone, connected to the fake workspace in one of its two modes."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from aiohttp import web
from pydantic import SecretStr

from bot.platforms.slack import Slack
from bot.platforms.slack.settings import Access, Pace
from handlers.chat import Event
from tests.fakes.slack import APP_TOKEN, BOT_TOKEN, SECRET, FakeSlack

QUICK = Pace(store=0.5, call=1.0, first=0.05, slowest=0.2, ping=0.3, look=0.05)


@dataclass
class Inbox:
    """Takes in events as the bot's dispatcher does, in memory."""

    events: list[Event] = field(default_factory=list)
    failures: int = 0  # how many times to fail, before it works
    delay: float = 0.0

    async def accept(self, event: Event) -> bool:
        """Store an event, unless it is known."""
        await asyncio.sleep(self.delay)
        if self.failures:
            self.failures -= 1
            raise RuntimeError("the database is away")
        if any(event.id == known.id for known in self.events):
            return False
        self.events.append(event)
        return True

    @asynccontextmanager
    async def alone(self, name: str) -> AsyncIterator[None]:
        """There is no other replica."""
        yield


@dataclass
class Rig:
    """A workspace, and the platform that listens to it."""

    mode: str
    slack: FakeSlack
    platform: Slack
    inbox: Inbox
    running: asyncio.Task[None]

    async def ready(self) -> None:
        """Wait until the platform is connected."""
        await self.slack.until(lambda: not self.platform.trouble(), self.platform.trouble)


def access(mode: str, api_url: str) -> Access:
    """Return the settings for a mode."""
    secret, token = SecretStr(SECRET), SecretStr(APP_TOKEN)
    if mode == "socket":
        return Access(SecretStr(BOT_TOKEN), app_token=token, api_url=api_url)
    return Access(SecretStr(BOT_TOKEN), signing_secret=secret, api_url=api_url)


@asynccontextmanager
async def rig(mode: str, *, pace: Pace = QUICK, down: bool = False) -> AsyncIterator[Rig]:
    """Start a workspace and a platform; with `down`, nobody answers at first."""
    async with FakeSlack() as slack:
        if down:
            await slack.stop()
        platform = Slack(access(mode, slack.api_url), pace)
        inbox = Inbox()
        server = web.Application()
        server.add_routes(platform.routes(inbox))
        runner = web.AppRunner(server, handle_signals=False, shutdown_timeout=1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        if mode == "http":
            slack.url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
        running = asyncio.create_task(platform.run(inbox))
        set_up = Rig(mode, slack, platform, inbox, running)
        try:
            if not down:
                await set_up.ready()
            yield set_up
        finally:
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running
            await platform.close()
            await runner.cleanup()
