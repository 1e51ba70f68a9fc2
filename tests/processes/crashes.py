"""Kill the bot at every reach of every point of its loop, start it again, and report what is left.

`python -m tests.processes.crashes URL FOLDER blind|seeing EVERY START` plays one story again and
again: a draft, two votes, a decision, and all that is said about it. In each run but the first a
child process kills itself, as `kill -9` would, when it reaches a point for the n-th time; then
another child goes on from what the database and the chat services hold. Each run writes one line
of JSON.
"""

import asyncio
import gc
import json
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, col, func, select

from bot import points
from bot.app import HANDLERS, WORKERS
from bot.database import Threads
from bot.dispatcher import Dispatcher
from bot.outbox import Outbox
from bot.points import Point
from handlers import ROUTERS
from handlers.chat import Chat, Command, Event, Press, Sender
from policy.shelf import Shelf
from storage import audit, drafts
from storage.db import connect, transaction
from storage.models import AuditEntry, Delivery, Draft, InboxEvent, InboxState, OutboxMessage
from tests.processes.paper import Paper, Posted
from tests.waiting import until

BEGIN = datetime(2026, 7, 20, 4, tzinfo=UTC)  # Monday morning at the office
RESTART = timedelta(minutes=1)  # a crashed process is gone for so long: longer than a lease
TEXT = "The road is closed on Monday."
AMINA, BO, CHEN = Sender("telegram", "1001"), Sender("slack", "U0BO"), Sender("slack", "U0CHEN")
PACKS = ["bd"]  # of the office in which it happens
FEWEST = 3  # times that the story reaches a point, at least
LONGEST = 20.0  # seconds of one run, else something hangs


class Story:
    """One draft's life, played by people who repeat what was not acknowledged."""

    def __init__(
        self, url: str, papers: dict[str, Paper], shelf: Shelf, number: int, restarts: int
    ) -> None:
        self.engine = connect(url)
        self.paper = papers["slack"]
        self.number = number
        self.clock = BEGIN + RESTART * restarts
        threads = Threads(self.engine)
        now = partial(_now, self.clock)
        self.bot = Dispatcher(self.engine, papers, ROUTERS, now=now, threads=threads, shelf=shelf)
        self.outbox = Outbox(self.engine, papers, now=now, threads=threads)
        self.bot.spoke = self.outbox.wake
        self.papers = papers

    async def play(self, since: int) -> None:
        """Let everything happen, from wherever it stands."""
        workers = [self.bot.work() for _ in range(min(self.bot.threads.size, HANDLERS))]
        senders = [self.outbox.run(each) for each in self.papers.values() for _ in range(WORKERS)]
        running = [asyncio.create_task(each) for each in (*workers, *senders)]
        async with asyncio.timeout(LONGEST):
            written = Command(AMINA, Chat("telegram", "1001"), "draft", TEXT, id=self.name("draft"))
            await self.happens(written)
            await self.happens(await self.approval(BO, Chat("slack", "C0MODS"), since))
            await until(lambda: any(post.to == BO.user for post in self.paper.posts(since)))
            await self.happens(await self.approval(CHEN, Chat("slack", "C0MODS"), since))
            await until(lambda: owed(self.engine) == 0)
        for task in running:
            task.cancel()
        await asyncio.wait(running)

    def name(self, act: str) -> str:
        return f"{act}-{self.number}"

    async def happens(self, event: Event) -> None:
        """Hand an event in, unless it was acknowledged; twice, as services sometimes do."""
        if self.paper.is_acknowledged(event.id):
            return
        await self.bot.accept(event)
        self.paper.acknowledge(event.id)
        await self.bot.accept(event)

    async def approval(self, by: Sender, chat: Chat, since: int) -> Press:
        """Wait for a card to appear, and press its button."""

        def cards() -> list[Posted]:
            posts = self.paper.posts(since)
            return [each for each in posts if each.chat == chat.id and "approve" in each.buttons]

        await until(cards)
        card = cards()[0]
        value = card.buttons["approve"]
        return Press(by, chat, str(card.id), "approve", value, id=self.name(by.user))


