"""Events and jobs in, transactions out."""

import asyncio
import contextlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from functools import partial

import structlog
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlmodel import Session

from bot.busy import Busy
from bot.database import Threads
from bot.logs import name_of
from bot.platforms.base import Platform
from bot.points import Point, reach
from bot.showing import Handled, show
from handlers.chat import Answer, Command, Comment, Event, Kind, Moved, message
from handlers.context import Context, NotYet, Refusal
from handlers.forms import resolve
from handlers.router import Job, OfficeJob, Router
from handlers.stored import event_from_json, event_to_json, readable_event
from handlers.words import cleaned, listed
from policy.roles import Role
from policy.shelf import Shelf
from storage import audit, inbox, people
from storage.db import reading, transaction
from storage.drafts import NotPossible
from storage.models import InboxEvent, InboxState

log = structlog.get_logger(__name__)

FAILED = "job failed; it will run again"

BROKEN = "Something went wrong on my side. It is logged as number {number}; nothing was changed."
TOO_LATE = "The form could not be opened in time. Please try again."
UNKNOWN = "I know no command “{name}”. /help lists what I can do."
NO_BUTTON = "That button no longer works. /help lists what I can do."
FORBIDDEN = "“{name}” takes the role {roles}, which you do not have."
IDLE = 1.0  # seconds between looks for events that another replica left behind
COURTESY = 0.25  # seconds that handling waits for events that are being stored
TRIES = 5  # after which an event is to blame for what looks like trouble of the database


def utc_now() -> datetime:
    """Return the present moment."""
    return datetime.now(UTC)


