"""An office's own packs: its rules, its words, its severities, read again without a restart."""

import itertools

import pytest

from bot.commands.doctor import doctor
from bot.commands.run import build, run
from bot.commands.settings import Mistake
from policy import library
from policy.documents import DocumentError
from policy.shelf import Shelf
from storage import office_file
from tests.office import OFFICES, TestOffice

WORKS = """\
pack: works
version: "2026-07-01"
title: What our ministry adds
extends: bd
overrides:
  - rule: all-caps
    because: Our road signs are in capitals
    off: true
  - rule: private-email
    because: We have had trouble with these
    severity: block
    bad: ["Send forms to tavita.forms.test@gmail.com"]
rules:
  - id: no-flyover
    title: Say bridge
    severity: senior
    say: "Say “bridge”, not “{found}”."
    source: Our own word list, 2026
    why: People search for bridges.
    check: wording
    with: {find: ours}
    good: ["The bridge is open"]
    bad: ["The flyover is open"]
"""
OURS = """\
list: ours
owner: Ministry of Works
source: Our own word list
date: "2026-07-01"
changes: ["2026-07-01: the first words"]
words: flyover
"""
CAPS = "THE BRIDGE AT KANCHPUR IS CLOSED ALL DAY ON MONDAY"
FLYOVER = "The flyover at Kanchpur is open."
MAIL = "Send forms to tavita.forms.test@gmail.com"
OFFICE = OFFICES.replace("[bd]", "[works]")


@pytest.fixture
def folder(tmp_path):
    """A folder of own packs."""
    folder = tmp_path / "packs"
    (folder / "lists").mkdir(parents=True)
    (folder / "works.yaml").write_text(WORKS, "utf-8")
    (folder / "lists/ours.yaml").write_text(OURS, "utf-8")
    return folder


@pytest.fixture
def works(engine, folder):
    """An office that has the pack of its own."""
    office = TestOffice(engine, OFFICE, shelf=Shelf(folder))
    yield office
    office.close()


def replica(office: TestOffice, folder) -> TestOffice:
    """Another process that works for the same office."""
    other = TestOffice(office.engine, OFFICE, shelf=Shelf(folder))
    other.clock, other._numbers = office.clock, itertools.count(1000)
    return other


def rewrite(folder, old: str, new: str, name: str = "works.yaml") -> None:
    path = folder / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_office_adds_words_switches_a_rule_off_and_changes_a_severity(works):
    works.says("amina", f"/draft {FLYOVER}")
    assert "Say “bridge”, not “flyover”" in works.text(works.card())
    works.says("amina", f"/draft {CAPS}")
    assert CAPS in works.text(works.card(2))
    works.says("amina", f"/draft {MAIL}")
    assert "cannot go to the moderators" in works.heard("amina")
    works.presses("amina", "Why?")
    assert "works@2026-07-01" in works.heard("amina")


def test_rule_that_is_off_is_explained_with_the_reason(works):
    works.says("amina", "/policy all-caps")
    assert "It is off for Ministry of Works" in works.heard("amina")
    assert "road signs" in works.heard("amina")
    works.says("amina", "/policy no-flyover")
    assert "Source: Our own word list" in works.heard("amina")


def test_diff_shows_what_the_own_pack_changes(works):
    works.says("amina", "/policy diff bd works")
    said = works.heard("amina")
    for words in ("Only in bd (1)", "all-caps", "Only in works (1)", "no-flyover"):
        assert words in said
    assert "private-email, severity: senior in bd, block in works" in said


# Reading again


def test_reload_says_what_has_changed_and_records_the_versions(works, folder):
    rewrite(folder, "2026-07-01", "2026-07-02")
    rewrite(folder, "severity: senior\n    say", "severity: block\n    say")
    works.says("lee", "/policy reload")
    assert "no-flyover: senior is now block" in works.heard("lee")
    assert "works@2026-07-02" in works.heard("lee")
    assert ("lee", "policy reloaded") in works.record(
        lambda e: "2026-07-01" in str(e.detail) and "2026-07-02" in str(e.detail)
    )
    works.says("amina", f"/draft {FLYOVER}")
    assert "cannot go to the moderators" in works.heard("amina")


def test_reload_that_changes_nothing_says_so(works):
    works.says("lee", "/policy reload")
    assert "No file has changed" in works.heard("lee")
    assert "same as before" in works.heard("lee")


def test_reload_reads_the_word_lists_again(works, folder):
    rewrite(folder, "words: flyover", "words: flyover overpass", "lists/ours.yaml")
    works.says("lee", "/policy reload")
    assert "Read again: lists/ours.yaml." in works.heard("lee")
    works.says("amina", "/policy try The overpass is open.")
    assert "⟦overpass⟧" in works.heard("amina")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("severity: senior\n    say", "severity: grave\n    say", "works.yaml line 16"),
        ("check: wording", "check: wordng", "there is no check 'wordng'"),
        ("The flyover is open", "The road is open", "rule no-flyover (with works) misses"),
        ("rule: all-caps", "rule: all-cap", "no rule 'all-cap' to override"),
        ("rules:\n", "rules\n", "works.yaml line"),
        ("{find: ours}", "{find: hers}", "hers"),
    ],
)
def test_reload_of_packs_that_are_wrong_leaves_the_old_rules_in_force(
    works, folder, old, new, said
):
    rewrite(folder, old, new)
    works.says("lee", "/policy reload")
    assert "old rules stay in force" in works.heard("lee")
    assert said in works.heard("lee")
    assert ("lee", "policy not reloaded") in works.record()
    works.says("amina", f"/draft {FLYOVER}")
    assert "Say “bridge”" in works.text(works.card())


