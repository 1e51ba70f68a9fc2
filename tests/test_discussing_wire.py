"""Threads, replies, 👀 and linked accounts on both wires."""

import re
from collections.abc import AsyncIterator

import pytest

from bot.platforms.base import Post
from handlers.chat import Chat, Comment, Event, File, Kind, Reaction, Sender, Text, message
from tests.fakes.slack_rig import Rig, rig
from tests.fakes.slack_world import BOT, BOT_USER
from tests.fakes.telegram_bot import World
from tests.wire import Wire, services

pytest_plugins = ("tests.fakes.telegram_fixtures",)

BO, AMINA = Sender("slack", "U1"), Sender("telegram", "1001")
NOBODY = Sender("telegram", "-1005", Kind.ANONYMOUS)
GROUP = Chat("telegram", "-1005")
CLOSED = "The bridge at Kanchpur is closed on Monday from 9 am."
CARD = "Draft 1 for Works on Facebook"


@pytest.fixture(params=["socket", "http"])
async def on(request: pytest.FixtureRequest) -> AsyncIterator[Rig]:
    """Connect the platform to a workspace with a public and a private channel."""
    async with rig(request.param) as connected:
        connected.slack.channel("C1", "U1", "U2")
        connected.slack.channel("G1", "U1", "U2")
        yield connected
        connected.slack.assert_clean()


async def posted(on: Rig, chat: str) -> Event:
    """Let the bot post a card, and return it."""
    await on.platform.send(Post(f"k-{chat}", chat, message("A card")))
    return await on.slack.message(chat, "A card")


@pytest.mark.parametrize(("chat", "private"), [("C1", False), ("G1", False), ("U1", True)])
async def test_what_is_written_in_a_thread_of_ours_comes_in(
    on: Rig, chat: str, private: bool
) -> None:
    card = await posted(on, chat)
    said = await on.slack.comment("U1", card, "Roads & <bridges>")

    (event,) = on.inbox.events
    assert isinstance(event, Comment)
    assert (event.by, event.chat.id, event.under) == (BO, card.channel, card.ts)
    assert (event.message, event.text) == (said.ts, "Roads & <bridges>")
    assert event.is_private is private


@pytest.mark.parametrize("subtype", ["thread_broadcast", "file_share"])
async def test_what_also_goes_to_the_channel_or_has_a_file_comes_in(on: Rig, subtype: str) -> None:
    await on.slack.comment("U1", await posted(on, "C1"), "Look", subtype=subtype)
    assert [type(event) for event in on.inbox.events] == [Comment]


async def test_no_other_message_of_a_channel_reaches_the_inbox(on: Rig) -> None:
    card = await posted(on, "C1")
    await on.slack.say("U1", "C1", "Lunch?")
    theirs = await on.slack.say("U2", "C1", "A question")
    await on.slack.comment("U1", theirs, "not below a message of ours")
    await on.slack.comment("U1", card, "changed", subtype="message_changed")
    await on.slack.comment("U1", card, "", subtype="message_deleted")
    await on.slack.comment("U2", card, "beep", bot_id="B2")
    await on.slack.comment(BOT_USER, card, "our own", bot_id=BOT)
    await on.slack.comment(BOT_USER, card, "our own")
    assert on.inbox.events == []
    assert all(each.acknowledged for each in on.slack.courier.log)


async def test_thread_whose_beginner_slack_does_not_name_is_left_to_the_handler(on: Rig) -> None:
    theirs = await on.slack.say("U2", "C1", "A question")
    await on.slack.comment("U1", theirs, "below it", parent_user_id=None)
    assert [type(event) for event in on.inbox.events] == [Comment]


async def test_repeated_delivery_of_a_comment_is_one(on: Rig) -> None:
    await on.slack.comment("U1", await posted(on, "C1"), "once")
    assert (await on.slack.repeat(on.slack.courier.log[-1])).acknowledged
    assert len(on.inbox.events) == 1


async def test_eyes_come_in_as_eyes(on: Rig) -> None:
    await on.slack.react("U1", await posted(on, "C1"), "eyes")
    (event,) = on.inbox.events
    assert isinstance(event, Reaction)
    assert event.emoji == "👀"


async def test_reply_in_the_group_comes_in_as_a_comment(world: World) -> None:
    card = await world.card()
    said = world.amina.says("Is that right?", into=world.group, under=card)
    (event,) = await world.heard()
    text = "Is that right?"
    expected = Comment(AMINA, GROUP, str(said.id), str(card.id), text, id=event.id)
    assert event == expected


async def test_reply_to_a_reply_and_a_caption_come_in(world: World) -> None:
    card = await world.card()
    first = world.amina.says("one", into=world.group, under=card)
    second = world.amina.says("two", into=world.group, under=first, sends="photo")
    world.amina.says("three", into=world.group, under=card, anonymously=True)
    found = [e for e in await world.heard(3) if isinstance(e, Comment)]
    assert [(e.text, e.under) for e in found] == [
        ("one", str(card.id)),
        ("two", str(first.id)),
        ("three", str(card.id)),
    ]
    assert (found[1].message, found[2].by) == (str(second.id), NOBODY)


