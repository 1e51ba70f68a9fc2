"""A newcomer at the demo's prompt: types lines and reads what is shown."""

from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from rich.console import Console

from bot.demo.director import Director
from bot.demo.prompt import Prompt
from bot.demo.screen import Screen
from bot.demo.stage import Stage


def screen(*, colours: bool = False, width: int = 80) -> tuple[Screen, StringIO]:
    """Make a screen whose text can be read."""
    out = StringIO()
    kind = "truecolor" if colours else None
    console = Console(
        file=out, width=width, force_terminal=colours, color_system=kind, highlight=False
    )
    return Screen(console), out


class Newcomer:
    """Sits at the prompt on the first morning."""

    def __init__(self, folder: Path) -> None:
        self.stage = Stage(folder)
        self.screen, self.out = screen()
        self.director = Director(self.stage, self.screen)
        self.answers: Iterator[str] = iter(())
        self.prompt = Prompt(self.director, read=self._read)

    def _read(self, question: str) -> str:
        try:
            return next(self.answers)
        except StopIteration:
            raise EOFError from None

    def types(self, *lines: str) -> str:
        """Type lines; return what the last one shows."""
        start = 0
        for each in lines:
            start = len(self.out.getvalue())
            self.prompt.obeys(each)
        return self.out.getvalue()[start:]
