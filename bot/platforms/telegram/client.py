"""The library as a typed client: connections, time limits, and silence in the log."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from ssl import SSLContext
from typing import Any

from httpx import create_ssl_context
from telegram import Bot
from telegram.request import HTTPXRequest

from bot.platforms.telegram import gaps
from bot.platforms.telegram.settings import TelegramSettings, is_local

#: What their logs would show: the token in an address, and people's texts.
TALKATIVE = ("httpx", "httpcore", "telegram")
CONNECTIONS = 8
FILLED = {
    "getMe": gaps.user,
    "sendAudio": gaps.message,
    "sendDocument": gaps.message,
    "sendMessage": gaps.message,
    "sendPhoto": gaps.message,
    "sendVideo": gaps.message,
}


@dataclass(frozen=True)
class Patience:
    """How long to wait for what, in seconds."""

    answer: float = 10.0  # for the answer to a call
    poll: int = 25  # for updates; Telegram holds the request open meanwhile
    first: float = 1.0  # before the first repetition of a failed call; then twice as long
    longest: float = 60.0
    refused: float = 30.0  # before a refused token is tried again


@dataclass
class Health:
    """Why Telegram cannot be used at the moment, or nothing."""

    trouble: str = "Telegram has not answered yet"


class Client(Bot):
    """Telegram's methods. Updates arrive unread, so that one bad one does not hide the rest."""

    async def _post(self, endpoint: str, *args: Any, **options: Any) -> Any:
        """Fill the gaps in an answer before it is read: what was sent must count as sent."""
        answer = await super()._post(endpoint, *args, **options)
        fill = FILLED.get(endpoint)
        return fill(answer) if fill and isinstance(answer, dict) else answer

    async def updates(
        self, offset: int | None, allowed: Sequence[str], *, hold: int
    ) -> list[dict[str, Any]]:
        """Confirm the updates before `offset`, and wait at most `hold` seconds for new ones."""
        found: list[dict[str, Any]] = await self._post(
            "getUpdates",
            {"offset": offset, "timeout": hold, "allowed_updates": allowed},
            read_timeout=hold + (self.request.read_timeout or 0),
        )
        return found


def connect(settings: TelegramSettings, patience: Patience) -> Client:
    """Build a client. Nothing is sent yet."""
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    trust = create_ssl_context(trust_env=not is_local(settings.base_url))  # read once, for both
    return Client(
        settings.token,
        base_url=settings.base_url,
        base_file_url=settings.base_file_url,
        request=_request(settings, patience, CONNECTIONS, trust),
        get_updates_request=_request(settings, patience, 1, trust),
    )


async def disconnect(client: Client) -> None:
    """Close the connections, for good."""
    for request in client._request:
        await request.shutdown()


def _request(
    settings: TelegramSettings, patience: Patience, connections: int, trust: SSLContext
) -> HTTPXRequest:
    return HTTPXRequest(
        connection_pool_size=connections,
        read_timeout=patience.answer,
        write_timeout=patience.answer,
        connect_timeout=patience.answer / 2,
        pool_timeout=patience.answer / 2,
        httpx_kwargs={"trust_env": not is_local(settings.base_url), "verify": trust},
    )
