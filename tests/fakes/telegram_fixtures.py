"""An office on Telegram, for tests: by long polling and by webhook."""

from collections.abc import AsyncIterator

import pytest

from handlers.chat import Chat, Press, Sender
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_bot import World, connected, running

MODES = ["polling", "webhook"]


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    """The stand-in, which must be clean in the end."""
    async with FakeTelegram() as server:
        yield server
        server.assert_clean()


@pytest.fixture(params=MODES)
def mode(request: pytest.FixtureRequest) -> str:
    """How the bot hears of what people do."""
    return str(request.param)


@pytest.fixture
async def world(telegram: FakeTelegram, mode: str) -> AsyncIterator[World]:
    """Amina, a group, and the bot, connected."""
    amina, group = telegram.person(1001, "Amina"), telegram.group(-1005, "Moderators")
    async with running(telegram, mode) as bot:
        await connected(bot, telegram)
        yield World(telegram, bot, amina, group)
        for query in telegram.queries.values():  # what the dispatcher does in the whole bot
            by, chat = Sender("telegram", str(query.by.id)), Chat("telegram", "1")
            press = Press(by, chat, "1", "approve", reply=f"callback:{query.id}")
            await bot.platform.finish(press, answered=query.is_answered)
