"""`countersign demo`: a guided week in this terminal, then a prompt."""

import sys
from io import TextIOWrapper
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.commands.mistakes import complain
from bot.demo.play import play
from bot.demo.screen import Screen
from bot.logs import configure
from bot.settings import LogFormat, LogLevel

STOPPED = "\nStopped. Nothing of this demo is kept.\n"
NO_ROOM = "The demo cannot write to the folder for temporary files: {error}."
INTERRUPTED = 130


def demo() -> int:
    """Play the week; with a terminal, leave a prompt. Returns the exit code."""
    configure(LogLevel.ERROR, LogFormat.CONSOLE)
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that lacks a letter shows another
    has_terminal = sys.stdin.isatty() and sys.stdout.isatty()
    try:
        with TemporaryDirectory(prefix="countersign-demo-") as folder:
            return play(Path(folder), Screen(), has_terminal=has_terminal)
    except OSError as error:
        return complain(NO_ROOM.format(error=error.strerror or error))
    except KeyboardInterrupt:
        sys.stdout.write(STOPPED)
        return INTERRUPTED
