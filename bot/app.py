"""The composition root: the one place where the parts are put together, run, and drained."""

import asyncio
import signal
from collections.abc import Callable, Coroutine, Iterable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from bot import metrics
from bot.attachments import Attachments
from bot.catchup import catch_up
from bot.database import Threads
from bot.dispatcher import Dispatcher, utc_now
from bot.feeds import Feeds
from bot.fetching import Fetcher
from bot.menu import menu
from bot.outbox import Outbox
from bot.platforms.base import Platform
from bot.replicas import Replicas
from bot.scheduler import schedule
from bot.settings import Settings
from bot.vault import Vault
from bot.web import application, serving
from handlers import ROUTERS
from handlers.chat import Event
from handlers.recount import recount
from policy.shelf import Shelf
from storage import office_file, office_import, people, schema
from storage.db import connect, transaction
from storage.standing import Standing, standing

log = structlog.get_logger(__name__)

AGAIN = 3.0  # seconds before something that failed is tried again
PATIENCE = 2.0  # seconds that running work gets when we are asked to stop
LOOK = 0.5  # seconds between looks whether a platform is connected again
WORKERS = 3  # deliveries at once for each platform
HANDLERS = 4  # events at once, where the database can take it


@dataclass
class Bot:
    """The running bot. Platforms hand in events here."""

    settings: Settings
    platforms: Mapping[str, Platform]
    offices: office_file.OfficesFile | None = None
    now: Callable[[], datetime] = utc_now
    stop: asyncio.Event = field(default_factory=asyncio.Event)
    fetcher: Fetcher = field(default_factory=Fetcher)
    starting: str = "starting"  # why the database is not ready, or nothing

    def __post_init__(self) -> None:
        self.engine: Engine = connect(self.settings.database_url.get_secret_value())
        self.threads = Threads(self.engine)
        self.dispatcher = Dispatcher(
            self.engine,
            self.platforms,
            ROUTERS,
            now=self.now,
            threads=self.threads,
            shelf=Shelf(self.settings.packs()),
        )
        vault = Vault(self.settings.data_dir, self.settings.max_attachment_mb * 1_000_000)
        self.outbox = Outbox(
            self.engine, self.platforms, now=self.now, threads=self.threads, vault=vault
        )
        self.attachments = Attachments(
            self.engine,
            self.platforms,
            vault,
            context=self.dispatcher.context,
            now=self.now,
            threads=self.threads,
        )
        self.attachments.spoke = self.outbox.wake
        self.feeds = Feeds(
            self.engine,
            context=self.dispatcher.context,
            now=self.now,
            threads=self.threads,
            fetch=self.fetcher.fetch,
        )
        self.feeds.spoke = self.outbox.wake
        self.dispatcher.spoke = self._spoke
        for platform in self.platforms.values():
            platform.menu(menu(self.dispatcher.router.commands))
        self.replicas = Replicas(self.engine)

    def _spoke(self) -> None:
        """See to what a handler may have left: messages to send, files to fetch."""
        self.outbox.wake()
        self.attachments.wake()

    async def accept(self, event: Event) -> bool:
        """Store an event; once the database is ready."""
        if self.starting:
            raise ConnectionError(self.starting)
        return await self.dispatcher.accept(event)

    def alone(self, name: str) -> AbstractAsyncContextManager[None]:
        """Wait until this replica is the only one that holds a name."""
        return self.replicas.alone(name)

    async def run(self) -> None:
        """Run until `stop` is set, then drain."""
        routes = [route for each in self.platforms.values() for route in each.routes(self)]
        app = application(routes, self.troubles, self.measure)
        try:
            async with serving(app, self.settings.http_host, self.settings.http_port) as port:
                log.info("listening", host=self.settings.http_host, port=port)
                await self._run_parts()
        finally:
            await self._let_go()
        log.info("stopped")

    async def _let_go(self) -> None:
        for platform in self.platforms.values():
            await platform.close()
        self.threads.close()
        self.engine.dispose()

    async def _run_parts(self) -> None:
        listening = [
            asyncio.create_task(self._keep_running(platform))
            for platform in self.platforms.values()
        ]
        working = asyncio.create_task(self._work())
        asked = asyncio.create_task(self.stop.wait())
        await asyncio.wait([working, asked], return_when=asyncio.FIRST_COMPLETED)
        log.info("draining")
        await _end([asked, *listening])
        self.dispatcher.stop()
        self.outbox.stop()
        self.attachments.stop()
        self.feeds.stop()
        await asyncio.wait([working], timeout=PATIENCE)
        await _end([working])
        if not working.cancelled() and (error := working.exception()):
            raise error  # a part of us is broken: the supervisor starts us again

    async def _work(self) -> None:
        """Prepare the database, then handle events, deliver messages and run jobs."""
        await self._prepare()
        scheduler = schedule(self.dispatcher, self.dispatcher.router.jobs)
        scheduler.start()
        try:
            await asyncio.gather(*self._workers())
        finally:
            scheduler.shutdown(wait=False)

    def _workers(self) -> Iterable[Coroutine[Any, Any, None]]:
        for _ in range(min(self.threads.size, HANDLERS)):
            yield self.dispatcher.work()
        yield self.feeds.run()
        for platform in self.platforms.values():
            for _ in range(WORKERS):
                yield self.outbox.run(platform)
            yield self.attachments.run(platform)
            yield self._catch_up(platform)

    async def _prepare(self) -> None:
        """Bring the database up to date and the offices into it. Waits for the database."""
        while self.starting:
            try:
                await self.threads.run(self._migrate_and_import)
            except DBAPIError as error:
                self.starting = "the database does not answer"
                log.error("the database does not answer", error=type(error.orig).__name__)
                await asyncio.sleep(AGAIN)
            else:
                self.starting = ""

    def _migrate_and_import(self) -> None:
        schema.migrate(self.engine)
        if self.offices is not None:
            with transaction(self.engine) as db:
                if office_import.store(db, self.offices, self.now()):
                    recount(self.dispatcher.context(db))
        with transaction(self.engine) as db:
            self.dispatcher.context(db).take_rules()

    async def _keep_running(self, platform: Platform) -> None:
        """Run a platform; if it fails, the others go on and it is started again."""
        while True:
            try:
                await platform.run(self)
            except Exception:
                log.exception("platform failed; it is started again", platform=platform.name)
            await asyncio.sleep(AGAIN)

    async def _catch_up(self, platform: Platform) -> None:
        """Whenever the platform is connected again, read what happened to open cards meanwhile."""
        was_away = True
        while not self.dispatcher.stopping:
            if platform.trouble():
                was_away = True
            elif was_away:
                was_away = False
                await self._read_cards(platform)
            await asyncio.sleep(LOOK)

    async def _read_cards(self, platform: Platform) -> None:
        try:
            await catch_up(self.dispatcher, platform)
        except Exception:
            log.exception("could not catch up", platform=platform.name)

    async def troubles(self) -> dict[str, str]:
        """Name each part that must be ready, with the reason why it is not."""
        found = {"database": self.starting, "offices": ""}
        if not self.starting:
            try:
                found["offices"] = await self.threads.run(self._offices_trouble)
            except DBAPIError:
                found["database"] = "the database does not answer"
        return found | {name: each.trouble() for name, each in self.platforms.items()}

    async def measure(self) -> bytes | None:
        """Write how much waits, or nothing while the database does not answer."""
        if self.starting:
            return None
        try:
            found = await self.threads.run(self._standing)
        except DBAPIError:
            return None
        return metrics.exposition(self.now(), found, self.platforms)

    def _standing(self) -> Standing:
        with transaction(self.engine) as db:
            return standing(db)

    def _offices_trouble(self) -> str:
        with transaction(self.engine) as db:
            known = people.offices(db)
        return "" if known else "no office is known; set OFFICES_FILE or run countersign import"


async def serve(bot: Bot) -> None:
    """Run a bot until SIGTERM or SIGINT."""
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, bot.stop.set)
    await bot.run()


async def _end(tasks: Iterable[asyncio.Task[Any]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks, timeout=0.5)
