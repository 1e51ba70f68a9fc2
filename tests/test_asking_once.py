"""Questions that are written once, and rows that are loaded once, tell what is true now."""

from datetime import timedelta

import pytest
from sqlalchemy import event
from sqlmodel import Session, col, select, update

from policy.workflow import State
from storage import claims, drafts, outbox, people
from storage.db import connect, transaction
from storage.models import Claim, Delivery, Draft, Office, OutboxMessage, Revision
from tests.office import TestOffice

CLOSED = "The bridge at Kanchpur is closed on Monday from 9 am."
#: So many questions one event asks at most; before they were counted, it asked those in brackets.
MOST = {"draft": 55, "vote": 41, "decision": 42}  # (92, 42, 57)


def asked(office: TestOffice) -> list[str]:
    """Collect what the database is asked from now on."""
    found: list[str] = []

    @event.listens_for(office.engine, "before_cursor_execute")
    def note(_: object, __: object, statement: str, *___: object) -> None:
        if statement.startswith("SELECT"):
            found.append(statement)

    return found


@pytest.fixture
def filed(office: TestOffice) -> TestOffice:
    """An office with one draft before its moderators."""
    office.says("amina", f"/draft {CLOSED}")
    return office


def edit(db: Session) -> OutboxMessage:
    """Return a change of a card that waits to go out."""
    waiting = (col(OutboxMessage.edits_id).is_not(None), OutboxMessage.state == Delivery.PENDING)
    return db.exec(select(OutboxMessage).where(*waiting).limit(1)).one()


def test_events_ask_the_database_no_more_than_they_must(office: TestOffice) -> None:
    office.deliver, deliver = lambda: None, office.deliver  # type: ignore[method-assign]
    questions = asked(office)
    office.says("amina", f"/draft {CLOSED}")
    count = {"draft": len(questions)}
    deliver()
    for name, who in (("vote", "bo"), ("decision", "chen")):
        card = office.card()
        questions.clear()
        office.reacts(who, "👍", card)
        count[name] = len(questions)
        deliver()
    assert all(count[name] <= MOST[name] for name in MOST), count


def test_a_change_that_is_overtaken_is_known_to_whoever_holds_it(filed: TestOffice) -> None:
    filed.deliver, deliver = lambda: None, filed.deliver  # type: ignore[method-assign]
    filed.reacts("bo", "👍", filed.card())
    with transaction(filed.engine) as db:
        held = edit(db)
        outbox.supersede(db, held.edits_id or 0)
        assert held.state is Delivery.DROPPED
    deliver()


def test_a_place_that_is_forgotten_is_known_to_whoever_holds_the_message(filed: TestOffice) -> None:
    with transaction(filed.engine) as db:
        [card] = (row for row in outbox.about(db, "card:1") if row.platform == "slack")
        outbox.forget_place(db, "slack", card.sent_chat or "", card.message or "")
        assert (card.sent_chat, card.message) == (None, None)


def test_claims_that_end_are_gone_for_whoever_held_them(filed: TestOffice) -> None:
    with transaction(filed.engine) as db:
        draft = db.get_one(Draft, 1)
        bo = people.get(db, people.members(db, people.office(db, draft.office_id))[1].person.id)
        held = claims.make(db, draft, bo, filed.clock, 30)
        claims.end_all(db, draft)
        assert held not in db
        assert db.get(Claim, (1, bo.id)) is None
        assert claims.of(db, draft, filed.clock - timedelta(days=1)) == []


def test_a_row_that_is_kept_shows_each_change_of_its_own_transaction(filed: TestOffice) -> None:
    with transaction(filed.engine) as db:
        office = people.office(db, 1)
        assert people.office(db, 1) is office
        db.exec(update(Office).values(needed=1))
        assert people.office(db, 1).needed == 1


def test_a_kept_row_goes_back_with_its_savepoint(filed: TestOffice) -> None:
    with transaction(filed.engine) as db:
        text = drafts.text_of(db, db.get_one(Draft, 1))
        with db.begin_nested() as attempt:
            db.get_one(Revision, (1, 1)).text = "Another."
            db.flush()
            assert drafts.text_of(db, db.get_one(Draft, 1)) == "Another."
            attempt.rollback()
        assert drafts.text_of(db, db.get_one(Draft, 1)) == text


def test_what_others_commit_is_seen_by_the_next_transaction(filed: TestOffice) -> None:
    with transaction(filed.engine) as db:
        name = people.office(db, 1).name
    with transaction(filed.engine) as other:
        people.office(other, 1).name = f"{name} and Roads"
    with transaction(filed.engine) as db:
        assert people.office(db, 1).name == f"{name} and Roads"


def test_a_lock_shows_what_others_have_committed_before_it(postgres_url: str) -> None:
    engine = connect(postgres_url)
    office = TestOffice(engine)
    office.says("amina", f"/draft {CLOSED}")
    with transaction(engine) as db:
        before = db.get_one(Draft, 1)
        assert (before.state, drafts.votes(db, before)) == (State.IN_REVIEW, [])
        office.reacts("bo", "👍", office.card())
        office.reacts("chen", "👍", office.card())
        held = drafts.locked(db, 1)
        assert held is before
        assert held.state is State.APPROVED
        assert len(drafts.votes(db, held)) == 2
    office.close()
    engine.dispose()
