"""Saying something on Telegram: what people see, and what becomes of it when things go wrong."""

from datetime import timedelta

import pytest

from bot.platforms.base import ChatMoved, NotSent, Post, Sent, Unclear, Undeliverable
from handlers.chat import Button, Chat, Form, Message, Press, Quote, Sender, line, message
from tests.fakes.telegram import Fault, Query, Shown, broken, dropped, slow, too_many
from tests.fakes.telegram_bot import CARD, World

pytest_plugins = ("tests.fakes.telegram_fixtures",)

GROUP, AMINA = "-1005", "1001"
START = (
    "I cannot write to you privately yet. Open @countersign_bot and press Start, then try again."
)
SHORT = message("You are the author, so your vote does not count.")
HOSTILE = "@everyone <b>x</b> **y** [a](http://b.example) /lockdown #x $USD \u202eabc \u200b x.y"


@pytest.fixture
def mode() -> str:
    """Speaking does not depend on how the bot listens."""
    return "polling"


def post(chat: str = GROUP, said: Message = CARD, **more: str) -> Post:
    return Post("key", chat, said, **more)  # type: ignore[arg-type]


async def pressed(world: World, on: Shown) -> Query:
    query = world.amina.presses("Approve", on)
    await world.heard()
    return query


async def test_a_message_stands_where_it_was_sent(world: World):
    said = world.amina.says("Where?", into=world.group)
    sent = await world.bot.platform.send(post(under=str(said.id)))

    shown = world.group.last
    assert sent == Sent(GROUP, str(shown.id))
    assert (shown.text, shown.buttons, shown.under) == ("Draft 7", ["✅ Approve"], said)
    (params,) = world.telegram.called("sendMessage")
    assert params["link_preview_options"] == {"is_disabled": True}
    assert "parse_mode" not in params


async def test_a_reply_to_a_message_that_is_gone_is_still_sent(world: World):
    await world.bot.platform.send(post(under="999"))
    assert world.group.last.under is None


async def test_hostile_words_are_literal_and_harmless(world: World):
    await world.bot.platform.send(
        post(said=Message((line("By **{x}**:", x=HOSTILE), Quote(HOSTILE))))
    )
    shown = world.group.last
    assert shown.text.endswith(HOSTILE)
    assert shown.active == []
    assert shown.marked("pre") == [HOSTILE]


async def test_a_very_long_text_is_sent_all_the_same(world: World):
    await world.bot.platform.send(post(said=Message((Quote("😀" * 40_000),))))
    assert world.group.last.text.endswith("…")


async def test_an_edited_message_shows_the_new_words_and_buttons(world: World):
    sent = await world.bot.platform.send(post())
    for _ in range(2):  # the second time, Telegram says that nothing changed
        await world.bot.platform.edit(sent.chat, sent.message, message("Draft 7 is approved."))
    assert (world.group.last.text, world.group.last.buttons) == ("Draft 7 is approved.", [])
    assert world.group.last.edits == 1


@pytest.mark.parametrize("number", ["999", "", "x"])
async def test_what_is_gone_cannot_be_edited(world: World, number: str):
    with pytest.raises(Undeliverable):
        await world.bot.platform.edit(GROUP, number, CARD)


async def test_somebody_elses_message_cannot_be_edited(world: World):
    said = world.amina.says("/me", into=world.group)
    with pytest.raises(Undeliverable):
        await world.bot.platform.edit(GROUP, str(said.id), CARD)


async def test_a_short_answer_to_a_press_in_a_group_pops_up(world: World):
    query = await pressed(world, await world.card())
    sent = await world.bot.platform.send(post(said=SHORT, to=AMINA, via=f"callback:{query.id}"))
    assert (sent, world.amina.alerts) == (Sent(AMINA, ""), [query.text])
    assert query.text.startswith("You are the author")
    assert world.amina.inbox == []


