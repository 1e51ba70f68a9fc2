"""A message that may have arrived is looked for, or marked as a repeat; none is lost."""

import asyncio
import itertools
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from bot.outbox import ATTEMPT, REPEATED, REPEATS
from bot.platforms.base import NotSent, Post, Sent, Unclear
from bot.platforms.sandbox import Sandbox
from storage.models import Delivery, OutboxMessage
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


def test_what_arrived_although_the_answer_was_lost_is_found_and_not_posted_again(
    moody: TestOffice,
) -> None:
    slack = faults(moody, MODS, Unclear("timeout"))
    slack.accepts_first = True
    sent = queue(moody, "hello")
    queue(moody, "next")
    moody.deliver()
    assert moody.chat() == ["hello"]
    moody.later(seconds=2)
    assert moody.chat() == ["hello", "next"]
    assert (row(moody, sent).state, row(moody, sent).message) == (Delivery.SENT, "1")


def test_what_did_not_arrive_is_posted_after_a_look(moody: TestOffice) -> None:
    faults(moody, MODS, Unclear("timeout"))
    queue(moody, "hello")
    moody.later(seconds=2)
    moody.later(seconds=2)
    assert moody.chat() == ["hello"]


def test_where_nobody_can_look_the_second_attempt_is_marked_as_a_repeat(moody: TestOffice) -> None:
    slack = faults(moody, MODS, Unclear("timeout"))
    slack.accepts_first = slack.blind = True
    queue(moody, "hello")
    moody.later(seconds=2)
    moody.later(seconds=2)
    assert moody.chat() == ["hello", f"{REPEATED}\nhello"]
    assert REPEATED.startswith("(repeat")


def test_a_message_that_stays_unclear_is_left_alone_and_reported_once(moody: TestOffice) -> None:
    slack = faults(moody, MODS, *[Unclear("timeout") for _ in range(9)])
    slack.blind = True
    unclear = queue(moody, "hello")
    for _ in range(9):
        moody.later(seconds=2)
    assert len(slack.attempts) == REPEATS + 1  # with the report
    assert row(moody, unclear).state is Delivery.UNKNOWN
    assert len(moody.inbox("lee")) == 1


def test_an_attempt_that_certainly_failed_is_not_marked_as_a_repeat(moody: TestOffice) -> None:
    slack = faults(moody, MODS, NotSent("limited"))
    slack.blind = True
    queue(moody, "hello")
    for _ in range(3):
        moody.later(seconds=2)
    assert moody.chat() == ["hello"]


def test_an_unclear_attempt_is_still_marked_after_one_that_certainly_failed(
    moody: TestOffice,
) -> None:
    slack = faults(moody, MODS, Unclear("timeout"), NotSent("limited"))
    slack.accepts_first = slack.blind = True
    queue(moody, "hello")
    for _ in range(4):
        moody.later(seconds=8)
    assert moody.chat()[-1] == f"{REPEATED}\nhello"


def test_a_message_that_was_refused_often_is_still_looked_for_once_it_is_unclear(
    moody: TestOffice,
) -> None:
    slack = faults(moody, MODS, *[NotSent("limited", SECOND) for _ in range(9)], Unclear("lost"))
    slack.accepts_first = True
    queue(moody, "hello")
    for _ in range(15):
        moody.later(seconds=2)
    assert moody.chat() == ["hello"]
    assert states(moody) == [Delivery.SENT]


