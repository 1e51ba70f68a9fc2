"""A large installation with a long past, and one with a hundredth of it and as much that is due."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, text
from sqlmodel import Session

from bot.dispatcher import Dispatcher
from handlers import ROUTERS
from policy.workflow import State
from storage import schema
from storage.db import connect, transaction
from storage.models import (
    Account,
    Delivery,
    Draft,
    Membership,
    Office,
    OutboxMessage,
    Page,
    Person,
    Revision,
)

OFFICES, PAGES_EACH, PEOPLE_EACH = 1_000, 5, 5
NOW = datetime(2026, 9, 10, 6, tzinfo=UTC)  # Thursday noon in Dhaka, no holiday near
WEEKS = 100  # of the past
LATELY = 4  # weeks without updates, so that as much is due with any past
DUE = 100  # offices in which something is due
ROLES = (["author"], ["moderator"], ["moderator", "senior"], ["moderator"], ["lead", "admin"])
NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :count) "


class Installation:
    """The bot with a thousand offices, and a clock."""

    def __init__(self, engine: Engine, drafts: int, updates: int) -> None:
        self.engine, self.now = engine, NOW
        with transaction(engine) as db:
            _people(db)
            _past(db, drafts, updates)
            _count_on(db)
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("ANALYZE")
        self.bot = Dispatcher(engine, {}, ROUTERS, now=lambda: self.now)

    def make_due(self) -> None:
        """Let a week pass, after which as much is due as the week before."""
        self.now += timedelta(weeks=1)
        with transaction(self.engine) as db:
            later = {"later": self.now + timedelta(days=1), "now": self.now, "due": DUE}
            later["since"] = self.now - timedelta(hours=23)
            later["lately"] = self.now - timedelta(minutes=30)
            for statement in (
                "UPDATE page SET check_at = :later WHERE office_id > :due",
                "UPDATE page SET check_at = :now WHERE office_id <= :due",
                "UPDATE office SET weekly_at = :later WHERE id > :due",
                "UPDATE office SET weekly_at = :now WHERE id <= :due",
                "UPDATE draft SET waiting_since = :lately WHERE state = 'in_review'",
                "UPDATE draft SET waiting_since = :since"
                " WHERE state = 'in_review' AND office_id <= :due",
            ):
                names = [name for name in later if f":{name}" in statement]
                db.execute(text(statement), {name: _plain(db, later[name]) for name in names})


@contextmanager
def installation(url: str, drafts: int, updates: int) -> Iterator[Installation]:
    """Build an installation on a database of its own."""
    engine = connect(url)
    schema.migrate(engine)
    made = Installation(engine, drafts, updates)
    yield made
    made.bot.threads.close()
    engine.dispose()


def _plain(db: Session, value: Any) -> Any:
    """Write a moment as the database keeps it."""
    if not isinstance(value, datetime) or db.get_bind().dialect.name == "postgresql":
        return value
    return f"{value:%Y-%m-%d %H:%M:%S.%f}"


def _people(db: Session) -> None:
    """Found the offices, each with its people, pages and a draft that waits."""
    long_ago = NOW - timedelta(weeks=WEEKS + 9)
    numbers = range(1, OFFICES + 1)
    db.add_all(
        Office(
            id=n, name=f"office {n}", timezone="Asia/Dhaka", country="BD", packs=[],
            platform="slack", chat=f"C{n}", filed_chat=f"C{n}", ladder=["4h", "8h", "16h", "400h"],
            urgent_ladder=["5m"], days_added=[], days_struck=[], directory=[], joined_at=long_ago,
        )
        for n in numbers
    )  # fmt: skip
    persons = [(n, n * 10 + place) for n in numbers for place in range(PEOPLE_EACH)]
    db.add_all(Person(id=person, name=f"person {person}") for _, person in persons)
    db.flush()
    for n, person in persons:
        db.add(Membership(office_id=n, person_id=person, roles=ROLES[person % 10]))
        db.add(Account(platform="slack", user=f"U{person}", person_id=person))
    for page in range(1, OFFICES * PAGES_EACH + 1):
        n = (page - 1) // PAGES_EACH + 1
        db.add(
            Page(
                id=page, office_id=n, name=f"page {page}", kind="website", week_start=6,
                url=f"https://{page}.example", owner_id=n * 10, started_at=long_ago,
            )
        )  # fmt: skip
    db.flush()
    db.add_all(_waiting(n, long_ago) for n in numbers)
    db.flush()
    db.add_all(Revision(draft_id=n, number=1, text="Road", written_at=long_ago) for n in numbers)
    db.flush()


def _waiting(number: int, since: datetime) -> Draft:
    return Draft(
        id=number, office_id=number, page_id=number * PAGES_EACH, author_id=number * 10,
        state=State.IN_REVIEW, created_at=since, waiting_since=since,
    )  # fmt: skip


def _past(db: Session, drafts: int, updates: int) -> None:
    """Write the past: drafts, what was said about them, updates and what was said of pages."""
    _copy(db, "draft", drafts, "id", {
        "office_id": f"1 + i % {OFFICES}", "page_id": f"1 + i % {OFFICES * PAGES_EACH}",
        "state": "'published'",
    })  # fmt: skip
    sent = OutboxMessage(
        platform="slack", chat="C1", body={"parts": []}, state=Delivery.SENT,
        created_at=NOW - timedelta(weeks=1), due_at=NOW,
    )  # fmt: skip
    db.add(sent)
    db.flush()
    _copy(db, "outboxmessage", drafts, "id", {"subject": "'card:' || i", "message": "'m' || i",
                                              "sent_chat": "chat"})  # fmt: skip
    for week in range(LATELY, WEEKS + LATELY):
        at = _plain(db, NOW - timedelta(weeks=week, hours=week % 100))
        fields = {"count": updates // WEEKS, "at": at, "key": f"hint:{week}:"}
        db.execute(
            text(
                "INSERT INTO pageupdate (page_id, at, source, link) "
                f"{NUMBERS} SELECT 1 + i % {OFFICES * PAGES_EACH}, :at, 'said', '' FROM n"
            ),
            fields,
        )
        for table, columns, values in (
            ("notice", "key, at", ":key || i, :at"),
            ("pageweek", "page_id, week, ended_at, updates, wanted", "i, :key, :at, 1, 2"),
        ):
            few = min(updates // WEEKS // 5, OFFICES * PAGES_EACH)
            db.execute(
                text(f"INSERT INTO {table} ({columns}) {NUMBERS} SELECT {values} FROM n"),
                {**fields, "count": few},
            )


def _count_on(db: Session) -> None:
    """Let PostgreSQL number new rows behind those that were written with their numbers."""
    if db.get_bind().dialect.name != "postgresql":
        return
    for table in Office.metadata.sorted_tables:
        if "id" in table.columns:
            sequence = f"pg_get_serial_sequence('{table.name}', 'id')"
            last = f"(SELECT coalesce(max(id), 0) + 1 FROM {table.name})"
            db.execute(text(f"SELECT setval({sequence}, {last}, false)"))


def _copy(db: Session, table: str, count: int, key: str, changed: dict[str, str]) -> None:
    """Copy the row of a table with the highest key many times, some columns changed."""
    names = [column.name for column in _columns(db, table) if column.name != key]
    values = ", ".join(changed.get(name, f'"{name}"') for name in names)
    quoted = ", ".join(f'"{name}"' for name in names)
    last = db.execute(text(f"SELECT max({key}) FROM {table}")).scalar()
    db.execute(
        text(
            f"INSERT INTO {table} ({key}, {quoted}) {NUMBERS} "
            f"SELECT :last + i, {values} FROM {table}, n WHERE {key} = :last"
        ),
        {"count": count, "last": last},
    )


def _columns(db: Session, table: str) -> Any:
    return Office.metadata.tables[table].columns