@pytest.mark.parametrize(
    "said",
    [
        message("x" * 201),
        message("😀" * 101),
        Message((line("Reason?"),), (Button("Tone", "reason", "7.tone"),)),
        Message((Quote("words"),)),
    ],
)
async def test_any_other_answer_to_a_press_comes_in_private(world: World, said: Message):
    query = await pressed(world, await world.card())
    sent = await world.bot.platform.send(post(said=said, to=AMINA, via=f"callback:{query.id}"))
    assert sent == Sent(AMINA, str(world.amina.chat.last.id))
    assert (query.is_answered, world.amina.alerts) == (True, [])


async def test_an_answer_in_a_private_chat_stays_there_to_be_read_again(world: World):
    await world.bot.platform.send(post(AMINA))
    query = await pressed(world, world.amina.chat.last)
    await world.bot.platform.send(post(AMINA, SHORT, to=AMINA, via=f"callback:{query.id}"))
    assert world.amina.inbox[-1].startswith("You are the author")
    assert query.is_answered


async def test_an_answer_that_comes_too_late_to_pop_up_comes_in_private(world: World):
    query = await pressed(world, await world.card())
    query.is_expired = True
    await world.bot.platform.send(post(said=SHORT, to=AMINA, via=f"callback:{query.id}"))
    assert world.amina.inbox[-1].startswith("You are the author")


async def test_a_pop_up_whose_answer_is_lost_is_shown_again(world: World):
    query = await pressed(world, await world.card())
    world.telegram.fails("answerCallbackQuery", dropped(takes_effect=True))
    answer = post(said=SHORT, to=AMINA, via=f"callback:{query.id}")
    with pytest.raises(NotSent):
        await world.bot.platform.send(answer)
    assert await world.bot.platform.send(answer) == Sent(AMINA, "")


@pytest.mark.parametrize("answered", [False, True])
async def test_a_button_is_let_go_unless_an_answer_will(world: World, answered: bool):
    query = await pressed(world, await world.card())
    by, chat = Sender("telegram", AMINA), Chat("telegram", GROUP)
    press = Press(by, chat, "1", "approve", reply=f"callback:{query.id}")
    await world.bot.platform.finish(press, answered=answered)
    assert query.is_answered is not answered


@pytest.mark.parametrize("state", ["has_blocked", "never started"])
async def test_somebody_without_a_private_chat_is_told_in_the_group_what_to_do(
    world: World, state: str
):
    world.amina.has_blocked, world.amina.has_started = state == "has_blocked", False
    assert await world.bot.platform.send(post(said=SHORT, to=AMINA)) == Sent(GROUP, "")
    assert world.group.texts == [START]
    assert world.group.last.active == [("mention", "@countersign_bot")]
    assert world.group.last.rows[0][0]["url"] == "https://t.me/countersign_bot"


async def test_somebody_without_a_private_chat_who_pressed_is_told_alone(world: World):
    world.amina.has_started = False
    query = await pressed(world, await world.card())
    long = message("x" * 300)
    await world.bot.platform.send(post(said=long, to=AMINA, via=f"callback:{query.id}"))
    assert world.amina.alerts == [START]
    assert len(world.group.said) == 1


@pytest.mark.parametrize("chat", [AMINA, "4711", "@nowhere", "-99"])
async def test_what_cannot_be_delivered_is_said_to_be_so(world: World, chat: str):
    world.amina.has_blocked = True
    with pytest.raises(Undeliverable):
        await world.bot.platform.send(post(chat, to=chat if chat == AMINA else ""))


@pytest.mark.parametrize("what", ["deleted", "kicked"])
async def test_a_group_that_is_closed_to_us_is_undeliverable(world: World, what: str):
    world.group.is_deleted = what == "deleted"
    world.group.bot_status = "kicked" if what == "kicked" else "member"
    with pytest.raises(Undeliverable):
        await world.card()


