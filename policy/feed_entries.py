"""Taking a feed apart: its entries, whichever of the many ways of writing one it has.

What is read here was written by strangers, and feedparser needs minutes for some of it: call this
in a process that can be ended.
"""

import codecs
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from time import struct_time
from typing import Any
from urllib.parse import urlsplit

from policy.updates import Entry, key_of

MOST = 1000  # entries of one feed that are looked at ...
NEWEST = 100  # ... and taken: the others were there before, or nobody counts them
LONGEST_LINK = 2000

NO_FEED = "there is no feed at this address"
WEB_PAGE = "there is a web page at this address, not a feed"
ENTITIES = "it defines entities of its own, which is not safe to read"
ENCODING = "it is written in the encoding {name}, which I cannot read"

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9._-]{1,40})", re.IGNORECASE)
#: Encodings in which XML is written. Others can hide what is looked for in a text.
_ENCODINGS = re.compile(
    r"utf-8|utf-16(-[bl]e)?|ascii|iso8859-\d+|cp125\d|cp874|koi8-[ru]|gb2312|gbk|gb18030|big5|"
    r"shift_jis|euc_jp|euc_kr|cp949|tis-620"
)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_HTML = re.compile(r"^\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)
_START = re.compile(r"<(?:\w{1,20}:)?(?:item|entry)[\s>]")
_END = re.compile(r"</(?:\w{1,20}:)?(?:item|entry)\s*>")
_SHARED = "/share"  # the end of the verb of an Atom entry that passes on another's words


def entries(body: bytes, url: str, media_type: str = "") -> list[Entry]:
    """List the entries of RSS or Atom. Raises `ValueError` with the reason if it is neither."""
    text = decoded(body, media_type)
    if _HTML.match(text):
        raise ValueError(WEB_PAGE)
    if "<!ENTITY" in text:
        raise ValueError(ENTITIES)
    found = _parsed(_shortened(text), url)
    if not found.get("version"):
        raise ValueError(NO_FEED)
    author = _profile(found.get("feed", {}).get("link", ""), url)
    return newest(_distinct(_entry(each, author) for each in found["entries"][:MOST]))


def newest(found: Iterable[Entry]) -> list[Entry]:
    """Take the newest entries; those without a date come last, in their order."""
    start = datetime.min.replace(tzinfo=UTC)
    return sorted(found, key=lambda each: each.at or start, reverse=True)[:NEWEST]


def decoded(body: bytes, media_type: str = "") -> str:
    """Read bytes as text. Raises `ValueError` for an encoding that nobody should use."""
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return body.decode(encoding, "replace")
    declared = _DECLARED.match(body[:1000])
    charset = _CHARSET.search(media_type)
    name = declared[1].decode() if declared else charset[1] if charset else "utf-8"
    try:
        known = codecs.lookup(name).name
    except LookupError:
        known = ""
    if not _ENCODINGS.fullmatch(known):
        raise ValueError(ENCODING.format(name=name))
    return body.decode(known, "replace")


def _parsed(text: str, url: str) -> Any:
    """Give feedparser a stream: what it is given as bytes, it takes for the name of a file."""
    import feedparser  # only here: the running bot has no use for it

    plain = _DECLARATION.sub("", text.replace("\0", ""), count=1)
    stream = io.BytesIO(plain.encode("utf-8", "replace"))
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": url}
    return feedparser.parse(stream, response_headers=headers, sanitize_html=True)


def _shortened(text: str) -> str:
    """Take out the entries beyond those that are looked at, and keep what closes the document."""
    starts = [match.start() for match in _START.finditer(text)]
    if len(starts) <= MOST:
        return text
    end = max((match.end() for match in _END.finditer(text)), default=len(text))
    return text[: starts[MOST]] + text[max(end, starts[MOST]) :]


def _entry(found: Any, author: str) -> tuple[str, Entry]:
    link = web_link(found.get("link", ""))
    dates = (_moment(dict.get(found, name)) for name in _DATES)  # its own `get` guesses, and warns
    at = next(filter(None, dates), None)
    identity = found.get("id") or link or f"{found.get('title', '')} {at or ''}".strip()
    answers = "thr_in-reply-to" in found
    shared = str(found.get("activity_verb", "")).endswith(_SHARED)
    by_others = bool(author) and _profile(link, link) not in ("", author)
    return str(identity), Entry("", link, at, answers or shared or by_others)


_DATES = ("published_parsed", "created_parsed", "updated_parsed")


def _moment(parsed: struct_time | None) -> datetime | None:
    if parsed is None:
        return None
    try:
        return datetime(*parsed[:5], min(parsed[5], 59), tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def _distinct(found: Iterable[tuple[str, Entry]]) -> Iterator[Entry]:
    """Tell entries apart by their links where one id stands in several; drop those without any."""
    listed = [(identity, entry) for identity, entry in found if identity]
    often = Counter(identity for identity, _ in listed)
    seen: set[str] = set()
    for identity, entry in listed:
        key = key_of(identity if often[identity] == 1 else f"{identity} {entry.link}")
        if key not in seen:
            seen.add(key)
            yield replace(entry, key=key)


def web_link(link: object) -> str:
    """Return a link that people can follow, or nothing."""
    if not isinstance(link, str) or not link.startswith(("https://", "http://")):
        return ""
    whole = len(link.split()) == 1 and link.isprintable() and len(link) <= LONGEST_LINK
    return link if whole else ""


def _profile(link: str, url: str) -> str:
    """Name whose words stand at an address, where the address says so: on Mastodon and Bluesky."""
    try:
        parts = urlsplit(link or url)
    except ValueError:
        return ""
    first, *rest = parts.path.strip("/").split("/")
    if parts.hostname == "bsky.app" and first == "profile" and rest:
        return f"bsky.app {rest[0].lower()}"
    if first == "users" and rest:
        first = f"@{rest[0]}"
    is_user = first.startswith("@") and parts.hostname != "medium.com"
    return f"{parts.hostname} {first.removesuffix('.rss').lower()}" if is_user else ""
