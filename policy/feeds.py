"""Where a page's updates can be read: which address is meant, and what is read for it."""

import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import SplitResult, parse_qs, urlencode, urlsplit

LONGEST = 2000
YOUTUBE = "https://www.youtube.com/feeds/videos.xml"

NO_ADDRESS = "“{given}” is not a web address. It starts with https://"
NO_USER = "An address with a user name or a password in it cannot be read as a feed: take them out."
NO_PORT = "Only addresses on the usual ports (80 and 443) can be read as feeds."
NO_NUMBER = "“{host}” is a number, not the name of a web site: write the name."
NO_FEED = (
    "{label} hands out no feed. Leave `feed` out: the page's updates count when a draft is marked "
    "as posted, and with /page updated."
)
NO_PREVIEW = (
    "Only a public channel of Telegram can be read, with an address like https://t.me/channel"
)
NO_CHANNEL = (
    "I can read a channel or a playlist of YouTube, with an address like "
    "https://www.youtube.com/@channel, not this page of it."
)

#: Sites that have no feeds, or not without an account.
WITHOUT = {
    "facebook.com": "Facebook",
    "fb.com": "Facebook",
    "instagram.com": "Instagram",
    "linkedin.com": "LinkedIn",
    "threads.com": "Threads",
    "threads.net": "Threads",
    "tiktok.com": "TikTok",
    "twitter.com": "X",
    "whatsapp.com": "WhatsApp",
    "x.com": "X",
}
_CHANNEL_ID = re.compile(r"UC[\w-]{22}", re.ASCII)
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*", re.IGNORECASE | re.ASCII)
_IPV4 = re.compile(r"(?:(?:0|[1-9]\d{0,2})\.){3}(?:0|[1-9]\d{0,2})", re.ASCII)
_TELEGRAM = re.compile(r"/(?:s/)?([A-Za-z]\w{3,31})(?:/\d+)?", re.ASCII)
_MASTODON = re.compile(r"/(@[\w.-]+|users/[\w.-]+)", re.ASCII)
_BLUESKY = re.compile(r"/profile/([\w.:-]+)", re.ASCII)
_YOUTUBE_PAGE = re.compile(r"/(?:@[^/]+|(?:c|user)/[^/]+)")


class Format(StrEnum):
    """What is found at an address."""

    FEED = "feed"  # RSS or Atom
    TELEGRAM = "telegram"  # the preview of a public channel
    YOUTUBE = "youtube"  # a channel's page, which names the channel's feed


@dataclass(frozen=True)
class Reading:
    """What is read for a page: an address, and what is found there."""

    url: str
    format: Format = Format.FEED


def reading_of(given: str) -> Reading:
    """Return what is read for an address that somebody gave, or for one of ours.

    Raises `ValueError` that says what to do where nothing can be read.
    """
    given = given.strip()
    if _CHANNEL_ID.fullmatch(given):
        return Reading(f"{YOUTUBE}?channel_id={given}")
    parts = acceptable(given)
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    path = parts.path.rstrip("/")
    for site, label in WITHOUT.items():
        if host == site or host.endswith(f".{site}"):
            raise ValueError(NO_FEED.format(label=label))
    match host:
        case "youtube.com":
            return _youtube(given, parts, path)
        case "t.me" | "telegram.me" | "telegram.dog":
            return _telegram(path)
        case "bsky.app" if (profile := _BLUESKY.fullmatch(path)) is not None:
            return Reading(f"https://bsky.app/profile/{profile[1]}/rss")
        case "medium.com" if path.startswith("/@"):
            return Reading(f"https://medium.com/feed{path}")
    if _MASTODON.fullmatch(path) and not path.endswith((".rss", ".atom")):
        return Reading(f"{parts.scheme}://{parts.netloc}{path}.rss")
    return Reading(given.partition("#")[0])


def acceptable(given: str) -> SplitResult:
    """Take an address apart. Raises `ValueError` for one that is never read, wherever it leads."""
    words = NO_ADDRESS.format(given=given[:200])
    try:
        parts = urlsplit(given)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise ValueError(words) from None
    strange = not given.isprintable() or len(given.split()) != 1
    strange = strange or "\\" in given or "%" in parts.netloc
    if parts.scheme not in ("http", "https") or not host or strange or len(given) > LONGEST:
        raise ValueError(words)
    if "@" in parts.netloc:
        raise ValueError(NO_USER)
    if port not in (None, 80, 443):
        raise ValueError(NO_PORT)
    refuse_numbers(host)
    return parts


def refuse_numbers(host: str) -> None:
    """Refuse hosts like `2130706433`, `0x7f.1` and `0177.0.0.1`, each of which is 127.0.0.1."""
    last = host.rstrip(".").rpartition(".")[2]
    if ":" not in host and _NUMBER.fullmatch(last) and not _IPV4.fullmatch(host):
        raise ValueError(NO_NUMBER.format(host=host[:100]))


def _youtube(given: str, parts: SplitResult, path: str) -> Reading:
    query = parse_qs(parts.query)
    if path == "/feeds/videos.xml":
        return Reading(given)
    if path.startswith("/channel/") and _CHANNEL_ID.fullmatch(path.split("/")[2]):
        return Reading(f"{YOUTUBE}?channel_id={path.split('/')[2]}")
    if path == "/playlist" and query.get("list"):
        return Reading(f"{YOUTUBE}?{urlencode({'playlist_id': query['list'][0]})}")
    if page := _YOUTUBE_PAGE.match(path):
        return Reading(f"https://www.youtube.com{page[0]}", Format.YOUTUBE)
    raise ValueError(NO_CHANNEL)


def _telegram(path: str) -> Reading:
    channel = _TELEGRAM.fullmatch(path)
    if channel is None or channel[1] in ("joinchat", "addstickers", "share"):
        raise ValueError(NO_PREVIEW)
    return Reading(f"https://t.me/s/{channel[1]}", Format.TELEGRAM)
