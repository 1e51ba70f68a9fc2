"""Hearing what people do: Telegram forgets an update only after it is in our database."""

import asyncio
import hmac
import json
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import Any, TypeVar

import structlog
from aiohttp import web
from telegram import (
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeDefault,
    Update,
)
from telegram.error import InvalidToken, RetryAfter, TelegramError

from bot.menu import DEFAULT, GROUPS, PRIVATE, Menu
from bot.platforms.base import Intake
from bot.platforms.telegram.client import Client, Health, Patience
from bot.platforms.telegram.failures import pause, reason
from bot.platforms.telegram.gaps import filled
from bot.platforms.telegram.settings import TelegramSettings
from bot.platforms.telegram.updates import ALLOWED, events
from handlers.chat import Event

log = structlog.get_logger(__name__)

T = TypeVar("T")
NOT_STORED = "what people do on Telegram cannot be stored; it is tried again"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
LONGEST_STORE_WAIT = 5.0  # seconds; the database is near
BREATH = 0.2  # seconds between requests, should Telegram answer at once that nothing is new
BODY_LIMIT = 1024 * 1024  # bytes
MALFORMED = (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, OSError)
SCOPES: Mapping[str, Callable[[], BotCommandScope]] = {
    DEFAULT: BotCommandScopeDefault,
    PRIVATE: BotCommandScopeAllPrivateChats,
    GROUPS: BotCommandScopeAllGroupChats,
}


class Listener:
    """Fetches updates or takes deliveries, and hands in what they mean."""

    def __init__(
        self, client: Client, settings: TelegramSettings, patience: Patience, health: Health
    ) -> None:
        self.client = client
        self.settings = settings
        self.patience = patience
        self.health = health
        self.menu: Menu = {}
        self.username = ""
        self.is_introduced = False  # whether Telegram has said who we are

    async def run(self, intake: Intake) -> None:
        """Listen until cancelled."""
        if self.settings.webhook_url is not None:
            await self._persist(self._register)
            await self._offer_menu()
            await asyncio.Event().wait()
        await self._persist(self._introduce)
        await self._offer_menu()
        async with intake.alone("telegram"):
            await self._persist(self._unregister)
            await self._poll(intake)

    async def deliver(self, request: web.Request, intake: Intake) -> web.Response:
        """Take one delivery. Any answer but 200 makes Telegram repeat it."""
        given = request.headers.get(HEADER)
        if given is None:
            return web.Response(status=401)
        if not hmac.compare_digest(given.encode(errors="replace"), self.settings.secret.encode()):
            return web.Response(status=403)
        if not self.is_introduced:
            return web.Response(status=503)
        if (request.content_length or 0) > BODY_LIMIT:
            return web.Response(status=413)
        raw = _update(await request.read())
        if raw is None:
            return web.Response(status=400)
        for event in await self._events(raw):
            if not await accepted(intake, event):
                return web.Response(status=500)
        return web.Response()

    async def _introduce(self) -> None:
        self.username = (await self.client.get_me()).username or ""
        self.is_introduced = True

    async def _register(self) -> None:
        await self._introduce()
        await self.client.set_webhook(
            self.settings.webhook_url or "",
            secret_token=self.settings.secret,
            allowed_updates=ALLOWED,
        )

    async def _unregister(self) -> None:
        """Let go of a webhook of earlier. A stand-in for Telegram may not know of webhooks."""
        try:
            await self.client.delete_webhook()
        except InvalidToken:
            await self._introduce()  # refused as well, if it is the token

    async def _poll(self, intake: Intake) -> None:
        offset: int | None = None
        while True:
            batch = await self._persist(self._updates_from(offset))
            if not batch:
                await asyncio.sleep(BREATH)
            offset = None  # all before is confirmed; after a quiet week, ids start anywhere
            for raw in batch:
                for event in await self._events(raw):
                    await self._store(event, intake)
                offset = int(raw["update_id"]) + 1

    def _updates_from(self, offset: int | None) -> Callable[[], Awaitable[list[dict[str, Any]]]]:
        """After trouble, ask without waiting: so it shows at once that all is well again."""
        return lambda: self.client.updates(
            offset, ALLOWED, hold=0 if self.health.trouble else self.patience.poll
        )

    async def _events(self, raw: dict[str, Any]) -> list[Event]:
        """Translate an update. One that cannot be understood must not hold up the next."""
        try:
            update = Update.de_json(filled(raw), self.client)
            found = events(update, self.username)
        except MALFORMED as error:
            log.warning("update skipped", update=raw["update_id"], error=type(error).__name__)
            return []
        if update.callback_query is not None and not found:
            with suppress(TelegramError):
                await self.client.answer_callback_query(update.callback_query.id)
        return found

    async def _store(self, event: Event, intake: Intake) -> None:
        """Hand in an event; nothing else is fetched, or confirmed, until that succeeds."""
        wait = self.patience.first
        while not await accepted(intake, event):
            self.health.trouble = NOT_STORED
            await asyncio.sleep(wait)
            wait = min(2 * wait, self.patience.longest, LONGEST_STORE_WAIT)
        self.health.trouble = ""

    async def _persist(self, step: Callable[[], Awaitable[T]]) -> T:
        """Take a step, however often it fails first."""
        wait = self.patience.first
        while True:
            try:
                result = await step()
            except TelegramError as error:
                self._report(reason(error))
                await asyncio.sleep(self._until_next(error, wait))
                wait = min(2 * wait, self.patience.longest)
            else:
                self.health.trouble = ""
                return result

    def _report(self, trouble: str) -> None:
        """Note what is wrong, and log it unless it was wrong before."""
        if trouble != self.health.trouble:
            log.warning("Telegram cannot be reached", reason=trouble)
        self.health.trouble = trouble

    def _until_next(self, error: TelegramError, wait: float) -> float:
        if isinstance(error, InvalidToken):
            return self.patience.refused
        return pause(error).total_seconds() if isinstance(error, RetryAfter) else wait

    async def _offer_menu(self) -> None:
        """Show the commands in Telegram's menu. The bot works as well without."""
        try:
            for place, commands in self.menu.items():
                scope = SCOPES[place]() if place in SCOPES else BotCommandScopeChat(place)
                await self.client.set_my_commands(commands, scope)
        except TelegramError as error:
            log.warning("the menu of commands was not set", reason=reason(error))


async def accepted(intake: Intake, event: Event) -> bool:
    """Hand in an event, and tell whether it is stored now."""
    try:
        await intake.accept(event)
    except Exception as error:  # noqa: BLE001 - whatever it is, Telegram has to repeat the update
        log.warning("not stored", update=event.id, error=type(error).__name__)
        return False
    return True


def _update(body: bytes) -> dict[str, Any] | None:
    """Read a delivery, unless it is none."""
    try:
        raw = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return raw if isinstance(raw, dict) and isinstance(raw.get("update_id"), int) else None
