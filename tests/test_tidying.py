"""What is over is forgotten, and what cannot be delivered does not wait for ever."""

from sqlalchemy import event
from sqlmodel import func, select

from handlers.chat import Chat, message
from handlers.tidying import forget_what_is_over
from storage import inbox, outbox, people
from storage.db import transaction
from storage.models import Delivery, InboxEvent, OutboxMessage

CLOSED = "The bridge at Kanchpur is closed on Monday."
CHAT = Chat("slack", "C0MODS")


def count(office, what, *where):
    """Count the rows of a table."""
    with transaction(office.engine) as db:
        return db.exec(select(func.count()).select_from(what).where(*where)).one()


def test_handled_events_are_forgotten_once_no_platform_repeats_them(office):
    office.says("amina", f"/draft {CLOSED}")
    office.later(forget_what_is_over, days=6)
    assert count(office, InboxEvent) == 1
    office.later(forget_what_is_over, days=2)
    assert count(office, InboxEvent) == 0


def test_cards_are_kept_so_that_old_reactions_find_their_way(office):
    office.says("amina", f"/draft {CLOSED}")
    office.later(forget_what_is_over, days=400)
    office.reacts("bo", "👍", office.card())
    assert "approved: bo" in office.text(office.card())


def test_message_for_a_platform_that_is_not_set_up_is_given_up(office):
    del office.platforms["telegram"]
    with transaction(office.engine) as db:
        amina = people.by_account(db, "slack", "U0AMINA")
        office.dispatcher.context(db).tell(amina, message("Hello"))
    office.later(forget_what_is_over, hours=47)
    assert count(office, OutboxMessage, OutboxMessage.state == Delivery.PENDING) == 1
    office.later(forget_what_is_over, hours=2)
    assert count(office, OutboxMessage, OutboxMessage.state == Delivery.PENDING) == 0
    assert count(office, OutboxMessage, OutboxMessage.state == Delivery.FAILED) == 1
    assert office.heard("amina") == "Hello"


def test_message_is_kept_as_long_as_a_newer_one_stands_below_it(office):
    with transaction(office.engine) as db:
        note = office.dispatcher.context(db).say(CHAT, message("Said long ago"))
        office.dispatcher.context(db).say(CHAT, message("Said as long ago"))
    office.later(days=40)
    with transaction(office.engine) as db:
        office.dispatcher.context(db).say(CHAT, message("Said today"), under=note)
    office.later(forget_what_is_over, minutes=5)
    assert count(office, OutboxMessage) == 2
    office.later(forget_what_is_over, days=31)
    office.later(forget_what_is_over, minutes=5)
    assert count(office, OutboxMessage) == 0


def test_a_great_deal_is_forgotten_a_part_at_a_time(office, monkeypatch):
    monkeypatch.setattr(outbox, "AT_ONCE", 2)
    monkeypatch.setattr(inbox, "AT_ONCE", 2)
    for number in range(5):
        office.says("amina", f"/help {number}")
    office.later(days=31)
    before = count(office, OutboxMessage), count(office, InboxEvent)
    office.dispatcher.run(forget_what_is_over)
    assert (count(office, OutboxMessage), count(office, InboxEvent)) == (before[0] - 2, 3)
    for _ in range(before[0]):
        office.dispatcher.run(forget_what_is_over)
    assert (count(office, OutboxMessage), count(office, InboxEvent)) == (0, 0)


def test_what_may_be_forgotten_is_found_without_reading_what_is_kept(office):
    """Only on SQLite: PostgreSQL reads a small table whole, whatever its indexes are."""
    if office.engine.dialect.name != "sqlite":
        return
    plans = []

    @event.listens_for(office.engine, "before_cursor_execute")
    def explain(connection, cursor, statement, parameters, context, executemany):
        if statement.startswith(("SELECT", "DELETE", "UPDATE")):
            asked = connection.connection.cursor()
            plans.extend(asked.execute(f"EXPLAIN QUERY PLAN {statement}", parameters).fetchall())

    office.later(forget_what_is_over, minutes=5)
    event.remove(office.engine, "before_cursor_execute", explain)
    steps = [step for *_, step in plans if "outboxmessage" in step or "inboxevent" in step]
    assert any("ix_inbox_over" in step for step in steps), steps
    assert any("ix_outbox_loose" in step for step in steps), steps
    assert not [step for step in steps if step.startswith("SCAN")]
