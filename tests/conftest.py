"""Whatever touches the database is tested on SQLite and PostgreSQL, migrated as in production."""

import gc
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from policy.shelf import Shelf
from storage import schema
from storage.db import connect
from tests import postgres
from tests.engines import hurried
from tests.office import OFFICES, TestOffice
from tests.wire import MODES, Wire, services

#: A pack whose rule forbids in an election what it only mentions otherwise.
STADIUMS = """
pack: stadiums
version: "2026-07-01"
title: Stadiums
extends: bd
rules:
  - id: stadium
    title: No stadiums
    severity: info
    during: {election: block, mourning: senior}
    say: "Leave out “{found}”."
    source: Our own
    why: They divide people.
    match: '\\bstadium\\b'
    good: ["A road"]
    bad: ["A stadium"]
"""


def pytest_collection_finish() -> None:
    """Look for no garbage among the tests themselves, and less often among the rest."""
    gc.set_threshold(10_000, 20, 20)
    gc.collect()
    gc.freeze()


def migrated(url: str) -> None:
    """Bring a database up to date."""
    engine = connect(url)
    schema.migrate(engine)
    engine.dispose()


def opened(url: str) -> None:
    """Let the office of most tests open in a migrated database: that takes longer than a test."""
    engine = connect(url)
    TestOffice(engine).close()
    engine.dispose()
    gc.freeze()  # the rules that were loaded for it stay


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file, to be copied."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    migrated(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def sqlite_office(sqlite_template: Path) -> Path:
    """A file with the office in it, to be copied."""
    path = sqlite_template.with_name("office.db")
    shutil.copy(sqlite_template, path)
    opened(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Server]:
    """A real PostgreSQL server of our own."""
    with postgres.server() as server:
        yield server


@pytest.fixture(scope="session")
def postgres_template(postgres_server: postgres.Server) -> str:
    """A migrated PostgreSQL database, to be cloned."""
    return postgres_server.template(migrated)


@pytest.fixture(scope="session")
def postgres_office(postgres_server: postgres.Server, postgres_template: str) -> str:
    """A database with the office in it, to be cloned."""
    return postgres_server.template(opened, postgres_template)


@pytest.fixture
def template(request: pytest.FixtureRequest) -> str:
    """What a fresh database is a copy of: it has the office in it for tests about the office."""
    return "office" if "office" in request.fixturenames else "template"


@pytest.fixture
def sqlite_url(request: pytest.FixtureRequest, template: str) -> str:
    """The address of a fresh SQLite database: always the same, for the sake of its engine."""
    made: Path = request.getfixturevalue(f"sqlite_{template}")
    for old in made.parent.glob("countersign.db*"):
        old.unlink()
    shutil.copy(made, made.with_name("countersign.db"))
    return f"sqlite:///{made.with_name('countersign.db')}"


@pytest.fixture
def postgres_url(
    request: pytest.FixtureRequest, template: str, postgres_server: postgres.Server
) -> Iterator[str]:
    """The address of a fresh PostgreSQL database."""
    with postgres_server.lent(request.getfixturevalue(f"postgres_{template}")) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of a fresh database of each kind we support."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(scope="session")
def engines() -> Iterator[dict[str, Engine]]:
    """Engines by address, kept for the statements that they have compiled."""
    kept: dict[str, Engine] = {}
    yield kept
    for each in kept.values():
        each.dispose()


@pytest.fixture
def engine(database_url: str, engines: dict[str, Engine]) -> Iterator[Engine]:
    """A fresh database of each kind we support."""
    if database_url not in engines:
        engines[database_url] = hurried(database_url)
    engine = engines[database_url].execution_options()  # who listens to it hears no other test
    yield engine
    engine.dispose()


@pytest.fixture
def office(engine: Engine) -> Iterator[TestOffice]:
    """A comms team at work: its panel of three meets on Slack, its author writes on Telegram."""
    office = TestOffice(engine, is_open=True)
    yield office
    office.close()


@pytest.fixture
def stadiums(engine: Engine, tmp_path: Path) -> Iterator[TestOffice]:
    """An office whose own pack has a rule that knows periods."""
    (tmp_path / "stadiums.yaml").write_text(STADIUMS, "utf-8")
    office = TestOffice(engine, OFFICES.replace("[bd]", "[stadiums]"), shelf=Shelf(tmp_path))
    yield office
    office.close()


@pytest.fixture(params=MODES, ids="-".join)
async def wire(request: pytest.FixtureRequest, sqlite_url: str) -> AsyncIterator[Wire]:
    """Both services in each of their modes, and a bot for them that is not started yet.

    A module that needs fewer modes names them with `parametrize`, `indirect`.
    """
    slack_mode, telegram_mode = request.param
    async with services() as (slack, telegram):
        yield Wire(slack, telegram, sqlite_url, slack_mode, telegram_mode)
        slack.assert_clean()
        telegram.assert_clean()
