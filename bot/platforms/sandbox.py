"""A chat workspace in memory: the demo and the tests use the same one.

It keeps what every reader would see, holds forms until somebody fills them in, and can be told
to be down.
"""

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self

from aiohttp.web import AbstractRouteDef

from bot.menu import Menu
from bot.platforms.base import Diagnosis, Fetched, Intake, Post, Sent, Undeliverable
from handlers.chat import Event, Form, Message


@dataclass
class Shown:
    """A message as it stands in a chat now."""

    id: str
    chat: str
    message: Message
    to: str = ""  # only this user sees it
    under: str = ""
    key: str = ""
    edits: int = 0
    path: Path | None = None  # the bytes of the file that came with it


def nobody_watches(platform: str, shown: Shown) -> None:
    """Watch nothing."""


@dataclass
class Sandbox:
    """Keeps every message, and every form that waits for an answer."""

    name: str = "sandbox"
    has_forms: bool = False
    down: Exception | None = None  # raised by whatever is sent while it is set
    messages: list[Shown] = field(default_factory=list)
    waiting: dict[str, Form] = field(default_factory=dict)  # by trigger
    finished: list[tuple[Event, bool]] = field(default_factory=list)
    homes: dict[str, Message] = field(default_factory=dict)  # by user
    files: dict[str, bytes] = field(default_factory=dict)  # what people have sent, by id
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))  # of messages
    watch: Callable[[str, Shown], None] = nobody_watches  # hears of each message and change

    @classmethod
    def from_env(cls) -> Self | None:
        """Return nothing: the sandbox is asked for by name, never by settings."""
        return None

    def menu(self, commands: Menu) -> None:
        """Offer nothing: whoever plays knows what they want."""

    def routes(self, intake: Intake) -> Sequence[AbstractRouteDef]:
        """Answer nothing over HTTP."""
        return ()

    async def run(self, intake: Intake) -> None:
        """Return at once: whoever plays a person hands in events directly."""

    async def send(self, post: Post) -> Sent:
        """Keep a message."""
        if self.down is not None:
            raise self.down
        shown = Shown(
            id=str(next(self.numbers)),
            chat=post.chat,
            message=post.message,
            to=post.to,
            under=post.under,
            key=post.key,
            path=post.path,
        )
        self.messages.append(shown)
        self.watch(self.name, shown)
        return Sent(shown.chat, shown.id)

    async def edit(self, chat: str, message_id: str, message: Message) -> None:
        """Replace a kept message."""
        if self.down is not None:
            raise self.down
        found = (each for each in self.messages if (each.chat, each.id) == (chat, message_id))
        shown = next(found, None)
        if shown is None:
            raise Undeliverable("there is no such message")
        shown.message = message
        shown.edits += 1
        self.watch(self.name, shown)

    async def find(self, post: Post) -> Sent | None:
        """Look for a message by its key."""
        found = next((shown for shown in self.messages if shown.key == post.key), None)
        return Sent(found.chat, found.id) if found else None

    async def show(self, form: Form, trigger: str) -> None:
        """Hold a form until it is filled in."""
        self.waiting[trigger] = replace(form)

    async def publish(self, user: str, page: Message) -> None:
        """Keep somebody's own page."""
        self.homes[user] = page

    async def finish(self, event: Event, *, answered: bool) -> None:
        """Note that an event was handled."""
        self.finished.append((event, answered))

    async def fetch(self, file: str, save: Callable[[bytes], None], limit: int) -> Fetched:
        """Hand out a file that somebody put here."""
        if self.down is not None:
            raise self.down
        if file not in self.files:
            raise Undeliverable("there is no such file")
        save(self.files[file])
        return Fetched()

    async def reactions(self, chat: str, message_id: str) -> set[tuple[str, str]] | None:
        """Nothing is ever missed here."""
        return None

    async def examine(self, chats: Sequence[str]) -> list[Diagnosis]:
        """Find nothing wrong."""
        return [Diagnosis("the sandbox")]

    async def close(self) -> None:
        """Keep everything: there is no connection."""

    def trouble(self) -> str:
        """Say whether it is down."""
        return "the sandbox is down" if self.down else ""
