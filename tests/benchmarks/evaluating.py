"""What an evaluation of one page costs in an installation with a million drafts and updates."""

import statistics
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlalchemy import Connection
from sqlmodel import SQLModel

from policy import quarters
from storage import evaluation, people, schema
from storage.db import connect, transaction
from storage.models import Draft, DraftFinding, Office, Page, Revision, Source
from tests.office import TestOffice

OFFICES, PAGES = 1_000, 5_000
DRAFTS, UPDATES = 500_000, 500_000
MINUTES = 525_600  # of the year over which they are spread
NUMBERS = "WITH RECURSIVE n(n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM n WHERE n < {last}) "


@dataclass(frozen=True)
class Costs:
    """Medians, in milliseconds."""

    page: float  # with the quarter before
    page_when_small: float  # the same, with nothing but that page's own history
    office: float  # five pages


def measured(rounds: int) -> Costs:
    """Measure a page and its office in a large installation, beside one with a hundredth of it."""
    with installation(1) as large:
        page, office = _times(large, rounds)
    with installation(100) as small:
        alone, _ = _times(small, rounds)
    return Costs(page, alone, office)


def _times(office: TestOffice, rounds: int) -> tuple[float, float]:
    page = statistics.median(evaluate(office, of_page=True) for _ in range(rounds))
    return page, statistics.median(evaluate(office, of_page=False) for _ in range(rounds))


def evaluate(office: TestOffice, *, of_page: bool) -> float:
    """Write one evaluation; return the milliseconds."""
    with transaction(office.engine) as db:
        ours, page = people.office(db, 1), db.get_one(Page, 1)
        span = quarters.last_over(page.started_at, office.clock, ours.timezone)
        assert span is not None
        before = quarters.before(page.started_at, span)
        began = time.perf_counter()
        made = evaluation.report(
            db, ours, span, office.clock, page=page if of_page else None, before=before
        )
        took = (time.perf_counter() - began) * 1_000
        assert made.numbers["filed"]
        assert made.numbers["updates"]
        return took


@contextmanager
def installation(part: int) -> Iterator[TestOffice]:
    """Open an installation, or a part of one, with a year behind it; each page has as much."""
    with tempfile.TemporaryDirectory(prefix="countersign-bench-") as folder:
        engine = connect(f"sqlite:///{Path(folder, 'offices.db')}")
        schema.migrate(engine)
        office = TestOffice(engine)
        office.says("amina", "/draft The bridge at Kanchpur is closed on Monday.")
        with transaction(engine) as db:
            page = db.get_one(Page, 1)
            page.started_at = office.clock - timedelta(days=400)
            db.get_one(Office, 1).joined_at = page.started_at
        with engine.begin() as connection:
            fill(connection, office, part)
        yield office
        office.close()
        engine.dispose()


def fill(connection: Connection, office: TestOffice, part: int) -> None:
    """Copy the office, its page and its draft many times, with moments all over a year."""
    back = f"'-' || (n * 7919 % {MINUTES}) || ' minutes'"
    form = "'%Y-%m-%d %H:%M:%f000'"
    moment = f"strftime({form}, '{office.clock:%Y-%m-%d %H:%M}', {back})"
    offices, pages, drafts = OFFICES // part, PAGES // part, DRAFTS // part
    of_page = f"n % {pages} + 1"
    of_office = f"({of_page} - 1) % {offices} + 1"
    copy(connection, Office, offices, {"id": "n", "name": "name || n", "chat": "chat || n"})
    place = {"id": "n", "name": "name || n", "url": "url || n"}
    place["office_id"] = f"(n - 1) % {offices} + 1"
    copy(connection, Page, pages, place)
    decided = {"state": "CASE n % 9 WHEN 0 THEN 'rejected' ELSE 'published' END"}
    moments = dict.fromkeys(("created_at", "waiting_since", "decided_at"), moment)
    mine = {"id": "n", "page_id": of_page, "office_id": of_office}
    copy(connection, Draft, drafts, {**mine, **decided, **moments})
    copy(connection, Revision, drafts, {"draft_id": "n", "written_at": moment})
    copy(connection, DraftFinding, drafts, {"id": "n + 1000", "draft_id": "n"})
    said = {"id": "n", "page_id": of_page, "at": moment, "link": "''", "by_id": "1"}
    said["source"], numbers = f"'{Source.SAID}'", NUMBERS.format(last=UPDATES // part)
    into = f"INSERT INTO pageupdate ({', '.join(said)})"
    connection.exec_driver_sql(f"{into} {numbers} SELECT {', '.join(said.values())} FROM n")


def copy(
    connection: Connection, model: type[SQLModel], last: int, changes: Mapping[str, str]
) -> None:
    """Copy the first row of a table until there are so many, with changes that depend on n."""
    table = SQLModel.metadata.tables[model.__name__.lower()]
    names = [column.name for column in table.columns]
    values = [changes.get(name, f'"{name}"') for name in names]
    columns = ", ".join(f'"{name}"' for name in names)
    source = f"(SELECT * FROM {table.name} ORDER BY 1 LIMIT 1)"
    numbers = NUMBERS.format(last=last)
    into, chosen = f"INSERT INTO {table.name} ({columns})", f"SELECT {', '.join(values)}"
    connection.exec_driver_sql(f"{into} {numbers} {chosen} FROM n, {source}")
