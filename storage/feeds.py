"""The feeds of pages: which there are, which are to be read, and what was seen in them."""

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, insert
from sqlmodel import Session, col, or_, select

from storage import pages
from storage.models import FeedEntry, Office, Page, PageFeed

#: How long one reading may take, with everything it waits for.
LEASE = timedelta(minutes=2)
#: What is read again at no time, unless somebody asks.
NEVER = datetime(9000, 1, 1, tzinfo=UTC)
#: How long an entry that has left its feed is remembered.
REMEMBERED = timedelta(days=180)


def is_read() -> ColumnElement[bool]:
    """Tell, in a query, whether a page's feed is to be read: it has one, and is live."""
    return (col(Page.feed) != "") & pages.live_ones()


def of(db: Session, page: Page) -> PageFeed | None:
    """Return how the feed of a page stands, if one is read."""
    return db.get(PageFeed, page.id)


def locked(db: Session, page_id: int) -> PageFeed | None:
    """Load how a feed stands, and hold it until the transaction ends."""
    return db.exec(
        select(PageFeed)
        .where(PageFeed.page_id == page_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()


def changed_in(db: Session) -> Sequence[int]:
    """List the offices that have pages whose feed is not yet read as they want it."""
    found = select(Page.office_id).join(PageFeed, _of_page(), isouter=True).where(_is_changed())
    return db.exec(found.distinct().order_by(col(Page.office_id))).all()


def changed(db: Session, office: Office) -> Sequence[Page]:
    """List an office's pages whose feed is not yet read as they want it."""
    found = select(Page).join(PageFeed, _of_page(), isouter=True).where(_is_changed())
    return db.exec(found.where(Page.office_id == office.id).order_by(col(Page.id))).all()


def _of_page() -> ColumnElement[bool]:
    return col(PageFeed.page_id) == col(Page.id)


def _is_changed() -> ColumnElement[bool]:
    is_new = is_read() & col(PageFeed.address).is_distinct_from(col(Page.feed))
    return or_(is_new, (col(Page.feed) == "") & col(PageFeed.page_id).is_not(None))


def begin(db: Session, feed: PageFeed) -> None:
    """Read a feed from now on, in place of what was read for its page before."""
    db.merge(feed)
    db.flush()


def end(db: Session, page: Page) -> None:
    """Read nothing for a page any more; what was seen stays seen."""
    db.exec(delete(PageFeed).where(col(PageFeed.page_id) == page.id))


def claim(db: Session, now: datetime, most: int = 1) -> Sequence[PageFeed]:
    """Take the feeds that have been due longest, for the length of a lease."""
    found = db.exec(
        select(PageFeed)
        .join(Page, col(Page.id) == col(PageFeed.page_id))
        .join(Office, col(Office.id) == col(Page.office_id))
        .where(col(PageFeed.due_at) <= now, is_read(), col(Office.active))
        .order_by(col(PageFeed.due_at), col(PageFeed.page_id))
        .limit(most)
        .with_for_update(of=PageFeed, skip_locked=True)
    ).all()
    for feed in found:
        feed.due_at = now + LEASE
        db.add(feed)
    db.flush()
    return found


def remember(db: Session, page: Page, keys: Collection[str], now: datetime) -> set[str]:
    """Note that entries were seen, by whoever holds the feed. Returns those that are new."""
    known = db.exec(
        select(FeedEntry.entry).where(FeedEntry.page_id == page.id, col(FeedEntry.entry).in_(keys))
    )
    new = set(keys) - set(known)
    if new:
        rows = [{"page_id": page.id, "entry": key, "seen_at": now} for key in sorted(new)]
        db.execute(insert(FeedEntry), rows)
        _forget(db, page, keys, now)
    return new


def _forget(db: Session, page: Page, keys: Iterable[str], now: datetime) -> None:
    old = delete(FeedEntry).where(
        col(FeedEntry.page_id) == page.id,
        col(FeedEntry.seen_at) < now - REMEMBERED,
        col(FeedEntry.entry).not_in(keys),
    )
    db.exec(old)


def news_in(db: Session) -> Sequence[int]:
    """List the offices with feeds that broke, or work again, and nobody was told."""
    found = select(Page.office_id).join(PageFeed, _of_page()).where(_is_news())
    return db.exec(found.distinct().order_by(col(Page.office_id))).all()


def news(db: Session, office: Office) -> list[tuple[Page, PageFeed]]:
    """List an office's feeds that broke, or work again, and nobody was told; and hold them."""
    found = select(Page, PageFeed).join(PageFeed, _of_page()).where(_is_news())
    mine = found.where(Page.office_id == office.id).order_by(Page.name)
    held = mine.with_for_update(of=PageFeed).execution_options(populate_existing=True)
    return [(page, feed) for page, feed in db.exec(held)]


def _is_news() -> ColumnElement[bool]:
    return is_read() & (col(PageFeed.is_broken) != col(PageFeed.is_reported))


def broken(db: Session) -> int:
    """Count the feeds that will not mend themselves."""
    found = select(func.count()).select_from(PageFeed).join(Page, _of_page())
    return db.exec(found.where(is_read(), col(PageFeed.is_broken))).one()
