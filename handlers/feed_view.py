"""How the feed of a page stands, in one line."""

from collections.abc import Iterator

from handlers.chat import Line, line
from handlers.context import Context
from handlers.times import moment
from storage import feeds
from storage.models import Office, Page

READ = "Its feed was read last: {moment}"
COMING = "Its feed is read soon for the first time."
TROUBLE = "Its feed cannot be read: {why}"


def feed_lines(ctx: Context, page: Page, office: Office) -> Iterator[Line]:
    """Say when a page's feed was read, or why it cannot be read; nothing if it has none."""
    feed = feeds.of(ctx.db, page)
    if feed is None or not page.feed:
        return
    if feed.trouble:
        yield line(TROUBLE, why=feed.trouble)
    elif feed.read_at is None:
        yield line(COMING)
    else:
        yield line(READ, moment=moment(feed.read_at, office))
