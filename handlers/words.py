"""Reading a line of ours into runs, so that every platform shows the same words.

A platform never parses markup: it is handed runs of text and told which are bold and which are
somebody else's.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace

from handlers.chat import Event, File, Line, Message, Part, Quote

PIECES = re.compile(r"(\*\*|\{\w+\})")
BIDI_CONTROLS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
ISOLATE, END_ISOLATE = "\u2068", "\u2069"
SURROGATES = re.compile("[\ud800-\udfff]")
LONGEST = 300  # characters of a name or a passage within a line of ours


@dataclass(frozen=True)
class Run:
    """A stretch of text with one look. `foreign` text is somebody else's: never markup."""

    text: str
    strong: bool = False
    foreign: bool = False


def runs(line: Line) -> Iterator[Run]:
    """Split a line into runs, with its fields filled in."""
    strong = False
    for piece in PIECES.split(line.template):
        if piece == "**":
            strong = not strong
        elif piece.startswith("{") and piece[1:-1] in line.fields:
            yield Run(inline(line.fields[piece[1:-1]]), strong, foreign=True)
        elif piece:
            yield Run(piece, strong)


def inline(text: str) -> str:
    """Make somebody's words fit into a line of ours.

    They take one line, and a right-to-left override in them ends where they end.
    """
    text = " ".join(text.split())
    if len(text) > LONGEST:
        text = text[: LONGEST - 1] + "…"
    if not BIDI_CONTROLS.search(text):
        return text
    closing = END_ISOLATE * (1 + sum(text.count(mark) for mark in "\u2066\u2067\u2068"))
    return f"{ISOLATE}{text}{closing}"


def listed(words: Sequence[str], last: str = "and") -> str:
    """List words as one says it: Bo, Chen and Dara."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def capitalized(text: str) -> str:
    """Begin a sentence; names further on keep their letters."""
    return text[:1].upper() + text[1:]


def plain(message: Message) -> str:
    """Write a message as plain text, for notifications, the terminal and tests."""
    return "\n".join(plain_part(part) for part in message.parts)


def plain_part(part: Part) -> str:
    """Write one part as plain text. A quote keeps a bar before each of its lines."""
    if isinstance(part, Quote):
        return "\n".join(f"│ {text}" for text in part.quoted.split("\n"))
    return "".join(run.text for run in runs(part))


def clean(text: str) -> str:
    """Replace what no database can hold, visibly: NUL by ␀, half a surrogate pair by �."""
    return SURROGATES.sub("\ufffd", text.replace("\0", "␀"))


def _cleaned(file: File) -> File:
    words = {each.name: clean(getattr(file, each.name)) for each in fields(file)}
    return File(**words)


def cleaned(event: Event) -> Event:
    """Make every word of an event fit for the database."""
    changes: dict[str, object] = {}
    for each in fields(event):
        value = getattr(event, each.name)
        if isinstance(value, str):
            changes[each.name] = clean(value)
        elif isinstance(value, tuple):
            changes[each.name] = tuple(_cleaned(file) for file in value)
        elif isinstance(value, dict):
            changes[each.name] = {clean(name): clean(text) for name, text in value.items()}
    return replace(event, **changes)  # type: ignore[arg-type]
