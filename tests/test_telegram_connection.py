"""Connecting to Telegram and staying connected: polling and webhook, over the wire."""

import asyncio
import io
import time

import aiohttp
import pytest

from bot.platforms.base import NotSent, Post
from handlers.chat import message
from tests.fakes.telegram import FakeTelegram, Fault, broken, dropped, slow, too_many
from tests.fakes.telegram_bot import HEADER, SECRET, Inbox, World, connected, running

pytest_plugins = ("tests.fakes.telegram_fixtures",)


async def test_the_bot_starts_while_telegram_is_down(telegram: FakeTelegram, mode: str):
    await telegram.goes_down()
    async with running(telegram, mode) as bot:
        await telegram.until(lambda: "ConnectError" in bot.platform.trouble())
        await telegram.comes_up()
        await connected(bot, telegram)


@pytest.mark.parametrize(
    "fault",
    [broken(500), broken(502), dropped(), slow(0.6), too_many(1), Fault(garbage=True)],
    ids=["500", "502", "dropped", "slow", "429", "garbage"],
)
async def test_the_bot_starts_however_telegram_stumbles(
    telegram: FakeTelegram, mode: str, fault: Fault
):
    for method in ("getMe", "deleteWebhook", "setWebhook", "getUpdates"):
        telegram.fails(method, fault)
    amina = telegram.person(1001, "Amina")
    async with running(telegram, mode) as bot:
        await connected(bot, telegram)
        amina.says("/me")
        await telegram.until(lambda: bot.inbox.events)


async def test_a_revoked_token_is_named_and_forgiven(world: World):
    world.telegram.is_revoked = True
    if world.bot.is_webhook:  # deliveries go on, so only speaking shows it
        with pytest.raises(NotSent, match="TELEGRAM_BOT_TOKEN"):
            await world.card()
    await world.telegram.until(lambda: "TELEGRAM_BOT_TOKEN" in world.bot.platform.trouble())
    assert world.telegram.token not in world.bot.platform.trouble()

    world.telegram.is_revoked = False
    if world.bot.is_webhook:
        await world.card()
    await world.telegram.until(lambda: not world.bot.platform.trouble())


async def test_a_token_that_is_refused_once_is_trouble_until_a_call_succeeds(world: World):
    world.telegram.fails("sendMessage", Fault(401, "Unauthorized"))
    with pytest.raises(NotSent):
        await world.card()
    assert "TELEGRAM_BOT_TOKEN" in world.bot.platform.trouble()
    if world.bot.is_webhook:
        await world.card()
    await world.telegram.until(lambda: not world.bot.platform.trouble())


async def test_a_wrong_token_is_trouble_from_the_start(telegram: FakeTelegram, mode: str):
    telegram.is_revoked = True
    async with running(telegram, mode) as bot:
        await telegram.until(lambda: "TELEGRAM_BOT_TOKEN" in bot.platform.trouble())


async def test_what_waits_since_before_the_start_is_heard(telegram: FakeTelegram, mode: str):
    telegram.updates.webhook = "http://127.0.0.1:1/old" if mode == "polling" else ""
    telegram.person(1001, "Amina").says("/me")
    async with running(telegram, mode) as bot:
        await telegram.until(lambda: bot.inbox.events)


async def test_stopping_takes_less_than_a_second_and_leaves_the_webhook(world: World):
    await asyncio.sleep(0.05)  # let the long poll begin
    began = time.monotonic()
    await world.bot.stop()
    assert time.monotonic() - began < 0.5
    assert bool(world.telegram.updates.webhook) == world.bot.is_webhook


async def test_what_people_do_while_the_bot_is_away_is_heard_later(telegram: FakeTelegram):
    amina = telegram.person(1001, "Amina")
    async with running(telegram) as bot:
        await connected(bot, telegram)
    amina.says("/me")
    async with running(telegram) as bot:
        await telegram.until(lambda: bot.inbox.events)


async def test_what_was_stored_but_not_confirmed_comes_again(telegram: FakeTelegram):
    amina, inbox = telegram.person(1001, "Amina"), Inbox()
    async with running(telegram, "polling", inbox) as bot:
        await connected(bot, telegram)
        inbox.failures = 1_000_000
        amina.says("/me")
        await telegram.until(lambda: inbox.refused)
    inbox.failures = 0
    async with running(telegram, "polling", inbox):
        await telegram.until(lambda: inbox.events)
        await telegram.until(lambda: not telegram.updates.waiting)


async def test_ids_may_start_anywhere_after_a_quiet_week(telegram: FakeTelegram):
    amina = telegram.person(1001, "Amina")
    async with running(telegram) as bot:
        await connected(bot, telegram)
        amina.says("/me")
        await telegram.until(lambda: not telegram.updates.waiting)
        await telegram.until(lambda: "offset" not in telegram.called("getUpdates")[-1])
        telegram.updates.restart_numbers(5)
        amina.says("/me")
        await telegram.until(lambda: len(bot.inbox.events) == 2)


async def test_another_reader_of_the_same_bot_is_named(telegram: FakeTelegram):
    async with running(telegram) as one, running(telegram) as two:
        found = [one.platform, two.platform]
        await telegram.until(lambda: any("another program" in each.trouble() for each in found))


async def test_only_one_replica_polls_and_the_next_takes_over(telegram: FakeTelegram):
    amina, inbox = telegram.person(1001, "Amina"), Inbox()
    async with running(telegram, "polling", inbox) as one:
        await connected(one, telegram)
        async with running(telegram, "polling", inbox) as two:
            await telegram.until(lambda: not two.platform.trouble())
            amina.says("/me")
            await telegram.until(lambda: len(inbox.events) == 1)
            await one.stop()
            amina.says("/me")
            await telegram.until(lambda: len(inbox.events) == 2)
            assert (one.platform.trouble(), two.platform.trouble()) == ("", "")


