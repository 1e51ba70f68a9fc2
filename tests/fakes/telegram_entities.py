"""What Telegram makes of a text: it keeps the marks it is given, and finds more by itself.

The rules are those of the client library's own matchers (mentions, tags, commands, links), a
little wider: what this finds, the real one may find.
"""

import re
from typing import Any

Entity = dict[str, Any]

LONGEST = 4096
MOST = 100
SHUT = ("code", "pre")  # within these, Telegram looks for nothing
FOUND = {
    "email": r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
    "url": r"(?:\w+://\S+|[^\s@,;:()\[\]<>\"“”]+\.[^\s.,;:()\[\]<>\"“”]\S*)",
    "mention": r"(?<!\w)@[A-Za-z0-9_]{2,32}\b",
    "bot_command": r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>])",
    "hashtag": r"(?<!\w)#\w*[^\W\d_]\w*",
    "cashtag": r"(?<![\w$])\$(?:1INCH|[A-Z]{1,8})(?![\w$])",
    "phone_number": r"\+\d{5,}|\+?\d(?:[ ().-]?\d){8,}",
}


class BadEntities(Exception):
    """The marks do not fit the text."""


def units(text: str) -> int:
    """Count UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, entity: Entity) -> str:
    """Return what an entity covers. Raises `BadEntities` if it ends within a character."""
    raw = text.encode("utf-16-le", "surrogatepass")
    start, end = 2 * entity["offset"], 2 * (entity["offset"] + entity["length"])
    if not 0 <= start < end <= len(raw):
        raise BadEntities("an entity lies outside the text")
    try:
        return raw[start:end].decode("utf-16-le")
    except UnicodeDecodeError:
        raise BadEntities("an entity begins or ends in the middle of a symbol") from None


def settle(text: str, given: list[Entity]) -> tuple[str, list[Entity]]:
    """Return the text and entities that Telegram shows."""
    for entity in given:
        cut(text, entity)
    before = units(text) - units(text.lstrip())
    text, end = text.strip(), units(text.strip())
    kept = [clamped for each in given[:MOST] if (clamped := _clamp(each, before, end))]
    shut = [each for each in kept if each["type"] in SHUT]
    found = [each for each in detect(text) if not any(_overlap(each, other) for other in shut)]
    return text, sorted([*kept, *found], key=lambda each: (each["offset"], -each["length"]))


def detect(text: str) -> list[Entity]:
    """Find what Telegram would make active. Where two overlap, the first kind wins."""
    entities: list[Entity] = []
    for kind, pattern in FOUND.items():
        for match in re.finditer(pattern, text):
            entity = {
                "type": kind,
                "offset": units(text[: match.start()]),
                "length": units(match.group()),
            }
            if not any(_overlap(entity, other) for other in entities):
                entities.append(entity)
    return entities


def _clamp(entity: Entity, before: int, end: int) -> Entity | None:
    """Move an entity along when blanks before and after a text are dropped."""
    start = max(entity["offset"] - before, 0)
    stop = min(entity["offset"] + entity["length"] - before, end)
    return {**entity, "offset": start, "length": stop - start} if stop > start else None


def _overlap(one: Entity, other: Entity) -> bool:
    return bool(
        one["offset"] < other["offset"] + other["length"]
        and other["offset"] < one["offset"] + one["length"]
    )