class Dispatcher:
    """Stores what people do, then runs each handler in a thread, inside one transaction.

    Handlers are plain functions; only `bot` knows about asyncio.
    """

    def __init__(
        self,
        engine: Engine,
        platforms: Mapping[str, Platform],
        routers: Iterable[Router],
        *,
        now: Callable[[], datetime] = utc_now,
        threads: Threads | None = None,
        shelf: Shelf | None = None,
    ) -> None:
        self.engine = engine
        self.platforms = platforms
        self.now = now
        self.threads = threads or Threads(engine)
        self.shelf = shelf or Shelf()
        self.spoke: Callable[[], None] = _nobody  # called when there may be something to send
        self.stopping = False
        self._arrived = asyncio.Event()
        self._storing = Busy()
        self._tries: Counter[int] = Counter()  # of events that the database kept from us
        self._showing: set[asyncio.Task[None]] = set()
        self._converse = frozenset(p.name for p in platforms.values() if not p.has_forms)
        self.router = Router()
        for router in routers:
            self.router.include(router)

    async def accept(self, event: Event) -> bool:
        """Store an event; it is handled soon. Returns False if it was known already."""
        reach(Point.RECEIVED)
        with self._storing:
            new = await self.threads.run(self.store, event)
        reach(Point.STORED)
        if new:
            self._arrived.set()
        return new

    def store(self, event: Event) -> bool:
        """Store an event in a transaction of its own."""
        event = cleaned(event)
        in_chat = isinstance(event, Moved | Comment)  # a remark may be about one by somebody else
        lane = event.chat.id if in_chat else event.by.user
        with self.engine.begin() as db:  # no session: somebody waits for the acknowledgement
            return inbox.store(
                db,
                platform=event.by.platform,
                key=event.id,
                lane=f"{event.by.platform}:{lane}",
                body=event_to_json(event),
                now=self.now(),
            )

    def stop(self) -> None:
        """Handle no further event."""
        self.stopping = True
        self._arrived.set()

    async def work(self) -> None:
        """Handle events for ever. What their senders are shown holds up nobody else.

        Storing goes first: who has sent an event waits for that, and not for its handling.
        """
        while not self.stopping:
            self._arrived.clear()
            await self._storing.settle(COURTESY)
            try:
                handled = await self.threads.run(self.handle)
            except DBAPIError:
                log.exception("the database did not answer; the event is tried again")
                await asyncio.sleep(IDLE)
                continue
            if handled is not None:
                showing = asyncio.create_task(self._show(handled))
                self._showing.add(showing)
                showing.add_done_callback(self._showing.discard)
                continue
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._arrived.wait(), IDLE)
        await asyncio.gather(*self._showing)

    async def handle_next(self) -> bool:
        """Handle one event, if there is one, and show its sender what is to be shown."""
        handled = await self.threads.run(self.handle)
        if handled is None:
            return False
        await self._show(handled)
        return True

    async def _show(self, handled: Handled) -> None:
        self.spoke()
        platform = self.platforms.get(handled.event.by.platform)
        if platform is not None:
            await show(platform, handled, self._say_too_late)

    async def _say_too_late(self, event: Event) -> None:
        await self.threads.run(self._reply, event, TOO_LATE)
        self.spoke()

    def _reply(self, event: Event, said: str) -> None:
        with transaction(self.engine) as db:
            self.context(db, event).reply(said)

    def handle(self) -> Handled | None:
        """Handle the oldest event in one transaction. Whatever goes wrong, its sender hears."""
        number = 0
        handled: Handled | None
        try:
            with transaction(self.engine) as db:
                stored = inbox.claim(db, self.now())
                if stored is None:
                    return None
                number = stored.id
                handled = self._handle(db, stored)
                reach(Point.HANDLED)
        except Exception as error:
            if not number or self._may_pass(error, number):
                raise
            log.exception("event not handled", number=number)
            handled = self._give_up(number)
        reach(Point.COMMITTED)
        return handled

    def _may_pass(self, error: Exception, number: int) -> bool:
        """Tell whether the database is to blame. SQLite says so of some bugs, too, every time."""
        lost = isinstance(error, DBAPIError) and error.connection_invalidated
        self._tries[number] += 1
        return (lost or isinstance(error, OperationalError)) and self._tries[number] < TRIES

    def _handle(self, db: Session, stored: InboxEvent) -> Handled:
        event = event_from_json(stored.body or {})
        ctx = self.context(db, event)
        try:
            with db.begin_nested():
                self._begin(event, ctx)
        except NotYet:
            if inbox.postpone(db, stored, self.now()):
                return Handled(event, answered=True)  # nothing to finish yet
        except (Refusal, NotPossible) as refusal:
            audit.forget(db)
            ctx = self.context(db, event)
            self._refuse(ctx, event, refusal)
        inbox.close(db, stored, InboxState.DONE)
        effects = ctx.effects
        return Handled(event, tuple(effects.forms), effects.answered, effects.home)

    def _begin(self, event: Event, ctx: Context) -> None:
        whole = resolve(event, ctx) if isinstance(event, Answer) else event
        if whole is not None:
            self._answer(whole, ctx)

    def _answer(self, event: Event, ctx: Context) -> None:
        if event.by.kind is Kind.BOT and isinstance(event, Command):
            return
        event = self.router.narrowed(event)
        handlers = self.router.find(event)
        if not handlers:
            raise Refusal(UNKNOWN if isinstance(event, Command) else NO_BUTTON, name=name_of(event))
        self._permit(event, ctx)
        for handler in handlers:
            handler(event, ctx)
        while ctx.effects.then:
            self._answer(ctx.effects.then.pop(0), ctx)

    def _permit(self, event: Event, ctx: Context) -> None:
        if not isinstance(event, Command):
            return
        needed = self.router.commands[event.name].roles
        if needed and not needed & ctx.roles():
            roles = listed([role for role in Role if role in needed], "or")
            raise Refusal(FORBIDDEN, name=event.name, roles=roles)

    def _refuse(self, ctx: Context, event: Event, refusal: Refusal | NotPossible) -> None:
        """Answer, and keep a record that holds no text of theirs."""
        why = refusal.message if isinstance(refusal, Refusal) else message(str(refusal))
        ctx.record_refusal(name_of(event), refusal)
        if not getattr(event, "replayed", False):
            ctx.reply(why)

    def _give_up(self, number: int) -> Handled | None:
        with transaction(self.engine) as db:
            stored = db.get_one(InboxEvent, number)
            event = readable_event(stored.body)
            ctx = self.context(db, event)
            ctx.record("bot", "failed", name_of(event) if event else "", number=number)
            inbox.close(db, stored, InboxState.FAILED)
            if event is None:
                return None
            ctx.reply(BROKEN, number=number)
        return Handled(event, answered=ctx.effects.answered)

    def run(self, job: Job) -> None:
        """Run a scheduled job whole. If it fails, it runs again at its next turn."""
        for step in self.steps(job):
            step()

    def steps(self, job: Job) -> Iterable[Callable[[], None]]:
        """Cut a job into transactions: one, or one for each office. None stops the next."""
        if not isinstance(job, OfficeJob):
            return [partial(self._run, job.__name__, partial(self._whole, job))]
        try:
            with reading(self.engine) as db:  # a vote does not wait for a long list
                found = job.offices(db, self.now())
        except Exception:
            log.exception(FAILED, job=job.__name__)
            return []
        return [partial(self._run, job.__name__, partial(self._in_office, job, n)) for n in found]

    def _run(self, name: str, step: Callable[[], None]) -> None:
        try:
            step()
        except Exception:
            log.exception(FAILED, job=name)

    def _whole(self, job: Callable[[Context], None]) -> None:
        with transaction(self.engine) as db:
            job(self.context(db))

    def _in_office(self, job: OfficeJob, office_id: int) -> None:
        opened = reading if job.only_reads else transaction
        with opened(self.engine) as db:
            work = job.function(self.context(db), people.office(db, office_id))
        if work is not None:
            with transaction(self.engine) as db:
                work(self.context(db), people.office(db, office_id))

    def context(self, db: Session, event: Event | None = None) -> Context:
        """Give a handler what it may use."""
        return Context(
            db, self.now(), event, self.router.commands, self._converse, shelf=self.shelf
        )


def _nobody() -> None:
    """Wake nobody: nothing is delivered here."""