def owed(engine: Engine) -> int:
    """Count what is left to be handled or sent."""
    with transaction(engine) as db:
        pending = select(func.count()).where(InboxEvent.state == InboxState.PENDING)
        states = (Delivery.PENDING, Delivery.SENDING)
        unsent = select(func.count()).where(col(OutboxMessage.state).in_(states))
        return db.exec(pending).one() + db.exec(unsent).one()


def _now(at: datetime, started: float = time.monotonic()) -> datetime:
    return at + timedelta(seconds=time.monotonic() - started)


def dying_at(point: Point | None, reach: int = 0) -> Callable[[Point], None]:
    """Make a process die, with no chance to tidy up, at the n-th reach of a point."""
    reached = count(1)

    def hook(now_at: Point) -> None:
        if now_at is point and next(reached) == reach:
            os.kill(os.getpid(), signal.SIGKILL)

    return hook


def in_a_child(play: Callable[[], None]) -> bool:
    """Run something in a process of its own. Returns whether it was killed."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            play()
            status = 0
        except BaseException:
            traceback.print_exc()
            raise
        finally:
            os._exit(status)
    _, outcome = os.waitpid(child, 0)
    if os.WIFSIGNALED(outcome) and os.WTERMSIG(outcome) == signal.SIGKILL:
        return True
    if os.waitstatus_to_exitcode(outcome):
        raise SystemExit(1)
    return False


def last(url: str) -> tuple[int, int]:
    """Return the numbers of the newest draft and of the newest entry in the audit log."""
    engine = connect(url)
    with transaction(engine) as db:
        newest = db.exec(select(func.max(Draft.id))).one() or 0, audit.head(db)[0]
    engine.dispose()
    return newest


def left(url: str, posts: list[Posted], skip: tuple[int, int]) -> dict[str, Any]:
    """Report what a story has left behind."""
    engine = connect(url)
    with transaction(engine) as db:
        report = _record(db, *skip)
        report["intact"] = audit.verify(db).broken is None
    engine.dispose()
    report["posts"] = [[p.platform, p.chat, p.to, p.first, p.now] for p in posts]
    return report


def _record(db: Session, last_draft: int, last_entry: int) -> dict[str, Any]:
    made = db.exec(select(Draft).where(Draft.id > last_draft)).all()
    entries = db.exec(select(AuditEntry).where(AuditEntry.id > last_entry)).all()
    return {
        "drafts": [[draft.state, len(drafts.votes(db, draft))] for draft in made],
        "actions": sorted(f"{entry.actor}: {entry.action}" for entry in entries),
    }


def runs(every: int, start: int) -> Iterator[tuple[Point, Iterator[int]]]:
    """Choose where to die: at each point, at every so-manieth of its reaches."""
    for place, point in enumerate(Point, start):
        yield point, count(1 + place % FEWEST, every)


def main(url: str, folder: str, kind: str, every: str, start: str) -> None:
    """Play the story without a crash, then with one at each place."""
    file = Path(folder) / "paper.db"
    papers = {
        name: Paper(name, file, blind=kind == "blind", has_forms=name == "slack")
        for name in ("slack", "telegram")
    }
    paper, shelf = papers["slack"], Shelf()
    shelf.rules(PACKS)  # here, so that no child has to read them
    gc.freeze()
    number, restarts = count(), count()
    skip, since = last(url), 0

    def run(point: Point | None, reach: int) -> bool:
        nonlocal skip, since
        this = next(number)

        def play(hook: Callable[[Point], None], restarts: int) -> None:
            points.hook = hook
            asyncio.run(Story(url, papers, shelf, this, restarts).play(since))

        killed = in_a_child(partial(play, dying_at(point, reach), next(restarts)))
        if killed:
            in_a_child(partial(play, dying_at(None), next(restarts)))
        posts = paper.posts(since)
        report = left(url, posts, skip)
        skip, since = last(url), max(post.id for post in posts)
        report |= {"point": point, "reach": reach, "killed": killed}
        sys.stdout.write(json.dumps(report) + "\n")
        sys.stdout.flush()
        return killed

    run(None, 0)
    for point, reaches in runs(int(every), int(start)):
        while run(point, next(reaches)):
            pass


if __name__ == "__main__":
    main(*sys.argv[1:])
