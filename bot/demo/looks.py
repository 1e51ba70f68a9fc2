"""Looking around at the prompt: who there is, what they have read, and what the record says."""

from collections import deque
from collections.abc import Iterator, Sequence

from bot.demo.cast import TITLES, Player
from bot.demo.director import HERE, Director
from bot.demo.grammar import Hint, Looks
from bot.demo.screen import alike
from bot.demo.week import Played
from bot.platforms.sandbox import Shown
from handlers.words import plain
from storage import audit
from storage.db import transaction
from storage.models import AuditEntry

MOST = 10
NO_STEP = "The week has {count} steps. `week` lists them."
WHOSE = "Whose? Write `inbox amina`."
WHICH = "Which one? Write `{at} 3`."
NO_DRAFT = "There is no card of draft {number}: no moderator was ever shown it."
EMPTY = "{name} has had no private message yet."
EARLIER = "({count} earlier messages are left out.)"
STRANGER = "not in the offices file: nobody the bot knows"
ENTRY = "{actor}: {action} {subject}"
INTACT = "{count} entries, each chained to the one before; verified: nothing was changed."
CHANGED = "Entry {broken} does not fit: the record was changed there."

HELP = (
    ("amina: /draft Hello", "write to the bot, as Amina: a command, or plain words"),
    ("amina@telegram: /help", "the same on the other platform, for those who have both"),
    ("bo: 👍 12", "react to message 12; `bo: take 👍 12` takes that back"),
    ("bo: approve 12", "press a button; also `reject 12`, `press 12 Withdraw`"),
    ("amina: answer", "fill in the form that is open, field by field"),
    ("wait 4h", "let time pass; also `wait 2d`, `wait until thu 09:00`"),
    ("who", "everybody you can be"),
    ("inbox amina", "what somebody has read in private"),
    ("card 5", "the card of draft 5 as it stands now"),
    ("show 12", "message 12 as it stands now"),
    ("week 3", "a step of the week once more; `week` lists them"),
    ("audit", "the end of the record, and whether it is intact"),
    ("quit", "leave; nothing is kept"),
)


class Lookout:
    """Shows what somebody asks to see. Raises `Hint` for what is not there."""

    def __init__(self, director: Director, week: Sequence[Played] = ()) -> None:
        self.director = director
        self.week = week
        self.stage = director.stage
        self.screen = director.screen

    def look(self, looks: Looks) -> None:
        """Show one thing."""
        shows = {
            "help": self._help,
            "who": self._who,
            "inbox": self._inbox,
            "card": self._card,
            "show": self._message,
            "audit": self._audit,
            "week": self._week,
        }
        shows[looks.at](looks.what.lstrip("#"))

    def _help(self, _: str) -> None:
        self.screen.table(HELP)

    def _week(self, number: str) -> None:
        if not number:
            rows = [(f"week {n}", scene.title) for n, scene in enumerate(self.week, start=1)]
            self.screen.table(rows)
            return
        step = int(_number("week", number))
        if not 0 < step <= len(self.week):
            raise Hint(NO_STEP.format(count=len(self.week)))
        self.screen.again(self.week[step - 1].shown)

    def _who(self, _: str) -> None:
        self.screen.table([(p.handle, _describe(p)) for p in self.stage.cast.players])

    def _inbox(self, name: str) -> None:
        if not name:
            raise Hint(WHOSE)
        player = self.director.player(name)
        found = [
            (on, shown)
            for on, shown in self.stage.messages()
            if self.stage.cast.only_reader(on, shown) is player
        ]
        if not found:
            raise Hint(EMPTY.format(name=player.name))
        if len(found) > MOST:
            self.screen.tells(EARLIER.format(count=len(found) - MOST))
        for copies in alike(found[-MOST:]):
            self._show(copies)

    def _card(self, number: str) -> None:
        wanted = _number("card", number)
        found = [
            (on, shown)
            for on, shown in self.stage.messages()
            if plain(shown.message).startswith(f"Draft {wanted} for ")
            and (on, shown.chat) in self.stage.cast.chats
            and "Revision" in plain(shown.message)
        ]
        if not found:
            raise Hint(NO_DRAFT.format(number=wanted))
        self._show(found[:1])

    def _message(self, number: str) -> None:
        self._show([self.director.message(_number("show", number))])

    def _show(self, copies: list[tuple[str, Shown]]) -> None:
        place = self.stage.cast.place
        self.screen.message([(place(on, shown), shown) for on, shown in copies])

    def _audit(self, _: str) -> None:
        with transaction(self.stage.engine) as db:
            newest = deque(audit.entries(db), maxlen=MOST)
            verdict = audit.verify(db)
        self.screen.table(list(_rows(newest)))
        said = INTACT if verdict.broken is None else CHANGED
        self.screen.tells(said.format(count=verdict.count, broken=verdict.broken))


def _rows(entries: deque[AuditEntry]) -> Iterator[tuple[str, str]]:
    for entry in entries:
        said = ENTRY.format(actor=entry.actor, action=entry.action, subject=entry.subject)
        yield f"{entry.at.astimezone(HERE):%a %d %b %H:%M}", said


def _number(at: str, text: str) -> str:
    """Read `5`, or `draft 5`."""
    number = text.rpartition(" ")[2].lstrip("#")
    if not (number.isascii() and number.isdecimal()):
        raise Hint(WHICH.format(at=at))
    return number.lstrip("0") or "0"


def _describe(player: Player) -> str:
    if not player.office:
        return STRANGER
    where = " and ".join(TITLES[on] for on in player.accounts)
    return f"{', '.join(player.roles)} in {player.office}; on {where}"
