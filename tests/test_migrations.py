"""The migrations make the tables that the code expects, on both databases."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text

from storage import schema
from storage.db import connect

ROOT = Path(__file__).parents[1]


@pytest.fixture(params=["sqlite", "postgres"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database with nothing in it."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/empty.db"
        return
    server = request.getfixturevalue("postgres_server")
    url = server.clone(server.url("template0"))
    yield url
    server.drop(url)


@pytest.fixture
def empty(empty_url: str) -> Iterator[Engine]:
    """A database with nothing in it."""
    engine = connect(empty_url)
    yield engine
    engine.dispose()


def tables(engine: Engine) -> set[str]:
    with engine.begin() as connection:
        return set(inspect(connection).get_table_names())


def test_the_code_knows_the_newest_migration() -> None:
    folder = ScriptDirectory(str(schema.MIGRATIONS))
    assert folder.get_heads() == [schema.HEAD]


def test_a_migrated_database_has_exactly_the_tables_of_the_models(engine: Engine) -> None:
    with engine.begin() as connection:
        command.check(schema.configuration(connection))


def test_every_migration_can_be_taken_back_and_applied_again(empty: Engine) -> None:
    schema.migrate(empty)
    made = tables(empty)
    with empty.begin() as connection:
        command.downgrade(schema.configuration(connection), "base")
    assert tables(empty) == {"alembic_version"}

    schema.migrate(empty)
    assert tables(empty) == made
    with empty.begin() as connection:
        command.check(schema.configuration(connection))
        assert schema.version(connection) == schema.HEAD


def test_migrating_twice_keeps_what_is_there(empty: Engine) -> None:
    schema.migrate(empty)
    with empty.begin() as connection:
        connection.execute(text("INSERT INTO person (name) VALUES ('amina')"))
    schema.migrate(empty)
    with empty.begin() as connection:
        assert connection.execute(text("SELECT name FROM person")).all() == [("amina",)]


def test_several_processes_may_migrate_at_once(empty_url: str, empty: Engine) -> None:
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.processes.migrate", empty_url],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    for each in running:
        assert each.stdout is not None
        assert each.stdout.readline() == "ready\n"
    for each in running:
        assert each.stdin is not None
        each.stdin.write("go\n")
        each.stdin.flush()
    outcomes = [(each.communicate(timeout=30)[1], each.returncode) for each in running]
    assert outcomes == [("", 0), ("", 0)]
    with empty.begin() as connection:
        assert schema.version(connection) == schema.HEAD
        command.check(schema.configuration(connection))


OLD_RELEASE = """
INSERT INTO office (id, name, timezone, country, subdivision, packs, platform, chat, filed_chat,
    veto, ladder, urgent_ladder, hours, days_added, days_struck, directory, active, joined_at,
    in_force)
VALUES (1, 'Works', 'Asia/Dhaka', 'BD', '', '[]', 'slack', 'C', 'C', false, '[]', '[]', '', '[]',
    '[]', '[]', true, '2026-07-20 04:00:00', '[]');
INSERT INTO person (id, name) VALUES (1, 'amina');
INSERT INTO page (id, office_id, name, kind, url, updates_per_week, week_start, started_at, active,
    languages)
VALUES (1, 1, 'Page', 'x', 'https://x.example', 2, 0, '2026-07-20 04:00:00', true, '[]');
INSERT INTO draft (id, office_id, page_id, author_id, state, hold, revision, checked, purpose,
    created_at, waiting_since, link)
VALUES (1, 1, 1, 1, 'in_review', '', 1, 3, '', '2026-07-20 04:00:00', '2026-07-20 04:00:00', '');
INSERT INTO draftfinding (draft_id, revision, checked, position, rule, severity, kind, say, found,
    suggestion, source, why, pack, guard, confirmed)
VALUES (1, 1, 1, 0, 'other', 'warn', '', '', '', '', '', '', '', '', false),
    (1, 1, 2, 0, 'card', 'block', '', '', '', '', '', '', '', '', false),
    (1, 1, 3, 0, 'card', 'block', '', '', '', '', '', '', '', '', false),
    (1, 1, 3, 1, 'stadium', 'block', '', '', '', '', '', '', '', '', false);
INSERT INTO release (draft_id, revision, person_id, granted, reason, rules, at)
VALUES (1, 1, 1, true, 'It is a specimen.', '["card"]', '2026-07-20 05:00:00')
"""


def test_release_of_before_belongs_to_the_check_that_was_shown(empty: Engine) -> None:
    with empty.begin() as connection:
        command.upgrade(schema.configuration(connection), "0003")
        for statement in OLD_RELEASE.split(";"):
            connection.execute(text(statement))
    schema.migrate(empty)
    with empty.begin() as connection:
        assert connection.execute(text("SELECT checked FROM release")).all() == [(2,)]
        command.downgrade(schema.configuration(connection), "0003")
        assert connection.execute(text("SELECT reason FROM release")).all() == [
            ("It is a specimen.",)
        ]
