"""Reading the feeds that are due. Nothing is held while the internet answers: a feed is taken for
the length of a lease, read, and what it said is written down in one transaction."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial

import structlog
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from bot.database import Threads
from bot.fetching import Fetched, Fetcher, Known, NotRead
from bot.parsing import Parsed, Parser, Unreadable
from bot.worker import Repeating
from handlers import feed_results
from handlers.context import Context
from handlers.feed_results import Found
from policy.feeds import Format, Reading, reading_of
from policy.updates import Trouble
from storage import feeds
from storage.db import transaction
from storage.models import PageFeed

log = structlog.get_logger(__name__)

AT_ONCE = 6  # feeds that are read at the same time

Fetch = Callable[[str, Known], Awaitable[Fetched]]
Parse = Callable[[bytes, Format, str, str], Awaitable[Parsed]]
Outcome = Found | Trouble


class Feeds(Repeating):
    """Reads the feeds of pages as they fall due."""

    idle = 5.0

    def __init__(
        self,
        engine: Engine,
        *,
        context: Callable[..., Context],
        now: Callable[[], datetime],
        threads: Threads,
        fetch: Fetch | None = None,
        parse: Parse | None = None,
    ) -> None:
        super().__init__()
        self.engine = engine
        self.context = context
        self.now = now
        self.threads = threads
        self.parser = Parser()
        self.fetch = fetch or Fetcher().fetch
        self.parse = parse or self.parser.parse
        self.spoke: Callable[[], None] = _nobody  # called when there may be something to send
        self._reading: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Read what falls due until somebody calls `stop`."""
        try:
            await self.repeat(self.read_next)
        finally:
            for task in self._reading:
                task.cancel()
            await asyncio.gather(*self._reading, return_exceptions=True)
            await self.parser.close()

    async def read_next(self) -> bool:
        """Begin with feeds that are due, and wait for one to be done. False: none is."""
        free = AT_ONCE - len(self._reading)
        for feed in await self.threads.run(self._claim, free) if free else ():
            task = asyncio.create_task(self._read(feed))
            self._reading.add(task)
            task.add_done_callback(self._done)
        if not self._reading:
            return False
        await asyncio.wait(self._reading, timeout=self.idle, return_when=asyncio.FIRST_COMPLETED)
        return True

    def _done(self, task: asyncio.Task[None]) -> None:
        """Let a feed go. What went wrong with one keeps nobody from reading the others."""
        self._reading.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("feed not read; it is tried again", exc_info=error)

    def _claim(self, most: int) -> list[PageFeed]:
        with transaction(self.engine) as db:
            return list(feeds.claim(db, self.now(), most))

    async def _read(self, feed: PageFeed) -> None:
        outcome = await self._outcome(feed)
        try:
            await self.threads.run(self._write, feed, outcome)
        except DBAPIError:
            log.exception("feed read and not counted; it is read again", page=feed.page_id)
            return
        self.spoke()

    async def _outcome(self, feed: PageFeed) -> Outcome:
        """Read a feed, at the address where it was found last."""
        try:
            reading = reading_of(feed.url)
            return await self._found(reading, Known(feed.etag, feed.modified))
        except NotRead as error:
            return error.trouble
        except (Unreadable, ValueError) as error:
            return Trouble(str(error).removesuffix("."), lasting=True)

    async def _found(self, reading: Reading, known: Known) -> Found:
        fetched = await self.fetch(reading.url, known)
        if fetched.body is None:
            return Found(is_unchanged=True)
        parsed = await self.parse(fetched.body, reading.format, fetched.url, fetched.media_type)
        if parsed.feed:  # a page that names its feed
            return await self._found(Reading(parsed.feed), Known())
        new = fetched.known
        return Found(parsed.entries, reading.url, new.etag, new.modified)

    def _write(self, feed: PageFeed, outcome: Outcome) -> None:
        """Write down what was read, unless the feed is another by now."""
        with transaction(self.engine) as db:
            stored = feeds.locked(db, feed.page_id)
            if stored is None or stored.due_at != feed.due_at or stored.address != feed.address:
                return
            note = (
                partial(feed_results.take, found=outcome)
                if isinstance(outcome, Found)
                else (partial(feed_results.fail, trouble=outcome))
            )
            note(self.context(db), stored)


def _nobody() -> None:
    """Wake nobody: nothing is delivered here."""