def test_an_attempt_that_gets_no_answer_ends_before_another_replica_may_take_over(
    moody: TestOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ATTEMPT < LEASE
    monkeypatch.setattr("bot.outbox.ATTEMPT", timedelta(seconds=0.05))
    slack = faults(moody, MODS, None)

    async def hang(post: Post) -> Sent:
        del slack.send  # type: ignore[method-assign]
        await slack.send(post)
        await asyncio.Event().wait()
        raise AssertionError

    slack.send = hang  # type: ignore[method-assign]
    queue(moody, "hello")
    moody.later(seconds=2)
    moody.later(seconds=2)
    assert moody.chat() == ["hello"]
    assert states(moody) == [Delivery.SENT]


async def test_a_delivery_that_is_cut_off_by_a_stop_is_looked_into_soon(
    moody: TestOffice,
) -> None:
    slack = faults(moody, MODS, None)
    arrived = asyncio.Event()

    async def hang(post: Post) -> Sent:
        await Sandbox.send(slack, post)
        arrived.set()
        return await asyncio.Future()

    slack.send = hang  # type: ignore[method-assign]
    queue(moody, "hello")
    delivery = asyncio.create_task(moody.outbox.work_next(slack))
    await arrived.wait()
    delivery.cancel()
    await asyncio.wait([delivery])
    assert delivery.cancelled()

    del slack.send  # type: ignore[method-assign]
    moody.clock += 2 * SECOND
    assert await moody.outbox.work_next(slack)
    assert moody.chat() == ["hello"]
    assert states(moody) == [Delivery.SENT]


def test_a_message_survives_that_the_database_does_not_answer_while_it_is_prepared(
    moody: TestOffice,
) -> None:
    first = queue(moody, "0")
    moody.deliver()
    queue(moody, "1", edits=first)

    def fail(_: int) -> OutboxMessage:
        del moody.outbox._load  # type: ignore[method-assign]
        raise OperationalError("SELECT", {}, Exception("gone"))

    moody.outbox._load = fail  # type: ignore[method-assign]
    moody.deliver()
    moody.later(seconds=2)
    assert moody.chat() == ["1"]


def test_what_was_sent_is_noted_as_soon_as_the_database_answers_again(
    moody: TestOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(moody.outbox, "idle", 0.01)
    note, tries = moody.outbox._note, itertools.count(1)

    def fail_twice(row: OutboxMessage, sent: Sent) -> None:
        if next(tries) < 3:
            raise OperationalError("UPDATE", {}, Exception("gone"))
        note(row, sent)

    moody.outbox._note = fail_twice  # type: ignore[method-assign]
    queue(moody, "hello")
    queue(moody, "next")
    moody.deliver()
    assert moody.chat() == ["hello", "next"]
    assert states(moody) == [Delivery.SENT] * 2


def test_a_service_that_counts_its_messages_anew_is_not_sent_anything_twice(
    moody: TestOffice,
) -> None:
    queue(moody, "old", BO)
    moody.deliver()
    moody.slack.messages.clear()  # as another bot has it, that takes over
    queue(moody, "new", BO)
    moody.deliver()
    moody.later(minutes=5)
    assert moody.inbox("bo") == ["new"]
    assert states(moody) == [Delivery.SENT] * 2


def test_a_crash_while_sending_ends_with_the_lease(moody: TestOffice) -> None:
    queue(moody, "hello")
    assert moody.outbox._claim("slack") is not None  # and the process dies
    moody.restart()
    moody.later(seconds=LEASE.total_seconds() - 1)
    assert moody.chat() == []
    moody.later(seconds=1)
    assert moody.chat() == ["hello"]
    assert states(moody) == [Delivery.SENT]


def test_what_was_sent_just_before_a_crash_is_not_posted_again(moody: TestOffice) -> None:
    queue(moody, "hello")
    queue(moody, "next")
    with pytest.raises(ZeroDivisionError):
        _crash_after_sending(moody)
    assert moody.chat() == ["hello"]
    moody.restart()
    moody.later(seconds=LEASE.total_seconds())
    assert moody.chat() == ["hello", "next"]
    assert states(moody) == [Delivery.SENT] * 2


def _crash_after_sending(office: TestOffice) -> None:
    def crash(*_: object) -> None:
        raise ZeroDivisionError

    office.outbox._note = crash  # type: ignore[method-assign]
    office.deliver()