@pytest.mark.parametrize(
    ("fault", "error", "delivered"),
    [
        (too_many(7), NotSent, 0),
        (broken(500), Unclear, 0),
        (broken(502, takes_effect=True), Unclear, 1),
        (dropped(), Unclear, 0),
        (dropped(takes_effect=True), Unclear, 1),
        (slow(0.6), Unclear, 1),
        (Fault(garbage=True, takes_effect=True), Unclear, 1),
        (Fault(401, "Unauthorized"), NotSent, 0),
        (Fault(403, "Forbidden: CHAT_WRITE_FORBIDDEN"), Undeliverable, 0),
    ],
)
async def test_a_failure_is_never_made_out_to_be_clearer_than_it_is(
    world: World, fault: Fault, error: type[Exception], delivered: int
):
    world.telegram.fails("sendMessage", fault)
    with pytest.raises(error):
        await world.card()
    await world.telegram.until(lambda: len(world.group.said) == delivered)


@pytest.mark.parametrize("fault", [broken(), dropped(takes_effect=True), slow(0.6), too_many(1)])
async def test_a_failed_edit_can_always_be_repeated(world: World, fault: Fault):
    sent = await world.bot.platform.send(post())
    world.telegram.fails("editMessageText", fault)
    with pytest.raises(NotSent):
        await world.bot.platform.edit(sent.chat, sent.message, message("Draft 7 is approved."))


async def test_nothing_is_sent_while_nobody_listens(world: World):
    await world.telegram.goes_down()
    with pytest.raises(NotSent):
        await world.bot.platform.send(post())
    await world.telegram.comes_up()
    await world.bot.platform.send(post())
    assert len(world.group.said) == 1


async def test_during_an_outage_only_one_message_is_put_at_risk(world: World):
    for method in ("sendMessage", "getMe"):
        world.telegram.fails_until_healed(method, broken())
    with pytest.raises(Unclear):
        await world.bot.platform.send(post())
    for _ in range(3):
        with pytest.raises(NotSent):
            await world.bot.platform.send(post())
    assert len(world.telegram.called("sendMessage")) == 1

    world.telegram.heals()
    await world.bot.platform.send(post())
    assert len(world.group.said) == 1


async def test_a_chat_that_telegram_shut_for_a_while_is_left_alone(world: World):
    world.telegram.fails("sendMessage", too_many(7))
    with pytest.raises(NotSent) as first:
        await world.bot.platform.send(post())
    with pytest.raises(NotSent) as second:
        await world.bot.platform.send(post())
    assert first.value.wait == timedelta(seconds=7)
    assert second.value.wait is not None
    assert timedelta(seconds=6) < second.value.wait < timedelta(seconds=7)
    assert len(world.telegram.called("sendMessage")) == 1

    await world.bot.platform.send(post(AMINA))  # others are not held up


async def test_a_burst_keeps_to_telegrams_pace(world: World):
    for _ in range(20):
        await world.bot.platform.send(post())
    with pytest.raises(NotSent) as held:
        await world.bot.platform.send(post())
    assert len(world.group.said) == 20
    assert held.value.wait is not None
    assert held.value.wait <= timedelta(seconds=3)


async def test_a_group_that_moved_is_followed(world: World):
    sent = await world.bot.platform.send(post())
    new = world.telegram.upgrade(world.group, world.amina)
    for act in (
        world.bot.platform.send(post()),
        world.bot.platform.edit(sent.chat, sent.message, CARD),
    ):
        with pytest.raises(ChatMoved) as moved:
            await act
        assert moved.value.to == str(new.id)


async def test_telegram_cannot_be_asked_what_was_said(world: World):
    with pytest.raises(LookupError):
        await world.bot.platform.find(post())
    with pytest.raises(NotSent):
        await world.bot.platform.show(Form("draft", "New draft", ()), "trigger")
    assert await world.bot.platform.reactions(GROUP, "1") is None
