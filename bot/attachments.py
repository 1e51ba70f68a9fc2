"""Fetching attachments after the commit, and making clean copies. What is left undone by a crash
is done again: the row says what is wanted, and the same content is kept once."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial

import structlog
from sqlalchemy import Engine

from bot.cleaning import clean_copy
from bot.database import Threads
from bot.examination import Examined, Unacceptable, examine
from bot.platforms.base import Fetched, NotSent, Platform, Unclear, Undeliverable, too_large
from bot.vault import Incoming, TooLarge, Vault
from bot.worker import Worker
from handlers import attachments
from handlers.context import Context
from storage import files
from storage.db import transaction
from storage.models import DraftFile, Stage

log = structlog.get_logger(__name__)

FIRST_WAIT = timedelta(seconds=5)  # before the second attempt; then twice as long each time
LONGEST_WAIT = timedelta(minutes=10)
GIVE_UP = timedelta(hours=24)
ATTEMPT = files.LEASE - timedelta(seconds=10)

NO_ANSWER = "{platform} did not hand it out for a day"
OUR_FAULT = "something went wrong on my side"


class Attachments(Worker):
    """Fetches what drafts came with, looks at it, and keeps it."""

    idle = 2.0

    def __init__(
        self,
        engine: Engine,
        platforms: Mapping[str, Platform],
        vault: Vault,
        *,
        context: Callable[..., Context],
        now: Callable[[], datetime],
        threads: Threads,
    ) -> None:
        super().__init__()
        self.engine = engine
        self.platforms = platforms
        self.vault = vault
        self.context = context
        self.now = now
        self.threads = threads
        self.spoke: Callable[[], None] = _nobody  # called when there may be something to send
        self._looking = asyncio.Lock()  # one picture at a time is unfolded in memory

    async def work_next(self, platform: Platform) -> bool:
        """Fetch or clean one file, if one is due. Returns whether there was one."""
        row = await self.threads.run(self._claim, platform.name)
        if row is None:
            return False
        note = await self._outcome(platform, row)
        await self.threads.run(note)
        self.spoke()
        return True

    async def _outcome(self, platform: Platform, row: DraftFile) -> Callable[[], None]:
        """Attempt it. Returns what writes down what became of it."""
        try:
            async with asyncio.timeout(ATTEMPT.total_seconds()):
                if row.stage is Stage.CLEANING:
                    return partial(self._cleaned, row, await self._clean(row))
                said, kept = await self._fetch(platform, row)
                return partial(self._kept, row, said, kept)
        except TooLarge:
            return partial(self._refused, row, str(too_large(self.vault.limit)))
        except (Unacceptable, Undeliverable) as error:
            return partial(self._refused, row, str(error))
        except (NotSent, Unclear, TimeoutError, OSError) as error:
            return partial(self._again, row, str(error) or type(error).__name__)
        except Exception:
            log.exception("file not kept", file=row.id)
            return partial(self._refused, row, OUR_FAULT)

    async def _fetch(self, platform: Platform, row: DraftFile) -> tuple[Fetched, files.Kept]:
        with self.vault.incoming() as incoming:
            said = await platform.fetch(row.file, incoming.write, self.vault.limit)
            return said, await self._keep(incoming)

    async def _clean(self, row: DraftFile) -> files.Kept:
        with self.vault.incoming() as incoming:
            async with self._looking:
                path = self.vault.path(row.digest)
                incoming.write(await asyncio.to_thread(clean_copy, path, row.media_type))
            return await self._keep(incoming)

    async def _keep(self, incoming: Incoming) -> files.Kept:
        incoming.handle.flush()
        async with self._looking:
            found: Examined = await asyncio.to_thread(examine, incoming.path)
        await asyncio.to_thread(self.vault.keep, incoming)
        return files.Kept(incoming.digest, incoming.size, found.media_type, found.facts)

    def _claim(self, platform: str) -> DraftFile | None:
        with transaction(self.engine) as db:
            return files.claim(db, platform, self.now())

    def _kept(self, row: DraftFile, said: Fetched, kept: files.Kept) -> None:
        self._write(row, partial(attachments.kept, found=kept, name=said.name, alt=said.alt))

    def _cleaned(self, row: DraftFile, kept: files.Kept) -> None:
        self._write(row, partial(attachments.cleaned, found=kept))

    def _refused(self, row: DraftFile, reason: str) -> None:
        log.warning("file refused", file=row.id, reason=reason)
        self._write(row, partial(attachments.refused, reason=reason))

    def _again(self, row: DraftFile, reason: str) -> None:
        if self.now() - row.added_at > GIVE_UP:
            self._refused(row, NO_ANSWER.format(platform=row.platform.capitalize()))
            return
        log.warning("file not fetched; it is tried again", file=row.id, reason=reason)
        wait = min(FIRST_WAIT * 2 ** min(row.attempts - 1, 10), LONGEST_WAIT)
        with transaction(self.engine) as db:
            if (stored := files.locked(db, row.id)) is not None:
                stored.due_at = self.now() + wait
                db.add(stored)

    def _write(self, row: DraftFile, note: Callable[[Context, DraftFile], None]) -> None:
        """Write down an outcome, unless another process was faster."""
        with transaction(self.engine) as db:
            stored = files.locked(db, row.id)
            if stored is not None and stored.stage is row.stage:
                note(self.context(db), stored)


def _nobody() -> None:
    """Wake nobody: nothing is delivered here."""
