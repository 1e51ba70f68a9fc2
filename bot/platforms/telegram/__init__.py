"""Telegram, by long polling or by webhook, through python-telegram-bot."""

from bot.platforms.telegram.client import Patience
from bot.platforms.telegram.platform import Telegram
from bot.platforms.telegram.settings import TelegramSettings

__all__ = ["Patience", "Telegram", "TelegramSettings"]
