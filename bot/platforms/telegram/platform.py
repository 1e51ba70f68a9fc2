"""The platform itself: what the rest of the bot sees of Telegram."""

from collections.abc import Callable, Sequence
from typing import Self

from aiohttp import web

from bot.menu import Menu
from bot.platforms.base import Diagnosis, Fetched, Intake, NotSent, Post, Sent
from bot.platforms.pacing import Pacer
from bot.platforms.telegram import files
from bot.platforms.telegram.client import Health, Patience, connect, disconnect
from bot.platforms.telegram.diagnosis import examine
from bot.platforms.telegram.listening import Listener
from bot.platforms.telegram.settings import TelegramSettings
from bot.platforms.telegram.speaking import Speaker
from bot.platforms.telegram.updates import NAME, callback_id
from handlers.chat import Event, Form, Message

WEBHOOK = "/telegram/webhook"
NO_READ_BACK = "Telegram does not show a bot what it has said"
NO_FORMS = "Telegram has no forms"


class Telegram:
    """Translates between Telegram and our own words, and decides nothing.

    Reactions arrive only from groups in which the bot is an administrator; buttons work
    everywhere.
    """

    name = NAME
    has_forms = False

    def __init__(self, settings: TelegramSettings, patience: Patience | None = None) -> None:
        settings.check()
        patience = patience or Patience()
        self.settings = settings
        self.client = connect(settings, patience)
        self.health = Health()
        self.listener = Listener(self.client, settings, patience, self.health)
        self.speaker = Speaker(self.client, Pacer(), self.health)

    @classmethod
    def from_env(cls) -> Self | None:
        """Build from `TELEGRAM_BOT_TOKEN` and the settings beside it."""
        settings = TelegramSettings()
        return None if settings.bot_token is None else cls(settings)

    def menu(self, commands: Menu) -> None:
        """Take the commands to offer in each kind of chat, or in one chat if it is named by id."""
        self.listener.menu = commands

    def routes(self, intake: Intake) -> Sequence[web.AbstractRouteDef]:
        """Take deliveries, if a webhook is set up."""
        if self.settings.webhook_url is None:
            return []

        async def deliver(request: web.Request) -> web.Response:
            return await self.listener.deliver(request, intake)

        return [web.post(WEBHOOK, deliver)]

    async def run(self, intake: Intake) -> None:
        """Poll, or keep the webhook registered, until cancelled."""
        await self.listener.run(intake)

    async def send(self, post: Post) -> Sent:
        """Post a message. Raises `NotSent`, `Unclear`, `Undeliverable` or `ChatMoved`."""
        return await self.speaker.send(post)

    async def edit(self, chat: str, message_id: str, message: Message) -> None:
        """Replace a message. Harmless to repeat, so it never raises `Unclear`."""
        await self.speaker.edit(chat, message_id, message)

    async def find(self, post: Post) -> Sent | None:
        """Raise `LookupError`: a bot cannot read what it has said."""
        raise LookupError(NO_READ_BACK)

    async def show(self, form: Form, trigger: str) -> None:
        """Raise `NotSent`: forms are conversations here."""
        raise NotSent(NO_FORMS)

    async def publish(self, user: str, page: Message) -> None:
        """Do nothing: Telegram has no pages of a bot's own; /home shows the same as a message."""

    async def finish(self, event: Event, *, answered: bool) -> None:
        """Let go of a pressed button, unless an answer is on its way that does so."""
        if not answered and (query := callback_id(event.reply)):
            await self.speaker.release(query)

    async def fetch(self, file: str, save: Callable[[bytes], None], limit: int) -> Fetched:
        """Hand out a file: Telegram gives a bot 20 MB at most."""
        return await files.fetch(self.client, file, save, limit)

    async def reactions(self, chat: str, message_id: str) -> set[tuple[str, str]] | None:
        """Return nothing: Telegram repeats what happened while we were away, for a day."""
        return None

    async def examine(self, chats: Sequence[str]) -> list[Diagnosis]:
        """Look at the token, the webhook, and the bot's rights in the moderators' groups."""
        return await examine(self.client, self.settings, chats)

    def trouble(self) -> str:
        """Say why the platform is not connected, or nothing when it is."""
        return self.health.trouble

    async def close(self) -> None:
        """Close the connections, once nothing is left to say."""
        await disconnect(self.client)
