"""Links that the public cannot open, should not trust, or cannot see the end of."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from functools import cache
from itertools import takewhile

from policy.checks.registry import Passage, check_if
from policy.confusables import in_latin
from policy.hosts import LINKED, Address, domains, is_internal, readable
from policy.terms import Entries, Phrases
from policy.texts import Reading, Span
from policy.wording import EXCUSED

EVENT = "event"

SHORTEST_NAME = 4

#: A folder on a server, as `\\files\plans`.
_FOLDER = re.compile(r"(?<![:\w\\])(?:file://|\\\\)[\w.-]{2,60}[\\/]\S{1,200}", re.IGNORECASE)

_LOOKS = str.maketrans("0135", "olis")


@check_if(where=LINKED)
def internal_link(
    reading: Reading, *, suffixes: Entries, work: Entries, meetings: Entries
) -> Iterator[Passage]:
    """Object to links to machines and folders of an organisation, to private files and meetings.

    Hosts in the directory pass; a meeting passes when its host is listed and the post announces
    an event.
    """
    if "\\\\" in reading.text or "file://" in reading.text.lower():
        yield from (Passage(*folder.span()) for folder in _FOLDER.finditer(reading.text))
    for each in reading.addresses:
        if is_internal(each.host) or each.under(suffixes):
            yield _passage(each)
            continue
        listed = reading.directory.has_host(each.host)
        if _is_one_of(each, meetings):
            if not (listed and reading.post.purpose == EVENT):
                yield _passage(each)
        elif not listed and _is_one_of(each, work):
            yield _passage(each)


@check_if(where=LINKED)
def lookalike_host(
    reading: Reading, *, words: Entries, official: Entries, warnings: Phrases
) -> Iterator[Passage]:
    """Object to hosts that sound like a government's and are none, or nearly spell a listed one.

    A host that a warning against fraud names, without `https://`, is excused.
    """
    for each in reading.addresses:
        host = readable(each.host)
        host = in_latin(host) if host != each.host else host
        if each.user and _sounds_official(each.user.lower(), words, reading):
            yield _passage(each, host=each.host)
        elif each.under(official) or reading.directory.has_host(each.host):
            continue
        elif _sounds_official(host, words, reading):
            yield _passage(each, guard=_warned(reading, each, warnings), host=each.host)


@check_if(where=LINKED)
def insecure_link(reading: Reading, *, suffixes: Entries) -> Iterator[Passage]:
    """Object to http:// links, but for those inside an organisation."""
    for each in reading.addresses:
        if each.scheme == "http" and not is_internal(each.host) and not each.under(suffixes):
            link = reading.text[each.start : each.end]
            yield _passage(each, suggestion=f"https{link[len('http') :]}")


@check_if(where=LINKED)
def short_link(reading: Reading, *, hosts: Entries, warnings: Phrases) -> Iterator[Passage]:
    """Object to links of services that hide where a link goes; the service's name alone passes."""
    for each in reading.addresses:
        shortened = each.under(hosts) and len(each.rest.strip("/")) > 0
        if shortened and not reading.directory.has_host(each.host):
            yield _passage(each, guard=_warned(reading, each, warnings), host=each.host)


def _passage(each: Address, guard: str = "", suggestion: str = "", host: str = "") -> Passage:
    fields = {"host": host} if host else {}
    return Passage(each.start, each.end, guard=guard, suggestion=suggestion, fields=fields)


def _is_one_of(each: Address, patterns: Entries) -> bool:
    """Tell whether a link is of a kind, written as `zoom.us/j/*pwd=*`: a host and a path."""
    paths = _paths(patterns)
    return any(
        fnmatchcase(each.rest.lower(), path)
        for host in domains(each.host)
        for path in paths.get(host, ())
    )


@cache
def _paths(patterns: Entries) -> Mapping[str, list[str]]:
    """Sort kinds of links by host."""
    found: dict[str, list[str]] = defaultdict(list)
    for pattern in patterns:
        host, slash, rest = pattern.partition("/")
        found[host].append(f"/{rest}" if slash else "*")
    return dict(found)


def _sounds_official(host: str, words: Entries, reading: Reading) -> bool:
    parts = host.replace("-", ".").replace("_", ".").split(".")
    if any(part in words or part.translate(_LOOKS) in words for part in parts):
        return True
    return any(_nearly(host, listed) for listed in reading.directory.hosts)


def _nearly(host: str, listed: str) -> bool:
    """Tell whether one slip makes a host, or a domain it is under, out of a listed one.

    Names of few letters are too near to one another to tell: bbc.com, abc.com.
    """
    listed = listed.removeprefix("www.")
    if len(listed.partition(".")[0]) < SHORTEST_NAME:
        return False
    count = listed.count(".") + 1
    tail = ".".join(host.removeprefix("www.").split(".")[-count:])
    return tail != listed and _is_a_slip(tail, listed)


def _is_a_slip(one: str, other: str) -> bool:
    """Tell whether two words differ by one letter, or by two neighbours that changed places."""
    if abs(len(one) - len(other)) > 1:
        return False
    pairs = zip(one, other, strict=False)
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    a, b = one[same:], other[same:]
    swapped = len(a) > 1 and a[1] + a[0] + a[2:] == b
    return swapped or a[1:] == b[1:] or a[1:] == b or a == b[1:]


def _warned(reading: Reading, each: Address, warnings: Phrases) -> str:
    """Return the words that warn against an address, if nobody can follow it by a tap."""
    if each.scheme:
        return ""
    place = Span(each.start, each.end)
    said_in = next(span for span in reading.sentences if span.overlaps(*place))
    for term in warnings.of(reading):
        if said_in.start <= reading.words[term.first].start < said_in.end:
            return EXCUSED.format(words=term.entry)
    return ""
