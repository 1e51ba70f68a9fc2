"""The chats of the stand-in for Telegram: what is written in them, and by whom."""

from __future__ import annotations

import itertools
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.fakes.telegram_entities import FOUND, Entity, cut

if TYPE_CHECKING:
    from tests.fakes.telegram_people import Person

BOT = {"id": 700, "is_bot": True, "first_name": "Countersign", "username": "countersign_bot"}
ANONYMOUS = {
    "id": 1087968824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}


class Refused(Exception):
    """Telegram refuses a call."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code, self.description, self.parameters = code, description, parameters


@dataclass
class Stored:
    """A file as Telegram keeps it. `kind` is how it was sent, and how alone it can be sent on."""

    id: str
    key: str
    data: bytes
    name: str = ""
    kind: str = ""
    status: int = 200
    is_announced: bool = True  # whether its size is said

    def as_field(self, kind: str) -> dict[str, Any]:
        """Write the part of a message that holds it."""
        about = {"file_id": self.id, "file_unique_id": self.key}
        if kind == "photo":
            small = {"file_id": f"{self.id}-s", "file_unique_id": f"{self.key}-s"}
            sizes = ({**small, "width": 9, "height": 9}, {**about, "width": 90, "height": 90})
            return {"photo": list(sizes)}
        named = {"file_name": self.name} if self.name else {}
        if kind == "video":
            return {kind: {**about, **named, "width": 9, "height": 9, "duration": 1}}
        return {"document": {**about, **named}}


@dataclass
class Shown:
    """A message as people see it."""

    chat: Room
    id: int
    by: dict[str, Any]
    text: str = ""
    entities: list[Entity] = field(default_factory=list)
    rows: list[list[dict[str, Any]]] = field(default_factory=list)  # the keyboard
    under: Shown | None = None
    edits: int = 0
    extra: dict[str, Any] = field(default_factory=dict)  # other fields, such as a photo
    reactions: dict[int, list[str]] = field(default_factory=dict)

    @property
    def buttons(self) -> list[str]:
        """List the labels of the buttons."""
        return [button["text"] for row in self.rows for button in row]

    def button(self, label: str) -> dict[str, Any]:
        """Find a button by its label, or the beginning or the end of it."""
        for each in (each for row in self.rows for each in row):
            if each["text"].startswith(label) or each["text"].endswith(label):
                return each
        raise AssertionError(f"no button {label!r} among {self.buttons}")

    def marked(self, look: str) -> list[str]:
        """List the stretches of the text that have a look, such as `pre`."""
        return [cut(self.text, each) for each in self.entities if each["type"] == look]

    @property
    def active(self) -> list[tuple[str, str]]:
        """List what Telegram made active by itself: mentions, links, commands and the like."""
        return [
            (each["type"], cut(self.text, each)) for each in self.entities if each["type"] in FOUND
        ]

    def as_json(self, *, deep: bool = True) -> dict[str, Any]:
        """Write the message as Telegram sends it."""
        has_file = {"photo", "document", "video"} & self.extra.keys()
        said = "caption" if has_file else "text"
        shown: dict[str, Any] = {
            "message_id": self.id,
            "date": int(time.time()),
            "chat": self.chat.as_json(),
            "from": self.by,
            **self.extra,
        }
        if self.text:
            shown[said] = self.text
        if self.text and self.entities:
            shown["entities" if said == "text" else "caption_entities"] = self.entities
        if self.rows:
            shown["reply_markup"] = {"inline_keyboard": self.rows}
        if deep and self.under is not None:
            shown["reply_to_message"] = self.under.as_json(deep=False)
        return shown


@dataclass
class Room:
    """A group, or a person's private chat with the bot."""

    id: int
    kind: str  # private, group or supergroup
    title: str
    numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))
    messages: list[Shown] = field(default_factory=list)
    person: Person | None = None
    bot_status: str = "administrator"  # or member, kicked
    is_deleted: bool = False
    moved_to: Room | None = None

    @property
    def said(self) -> list[Shown]:
        """List what the bot has said here."""
        return [each for each in self.messages if each.by is BOT]

    @property
    def texts(self) -> list[str]:
        """List the texts of what the bot has said here."""
        return [each.text for each in self.said]

    @property
    def last(self) -> Shown:
        """Return the newest message by the bot."""
        assert self.said, f"the bot has said nothing in {self.title}"
        return self.said[-1]

    def find(self, number: int) -> Shown | None:
        """Find a message by its number."""
        return next((each for each in self.messages if each.id == number), None)

    def put(self, by: dict[str, Any], text: str = "", **more: Any) -> Shown:
        """Add a message."""
        shown = Shown(self, next(self.numbers), by, text, **more)
        self.messages.append(shown)
        return shown

    def delete(self, shown: Shown) -> None:
        """Take a message away."""
        self.messages.remove(shown)

    def check_bot_may_write(self) -> None:
        """Raise `Refused` if the bot cannot post here."""
        if self.moved_to is not None:
            raise Refused(
                400,
                "Bad Request: group chat was upgraded to a supergroup chat",
                migrate_to_chat_id=self.moved_to.id,
            )
        if self.is_deleted:
            raise Refused(403, "Forbidden: the group chat was deleted")
        if self.bot_status == "kicked":
            raise Refused(403, f"Forbidden: bot was kicked from the {self.kind} chat")
        if self.person is not None:
            self.person.check_bot_may_write()

    def as_json(self) -> dict[str, Any]:
        """Write the chat as Telegram sends it."""
        name = "first_name" if self.kind == "private" else "title"
        return {"id": self.id, "type": self.kind, name: self.title}


@dataclass
class Query:
    """A pressed button that waits for the bot to react."""

    id: str
    by: Person
    shown: Shown
    is_answered: bool = False
    is_expired: bool = False
    text: str = ""
    pops_up: bool = False
