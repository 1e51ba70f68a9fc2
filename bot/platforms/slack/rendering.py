"""Writing our words for Slack: rich text for messages, modals for forms.

Texts travel as elements of rich text. Slack never parses those: whatever somebody wrote, it
mentions nobody, links nothing and formats nothing.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from typing import Any

from bot.platforms.slack.escapes import escape
from handlers.chat import Button, Field, FieldKind, Form, Line, Message, Quote
from handlers.words import plain, runs

Block = dict[str, Any]

# Slack's limits, in characters unless another thing is named.
FALLBACK = 3000
LABEL = 75
VALUE = 2000
BUTTONS = 25  # in one row of them
BLOCKS = 50  # in one message
TITLE = 24
FIELD_LABEL = 2000
TYPED = 3000  # what a person may enter in one field
OPTIONS = 100  # to choose from
CARRIED = 3000  # what a form carries unseen

TOO_MUCH_CARRIED = "the form carries more than Slack takes"


def blocks(message: Message) -> list[Block]:
    """Render a message: rich text, then the buttons."""
    elements = list(_elements(message))
    made: list[Block] = [{"type": "rich_text", "elements": elements}] if elements else []
    return [*made, *_rows(message.buttons)][:BLOCKS]


def fallback(message: Message) -> str:
    """Write a message for notifications, which read markup: it is escaped, and cut to size."""
    written = ""
    for character in plain(message):
        escaped = escape(character)
        if len(written) + len(escaped) >= FALLBACK:
            return f"{written}…"
        written += escaped
    return written


def _elements(message: Message) -> Iterator[Block]:
    """Render the parts: lines of ours that follow one another make one paragraph."""
    for is_line, parts in groupby(message.parts, lambda part: isinstance(part, Line)):
        if is_line:
            texts = list(_texts(part for part in parts if isinstance(part, Line)))
            if texts:
                yield {"type": "rich_text_section", "elements": texts}
            continue
        for part in parts:
            if isinstance(part, Quote):
                words = {"type": "text", "text": part.quoted or " "}  # empty is invalid
                yield {"type": "rich_text_quote", "elements": [words]}


def _texts(lines: Iterable[Line]) -> Iterator[Block]:
    """Render lines, with neighbours of one look joined."""
    for strong, run in groupby(_stretches(lines), lambda stretch: stretch[1]):
        words = "".join(text for text, _ in run)
        if words:
            yield {"type": "text", "text": words} | ({"style": {"bold": True}} if strong else {})


def _stretches(lines: Iterable[Line]) -> Iterator[tuple[str, bool]]:
    for number, line in enumerate(lines):
        if number:
            yield "\n", False
        for run in runs(line):
            if run.text:
                yield run.text, run.strong


def _rows(buttons: tuple[Button, ...]) -> Iterator[Block]:
    """Render buttons in rows. What one does must be unique in its message, so it is numbered."""
    seen: Counter[str] = Counter()
    made = []
    for button in buttons:
        seen[button.action] += 1
        number = seen[button.action]
        action_id = button.action if number == 1 else f"{button.action}~{number}"
        made.append(_button(button, action_id))
    for start in range(0, len(made), BUTTONS):
        yield {"type": "actions", "elements": made[start : start + BUTTONS]}


def _button(button: Button, action_id: str) -> Block:
    made = {"type": "button", "text": _plain(button.label, LABEL), "action_id": action_id}
    if button.value:
        made["value"] = button.value[:VALUE]
    if button.style:
        made["style"] = button.style.value
    return made


def home(page: Message) -> Block:
    """Render a person's own page."""
    return {"type": "home", "blocks": blocks(page)}


def view(form: Form, chat: str) -> Block:
    """Render a form as a modal, which carries the chat from which it was opened.

    Raises `ValueError` if it carries too much.
    """
    carried = json.dumps({"chat": chat, "context": form.context})
    if len(carried) > CARRIED:
        raise ValueError(TOO_MUCH_CARRIED)
    return {
        "type": "modal",
        "callback_id": form.name,
        "title": _plain(form.title, TITLE),
        "submit": _plain(form.submit, TITLE),
        "private_metadata": carried,
        "blocks": [_input(field) for field in form.fields],
    }


def _input(field: Field) -> Block:
    return {
        "type": "input",
        "block_id": field.name,
        "label": _plain(field.label, FIELD_LABEL),
        "optional": not field.required,
        "element": {"action_id": field.name} | _element(field),
    } | ({"hint": _plain(field.hint, FIELD_LABEL)} if field.hint else {})


#: So many files a field takes, which is Slack's own limit.
FILES = 10


def _element(field: Field) -> Block:
    match field.kind:
        case FieldKind.CHOICE:
            return _select(field)
        case FieldKind.MOMENT:
            return {"type": "datetimepicker"} | _initial_moment(field)
        case FieldKind.FILES:
            return {"type": "file_input", "max_files": FILES}
    made: Block = {
        "type": "plain_text_input",
        "multiline": field.kind is FieldKind.TEXT,
        "max_length": TYPED,
    }
    # A text that does not fit is not offered for editing: its end would be lost unseen.
    return made | ({"initial_value": field.initial} if 0 < len(field.initial) <= TYPED else {})


def _select(field: Field) -> Block:
    options = [
        {"text": _plain(option.label, LABEL), "value": option.value}
        for option in field.options[:OPTIONS]
    ]
    chosen = [option for option in options if option["value"] == field.initial]
    made: Block = {"type": "static_select", "options": options}
    return made | ({"initial_option": chosen[0]} if chosen else {})


def _initial_moment(field: Field) -> Block:
    """Offer a moment, if it has an offset: we do not know the office's time zone here."""
    moment = datetime.fromisoformat(field.initial) if field.initial else None
    if moment is None or moment.tzinfo is None:
        return {}
    return {"initial_date_time": int(moment.timestamp())}


def _plain(text: str, limit: int) -> Block:
    """Write a label. `emoji` is off: `:x:` in a page's name stays as it is."""
    words = text if len(text) <= limit else text[: limit - 1] + "…"
    return {"type": "plain_text", "text": words or "…", "emoji": False}
