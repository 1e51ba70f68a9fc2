"""Deliver what the bot owes, and say honestly what became of it."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

import structlog
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, OperationalError

from bot.database import Threads
from bot.making import make
from bot.platforms.base import ChatMoved, NotSent, Platform, Post, Sent, Unclear, Undeliverable
from bot.points import Point, reach
from bot.vault import Vault
from bot.worker import Worker
from handlers.alerts import report_undelivered
from handlers.chat import Message, line
from handlers.context import Context
from handlers.moves import move_chat
from handlers.stored import message_from_json
from storage import outbox
from storage.db import transaction
from storage.models import Delivery, OutboxMessage

log = structlog.get_logger(__name__)

SOON = timedelta(seconds=2)  # until an unclear delivery is looked into
LONGEST_WAIT = timedelta(minutes=5)
GIVE_UP = timedelta(hours=24)  # no message is worth sending a day late
REPEATS = 3  # attempts after which an unclear delivery is left alone
ATTEMPT = outbox.LEASE - timedelta(seconds=5)  # then it counts as unclear, while it is still ours
REPEATED = "(repeat: this may have reached you before)"


class Outbox(Worker):
    """Sends what is queued, in order for each reader, and tries again what can be tried again."""

    def __init__(
        self,
        engine: Engine,
        platforms: Mapping[str, Platform],
        *,
        now: Callable[[], datetime],
        threads: Threads,
        vault: Vault | None = None,
    ) -> None:
        super().__init__()
        self.engine = engine
        self.platforms = platforms
        self.now = now
        self.threads = threads
        self.vault = vault

    async def work_next(self, platform: Platform) -> bool:
        """Deliver one message, if one is due. Returns whether there was one."""
        row = await self.threads.run(self._claim, platform.name)
        if row is None:
            return False
        reach(Point.CLAIMED)
        await self._write_down(await self._outcome(platform, row))
        reach(Point.NOTED)
        return True

    async def _outcome(self, platform: Platform, row: OutboxMessage) -> Callable[[], None]:
        """Attempt a delivery. Returns what writes down what became of it."""
        try:
            async with asyncio.timeout(ATTEMPT.total_seconds()):
                sent = await self._attempt(platform, row)
        except NotSent as error:
            return partial(self._retry, row, error)
        except (Unclear, TimeoutError) as error:
            return partial(self._unclear, row, str(error) or "no answer in time")
        except Undeliverable as error:
            return partial(self._fail, row, str(error))
        except ChatMoved as error:
            return partial(self._moved, row, error.to)
        except DBAPIError:  # before anything was sent
            return partial(self._retry, row, NotSent("the database did not answer"))
        except asyncio.CancelledError:
            await self.threads.run(self._unclear, row, "the bot was stopped meanwhile")
            raise
        except Exception:
            log.exception("delivery failed", row=row.id)
            return partial(self._fail, row, "an error of the bot; see its log")
        reach(Point.SENT)
        return partial(self._note, row, sent)

    async def _write_down(self, outcome: Callable[[], None]) -> None:
        """Wait for the database as long as it takes: what was sent must not be sent again."""
        while True:
            try:
                return await self.threads.run(outcome)
            except OperationalError:
                if self.stopping:
                    raise
                log.exception("the database did not answer; an outcome is kept")
                await asyncio.sleep(self.idle)

    async def _attempt(self, platform: Platform, row: OutboxMessage) -> Sent:
        said = message_from_json(row.body)
        if row.edits_id is not None:
            target = await self.threads.run(self._load, row.edits_id)
            if not target.message:
                raise Undeliverable("there is nothing to edit")
            await platform.edit(target.sent_chat or target.chat, target.message, said)
            return Sent("", "")
        post = await self._post(row, said)
        if row.tried_at is not None:
            try:
                if found := await platform.find(post):
                    return found
            except LookupError:
                post = replace(post, message=_repeated(said))
        return await platform.send(post)

    async def _post(self, row: OutboxMessage, said: Message) -> Post:
        under = await self.threads.run(self._load, row.under_id) if row.under_id else None
        path = None
        if self.vault and said.made:
            media, path = await asyncio.to_thread(make, said.made, self.vault)
            said = replace(said, media=media)
        elif self.vault and said.media:
            path = self.vault.path(said.media.digest)
        return Post(
            key=f"countersign-{row.id}-{row.created_at:%Y%m%d%H%M%S}",
            chat=row.chat,
            message=said,
            to=row.to,
            via=row.via,
            under=(under.message or "") if under else "",
            since=row.tried_at,
            path=path,
        )

    def _claim(self, platform: str) -> OutboxMessage | None:
        with transaction(self.engine) as db:
            return outbox.claim(db, platform, self.now())

    def _load(self, row_id: int) -> OutboxMessage:
        with transaction(self.engine) as db:
            return outbox.by_id(db, row_id)

    def _note(self, row: OutboxMessage, sent: Sent) -> None:
        with transaction(self.engine) as db:
            stored = outbox.by_id(db, row.id)
            if sent.message:
                outbox.forget_place(db, row.platform, sent.chat, sent.message)
            stored.state, stored.error = Delivery.SENT, ""
            stored.sent_chat, stored.message = sent.chat or None, sent.message or None
            outbox.forget_words(stored)
            db.add(stored)

    def _retry(self, row: OutboxMessage, error: NotSent) -> None:
        if self.now() - row.created_at > GIVE_UP:
            self._fail(row, f"tried for a day: {error.reason}")
            return
        wait = error.wait or min(LONGEST_WAIT, timedelta(seconds=2 ** min(row.attempts, 9)))
        with transaction(self.engine) as db:
            stored = outbox.by_id(db, row.id)
            stored.state, stored.due_at = Delivery.PENDING, self.now() + wait
            stored.error = error.reason
            db.add(stored)
        log.warning("not sent; it is tried again", row=row.id, reason=error.reason)

    def _unclear(self, row: OutboxMessage, reason: str) -> None:
        again = row.tried_at is not None
        if again and row.attempts >= REPEATS:
            self._close(row, Delivery.UNKNOWN, reason)
            return
        with transaction(self.engine) as db:
            stored = outbox.by_id(db, row.id)
            stored.due_at, stored.error = self.now() + SOON, reason
            stored.tried_at = row.tried_at or self.now()
            stored.attempts = row.attempts if again else 1
            db.add(stored)
        log.warning("delivery unclear; it is looked into", row=row.id, reason=reason)

    def _fail(self, row: OutboxMessage, reason: str) -> None:
        self._close(row, Delivery.FAILED, reason)

    def _close(self, row: OutboxMessage, state: Delivery, reason: str) -> None:
        """Give up on a message, and report that once to the administrators."""
        with transaction(self.engine) as db:
            stored = outbox.by_id(db, row.id)
            stored.state, stored.error = state, reason
            outbox.forget_words(stored)
            db.add(stored)
            if stored.edits_id is None:
                report_undelivered(Context(db, self.now()), stored, reason)
        log.error("not delivered", row=row.id, reason=reason)

    def _moved(self, row: OutboxMessage, to: str) -> None:
        with transaction(self.engine) as db:
            stored = outbox.by_id(db, row.id)
            # What was posted in the old chat can be changed no more; the rest goes to the new one.
            can_follow = stored.edits_id is None and to != row.chat
            stored.state = Delivery.PENDING if can_follow else Delivery.DROPPED
            stored.due_at = self.now()
            db.add(stored)
            db.flush()
            move_chat(Context(db, self.now()), row.platform, row.chat, to)


def _repeated(said: Message) -> Message:
    return replace(said, parts=(line(REPEATED), *said.parts))
