"""What a failed call to Telegram means for a message: was it delivered, and is it worth a retry?

Telegram has no idempotency keys, so the line between "certainly not delivered" and "perhaps"
has to be drawn with care.
"""

import os
from datetime import timedelta

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.platforms.base import ChatMoved, NotSent, Unclear, Undeliverable

# Without it the library warns of a coming change each time Telegram asks us to wait.
os.environ.setdefault("PTB_TIMEDELTA", "true")

#: The request never left this machine.
UNSENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.LocalProtocolError,
)
LONG = timedelta(seconds=30)  # until a refused token is tried again
LONGEST_REASON = 200  # characters
NOT_JSON = ". Parsing the server response"  # after this, the library quotes a whole page

REFUSED_KEY = (
    "Telegram refuses the token. Set TELEGRAM_BOT_TOKEN to the one that @BotFather shows "
    "for this bot."
)
OTHER_READER = (
    "another program fetches this bot's messages with the same token. Stop it, or give it a "
    "bot of its own."
)
UNREACHABLE = ("chat not found", "user not found", "member not found", "peer_id_invalid")


def failure(error: TelegramError) -> NotSent | Unclear | Undeliverable | ChatMoved:
    """Translate an error of the library.

    A 5xx answer is unclear: the gateway in front of Telegram may have lost the answer of a
    server that did deliver.
    """
    if isinstance(error, ChatMigrated):
        return ChatMoved(str(error.new_chat_id))
    if isinstance(error, RetryAfter):
        return NotSent("Telegram asks us to wait", pause(error))
    if isinstance(error, InvalidToken):
        return NotSent(REFUSED_KEY, LONG)
    if isinstance(error, Conflict):
        return NotSent(reason(error))
    if isinstance(error, Forbidden | BadRequest):
        return Undeliverable(reason(error))
    if isinstance(error.__cause__, UNSENT):
        return NotSent(reason(error))
    return Unclear(reason(error))


def harmless_failure(error: TelegramError) -> NotSent | Undeliverable | ChatMoved:
    """Translate an error of a call that may be repeated without harm."""
    found = failure(error)
    return NotSent(str(found)) if isinstance(found, Unclear) else found


def reason(error: TelegramError) -> str:
    """Say why, for logs and administrators."""
    if isinstance(error, InvalidToken):
        return REFUSED_KEY
    if isinstance(error, Conflict):
        return OTHER_READER
    cause = f" ({type(error.__cause__).__name__})" if error.__cause__ else ""
    text = error.message.partition(NOT_JSON)[0][:LONGEST_REASON]
    if isinstance(error, NetworkError) and not isinstance(error, BadRequest):
        return f"Telegram does not answer: {text}{cause}"
    return text


def pause(error: RetryAfter) -> timedelta:
    """Return for how long Telegram asks us to wait."""
    wait = error.retry_after
    return wait if isinstance(wait, timedelta) else timedelta(seconds=wait)


def is_unreachable(error: TelegramError) -> bool:
    """Tell whether a person has not opened a private chat with the bot, or has shut it."""
    if isinstance(error, BadRequest):
        return error.message.lower().startswith(UNREACHABLE)
    return isinstance(error, Forbidden)
