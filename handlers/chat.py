"""The words that handlers and platforms share: what people do, and what the bot says."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

APPROVE, REJECT = "👍", "👎"
#: Emoji that mean the same. Platforms hand over plain emoji, without skin tone.
SAME = {"✅": APPROVE, "👍": APPROVE, "❌": REJECT, "👎": REJECT}


@dataclass(frozen=True)
class Chat:
    """A place to talk: a channel, a group, or a person's direct messages."""

    platform: str
    id: str


class Kind(StrEnum):
    """What stands behind an account."""

    PERSON = "person"
    BOT = "bot"
    ANONYMOUS = "anonymous"  # an administrator who acts in the name of the group


@dataclass(frozen=True)
class Sender:
    """Who did something, as the platform knows them."""

    platform: str
    user: str
    kind: Kind = Kind.PERSON


@dataclass(frozen=True)
class File:
    """A file that somebody sent: where the platform keeps it, and what it says of it."""

    id: str  # with which the platform hands it out
    key: str = ""  # the same for the same file each time, if the platform has such a thing
    kind: str = ""  # a media type, or image, video, audio or document
    name: str = ""
    alt: str = ""


@dataclass(frozen=True)
class Command:
    """Someone typed `/name text`.

    `quoted` is the message it was a reply to, or the message a shortcut was used on. `files`
    come with either; `album` names the group of messages that the command is the caption of.
    """

    by: Sender
    chat: Chat
    name: str
    text: str = ""
    quoted: str = ""
    id: str = ""  # the platform's own id of the act, so that we handle it once
    reply: str = ""  # how a private answer travels, if the platform has a way of its own
    trigger: str = ""  # permission to show a form, if the platform has forms
    files: tuple[File, ...] = ()
    album: str = ""


@dataclass(frozen=True)
class Reaction:
    """Someone added an emoji to a message, or took it away."""

    by: Sender
    chat: Chat
    message: str
    emoji: str
    added: bool = True
    replayed: bool = False  # seen while catching up after a pause
    id: str = ""
    reply: str = ""
    trigger: str = ""


@dataclass(frozen=True)
class Press:
    """Someone pressed a button."""

    by: Sender
    chat: Chat
    message: str
    action: str
    value: str = ""
    id: str = ""
    reply: str = ""
    trigger: str = ""


@dataclass(frozen=True)
class Answer:
    """Someone filled in a form. `context` is what the form carried."""

    by: Sender
    chat: Chat
    form: str
    values: Mapping[str, str] = field(default_factory=dict)
    context: str = ""
    id: str = ""
    reply: str = ""
    trigger: str = ""


@dataclass(frozen=True)
class Text:
    """Someone wrote to the bot in private, or sent it files, without a command.

    `under` is the message of the bot that it answers.
    """

    by: Sender
    chat: Chat
    text: str
    id: str = ""
    reply: str = ""
    trigger: str = ""
    files: tuple[File, ...] = ()
    album: str = ""
    under: str = ""

    @property
    def goes_on(self) -> bool:
        """Tell whether it may be a further picture of an album that came with another message."""
        return bool(self.files and self.album and not self.text)


@dataclass(frozen=True)
class Moved:
    """A chat got a new id, as when a Telegram group becomes a supergroup."""

    by: Sender
    chat: Chat
    to: str
    id: str = ""
    reply: str = ""
    trigger: str = ""


@dataclass(frozen=True)
class Comment:
    """Someone wrote below a message: in its thread, or as a reply to it.

    In private it may be an answer to us as well, so it has whatever a `Text` has.
    """

    by: Sender
    chat: Chat
    message: str  # what they wrote
    under: str  # the message that it stands below
    text: str
    is_private: bool = False
    id: str = ""
    reply: str = ""
    trigger: str = ""
    files: tuple[File, ...] = ()
    album: str = ""


@dataclass(frozen=True)
class Opened:
    """Someone opened the bot's own page, where a platform has one."""

    by: Sender
    chat: Chat
    id: str = ""
    reply: str = ""
    trigger: str = ""


#: Anything people do.
Event = Command | Reaction | Press | Answer | Text | Moved | Comment | Opened


class Style(StrEnum):
    """How much a button stands out."""

    PLAIN = ""
    PRIMARY = "primary"
    DANGER = "danger"


@dataclass(frozen=True)
class Button:
    """Something to press below a message. Action and value take at most 60 bytes together."""

    label: str
    action: str
    value: str = ""
    style: Style = Style.PLAIN


@dataclass(frozen=True)
class Line:
    """One line of our own words. What the fields hold is always shown as it is."""

    template: str
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Quote:
    """Somebody else's words, shown exactly as written, and apart from ours."""

    quoted: str


Part = Line | Quote


@dataclass(frozen=True)
class Media:
    """A stored file to be shown with a message. `platform` and `file` say who has it already."""

    digest: str
    kind: str  # image, video, audio or document
    name: str
    alt: str = ""
    platform: str = ""
    file: str = ""


@dataclass(frozen=True)
class Made:
    """A file that is made from figures when it is delivered: a picture, a table, a report.

    `maker` is a name in `bot.making.MAKERS`; `figures` are plain JSON values.
    """

    maker: str
    name: str  # of the file
    figures: Mapping[str, Any]
    alt: str = ""  # the picture in words


@dataclass(frozen=True)
class Message:
    """What the bot says: lines of ours and quotes of others, then buttons, and perhaps a file.

    A message with a file should have no buttons: where files travel apart, they would be lost.
    """

    parts: tuple[Part, ...]
    buttons: tuple[Button, ...] = ()
    media: Media | None = None
    made: Made | None = None


def line(template: str, /, **fields: object) -> Line:
    """Write one line: `line("Draft {id} by **{author}**", id=7, author="Bo")`.

    The template is ours: `**` makes bold, and `{name}` takes a field. A field may hold
    anything, since it is never read as markup.
    """
    return Line(template, {name: str(value) for name, value in fields.items()})


def message(template: str, /, **fields: object) -> Message:
    """Write a message of one line."""
    return Message((line(template, **fields),))


class FieldKind(StrEnum):
    """What may be entered in a field."""

    LINE = "line"
    TEXT = "text"  # several lines
    CHOICE = "choice"
    MOMENT = "moment"  # ISO 8601; without an offset it is meant in the office's time zone
    FILES = "files"  # as `handlers.stored.files_to_text` writes them


@dataclass(frozen=True)
class Option:
    """One of the answers to choose from."""

    value: str
    label: str


@dataclass(frozen=True)
class Field:
    """One question of a form."""

    name: str
    label: str
    kind: FieldKind = FieldKind.LINE
    options: tuple[Option, ...] = ()
    required: bool = True
    initial: str = ""
    hint: str = ""


@dataclass(frozen=True)
class Form:
    """Questions that come back as one `Answer`. The title takes at most 24 characters."""

    name: str
    title: str
    fields: tuple[Field, ...]
    submit: str = "Send"
    context: str = ""
