"""What Telegram's errors mean for a message, and what a wrong setting says."""

from datetime import timedelta

import httpx
import pytest
from pydantic import SecretStr
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.platforms.base import ChatMoved, NotSent, Unclear, Undeliverable
from bot.platforms.telegram import Telegram, TelegramSettings
from bot.platforms.telegram.failures import failure, harmless_failure


def caused(error: TelegramError, cause: Exception) -> TelegramError:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "meaning"),
    [
        (RetryAfter(7), NotSent),
        (caused(NetworkError("x"), httpx.ConnectError("refused")), NotSent),
        (caused(TimedOut(), httpx.ConnectTimeout("slow")), NotSent),
        (caused(TimedOut(), httpx.PoolTimeout("busy")), NotSent),
        (caused(TimedOut(), httpx.ReadTimeout("slow")), Unclear),
        (caused(TimedOut(), httpx.WriteTimeout("slow")), Unclear),
        (caused(NetworkError("x"), httpx.RemoteProtocolError("gone")), Unclear),
        (caused(NetworkError("x"), httpx.ReadError("gone")), Unclear),
        (NetworkError("Bad Gateway"), Unclear),
        (NetworkError("Internal Server Error"), Unclear),
        (TelegramError("Invalid server response"), Unclear),
        (Forbidden("bot was blocked by the user"), Undeliverable),
        (BadRequest("chat not found"), Undeliverable),
        (ChatMigrated(-1005), ChatMoved),
        (InvalidToken(), NotSent),
        (Conflict("x"), NotSent),
    ],
)
def test_an_error_tells_whether_the_message_went_out(error, meaning):
    assert type(failure(error)) is meaning
    harmless = NotSent if meaning is Unclear else meaning
    assert type(harmless_failure(error)) is harmless


def test_telegrams_pause_is_kept():
    found = failure(RetryAfter(7))
    assert isinstance(found, NotSent)
    assert found.wait == timedelta(seconds=7)


def test_a_reason_is_short_and_names_the_cause():
    found = failure(caused(NetworkError("x" * 5000), httpx.ReadError("gone")))
    assert str(found).endswith("(ReadError)")
    assert len(str(found)) < 250


def settings(**given: object) -> TelegramSettings:
    return TelegramSettings(_env_file=None, bot_token=SecretStr("1:x"), **given)  # type: ignore[call-arg, arg-type]


@pytest.mark.parametrize(
    ("given", "mistake"),
    [
        ({"bot_token": "not-a-token"}, "BotFather"),
        ({"bot_token": "1:a/../b"}, "BotFather"),
        ({"webhook_url": "https://x.example/telegram/webhook"}, "TELEGRAM_WEBHOOK_SECRET"),
        ({"webhook_url": "https://x.example/", "webhook_secret": "a b"}, "TELEGRAM_WEBHOOK_SECRET"),
        ({"webhook_url": "https://x.example/", "webhook_secret": "x" * 257}, "1 to 256"),
        ({"webhook_url": "http://x.example/", "webhook_secret": "s"}, "https"),
        ({"webhook_url": "x.example/", "webhook_secret": "s"}, "https"),
        ({"webhook_url": "https://x:nan/", "webhook_secret": "s"}, "https"),
        ({"api_url": "api.telegram.org"}, "TELEGRAM_API_URL"),
    ],
)
def test_a_wrong_setting_says_what_to_do(monkeypatch, given, mistake):
    for name, value in {"bot_token": "1:x", **given}.items():
        monkeypatch.setenv(f"TELEGRAM_{name.upper()}", value)
    with pytest.raises(ValueError, match=mistake) as error:
        Telegram.from_env()
    assert given.get("bot_token", "no token") not in str(error.value)


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"webhook_url": "https://x.example/telegram/webhook", "webhook_secret": "x" * 256},
        {"webhook_url": "http://127.0.0.1:8080/telegram/webhook", "webhook_secret": "s"},
        {"webhook_url": "http://localhost/telegram/webhook", "webhook_secret": "s"},
        {"webhook_secret": "s"},
    ],
)
def test_right_settings_are_taken(given):
    settings(**given).check()


def test_without_a_token_telegram_is_not_in_use(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TELEGRAM_BOT_TOKEN", raising=False)
    assert Telegram.from_env() is None


@pytest.mark.parametrize("given", ["http://127.0.0.1:9/bot", "http://127.0.0.1:9/bot/"])
def test_the_address_of_files_follows_from_the_address_of_the_interface(given):
    found = settings(api_url=given)
    assert (found.base_url, found.base_file_url) == (
        "http://127.0.0.1:9/bot",
        "http://127.0.0.1:9/file/bot",
    )
