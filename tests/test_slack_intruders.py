"""Slack, on the wire: forgeries are refused; what nobody can read is taken and kept out of logs."""

import io
import json
import logging
import time
from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.platforms.base import Post
from handlers.chat import (
    message,
)
from tests.fakes.slack import SECRET
from tests.fakes.slack_delivery import Delivery, Sort, signed
from tests.fakes.slack_rig import Rig, rig


@pytest.fixture(params=["socket", "http"])
async def on(request: pytest.FixtureRequest) -> AsyncIterator[Rig]:
    """Connect the platform to a workspace with one channel and two people."""
    async with rig(request.param) as connected:
        connected.slack.channel("C1", "U1", "U2")
        yield connected


@pytest.fixture
async def http() -> AsyncIterator[Rig]:
    """Connect the platform in HTTP mode."""
    async with rig("http") as connected:
        connected.slack.channel("C1", "U1", "U2")
        yield connected


@pytest.mark.parametrize(
    "payload",
    [
        {"type": "block_actions", "user": {"id": "U1"}, "actions": [{"value": "secret words"}]},
        {"type": "block_actions", "user": "U1", "actions": []},
        {"type": "block_actions", "actions": "secret words"},
        {"type": "view_submission", "view": {"callback_id": "draft", "private_metadata": "secret"}},
        {"type": "view_submission", "view": "secret words"},
        {"type": "message_action", "callback_id": "draft", "message": "secret words"},
        {"type": "invented_yesterday", "text": "secret words"},
        {"type": "event_callback", "event": {"type": "reaction_added", "user": {"secret": 1}}},
        {"type": "event_callback", "event": {"type": "invented_yesterday", "text": "secret words"}},
    ],
)
async def test_a_payload_that_nobody_can_read_is_taken_and_logged_without_its_words(
    on: Rig,
    payload: dict[str, object],
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    sort = Sort.EVENT if payload["type"] == "event_callback" else Sort.INTERACTION

    delivery = await on.slack.courier.deliver(Delivery(sort, dict(payload)))

    assert delivery.tries == 1
    assert delivery.acknowledged
    assert on.inbox.events == []
    out = capsys.readouterr()
    assert "secret" not in caplog.text + out.out + out.err
    await on.slack.command("U1", "C1", "/draft", "still here")
    assert len(on.inbox.events) == 1


@pytest.mark.parametrize("mode", ["socket", "http"])
async def test_no_log_holds_anybodys_words_or_a_token(
    mode: str, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    async with rig(mode) as on:
        on.slack.channel("C1", "U1")
        await on.slack.command("U1", "C1", "/draft", "embargoed")
        await on.platform.send(Post("k", "C1", message("embargoed"), to="U1"))
        await on.slack.write("U1", "embargoed")
        on.inbox.failures = 1
        on.slack.courier.patience = 0.3
        await on.slack.command("U1", "C1", "/draft", "embargoed")
        on.slack.courier.secret = "another"
        await on.slack.command("U1", "C1", "/draft", "embargoed")

    out = capsys.readouterr()
    logged = caplog.text + out.out + out.err
    assert "slack event not stored" in logged
    assert not any(secret in logged for secret in ("embargoed", "xoxb-", "xapp-", SECRET))


async def test_broken_envelopes_do_not_break_the_socket() -> None:
    async with rig("socket") as on:
        on.slack.channel("C1", "U1")
        (socket,) = on.slack.courier.sockets
        for text in ("{", "[]", "null", '{"type": "events_api"}', "hello"):
            await socket.send_str(text)
        await socket.send_json({"type": "slash_commands", "envelope_id": "e1", "payload": ["x"]})
        await socket.send_json({"type": "slash_commands", "envelope_id": "e2", "payload": "x"})

        await on.slack.command("U1", "C1", "/draft", "still here")

        assert len(on.inbox.events) == 1
        assert len(on.slack.courier.sockets) == 1


async def post(on: Rig, body: str, headers: dict[str, str]) -> int:
    async with (
        aiohttp.ClientSession() as session,
        session.post(on.slack.url, data=io.BytesIO(body.encode()), headers=headers) as answer,
    ):
        return answer.status


COMMAND = "command=%2Fdraft&text=x&user_id=U1&channel_id=C1&trigger_id=1"


@pytest.mark.parametrize(
    ("secret", "body", "changes", "status"),
    [
        (SECRET, COMMAND, {}, 200),
        ("another secret", COMMAND, {}, 401),
        (SECRET, COMMAND + "&", {}, 401),
        (SECRET, COMMAND, {"X-Slack-Signature": ""}, 401),
        (SECRET, COMMAND, {"X-Slack-Request-Timestamp": "soon"}, 401),
        (SECRET, COMMAND, {"X-Slack-Request-Timestamp": ""}, 401),
        (SECRET, COMMAND, {"X-Slack-Signature": "", "X-Slack-Request-Timestamp": ""}, 401),
    ],
)
async def test_only_slack_is_heard(
    http: Rig, secret: str, body: str, changes: dict[str, str], status: int
) -> None:
    headers = signed(secret, body) | changes  # now: a signature is good for five minutes
    headers |= {"Content-Type": "application/x-www-form-urlencoded"}

    assert await post(http, COMMAND, headers) == status

    assert len(http.inbox.events) == (1 if status == 200 else 0)


@pytest.mark.parametrize(("age", "status"), [(0, 200), (290, 200), (310, 401), (86_400, 401)])
async def test_an_old_request_is_refused(http: Rig, age: float, status: int) -> None:
    headers = signed(SECRET, COMMAND, at=time.time() - age)
    headers["Content-Type"] = "application/x-www-form-urlencoded"

    assert await post(http, COMMAND, headers) == status


@pytest.mark.parametrize("body", ["{", "[1]", "null", '{"a":' * 5000, "payload=%7B", "\x00"])
async def test_signed_nonsense_is_survived(http: Rig, body: str) -> None:
    headers = signed(SECRET, body) | {"Content-Type": "application/json"}

    assert await post(http, body, headers) == 200

    await http.slack.command("U1", "C1", "/draft", "still here")
    assert len(http.inbox.events) == 1


async def test_slack_may_verify_the_address(http: Rig) -> None:
    body = json.dumps({"type": "url_verification", "token": "t", "challenge": "c-123"})
    headers = signed(SECRET, body) | {"Content-Type": "application/json"}
    async with (
        aiohttp.ClientSession() as session,
        session.post(http.slack.url, data=body, headers=headers) as answer,
    ):
        assert answer.status == 200
        assert "c-123" in await answer.text()


async def test_a_huge_body_is_refused(http: Rig) -> None:
    body = "x" * (2 << 20)

    assert await post(http, body, signed(SECRET, body)) == 413


async def test_the_environment_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("BOT_TOKEN", "SIGNING_SECRET", "CLIENT_ID", "CLIENT_SECRET", "VERIFICATION_TOKEN"):
        monkeypatch.setenv(f"SLACK_{name}", "another")
    async with rig("http") as on:
        on.slack.channel("C1", "U1")

        await on.slack.command("U1", "C1", "/draft", "Hello")

        assert len(on.inbox.events) == 1
        assert {call.method for call in on.slack.world.calls} == {"auth.test"}
