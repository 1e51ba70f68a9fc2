"""At the demo's prompt a newcomer acts as anyone, and sees what comes of it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.demo.prompt import Prompt
from bot.demo.week import Scene, Week
from tests.newcomer import Newcomer

FILED = (
    "amina: /draft",
    "amina: answer page=Works on Facebook purpose=event text=The fair opens on Friday.",
)  # the card is message 1 on Slack and 3 for Dara on Telegram


@pytest.fixture
def newcomer(tmp_path: Path, sqlite_template: Path) -> Iterator[Newcomer]:
    shutil.copy(sqlite_template, tmp_path / "countersign.db")
    newcomer = Newcomer(tmp_path)
    yield newcomer
    newcomer.stage.close()


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("bo: 👍 1", "1 of 2 approvals"),
        ("dara: approve 3", "1 of 2 approvals"),
        ("bo: approve 3", "Bo cannot see message 3"),
        ("bo: approve 3", "The copy that Bo sees is message 1."),
        ("bo: 👍 99", "There is no message 99."),
        ("bo: press 1 Withdraw", "It has: ✅ Approve, ❌ Reject, Ask for changes, 👀"),
        ("bo: press 1", "Which button?"),
        ("amina: 👍 1", "This is your own draft"),
        ("stranger: 👍 1", "not counted"),
        ("bo: answer x", "No form is open before Bo."),
        ("bo", "Put a colon after the name, as in `bo: /help`."),
        ("bo approve 1", "Put a colon"),
        ("bo : approve 1", "1 of 2 approvals"),
        ("zoe: /help", "There is no zoe in the demo. There are: amina, bo,"),
        ("bo@telegram: /help", "Bo has no account on telegram, only on Slack."),
        ("stranger: /help", "I do not know you yet"),
        ("bo: 🎉 1", "Nobody is told anything"),
        ("sina: 👍 3", "Sina cannot see message 3"),
        ("who", "author in Ministry of Works; on Slack and Telegram"),
        ("inbox amina", "is with the moderators"),
        ("inbox bo", "Bo has had no private message yet."),
        ("inbox", "Write `inbox amina`."),
        ("card 1", "The fair opens on Friday."),
        ("card draft 1", "The fair opens on Friday."),
        ("card 2", "There is no card of draft 2"),
        ("card", "Write `card 3`."),
        ("show 3", "Telegram, only Dara sees this"),
        ("show x", "Write `show 3`."),
        ("audit", "Amina: draft submitted draft:1"),
        ("audit", "nothing was changed"),
        ("help", "let time pass"),
        ("week 1", "The week has 0 steps"),
        ("wait 4h", "Your vote is missing"),
        ("wait until mon 08:00", "Monday 20 July 2026, 08:00 in Dhaka"),
        ("", ""),
    ],
)
def test_the_prompt_shows_what_comes_of_a_line(newcomer: Newcomer, typed: str, shown: str):
    said = newcomer.types(*FILED, typed)

    assert shown in " ".join(said.split())


def test_a_newcomer_can_take_a_vote_back(newcomer: Newcomer):
    assert "1 of 2 approvals" in newcomer.types(*FILED, "bo: 👍 1")
    assert "0 of 2 approvals" in newcomer.types("bo: take 👍 1")


def test_a_form_is_asked_field_by_field_when_nothing_is_given(newcomer: Newcomer):
    newcomer.director.ask = newcomer.prompt.read
    newcomer.types("amina: /draft")
    newcomer.answers = iter(
        ["Works on Facebook", "nonsense", "event", "The fair opens on Friday.", "", ""]
    )

    assert "is with the moderators" in newcomer.types("amina: answer")


def test_leaving_a_form_half_way_leaves_it_open(newcomer: Newcomer):
    newcomer.director.ask = newcomer.prompt.read
    newcomer.answers = iter(["1"])

    said = newcomer.types("amina: /draft", "amina: answer")
    assert "Ctrl-D leaves the form open" in said
    assert "The form stays open" in said
    assert "is with the moderators" in newcomer.types(FILED[1])


def test_a_mistake_in_a_form_leaves_it_open(newcomer: Newcomer):
    assert "none of the answers" in newcomer.types(
        "amina: /draft", "amina: answer page=7 purpose=event text=x"
    )
    assert "is with the moderators" in newcomer.types(FILED[1])


def test_plain_words_answer_the_question_that_is_open_on_telegram(newcomer: Newcomer):
    newcomer.types("dara: /draft", "dara: press 1 Works on Facebook", "dara: press 2 Event")

    assert "When is it wanted?" in newcomer.types("dara: The fair opens on Friday.")


def test_while_the_clock_is_wound_each_job_runs_when_it_would(newcomer: Newcomer):
    newcomer.types(*FILED)
    said = newcomer.types("wait 5h")

    assert "Sunday 19 July 2026, 13:30 in Dhaka" in said  # filed at 09:30, four hours before
    assert said.rstrip().endswith("Sunday 19 July 2026, 14:30 in Dhaka")


def test_the_prompt_ends_with_quit_and_at_the_end_of_input(newcomer: Newcomer):
    newcomer.answers = iter(["who", "quit", "audit"])
    newcomer.prompt.run()
    assert list(newcomer.answers) == ["audit"]

    newcomer.prompt.run()
    assert newcomer.out.getvalue().rstrip().endswith("Nothing of this demo is kept.")


def test_ctrl_c_leaves_politely(newcomer: Newcomer):
    def interrupt(_: str) -> str:
        raise KeyboardInterrupt

    Prompt(newcomer.director, read=interrupt).run()

    assert "Goodbye" in newcomer.out.getvalue()


def test_a_step_of_the_week_can_be_read_again(newcomer: Newcomer):
    scene = Scene("Monday: help", "Amina asks for help.", lambda week: week.do("amina: /help"))
    week = list(Week(newcomer.director).play((scene,)))
    newcomer.prompt = Prompt(newcomer.director, week)

    assert "Monday: help" in newcomer.types("week")
    assert "What I can do for you" in newcomer.types("week 1")
    assert "The week has 1 steps" in newcomer.types("week 2")


HOSTILE = "\x1b[31mred\x1b[0m [bold]loud[/bold] :smile: \x07\x9b2J\r\u202eevil\u2069 {id} **x**"


def test_hostile_words_are_shown_and_command_nothing(newcomer: Newcomer):
    said = newcomer.types(
        f"stranger: /{HOSTILE}",
        "amina: /draft",
        f"amina: answer page=Works on F purpose=event text={HOSTILE}",
    )
    literally = "␛[31mred␛[0m [bold]loud[/bold] :smile: ␇�2J␍⟨U+202E⟩evil"

    assert literally in " ".join(said.replace("│", "").split())
    assert not set(newcomer.out.getvalue()) & {"\x1b", "\x07", "\x9b", "\r", "\u202e"}
