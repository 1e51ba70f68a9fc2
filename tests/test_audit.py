"""The audit log is append-only, and a change that got past that is named."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, select

from handlers.chat import Command
from handlers.context import Context, Refusal
from handlers.router import Router
from storage import audit
from storage.db import connect, transaction
from storage.models import AuditEntry
from tests.office import TestOffice

NOW = datetime(2026, 7, 20, 4, 0, 0, 123456, tzinfo=UTC)


def write(engine: Engine, *actions: str) -> None:
    with transaction(engine) as db:
        for action in actions:
            audit.record(db, NOW, "bo", action, "draft:1", office="Works", revision=1)


def verdict(engine: Engine) -> audit.Verdict:
    with transaction(engine) as db:
        return audit.verify(db)


def actions(engine: Engine) -> list[str]:
    with transaction(engine) as db:
        return [entry.action for entry in audit.entries(db)]


def disarm(engine: Engine) -> None:
    """Do what somebody with full rights in the database can do: remove the triggers."""
    statements = (
        ["DROP TRIGGER auditentry_no_update", "DROP TRIGGER auditentry_no_delete"]
        if engine.dialect.name == "sqlite"
        else ["ALTER TABLE auditentry DISABLE TRIGGER USER"]
    )
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE auditentry SET actor = 'nobody' WHERE id = 2",
        "UPDATE auditentry SET digest = digest",
        "DELETE FROM auditentry WHERE id = 3",
        "DELETE FROM auditentry",
    ],
)
def test_the_database_refuses_to_change_or_delete_an_entry(engine: Engine, statement: str) -> None:
    write(engine, "one", "two", "three")
    with pytest.raises(DBAPIError, match="append-only"), engine.begin() as connection:
        connection.execute(text(statement))
    assert actions(engine) == ["one", "two", "three"]


def test_the_database_refuses_to_truncate_the_log(postgres_url: str) -> None:
    engine = connect(postgres_url)
    write(engine, "one")
    with pytest.raises(DBAPIError, match="append-only"), engine.begin() as connection:
        connection.execute(text("TRUNCATE auditentry"))
    assert actions(engine) == ["one"]
    engine.dispose()


def test_an_untouched_log_verifies(engine: Engine) -> None:
    assert verdict(engine) == audit.Verdict(0, audit.FIRST)
    write(engine, "one", "two")
    write(engine, "three")
    with transaction(engine) as db:
        assert audit.verify(db) == audit.Verdict(3, audit.head(db)[1])


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("at", "2026-07-20 04:00:00.123457"),
        ("office", "'Fisheries'"),
        ("actor", "'chen'"),
        ("action", "'four'"),
        ("subject", "'draft:2'"),
        ("detail", """'{"revision": 2}'"""),
        ("previous", f"'{'0' * 64}'"),
        ("digest", f"'{'1' * 64}'"),
    ],
)
def test_an_altered_entry_is_named(engine: Engine, column: str, value: str) -> None:
    write(engine, "one", "two", "three")
    disarm(engine)
    if column == "at":
        value = f"'{value}'" if engine.dialect.name == "sqlite" else f"'{value}+00'"
    with engine.begin() as connection:
        connection.execute(text(f"UPDATE auditentry SET {column} = {value} WHERE id = 2"))
    assert verdict(engine).broken == 2


@pytest.mark.parametrize(("removed", "named"), [(1, 2), (2, 3), (3, 4)])
def test_a_removed_entry_is_missed_by_the_next(engine: Engine, removed: int, named: int) -> None:
    write(engine, "one", "two", "three", "four")
    disarm(engine)
    with engine.begin() as connection:
        connection.execute(text(f"DELETE FROM auditentry WHERE id = {removed}"))
    assert verdict(engine).broken == named


def test_a_removed_end_shows_against_a_noted_count(engine: Engine) -> None:
    write(engine, "one", "two", "three")
    noted = verdict(engine)
    disarm(engine)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM auditentry WHERE id = 3"))
    after = verdict(engine)
    assert after.broken is None
    assert (after.count, after.head) != (noted.count, noted.head)


def test_an_inserted_entry_is_named_even_if_its_digest_is_right(engine: Engine) -> None:
    write(engine, "one", "two", "three")
    disarm(engine)
    with Session(engine) as db, db.begin():
        db.execute(text("UPDATE auditentry SET id = 4 WHERE id = 3"))
        second = db.get_one(AuditEntry, 2)
        forged = AuditEntry(**second.model_dump() | {"id": 3, "action": "forged"})
        forged.previous = second.digest
        forged.digest = audit.digest(forged, second.digest)
        db.add(forged)
    assert verdict(engine).broken == 4


def test_an_entry_written_past_the_chain_is_named(engine: Engine) -> None:
    write(engine, "one")
    with Session(engine) as db, db.begin():
        first = db.exec(select(AuditEntry)).one()
        db.add(AuditEntry(**first.model_dump() | {"id": 2}))
    assert verdict(engine).broken == 2


def test_writers_at_once_keep_one_chain(engine: Engine) -> None:
    with ThreadPoolExecutor(8) as threads:
        for _ in threads.map(lambda n: write(engine, f"{n} a", f"{n} b"), range(40)):
            pass
    written = actions(engine)
    assert verdict(engine).count == len(written) == 80
    assert verdict(engine).broken is None
    assert all(written[n][:-1] == written[n + 1][:-1] for n in range(0, 80, 2))


def test_any_zone_and_any_words_verify_after_a_round_trip(engine: Engine) -> None:
    with transaction(engine) as db:
        dhaka = NOW.astimezone(timezone(timedelta(hours=6)))
        audit.record(db, dhaka, "আমিনা", "“quoted”", why="\u202e\ufffd ␀", share=0.1, none=None)
    assert verdict(engine).broken is None


def failing(office: TestOffice, error: Exception) -> None:
    """Let `/fail` record something, and then fail."""
    router = Router()

    @router.command("fail")
    def fail(command: Command, ctx: Context) -> None:
        ctx.record("bo", "never happened", "draft:1")
        ctx.db.flush()
        raise error

    office.dispatcher.router.include(router)


def test_a_handler_that_fails_leaves_only_the_record_of_its_failure(office: TestOffice) -> None:
    failing(office, RuntimeError("a bug"))
    office.says("bo", "/fail")
    about = office.record(lambda entry: entry.actor != "offices file")
    assert about == [("bot", "failed")]
    assert office.verdict().broken is None


def test_of_what_a_refused_handler_did_only_the_refusal_stays(office: TestOffice) -> None:
    failing(office, Refusal("Not today."))
    office.says("bo", "/fail")
    assert office.heard("bo") == "Not today."
    about = office.record(lambda entry: entry.actor != "offices file")
    assert about == [("bo", "refused")]
    assert office.verdict().broken is None


def test_a_refusal_is_recorded_and_holds_nobodys_words(office: TestOffice) -> None:
    office.says("bo", "/withdrawn my secret text")
    office.says("stranger", "/draft A secret text.")
    office.says("amina", "/office tell me everything")
    with transaction(office.engine) as db:
        refused = [e for e in audit.entries(db) if e.action == "refused"]
        assert [(e.actor, e.subject) for e in refused] == [
            ("bo", "/withdrawn"),
            ("slack:stranger", "/draft"),
            ("amina", "/office"),
        ]
        assert all(e.detail["why"] for e in refused)
        assert not any("secret" in str(e.model_dump()) for e in audit.entries(db))
    assert office.verdict().broken is None


@pytest.mark.parametrize(
    "act",
    [
        lambda office: office.says("amina", "/draft The road is closed on Monday."),
        lambda office: office.reacts("bo", "👍", office.card()),
        lambda office: office.reacts("stranger", "👍", office.card()),
    ],
)
def test_what_people_do_is_in_the_record_the_moment_it_is_done(
    office: TestOffice, act: Callable[[TestOffice], None]
) -> None:
    office.says("amina", "/draft The school opens on Sunday.")
    before = len(office.record())
    act(office)
    assert len(office.record()) == before + 1
    assert office.verdict().broken is None
