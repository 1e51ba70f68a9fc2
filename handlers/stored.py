"""Events and messages as JSON, for the inbox and the outbox."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from pydantic import TypeAdapter

from handlers.chat import (
    Answer,
    Command,
    Comment,
    Event,
    File,
    Form,
    Message,
    Moved,
    Opened,
    Press,
    Reaction,
    Text,
)

EVENTS: dict[str, TypeAdapter[Any]] = {
    kind.__name__: TypeAdapter(kind)
    for kind in (Command, Reaction, Press, Answer, Text, Moved, Comment, Opened)
}
MESSAGE = TypeAdapter(Message)
FILES = TypeAdapter(tuple[File, ...])
FORM = TypeAdapter(Form)


def event_to_json(event: Event) -> dict[str, Any]:
    """Write an event down."""
    return {"kind": type(event).__name__, **asdict(event)}


def event_from_json(body: dict[str, Any]) -> Event:
    """Read an event back."""
    fields = dict(body)
    event: Event = EVENTS[fields.pop("kind")].validate_python(fields)
    return event


def readable_event(body: dict[str, Any] | None) -> Event | None:
    """Read an event back, unless it is one that another version of the bot wrote."""
    try:
        return event_from_json(body or {})
    except (KeyError, ValueError):
        return None


def message_to_json(message: Message) -> dict[str, Any]:
    """Write a message down."""
    return asdict(message)


def message_from_json(body: dict[str, Any]) -> Message:
    """Read a message back."""
    return MESSAGE.validate_python(body)


def form_from_json(body: dict[str, Any]) -> Form:
    """Read a form back."""
    return FORM.validate_python(body)


def files_to_text(files: Iterable[File]) -> str:
    """Write files down as the value of a field."""
    return json.dumps([asdict(each) for each in files])


def files_from_text(text: str) -> tuple[File, ...]:
    """Read the files in the value of a field; none if it is empty or no such value."""
    try:
        return FILES.validate_json(text or "[]")
    except ValueError:
        return ()
