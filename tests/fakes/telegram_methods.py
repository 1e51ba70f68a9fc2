"""What each method of Telegram's interface does."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tests.fakes.telegram_chats import BOT, Query, Refused, Room, Shown
from tests.fakes.telegram_entities import LONGEST, BadEntities, settle, units

if TYPE_CHECKING:
    from tests.fakes.telegram import FakeTelegram

Params = dict[str, Any]
Method = Callable[["FakeTelegram", Params], Any]
ALERT = 200
CAPTION = 1024
MOST_BYTES = 20_000_000
DATA = 64
STYLES = ("primary", "success", "danger")
COMMAND = re.compile(r"[a-z0-9_]{1,32}")
SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
LOOPBACK = ("127.0.0.1", "localhost", "::1")
UNCHANGED = (
    "Bad Request: message is not modified: specified new message content and reply markup are "
    "exactly the same as a current content and reply markup of the message"
)
TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"
RIGHTS = (
    "can_be_edited is_anonymous can_manage_chat can_delete_messages can_manage_video_chats "
    "can_restrict_members can_promote_members can_change_info can_invite_users can_post_stories "
    "can_edit_stories can_delete_stories"
)


def get_me(server: FakeTelegram, params: Params) -> Any:
    return BOT


def send_message(server: FakeTelegram, params: Params) -> Any:
    room = _room(server, params["chat_id"])
    room.check_bot_may_write()
    text, entities = _text(params)
    rows = _rows(params)
    shown = room.put(BOT, text, entities=entities, rows=rows, under=_under(room, params))
    return shown.as_json()


def get_file(server: FakeTelegram, params: Params) -> Any:
    stored = server.files.get(params["file_id"])
    if stored is None:
        raise Refused(400, "Bad Request: invalid file_id")
    if len(stored.data) > MOST_BYTES:
        raise Refused(400, "Bad Request: file is too big")
    size = {"file_size": len(stored.data)} if stored.is_announced else {}
    path = f"kept/{stored.id}"
    return {"file_id": stored.id, "file_unique_id": stored.key, "file_path": path, **size}


def _sender_of(kind: str) -> Method:
    """Make the method that shows one kind of file."""

    def send(server: FakeTelegram, params: Params) -> Any:
        room = _room(server, params["chat_id"])
        room.check_bot_may_write()
        stored = server.files.get(params[kind])
        if stored is None:
            raise Refused(400, "Bad Request: wrong file identifier/HTTP URL specified")
        if stored.kind and stored.kind != kind:
            raise Refused(400, f"Bad Request: can't use file of type {stored.kind} as {kind}")
        if units(params.get("caption", "")) > CAPTION:
            raise Refused(400, "Bad Request: message caption is too long")
        words = {"text": params.get("caption", ""), "entities": params.get("caption_entities", [])}
        text, entities = settle(words["text"], words["entities"])
        shown = room.put(
            BOT, text, entities=entities, rows=_rows(params), under=_under(room, params),
            extra=stored.as_field(kind),
        )  # fmt: skip
        return shown.as_json()

    return send


def edit_message_text(server: FakeTelegram, params: Params) -> Any:
    room = _room(server, params["chat_id"])
    room.check_bot_may_write()
    shown = room.find(params["message_id"])
    if shown is None:
        raise Refused(400, "Bad Request: message to edit not found")
    if shown.by is not BOT:
        raise Refused(400, "Bad Request: message can't be edited")
    text, entities = _text(params)
    new = (text, entities, _rows(params))
    if new == (shown.text, shown.entities, shown.rows):
        raise Refused(400, UNCHANGED)
    shown.text, shown.entities, shown.rows = new
    shown.edits += 1
    return shown.as_json()


def answer_callback_query(server: FakeTelegram, params: Params) -> Any:
    query: Query | None = server.queries.get(params["callback_query_id"])
    if query is None or query.is_expired:
        raise Refused(400, TOO_OLD)
    text = params.get("text", "")
    if units(text) > ALERT:
        raise Refused(400, "Bad Request: MESSAGE_TOO_LONG")
    if not query.is_answered:  # only the first answer is shown
        query.is_answered, query.text = True, text
        query.pops_up = bool(text) and params.get("show_alert", False)
    return True


def set_webhook(server: FakeTelegram, params: Params) -> Any:
    url, secret = params["url"], params.get("secret_token", "")
    parts = urlsplit(url)
    if url and parts.scheme != "https" and parts.hostname not in LOOPBACK:
        raise Refused(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
    if secret and not SECRET.fullmatch(secret):
        raise Refused(400, "Bad Request: secret token contains unallowed characters")
    server.updates.webhook, server.updates.secret = url, secret
    server.updates.allow(params.get("allowed_updates"))
    if params.get("drop_pending_updates"):
        server.updates.forget()
    server.updates.wake()
    return True


def delete_webhook(server: FakeTelegram, params: Params) -> Any:
    return set_webhook(server, {**params, "url": ""})


def get_webhook_info(server: FakeTelegram, params: Params) -> Any:
    error = server.updates.last_error
    return {
        **({"last_error_message": error, "last_error_date": 1} if error else {}),
        "url": server.updates.webhook,
        "has_custom_certificate": False,
        "pending_update_count": server.updates.waiting,
        "allowed_updates": sorted(server.updates.allowed),
    }


def set_my_commands(server: FakeTelegram, params: Params) -> Any:
    for command in params["commands"]:
        if not COMMAND.fullmatch(command["command"]):
            raise Refused(400, "Bad Request: BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= 256:
            raise Refused(400, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")
    server.commands[_scope(server, params)] = {
        command["command"]: command["description"] for command in params["commands"]
    }
    return True


def get_my_commands(server: FakeTelegram, params: Params) -> Any:
    known = server.commands.get(_scope(server, params), {})
    return [{"command": name, "description": text} for name, text in known.items()]


def get_chat_member(server: FakeTelegram, params: Params) -> Any:
    room = _room(server, params["chat_id"])
    if room.bot_status != "kicked":
        room.check_bot_may_write()
    if params["user_id"] != BOT["id"] or room.bot_status == "kicked":
        raise Refused(400, "Bad Request: user not found")
    member: Params = {"status": room.bot_status, "user": BOT}
    rights = dict.fromkeys(RIGHTS.split(" "), False) if room.bot_status == "administrator" else {}
    return {**member, **rights}


METHODS: dict[str, Method] = {
    "getMe": get_me,
    "sendMessage": send_message,
    "getFile": get_file,
    "sendPhoto": _sender_of("photo"),
    "sendDocument": _sender_of("document"),
    "sendVideo": _sender_of("video"),
    "editMessageText": edit_message_text,
    "answerCallbackQuery": answer_callback_query,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "getChatMember": get_chat_member,
}


def _room(server: FakeTelegram, chat_id: int | str) -> Room:
    room = server.rooms.get(int(chat_id)) if isinstance(chat_id, int) else None
    if room is None:
        raise Refused(400, "Bad Request: chat not found")
    return room


def _scope(server: FakeTelegram, params: Params) -> str:
    scope = params.get("scope", {"type": "default"})
    if "chat_id" not in scope:
        return str(scope["type"])
    return str(_room(server, int(scope["chat_id"])).id)


def _text(params: Params) -> tuple[str, list[dict[str, Any]]]:
    if "parse_mode" in params:
        raise Refused(400, "Bad Request: can't parse entities: this stand-in parses no markup")
    try:
        text, entities = settle(params["text"], params.get("entities", []))
    except BadEntities as error:
        raise Refused(400, f"Bad Request: {error}") from None
    if not text:
        raise Refused(400, "Bad Request: message text is empty")
    if units(text) > LONGEST:
        raise Refused(400, "Bad Request: message is too long")
    return text, entities


def _rows(params: Params) -> list[list[dict[str, Any]]]:
    rows: list[list[dict[str, Any]]] = params.get("reply_markup", {}).get("inline_keyboard", [])
    for button in (button for row in rows for button in row):
        acts = set(button) - {"text", "style", "icon_custom_emoji_id"}
        if not button["text"] or len(acts) != 1:
            raise Refused(400, "Bad Request: Text buttons are unallowed in the inline keyboard")
        if not 1 <= len(button.get("callback_data", "x").encode()) <= DATA:
            raise Refused(400, "Bad Request: BUTTON_DATA_INVALID")
        if urlsplit(button.get("url", "https://x")).scheme not in ("http", "https", "tg"):
            raise Refused(400, "Bad Request: BUTTON_URL_INVALID")
        if button.get("style", "primary") not in STYLES:
            raise Refused(400, "Bad Request: invalid button style specified")
    return rows


def _under(room: Room, params: Params) -> Shown | None:
    reply = params.get("reply_parameters")
    if reply is None:
        return None
    shown = room.find(reply["message_id"])
    if shown is None and not reply.get("allow_sending_without_reply"):
        raise Refused(400, "Bad Request: message to be replied not found")
    return shown
