"""What was read in a page's feed: its updates are counted, and how the feed stands is noted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC

from handlers.chat import Button, Message, line
from handlers.context import Context
from policy.updates import Entry, Trouble, is_broken, moment_of, next_reading, same_post
from storage import feeds, pages, people
from storage.models import Office, Page, PageFeed, Source

#: Who counts, in the record.
FEED = "feed"
COUNTED = "page updated"
WORKS = "feed works again"

READ = "I have read the feed of {name}: {what}"
NOTHING_NEW, ONE_NEW, MANY_NEW = "nothing new.", "one new update.", "{count} new updates."
STILL = "I still cannot read the feed of {name}: {why}."
AGAIN = "Read it again"


@dataclass(frozen=True)
class Found:
    """What was read: entries (none: it is what it was), and what to say to the server next time."""

    entries: Sequence[Entry] = ()
    url: str = ""  # where it was found, if that is another address than before
    etag: str = ""
    modified: str = ""
    is_unchanged: bool = False


def again(page: Page) -> Button:
    """Offer to read a feed at once."""
    return Button(AGAIN, "read-feed", str(page.id))


def take(ctx: Context, feed: PageFeed, found: Found) -> None:
    """Count what is new in a feed, and note that it works."""
    page = pages.get(ctx.db, feed.page_id)
    office = people.office(ctx.db, page.office_id)
    count = _count(ctx, page, office, feed, found.entries) if pages.is_live(page) else 0
    if feed.is_reported and feed.asked_by_id in {page.owner_id, page.deputy_id} - {None}:
        feed.is_reported = False  # who looks after it hears it now
        ctx.record("bot", WORKS, pages.subject(page), office=office)
    feed.read_at = ctx.now
    feed.failures, feed.broken_since, feed.trouble, feed.is_broken = 0, None, "", False
    if not found.is_unchanged:
        feed.etag, feed.modified = found.etag, found.modified
    feed.url = found.url or feed.url
    feed.due_at = next_reading(ctx.now, 0, None, feed.url)
    what = {0: NOTHING_NEW, 1: ONE_NEW}.get(count, MANY_NEW.format(count=count))
    _answer(ctx, feed, Message((line(READ, name=page.name, what=what),)))
    ctx.db.add(feed)


def fail(ctx: Context, feed: PageFeed, trouble: Trouble) -> None:
    """Note that a feed could not be read, and when it is tried again."""
    page = pages.get(ctx.db, feed.page_id)
    feed.failures += 1
    feed.broken_since = feed.broken_since or ctx.now
    feed.trouble = trouble.why
    feed.is_broken = feed.is_broken or is_broken(
        feed.failures, feed.broken_since, ctx.now, lasting=trouble.lasting
    )
    feed.due_at = next_reading(ctx.now, feed.failures, trouble, feed.url)
    if trouble.gone:
        feed.due_at = feeds.NEVER
    said = (line(STILL, name=page.name, why=trouble.why),)
    _answer(ctx, feed, Message(said, (again(page),)))
    ctx.db.add(feed)


def _count(
    ctx: Context, page: Page, office: Office, feed: PageFeed, entries: Sequence[Entry]
) -> int:
    """Count each entry that was not seen before and is news. Returns how many."""
    new = feeds.remember(ctx.db, page, {entry.key for entry in entries}, ctx.now)
    is_first = feed.read_at is None
    posts = pages.counted_posts(ctx.db, page, ctx.now) if new else set()
    count = 0
    for entry in entries:
        if entry.key not in new:
            continue
        at = moment_of(entry, now=ctx.now, since=page.started_at, is_first_reading=is_first)
        post = same_post(entry.link)
        if at is None or post in posts:
            continue
        if post and post != same_post(page.url):  # it names the post, and not only the page
            posts.add(post)
        pages.add_update(ctx.db, page, at=at, source=Source.FEED, link=entry.link)
        when = at.astimezone(UTC).isoformat()
        ctx.record(
            FEED, COUNTED, pages.subject(page), office=office, link=entry.link, published=when
        )
        count += 1
    return count


def _answer(ctx: Context, feed: PageFeed, said: Message) -> None:
    """Tell whoever asked for this reading how it went, once."""
    if feed.asked_by_id is not None:
        ctx.tell(people.get(ctx.db, feed.asked_by_id), said)
        feed.asked_by_id = None
