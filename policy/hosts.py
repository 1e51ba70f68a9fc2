"""Web addresses taken apart: links whose host nobody could resolve, and tricks in what is shown."""

import ipaddress
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from policy.links import end_of_link

_NOT_IN_A_HOST = r"\s/\\?#<>\"'“”‘’«»(){}\[\]@,;|`^*!"
_SCHEMED = re.compile(
    rf"https?:(?://|\\\\)(?:[^{_NOT_IN_A_HOST}]{{1,200}}+@)?"
    rf"(?:\[[0-9a-f:.]{{2,45}}\]|[^{_NOT_IN_A_HOST}:]+)",
    re.IGNORECASE,
)
#: Names that are never given to anybody, or only inside an organisation (RFC 2606, 6761, 6762).
_RESERVED = re.compile(
    r"\.(?:example|invalid|localhost|localdomain|local|internal|intranet|lan|corp|onion)"
    r"(?![\w-]|\.\w)"
)
#: What goes on after `https://gov.uk` in `https://gov.uk.claims.example`.
_MORE_LABELS = re.compile(r"\.(?:[a-z0-9-]|[A-Z]{2})")
_IN_A_NAME = "abcdefghijklmnopqrstuvwxyz0123456789-."
_PARTS = re.compile(
    r"(?:(https?):[/\\]{2})?(?:([^/\\?#@]*)@)?(\[[^\]]*\]|[^/\\?#:]*)", re.IGNORECASE
)

#: A text may have links, or folders of a server, only where this occurs, for google-re2.
LINKED = r":[/\\]{2}|\\\\|[^\s.]\.[^\s.]"

Place = tuple[int, int]

LONGEST_HOST = 253
#: So many unusual links are found in a text, and the domains of so many hosts remembered.
MOST = 500


class Address(NamedTuple):
    """A web address. `scheme` is empty where none is written; `rest` begins with `/`, `?` or `#`.

    `host` is in lower case, without a dot at its end; `user` is what stands before an @ in it.
    """

    start: int
    end: int
    scheme: str
    user: str
    host: str
    rest: str

    @property
    def labels(self) -> list[str]:
        """The parts of the host between dots."""
        return self.host.split(".")

    def under(self, suffixes: Iterable[str]) -> bool:
        """Tell whether the host is one of these, or below one."""
        return bool(domains(self.host) & frozenset(suffixes))


@lru_cache(maxsize=MOST)
def domains(host: str) -> frozenset[str]:
    """Return a host and every domain it is under."""
    labels = host.split(".")
    return frozenset(".".join(labels[at:]) for at in range(len(labels)))


def find_odd_links(text: str, usual: Sequence[Place]) -> list[Place]:
    """Find addresses without a top-level domain, or with an @ before the host.

    `usual` are the links found by their top-level domain.
    """
    found: list[Place] = []
    if "://" in text or ":\\\\" in text:
        found = list(islice(_schemed(text, dict(usual)), MOST))
    if "." in text:
        found += islice(disjoint(_outside(_bare(text), usual), sorted(found)), MOST)
    return sorted(found)


def _outside(places: Iterable[Place], links: Sequence[Place]) -> Iterator[Place]:
    """Leave out what lies within a link."""
    ends = [end for _, end in links]
    for start, end in places:
        at = bisect_left(ends, end)
        if at == len(links) or links[at][0] > start:
            yield start, end


def disjoint(places: Iterable[Place], taken: Sequence[Place]) -> Iterator[Place]:
    """Leave out what shares a character with a place that is taken; these are in order."""
    ends = [end for _, end in taken]
    for start, end in places:
        at = bisect_right(ends, start)
        if at == len(taken) or taken[at][0] >= end:
            yield start, end


def _schemed(text: str, usual: Mapping[int, int]) -> Iterator[Place]:
    for match in _SCHEMED.finditer(text):
        end = match.start() + len(match[0].rstrip(".:-_।…"))
        known = usual.get(match.start())
        if known and "@" not in match[0] and not _MORE_LABELS.match(text, known, end):
            continue
        if any(map(str.isalnum, text[match.start() + len("https://") - 1 : end])):
            yield match.start(), end_of_link(text, end)


def _bare(text: str) -> Iterator[Place]:
    for match in _RESERVED.finditer(text):
        before = text[max(match.start() - LONGEST_HOST, 0) : match.start()]
        name = before[len(before.rstrip(_IN_A_NAME)) :].lstrip("-.")
        start = match.start() - len(name)
        if name and name[-1] not in "-." and not _goes_before(text[start - 1 : start]):
            yield start, end_of_link(text, match.end())


def _goes_before(character: str) -> bool:
    """Tell whether a character before a name makes it the end of something else."""
    return character.isalnum() or character in tuple("_@:/.-")


def address(text: str, start: int, end: int) -> Address:
    """Take a link apart."""
    link = text[start:end]
    parts = _PARTS.match(link)
    assert parts is not None  # every part may be empty
    scheme, user, host = (parts[1] or "").lower(), parts[2] or "", parts[3].lower().rstrip(".")
    rest = re.sub(r"^:\d*", "", link[parts.end() :])
    return Address(start, end, scheme, user, host, rest)


def readable(host: str) -> str:
    """Return a host with its `xn--` labels decoded, as a browser may show it."""
    return ".".join(map(_decoded, host.split(".")))


def is_internal(host: str) -> bool:
    """Tell whether only a machine inside an organisation can find a host."""
    if "." not in host and not host.startswith("["):
        return True
    if not (host.startswith("[") or host[-1].isdecimal()):
        return False
    try:
        return not ipaddress.ip_address(host.strip("[]")).is_global
    except ValueError:
        return False


def _decoded(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except UnicodeError:
        return label
