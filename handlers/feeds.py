"""Feeds: what is new is read where a page publishes it; its owner hears when that breaks."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta

from handlers.chat import Line, Message, Press, line
from handlers.context import Context, Refusal
from handlers.feed_results import WORKS as MENDED
from handlers.feed_results import again
from handlers.reading import number
from handlers.router import Router
from policy.feeds import reading_of
from storage import absences, clock, feeds, pages, people
from storage.models import Office, Page, PageFeed, Person

router = Router()

BROKEN = "**I cannot read the feed of {name}**, so I cannot count what is new there: {why}."
ADDRESS = "Its address: {address}"
WHAT_NOW = (
    "Open the address in a browser. If the feed has moved, have the page's feed changed; if it is "
    "well, let me read it again. Until then count what is new with /page updated <link>."
)
STOPPED = "I do not try again by myself."
WORKS = "**I can read the feed of {name} again.** What was new meanwhile is counted."
READING = "I am reading the feed of {name} now, and tell you how it went."
NOT_READ = "No feed is read for {name}."
UNKNOWN = "That is not a page of an office of yours."
MOST_BUTTONS = 20

News = list[tuple[Page, PageFeed]]


@router.office_job(every=timedelta(minutes=5), among=feeds.changed_in)
def follow_pages(ctx: Context, office: Office) -> None:
    """Read a feed for each page that has one, from now on, and none for those that have none."""
    pages.held(ctx.db, [page.id for page in feeds.changed(ctx.db, office)])
    for page in feeds.changed(ctx.db, office):  # unless another replica just did
        if not page.feed:
            feeds.end(ctx.db, page)
            ctx.record("bot", "feed no longer read", pages.subject(page), office=office)
            continue
        feed = set_up(ctx, page)
        feeds.begin(ctx.db, feed)
        ctx.record("bot", "feed set up", pages.subject(page), office=office, url=feed.url)


def set_up(ctx: Context, page: Page) -> PageFeed:
    """Begin with the feed of a page. What cannot be one is broken from the start."""
    blank = PageFeed(page_id=page.id, address=page.feed, url="", due_at=ctx.now)
    try:
        blank.url = reading_of(page.feed).url
    except ValueError as error:
        blank.trouble = str(error).removesuffix(".")
        blank.is_broken, blank.broken_since, blank.due_at = True, ctx.now, feeds.NEVER
    return blank


@router.office_job(every=timedelta(minutes=15), among=feeds.news_in)
def report_feeds(ctx: Context, office: Office) -> None:
    """Say once that a feed broke, and once that it works again: all of one person's together."""
    if not clock.of(office).is_open(ctx.now, grace=clock.GRACE):
        return
    hearing: dict[int, Person] = {}
    news: dict[int, News] = defaultdict(list)
    for page, feed in feeds.news(ctx.db, office):
        for person in who_hears(ctx, page, office):
            hearing[person.id] = person
            news[person.id].append((page, feed))
            feed.is_reported = feed.is_broken
            ctx.db.add(feed)
        if feed.is_reported == feed.is_broken:
            what = "feed reported as broken" if feed.is_broken else MENDED
            ctx.record("bot", what, pages.subject(page), office=office, why=feed.trouble)
    for person_id, found in news.items():
        ctx.tell(hearing[person_id], report(found))


def who_hears(ctx: Context, page: Page, office: Office) -> list[Person]:
    """Choose who hears of a page's feed: its owner, else who stands in, else the administrators."""
    members = {member.person.id: member.person for member in people.members(ctx.db, office)}
    for person_id in (page.owner_id, page.deputy_id):
        if person_id in members:
            here = absences.stand_ins(ctx.db, office, [members[person_id]], ctx.now)
            if here:
                return here
    return absences.stand_ins(ctx.db, office, people.admins(ctx.db, office), ctx.now)


def report(found: News) -> Message:
    """Write one message about several feeds."""
    broken = [(page, feed) for page, feed in found if feed.is_broken]
    lines = [each for page, feed in found for each in _lines(page, feed)]
    if broken:
        lines.append(line(WHAT_NOW))
    return Message(tuple(lines), tuple(again(page) for page, _ in broken[:MOST_BUTTONS]))


def _lines(page: Page, feed: PageFeed) -> Iterator[Line]:
    if not feed.is_broken:
        yield line(WORKS, name=page.name)
        return
    yield line(BROKEN, name=page.name, why=feed.trouble)
    yield line(ADDRESS, address=feed.address)
    if feed.due_at == feeds.NEVER:
        yield line(STOPPED)


@router.press("read-feed")
def read_again(press: Press, ctx: Context) -> None:
    """Read a feed at once, for somebody of its office."""
    person, wanted = ctx.person(), number(press.value)
    found = [(page, office) for page, office in pages.open_to(ctx.db, person) if page.id == wanted]
    if not found:
        raise Refusal(UNKNOWN)
    [(page, office)] = found
    feed = feeds.locked(ctx.db, page.id)
    if feed is None or not page.feed:
        raise Refusal(NOT_READ, name=page.name)
    fresh = set_up(ctx, page)
    if not fresh.url:
        raise Refusal(BROKEN, name=page.name, why=fresh.trouble)
    feed.due_at, feed.asked_by_id = ctx.now, person.id
    feed.etag = feed.modified = ""  # so that it comes whole
    feed.url = fresh.url
    ctx.db.add(feed)
    ctx.record(person, "feed to be read again", pages.subject(page), office=office)
    ctx.reply(READING, name=page.name)
