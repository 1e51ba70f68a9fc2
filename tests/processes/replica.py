"""One of several replicas of the bot: `python -m tests.processes.replica URL FOLDER < EVENTS`.

It reads events, one as JSON on each line, says that it is ready, and waits for the word to begin.
Then it hands all of them in at once and handles what there is; or, if it was given none, it
delivers what there is. It ends when nothing is left to be done.
"""

import asyncio
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import col, func, select

from bot.database import Threads
from bot.dispatcher import Dispatcher
from bot.outbox import Outbox
from handlers import ROUTERS
from handlers.chat import Event
from handlers.stored import event_from_json
from storage.db import connect, transaction
from storage.models import InboxEvent, InboxState, OutboxMessage
from storage.outbox import OPEN
from tests.processes.paper import Paper
from tests.waiting import until

NOW = datetime(2026, 7, 20, 5, tzinfo=UTC)
SECOND_LOOK = 0.05  # between looks at what is left, which hold up a writer on SQLite


def now() -> datetime:
    """It is always the same moment: no lease ends and no retry falls due."""
    return NOW


def unhandled(engine: Engine) -> int:
    """Count the events that are left."""
    with transaction(engine) as db:
        return db.exec(select(func.count()).where(InboxEvent.state == InboxState.PENDING)).one()


def unsent(engine: Engine) -> int:
    """Count the messages that are left."""
    with transaction(engine) as db:
        return db.exec(select(func.count()).where(col(OutboxMessage.state).in_(OPEN))).one()


async def handle(engine: Engine, papers: dict[str, Paper], events: list[Event]) -> None:
    """Hand events in and handle them, together with whoever else does so."""
    bot = Dispatcher(engine, papers, ROUTERS, now=now)
    running = [asyncio.create_task(bot.work()) for _ in range(bot.threads.size)]
    await asyncio.gather(*(bot.accept(event) for event in events))
    await until(lambda: not unhandled(engine), within=60, step=SECOND_LOOK)
    bot.stop()
    await asyncio.gather(*running)


async def deliver(engine: Engine, papers: dict[str, Paper]) -> None:
    """Deliver what there is, together with whoever else does so."""
    outbox = Outbox(engine, papers, now=now, threads=Threads(engine))
    senders = [outbox.run(paper) for paper in papers.values() for _ in range(3)]
    running = [asyncio.create_task(sender) for sender in senders]
    await until(lambda: not unsent(engine), within=60, step=SECOND_LOOK)
    outbox.stop()
    for task in running:
        task.cancel()
    await asyncio.wait(running)


def main(url: str, folder: str) -> None:
    """Take part in the work."""
    engine, file = connect(url), Path(folder) / "paper.db"
    papers = {name: Paper(name, file, has_forms=name == "slack") for name in ("slack", "telegram")}
    events = [event_from_json(json.loads(line)) for line in iter(sys.stdin.readline, "\n")]
    unhandled(engine)  # everything is loaded and connected
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    asyncio.run(handle(engine, papers, events) if events else deliver(engine, papers))


if __name__ == "__main__":
    main(*sys.argv[1:])
