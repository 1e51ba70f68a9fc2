"""The people of the stand-in for Telegram, and what they do."""

from __future__ import annotations

import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from telegram.constants import ReactionEmoji

from tests.fakes.telegram_chats import ANONYMOUS, BOT, Query, Refused, Room, Shown
from tests.fakes.telegram_entities import detect

if TYPE_CHECKING:
    from tests.fakes.telegram import FakeTelegram

FILE = {"file_id": "f", "file_unique_id": "u"}
PHOTO = {"photo": [{**FILE, "width": 10, "height": 10}]}
VOICE = {"voice": {**FILE, "duration": 3}}
STICKER = {
    "sticker": {
        **FILE,
        "type": "regular",
        "width": 512,
        "height": 512,
        "is_animated": False,
        "is_video": False,
    }
}
ATTACHMENTS: dict[str, dict[str, Any]] = {"photo": PHOTO, "voice": VOICE, "sticker": STICKER}
POSSIBLE = frozenset(emoji.value for emoji in ReactionEmoji)  # ✅ and ❌ are not among them


@dataclass
class Person:
    """Somebody with a Telegram account. They act at once; the bot hears of it later."""

    server: FakeTelegram
    id: int
    name: str
    is_bot: bool = False
    has_started: bool = True  # has opened a private chat with the bot
    has_blocked: bool = False
    chat: Room = field(init=False)
    queries: list[Query] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.chat = Room(self.id, "private", self.name, self.server.numbers, person=self)

    @property
    def inbox(self) -> list[str]:
        """List the texts that the bot has written to this person privately."""
        return self.chat.texts

    @property
    def alerts(self) -> list[str]:
        """List the texts that popped up after a press."""
        return [query.text for query in self.queries if query.pops_up]

    def starts(self, payload: str = "") -> Shown:
        """Press Start, which also lifts a block."""
        self.has_blocked = False
        return self.says(f"/start {payload}".strip())

    def blocks(self) -> None:
        """Block the bot."""
        self.has_blocked = True

    def says(
        self,
        text: str = "",
        *,
        into: Room | None = None,
        under: Shown | None = None,
        sends: str | dict[str, Any] = "",
        album: str = "",
        anonymously: bool = False,
    ) -> Shown:
        """Write, privately or into a group; `sends` adds a photo, voice or sticker, or a file."""
        room = into or self.chat
        if room is self.chat:
            self.has_started = True
        extra = dict(ATTACHMENTS[sends] if isinstance(sends, str) else sends) if sends else {}
        if album:
            extra["media_group_id"] = album
        if anonymously:
            extra["sender_chat"] = room.as_json()
        by = ANONYMOUS if anonymously else self.as_json()
        shown = room.put(by, text, entities=detect(text), under=under, extra=extra)
        if self._reaches_bot(shown):
            self.server.updates.add("message", shown.as_json())
        return shown

    def edits(self, shown: Shown, text: str) -> None:
        """Change an own message."""
        shown.text, shown.entities = text, detect(text)
        self.server.updates.add(
            "edited_message", {**shown.as_json(), "edit_date": int(time.time())}
        )

    def reacts(self, shown: Shown, *emoji: str, anonymously: bool = False) -> None:
        """Leave exactly these emoji below a message. The bot hears if it is an administrator."""
        assert set(emoji) <= POSSIBLE, f"Telegram has no such reaction: {emoji}"
        before, after = shown.reactions.get(self.id, []), list(emoji)
        shown.reactions[self.id] = after
        room = shown.chat
        if room.kind == "private" or room.bot_status != "administrator" or before == after:
            return
        actor = {"actor_chat": room.as_json()} if anonymously else {"user": self.as_json()}
        self.server.updates.add(
            "message_reaction",
            {
                "chat": room.as_json(),
                "message_id": shown.id,
                **actor,
                "date": int(time.time()),
                "old_reaction": _reactions(before),
                "new_reaction": _reactions(after),
            },
        )

    def presses(self, label: str, on: Shown, *, is_old: bool = False) -> Query:
        """Press a button; of an old message, Telegram tells little."""
        return self.presses_data(on.button(label)["callback_data"], on, is_old=is_old)

    def presses_data(self, data: str | None, on: Shown, *, is_old: bool = False) -> Query:
        """Press a button with whatever data, as a forged client may."""
        query = Query(uuid.uuid4().hex, self, on)
        message = {"chat": on.chat.as_json(), "message_id": on.id, "date": 0}
        what = {
            "id": query.id,
            "from": self.as_json(),
            "message": message if is_old else on.as_json(),
            "chat_instance": "1",
        }
        self.queries.append(query)
        self.server.queries[query.id] = query
        self.server.updates.add("callback_query", what if data is None else {**what, "data": data})
        return query

    def check_bot_may_write(self) -> None:
        """Raise `Refused` if the bot cannot write to this person."""
        if self.has_blocked:
            raise Refused(403, "Forbidden: bot was blocked by the user")
        if not self.has_started:
            raise Refused(403, "Forbidden: bot can't initiate conversation with a user")

    def as_json(self) -> dict[str, Any]:
        """Write the person as Telegram sends it."""
        return {"id": self.id, "is_bot": self.is_bot, "first_name": self.name}

    def _reaches_bot(self, shown: Shown) -> bool:
        """Tell whether a bot that is no administrator sees it: commands and replies to it only."""
        room = shown.chat
        if room.kind == "private":
            return True
        is_reply = shown.under is not None and shown.under.by is BOT
        is_command = shown.text.startswith("/")
        seen = {"administrator": True, "member": is_reply or is_command}
        return seen.get(room.bot_status, False)


def _reactions(emoji: Sequence[str]) -> list[dict[str, str]]:
    return [{"type": "emoji", "emoji": each} for each in emoji]
