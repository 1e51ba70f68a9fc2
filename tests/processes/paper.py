"""A chat service on paper: it keeps everything in a file, so that it outlives the bot's process.

Several processes may use one at once. It takes note of what the bot has acknowledged, and hands
in the rest again, as chat services do.
"""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from aiohttp.web import AbstractRouteDef

from bot.platforms.base import Diagnosis, Intake, Menu, Post, Sent
from handlers.chat import Event, Form, Message
from handlers.words import plain

TABLES = """
CREATE TABLE IF NOT EXISTS post (
    id INTEGER PRIMARY KEY, platform, key, chat, "to", first, now, buttons, edits DEFAULT 0
);
CREATE TABLE IF NOT EXISTS acknowledged (event PRIMARY KEY);
"""


@dataclass(frozen=True)
class Posted:
    """A message, as it was posted and as it stands now."""

    id: int
    platform: str
    key: str
    chat: str
    to: str
    first: str
    now: str
    buttons: dict[str, str]  # action to value
    edits: int


@dataclass
class Paper:
    """One chat service, in a file that all of them share."""

    name: str
    file: Path
    has_forms: bool = False
    blind: bool = False  # it cannot look for what was posted earlier

    def __post_init__(self) -> None:
        with self._open() as db:
            db.executescript(TABLES)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        db = sqlite3.connect(self.file, isolation_level=None, timeout=30)
        try:
            db.execute("PRAGMA synchronous=OFF")  # the machine stays up
            yield db
        finally:
            db.close()

    @classmethod
    def from_env(cls) -> Self | None:
        """Return nothing: tests make it themselves."""
        return None

    def menu(self, commands: Menu) -> None:
        """Offer nothing."""

    def routes(self, intake: Intake) -> Sequence[AbstractRouteDef]:
        """Answer nothing over HTTP."""
        return ()

    async def run(self, intake: Intake) -> None:
        """Return at once: the test plays the people."""

    async def send(self, post: Post) -> Sent:
        """Keep a message."""
        said = plain(post.message)
        buttons = json.dumps({button.action: button.value for button in post.message.buttons})
        row = (self.name, post.key, post.chat, post.to, said, said, buttons)
        with self._open() as db:
            sql = 'INSERT INTO post (platform, key, chat, "to", first, now, buttons) VALUES '
            made = db.execute(f"{sql} (?, ?, ?, ?, ?, ?, ?)", row)
            return Sent(post.chat, str(made.lastrowid))

    async def edit(self, chat: str, message_id: str, message: Message) -> None:
        """Replace a kept message."""
        with self._open() as db:
            change = "UPDATE post SET now = ?, edits = edits + 1 WHERE id = ?"
            db.execute(change, (plain(message), int(message_id)))

    async def find(self, post: Post) -> Sent | None:
        """Look for a message by its key, if that is possible here."""
        if self.blind:
            raise LookupError
        found = [each for each in self.posts() if each.key == post.key]
        return Sent(found[0].chat, str(found[0].id)) if found else None

    async def show(self, form: Form, trigger: str) -> None:
        """Show nobody anything."""

    async def finish(self, event: Event, *, answered: bool) -> None:
        """Do nothing."""

    async def reactions(self, chat: str, message_id: str) -> set[tuple[str, str]] | None:
        """Nothing is ever missed here."""
        return None

    async def examine(self, chats: Sequence[str]) -> list[Diagnosis]:
        """Paper is patient."""
        return []

    async def close(self) -> None:
        """Leave everything as it is."""

    def trouble(self) -> str:
        """It is always there."""
        return ""

    def posts(self, since: int = 0) -> list[Posted]:
        """List what was posted after a message, everywhere."""
        with self._open() as db:
            rows: list[Any] = db.execute(
                "SELECT * FROM post WHERE id > ? ORDER BY id", (since,)
            ).fetchall()
        return [Posted(*row[:7], json.loads(row[7]), row[8]) for row in rows]

    def acknowledge(self, event: str) -> None:
        """Note that the bot has an event: it is not handed in again."""
        with self._open() as db:
            db.execute("INSERT OR IGNORE INTO acknowledged VALUES (?)", (event,))

    def is_acknowledged(self, event: str) -> bool:
        """Tell whether the bot has an event."""
        with self._open() as db:
            found = db.execute("SELECT 1 FROM acknowledged WHERE event = ?", (event,)).fetchone()
        return found is not None
