"""The prompt: act as anyone, wind the clock, see what happens."""

import contextlib
from collections.abc import Sequence

from bot.demo import grammar
from bot.demo.director import Director, Read
from bot.demo.grammar import Hint, Looks
from bot.demo.looks import HELP, Lookout
from bot.demo.week import Played

YOURS = (
    "The week is over; now it is your turn. Be anyone: what you type goes through the same bot. "
    "Every message has a number to point at. This is what can be typed:"
)
COLON = "What does {name} do? Put a colon after the name, as in `{handle}: /help`."
BYE = "Goodbye. Nothing of this demo is kept."
PROMPT = "{now:%a %H:%M} > "


class Prompt:
    """Reads lines from a terminal until whoever sits there has seen enough."""

    def __init__(
        self, director: Director, week: Sequence[Played] = (), *, read: Read = input
    ) -> None:
        self.director = director
        self.read = read
        self.lookout = Lookout(director, week)
        self.screen = director.screen

    def run(self) -> None:
        """Read and act until `quit`, Ctrl-D or Ctrl-C."""
        with contextlib.suppress(ImportError):  # not everywhere; it keeps the history of a line
            import readline  # noqa: F401
        self.director.ask = self.read
        self.screen.heading("Your turn")
        self.screen.tells(YOURS)
        self.screen.put()
        self.screen.table(HELP)
        with contextlib.suppress(EOFError, KeyboardInterrupt):
            while self.obeys(self.read(f"\n{PROMPT.format(now=self.director.now())}")):
                pass
        self.screen.put()
        self.screen.tells(BYE)

    def obeys(self, line: str) -> bool:
        """Do what one line says. Returns whether to go on."""
        if not line.strip():
            return True
        try:
            self._look_for_colon(line)
            typed = grammar.read(line)
            if isinstance(typed, Looks) and typed.at == "quit":
                return False
            if isinstance(typed, Looks):
                self.lookout.look(typed)
            else:
                self.director.perform(typed)
        except Hint as hint:
            self.screen.tells(str(hint))
        return True

    def _look_for_colon(self, line: str) -> None:
        player = self.director.stage.cast.find(line.split()[0])
        if player is not None and ":" not in line.split(maxsplit=1)[-1][:1]:
            raise Hint(COLON.format(name=player.name, handle=player.handle))
