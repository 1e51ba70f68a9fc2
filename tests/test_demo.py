"""The guided week keeps what it promises, with and without a terminal."""

import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.cells import cell_len

from bot.demo import play
from bot.demo.week import Broken, Scene, Week
from tests.newcomer import Newcomer, screen


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Everything that the guided week shows."""
    shown, out = screen()
    assert play.play(tmp_path_factory.mktemp("week"), shown, has_terminal=False) == 0, (
        out.getvalue()[-500:]
    )
    return out.getvalue()


@pytest.mark.parametrize(
    "promised",
    [
        "Draft 1 cannot go to the moderators yet",
        "│ Road tax can be paid at every post office. If it fails, call 333.",
        "the moderators' channel of Ministry of Works (card updated)",
        "Telegram, only Dara sees this",
        "Draft 1 for Works on Facebook is approved by Bo and Dara",
        "Draft 1 counts as an update of Works on Facebook",
        "One approval must come from a senior: Chen.",
        "is approved by Bo, Chen and Dara",
        "Draft 3 cannot go to the moderators yet",
        "Draft 4 for Works on Facebook is rejected by Bo and Chen",
        "│ The facts need checking: The opening has moved to Sunday.",
        "Your vote is missing",
        "Half the week is over",
        "The week is nearly over",
        "Works on Facebook (Facebook): 2 of 2 updates last week",
        "Works website (Website): 1 of 2 updates last week",
        "[ ✅ Approve ] [ ❌ Reject ] [ Ask for changes ]",
        "verified: nothing was changed",
    ],
)
def test_the_week_shows_what_it_promises(week: str, promised: str):
    assert promised in week


def test_the_author_hears_on_both_accounts_at_once(week: str):
    _, _, after = week.partition("> dara: approve")
    news, _, _ = after.partition("This is the text to post:")

    assert "Slack, only Amina sees this" in news
    assert "Telegram, only Amina sees this" in news


def test_the_reminder_reaches_chen_and_dara_and_spares_bo(week: str):
    before, _, _ = week.partition("Your vote is missing")
    readers = before[before.rindex("Wednesday 22 July 2026, 10:00") :]

    assert "only Chen sees this" in readers
    assert "only Dara sees this" in readers
    assert "only Bo sees this" not in readers


def test_the_week_fits_80_columns(week: str):
    assert max(cell_len(each) for each in week.splitlines()) <= 80


def test_a_file_gets_no_colours(week: str):
    assert "\x1b" not in week


def test_a_promise_that_is_not_kept_ends_the_play(tmp_path: Path, monkeypatch):
    def forgets(week: Week) -> None:
        week.do("amina: /help")
        week.heard("bo", "What I can do", on="slack")

    monkeypatch.setattr(play, "SCENES", (Scene("Monday", "Bo is told as well.", forgets),))
    shown, out = screen()

    assert play.play(tmp_path, shown, has_terminal=False) == 1
    assert "“What I can do” was promised to bo on slack" in out.getvalue()


def test_what_nobody_should_hear_ends_the_play(tmp_path: Path):
    newcomer = Newcomer(tmp_path)
    week = Week(newcomer.director)
    week.do("amina: /help")

    with pytest.raises(Broken, match="should not have been"):
        week.spared("amina", "What I can do")
    newcomer.stage.close()


def read_until(master: int, process: subprocess.Popen[bytes], end: Callable[[str], bool]) -> str:
    """Read from a terminal until it shows what is waited for, or the process ends."""
    said, deadline = "", time.monotonic() + 60
    while time.monotonic() < deadline and not end(said):
        if select.select([master], [], [], 0.2)[0]:
            try:
                said += os.read(master, 65536).decode("utf-8", "replace")
            except OSError:  # the other end is closed
                break
        elif process.poll() is not None:
            break
    return said


def test_at_a_terminal_the_week_ends_at_a_prompt_that_ctrl_d_leaves():
    master, slave = pty.openpty()
    command = [sys.executable, "-m", "bot", "demo"]
    settings = {**os.environ, "TERM": "dumb", "COLUMNS": "80"}
    process = subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave, env=settings)
    os.close(slave)
    said = read_until(master, process, lambda said: "Sun 09:00 > " in said)
    os.write(master, b"bo: /me\n\x04")
    said += read_until(master, process, lambda said: "Nothing of this demo is kept." in said)

    assert process.wait(timeout=120) == 0
    os.close(master)
    assert "7 of 7" in said
    assert "You are Bo." in said
    assert "\x1b[" not in said.replace("\x1b[?2004h", "").replace("\x1b[?2004l", "")
