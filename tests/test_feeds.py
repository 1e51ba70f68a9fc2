"""Feeds: what is counted, how often, and what the people who look after a page hear."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from bot.feeds import Feeds
from bot.fetching import Fetched, Known, NotRead
from bot.parse_feeds import parse
from bot.parsing import Parsed
from handlers.feeds import follow_pages, report_feeds
from policy.updates import Entry, Trouble
from storage import pages
from storage.db import transaction
from storage.models import AuditEntry, FeedEntry, Page, PageFeed, PageUpdate, Source
from tests.feeds import atom, entry, item, post, preview, rss

FEED = "https://works.example/feed"
LINK = "https://facebook.example/works/posts/{}"
NOW = datetime(2026, 8, 12, 4, tzinfo=UTC)  # Wednesday, 10:00 in Dhaka
HOUR = timedelta(hours=1)


class Site:
    """What stands at each address, and who asked for it how."""

    def __init__(self):
        self.shown = {}
        self.asked = []

    def shows(self, body, url=FEED, **marks):
        self.shown[url] = (body, Known(**marks))

    def fails(self, why="works.example does not answer", url=FEED, **more):
        self.shown[url] = Trouble(why, **more)

    async def fetch(self, url, known):
        self.asked.append(url)
        match self.shown[url]:
            case Trouble() as trouble:
                raise NotRead(trouble)
            case (_, marks) if marks == known != Known():
                return Fetched(url, None)
            case (body, marks):
                return Fetched(url, body, "text/xml", marks)


async def in_this_process(body, format, url, media_type):
    """Take a document apart without starting a process for each test."""
    found = parse(body, format.value, url, media_type)
    if "refused" in found:
        raise ValueError(found["refused"])
    moments = [
        Entry(key, link, datetime.fromisoformat(at) if at else None, repost)
        for key, link, at, repost in found.get("entries", ())
    ]
    return Parsed(tuple(moments), found.get("feed", ""))


@pytest.fixture
def site():
    return Site()


@pytest.fixture
def reads(office, site):
    """A function that winds the clock, lets the bot read what is due, and lets it tell."""
    office.clock = NOW

    def reads(**duration):
        office.later(follow_pages, **duration)
        asyncio.run(read(office, site))
        office.later(report_feeds)

    give(office, feed=FEED, started_at=NOW - timedelta(days=30))
    return reads


async def read(office, site):
    """Read what is due, twice, as two replicas would at the same time."""
    each = [
        Feeds(
            office.engine,
            context=office.dispatcher.context,
            now=lambda: office.clock,
            threads=office.dispatcher.threads,
            fetch=site.fetch,
            parse=in_this_process,
        )
        for _ in range(2)
    ]

    async def all_of(feeds):
        while await feeds.read_next():
            pass

    await asyncio.gather(*map(all_of, each))


def give(office, **columns):
    """Change the page."""
    with transaction(office.engine) as db:
        page = pages.get(db, 1)
        page.sqlmodel_update(columns)
        db.add(page)


def counted(office):
    """List the updates that were counted, as source, link and hours ago."""
    with transaction(office.engine) as db:
        found = db.exec(select(PageUpdate).order_by(PageUpdate.at, PageUpdate.id)).all()
        return [(u.source, u.link, (office.clock - u.at) / HOUR) for u in found]


def standing(office):
    with transaction(office.engine) as db:
        return db.get(PageFeed, 1)


def links(office):
    return [link for _, link, _ in counted(office)]


def test_what_is_new_in_a_feed_counts_once_with_its_moment_link_and_source(office, site, reads):
    site.shows(rss(item("1", NOW - HOUR, LINK.format(1))))
    reads()
    site.shows(rss(item("2", NOW, LINK.format(2)), item("1", NOW - HOUR, LINK.format(1))))
    for _ in range(3):
        reads(hours=2)
    found = [(source, link) for source, link, _ in counted(office)]
    assert found == [(Source.FEED, LINK.format(1)), (Source.FEED, LINK.format(2))]
    assert [hours for *_, hours in counted(office)] == [7.0, 6.0]
    office.says("amina", "/page")
    assert "2 of 2" in office.heard("amina")
    assert "(read in its feed)" in office.heard("amina")
    record = office.record(lambda row: row.subject == "page:1")
    assert record == [("bot", "feed set up")] + [("feed", "page updated")] * 2
    with transaction(office.engine) as db:
        rows = db.exec(select(AuditEntry).where(AuditEntry.actor == "feed")).all()
        assert [row.detail["link"] for row in rows] == [LINK.format(1), LINK.format(2)]
        assert rows[0].office == "Ministry of Works"
    assert office.verdict().broken is None


def test_the_first_reading_counts_what_is_younger_than_the_page_and_remembers_the_rest(
    office, site, reads
):
    give(office, started_at=NOW - timedelta(hours=5))
    old = (item("old", NOW - 6 * HOUR, LINK.format(1)), item("undated", None, LINK.format(2)))
    site.shows(rss(*old, item("young", NOW - 4 * HOUR, LINK.format(3))))
    reads()
    assert links(office) == [LINK.format(3)]
    site.shows(rss(*old, item("undated too", None, LINK.format(4))))
    reads(hours=2)
    assert links(office) == [LINK.format(3), LINK.format(4)]
    assert counted(office)[-1][-1] == 0.0, "without a date it is new when it is seen"


def test_an_edit_a_repost_and_an_answer_are_no_updates(office, site, reads):
    first = entry("tag:1", LINK.format(1), at="2026-08-12T03:00:00Z")
    site.shows(atom(first))
    reads()
    edited = first.replace("A road", "A bridge").replace("04:59", "05:59").replace("T03", "T05")
    answer = entry("tag:2", LINK.format(2), "<thr:in-reply-to ref='x'/>", at="2026-08-12T03:30:00Z")
    site.shows(atom(edited, answer))
    reads(hours=3)
    assert links(office) == [LINK.format(1)]


def test_what_is_dated_in_the_future_or_months_ago_is_remembered_and_never_counted(
    office, site, reads
):
    give(office, started_at=NOW - timedelta(days=300))
    far = item("far", NOW + timedelta(days=2), LINK.format(1))
    site.shows(rss(far, item("old", NOW - timedelta(days=61), LINK.format(2))))
    for _ in range(3):
        reads(days=1)
    assert counted(office) == []


def test_an_entry_that_comes_back_under_another_id_counts_once_by_its_link(office, site, reads):
    site.shows(rss(item("http://1", NOW, LINK.format(1))))
    reads()
    site.shows(rss(item("https://1", NOW, LINK.format(1) + "?utm_source=rss")))
    reads(hours=2)
    assert len(counted(office)) == 1


def test_entries_that_link_to_the_page_alone_are_told_apart_by_their_ids(office, site, reads):
    site.shows(rss(*(item(str(n), NOW, "https://facebook.example/works") for n in range(3))))
    reads()
    assert len(counted(office)) == 3


# The same post by two ways


def publish(office, link):
    office.says("amina", "/draft The bridge at Kanchpur is closed on Monday from 9 am.")
    for name in ("bo", "chen"):
        office.reacts(name, "👍", office.card())
    office.presses("amina", "Mark as posted")
    office.fills("amina", link=link)
    assert "counts as an update of Works on Facebook" in office.heard("amina")


@pytest.mark.parametrize("is_feed_first", [True, False])
def test_a_draft_that_is_posted_and_read_in_the_feed_counts_once_as_posted(
    office, site, reads, is_feed_first
):
    site.shows(rss())
    reads()
    if not is_feed_first:
        publish(office, f"{LINK.format(1)}?fbclid=x")
    site.shows(rss(item("1", NOW + HOUR, LINK.format(1).replace("https", "http"))))
    reads(hours=2)
    if is_feed_first:
        publish(office, f"{LINK.format(1)}?fbclid=x")
    [(source, _, _)] = counted(office)
    assert source is Source.PUBLISHED
    with transaction(office.engine) as db:
        [update] = db.exec(select(PageUpdate)).all()
        assert (update.draft_id, update.by_id) == (1, 1)


def test_what_somebody_said_and_the_feed_says_as_well_counts_once(office, site, reads):
    site.shows(rss())
    reads()
    office.says("amina", f"/page updated {LINK.format(1)}/")
    site.shows(rss(item("1", NOW + HOUR, LINK.format(1)), item("2", NOW + HOUR, LINK.format(2))))
    reads(hours=2)
    assert [source for source, *_ in counted(office)] == [Source.SAID, Source.FEED]
    office.says("amina", f"/page updated {LINK.format(2)}#comments")
    assert "counted already (read in its feed, Wed 12 Aug 2026 11:00" in office.heard("amina")
    office.says("amina", f"/page updated {LINK.format(1)}")
    assert "counted already (said with /page updated" in office.heard("amina")
    assert len(counted(office)) == 2
    for _ in range(2):
        office.says("amina", "/page updated https://facebook.example/works/")
    assert len(counted(office)) == 4, "the page's own address names no post"


# The formats


def test_a_channel_of_telegram_is_counted_without_what_it_passes_on(office, site, reads):
    give(office, feed="https://t.me/works")
    url, at = "https://t.me/s/works", NOW.isoformat()
    forwarded = '<div class="tgme_widget_message_forwarded_from">From</div>'
    site.shows(preview(post(1, at), post(2, at, [forwarded])), url)
    reads()
    assert links(office) == ["https://t.me/works/1"]
    assert site.asked == [url]


def test_the_feed_of_a_channel_of_youtube_is_found_once_and_read_from_then_on(office, site, reads):
    page, feed = (
        "https://www.youtube.com/@works",
        f"https://www.youtube.com/feeds/videos.xml?channel_id=UC{'a' * 22}",
    )
    give(office, feed=page)
    site.shows(f'<link type="application/rss+xml" href="{feed}">'.encode(), page)
    watch = "https://www.youtube.com/watch?v=abcdefghijk"
    site.shows(atom(entry("yt:video:abcdefghijk", watch, at=NOW.isoformat())), feed)
    reads()
    reads(hours=2)
    assert site.asked == [page, feed, feed]
    assert links(office) == [watch]


# When it is read


def test_a_feed_is_read_every_half_to_whole_hour_and_asked_only_for_what_is_newer(
    office, site, reads
):
    site.shows(rss(), etag='"1"')
    reads()
    for minutes in (29, 31):
        reads(minutes=minutes)
    assert site.asked == [FEED] * 2
    stands = standing(office)
    assert (stands.etag, stands.read_at, stands.failures) == ('"1"', office.clock, 0)


def test_a_page_that_is_closed_or_not_confirmed_is_not_read(office, site, reads):
    for columns in ({"closed_at": NOW}, {"active": False}, {"filed": False}):
        give(office, **columns)
        reads()
        give(office, closed_at=None, active=True, filed=True)
    assert site.asked == []
    give(office, filed=False, confirmed_at=NOW)
    site.shows(rss())
    reads()
    assert site.asked == [FEED]


def test_another_address_is_read_at_once_and_none_is_read_no_more(office, site, reads):
    site.shows(rss(item("1", NOW, LINK.format(1))), etag='"1"')
    reads()
    give(office, feed=f"{FEED}/new")
    site.shows(rss(item("2", NOW, LINK.format(2)), item("1", NOW, LINK.format(1))), f"{FEED}/new")
    reads()
    assert site.asked == [FEED, f"{FEED}/new"]
    assert len(counted(office)) == 2
    give(office, feed="")
    reads(hours=2)
    assert standing(office) is None
    assert len(site.asked) == 2
    said = [action for _, action in office.record(lambda row: row.actor == "bot")]
    assert said[-3:] == ["feed set up", "feed set up", "feed no longer read"]


def test_a_reading_that_was_cut_off_by_a_crash_is_done_again_after_its_lease(office, site, reads):
    async def crash(url, known):
        raise asyncio.CancelledError

    site.shows(rss(item("1", NOW, LINK.format(1))))
    whole, site.fetch = site.fetch, crash
    reads()
    site.fetch = whole
    reads(minutes=1)
    assert counted(office) == []
    reads(minutes=1)
    assert len(counted(office)) == 1


def test_entries_that_left_the_feed_long_ago_are_forgotten_and_those_in_it_are_not(
    office, site, reads
):
    site.shows(rss(item("stays", None), item("goes", None)))
    reads()
    site.shows(rss(item("stays", None), item("new", None)))
    reads(days=181)
    with transaction(office.engine) as db:
        assert len(db.exec(select(FeedEntry)).all()) == 2
    assert len(counted(office)) == 1


def test_of_a_thousand_new_entries_the_newest_hundred_are_counted(office, site, reads):
    some = [item(str(n), NOW - n * timedelta(minutes=1), LINK.format(n)) for n in range(1000)]
    site.shows(rss(*some))
    reads()
    assert links(office) == [LINK.format(n) for n in reversed(range(100))]


# When it breaks


def test_a_feed_that_fails_for_a_day_is_reported_once_and_once_when_it_works_again(
    office, site, reads
):
    office.clock = datetime(2026, 8, 9, 4, tzinfo=UTC)  # Sunday, the first day of the week
    site.fails()
    reads()
    for _ in range(7):
        reads(hours=3)
    assert len(site.asked) <= 6, "less and less often"
    assert office.inbox("amina") == []
    for hours in (*[3] * 9, 24, 24):
        reads(hours=hours)
    [said] = office.inbox("amina")
    assert "I cannot read the feed of Works on Facebook" in said
    assert "works.example does not answer" in said
    assert f"Its address: {FEED}" in said
    office.restart()
    site.shows(rss(item("1", office.clock, LINK.format(1))))
    for _ in range(4):  # over the weekend, until Sunday
        reads(hours=24)
    assert len(office.inbox("amina")) == 2
    assert "I can read the feed of Works on Facebook again" in office.heard("amina")
    assert len(counted(office)) == 1
    told = [action for _, action in office.record() if action.startswith("feed ")]
    assert told == ["feed set up", "feed reported as broken", "feed works again"]


@pytest.mark.parametrize(
    "broken",
    [
        {"why": "there is nothing at this address any more (404)", "lasting": True},
        {"why": "it leads to an address that is not public", "lasting": True},
        {"body": b"<html><body>Sign in</body></html>"},
        {"body": b"nothing"},
    ],
)
def test_what_will_not_mend_itself_is_reported_at_once(office, site, reads, broken):
    if "body" in broken:
        site.shows(broken["body"])
    else:
        site.fails(**broken)
    reads()
    assert "I cannot read the feed" in office.heard("amina")
    reads(hours=23)
    assert len(site.asked) == 1
    reads(hours=2)
    assert len(site.asked) == 2


def test_a_feed_that_said_it_is_gone_is_not_read_until_somebody_asks(office, site, reads):
    site.fails("there is nothing at this address any more (410)", lasting=True, gone=True)
    reads()
    assert "I do not try again by myself" in office.heard("amina")
    reads(days=400)
    assert len(site.asked) == 1
    office.presses("amina", "Read it again")
    assert "I am reading" in office.heard("amina")
    reads()
    assert "I still cannot read the feed of Works on Facebook" in office.heard("amina")
    office.presses("amina", "Read it again")
    site.shows(rss(item("1", office.clock, LINK.format(1))))
    reads()
    assert "I have read the feed of Works on Facebook: one new update." in office.heard("amina")
    before = len(office.inbox("amina"))
    reads(hours=2)
    assert len(office.inbox("amina")) == before, "that it works is said once"
    assert ("amina", "feed to be read again") in office.record()


def test_an_address_that_cannot_be_read_is_reported_with_what_to_do(office, site, reads):
    give(office, feed="https://www.facebook.com/works")
    reads()
    assert "Facebook hands out no feed" in office.heard("amina")
    office.presses("amina", "Read it again")
    assert "Facebook hands out no feed" in office.heard("amina")
    assert site.asked == []


def test_feeds_are_reported_in_working_hours_and_to_who_is_there(office, site, reads):
    site.fails("404", lasting=True)
    office.clock = datetime(2026, 8, 12, 20, tzinfo=UTC)  # at night
    reads()
    assert office.inbox("amina") == []
    office.clock = datetime(2026, 8, 13, 4, tzinfo=UTC)
    office.says("amina", "/away until 2026-08-20")
    before = len(office.inbox("amina"))
    reads()
    assert len(office.inbox("amina")) == before
    assert "I cannot read the feed" in office.heard("lee"), "the administrator, for want of others"


def test_who_asks_to_wait_is_not_asked_before(office, site, reads):
    site.fails("works.example answers with 429", wait=timedelta(hours=20))
    reads()
    for _ in range(19):
        reads(hours=1)
    assert len(site.asked) == 1
    reads(hours=2)
    assert len(site.asked) == 2


def test_strangers_have_no_feed_read(office, site, reads):
    site.fails("404", lasting=True)
    reads()
    button = office.slack.messages[-1]
    before = standing(office).due_at
    office.presses("mallory", "Read it again", at=button)
    assert standing(office).due_at == before


def test_a_trouble_of_ours_with_one_feed_keeps_no_other_from_being_read(office, site, reads):
    with transaction(office.engine) as db:
        page = Page(
            office_id=1, name="Roads", kind="website", url="https://roads.example/",
            feed="https://roads.example/feed", started_at=NOW - HOUR,
        )  # fmt: skip
        db.add(page)
    site.shows(rss(item("1", NOW, LINK.format(1))), "https://roads.example/feed")
    reads()  # nothing is known of the first: a KeyError
    assert links(office) == [LINK.format(1)]
