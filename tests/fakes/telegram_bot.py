"""The Telegram platform at work against the stand-in, with a list for a database."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web
from pydantic import SecretStr

from bot.platforms.base import Post
from bot.platforms.telegram import Patience, Telegram, TelegramSettings
from handlers.chat import Button, Event, Message, line
from tests.fakes.telegram import FakeTelegram, Person, Room, Shown

QUICK = Patience(answer=0.4, poll=1, first=0.02, longest=0.05, refused=0.05)
SECRET = "a-secret_1"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
CARD = Message((line("Draft 7"),), (Button("✅ Approve", "approve", "7.1"),))


@dataclass
class Inbox:
    """Keeps what people do, each event once, unless it is told to fail."""

    events: list[Event] = field(default_factory=list)
    failures: int = 0  # how many of the next events cannot be stored
    refused: list[str] = field(default_factory=list)
    repeats: int = 0
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def accept(self, event: Event) -> bool:
        """Store an event."""
        await asyncio.sleep(0)
        if self.failures:
            self.failures -= 1
            self.refused.append(event.id)
            raise ConnectionError("the database does not answer")
        if event.id in {each.id for each in self.events}:
            self.repeats += 1
            return False
        self.events.append(event)
        return True

    @asynccontextmanager
    async def alone(self, name: str) -> AsyncIterator[None]:
        """Let one in at a time."""
        async with self.turn:
            yield


@dataclass
class Running:
    """A platform, running."""

    platform: Telegram
    inbox: Inbox
    task: asyncio.Task[None]
    url: str
    is_webhook: bool

    async def stop(self) -> None:
        """Stop it as SIGTERM would."""
        self.task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self.task


@asynccontextmanager
async def running(
    telegram: FakeTelegram, mode: str = "polling", inbox: Inbox | None = None
) -> AsyncIterator[Running]:
    """Start the platform, and serve its webhook if it has one."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/telegram/webhook"
        platform = Telegram(settings(telegram, url if mode == "webhook" else None), QUICK)
        inbox = inbox or Inbox()
        app = web.Application()
        app.add_routes(platform.routes(inbox))
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.05)
        await runner.setup()
        await web.SockSite(runner, listener).start()
        bot = Running(
            platform, inbox, asyncio.create_task(platform.run(inbox)), url, mode == "webhook"
        )
        try:
            yield bot
        finally:
            await bot.stop()
            await runner.cleanup()
            await platform.close()


def settings(telegram: FakeTelegram, webhook: str | None = None) -> TelegramSettings:
    """Write the settings that lead to the stand-in."""
    return TelegramSettings(
        _env_file=None,
        bot_token=SecretStr(telegram.token),
        api_url=telegram.api_url,
        webhook_url=webhook,
        webhook_secret=SecretStr(SECRET) if webhook else None,
    )


@dataclass
class World:
    """An office on Telegram, and the bot among it."""

    telegram: FakeTelegram
    bot: Running
    amina: Person
    group: Room

    @property
    def events(self) -> list[Event]:
        return self.bot.inbox.events

    async def heard(self, count: int = 1) -> list[Event]:
        """Wait until so many events are stored, and for any that should not be."""
        await self.telegram.until(lambda: len(self.events) >= count)
        await self.telegram.until(lambda: not self.telegram.updates.waiting)
        return self.events

    async def card(self) -> Shown:
        """Post a card in the group."""
        await self.bot.platform.send(Post("k", str(self.group.id), CARD))
        return self.group.last


async def connected(bot: Running, telegram: FakeTelegram) -> None:
    """Wait until the bot listens."""
    await telegram.until(lambda: "message_reaction" in telegram.updates.allowed)
    await telegram.until(lambda: not bot.platform.trouble())