async def test_private_reply_carries_all_that_a_private_message_does(world: World) -> None:
    await world.bot.platform.send(Post("k", "1001", message("A card")))
    card = world.amina.chat.last
    world.amina.says("Look", under=card, sends="photo")
    world.amina.says("not a reply")
    comment, text = await world.heard(2)
    assert isinstance(comment, Comment)
    assert (comment.is_private, comment.under, comment.text) == (True, str(card.id), "Look")
    assert comment.files == (File("f", "u", "image"),)
    assert isinstance(text, Text)


async def test_what_is_no_reply_in_a_group_holds_nothing_up(world: World) -> None:
    card = await world.card()
    world.amina.says("Lunch?", into=world.group)
    world.amina.says(into=world.group, under=card, sends="sticker")
    said = world.amina.says("first", into=world.group, under=card)
    world.amina.edits(said, "second")
    (event,) = await world.heard()
    assert isinstance(event, Comment)
    assert event.text == "first"


MODES = [("socket", "poll"), ("http", "webhook")]


@pytest.fixture(params=MODES, ids="-".join)
async def wire(request: pytest.FixtureRequest, sqlite_url: str) -> AsyncIterator[Wire]:
    """Both services, and a bot that is set up for them and not yet started."""
    slack_mode, telegram_mode = request.param
    async with services() as (slack, telegram):
        yield Wire(slack, telegram, sqlite_url, slack_mode, telegram_mode)
        slack.assert_clean()
        telegram.assert_clean()


async def test_claims_and_remarks_meet_on_one_card(
    wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    slack, telegram = wire.slack, wire.telegram
    dara = telegram.people[1004]
    async with wire.running(monkeypatch):
        await slack.command("U0AMINA", "C0MODS", "/draft", CLOSED)
        card = await slack.message("C0MODS", CARD)
        await telegram.until(lambda: dara.chat.said)
        copy = dara.chat.said[0]

        await slack.react("U0BO", card, "eyes")
        await telegram.until(lambda: "Looked at by bo since" in copy.text)
        dara.presses("👀 I look at it", copy)
        await slack.until(lambda: "bo since" in card.words and "dara since" in card.words)
        await slack.unreact("U0BO", card, "eyes")
        await telegram.until(lambda: "bo since" not in copy.text)

        await slack.comment("U0BO", card, "Is *Kanchpur* right?")
        await telegram.until(lambda: any("bo says:" in each.text for each in dara.chat.said))
        passed = next(each for each in dara.chat.said if "bo says:" in each.text)
        assert "Is *Kanchpur* right?" in passed.text
        assert passed.under is copy
        dara.says("It is. @channel <!here>", under=passed)
        answer = await slack.message("C0MODS", "dara says:")
        assert answer.thread == card.ts
        assert answer.quotes == ["It is. @channel <!here>"]
        assert answer.markup == []

        await slack.until(lambda: "💬 Discussion" in card.buttons)
        await slack.press("U0CHEN", card, "Discussion")
        shown = await slack.whisper("U0CHEN", "Discussion of draft 1, 2 in all")
        assert shown.quotes == ["Is *Kanchpur* right?", "It is. @channel <!here>"]


async def test_account_is_linked_from_slack_to_telegram_and_taken_away(
    wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    slack, telegram = wire.slack, wire.telegram
    newcomer = telegram.people[1666]
    async with wire.running(monkeypatch):
        await slack.command("U0BO", "C0MODS", "/countersign", "me link")
        shown = await slack.whisper("U0BO", "Your code:")
        code = re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}", shown.words)[0]
        newcomer.says(f"/me link {code}")
        await telegram.until(lambda: any("you are bo here" in each for each in newcomer.inbox))
        news = await slack.message("U0BO", "was linked to you")
        await slack.message("U0LEE", "bo linked a second account: telegram 1666")
        await slack.press("U0BO", news, "This was not me")
        await telegram.until(lambda: any("not linked to bo" in each for each in newcomer.inbox))


async def test_account_is_linked_from_telegram_to_slack(
    wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    slack, dara = wire.slack, wire.telegram.people[1004]
    async with wire.running(monkeypatch):
        dara.says("/me link")
        await wire.telegram.until(lambda: any("Your code" in each for each in dara.inbox))
        code = re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}", dara.inbox[-1])[0]
        await slack.command("U0MALLORY", "C0MODS", "/countersign", f"me link {code}")
        await slack.whisper("U0MALLORY", "you are dara here as well")
        await wire.telegram.until(lambda: any("U0MALLORY was linked" in s for s in dara.inbox))
