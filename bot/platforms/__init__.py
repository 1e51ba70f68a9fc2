"""Chat platforms: one package each. To add one, write it and name it here."""

from bot.platforms.base import Platform
from bot.platforms.sandbox import Sandbox
from bot.platforms.slack import Slack
from bot.platforms.telegram import Telegram

PLATFORMS: tuple[type[Platform], ...] = (Slack, Telegram, Sandbox)