def test_only_admins_reload(works):
    for name in ("amina", "bo", "sina"):
        works.says(name, "/policy reload")
        assert "which you do not have" in works.heard(name)


def test_other_replicas_notice_a_reload(works, folder):
    other = replica(works, folder)
    rewrite(folder, "severity: senior\n    say", "severity: block\n    say")
    other.says("amina", f"/policy try {FLYOVER}")
    assert "needs a senior's approval" in other.heard("amina")
    works.says("lee", "/policy reload")
    other.says("amina", f"/policy try {FLYOVER}")
    assert "must be changed" in other.heard("amina")
    other.close()


def test_replica_whose_files_are_wrong_keeps_its_rules_and_writes_it_down(works, folder):
    other = replica(works, folder)
    works.says("lee", "/policy reload")
    rewrite(folder, "check: wording", "check: wordng")
    other.says("amina", f"/policy try {FLYOVER}")
    assert "⟦flyover⟧" in other.heard("amina")
    other.says("amina", f"/policy try {FLYOVER}")
    assert other.record().count(("bot", "policy not reloaded")) == 1
    other.close()


# Starting


def test_offices_name_their_packs_only_if_these_are_there(folder):
    assert office_file.parse(OFFICE, folder=folder).offices[0].packs == ["works"]
    with pytest.raises(DocumentError, match="“works” is not a policy pack"):
        office_file.parse(OFFICE)
    with pytest.raises(DocumentError, match="did you mean works"):
        office_file.parse(OFFICES.replace("[bd]", "[work]"), folder=folder)


@pytest.fixture
def installation(folder, monkeypatch):
    """An installation whose folder is the working directory."""
    monkeypatch.chdir(folder.parent)
    monkeypatch.setattr("bot.commands.run.configure", lambda *_: None)
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "700:key")
    (folder.parent / "offices.yaml").write_text(OFFICE, "utf-8")
    return folder


def test_folder_named_packs_is_taken_if_it_is_there(installation):
    bot = build()
    assert bot.offices is not None
    bot.threads.close()
    bot.engine.dispose()


def test_broken_pack_is_refused_at_the_start_with_its_place(installation):
    rewrite(installation, "check: wording", "check: wordng")
    with pytest.raises(Mistake, match=r"works\.yaml line \d+: rules\[0\].*wordng"):
        build()


def test_pack_of_an_office_that_is_known_already_is_refused_at_the_start(
    installation, engine, monkeypatch, capsys
):
    TestOffice(engine, OFFICE, shelf=Shelf(installation)).close()
    monkeypatch.setenv("DATABASE_URL", engine.url.render_as_string(hide_password=False))
    monkeypatch.setenv("TELEGRAM_API_URL", "http://127.0.0.1:9/bot")
    monkeypatch.setenv("HTTP_PORT", "0")
    (installation.parent / "offices.yaml").unlink()
    rewrite(installation, "check: wording", "check: wordng")
    library.forget()
    assert run() == 2
    assert "works.yaml line" in capsys.readouterr().err


def test_pack_that_nobody_uses_does_not_keep_others_from_being_read_again(works, folder):
    (folder / "draft.yaml").write_text(WORKS.replace("works", "draft"), "utf-8")
    works.says("lee", "/policy diff bd draft")
    assert "Only in draft" in works.heard("lee")
    rewrite(folder, "check: wording", "check: wordng", "draft.yaml")
    works.says("lee", "/policy reload")
    assert "same as before" in works.heard("lee")
    works.says("lee", "/policy diff bd draft")
    assert "wordng" in works.heard("lee")
    works.says("lee", "/policy nothing-like-it")
    assert "no rule" in works.heard("lee")


def test_rules_are_explained_while_the_files_are_wrong(works, folder):
    rewrite(folder, "check: wording", "check: wordng")
    works.says("lee", "/policy reload")
    for wanted in ("no-flyover", "all-caps"):
        works.says("amina", f"/policy {wanted}")
        assert "Source: " in works.heard("amina")


def test_doctor_reports_a_pack_that_is_wrong(installation, capsys, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "sqlite:///x.db")
    monkeypatch.delenv("TELEGRAM_BOT_TOKEN")
    assert doctor() == 1
    assert "ok    policy packs" in capsys.readouterr().out
    rewrite(installation, "check: wording", "check: wordng")
    library.forget()
    assert doctor() == 1
    out = capsys.readouterr().out
    assert "WRONG policy packs" in out
    assert "works.yaml line" in out
