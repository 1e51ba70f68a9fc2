"""The whole demo: the guided week, then the prompt if somebody sits at a terminal."""

from pathlib import Path

from bot.demo.director import Director
from bot.demo.grammar import Hint, Looks
from bot.demo.looks import Lookout
from bot.demo.prompt import Prompt
from bot.demo.scenes import SCENES
from bot.demo.screen import Screen
from bot.demo.stage import Stage
from bot.demo.week import Broken, Played, Week

FAILED = 1
TITLE = "Countersign: a week in two made-up offices"
WELCOME = (
    "What you see is the real bot on a database of its own. Only two things are made up: the "
    "chats, Slack and Telegram, live in this terminal, and the clock is wound by hand.",
    "A line that begins with > is what somebody does. Below it stand the messages that follow, "
    "each with its number and who reads it. Buttons stand in [brackets], files in (parentheses) "
    "with what they show. A bar │ marks somebody's own words, shown exactly as written; all other "
    "words are the bot's.",
)
RECORD = "Everything that happened is on record, in entries that nobody can change unseen:"
OVER = (
    "The week is over. Run this in a terminal to act as anyone yourself: make demo (or "
    "countersign demo)."
)


def play(folder: Path, screen: Screen, *, has_terminal: bool) -> int:
    """Play the week, then hand over the prompt. Returns the exit code."""
    stage = Stage(folder)
    try:
        director = Director(stage, screen)
        week = _week(director)
        if not week:
            return FAILED
        if has_terminal:
            Prompt(director, week).run()
        else:
            screen.put()
            screen.tells(OVER)
        return 0
    finally:
        stage.close()


def _week(director: Director) -> list[Played]:
    """Play the week. Returns its steps, or none if it went wrong."""
    screen = director.screen
    screen.heading(TITLE)
    for paragraph in WELCOME:
        screen.tells(paragraph)
    try:
        played = list(Week(director).play(SCENES))
    except (Broken, Hint) as error:
        screen.put()
        screen.tells(str(error))
        return []
    screen.put()
    screen.tells(RECORD)
    Lookout(director).look(Looks("audit"))
    return played
