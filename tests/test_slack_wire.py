"""Slack, on the wire: what people do comes in, in both modes, and nothing is lost or doubled."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bot.platforms.base import NotSent, Post
from handlers.chat import (
    Answer,
    Button,
    Chat,
    Command,
    Field,
    FieldKind,
    Form,
    Message,
    Option,
    Press,
    Reaction,
    Sender,
    Text,
    message,
)
from tests.fakes.slack_rig import Rig, rig
from tests.fakes.slack_world import BOT_USER

BO = Sender("slack", "U1")
CHANNEL = Chat("slack", "C1")
FORM = Form(
    "draft",
    "Submit a post",
    (
        Field("page", "Page", FieldKind.CHOICE, (Option("4", "Works"), Option("5", "Roads"))),
        Field("text", "Text", FieldKind.TEXT),
        Field("wanted", "When", FieldKind.MOMENT, required=False),
    ),
    context="7.1",
)


@pytest.fixture(params=["socket", "http"])
async def on(request: pytest.FixtureRequest) -> AsyncIterator[Rig]:
    """Connect the platform to a workspace with one channel and two people."""
    async with rig(request.param) as connected:
        connected.slack.channel("C1", "U1", "U2")
        yield connected


async def card(on: Rig) -> str:
    """Post a message with two buttons."""
    said = Message(
        message("A card").parts, (Button("Approve", "vote", "7.1"), Button("Reject", "vote", "7.2"))
    )
    return (await on.platform.send(Post("k1", "C1", said))).message


async def test_a_command_comes_in_as_it_was_typed(on: Rig) -> None:
    delivery = await on.slack.command("U1", "C1", "/draft", "Roads & <bridges> <!channel>\n*now* ")

    (event,) = on.inbox.events
    assert isinstance(event, Command)
    assert (event.by, event.chat, event.name) == (BO, CHANNEL, "draft")
    assert event.text == "Roads & <bridges> <!channel>\n*now*"
    assert delivery.acknowledged
    assert delivery.answer == ""
    on.slack.assert_clean()


async def test_a_shortcut_quotes_its_message(on: Rig) -> None:
    said = await on.slack.say("U2", "C1", "Roads & <bridges>")

    await on.slack.shortcut("U1", said)

    (event,) = on.inbox.events
    assert isinstance(event, Command)
    assert (event.by, event.name, event.quoted) == (BO, "draft", "Roads & <bridges>")
    on.slack.assert_clean()


async def test_reactions_come_in_when_added_and_when_taken_away(on: Rig) -> None:
    said = await on.slack.say("U2", "C1", "Hello")

    await on.slack.react("U1", said, "+1::skin-tone-3")
    await on.slack.unreact("U1", said, "+1::skin-tone-3")

    added, removed = on.inbox.events
    assert isinstance(added, Reaction)
    assert isinstance(removed, Reaction)
    assert (added.by, added.chat, added.message, added.emoji) == (BO, CHANNEL, said.ts, "👍")
    assert (added.added, removed.added) == (True, False)
    assert added.id != removed.id
    on.slack.assert_clean()


async def test_a_press_comes_in_with_the_value_of_its_button(on: Rig) -> None:
    ts = await card(on)
    said = await on.slack.message("C1")

    await on.slack.press("U1", said, "Reject")

    (event,) = on.inbox.events
    assert isinstance(event, Press)
    assert (event.by, event.chat, event.message) == (BO, CHANNEL, ts)
    assert (event.action, event.value) == ("vote", "7.2")
    on.slack.assert_clean()


async def test_a_button_that_only_one_person_sees_works_as_well(on: Rig) -> None:
    said = Message(message("Why?").parts, (Button("Tone", "reason", "7.tone"),))
    await on.platform.send(Post("k1", "C1", said, to="U1"))

    await on.slack.press("U1", await on.slack.whisper("U1"), "Tone")

    (event,) = on.inbox.events
    assert isinstance(event, Press)
    assert (event.action, event.value, event.chat) == ("reason", "7.tone", CHANNEL)
    on.slack.assert_clean()


async def test_a_form_is_shown_filled_in_and_comes_back(on: Rig) -> None:
    await on.slack.command("U1", "C1", "/draft")
    await on.platform.show(FORM, on.inbox.events[0].trigger)
    at = datetime(2026, 3, 2, 3, tzinfo=UTC)

    answers = {"Page": "Roads", "text": "Roads & <bridges>", "When": at}
    delivery = await on.slack.submit(await on.slack.modal("U1"), answers)

    event = on.inbox.events[1]
    assert isinstance(event, Answer)
    assert (event.by, event.chat, event.form, event.context) == (BO, CHANNEL, "draft", "7.1")
    assert event.values == {"page": "5", "text": "Roads & <bridges>", "wanted": at.isoformat()}
    assert delivery.answer == ""  # the form closes
    on.slack.assert_clean()


async def test_a_form_is_refused_once_its_trigger_has_expired_or_was_used(on: Rig) -> None:
    await on.slack.command("U1", "C1", "/draft")
    trigger = on.inbox.events[0].trigger
    await on.platform.show(FORM, trigger)

    with pytest.raises(NotSent, match="exchanged_trigger_id"):
        await on.platform.show(FORM, trigger)
    on.slack.world.trigger_life = 0
    await on.slack.command("U1", "C1", "/draft")
    with pytest.raises(NotSent, match="three seconds"):
        await on.platform.show(FORM, on.inbox.events[1].trigger)


async def test_what_is_written_in_private_comes_in_and_nothing_else(on: Rig) -> None:
    await on.slack.write("U1", "Roads & <bridges>")
    await on.slack.say("U1", "C1", "not for the bot")
    await on.slack.say("U1", "U1", "a change", subtype="message_changed")
    await on.platform.send(Post("k1", "U1", message("from the bot itself")))
    await on.slack.settled()

    (event,) = on.inbox.events
    assert isinstance(event, Text)
    assert (event.by, event.text) == (BO, "Roads & <bridges>")
    on.slack.assert_clean()


async def test_the_bots_own_reactions_are_not_votes(on: Rig) -> None:
    await on.platform.send(Post("k1", "C1", message("Vote")))
    shown = await on.slack.message("C1")
    await on.slack.react(BOT_USER, shown, "+1")
    await on.slack.settled()

    assert shown.reactions == {"+1": [BOT_USER]}
    assert on.inbox.events == []
    assert await on.platform.reactions("C1", shown.ts) == set()
    on.slack.assert_clean()


async def test_an_event_that_could_not_be_stored_comes_again(on: Rig) -> None:
    said = await on.slack.say("U2", "C1", "Hello")
    on.inbox.failures = 2
    on.slack.courier.patience = 0.5

    delivery = await on.slack.react("U1", said, "+1")

    assert delivery is not None
    assert delivery.tries == 3
    assert len(on.inbox.events) == 1
    on.slack.assert_clean()


async def test_an_event_is_acknowledged_only_once_it_is_stored(on: Rig) -> None:
    said = await on.slack.say("U2", "C1", "Hello")
    on.inbox.delay = 0.2

    delivery = await on.slack.react("U1", said, "+1")

    assert delivery is not None
    assert delivery.seconds >= 0.2
    assert len(on.inbox.events) == 1


async def test_storing_that_takes_too_long_is_not_acknowledged(on: Rig) -> None:
    on.inbox.delay = 5
    on.slack.courier.patience = 1.0

    delivery = await on.slack.command("U1", "C1", "/draft", "Hello")

    assert not delivery.acknowledged
    assert delivery.seconds < 1.5
    assert on.slack.world.problems == ["never acknowledged: slash_commands command"]


async def test_a_delivery_that_is_repeated_has_one_effect(on: Rig) -> None:
    said = await on.slack.say("U2", "C1", "Hello")
    await on.slack.react("U1", said, "+1")
    await on.slack.command("U1", "C1", "/draft", "Hello")

    repeated = [await on.slack.repeat(each) for each in list(on.slack.courier.log)]

    assert all(each.acknowledged for each in repeated)
    assert [type(event) for event in on.inbox.events] == [Reaction, Command]
    on.slack.assert_clean()
