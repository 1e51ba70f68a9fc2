"""What is over is forgotten, and what cannot be delivered does not wait for ever."""

from sqlmodel import func, select

from handlers.chat import message
from handlers.tidying import forget_what_is_over
from storage import people
from storage.db import transaction
from storage.models import Delivery, InboxEvent, OutboxMessage

CLOSED = "The bridge at Kanchpur is closed on Monday."


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
