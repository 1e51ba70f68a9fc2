"""Slack, on the wire: a failure says what to do, and a look tells whether a post went through."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.platforms.base import NotSent, Post, Sent, Unclear, Undeliverable
from handlers.chat import message
from tests.fakes.slack_rig import Rig, rig
from tests.fakes.slack_world import Fault, broken, dropped, limited, refused, slow

HELLO = message("Hello")
POST = Post("countersign-1", "C1", HELLO)
NOW = datetime.now(UTC)


@pytest.fixture
async def on() -> AsyncIterator[Rig]:
    """Connect the platform to a workspace with one channel and two people."""
    async with rig("http") as connected:
        connected.slack.channel("C1", "U1", "U2")
        yield connected


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (limited(7), NotSent),
        (refused("service_unavailable"), NotSent),
        (refused("request_timeout"), NotSent),
        (refused("token_revoked"), NotSent),
        (refused("missing_scope"), NotSent),
        (broken(503), NotSent),
        (Fault(status=403), NotSent),
        (broken(500), Unclear),
        (broken(502), Unclear),
        (refused("fatal_error"), Unclear),
        (refused("internal_error"), Unclear),
        (Fault(status=200, retry_after=0), Unclear),
        (dropped("before"), Unclear),
        (dropped("after"), Unclear),
        (slow(1.3), Unclear),
        (refused("channel_not_found"), Undeliverable),
        (refused("not_in_channel"), Undeliverable),
        (refused("is_archived"), Undeliverable),
        (refused("msg_too_long"), Undeliverable),
        (refused("invalid_blocks"), Undeliverable),
        (refused("invented_yesterday"), Undeliverable),
    ],
)
async def test_a_failure_says_whether_to_try_again(
    on: Rig, fault: Fault, kind: type[Exception]
) -> None:
    on.slack.fail("chat.postMessage", fault)

    with pytest.raises(kind):
        await on.platform.send(POST)

    assert len(on.slack.calls("chat.postMessage")) == 1  # the library repeats nothing
    on.slack.assert_clean()


@pytest.mark.parametrize(("seconds", "wait"), [(7, 7), (0, 0), (3600, 3600)])
async def test_slack_says_how_long_to_wait(on: Rig, seconds: int, wait: int) -> None:
    on.slack.fail("chat.postMessage", limited(seconds))

    with pytest.raises(NotSent) as caught:
        await on.platform.send(POST)
    assert caught.value.wait == timedelta(seconds=wait)


async def test_while_slack_is_down_nothing_was_sent(on: Rig) -> None:
    await on.slack.stop()
    await asyncio.sleep(0.05)  # the end of idle connections is noticed

    with pytest.raises(NotSent):
        await on.platform.send(POST)
    with pytest.raises(NotSent):
        await on.platform.edit("C1", "1.2", HELLO)
    with pytest.raises(NotSent):
        await on.platform.find(POST)


async def test_a_channel_that_is_gone_is_explained(on: Rig) -> None:
    on.slack.delete_channel("C1")

    with pytest.raises(Undeliverable, match=r"there is no such channel.*\(channel_not_found\)"):
        await on.platform.send(POST)


async def test_a_revoked_token_is_reported_and_messages_wait(on: Rig) -> None:
    on.slack.revoke()

    with pytest.raises(NotSent) as caught:
        await on.platform.send(POST)
    assert caught.value.wait == timedelta(seconds=30)
    assert "SLACK_BOT_TOKEN (token_revoked)" in on.platform.trouble()
    assert "xoxb" not in on.platform.trouble()

    on.slack.revoke("")
    await on.platform.send(POST)
    assert on.platform.trouble() == ""


async def test_a_missing_scope_is_named_until_it_is_there(on: Rig) -> None:
    on.slack.world.scopes.discard("chat:write")
    with pytest.raises(NotSent):
        await on.platform.send(POST)

    assert await on.platform.find(POST) is None  # another method, with its own scope
    assert "chat.postMessage: add the scope chat:write" in on.platform.trouble()

    on.slack.world.scopes.add("chat:write")
    await on.platform.send(POST)
    assert on.platform.trouble() == ""


# Looking whether a post went through


@pytest.mark.parametrize(
    ("moment", "there"), [("before", False), ("after", True)], ids=["before", "after"]
)
@pytest.mark.parametrize("chat", ["C1", "U1"])
async def test_after_a_lost_answer_the_key_tells(
    on: Rig, chat: str, moment: str, there: bool
) -> None:
    post = Post("countersign-1", chat, HELLO, since=NOW)
    on.slack.fail("chat.postMessage", dropped(moment))
    with pytest.raises(Unclear):
        await on.platform.send(post)

    found = await on.platform.find(post)

    said = on.slack.messages(chat)
    assert found == (Sent(said[0].channel, said[0].ts) if there else None)
    assert len(said) == (1 if there else 0)
    on.slack.assert_clean()


async def test_a_reply_is_found_in_its_thread_and_nowhere_else(on: Rig) -> None:
    card = await on.platform.send(POST)
    reply = replace(POST, key="k2", under=card.message)

    assert await on.platform.find(reply) is None
    sent = await on.platform.send(reply)

    assert await on.platform.find(reply) == sent
    assert await on.platform.find(replace(reply, under="")) is None


@pytest.mark.parametrize("later", [0, 99, 100, 250])
async def test_a_post_is_found_behind_many_others(on: Rig, later: int) -> None:
    sent = await on.platform.send(POST)
    for number in range(later):
        await on.slack.say("U1", "C1", f"message {number}")

    assert await on.platform.find(replace(POST, since=NOW)) == sent
    assert await on.platform.find(replace(POST, key="another")) is None
    assert await on.platform.find(replace(POST, since=NOW + timedelta(hours=1))) is None


async def test_a_key_that_somebody_else_copied_proves_nothing(on: Rig) -> None:
    said = await on.slack.say("U1", "C1", "Hello")
    said.metadata = {"event_type": "countersign", "event_payload": {"key": POST.key}}

    assert await on.platform.find(POST) is None


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (limited(3), NotSent),
        (broken(500), NotSent),
        (dropped("before"), NotSent),
        (refused("token_revoked"), NotSent),
        (refused("channel_not_found"), LookupError),
        (refused("invalid_ts_oldest"), LookupError),
    ],
)
async def test_a_look_up_that_fails_for_now_is_put_off(
    on: Rig, fault: Fault, kind: type[Exception]
) -> None:
    on.slack.fail("conversations.history", fault, times=2)  # reading may be repeated at once

    with pytest.raises(kind):
        await on.platform.find(POST)


@pytest.mark.parametrize("reply", ["", "url:https://hooks.slack.com/x"])
async def test_what_only_one_person_saw_cannot_be_found(on: Rig, reply: str) -> None:
    with pytest.raises(LookupError):
        await on.platform.find(replace(POST, to="U1", via=reply))


async def test_a_private_answer_in_direct_messages_is_found(on: Rig) -> None:
    post = Post("k", "U1", HELLO, to="U1")
    sent = await on.platform.send(post)

    assert await on.platform.find(post) == sent
