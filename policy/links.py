"""Finding web addresses in a text, with or without a protocol, the way X finds them.

A host is recognised by its top-level domain. Everything runs in time linear in the text.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import islice
from typing import NamedTuple

from policy import wordlists

#: Characters that end a host: punctuation, white space, and characters X forbids.
_ENDS = (
    r"\s!'#%&()*+,\\/:;<=>?@\[\]^{|}~$"
    "\u00a0\u1680\u180e\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufffe\uffff\ufeff\u202a-\u202e"
)
_HOST = re.compile(rf"[^{_ENDS}]++")
_DOT = re.compile(rf"\.(?<=[^.{_ENDS}].)(?=[^.{_ENDS}])")
_PROTOCOL = re.compile(r"https?://$", re.IGNORECASE)
_ASCII_PREFIX = re.compile(r"[a-z]+")
_LATIN_END = re.compile(r"[A-Za-z0-9\u00c0-\u024f-]+$")
_PORT = re.compile(r":\d++")
_MIDDLE = r"A-Za-z0-9\u00c0-\u024f\u0400-\u04ff!*';:=+,.$/%#\[\]\u2013_~@|&\-"
_IN_BRACKETS = rf"\((?:[{_MIDDLE}]++|\([{_MIDDLE}]*+\))*+\)"
_PATH = re.compile(rf"/(?:[{_MIDDLE}]++|{_IN_BRACKETS})*+")  # X knows brackets in brackets
_PATH_END = re.compile(r"[A-Za-z0-9\u00c0-\u024f\u0400-\u04ff+=_#/-]")
_QUERY = re.compile(r"\?[A-Za-z0-9!?*'@();:&=+$/%#\[\]_.,~|-]*+")
_QUERY_END = re.compile(r"[A-Za-z0-9_&=#/-]")

_SHORT = re.compile(r"https?://t\.co/[A-Za-z0-9]++", re.IGNORECASE)

_NEVER_BEFORE = ("@", "＠", "$", "#", "＃")
_NOT_BEFORE_A_HOST = ("-", "_", ".", "/")

#: So many links are found in a text; what has more is no text that anybody would post.
MOST_LINKS = 500
#: So many passages are looked at that have a dot in them, as hosts do.
MOST_HOSTS = 2000

LONGEST_PROTOCOL = len("https://")
LONGEST_LINK = 4096
LONGEST_LABEL = 63
LONGEST_FOREIGN_DOMAIN = 12


class _Host(NamedTuple):
    start: int
    end: int


@cache
def top_level_domains() -> frozenset[str]:
    """Return all top-level domains, in lower case."""
    return frozenset(wordlists.load("top-level-domains"))


@lru_cache(maxsize=2)
def find_links(text: str) -> tuple[tuple[int, int], ...]:
    """Return web addresses, each as the place where it starts and where it ends.

    The latest are remembered: they are asked for by the rules and by the count of characters.
    """
    return tuple(islice(_find(text), MOST_LINKS))


def _find(text: str) -> Iterator[tuple[int, int]]:
    if _DOT.search(text) is None:
        return
    done = 0
    dotted = (match for match in _HOST.finditer(text) if "." in match[0].strip("."))
    for match in islice(dotted, MOST_HOSTS):
        run = match.start()
        for host in _hosts(match[0], text[match.end() : match.end() + 1]):
            start = max(run + host.start, done)
            if "." not in text[start : run + host.end]:
                continue
            link, done = _link(text, _Host(start, run + host.end), done)
            if link is not None:
                yield link


def _link(text: str, host: _Host, done: int) -> tuple[tuple[int, int] | None, int]:
    """Complete a host with its protocol and its path, if it may be a link at all.

    Returns the link, and where the search goes on.
    """
    protocol = _PROTOCOL.search(text[max(done, host.start - LONGEST_PROTOCOL) : host.start])
    start = host.start - len(protocol[0]) if protocol else _without_foreign(text, host)
    before = text[start - 1 : start]
    if (before.isascii() and before.isalnum()) or before in _NEVER_BEFORE:
        return None, done if protocol is None else end_of_link(text, host.end)
    end = end_of_link(text, host.end)
    if protocol is None and before in _NOT_BEFORE_A_HOST:
        return None, end
    if protocol and (short := _SHORT.match(text, start)):
        end = short.end()
    labels = text[host.start : host.end].split(".")
    if end - start > LONGEST_LINK or not all(map(_is_name, labels)):
        return None, end
    return (start, end), end


def _without_foreign(text: str, host: _Host) -> int:
    """Without a protocol a host begins after letters that no host has, as in `দেখুনgov.bd`."""
    first = text[host.start : host.end].partition(".")[0]
    latin = _LATIN_END.search(first)
    return host.start + latin.start() if latin else host.start


def _hosts(run: str, after: str) -> Iterator[_Host]:
    """Find the hosts in a run of characters that could be part of one."""
    offset = 0
    for part in run.split(".."):
        host = _host(part, after if offset + len(part) == len(run) else ".")
        if host is not None:
            yield _Host(offset + host.start, offset + host.end)
        offset += len(part) + 2


def _host(run: str, after: str) -> _Host | None:
    """Return the longest host that begins in a run: labels up to a top-level domain."""
    labels = run.split(".")
    for index in range(len(labels) - 1, 0, -1):
        size = _top_level(labels[index], after if index == len(labels) - 1 else ".")
        name = labels[index - 1]
        if not size or not name or name[-1] in "-_":
            continue
        first = index - 1
        while first and labels[first - 1] and labels[first - 1][-1] not in "-_":
            first -= 1
        start = sum(len(label) + 1 for label in labels[:first])
        start += len(labels[first]) - len(labels[first].lstrip("-_"))
        return _Host(start, sum(len(label) + 1 for label in labels[:index]) + size)
    return None


def _top_level(label: str, after: str) -> int:
    """Return how much of a label is a top-level domain."""
    lower = label.lower()
    if len(lower) != len(label):  # as that of İ, which no domain has
        return 0
    if lower in top_level_domains() or lower.startswith("xn--"):
        return 0 if after in ("@", "+", "-") else len(label)
    if lower.isascii() and (lower.isalpha() or not lower[:1].isalpha()):
        return 0
    prefix = _ASCII_PREFIX.match(lower)
    longest = min(len(label) - 1, LONGEST_FOREIGN_DOMAIN)
    for size in (prefix.end(),) if prefix else range(longest, 0, -1):
        if lower[:size] in top_level_domains() and not _goes_on(label[size]):
            return size
    return 0


def _goes_on(character: str) -> bool:
    """Tell whether a character belongs to the label before it, as the 도 in `gov도로` does not."""
    return character == "-" or (character.isascii() and character.isalnum())


def _is_name(label: str) -> bool:
    """Tell whether a label is short enough for the name system, once it is encoded."""
    if len(label) > LONGEST_LABEL or label.isascii():
        return len(label) <= LONGEST_LABEL
    return len(b"xn--" + label.encode("punycode")) <= LONGEST_LABEL


def end_of_link(text: str, end: int) -> int:
    """Return where a link ends whose host ends here: after its port, path and query.

    No farther is looked than the longest link goes, or many links in a row would take long.
    """
    most = end + LONGEST_LINK + 1
    if port := _PORT.match(text, end):
        end = port.end()
    if path := _PATH.match(text, end, most):
        end += len(_trimmed(path[0]))
    if query := _QUERY.match(text, end, most):
        kept = query[0]
        while len(kept) > 1 and not _QUERY_END.match(kept[-1]):
            kept = kept[:-1]
        end += len(kept) if len(kept) > 1 else 0
    return end


def _trimmed(path: str) -> str:
    """Cut the punctuation of the sentence around a path."""
    size = len(path)
    while size > 1 and path[size - 1] != ")" and not _PATH_END.match(path[size - 1]):
        size -= 1
    return path[:size]
