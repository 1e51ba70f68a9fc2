"""The guided week: what an office goes through with the bot, from one Sunday to the next.

Every line is typed into the same prompt as the newcomer's own. The play looks after each whether
what it promises was really said, to the person it was promised to.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from rich.text import Text

from bot.demo import grammar
from bot.demo.director import Director
from handlers.words import plain

MISSING = "The demo went wrong: “{said}” was promised to {reader}, and did not appear."
UNWANTED = "The demo went wrong: {reader} was told “{said}”, and should not have been."


class Broken(Exception):
    """What the play promises did not happen."""


@dataclass(frozen=True)
class Scene:
    """One step: its title, what it shows in a sentence or two, and how it is played."""

    title: str
    about: str
    play: Callable[["Week"], None]


@dataclass(frozen=True)
class Played:
    """A step that is over, to be read again."""

    title: str
    shown: tuple[Text, ...]


class Week:
    """Plays scene after scene, and checks that the bot keeps its promises."""

    def __init__(self, director: Director) -> None:
        self.director = director
        self.stage = director.stage
        self.screen = director.screen

    def play(self, scenes: tuple[Scene, ...]) -> Iterator[Played]:
        """Play scenes in order; yields each once it is over. Raises `Broken`."""
        for number, scene in enumerate(scenes, start=1):
            self.screen.heading(f"{number} of {len(scenes)} · {scene.title}")
            self.screen.tells(scene.about)
            scene.play(self)
            yield Played(scene.title, tuple(self.screen.recorded))

    def do(self, line: str) -> None:
        """Type a line."""
        self.screen.typed(line)
        self.director.perform(grammar.read(line))

    def tells(self, text: str) -> None:
        """Say something in between."""
        self.screen.put()
        self.screen.tells(text)

    def card(self, draft: int, *, reader: str) -> str:
        """Return the number of the copy of a draft's card that somebody sees."""
        return self.newest(reader, f"Draft {draft} for ", button="Approve")

    def newest(self, reader: str, said: str, *, button: str, on: str = "") -> str:
        """Return the number of the newest message with a button that somebody sees."""
        player = self.director.player(reader)
        for platform, shown in reversed(self.stage.messages()):
            labels = [each.label for each in shown.message.buttons if button in each.label]
            sees = on in ("", platform) and self.stage.cast.reads(player, platform, shown)
            if labels and sees and said in plain(shown.message):
                return shown.id
        raise Broken(MISSING.format(said=said, reader=reader))

    def asked(self, reader: str, title: str) -> None:
        """Make sure that a form is open before somebody. Raises `Broken`."""
        forms = (self.stage.forms.get(key) for key in self.director.player(reader).accounts.items())
        if not any(form and title in form.title for form in forms):
            raise Broken(MISSING.format(said=title, reader=reader))

    def heard(self, reader: str, said: str, *, on: str) -> None:
        """Make sure that the last line brought somebody some words. Raises `Broken`."""
        if not self._has_heard(reader, said, on):
            raise Broken(MISSING.format(said=said, reader=f"{reader} on {on}"))

    def spared(self, reader: str, said: str) -> None:
        """Make sure that the last line did not bring somebody some words. Raises `Broken`."""
        for on in self.director.player(reader).accounts:
            if self._has_heard(reader, said, on):
                raise Broken(UNWANTED.format(said=said, reader=f"{reader} on {on}"))

    def _has_heard(self, reader: str, said: str, on: str) -> bool:
        player, cast = self.director.player(reader), self.stage.cast
        fresh = [s for o, s in self.director.fresh if o == on and cast.reads(player, o, s)]
        return any(said in plain(shown.message) for shown in fresh)