async def test_the_menu_of_commands_is_set_for_each_place(telegram: FakeTelegram, mode: str):
    telegram.group(-1005, "Moderators")
    async with running(telegram, mode) as bot:
        bot.platform.menu(
            {
                "default": [("help", "Show what I can do")],
                "private": [("draft", "Submit a draft"), ("cancel", "End the questions")],
                "groups": [("help", "Show what I can do")],
                "-1005": [("queue", "Show what waits")],
            }
        )
        await telegram.until(lambda: len(telegram.commands) == 4)
    assert telegram.commands["all_private_chats"] == {
        "draft": "Submit a draft",
        "cancel": "End the questions",
    }
    assert telegram.commands["-1005"] == {"queue": "Show what waits"}


async def test_the_bot_works_without_a_menu(telegram: FakeTelegram, mode: str):
    async with running(telegram, mode) as bot:
        bot.platform.menu({"-99": [("queue", "There is no such chat")], "default": [("me", "Me")]})
        await connected(bot, telegram)


async def post(url: str, body: bytes, headers: dict[str, str]) -> int:
    async with (
        aiohttp.ClientSession() as session,
        session.post(url, data=io.BytesIO(body), headers=headers) as answer,
    ):
        return answer.status


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        ({}, b'{"update_id": 5}', 401),
        ({HEADER: ""}, b'{"update_id": 5}', 403),
        ({HEADER: "wrong"}, b'{"update_id": 5}', 403),
        ({HEADER: f"{SECRET}x"}, b'{"update_id": 5}', 403),
        ({HEADER: SECRET.upper()}, b'{"update_id": 5}', 403),
        ({HEADER: "g\u00e9"}, b'{"update_id": 5}', 403),
        ({HEADER: "g\udce9"}, b'{"update_id": 5}', 403),
        ({HEADER: SECRET}, b"{", 400),
        ({HEADER: SECRET}, b"\xff\xfe", 400),
        ({HEADER: SECRET}, b"[" * 100_000, 400),
        ({HEADER: SECRET}, b"[]", 400),
        ({HEADER: SECRET}, b'{"update_id": "5"}', 400),
        ({HEADER: SECRET}, b'{"x": "' + b"x" * 2_000_000 + b'"}', 413),
        ({HEADER: SECRET}, b'{"update_id": 5}', 200),
        ({HEADER: SECRET}, b'{"update_id": 5, "message": {}}', 200),
    ],
)
async def test_a_delivery_is_refused_unless_it_is_telegrams(
    telegram: FakeTelegram, headers: dict[str, str], body: bytes, status: int
):
    async with running(telegram, "webhook") as bot:
        await connected(bot, telegram)
        assert await post(bot.url, body, headers) == status
        assert bot.inbox.events == []


async def test_a_delivery_before_telegram_answered_is_repeated(telegram: FakeTelegram):
    telegram.fails_until_healed("getMe", broken())
    async with running(telegram, "webhook") as bot:
        assert await post(bot.url, b'{"update_id": 5}', {HEADER: SECRET}) == 503


async def test_polling_answers_nothing_on_the_webhook_address(telegram: FakeTelegram):
    async with running(telegram, "polling") as bot:
        assert await post(bot.url, b"{}", {HEADER: SECRET}) == 404


async def test_logs_hold_ids_and_neither_words_nor_the_token(
    world: World, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
):
    caplog.set_level("DEBUG")
    world.telegram.injects("message", {"text": "embargoed", "chat": 1}, is_valid=False)
    world.bot.inbox.failures = 1
    world.amina.says("/draft embargoed")
    await world.heard()
    await world.bot.platform.send(Post("k", "1001", message("embargoed")))

    logged = caplog.text + "".join(capfd.readouterr())
    assert str(world.telegram.updates.history[-1]["update_id"]) in logged
    assert "embargoed" not in logged
    assert world.telegram.token not in logged


async def test_the_doctor_finds_a_good_set_up_good(world: World):
    found = await world.bot.platform.examine([str(world.group.id)])
    assert [each.advice for each in found] == [""] * (3 if world.bot.is_webhook else 2)


@pytest.mark.parametrize(
    ("status", "advice"), [("member", "not an administrator"), ("kicked", "not in this group")]
)
async def test_the_doctor_names_missing_rights(world: World, status: str, advice: str):
    world.group.bot_status = status
    found = await world.bot.platform.examine(["-1005", "-99"])
    assert advice in found[-2].advice
    assert "not in this group" in found[-1].advice


async def test_the_doctor_names_a_group_that_moved_and_a_refused_token(world: World):
    world.telegram.upgrade(world.group, world.amina)
    assert "-1001005" in (await world.bot.platform.examine(["-1005"]))[-1].advice
    world.telegram.is_revoked = True
    (found,) = await world.bot.platform.examine(["-1005"])
    assert "TELEGRAM_BOT_TOKEN" in found.advice


async def test_the_doctor_names_a_webhook_that_leads_elsewhere(telegram: FakeTelegram):
    async with running(telegram, "webhook") as bot:
        await connected(bot, telegram)
        telegram.updates.webhook = "http://127.0.0.1:1/other"
        assert "another address" in (await bot.platform.examine([]))[-1].advice
        telegram.updates.webhook = bot.url
        bot.inbox.failures = 1000
        telegram.person(1001, "Amina").says("/me")
        await telegram.until(lambda: telegram.updates.last_error)
        assert "Wrong response: 500" in (await bot.platform.examine([]))[-1].advice
        bot.inbox.failures = 0
