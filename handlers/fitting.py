"""Making words fit: what is too long for one message goes on in the next, and nothing is lost."""

from collections.abc import Iterator
from dataclasses import replace

from handlers.chat import Message, Part, Quote
from handlers.words import plain_part

#: The longest stretch of somebody's text in one message, in UTF-16 units: it fits every platform.
CHUNK = 2800
#: The longest message that is not cut anywhere, in UTF-16 units.
LONGEST = 3800


def fitting(said: Message) -> list[Message]:
    """Cut a message into messages that every platform takes whole. The last has the buttons."""
    pages: list[list[Part]] = [[]]
    room = LONGEST
    for part in _pieces(said):
        size = units_of(part)
        if size > room and pages[-1]:
            pages.append([])
            room = LONGEST
        pages[-1].append(part)
        room -= size
    *first, last = pages
    return [*(Message(tuple(page)) for page in first), replace(said, parts=tuple(last))]


def units_of(part: Part) -> int:
    """Count the room that a part takes, with the end of its line."""
    return _units(part.quoted if isinstance(part, Quote) else plain_part(part)) + 1


def _pieces(said: Message) -> Iterator[Part]:
    for part in said.parts:
        if isinstance(part, Quote):
            yield from (Quote(piece) for piece in chunks(part.quoted))
        else:
            yield part


def chunks(text: str) -> list[str]:
    """Cut a text into stretches that fit a message, between words where that is possible."""
    parts = []
    while _units(text) > CHUNK:
        size = _fitting(text)
        cut = max(text.rfind("\n", 0, size), text.rfind(" ", 0, size)) + 1
        size = cut if cut > size // 2 else size
        parts.append(text[:size])
        text = text[size:]
    return [*parts, text]


def _units(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)


def _fitting(text: str) -> int:
    """Count the leading characters that fit."""
    units = 0
    for number, character in enumerate(text):
        units += 2 if character > "\uffff" else 1
        if units > CHUNK:
            return number
    return len(text)


def excerpt(text: str, limit: int) -> str:
    """Cut words to so many UTF-16 units, and show that they go on."""
    if _units(text) <= limit:
        return text
    cut = text.encode("utf-16-le", "surrogatepass")[: 2 * (limit - 1)]
    return f"{cut.decode('utf-16-le', 'ignore')}…"
