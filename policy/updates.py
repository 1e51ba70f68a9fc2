"""What counts as an update of a page when it is read in a feed, and when the feed is read again."""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import parse_qsl, urlencode, urlsplit

OLDEST = timedelta(days=60)  # what is older counts no more when it is first seen
SKEW = timedelta(hours=1)  # so far may a clock be ahead of ours

SOONEST, LATEST = timedelta(minutes=30), timedelta(minutes=60)  # between two readings
LONGEST_WAIT = timedelta(days=1)
BROKEN_AFTER = 3  # failures in a row ...
BROKEN_FOR = timedelta(days=1)  # ... over so long a time

#: What is added to a link to follow who clicks it.
TRACKING = re.compile(
    r"utm_\w+|mc_[ce]id|fbclid|gclid|dclid|msclkid|igshid|igsh|mibextid|ref_src|ref_url",
    re.IGNORECASE,
)
#: Where no post is told from another by what stands after a question mark.
_WITHOUT_QUERY = frozenset({"t.me", "x.com", "bsky.app", "instagram.com"})
_SAME_HOST = {
    "twitter.com": "x.com",
    "telegram.me": "t.me",
    "telegram.dog": "t.me",
    "fb.com": "facebook.com",
}
_VIDEO = re.compile(r"/(?:shorts|live|embed|v)/([\w-]{11})")
_SUBDOMAINS = ("www.", "m.", "mobile.", "web.", "amp.", "old.")


@dataclass(frozen=True)
class Entry:
    """Something that stands in a feed. Its words are not kept."""

    key: str  # a digest of its id, by which it is remembered
    link: str = ""
    at: datetime | None = None
    repost: bool = False  # somebody else's words, or an answer to somebody


@dataclass(frozen=True)
class Trouble:
    """Why a feed could not be read. `lasting`: trying again soon is of no use."""

    why: str
    lasting: bool = False
    gone: bool = False  # it said that it will not come back
    wait: timedelta = timedelta(0)  # it asked to be left alone for so long


def key_of(identity: str) -> str:
    """Return by what an entry is remembered: an id may be as long as its feed likes."""
    return hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()


def moment_of(
    entry: Entry, *, now: datetime, since: datetime, is_first_reading: bool
) -> datetime | None:
    """Return when an entry that was not seen before updated its page, or nothing: no update.

    One without a date counts when it is first seen, except in the first reading, when it may
    have been there for years.
    """
    if entry.repost:
        return None
    if entry.at is None:
        return None if is_first_reading else now
    if entry.at < max(since, now - OLDEST) or entry.at > now + SKEW:
        return None
    return min(entry.at, now)


def same_post(link: str) -> str:
    """Return a link without what may differ between two links to one post."""
    try:
        parts = urlsplit(link.strip())
        port = parts.port
    except ValueError:
        return link.strip()
    host = (parts.hostname or "").rstrip(".")
    for each in _SUBDOMAINS:
        host = host.removeprefix(each)
    host = _SAME_HOST.get(host, host)
    if port not in (None, 80, 443):
        host = f"{host}:{port}"
    path, given = parts.path.rstrip("/"), parse_qsl(parts.query, keep_blank_values=True)
    query = [pair for pair in given if not TRACKING.fullmatch(pair[0])]
    if host == "youtu.be":
        return f"youtube.com/watch?v={path[1:]}"
    if host == "youtube.com" and (video := _VIDEO.match(path)):
        return f"youtube.com/watch?v={video[1]}"
    if host == "youtube.com" and path == "/watch":
        query = [pair for pair in query if pair[0] == "v"]
    if host in _WITHOUT_QUERY:
        query = []
    if host == "t.me":
        path = re.sub(r"^/s/", "/", path).lower()
    return host + path + (f"?{urlencode(sorted(query))}" if query else "")


def next_reading(now: datetime, failures: int, trouble: Trouble | None, seed: str) -> datetime:
    """Return when a feed is read again: not at the same time as others, and later if it fails."""
    wait = SOONEST + (LATEST - SOONEST) * _spread(f"{seed} {now.isoformat()}")
    if trouble is not None:
        doubled = LONGEST_WAIT if trouble.lasting else wait * 2 ** min(failures, 10)
        wait = max(min(doubled, LONGEST_WAIT), min(trouble.wait, 2 * LONGEST_WAIT))
    return now + wait


def is_broken(failures: int, since: datetime | None, now: datetime, *, lasting: bool) -> bool:
    """Tell whether a feed has failed so long, or so surely, that somebody has to look at it."""
    if since is None:
        return False
    return lasting or (failures >= BROKEN_AFTER and now - since >= BROKEN_FOR)


def _spread(seed: str) -> float:
    """Return a number from 0 to 1 that looks like chance, and is the same for the same seed."""
    return int.from_bytes(hashlib.sha256(seed.encode()).digest()[:4]) / 2**32
