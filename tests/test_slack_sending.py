"""Slack, on the wire: what the bot says goes out once, or fails in a way that says what to do."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.platforms.base import Post, Sent, Unclear
from handlers.chat import Button, Message, Quote, line, message
from tests.fakes.slack_rig import Rig, rig
from tests.fakes.slack_world import Fault, broken, dropped, limited

HELLO = message("Hello")
POST = Post("countersign-1", "C1", HELLO)
NOW = datetime.now(UTC)
HOSTILE = [
    "<!channel> <@U2> @here <!subteam^S1>",
    "<http://evil.example|http://bank.example>",
    "*bold* _it_ ~no~ `code` > quote",
    "\u202eright to left and zero\u200bwidth",
    "&amp; &lt;b&gt;",
    "Roads are closed.\n" * 155 + "x" * 10,
]


@pytest.fixture
async def on() -> AsyncIterator[Rig]:
    """Connect the platform to a workspace with one channel and two people."""
    async with rig("http") as connected:
        connected.slack.channel("C1", "U1", "U2")
        yield connected


async def via(on: Rig, channel: str = "C1") -> str:
    """Return the address for private answers that comes with a command."""
    await on.slack.command("U1", channel, "/draft", "Hello")
    return on.inbox.events[-1].reply


# Posting


async def test_a_message_stands_in_its_channel_with_its_key_unseen(on: Rig) -> None:
    sent = await on.platform.send(POST)

    (said,) = on.slack.messages("C1")
    assert sent == Sent("C1", said.ts)
    assert said.words == "Hello"
    assert said.metadata == {"event_type": "countersign", "event_payload": {"key": POST.key}}
    (call,) = on.slack.calls("chat.postMessage")
    assert (call["unfurl_links"], call["unfurl_media"]) == (False, False)
    on.slack.assert_clean()


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_words_appear_literally_and_ping_nobody(on: Rig, text: str) -> None:
    said = Message((line("By **{name}**", name=text), Quote(text)), (Button(text, "a", "1"),))

    await on.platform.send(Post("k", "C1", said))

    (shown,) = on.slack.messages("C1")
    assert shown.quotes == [text]
    assert shown.markup == []
    on.slack.assert_clean()


async def test_a_reply_stands_under_its_message(on: Rig) -> None:
    card = await on.platform.send(POST)

    await on.platform.send(replace(POST, key="k2", under=card.message))

    assert [said.thread for said in on.slack.messages("C1")] == ["", card.message]


async def test_a_persons_id_means_their_direct_messages(on: Rig) -> None:
    sent = await on.platform.send(Post("k", "U1", HELLO))

    assert [said.words for said in on.slack.messages("U1")] == ["Hello"]
    assert sent.chat == on.slack.world.direct("U1").id
    await on.platform.edit(sent.chat, sent.message, message("Changed"))
    assert [said.words for said in on.slack.messages("U1")] == ["Changed"]


# Answering in private


async def test_a_private_answer_travels_with_the_event_and_only_one_person_sees_it(
    on: Rig,
) -> None:
    sent = await on.platform.send(replace(POST, to="U1", via=await via(on)))

    assert sent == Sent("C1", "")
    assert [said.words for said in on.slack.whispers("U1")] == ["Hello"]
    (body,) = on.slack.calls("response_url")
    assert (body["response_type"], body["replace_original"]) == ("ephemeral", False)
    assert on.slack.messages("C1") == []
    on.slack.assert_clean()


async def test_an_answer_reaches_people_where_the_bot_is_not(on: Rig) -> None:
    on.slack.channel("C2", "U1", bot=False)

    await on.platform.send(Post("k", "C2", HELLO, to="U1", via=await via(on, "C2")))

    assert [said.channel for said in on.slack.whispers("U1")] == ["C2"]


@pytest.mark.parametrize(
    ("fault", "calls"),
    [
        (Fault(status=404), ["response_url", "chat.postEphemeral"]),
        (Fault(status=410), ["response_url", "chat.postEphemeral"]),
        (Fault(status=403), ["response_url", "chat.postEphemeral"]),
        (limited(5), ["response_url", "chat.postEphemeral"]),
        (Fault(), ["response_url"]),
    ],
)
async def test_an_address_that_takes_no_more_is_not_the_end(
    on: Rig, fault: Fault, calls: list[str]
) -> None:
    reply = await via(on)
    on.slack.fail("response_url", fault)
    on.slack.world.calls.clear()

    await on.platform.send(replace(POST, to="U1", via=reply))

    assert [call.method for call in on.slack.world.calls] == calls
    assert [said.words for said in on.slack.whispers("U1")] == ["Hello"]


async def test_an_address_works_five_times_and_then_there_is_another_way(on: Rig) -> None:
    reply = await via(on)

    for number in range(6):
        await on.platform.send(Post(f"k{number}", "C1", HELLO, to="U1", via=reply))

    assert len(on.slack.whispers("U1")) == 6
    assert len(on.slack.calls("chat.postEphemeral")) == 1


@pytest.mark.parametrize("fault", [broken(500), dropped("before"), dropped("after")])
async def test_a_private_answer_in_doubt_is_not_said_twice(on: Rig, fault: Fault) -> None:
    reply = await via(on)
    on.slack.fail("response_url", fault)

    with pytest.raises(Unclear):
        await on.platform.send(replace(POST, to="U1", via=reply))
    assert on.slack.calls("chat.postEphemeral") == []


@pytest.mark.parametrize(
    "reply", ["url:http://evil.example/x", "url:file:///etc/passwd", "url:", "gone:x", ""]
)
async def test_only_safe_addresses_are_called(on: Rig, reply: str) -> None:
    await on.platform.send(replace(POST, to="U1", via=reply))

    assert on.slack.calls("response_url") == []
    assert [said.words for said in on.slack.whispers("U1")] == ["Hello"]


@pytest.mark.parametrize("where", ["not a member", "bot not in it", "deleted", "archived"])
async def test_who_cannot_be_answered_in_a_channel_gets_a_direct_message(
    on: Rig, where: str
) -> None:
    channel = on.slack.channel("C2", bot=where != "bot not in it")
    channel.archived = where == "archived"
    if where == "deleted":
        on.slack.delete_channel("C2")

    sent = await on.platform.send(Post("k", "C2", HELLO, to="U1"))

    assert [said.words for said in on.slack.messages("U1")] == ["Hello"]
    assert sent.message


@pytest.mark.parametrize("chat", ["U1", "DU1"])
async def test_in_direct_messages_an_answer_is_an_ordinary_message(on: Rig, chat: str) -> None:
    on.slack.user("U1")

    await on.platform.send(Post("k", chat, HELLO, to="U1"))

    assert on.slack.calls("chat.postEphemeral") == []
    assert [said.words for said in on.slack.messages("U1")] == ["Hello"]
