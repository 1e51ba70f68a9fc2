"""Whole journeys: a draft, three votes, the decision, and everything that is said about it.

Beside them the bare rate: as many transactions as the journeys made, with one small row each.
"""

import asyncio
import itertools
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, event

from bot.database import Threads
from bot.dispatcher import Dispatcher
from bot.outbox import Outbox
from bot.platforms.sandbox import Sandbox, Shown
from handlers import ROUTERS
from handlers.chat import Chat, Command, Reaction, Sender
from handlers.words import plain
from storage import office_file, office_import, schema
from storage.db import connect, transaction
from tests import postgres

PANEL = ("U0BO", "U0CHEN", "U0DARA")
OFFICES = """\
offices:
  - name: Ministry of Works
    timezone: Asia/Dhaka
    country: BD
    packs: [bd]
    moderators: {platform: slack, chat: C0MODS}
    quorum: {needed: 3}
    people:
      - {name: Amina, roles: [author], slack: U0AMINA}
      - {name: Bo, roles: [moderator], slack: U0BO}
      - {name: Chen, roles: [moderator, senior], slack: U0CHEN}
      - {name: Dara, roles: [moderator], slack: U0DARA}
    pages:
      - name: Works on Facebook
        kind: facebook
        url: "https://facebook.example/works"
        owner: Amina
"""
TEXT = "The bridge at Kanchpur is closed on Monday from 9 am, for repairs. Case {number}."
TABLE = "CREATE TABLE bench_note (id INTEGER PRIMARY KEY, text VARCHAR NOT NULL)"
INSERT = "INSERT INTO bench_note (id, text) VALUES ({number}, 'noted')"


@dataclass(frozen=True)
class Rates:
    """What one database does, as medians over the rounds."""

    journeys: float  # in a second
    transactions: float  # in one journey
    bare: float  # journeys' worth of bare transactions in a second


@dataclass
class Stage:
    """The bot's own parts between the sandbox and a database."""

    engine: Engine
    commits: int = 0

    def __post_init__(self) -> None:
        self.slack = Sandbox("slack", has_forms=True)
        self.threads = Threads(self.engine)
        platforms = {"slack": self.slack}
        self.dispatcher = Dispatcher(self.engine, platforms, ROUTERS, threads=self.threads)
        self.outbox = Outbox(self.engine, platforms, now=self.dispatcher.now, threads=self.threads)
        self.dispatcher.spoke = self.outbox.wake
        self.numbers = itertools.count(1)
        event.listen(self.engine, "commit", self._count)
        with transaction(self.engine) as db:
            office_import.store(db, office_file.parse(OFFICES), self.dispatcher.now())

    def _count(self, _: object) -> None:
        self.commits += 1

    async def journey(self) -> None:
        """Take one draft from its author to the last message about it."""
        number = next(self.numbers)
        amina = Sender("slack", "U0AMINA")
        text = TEXT.format(number=number)
        act = Command(amina, Chat("slack", "U0AMINA"), "draft", text, id=f"draft-{number}")
        await self._happen(act)
        card = self._card()
        for user in PANEL:
            vote = Reaction(
                Sender("slack", user), Chat("slack", card.chat), card.id, "👍",
                id=f"vote-{number}-{user}",
            )  # fmt: skip
            await self._happen(vote)
        assert "approved by Bo, Chen and Dara" in self._last("U0AMINA")
        self.slack.messages.clear()

    async def _happen(self, act: Command | Reaction) -> None:
        await self.dispatcher.accept(act)
        await self.dispatcher.handle_next()
        while await self.outbox.work_next(self.slack):
            pass

    def _card(self) -> Shown:
        return next(s for s in self.slack.messages if s.chat == "C0MODS" and s.message.buttons)

    def _last(self, user: str) -> str:
        said = (s for s in reversed(self.slack.messages) if user in (s.chat, s.to))
        return plain(next(said).message)


def on_sqlite(rounds: int, journeys: int) -> Rates:
    """Measure on a new SQLite database, with the settings of production."""
    with tempfile.TemporaryDirectory() as folder:
        return measured(f"sqlite:///{Path(folder)}/bench.db", rounds, journeys)


def on_postgres(rounds: int, journeys: int) -> Rates:
    """Measure on the PostgreSQL of the tests. Raises `NoServer` if there is none."""
    with postgres.server() as server:
        return measured(server.template(lambda _: None), rounds, journeys)


def measured(url: str, rounds: int, journeys: int) -> Rates:
    """Measure journeys and bare transactions in turns."""
    with stage(url) as found:
        asyncio.run(repeat(found.journey, 2))  # warms up
        figures = [one_round(found, journeys) for _ in range(rounds)]
    return Rates(*(statistics.median(each) for each in zip(*figures, strict=True)))


def one_round(found: Stage, journeys: int) -> tuple[float, float, float]:
    """Measure both once. Returns what `Rates` holds."""
    before = found.commits
    ours = journeys / seconds(lambda: asyncio.run(repeat(found.journey, journeys)))
    commits = found.commits - before
    bare = journeys / seconds(lambda: plainly(found, commits))
    return ours, commits / journeys, bare


@contextmanager
def stage(url: str) -> Iterator[Stage]:
    """Set the stage in a new database."""
    engine = connect(url)
    schema.migrate(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql(TABLE)
    found = Stage(engine)
    try:
        yield found
    finally:
        found.threads.close()
        engine.dispose()


async def repeat(act: Callable[[], Awaitable[None]], times: int) -> None:
    """Do something so many times, one after the other."""
    for _ in range(times):
        await act()


def seconds(act: Callable[[], object]) -> float:
    """Return how long something takes."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def plainly(found: Stage, transactions: int) -> None:
    """Commit so many transactions of one small row each."""
    for _ in range(transactions):
        with found.engine.begin() as connection:
            connection.exec_driver_sql(INSERT.format(number=next(found.numbers)))
