"""`countersign report`: text, HTML, CSV and JSON, clear mistakes, and exit codes."""

import json

import pytest
from typer.testing import CliRunner

from bot.commandline import app
from bot.commands import report as command
from policy.measures import MEASURES
from storage.db import connect
from tests.office import FISHERIES, OFFICES, TestOffice

FINE, EMPTY, WRONG = 0, 1, 2


@pytest.fixture
def installation(database_url, monkeypatch, tmp_path):
    """Two offices, in the database that the settings name."""
    engine = connect(database_url)
    office = TestOffice(engine, OFFICES + FISHERIES)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setattr(command, "utc_now", lambda: office.clock)
    yield office
    office.close()
    engine.dispose()


def run(*args):
    return CliRunner().invoke(app, ["report", *args])


def test_report_is_written_in_every_form(installation, tmp_path):
    done = run("--office", "ministry of works", "--period", "this month")
    assert (done.exit_code, done.stderr) == (FINE, "")
    assert done.stdout.startswith("Report: Ministry of Works, 1 July 2026 to 31 July 2026\n")
    assert "the platforms' own numbers are not read" in done.stdout
    assert "named in the file" not in done.stdout
    assert run("--format", "html").stdout.count("<h1>") == 2
    assert run("--format", "csv", "--page", "fish").stdout.startswith("\ufeffabout,section")
    found = json.loads(run("--format", "json", "--page", "Fish").stdout)
    assert [each["page"] for each in found] == ["Fish"]
    assert list(found[0]["numbers"]) == [each.name for each in MEASURES]
    assert installation.record(lambda e: e.action.startswith("report")) == []


def test_files_go_to_a_folder_one_for_each_office(installation, tmp_path):
    folder = tmp_path / "made" / "reports"
    done = run("--out", str(folder), "--format", "html", "--period", "2026-07")
    assert done.exit_code == FINE
    names = ["fisheries-2026-07-01-2026-07-31.html", "ministry-of-works-2026-07-01-2026-07-31.html"]
    assert sorted(each.name for each in folder.iterdir()) == names
    assert done.stdout.splitlines() == [str(folder / name) for name in names]


def test_days_in_which_there_was_no_page_are_nothing_to_report(installation):
    done = run("--period", "2025")
    assert (done.exit_code, done.stdout) == (EMPTY, "")
    assert "No office has a page that was in use in these days" in done.stderr


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--office", "Nowhere"], "no office called “Nowhere”. There are: Fisheries, Ministry of"),
        (["--page", "Nothing"], "no page called “Nothing”. There are: Fish, Works on Facebook"),
        (["--office", "Fisheries", "--page", "Works on Facebook"], "There are: Fish."),
        (["--period", "soon"], "--period: I do not understand “soon”"),
        (["--period", "2030"], "--period: 2030-01-01 is still to come"),
        (["--format", "pdf"], "--format: “pdf” is none of these: text, html, csv, json"),
        (["--out", "/proc/nowhere"], "--out: /proc/nowhere cannot be written to"),
        (["--nosuch"], "--nosuch"),
    ],
)
def test_mistakes_are_named(installation, args, said):
    done = run(*args)
    assert done.exit_code == WRONG
    assert said in done.stderr
    assert done.stdout == ""


def test_database_without_offices_or_of_an_older_version_is_a_mistake(
    database_url, monkeypatch, tmp_path
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", database_url)
    assert "no office yet" in run().stderr
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/new.db")
    done = run()
    assert done.exit_code == WRONG
    assert "run `countersign migrate`" in done.stderr
