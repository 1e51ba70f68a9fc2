"""Telegram's memory of what has happened: it repeats each update until it is confirmed."""

import asyncio
import contextlib
from collections.abc import Callable, Iterable
from typing import Any

import aiohttp

DEFAULT = frozenset({"message", "edited_message", "callback_query", "my_chat_member"})
RETRY = 0.05  # seconds between attempts to deliver to a webhook
HEADER = "X-Telegram-Bot-Api-Secret-Token"


class Conflict(Exception):
    """Somebody else asks for updates, or a webhook is set."""


class Updates:
    """The queue, and its two ways out."""

    def __init__(self) -> None:
        self.allowed = DEFAULT
        self.webhook = ""
        self.secret = ""
        self.last_error = ""
        self.deliveries: list[int] = []  # what the webhook answered; 0 if it did not
        self.history: list[dict[str, Any]] = []
        self._pending: list[dict[str, Any]] = []
        self._repeats: list[dict[str, Any]] = []
        self._number = 700_000_000
        self._poller = 0
        self._changed = asyncio.Event()

    @property
    def waiting(self) -> int:
        """Count the updates that are not confirmed."""
        return len(self._pending)

    def add(self, kind: str, what: dict[str, Any]) -> dict[str, Any] | None:
        """Queue an update, if the bot asked for that kind."""
        if kind not in self.allowed:
            return None
        self._number += 1
        update: dict[str, Any] = {"update_id": self._number, kind: what}
        self.history.append(update)
        self._pending.append(update)
        self.wake()
        return update

    def repeat(self, update: dict[str, Any]) -> None:
        """Deliver an update once more, though it may be confirmed."""
        self._repeats.append(update)
        self.wake()

    def restart_numbers(self, number: int) -> None:
        """Choose the next number at random, as after a week without updates."""
        self._number = number

    def forget(self) -> None:
        """Drop what is not confirmed."""
        self._pending.clear()

    def allow(self, kinds: Iterable[str] | None) -> None:
        """Remember which kinds are wanted. An empty list means the usual ones."""
        if kinds is not None:
            self.allowed = frozenset(kinds) or DEFAULT

    async def fetch(self, offset: int | None, limit: int, hold: float) -> list[dict[str, Any]]:
        """Confirm what comes before the offset, and wait for more."""
        if self.webhook:
            raise Conflict(
                "can't use getUpdates method while webhook is active; use deleteWebhook to "
                "delete the webhook first"
            )
        self._poller += 1
        mine = self._poller
        if offset is not None:
            self._pending = [each for each in self._pending if each["update_id"] >= offset]
        self.wake()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(hold):
                await self._until(lambda: bool(self._next()) or mine != self._poller)
        if mine != self._poller:
            raise Conflict(
                "terminated by other getUpdates request; make sure that only one bot instance "
                "is running"
            )
        repeats, self._repeats = self._repeats, []
        return [*repeats, *self._pending][:limit]

    async def deliver(self) -> None:
        """Deliver to the webhook for ever, each update until the answer is 200."""
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(10)) as session:
            while True:
                await self._until(lambda: bool(self.webhook and self._next()))
                update = self._next()[0]
                status = await self._post(session, update)
                self.deliveries.append(status)
                self.last_error = "" if status == 200 else f"Wrong response: {status}"
                if status != 200:
                    await asyncio.sleep(RETRY)
                    continue
                for queue in (self._repeats, self._pending):
                    if update in queue:
                        queue.remove(update)
                        break

    async def _post(self, session: aiohttp.ClientSession, update: dict[str, Any]) -> int:
        headers = {HEADER: self.secret} if self.secret else {}
        try:
            async with session.post(self.webhook, json=update, headers=headers) as answer:
                return answer.status
        except aiohttp.ClientError:
            return 0

    def _next(self) -> list[dict[str, Any]]:
        return [*self._repeats, *self._pending]

    async def _until(self, holds: Callable[[], bool]) -> None:
        while not holds():
            await self._changed.wait()

    def wake(self) -> None:
        """Wake whoever waits for updates."""
        self._changed.set()
        self._changed = asyncio.Event()
