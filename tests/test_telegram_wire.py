"""Hearing people on Telegram, over the wire: polling and webhook, against a strict stand-in."""

from collections.abc import Callable

import pytest

from bot.platforms.base import ChatMoved
from handlers.chat import Chat, Command, Event, File, Kind, Moved, Press, Reaction, Sender, Text
from tests.fakes.telegram_bot import World

pytest_plugins = ("tests.fakes.telegram_fixtures",)

AMINA = Sender("telegram", "1001")
NOBODY = Sender("telegram", "-1005", Kind.ANONYMOUS)
PRIVATE, GROUP = Chat("telegram", "1001"), Chat("telegram", "-1005")


@pytest.mark.parametrize(
    ("act", "expected"),
    [
        (
            lambda w: w.amina.says("/draft The road is closed."),
            Command(AMINA, PRIVATE, "draft", "The road is closed."),
        ),
        (lambda w: w.amina.starts("abc"), Command(AMINA, PRIVATE, "start", "abc")),
        (
            lambda w: w.amina.says("/queue@countersign_bot", into=w.group),
            Command(AMINA, GROUP, "queue"),
        ),
        (
            lambda w: w.amina.says("/draft", under=w.amina.says("The text", into=w.group)),
            Command(AMINA, PRIVATE, "draft", quoted="The text"),
        ),
        (
            lambda w: w.amina.says("/draft A road", sends="photo"),
            Command(AMINA, PRIVATE, "draft", "A road", files=(File("f", "u", "image"),)),
        ),
        (
            lambda w: w.amina.says("/queue", into=w.group, anonymously=True),
            Command(NOBODY, GROUP, "queue"),
        ),
        (lambda w: w.amina.says(" <b>x</b>\n@y "), Text(AMINA, PRIVATE, " <b>x</b>\n@y ")),
        (
            lambda w: w.amina.says(sends="voice"),
            Text(AMINA, PRIVATE, "", files=(File("f", "u", "audio"),)),
        ),
        (
            lambda w: w.amina.says("Look", sends="photo"),
            Text(AMINA, PRIVATE, "Look", files=(File("f", "u", "image"),)),
        ),
        (
            lambda w: w.telegram.upgrade(w.group, w.amina),
            Moved(AMINA, GROUP, "-1001005"),
        ),
    ],
)
async def test_what_people_do_becomes_an_event(
    world: World, act: Callable[[World], object], expected: Event
):
    act(world)
    (found,) = await world.heard()
    assert found.id.isdecimal()
    assert type(found)(**{**vars(found), "id": ""}) == expected


async def test_a_reaction_added_changed_and_taken_away(world: World):
    card = await world.card()
    world.amina.reacts(card, "👍")
    world.amina.reacts(card, "👎", "👀")
    world.amina.reacts(card)

    found = [(e.emoji, e.added, e.message) for e in await world.heard(6) if type(e) is Reaction]
    number = str(card.id)
    assert found == [
        ("👍", True, number),
        ("👍", False, number),
        ("👎", True, number),
        ("👀", True, number),
        ("👎", False, number),
        ("👀", False, number),
    ]
    assert len({event.id for event in world.events}) == 6


async def test_an_anonymous_administrators_reaction_is_nobodys(world: World):
    world.amina.reacts(await world.card(), "👍", anonymously=True)
    (found,) = await world.heard()
    assert found.by == NOBODY


async def test_a_bots_reaction_and_words_are_a_bots(world: World):
    robot = world.telegram.person(2000, "Robot", is_bot=True)
    robot.says("/queue", into=world.group)
    robot.reacts(await world.card(), "👍")
    assert [event.by.kind for event in await world.heard(2)] == [Kind.BOT, Kind.BOT]


async def test_reactions_need_an_administrator_and_buttons_do_not(world: World):
    world.group.bot_status = "member"
    card = await world.card()
    world.amina.reacts(card, "👍")
    world.amina.presses("Approve", card)
    assert [type(event) for event in await world.heard()] == [Press]


@pytest.mark.parametrize("is_old", [False, True])
async def test_a_pressed_button_tells_who_where_and_what(world: World, is_old: bool):
    card = await world.card()
    query = world.amina.presses("Approve", card, is_old=is_old)
    (found,) = await world.heard()
    assert isinstance(found, Press)
    assert (found.by, found.chat, found.message) == (AMINA, GROUP, str(card.id))
    assert (found.action, found.value, found.reply) == ("approve", "7.1", f"callback:{query.id}")


@pytest.mark.parametrize("data", [None, "", "approve", ":7", "x" * 64])
async def test_a_forged_button_is_let_go_and_ignored(world: World, data: str | None):
    query = world.amina.presses_data(data, await world.card())
    await world.telegram.until(lambda: query.is_answered)
    assert world.events == []


@pytest.mark.parametrize(
    "act",
    [
        lambda w: w.amina.says("Lunch?", into=w.group),
        lambda w: w.amina.says("/draft@other_bot x", into=w.group),
        lambda w: w.amina.says(sends="sticker", into=w.group),
        lambda w: w.telegram.injects("my_chat_member", {}, is_valid=False),
        lambda w: w.telegram.injects("message", {"message_id": 1}, is_valid=False),
        lambda w: w.telegram.injects("message", {"chat": []}, is_valid=False),
        lambda w: w.telegram.injects(
            "message_reaction",
            {
                "chat": w.group.as_json(),
                "message_id": 1,
                "date": 0,
                "user": w.amina.as_json(),
                "old_reaction": [],
                "new_reaction": [{"type": "custom_emoji", "custom_emoji_id": "5"}],
            },
        ),
    ],
)
async def test_what_is_not_for_us_or_makes_no_sense_holds_nothing_up(
    world: World, act: Callable[[World], object]
):
    act(world)
    world.amina.says("/me")
    assert [event.name for event in await world.heard() if type(event) is Command] == ["me"]


async def test_an_edited_message_is_not_a_second_one(world: World):
    said = world.amina.says("/draft one")
    world.amina.edits(said, "/draft two")
    assert len(await world.heard()) == 1


async def test_a_repeated_update_is_stored_once(world: World):
    world.amina.says("/me")
    await world.heard()
    world.telegram.updates.repeat(world.telegram.updates.history[-1])
    await world.telegram.until(lambda: world.bot.inbox.repeats == 1)
    assert len(world.events) == 1


async def test_an_update_is_confirmed_only_once_it_is_stored(world: World):
    world.bot.inbox.failures = 3
    world.amina.says("/draft one")
    world.amina.says("/draft two")
    await world.telegram.until(lambda: world.bot.inbox.refused)
    assert world.telegram.updates.waiting == 2

    assert [e.text for e in await world.heard(2) if type(e) is Command] == ["one", "two"]
    assert len(world.bot.inbox.refused) == 3
    assert world.bot.platform.trouble() == ""


async def test_half_a_reaction_that_was_stored_is_completed(world: World):
    card = await world.card()
    world.amina.reacts(card, "👍")
    await world.heard()
    world.bot.inbox.failures = 1
    world.amina.reacts(card, "👎")
    assert [(e.emoji, e.added) for e in await world.heard(3) if type(e) is Reaction] == [
        ("👍", True),
        ("👍", False),
        ("👎", True),
    ]


async def test_a_group_that_became_a_supergroup_has_a_new_address(world: World):
    new = world.telegram.upgrade(world.group, world.amina)
    with pytest.raises(ChatMoved) as moved:
        await world.card()
    assert moved.value.to == str(new.id)
