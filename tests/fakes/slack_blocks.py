"""The rules that Slack has for blocks and modals, and what a reader sees of them."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

Json = dict[str, Any]

TEXT_KEYS = {"type", "text", "style"}
STYLES = {"bold", "italic", "strike", "code"}
SECTIONS = {"rich_text_section", "rich_text_quote", "rich_text_preformatted"}
BUTTON_KEYS = {"type", "text", "action_id", "value", "style"}
INPUT_KEYS = {"type", "block_id", "label", "element", "optional", "hint"}
ELEMENT_KEYS = {
    "plain_text_input": {"multiline", "max_length", "min_length", "initial_value", "placeholder"},
    "static_select": {"options", "initial_option", "placeholder"},
    "datetimepicker": {"initial_date_time"},
    "file_input": {"filetypes", "max_files"},
}
VIEW_KEYS = {
    "type",
    "callback_id",
    "title",
    "submit",
    "close",
    "private_metadata",
    "blocks",
    "notify_on_close",
}
LONGEST = 12_000  # characters in all the blocks of a message
MARKUP = re.compile(r"<[^<>\s][^<>]*>")


def faults(blocks: Any) -> Iterator[str]:
    """Say what Slack would refuse in the blocks of a message."""
    if not isinstance(blocks, list) or len(blocks) > 50:
        yield "a message has a list of at most 50 blocks"
        return
    actions = [element.get("action_id") for block in blocks for element in _buttons(block)]
    if len(actions) != len(set(actions)):
        yield "an action_id appears twice"
    for block in blocks:
        match block.get("type"):
            case "rich_text":
                yield from _rich_text_faults(block)
            case "actions":
                yield from _actions_faults(block)
            case other:
                yield f"a block of type {other!r} is not known here"
    if len(words(blocks)) > LONGEST:
        yield "msg_blocks_too_long"


def _rich_text_faults(block: Json) -> Iterator[str]:
    yield from _unknown(block, {"type", "elements", "block_id"})
    if not block.get("elements"):
        yield "rich text without elements"
    for section in block.get("elements", []):
        yield from _unknown(section, {"type", "elements", "border"})
        if section.get("type") not in SECTIONS:
            yield f"rich text holds {section.get('type')!r}"
        if not section.get("elements"):
            yield "a section without elements"
        for element in section.get("elements", []):
            yield from _element_faults(element)


def _element_faults(element: Json) -> Iterator[str]:
    if element.get("type") != "text":
        yield f"an element of type {element.get('type')!r} is not known here"
        return
    yield from _unknown(element, TEXT_KEYS)
    yield from _unknown(element.get("style", {}), STYLES)
    if not isinstance(element.get("text"), str) or not element["text"]:
        yield "an empty text element"


def _actions_faults(block: Json) -> Iterator[str]:
    yield from _unknown(block, {"type", "elements", "block_id"})
    if not 1 <= len(block.get("elements", [])) <= 25:
        yield "a row has 1 to 25 buttons"
    for button in block.get("elements", []):
        yield from _unknown(button, BUTTON_KEYS)
        yield from _plain_faults(button.get("text"), 75)
        if button.get("type") != "button":
            yield f"a {button.get('type')!r} among the buttons"
        if not 1 <= len(button.get("action_id", "")) <= 255:
            yield "an action_id has 1 to 255 characters"
        if not 1 <= len(button.get("value", "-")) <= 2000:
            yield "a value has 1 to 2000 characters"
        if button.get("style", "primary") not in ("primary", "danger"):
            yield f"the style {button['style']!r}"


def view_faults(view: Json) -> Iterator[str]:
    """Say what Slack would refuse in a modal."""
    yield from _unknown(view, VIEW_KEYS)
    if view.get("type") != "modal":
        yield "a view of another type than modal"
    yield from _plain_faults(view.get("title"), 24)
    yield from _plain_faults(view.get("submit"), 24)
    if len(view.get("private_metadata", "")) > 3000:
        yield "private_metadata is longer than 3000"
    blocks = view.get("blocks", [])
    if not 1 <= len(blocks) <= 100:
        yield "a view has 1 to 100 blocks"
    if len({block.get("block_id") for block in blocks}) != len(blocks):
        yield "a block_id appears twice"
    for block in blocks:
        yield from _input_faults(block)


def _input_faults(block: Json) -> Iterator[str]:
    yield from _unknown(block, INPUT_KEYS)
    yield from _plain_faults(block.get("label"), 2000)
    if "hint" in block:
        yield from _plain_faults(block["hint"], 2000)
    element = block.get("element", {})
    kind = element.get("type")
    if kind not in ELEMENT_KEYS:
        yield f"a field of type {kind!r}"
        return
    yield from _unknown(element, ELEMENT_KEYS[kind] | {"type", "action_id"})
    if kind == "plain_text_input":
        if not 1 <= element.get("max_length", 1) <= 3000:
            yield "max_length is 1 to 3000"
        if len(element.get("initial_value", "")) > element.get("max_length", 3000):
            yield "initial_value is longer than max_length"
    if kind == "file_input" and not 1 <= element.get("max_files", 10) <= 10:
        yield "a field takes 1 to 10 files"
    if kind == "static_select":
        yield from _select_faults(element)


def _select_faults(element: Json) -> Iterator[str]:
    options = element.get("options", [])
    if not 1 <= len(options) <= 100:
        yield "a menu has 1 to 100 options"
    for option in options:
        yield from _plain_faults(option.get("text"), 75)
        if not 1 <= len(option.get("value", "")) <= 150:
            yield "the value of an option has 1 to 150 characters"
    if "initial_option" in element and element["initial_option"] not in options:
        yield "initial_option is none of the options"


def _plain_faults(text: Any, limit: int) -> Iterator[str]:
    if not isinstance(text, dict) or text.get("type") != "plain_text":
        yield "a label that is not plain_text"
        return
    yield from _unknown(text, {"type", "text", "emoji"})
    if not 1 <= len(text.get("text", "")) <= limit:
        yield f"a label has 1 to {limit} characters"


def _unknown(found: Json, known: set[str]) -> Iterator[str]:
    for key in sorted(found.keys() - known):
        yield f"{found.get('type')}: {key!r} is not documented"


def _buttons(block: Json) -> list[Json]:
    return block.get("elements", []) if block.get("type") == "actions" else []


def buttons(blocks: list[Json]) -> list[Json]:
    """List the buttons of a message."""
    return [button for block in blocks for button in _buttons(block)]


def words(blocks: list[Json]) -> str:
    """Return what a reader sees; a quote has a bar before its lines."""
    parts = []
    for block in blocks:
        for section in block.get("elements", []) if block.get("type") == "rich_text" else []:
            text = "".join(element.get("text", "") for element in section.get("elements", []))
            quoted = section.get("type") == "rich_text_quote"
            parts.append("\n".join(f"│ {line}" for line in text.split("\n")) if quoted else text)
    return "\n".join(parts)


def quotes(blocks: list[Json]) -> list[str]:
    """Return the quotes of a message, exactly."""
    return [
        "".join(element["text"] for element in section["elements"])
        for block in blocks
        if block.get("type") == "rich_text"
        for section in block["elements"]
        if section["type"] == "rich_text_quote"
    ]


def markup(text: str) -> list[str]:
    """List what Slack would read as a mention or a link in a text that it parses."""
    return MARKUP.findall(text)


def filled_in(element: Json, answer: str | datetime | list[Json] | None) -> Json:
    """Return the state of a field: as it was answered, or as it stood there from the start."""
    kind = element["type"]
    match kind:
        case "plain_text_input":
            text = element.get("initial_value") if answer is None else str(answer)
            assert len(text or "") <= element.get("max_length", 3000), "Slack takes no more there"
            return {"type": kind, "value": text or None}
        case "static_select":
            found = [o for o in element["options"] if answer in (o["value"], o["text"]["text"])]
            assert answer is None or found, f"“{answer}” is none of the options"
            chosen = found[0] if found else element.get("initial_option")
            return {"type": kind, "selected_option": chosen}
    if kind == "file_input":
        return {"type": kind, "files": answer or []}
    at = int(answer.timestamp()) if isinstance(answer, datetime) else None
    return {"type": kind, "selected_date_time": at or element.get("initial_date_time")}
