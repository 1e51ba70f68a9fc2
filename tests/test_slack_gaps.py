"""Slack: what it, or a stand-in for it, may leave out or answer otherwise does no harm."""

import asyncio
import copy
from collections.abc import AsyncIterator
from dataclasses import replace

import aiohttp
import pytest

from bot.platforms.base import Post, Sent, Undeliverable
from bot.platforms.slack.reading import read
from handlers.chat import Chat, Press, message
from tests.fakes.slack_rig import Rig, rig
from tests.fakes.slack_world import Json, refused

HELLO = message("Hello")
COMMAND: Json = {
    "command": "/queue",
    "text": "",
    "user_id": "U1",
    "channel_id": "C1",
    "trigger_id": "1.2.3",
    "response_url": "https://hooks.slack.com/1",
}
PRESS: Json = {
    "type": "block_actions",
    "user": {"id": "U1"},
    "trigger_id": "1.2.3",
    "response_url": "https://hooks.slack.com/1",
    "channel": {"id": "C1"},
    "container": {"message_ts": "1.2", "channel_id": "C1"},
    "actions": [{"action_id": "approve", "value": "7.1", "action_ts": "9.9"}],
}
FORM: Json = {
    "type": "view_submission",
    "user": {"id": "U1"},
    "view": {
        "id": "V1",
        "callback_id": "draft",
        "private_metadata": '{"chat": "C1", "context": "1"}',
        "state": {"values": {"text": {"text": {"type": "plain_text_input", "value": "a"}}}},
    },
}
EVENT: Json = {
    "type": "event_callback",
    "event": {
        "type": "reaction_added",
        "user": "U1",
        "reaction": "+1",
        "item": {"type": "message", "channel": "C1", "ts": "1.2"},
        "event_ts": "9.9",
    },
}


@pytest.fixture
async def on() -> AsyncIterator[Rig]:
    """Connect the platform to a workspace with one channel and two people."""
    async with rig("http") as connected:
        connected.slack.channel("C1", "U1", "U2")
        yield connected


def known_as(payload: Json) -> str:
    """Return the name under which an act is known again."""
    event = read(payload)
    assert event is not None
    return event.id


def changed(payload: Json, path: str, value: object) -> Json:
    """Return a payload with another value in one place."""
    made = copy.deepcopy(payload)
    *way, last = path.split(".")
    place = made
    for step in way:
        place = place[int(step)] if step.isdecimal() else place[step]
    place[last] = value
    return made


@pytest.mark.parametrize("payload", [COMMAND, PRESS, FORM, EVENT])
def test_a_repeated_delivery_is_known_again(payload: Json) -> None:
    assert known_as(payload) == known_as(copy.deepcopy(payload))


@pytest.mark.parametrize(
    ("payload", "path", "value"),
    [
        (COMMAND, "trigger_id", "2"),
        (COMMAND, "response_url", "https://hooks.slack.com/2"),
        (COMMAND, "text", "b"),
        (PRESS, "trigger_id", "2"),
        (PRESS, "response_url", "https://hooks.slack.com/2"),
        (PRESS, "actions.0.action_ts", "10.0"),
        (PRESS, "actions.0.action_id", "reject"),
        (PRESS, "actions.0.value", "8.1"),
        (FORM, "view.id", "V2"),
        (FORM, "view.private_metadata", '{"chat": "C1", "context": "2"}'),
        (FORM, "view.state.values.text.text.value", "b"),
        (EVENT, "event.event_ts", "10.0"),
        (EVENT, "event.reaction", "x"),
    ],
)
def test_another_act_is_not_taken_for_a_repetition(payload: Json, path: str, value: str) -> None:
    assert known_as(payload) != known_as(changed(payload, path, value))


def test_a_command_without_any_mark_is_always_a_new_one() -> None:
    bare = {name: COMMAND[name] for name in ("command", "text", "user_id", "channel_id")}

    assert known_as(bare) != known_as(bare)


@pytest.mark.parametrize(
    ("lacking", "chat", "stands_at"),
    [
        ({"container": None}, "C1", ""),
        ({"container": None, "message": {"ts": "1.2"}}, "C1", "1.2"),
        ({"channel": None}, "C1", "1.2"),
        ({"channel": None, "container": None}, "U1", ""),
    ],
)
def test_a_press_counts_wherever_slack_says_it_was(
    lacking: Json, chat: str, stands_at: str
) -> None:
    press = read(PRESS | lacking)

    assert isinstance(press, Press)
    assert (press.chat, press.message) == (Chat("slack", chat), stands_at)
    assert (press.action, press.value) == ("approve", "7.1")


async def test_an_answer_that_does_not_name_the_channel_was_an_answer(
    on: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = on.slack.api.methods["chat.postMessage"]
    monkeypatch.setitem(
        on.slack.api.methods, "chat.postMessage", lambda args: {"ts": post(args)["ts"]}
    )

    sent = await on.platform.send(Post("k", "C1", HELLO))

    (said,) = on.slack.messages("C1")
    assert sent == Sent("C1", said.ts)


async def test_a_persons_direct_messages_are_opened_where_their_id_does_not_stand_for_them(
    on: Rig,
) -> None:
    on.slack.fail("chat.postMessage", refused("channel_not_found"))

    sent = await on.platform.send(Post("k", "U1", HELLO))

    (said,) = on.slack.messages("U1")
    assert sent == Sent(on.slack.world.direct("U1").id, said.ts)


async def test_a_channel_that_is_gone_is_not_opened(on: Rig) -> None:
    with pytest.raises(Undeliverable, match="no such channel"):
        await on.platform.send(replace(Post("k", "C1", HELLO), chat="C404"))

    assert on.slack.calls("conversations.open") == []


async def test_bytes_that_are_no_text_are_not_signed_by_slack(on: Rig) -> None:
    headers = {"X-Slack-Request-Timestamp": "1", "X-Slack-Signature": "v0=0"}
    async with (
        asyncio.timeout(5),
        aiohttp.ClientSession() as session,
        session.post(on.slack.url, data=b"\xff\xfe", headers=headers) as answer,
    ):
        assert answer.status == 401


async def test_the_doctor_does_not_miss_permissions_that_slack_does_not_name(on: Rig) -> None:
    on.slack.world.scopes.clear()
    on.platform.calls.scopes = frozenset()

    found = await on.platform.examine([])

    assert [each.advice for each in found if "permissions" in each.what] == []
