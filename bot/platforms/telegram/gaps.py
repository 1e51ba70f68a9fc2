"""What Telegram may leave out: the library insists on fields that nothing here depends on."""

from collections.abc import Mapping
from typing import Any

Json = dict[str, Any]

CHATS = ("chat", "sender_chat", "actor_chat")
#: The parts of an update that are read, and of what is left out there, what stands for it.
PARTS: Mapping[str, Json] = {
    "message": {"message_id": 0, "date": 1},
    "reply_to_message": {"message_id": 0, "date": 1},
    "callback_query": {"chat_instance": ""},
    "message_reaction": {"date": 1, "old_reaction": [], "new_reaction": []},
    "from": {"is_bot": False, "first_name": ""},
    "user": {"is_bot": False, "first_name": ""},
}


def filled(raw: Json) -> Json:
    """Return an update, or an answer to a call, that lacks nothing the library insists on."""
    return {name: _part(name, value) for name, value in raw.items()}


def message(raw: Json) -> Json:
    """Return a message that lacks nothing the library insists on."""
    return {**PARTS["message"], **filled(raw)}


def user(raw: Json) -> Json:
    """Return an account that lacks nothing the library insists on."""
    return {**PARTS["user"], **filled(raw)}


def _part(name: str, value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if name in CHATS:
        return {"type": _kind(value.get("id")), **value}
    if name not in PARTS:
        return value
    return {**PARTS[name], **filled(value)}


def _kind(number: object) -> str:
    """Tell what a chat is by its number: people's are positive."""
    return "private" if isinstance(number, int) and number > 0 else "group"
