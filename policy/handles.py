"""Names of accounts, and the words that they are made of."""

import re
from collections.abc import Iterator

_ADDRESS = re.compile(r"(?:https?://)?[^\s/]+\.[a-z]{2,}/@?([^\s/?#]+)", re.IGNORECASE)
_PART = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[^\W\d_A-Z]+|\d+")


def handle_of(account: str) -> str:
    """Return the name of an account without its @, from a name or the address of its page."""
    match = _ADDRESS.fullmatch(account.strip())
    return (match[1] if match else account).strip().removeprefix("@")


def words_of(handle: str) -> Iterator[str]:
    """Take a name apart: whole, without its separators, and by its capitals, in lower case."""
    yield "".join(filter(str.isalnum, handle)).lower()
    for part in _PART.findall(handle):
        yield part.lower()
