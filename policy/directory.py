"""The office's directory: what may be named in its posts, told apart by how it is written."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from policy.hosts import domains

_HOST = re.compile(r"(?:https?://)?((?:[a-z0-9-]+\.)+[a-z]{2,})(?:[/:].*)?", re.IGNORECASE)
_NUMBER = re.compile(r"\+?[\d\s().–-]*\d[\d\s().–-]*")


@dataclass(frozen=True)
class Directory:
    """Entries by kind; e-mail addresses, handles and hosts are in lower case."""

    emails: frozenset[str]
    handles: frozenset[str]  # with their @
    hosts: frozenset[str]
    numbers: tuple[str, ...]  # telephone numbers and accounts, as written
    others: tuple[str, ...]  # postal addresses, accounts with letters, as written

    def has_host(self, host: str) -> bool:
        """Tell whether a host, or a domain it is under, is listed."""
        return not self.hosts.isdisjoint(domains(host.lower()))


@lru_cache(maxsize=1000)
def directory(entries: tuple[str, ...]) -> Directory:
    """Sort the entries of a directory by kind."""
    kinds = list(_kinds(entries))

    def of(wanted: str) -> tuple[str, ...]:
        return tuple(entry for kind, entry in kinds if kind == wanted)

    return Directory(
        emails=frozenset(of("email")),
        handles=frozenset(of("handle")),
        hosts=frozenset(of("host")),
        numbers=of("number"),
        others=of("other"),
    )


def _kinds(entries: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for entry in map(str.strip, entries):
        if entry.startswith("@"):
            yield "handle", entry.lower()
        elif "@" in entry:
            yield "email", entry.lower()
        elif match := _HOST.fullmatch(entry):
            yield "host", match[1].lower()
        else:
            yield ("number" if _NUMBER.fullmatch(entry) else "other"), entry
