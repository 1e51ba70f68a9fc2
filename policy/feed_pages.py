"""Web pages in which updates stand or are named: Telegram's previews, YouTube's channels."""

from datetime import UTC, datetime
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

from policy.feed_entries import decoded, newest
from policy.feeds import YOUTUBE
from policy.updates import Entry, key_of

NO_PREVIEW = "this channel of Telegram cannot be read without an account: is it public?"
NO_CHANNEL = "there is no channel of YouTube at this address"

FEEDS = ("application/rss+xml", "application/atom+xml")
_MESSAGE, _DATE = "tgme_widget_message", "tgme_widget_message_date"
_HISTORY = "tgme_channel_history"
_NOT_NEW = frozenset(
    {"tgme_widget_message_forwarded_from", "tgme_widget_message_reply", "service_message"}
)
#: Elements that have no end.
_VOID = frozenset(
    "area base br col embed hr img input link meta param source track wbr".split()  # noqa: SIM905
)

Attributes = list[tuple[str, str | None]]


def telegram_posts(body: bytes, media_type: str = "") -> list[Entry]:
    """List the posts that a preview of a channel shows. Raises `ValueError` if it shows none."""
    preview = _Preview()
    preview.feed(decoded(body, media_type))
    preview.close()
    preview.finish()
    if not preview.is_channel:
        raise ValueError(NO_PREVIEW)
    return newest(preview.posts)


class _Preview(HTMLParser):
    """Gathers the posts of a page: each is an element, in which its moment and its marks stand."""

    def __init__(self) -> None:
        super().__init__()
        self.posts: list[Entry] = []
        self.is_channel = False
        self._depth = 0  # of elements within the post
        self._post, self._at = "", ""
        self._is_repost = self._in_date = False

    def handle_starttag(self, tag: str, attributes: Attributes) -> None:
        """Note what an element says of the post it stands in."""
        given = dict(attributes)
        classes = frozenset((given.get("class") or "").split())
        self.is_channel = self.is_channel or _HISTORY in classes
        if _MESSAGE in classes and given.get("data-post"):
            self.finish()
            self._post, self._depth = given["data-post"] or "", 0
        if not self._post:
            return
        self._is_repost = self._is_repost or bool(classes & _NOT_NEW)
        self._in_date = self._in_date or _DATE in classes
        if tag == "time" and self._in_date and given.get("datetime"):
            self._at = given["datetime"] or ""
        if tag not in _VOID:
            self._depth += 1

    def handle_endtag(self, tag: str) -> None:
        """Take a post once its element ends."""
        if self._post and tag not in _VOID:
            self._depth -= 1
            if self._depth <= 0:
                self.finish()

    def finish(self) -> None:
        """Take the post that was begun, if there is one."""
        if self._post:
            link = f"https://t.me/{self._post}"
            self.posts.append(Entry(key_of(self._post), link, _moment(self._at), self._is_repost))
        self._post, self._at = "", ""
        self._is_repost = self._in_date = False


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)


def youtube_feed(body: bytes, media_type: str = "") -> str:
    """Return the feed that the page of a channel names. Raises `ValueError` if it names none."""
    page = _Links()
    page.feed(decoded(body, media_type))
    page.close()
    for link in page.found:
        parts = urlsplit(link)
        named = parse_qs(parts.query).get("channel_id")
        if named and link.startswith(f"{YOUTUBE}?"):
            return f"{YOUTUBE}?channel_id={named[0]}"
    raise ValueError(NO_CHANNEL)


class _Links(HTMLParser):
    """Gathers the feeds that a page names."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attributes: Attributes) -> None:
        """Note a feed."""
        given = dict(attributes)
        if tag == "link" and given.get("type") in FEEDS and given.get("href"):
            self.found.append(given["href"] or "")
