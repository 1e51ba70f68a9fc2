"""What people do is stored before it is acknowledged, handled once, and in order for each."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.dispatcher import Dispatcher
from handlers import ROUTERS
from handlers.chat import Chat, Command, Event, Press, Reaction, Sender
from handlers.context import Context
from handlers.router import Router
from storage import inbox
from storage.db import transaction
from storage.models import Draft, InboxEvent, InboxState, Vote
from tests.events import command, events, rows
from tests.office import TestOffice
from tests.waiting import until

BO = Sender("slack", "U0BO")


def happens_thrice(office: TestOffice, event: Event) -> None:
    for _ in range(3):
        office.happens(event)


def test_a_repeated_event_changes_nothing(office: TestOffice) -> None:
    happens_thrice(office, command("draft", "The road is closed.", by="U0AMINA", id="a"))
    card = office.card()
    vote = Reaction(BO, Chat("slack", card.chat), card.id, "👍", id="b")
    happens_thrice(office, vote)
    press = Press(
        Sender("slack", "U0CHEN"), Chat("slack", card.chat), card.id, "approve", "1.1", id="c"
    )
    happens_thrice(office, press)

    assert rows(office, Draft, Vote) == [1, 2]
    assert len([a for _, a in office.record() if a.startswith(("draft", "voted"))]) == 4
    assert len([t for t in office.inbox("amina") if "approved" in t]) == 1
    assert [event.state for event in events(office)] == [InboxState.DONE] * 3


def test_a_repeated_event_is_told_apart_from_the_same_act_done_again(office: TestOffice) -> None:
    draft = command("draft", "The road is closed.", by="U0AMINA", id="a")
    office.happens(draft)
    office.happens(replace(draft, id="b"))
    assert rows(office, Draft) == [2]


def test_of_one_event_that_arrives_many_times_at_once_one_counts(office: TestOffice) -> None:
    event = command("draft", "The road is closed.", by="U0AMINA", id="a")
    with ThreadPoolExecutor(8) as threads:
        new = list(threads.map(lambda _: office.dispatcher.store(event), range(24)))
    assert sorted(new) == [False] * 23 + [True]
    office.happens(event)
    assert rows(office, Draft, InboxEvent) == [1, 1]


def test_platforms_may_number_their_events_alike(office: TestOffice) -> None:
    office.happens(command("me", id="7"))
    office.happens(Command(Sender("telegram", "1001"), Chat("telegram", "1001"), "me", id="7"))
    assert rows(office, InboxEvent) == [2]


def test_what_an_event_said_is_forgotten_once_it_is_handled(office: TestOffice) -> None:
    event = command("draft", "Under embargo.", by="U0AMINA", id="a")
    assert office.dispatcher.store(event)
    assert "Under embargo." in str(events(office)[0].body)
    office.happens(event)
    assert events(office)[0].body is None


def test_what_a_refused_event_said_is_forgotten_too(office: TestOffice) -> None:
    office.happens(command("nonsense", "Under embargo.", id="a"))
    assert [(e.state, e.body) for e in events(office)] == [(InboxState.DONE, None)]


async def test_several_workers_keep_the_order_of_each_sender(office: TestOffice) -> None:
    router = Router()
    told: list[tuple[str, int]] = []

    @router.command("note")
    def note(command: Command, ctx: Context) -> None:
        told.append((command.by.user, int(command.text)))

    office.dispatcher.router.include(router)
    for number in range(12):
        for user in ("U0BO", "U0CHEN", "U0LEE"):
            event = command("note", str(number), by=user, id=f"{user}{number}")
            await office.dispatcher.accept(event)
    workers = [asyncio.create_task(office.dispatcher.work()) for _ in range(6)]
    await until(lambda: len(told) == 36)
    office.dispatcher.stop()
    await asyncio.wait_for(asyncio.gather(*workers), 5)
    for user in ("U0BO", "U0CHEN", "U0LEE"):
        assert [number for by, number in told if by == user] == list(range(12))


def test_nobodys_later_event_is_taken_while_an_earlier_one_is_in_hand(
    office: TestOffice,
) -> None:
    for number, user in enumerate(("U0BO", "U0BO", "U0CHEN")):
        office.dispatcher.store(command("me", by=user, id=str(number)))
    if office.engine.dialect.name == "sqlite":
        assert office.dispatcher.threads.size == 1  # whoever writes does so alone
        return
    with transaction(office.engine) as first, transaction(office.engine) as second:
        assert [getattr(inbox.claim(db, office.clock), "key", "") for db in (first, second)] == [
            "0",
            "2",
        ]
        with transaction(office.engine) as third:
            assert inbox.claim(third, office.clock) is None


def test_events_are_remembered_for_as_long_as_a_platform_may_repeat_them(
    office: TestOffice,
) -> None:
    office.happens(command("me", id="x"))
    office.dispatcher.store(command("me", id="pending"))
    for days, left in ((6.99, ["x", "pending"]), (7.01, ["pending"])):
        with transaction(office.engine) as db:
            inbox.forget(db, office.clock + timedelta(days=days))
        assert [event.key for event in events(office)] == left


async def test_an_event_that_another_replica_left_behind_is_found(
    office: TestOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.dispatcher.IDLE", 0.01)
    other = Dispatcher(office.engine, office.platforms, ROUTERS, now=lambda: office.clock)
    worker = asyncio.create_task(other.work())
    await asyncio.sleep(0.05)
    await asyncio.to_thread(office.dispatcher.store, command("me", id="x"))
    await until(lambda: events(office)[0].state is InboxState.DONE)
    other.stop()
    await asyncio.wait_for(worker, 5)
    other.threads.close()
