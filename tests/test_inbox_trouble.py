"""A bug or a database that does not answer loses no event and holds up nobody else."""

import asyncio
from contextlib import suppress

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlmodel import select

from bot.dispatcher import TRIES
from handlers.chat import Chat, Command, Event, Reaction, Sender
from handlers.context import Context
from storage.db import transaction
from storage.models import InboxEvent, InboxState, OutboxMessage, Vote
from tests.events import command, events, router_of, rows
from tests.office import TestOffice
from tests.waiting import until


def test_a_bug_is_undone_answered_with_its_number_and_the_rest_goes_on(office: TestOffice) -> None:
    def fail(command: Command, ctx: Context) -> None:
        """Break."""
        ctx.db.add(Vote(draft_id=1, revision=9, person_id=1, choice="approve", by="button",
                        platform="slack", voted_at=ctx.now))  # fmt: skip
        ctx.reply("this is never sent")
        raise KeyError("a bug")

    router_of(office, "fail", fail)
    office.says("amina", "/draft The road is closed on Monday.", on="slack")
    for event in (command("fail", id="x"), command("help", id="y"), command("me", id="z")):
        office.dispatcher.store(event)
    office.happens(command("me", id="q"))

    stored = {event.key: event for event in events(office)}
    assert stored["x"].state is InboxState.FAILED
    assert all(stored[key].state is InboxState.DONE for key in "yzq")
    assert stored["x"].body is None
    said = office.inbox("bo")
    assert f"number {stored['x'].id}" in said[0]
    assert "never sent" not in "".join(said)
    assert len(said) == 4
    assert rows(office, Vote) == [0]


def test_a_bug_that_looks_like_trouble_of_the_database_does_not_stop_everybody(
    office: TestOffice,
) -> None:
    router_of(office, "fail", lambda command, ctx: ctx.db.execute(text("SELECT * FROM nowhere")))
    office.dispatcher.store(command("fail", id="x"))
    office.dispatcher.store(command("help", id="y"))
    for _ in range(TRIES):
        with suppress(OperationalError):
            office.dispatcher.handle()
    office.happens(command("help", by="U0CHEN", id="z"))
    assert {event.key: event.state for event in events(office)} == {
        "x": InboxState.FAILED,
        "y": InboxState.DONE,
        "z": InboxState.DONE,
    }


def test_an_event_of_another_version_is_set_aside(office: TestOffice) -> None:
    office.dispatcher.store(command("me", id="x"))
    with transaction(office.engine) as db:
        db.exec(select(InboxEvent)).one().body = {"kind": "Whisper", "loudness": 1}
    office.dispatcher.handle()
    office.happens(command("me", id="y"))
    assert [event.state for event in events(office)] == [InboxState.FAILED, InboxState.DONE]
    assert ("bot", "failed") in office.record()


async def test_a_platform_that_cannot_show_something_holds_up_nobody(office: TestOffice) -> None:
    async def hang(event: Event, *, answered: bool) -> None:
        await asyncio.Event().wait()

    async def fail(event: Event, *, answered: bool) -> None:
        raise ConnectionError

    for platform, trouble in ((office.telegram, hang), (office.slack, fail)):
        platform.finish = trouble  # type: ignore[method-assign]
    by = Sender("telegram", "1001")
    await office.dispatcher.accept(Command(by, Chat("telegram", "1001"), "me", id="x"))
    await office.dispatcher.accept(command("me", id="y"))
    await office.dispatcher.accept(command("me", id="z"))
    worker = asyncio.create_task(office.dispatcher.work())
    await until(lambda: all(event.state is InboxState.DONE for event in events(office)))
    worker.cancel()
    await asyncio.wait([worker])


def test_while_the_database_does_not_answer_an_event_waits(office: TestOffice) -> None:
    tries = []

    def flaky(command: Command, ctx: Context) -> None:
        """Fail twice, as a database does that is being restarted."""
        tries.append(command.id)
        if len(tries) < 3:
            raise OperationalError("SELECT", {}, Exception("gone"))
        ctx.reply("done")

    router_of(office, "flaky", flaky)
    office.dispatcher.store(command("flaky", id="x"))
    for _ in range(2):
        with pytest.raises(OperationalError):
            office.dispatcher.handle()
        assert [event.state for event in events(office)] == [InboxState.PENDING]
    office.happens(command("me", by="U0CHEN", id="y"))
    assert office.inbox("bo") == ["done"]
    assert tries == ["x"] * 3


async def test_a_worker_survives_that_the_database_does_not_answer(
    office: TestOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.dispatcher.IDLE", 0.01)
    tries = []

    def flaky(command: Command, ctx: Context) -> None:
        """Fail once."""
        tries.append(command.id)
        if len(tries) == 1:
            raise OperationalError("SELECT", {}, Exception("gone"))
        office.dispatcher.stop()

    router_of(office, "flaky", flaky)
    await office.dispatcher.accept(command("flaky", id="x"))
    await asyncio.wait_for(office.dispatcher.work(), 5)
    assert tries == ["x", "x"]


def test_what_cannot_be_stored_is_not_acknowledged(office: TestOffice) -> None:
    with transaction(office.engine) as db:
        db.execute(text("ALTER TABLE inboxevent RENAME TO elsewhere"))
    with pytest.raises(Exception, match="inboxevent"):
        asyncio.run(office.dispatcher.accept(command("me", id="x")))
    with transaction(office.engine) as db:
        db.execute(text("ALTER TABLE elsewhere RENAME TO inboxevent"))
    office.happens(command("me", id="x"))
    assert [event.state for event in events(office)] == [InboxState.DONE]


def test_a_vote_and_what_is_said_about_it_are_one_transaction(office: TestOffice) -> None:
    office.says("amina", "/draft The road is closed on Monday.", on="slack")
    office.reacts("bo", "👍", office.card())
    before, card = rows(office, Vote, OutboxMessage), office.card().message
    with transaction(office.engine) as db:
        db.execute(text("ALTER TABLE draftfinding RENAME TO elsewhere"))  # the card needs it
    vote = Reaction(
        Sender("slack", "U0CHEN"), Chat("slack", "C0MODS"), office.card().id, "👍", id="x"
    )
    office.dispatcher.store(vote)
    for _ in range(TRIES):
        with suppress(OperationalError):
            office.dispatcher.handle()
    with transaction(office.engine) as db:
        db.execute(text("ALTER TABLE elsewhere RENAME TO draftfinding"))
    office.deliver()
    assert rows(office, Vote, OutboxMessage) == [before[0], before[1] + 1]
    assert "number" in office.heard("chen")
    assert office.card().message == card
