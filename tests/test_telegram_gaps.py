"""Telegram: what it, or a stand-in for it, may leave out or not know does no harm."""

import asyncio
from typing import Any

import aiohttp
import pytest
from telegram import Bot, Update

from bot.platforms.base import Post, Sent
from bot.platforms.telegram.gaps import filled
from bot.platforms.telegram.updates import events
from handlers.chat import Chat, Command, Kind, Press, Reaction, message
from tests.fakes.telegram import FakeTelegram, Fault
from tests.fakes.telegram_bot import HEADER, SECRET, World, connected, running
from tests.fakes.telegram_methods import METHODS

pytest_plugins = ("tests.fakes.telegram_fixtures",)

AMINA = {"id": 1001}
PRIVATE = Chat("telegram", "1001")


def heard(**update: object) -> list[Any]:
    """Return the events of an update that says only what it must."""
    told = Update.de_json(filled({"update_id": 3, **update}), Bot("1:x"))
    return list(events(told, "countersign_bot"))


def test_a_message_needs_a_sender_a_chat_and_a_text() -> None:
    (found,) = heard(message={"from": AMINA, "chat": {"id": 1001}, "text": "/draft x"})

    assert isinstance(found, Command)
    assert (found.by.user, found.by.kind, found.chat) == ("1001", Kind.PERSON, PRIVATE)
    assert (found.name, found.text) == ("draft", "x")


def test_a_group_is_known_by_its_number() -> None:
    assert heard(message={"from": AMINA, "chat": {"id": -5}, "text": "hello"}) == []


def test_a_quoted_message_needs_a_text_only() -> None:
    quoted = {"text": "The road", "chat": {"id": 1001}}
    (found,) = heard(
        message={
            "from": AMINA,
            "chat": {"id": 1001},
            "text": "/draft",
            "reply_to_message": quoted,
        }
    )
    assert isinstance(found, Command)
    assert found.quoted == "The road"


def test_a_press_needs_a_sender_a_message_and_its_data() -> None:
    shown = {"message_id": 9, "chat": {"id": 1001}}
    (found,) = heard(
        callback_query={"id": "q", "from": AMINA, "message": shown, "data": "approve:7.1"}
    )
    assert isinstance(found, Press)
    assert (found.chat, found.message, found.action, found.value) == (
        PRIVATE,
        "9",
        "approve",
        "7.1",
    )


def test_a_reaction_needs_no_date_and_no_former_one() -> None:
    thumb = {"type": "emoji", "emoji": "👍"}
    (found,) = heard(
        message_reaction={
            "chat": {"id": -5},
            "message_id": 9,
            "user": AMINA,
            "new_reaction": [thumb],
        }
    )
    assert isinstance(found, Reaction)
    assert (found.message, found.emoji, found.added) == ("9", "👍", True)


@pytest.mark.parametrize("lacking", ["date", "from", "text"])
async def test_an_answer_with_gaps_was_an_answer(
    world: World, monkeypatch: pytest.MonkeyPatch, lacking: str
) -> None:
    send = METHODS["sendMessage"]

    def sparse(telegram: FakeTelegram, params: dict[str, Any]) -> Any:
        return {k: v for k, v in send(telegram, params).items() if k != lacking}

    monkeypatch.setitem(METHODS, "sendMessage", sparse)
    monkeypatch.setattr(world.telegram, "_is_invalid", True)

    sent = await world.bot.platform.send(Post("k", str(world.amina.id), message("Hello")))

    assert sent == Sent(str(world.amina.id), str(world.amina.chat.last.id))


async def test_deliveries_are_taken_by_a_bot_without_a_name(
    telegram: FakeTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(METHODS, "getMe", lambda *_: {"id": 700})
    monkeypatch.setattr(telegram, "_is_invalid", True)
    said = {"from": AMINA, "chat": {"id": 1001}, "text": "/me"}
    async with running(telegram, "webhook") as bot:
        await connected(bot, telegram)
        async with (
            aiohttp.ClientSession(headers={HEADER: SECRET}) as session,
            session.post(bot.url, json={"update_id": 3, "message": said}) as answer,
        ):
            assert answer.status == 200
        assert [event.id for event in bot.inbox.events] == ["3"]


async def test_polling_begins_where_nobody_knows_of_webhooks(telegram: FakeTelegram) -> None:
    telegram.fails_until_healed("deleteWebhook", Fault(404, "Not Found"))
    async with running(telegram) as bot:
        await connected(bot, telegram)
        telegram.person(1001, "Amina").says("/me")
        await telegram.until(lambda: bot.inbox.events)


async def test_a_telegram_that_never_waits_is_not_asked_without_pause(
    telegram: FakeTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(telegram) as bot:
        await connected(bot, telegram)

        async def at_once(params: dict[str, Any]) -> list[Any]:
            return []

        monkeypatch.setattr(telegram, "_updates", at_once)
        telegram.person(1001, "Amina").says("/me")  # ends the poll that waits
        await telegram.until(lambda: bot.inbox.events)
        before = len(telegram.called("getUpdates"))
        await asyncio.sleep(1)
        assert len(telegram.called("getUpdates")) - before <= 10
