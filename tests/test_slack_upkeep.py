"""Slack, on the wire: cards are changed, forms shown, reactions read, and the set-up examined."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bot.platforms.base import NotSent, Post, Undeliverable
from handlers.chat import Button, Field, Form, Message, message
from tests.fakes.slack_rig import Rig, rig
from tests.fakes.slack_world import BOT_USER, Fault, broken, dropped, limited, refused

HELLO = message("Hello")
POST = Post("countersign-1", "C1", HELLO)
NOW = datetime.now(UTC)


@pytest.fixture
async def on() -> AsyncIterator[Rig]:
    """Connect the platform to a workspace with one channel and two people."""
    async with rig("http") as connected:
        connected.slack.channel("C1", "U1", "U2")
        yield connected


async def test_a_card_is_changed_in_place_and_loses_its_buttons(on: Rig) -> None:
    card = Message(message("Open").parts, (Button("Approve", "approve", "7.1"),))
    sent = await on.platform.send(Post("k", "C1", card))

    for _ in range(2):
        await on.platform.edit("C1", sent.message, message("Closed"))

    (said,) = on.slack.messages("C1")
    assert (said.words, said.buttons, said.edits) == ("Closed", [], 2)
    assert said.ts == sent.message
    on.slack.assert_clean()


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (broken(500), NotSent),
        (dropped("before"), NotSent),
        (dropped("after"), NotSent),
        (limited(1), NotSent),
        (refused("message_not_found"), Undeliverable),
        (refused("cant_update_message"), Undeliverable),
        (refused("edit_window_closed"), Undeliverable),
    ],
)
async def test_a_change_in_doubt_is_made_again(
    on: Rig, fault: Fault, kind: type[Exception]
) -> None:
    sent = await on.platform.send(POST)
    on.slack.fail("chat.update", fault)

    with pytest.raises(kind):
        await on.platform.edit("C1", sent.message, message("Changed"))


async def test_who_reacts_now_is_known_without_the_bot(on: Rig) -> None:
    sent = await on.platform.send(Post("k", "C1", HELLO))
    said = await on.slack.message("C1")
    said.reactions["+1"] = [BOT_USER]
    await on.slack.react("U1", said, "thumbsup::skin-tone-4")
    await on.slack.react("U1", said, "white_check_mark")
    await on.slack.react("U2", said, "x")

    now = await on.platform.reactions("C1", sent.message)

    assert now == {("U1", "👍"), ("U1", "✅"), ("U2", "❌")}
    on.slack.assert_clean()


@pytest.mark.parametrize(
    "fault", [broken(500), dropped("after"), limited(1), refused("invalid_arguments")]
)
async def test_a_form_that_fails_for_any_reason_is_not_shown(on: Rig, fault: Fault) -> None:
    await on.slack.command("U1", "C1", "/draft")
    on.slack.fail("views.open", fault)

    with pytest.raises(NotSent):
        await on.platform.show(Form("f", "F", (Field("a", "A"),)), on.inbox.events[0].trigger)


@pytest.mark.parametrize(
    "form", [Form("f", "F", ()), Form("f", "F", (Field("a", "A"),), context="x" * 3000)]
)
async def test_a_form_that_slack_cannot_show_is_not_shown(on: Rig, form: Form) -> None:
    await on.slack.command("U1", "C1", "/draft")

    with pytest.raises(NotSent):
        await on.platform.show(form, on.inbox.events[0].trigger)


async def test_messages_go_out_after_the_platform_stopped_listening(on: Rig) -> None:
    on.running.cancel()
    await on.slack.until(on.running.done)

    await on.platform.send(POST)

    assert [said.words for said in on.slack.messages("C1")] == ["Hello"]


# The doctor


@pytest.mark.parametrize("mode", ["socket", "http"])
async def test_a_sound_set_up_is_found_sound(mode: str) -> None:
    async with rig(mode) as on:
        on.slack.channel("C1")

        found = await on.platform.examine(["C1"])

        assert len(found) == (4 if mode == "socket" else 3)
        assert [each.advice for each in found if each.advice] == []
        on.slack.assert_clean()


async def test_the_doctor_says_what_to_do(on: Rig) -> None:
    on.slack.channel("C2", bot=False)
    on.slack.world.scopes -= {"reactions:read", "commands"}

    _, permissions, *chats = await on.platform.examine(["C1", "C2", "C3"])

    assert permissions.advice.endswith("install it again: commands, reactions:read.")
    assert [each.advice.partition(".")[0] for each in chats] == [
        "",
        "the bot is not in that channel: invite it (not_in_channel)",
        "there is no such channel, or the bot is not in it (channel_not_found)",
    ]


async def test_the_doctor_finds_refused_tokens() -> None:
    async with rig("socket") as on:
        on.slack.revoke()
        on.slack.world.app_revoked = "invalid_auth"

        bot, app = await on.platform.examine([])

        assert "SLACK_BOT_TOKEN (token_revoked)" in bot.advice
        assert "SLACK_APP_TOKEN (invalid_auth)" in app.advice
