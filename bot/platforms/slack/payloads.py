"""Looking into Slack's payloads, which may hold anything."""

from collections.abc import Mapping
from typing import Any

Payload = Mapping[str, Any]


class Malformed(ValueError):
    """A payload that lacks what Slack documents. The text names the place, and no content."""


def need(body: object, *path: str) -> str:
    """Return a text from within a payload. Raises `Malformed` if it is missing."""
    found = maybe(body, *path)
    if not found:
        raise Malformed(".".join(path))
    return found


def maybe(body: object, *path: str) -> str:
    """Return a text from within a payload, or an empty one if there is none."""
    for step in path:
        body = body.get(step) if isinstance(body, dict) else None
    return body if isinstance(body, str) else ""
