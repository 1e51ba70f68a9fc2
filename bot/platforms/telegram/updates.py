"""Telegram's updates in our words. What is not for the bot gives no event."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from telegram import (
    CallbackQuery,
    Message,
    MessageReactionUpdated,
    ReactionType,
    ReactionTypeEmoji,
    Update,
    User,
)
from telegram import Chat as TelegramChat
from telegram.constants import ChatID, ChatType

from bot.platforms.telegram.files import files_of
from handlers.chat import (
    Chat,
    Command,
    Comment,
    Event,
    Kind,
    Moved,
    Press,
    Reaction,
    Sender,
    Text,
)

NAME = "telegram"
ALLOWED = ("message", "callback_query", "message_reaction", "my_chat_member")
COMMAND = re.compile(r"/(\w{1,64})(?:@(\w+))?(?:\s+(.*))?", re.ASCII | re.DOTALL)
MIRROR = "countersign"  # /countersign draft is /draft
TONES = re.compile("[\U0001f3fb-\U0001f3ff\ufe0f]")
CALLBACK = "callback:"


def events(update: Update, username: str) -> list[Event]:
    """Translate an update. `username` is the bot's own."""
    number = str(update.update_id)
    if update.message is not None:
        return list(_of_message(update.message, number, username))
    if update.callback_query is not None:
        return list(_of_press(update.callback_query, number))
    if update.message_reaction is not None:
        return list(_of_reaction(update.message_reaction, number))
    return []


def callback_id(reply: str) -> str:
    """Return the id of the pressed button's query, if an answer can travel that way."""
    return reply.removeprefix(CALLBACK) if reply.startswith(CALLBACK) else ""


def _of_message(message: Message, number: str, username: str) -> Iterator[Event]:
    by, chat = _sender(message), _chat(message.chat)
    if message.migrate_to_chat_id is not None:
        yield Moved(by, chat, str(message.migrate_to_chat_id), id=number)
        return
    if message.is_automatic_forward or message.chat.type == ChatType.CHANNEL:
        return
    text = message.text if message.text is not None else message.caption or ""
    if found := COMMAND.fullmatch(text.strip()):
        yield from _command(found, message, number, username)
    elif message.chat.type == ChatType.PRIVATE and _says_something(message):
        yield _of_text(message, text, number)
    elif text and _replies(message):
        yield _comment(message, text, number)


def _of_text(message: Message, text: str, number: str) -> Text | Comment:
    if _replies(message):
        return replace(_comment(message, text, number), is_private=True)
    return Text(
        _sender(message),
        _chat(message.chat),
        text,
        id=number,
        files=files_of(message),
        album=message.media_group_id or "",
    )


def _replies(message: Message) -> bool:
    """Tell whether a message is a reply. What stands in a topic is one to its opening."""
    other = message.reply_to_message
    return other is not None and other.forum_topic_created is None


def _comment(message: Message, text: str, number: str) -> Comment:
    other = message.reply_to_message
    assert other is not None
    return Comment(
        _sender(message),
        _chat(message.chat),
        str(message.message_id),
        str(other.message_id),
        text,
        id=number,
        files=files_of(message),
        album=message.media_group_id or "",
    )


def _command(
    found: re.Match[str], message: Message, number: str, username: str
) -> Iterator[Command]:
    name, addressee, text = found[1].lower(), found[2], (found[3] or "").strip()
    if addressee and addressee.lower() != username.lower():
        return
    if name == MIRROR:
        first, _, rest = text.partition(" ") if text else ("help", "", "")
        name, text = first.removeprefix("/").lower(), rest.strip()
    quoted = message.reply_to_message
    yield Command(
        _sender(message),
        _chat(message.chat),
        name,
        text,
        quoted=(quoted.text or quoted.caption or "") if quoted else "",
        id=number,
        files=(*files_of(message), *files_of(quoted)),
        album=message.media_group_id or "",
    )


def _says_something(message: Message) -> bool:
    """Tell messages by people from notices."""
    if message.text is not None or message.caption is not None or files_of(message):
        return True
    return message.effective_attachment is not None and message.media_group_id is None


def _of_press(query: CallbackQuery, number: str) -> Iterator[Press]:
    action, colon, value = (query.data or "").partition(":")
    if not action or not colon or query.message is None:
        return
    yield Press(
        _person(query.from_user),
        _chat(query.message.chat),
        str(query.message.message_id),
        action,
        value,
        id=number,
        reply=f"{CALLBACK}{query.id}",
    )


def _of_reaction(change: MessageReactionUpdated, number: str) -> Iterator[Reaction]:
    """List what was taken away, then what was added."""
    if change.user is not None:
        by = _person(change.user)
    elif change.actor_chat is not None:
        by = Sender(NAME, str(change.actor_chat.id), Kind.ANONYMOUS)
    else:
        return
    old, new = _emoji(change.old_reaction), _emoji(change.new_reaction)
    for emoji in [*(each for each in old if each not in new), *new]:
        if emoji in old and emoji in new:
            continue
        yield Reaction(
            by,
            _chat(change.chat),
            str(change.message_id),
            emoji,
            added=emoji in new,
            id=f"{number}:{emoji}",
        )


def _emoji(reactions: Sequence[ReactionType]) -> list[str]:
    """Pick the standard emoji, without skin tones."""
    plain = (TONES.sub("", each.emoji) for each in reactions if isinstance(each, ReactionTypeEmoji))
    return list(dict.fromkeys(plain))


def _sender(message: Message) -> Sender:
    """Tell who wrote a message. Who writes in the name of a chat cannot be told."""
    if message.sender_chat is not None:
        return Sender(NAME, str(message.sender_chat.id), Kind.ANONYMOUS)
    if message.from_user is None or message.from_user.id == ChatID.ANONYMOUS_ADMIN:
        return Sender(NAME, str(message.chat.id), Kind.ANONYMOUS)
    return _person(message.from_user)


def _person(user: User) -> Sender:
    return Sender(NAME, str(user.id), Kind.BOT if user.is_bot else Kind.PERSON)


def _chat(chat: TelegramChat) -> Chat:
    return Chat(NAME, str(chat.id))
