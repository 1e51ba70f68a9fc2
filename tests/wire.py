"""The whole bot, as in production, between a Slack and a Telegram that stand in on loopback."""

import asyncio
import contextlib
import shutil
import socket
import tempfile
import weakref
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import aiohttp
import pytest

from bot.app import Bot
from bot.commands.run import from_env
from bot.dispatcher import utc_now
from bot.fetching import Fetcher
from bot.settings import Settings
from storage import office_file
from tests.fakes.slack import FakeSlack
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_chats import Room, Shown
from tests.office import OFFICES

SECRET = "a-secret_of-our-own"
MODES = [("socket", "poll"), ("socket", "webhook"), ("http", "poll"), ("http", "webhook")]


@dataclass
class Wire:
    """The running bot and the two services."""

    slack: FakeSlack
    telegram: FakeTelegram
    database_url: str
    slack_mode: str = "socket"
    telegram_mode: str = "poll"
    offices: str = OFFICES
    offset: timedelta = timedelta(0)  # how far the clock was wound
    port: int = field(default_factory=lambda: free_port())
    folder: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="countersign-")))

    def __post_init__(self) -> None:
        """Take the folder away when nobody needs it any more."""
        weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True)

    @property
    def base(self) -> str:
        """The address of the bot's own server."""
        return f"http://127.0.0.1:{self.port}"

    def environment(self) -> dict[str, str]:
        """Return the settings of the bot."""
        found = {
            **self.slack.environment(self.slack_mode),
            "TELEGRAM_BOT_TOKEN": self.telegram.token,
            "TELEGRAM_API_URL": self.telegram.api_url,
            "DATABASE_URL": self.database_url,
            "HTTP_PORT": str(self.port),
            "DATA_DIR": str(self.folder),
            "MAX_ATTACHMENT_MB": "1",
        }
        if self.telegram_mode == "webhook":
            found["TELEGRAM_WEBHOOK_URL"] = f"{self.base}/telegram/webhook"
            found["TELEGRAM_WEBHOOK_SECRET"] = SECRET
        return found

    def wind_to(self, moment: datetime) -> None:
        """Wind the clock."""
        self.offset = moment - utc_now()

    @asynccontextmanager
    async def running(
        self,
        patch: pytest.MonkeyPatch,
        *,
        ready: bool = True,
        fetcher: Fetcher | None = None,
    ) -> AsyncIterator[Bot]:
        """Run the bot; it is drained at the end."""
        for name, value in self.environment().items():
            patch.setenv(name, value)
        if self.slack_mode == "http":
            self.slack.url = f"{self.base}/slack/events"
        offices = office_file.parse(self.offices)
        bot = Bot(
            Settings(),
            from_env(),
            offices,
            now=lambda: utc_now() + self.offset,
            fetcher=fetcher or Fetcher(),
        )
        task = asyncio.create_task(bot.run())
        try:
            if ready:
                await self.ready()
            yield bot
        finally:
            bot.stop.set()
            await asyncio.wait_for(task, 5)

    async def ready(self) -> None:
        """Wait until the bot says that it is ready."""
        status, body = 0, ""
        async with aiohttp.ClientSession() as session, asyncio.timeout(10):
            while status != 200:
                with contextlib.suppress(aiohttp.ClientError):
                    async with session.get(f"{self.base}/ready") as answer:
                        status, body = answer.status, await answer.text()
                await asyncio.sleep(0.02)
        assert '"ready"' in body


def free_port() -> int:
    """Return a port that nobody uses now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@asynccontextmanager
async def services() -> AsyncIterator[tuple[FakeSlack, FakeTelegram]]:
    """Start both services, with the people of the example office in them."""
    async with FakeSlack() as slack, FakeTelegram() as telegram:
        slack.channel("C0MODS", "U0AMINA", "U0BO", "U0CHEN", "U0SINA", "U0LEE", "U0MALLORY")
        for number, name in ((1001, "amina"), (1003, "chen"), (1004, "dara"), (1666, "mallory")):
            telegram.person(number, name)
        yield slack, telegram


def shown(room: Room, words: str) -> Shown | None:
    """Return the newest message of the bot in a Telegram chat that contains words."""
    return next((each for each in reversed(room.said) if words in each.text), None)


def offering(room: Room, label: str) -> Shown | None:
    """Return the newest message in a Telegram chat that has a button."""
    return next((each for each in reversed(room.said) if label in each.buttons), None)
