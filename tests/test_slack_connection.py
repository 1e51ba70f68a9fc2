"""Slack, on the wire: connections break, tokens are refused, and everything comes back."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from handlers.chat import (
    Command,
    Reaction,
)
from tests.fakes.slack_rig import Rig, rig
from tests.fakes.slack_world import BOT_USER, broken, dropped


@pytest.fixture(params=["socket", "http"])
async def on(request: pytest.FixtureRequest) -> AsyncIterator[Rig]:
    """Connect the platform to a workspace with one channel and two people."""
    async with rig(request.param) as connected:
        connected.slack.channel("C1", "U1", "U2")
        yield connected


@pytest.mark.parametrize("mode", ["socket", "http"])
async def test_it_starts_while_slack_is_down_and_connects_later(mode: str) -> None:
    async with rig(mode, down=True) as on:
        await asyncio.sleep(0.2)
        assert "cannot be reached" in on.platform.trouble()

        await on.slack.start()
        await on.ready()

        on.slack.channel("C1", "U1")
        await on.slack.command("U1", "C1", "/draft", "Hello")
        assert len(on.inbox.events) == 1


async def test_before_slack_says_who_we_are_commands_are_taken_and_reactions_come_again() -> None:
    async with rig("http", down=True) as on:
        on.slack.channel("C1", "U1")
        said = await on.slack.say("U1", "C1", "Hello")
        on.slack.courier.retry_delays = (0.3,) * 10

        await on.slack.command("U1", "C1", "/draft", "Hello")
        reaction = asyncio.create_task(on.slack.react("U1", said, "+1"))
        await asyncio.sleep(0.1)
        assert [type(event) for event in on.inbox.events] == [Command]
        await on.slack.start()
        delivery = await reaction

        assert delivery is not None
        assert delivery.tries > 1
        assert [type(event) for event in on.inbox.events] == [Command, Reaction]


async def test_a_socket_that_slack_wants_to_renew_is_renewed() -> None:
    async with rig("socket") as on:
        on.slack.channel("C1", "U1")
        before = on.slack.courier.sockets[-1]

        await on.slack.disconnect()

        await on.slack.until(lambda: on.slack.courier.sockets not in ([], [before]))
        await on.slack.command("U1", "C1", "/draft", "Hello")
        assert len(on.inbox.events) == 1
        on.slack.assert_clean()


async def test_a_socket_that_broke_is_opened_again() -> None:
    async with rig("socket") as on:
        on.slack.channel("C1", "U1")
        await on.slack.stop()
        await on.slack.until(lambda: bool(on.platform.trouble()))

        await on.slack.start()
        await on.ready()

        await on.slack.command("U1", "C1", "/draft", "Hello")
        assert len(on.inbox.events) == 1


@pytest.mark.parametrize("fault", [broken(500), broken(503), dropped("before"), dropped("after")])
async def test_a_socket_is_asked_for_until_slack_gives_one(fault: object) -> None:
    async with rig("socket", down=True) as on:
        on.slack.fail("apps.connections.open", fault, times=2)  # type: ignore[arg-type]
        await on.slack.start()

        await on.ready()

        assert len(on.slack.calls("apps.connections.open")) == 3


async def test_a_refused_app_token_is_reported() -> None:
    async with rig("socket", down=True) as on:
        on.slack.world.app_revoked = "invalid_auth"
        await on.slack.start()

        await on.slack.until(lambda: "SLACK_APP_TOKEN (invalid_auth)" in on.platform.trouble())

        on.slack.world.app_revoked = ""
        await on.ready()


@pytest.mark.parametrize("mode", ["socket", "http"])
@pytest.mark.parametrize("code", ["invalid_auth", "token_revoked", "account_inactive"])
async def test_a_refused_bot_token_is_reported_until_it_works(mode: str, code: str) -> None:
    async with rig(mode, down=True) as on:
        on.slack.revoke(code)
        await on.slack.start()
        await on.slack.until(lambda: f"SLACK_BOT_TOKEN ({code})" in on.platform.trouble())

        on.slack.revoke("")
        await on.ready()


async def test_the_end_of_our_access_is_noticed_at_once(on: Rig) -> None:
    on.slack.revoke()

    await on.slack.happen({"type": "tokens_revoked", "tokens": {"bot": [BOT_USER]}})

    assert "SLACK_BOT_TOKEN" in on.platform.trouble()
    on.slack.revoke("")
    await on.ready()
    on.slack.assert_clean()


async def test_stopping_waits_for_what_is_being_stored(on: Rig) -> None:
    on.inbox.delay = 0.3
    typing = asyncio.create_task(on.slack.command("U1", "C1", "/draft", "Hello"))
    await on.slack.until(lambda: bool(on.slack.courier.log))
    await asyncio.sleep(0.1)
    if on.mode == "socket":
        on.running.cancel()

    assert (await typing).acknowledged
    assert len(on.inbox.events) == 1
