"""What every chat platform can do, and the ways in which sending can fail."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol, Self

from aiohttp.web import AbstractRouteDef

from bot.menu import Menu
from handlers.chat import Event, Form, Message

TOO_LARGE = "it is larger than {limit} MB"


class Intake(Protocol):
    """Where a platform hands in what people did."""

    async def accept(self, event: Event) -> bool:
        """Store an event. Once this returns, nothing is lost: acknowledge then, not before.

        Returns False when the event was known already. Raises when it could not be stored.
        """

    def alone(self, name: str) -> AbstractAsyncContextManager[None]:
        """Wait until no other replica holds this name, and hold it."""


@dataclass(frozen=True)
class Post:
    """One message to deliver."""

    key: str  # opaque and unique: the same at every attempt
    chat: str  # where; a person's user id means their direct messages
    message: Message
    to: str = ""  # if set, only this user may see it
    via: str = ""  # the `reply` of the event it answers, for `to`
    under: str = ""  # the message in that chat to which it is a reply
    since: datetime | None = None  # when it was first tried, if that may have gone through
    path: Path | None = None  # where the bytes of `message.media` are


@dataclass(frozen=True)
class Fetched:
    """What a platform says of a file that it handed out."""

    name: str = ""
    alt: str = ""


@dataclass(frozen=True)
class Sent:
    """Where a message stands. `message` is empty if it can never be found or changed again."""

    chat: str
    message: str


class NotSent(Exception):
    """Certainly not delivered, and worth another try, after `wait` if it is given."""

    def __init__(self, reason: str, wait: timedelta | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.wait = wait


class Unclear(Exception):
    """The connection broke before the answer: it may or may not have been delivered."""


class Undeliverable(Exception):
    """It will never be delivered there: no such chat, no permission, blocked."""


def too_large(limit: int) -> Undeliverable:
    """Say that a file has more bytes than are wanted."""
    return Undeliverable(TOO_LARGE.format(limit=limit // 1_000_000))


class ChatMoved(Exception):
    """The chat has another id now."""

    def __init__(self, to: str) -> None:
        super().__init__(to)
        self.to = to


@dataclass(frozen=True)
class Diagnosis:
    """One thing that `countersign doctor` looked at. `advice` says what to do if it is wrong."""

    what: str
    advice: str = ""  # empty: it is fine


class Platform(Protocol):
    """A chat service. Only platforms talk to the network."""

    name: str
    has_forms: bool  # shows a form itself when given a trigger; else it is a conversation

    @classmethod
    def from_env(cls) -> Self | None:
        """Build the platform from its own settings, or return `None` when it is not in use.

        Raises `ValueError` when the settings are incomplete or wrong, and says what to do.
        """

    def menu(self, commands: Menu) -> None:
        """Take the commands to offer, if the platform can be told; before it runs."""

    def routes(self, intake: Intake) -> Sequence[AbstractRouteDef]:
        """List what it answers on the bot's own HTTP server, if anything."""

    async def run(self, intake: Intake) -> None:
        """Connect, and hand in what people do until cancelled. Reconnect by itself."""

    async def send(self, post: Post) -> Sent:
        """Post a message. Raises `NotSent`, `Unclear`, `Undeliverable` or `ChatMoved`."""

    async def edit(self, chat: str, message_id: str, message: Message) -> None:
        """Replace a message. Harmless to repeat. Raises as `send` does."""

    async def find(self, post: Post) -> Sent | None:
        """Look whether a post went through earlier. Raises `LookupError` if it cannot tell."""

    async def show(self, form: Form, trigger: str) -> None:
        """Show a form, if the platform has forms. Raises `NotSent` if it is too late."""

    async def publish(self, user: str, page: Message) -> None:
        """Draw somebody's own page, if the platform has such pages. Harmless to repeat."""

    async def finish(self, event: Event, *, answered: bool) -> None:
        """Note that an event was handled; `answered` if a private answer is on its way."""

    async def fetch(self, file: str, save: Callable[[bytes], None], limit: int) -> Fetched:
        """Hand a file to `save`, piece by piece. Harmless to repeat.

        Raises `NotSent` if it may work later, `Undeliverable` if it never will; both say why,
        after “because”. `limit` is how many bytes are wanted at most.
        """

    async def reactions(self, chat: str, message_id: str) -> set[tuple[str, str]] | None:
        """Return who reacts with which emoji now, or `None` if the platform repeats events."""

    async def examine(self, chats: Sequence[str]) -> list[Diagnosis]:
        """Look whether the set-up is right: token, permissions, the moderators' chats."""

    async def close(self) -> None:
        """Let go of the connections, once nothing is left to say."""

    def trouble(self) -> str:
        """Say why the platform is not connected, or nothing when it is."""
