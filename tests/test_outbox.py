"""Messages go out once, and in order for each reader."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from bot.platforms.base import ChatMoved, NotSent, Unclear, Undeliverable
from handlers.chat import Chat, message
from handlers.words import plain
from storage.db import transaction
from storage.models import Delivery, Office, OutboxMessage
from storage.outbox import LEASE
from tests.moody import BO, MODS, SECOND, Moody, faults, queue, row, states
from tests.office import TestOffice


@pytest.fixture
def moody(engine: Engine) -> Iterator[TestOffice]:
    """A comms team whose Slack has faults."""
    office = TestOffice(engine)
    office.slack = office.platforms["slack"] = Moody("slack", has_forms=True)
    office.restart()
    yield office
    office.close()


def test_each_reader_gets_messages_in_the_order_they_were_said(moody: TestOffice) -> None:
    faults(moody, MODS, NotSent("busy"), None, NotSent("busy", 5 * SECOND))
    for number in range(6):
        queue(moody, f"{number}", (MODS, BO)[number % 2])
    for _ in range(10):
        moody.later(seconds=5)
    assert moody.chat() == ["0", "2", "4"]
    assert moody.inbox("bo") == ["1", "3", "5"]


def test_a_private_aside_does_not_wait_for_what_all_in_the_chat_are_told(
    moody: TestOffice,
) -> None:
    slack = faults(moody, MODS, NotSent("busy"))
    queue(moody, "to all")
    with transaction(moody.engine) as db:
        db.add(
            OutboxMessage(
                platform="slack", chat=MODS, to=BO, body={"parts": [{"quoted": "to you"}]},
                created_at=moody.clock, due_at=moody.clock,
            )
        )  # fmt: skip
    moody.deliver()
    assert [(m.to, plain(m.message)) for m in slack.messages] == [(BO, "│ to you")]


def test_what_cannot_be_sent_now_waits_as_long_as_it_was_told_while_others_go_on(
    moody: TestOffice,
) -> None:
    faults(moody, MODS, NotSent("limited", 30 * SECOND))
    late = queue(moody, "late")
    queue(moody, "at once", BO)
    moody.deliver()
    assert moody.inbox("bo") == ["at once"]
    moody.later(seconds=29.9)
    assert moody.chat() == []
    moody.later(seconds=0.1)
    assert moody.chat() == ["late"]
    assert row(moody, late).error == ""


def test_without_a_given_wait_attempts_become_rarer(moody: TestOffice) -> None:
    slack = faults(moody, MODS, *[NotSent("down") for _ in range(40)])
    queue(moody, "hello")
    waits = []
    for _ in range(11):
        moody.deliver()
        with transaction(moody.engine) as db:
            due = db.exec(select(OutboxMessage.due_at)).one()
        waits.append((due - moody.clock).total_seconds())
        moody.clock = due
    assert waits[:4] == [2, 4, 8, 16]
    assert waits == sorted(waits)
    assert waits[-1] == 300
    assert len(slack.attempts) == 11


def test_a_chat_that_moved_is_followed_by_messages_and_its_office(moody: TestOffice) -> None:
    faults(moody, MODS, ChatMoved("C0NEW"))
    queue(moody, "one")
    queue(moody, "two")
    moody.deliver()
    assert moody.chat(id="C0NEW") == ["one", "two"]
    with transaction(moody.engine) as db:
        assert db.exec(select(Office.chat)).one() == "C0NEW"
    assert ("bot", "chat moved") in moody.record()


def test_open_cards_are_posted_anew_when_their_chat_moves(moody: TestOffice) -> None:
    moody.says("amina", "/draft The road is closed on Monday.")
    old = moody.card()
    faults(moody, old.id, *[ChatMoved("C0NEW") for _ in range(9)])
    moody.reacts("bo", "👍", old)
    new = moody.card(chat="C0NEW")
    assert "1 of 2 approvals" in plain(new.message)

    moody.reacts("chen", "👍", new)
    assert "Approved" in plain(moody.card(chat="C0NEW").message)
    assert len([said for said in moody.chat(id="C0NEW") if "is approved" in said]) == 1
    assert [a for _, a in moody.record()].count("chat moved") == 1
    assert moody.inbox("lee") == []


def test_a_card_that_finds_its_chat_moved_is_posted_once(moody: TestOffice) -> None:
    faults(moody, MODS, ChatMoved("C0NEW"))
    moody.says("amina", "/draft The road is closed on Monday.")
    assert len(moody.chat(id="C0NEW")) == 1


def test_a_chat_that_moved_to_itself_is_not_followed_for_ever(moody: TestOffice) -> None:
    slack = faults(moody, MODS, *[ChatMoved(MODS) for _ in range(9)])
    queue(moody, "one")
    moody.deliver()
    assert len(slack.attempts) == 1


def test_votes_by_emoji_count_while_the_newest_tally_is_on_its_way(moody: TestOffice) -> None:
    moody.says("amina", "/draft The road is closed on Monday.")
    card = moody.card()
    faults(moody, card.id, *[NotSent("limited", 60 * SECOND) for _ in range(9)])
    moody.clock += SECOND
    moody.reacts("bo", "👍", card)
    moody.reacts("chen", "👍", card)
    assert any("approved by bo and chen" in said for said in moody.inbox("amina"))


def test_an_edit_waits_for_the_message_it_edits(moody: TestOffice) -> None:
    slack = faults(moody, MODS, NotSent("limited", 10 * SECOND))
    first = queue(moody, "first words")
    queue(moody, "second words", edits=first)
    moody.deliver()
    assert slack.messages == []
    moody.later(seconds=10)
    assert moody.chat() == ["second words"]
    assert [m.edits for m in slack.messages] == [1]


def test_of_several_edits_only_the_newest_is_sent(moody: TestOffice) -> None:
    first = queue(moody, "0")
    moody.deliver()
    for number in range(1, 6):
        queue(moody, f"{number}", edits=first)
    moody.deliver()
    assert moody.chat() == ["5"]
    assert [m.edits for m in moody.slack.messages] == [1]
    assert states(moody).count(Delivery.DROPPED) == 4


def test_an_edit_under_way_is_followed_by_the_newer_one(moody: TestOffice) -> None:
    first = queue(moody, "0")
    moody.deliver()
    queue(moody, "1", edits=first)
    assert moody.outbox._claim("slack") is not None  # it is being sent
    queue(moody, "2", edits=first)
    moody.later(seconds=LEASE.total_seconds())
    assert moody.chat() == ["2"]


def test_an_edit_that_is_tried_again_does_not_undo_a_newer_one(moody: TestOffice) -> None:
    first = queue(moody, "0")
    moody.deliver()
    faults(moody, "1", NotSent("limited", 60 * SECOND), Unclear("timeout"))
    queue(moody, "1", edits=first)
    moody.deliver()
    queue(moody, "2", edits=first)
    for _ in range(5):
        moody.later(seconds=60)
    assert moody.chat() == ["2"]


def test_an_edit_of_a_message_that_never_arrived_alarms_nobody(moody: TestOffice) -> None:
    faults(moody, BO, Undeliverable("blocked"))
    first = queue(moody, "first words", BO)
    moody.deliver()
    queue(moody, "second words", edits=first)
    moody.deliver()
    assert moody.inbox("bo") == []
    assert len(moody.inbox("lee")) == 1  # about the first


def test_a_message_with_the_same_key_is_said_once(moody: TestOffice) -> None:
    for _ in range(3):
        with transaction(moody.engine) as db:
            ctx = moody.dispatcher.context(db)
            ctx.say(Chat("slack", BO), message("once"), once="stale:4:2026-W30")
    moody.deliver()
    assert moody.inbox("bo") == ["once"]


def test_slack_being_down_does_not_hold_up_telegram(moody: TestOffice) -> None:
    moody.slack.down = NotSent("down")
    moody.says("amina", "/draft The road is closed on Monday.", on="telegram")
    assert "Draft 1" in moody.heard("amina", on="telegram")
    assert any("Draft 1" in said for said in moody.inbox("dara", on="telegram"))
    moody.slack.down = None
    moody.later(minutes=5)
    assert "Draft 1" in moody.chat()[0]
