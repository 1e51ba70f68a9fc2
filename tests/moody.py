"""A comms team whose Slack has faults, for the tests of what becomes of messages."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta

from sqlmodel import select

from bot.platforms.base import Post, Sent, Unclear
from bot.platforms.sandbox import Sandbox
from handlers.chat import Chat, Message, message
from handlers.words import plain
from storage.db import transaction
from storage.models import Delivery, OutboxMessage
from tests.office import TestOffice

MODS, BO, CHEN = "C0MODS", "U0BO", "U0CHEN"
SECOND = timedelta(seconds=1)


@dataclass
class Moody(Sandbox):
    """A chat service with faults: each attempt in a chat takes the next one from its list."""

    faults: dict[str, list[Exception | None]] = field(default_factory=lambda: defaultdict(list))
    accepts_first: bool = False  # where it is unclear, the message has arrived
    blind: bool = False  # it cannot look for earlier messages
    attempts: list[str] = field(default_factory=list)

    async def send(self, post: Post) -> Sent:
        """Post a message, or fail."""
        self.attempts.append(plain(post.message))
        fault = self.faults[post.chat].pop(0) if self.faults[post.chat] else None
        if fault is None:
            return await super().send(post)
        if self.accepts_first and isinstance(fault, Unclear):
            await super().send(post)
        raise fault

    async def find(self, post: Post) -> Sent | None:
        """Look for a message, if it can."""
        if self.blind:
            raise LookupError
        return await super().find(post)

    async def edit(self, chat: str, message_id: str, message: Message) -> None:
        """Replace a message, or fail."""
        fault = self.faults[message_id].pop(0) if self.faults[message_id] else None
        if fault is not None:
            raise fault
        await super().edit(chat, message_id, message)


def queue(office: TestOffice, text: str, chat: str = MODS, *, edits: int = 0) -> int:
    """Let a handler say something."""
    with transaction(office.engine) as db:
        ctx = office.dispatcher.context(db)
        if edits:
            ctx.edit(edits, message(text))
            return 0
        row = ctx.say(Chat("slack", chat), message(text))
        assert row is not None
        return row


def row(office: TestOffice, row_id: int) -> OutboxMessage:
    with transaction(office.engine) as db:
        return db.get_one(OutboxMessage, row_id)


def states(office: TestOffice) -> list[Delivery]:
    with transaction(office.engine) as db:
        return [r.state for r in db.exec(select(OutboxMessage).order_by(OutboxMessage.id))]


def faults(office: TestOffice, chat: str, *faults: Exception | None) -> Moody:
    slack = office.slack
    assert isinstance(slack, Moody)
    slack.faults[chat] = list(faults)
    return slack
