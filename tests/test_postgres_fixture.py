"""The PostgreSQL of the tests keeps tests apart, and leaves nothing behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.engine import make_url

from tests import postgres
from tests.postgres import Owner, Server, server

HOLD = """
import time
from tests.postgres import server
with server() as running:
    print(running._admin.execute("SHOW data_directory").fetchone()[0], flush=True)
    time.sleep(60)
"""


@pytest.fixture(scope="module")
def running() -> Iterator[Server]:
    with server() as started:
        yield started


def with_a_note(url: str) -> None:
    with postgres._connect(make_url(url)) as db:
        db.execute("CREATE TABLE note (text text)")


def notes(url: str) -> list[tuple[str]]:
    with postgres._connect(make_url(url)) as db:
        return db.execute("SELECT text FROM note").fetchall()


def test_what_one_clone_holds_is_not_in_the_template_nor_in_the_next_clone(running):
    template = running.template(with_a_note)
    first = running.clone(template)
    with postgres._connect(make_url(first)) as db:
        db.execute("INSERT INTO note VALUES ('mine')")

    assert notes(first) == [("mine",)]
    assert notes(running.clone(template)) == []


def test_a_clone_goes_even_while_somebody_is_connected(running):
    clone = running.clone(running.url("template0"))
    with postgres._connect(make_url(clone)) as db:
        running.drop(clone)
        with pytest.raises(psycopg.OperationalError):
            db.execute("SELECT 1")
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        postgres._connect(make_url(clone))


def test_a_database_that_was_not_made_here_is_never_dropped(running):
    with pytest.raises(ValueError, match="postgres is not a database of these tests"):
        running.drop(running.url("postgres"))


def test_a_given_server_is_left_as_it_was_found(running, monkeypatch):
    monkeypatch.setenv("TEST_DATABASE_URL", running.url("postgres"))
    query = "SELECT count(*) FROM pg_database"
    before = running._admin.execute(query).fetchone()
    with server() as given:
        given.clone(given.url("template0"))
        assert running._admin.execute(query).fetchone() != before

    assert running._admin.execute(query).fetchone() == before


def test_a_server_that_does_not_start_says_why(tmp_path):
    ourselves = Owner(os.geteuid(), os.getegid())
    with (
        pytest.raises(postgres.NoServer, match=r"(?s)initdb.*TEST_DATABASE_URL"),
        postgres._started(tmp_path / "nothing here", tmp_path, ourselves),
    ):
        pass


def test_a_run_that_is_killed_leaves_no_folder_behind():
    held = subprocess.Popen([sys.executable, "-c", HOLD], stdout=subprocess.PIPE, text=True)
    assert held.stdout is not None
    folder = Path(held.stdout.readline().strip()).parent
    assert folder.exists()
    held.send_signal(signal.SIGKILL)
    held.communicate()

    deadline = time.monotonic() + 10
    while folder.exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not folder.exists()


def test_a_lent_database_comes_back_as_it_was_lent(running):
    def with_a_row(url):
        with postgres._connect(make_url(url)) as db:
            db.execute("CREATE TABLE counted (id serial PRIMARY KEY, text text)")
            db.execute("INSERT INTO counted (text) VALUES ('kept')")

    template = running.template(with_a_row)
    with running.lent(template) as first, postgres._connect(make_url(first)) as db:
        db.execute("UPDATE counted SET text = 'changed'")
        db.execute("INSERT INTO counted (text) VALUES ('more')")
    with running.lent(template) as again, postgres._connect(make_url(again)) as db:
        assert again == first
        db.execute("INSERT INTO counted (text) VALUES ('next')")
        rows = db.execute("SELECT id, text FROM counted ORDER BY id").fetchall()
        assert rows == [(1, "kept"), (2, "next")]


@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE note ADD COLUMN more int",
        "DROP TABLE note",
        "CREATE TABLE another (id int)",
        "CREATE INDEX ON note (text)",
        "ALTER TABLE note DISABLE TRIGGER USER; ALTER TABLE note ADD CHECK (text <> '')",
    ],
)
def test_a_lent_database_whose_shape_was_changed_is_not_lent_again(running, change):
    template = running.template(with_a_note)
    with running.lent(template) as first, postgres._connect(make_url(first)) as db:
        db.execute(change)
    with running.lent(template) as second:
        assert second != first
        assert notes(second) == []
