"""What cannot be delivered is reported once to those who can do something about it."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from bot.platforms.base import NotSent, Undeliverable
from storage.db import transaction
from storage.models import Delivery, OutboxMessage
from tests.moody import BO, MODS, Moody, faults, queue, row, states
from tests.office import TestOffice


@pytest.fixture
def moody(engine: Engine) -> Iterator[TestOffice]:
    """A comms team whose Slack has faults."""
    office = TestOffice(engine)
    office.slack = office.platforms["slack"] = Moody("slack", has_forms=True)
    office.restart()
    yield office
    office.close()


def test_after_a_day_a_message_is_given_up_and_reported(moody: TestOffice) -> None:
    faults(moody, MODS, *[NotSent("down") for _ in range(999)])
    given_up = queue(moody, "hello")
    moody.later(hours=24)
    assert row(moody, given_up).state is Delivery.PENDING
    moody.later(minutes=5, seconds=1)
    assert row(moody, given_up).state is Delivery.FAILED
    assert "down" in row(moody, given_up).error
    assert len(moody.inbox("lee")) == 1
    assert "could not deliver" in moody.heard("lee")


def test_undeliverable_messages_are_reported_once_a_day_for_each_chat_and_reason(
    moody: TestOffice,
) -> None:
    faults(moody, MODS, *[Undeliverable("channel_not_found") for _ in range(4)])
    faults(moody, BO, Undeliverable("blocked"))
    failed = [queue(moody, "one"), queue(moody, "two"), queue(moody, "three", BO)]
    moody.deliver()
    assert [row(moody, each).state for each in failed] == [Delivery.FAILED] * 3
    assert len(moody.inbox("lee")) == 2
    assert "channel_not_found" in moody.inbox("lee")[0]
    assert "blocked" in moody.inbox("lee")[1]

    queue(moody, "four")
    moody.deliver()
    assert len(moody.inbox("lee")) == 2
    moody.clock += timedelta(days=1)
    queue(moody, "five")
    moody.deliver()
    assert len(moody.inbox("lee")) == 3


def test_an_alert_that_cannot_be_delivered_raises_no_other(moody: TestOffice) -> None:
    faults(moody, MODS, Undeliverable("channel_not_found"))
    faults(moody, "U0LEE", *[Undeliverable("blocked") for _ in range(9)])
    queue(moody, "one")
    moody.deliver()
    assert states(moody) == [Delivery.FAILED] * 2
    assert [a for _, a in moody.record()].count("undelivered") == 2


def test_an_error_of_ours_is_reported_and_others_go_on(moody: TestOffice) -> None:
    faults(moody, MODS, KeyError("a bug"))
    queue(moody, "one")
    queue(moody, "two")
    moody.deliver()
    assert moody.chat() == ["two"]
    assert "see its log" in moody.heard("lee")


def test_a_message_stored_by_another_version_is_set_aside(moody: TestOffice) -> None:
    strange = queue(moody, "strange")
    queue(moody, "next")
    with transaction(moody.engine) as db:
        db.get_one(OutboxMessage, strange).body = {"loudness": 1}
    moody.deliver()
    assert row(moody, strange).state is Delivery.FAILED
    assert moody.chat() == ["next"]
