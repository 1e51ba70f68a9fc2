"""Feeds over the wire: the whole bot reads a site on loopback, and tells people in their chats."""

import ipaddress
from datetime import timedelta

import pytest
from aiohttp import web
from sqlmodel import select

from bot.addresses import is_public
from bot.dispatcher import utc_now
from bot.fetching import Fetcher
from handlers.feeds import follow_pages, report_feeds
from storage import pages
from storage.db import transaction
from storage.models import PageFeed, PageUpdate, Source
from tests.feeds import item, rss, serving
from tests.waiting import until
from tests.wire import MODES, offering

pytestmark = pytest.mark.parametrize("wire", MODES[:1], indirect=True, ids="-".join)

LOOPBACK = ipaddress.ip_address("127.0.0.1")
LINK = "https://facebook.example/works/posts/1"


class Site:
    """The site of an office, which may be down."""

    def __init__(self) -> None:
        self.status, self.seen = 200, 0

    async def answer(self, request: web.Request) -> web.Response:
        self.seen += 1
        if self.status != 200:
            return web.Response(status=self.status)
        found = rss(item("tag:1", utc_now() - timedelta(minutes=1), LINK))
        return web.Response(body=found, content_type="application/rss+xml")


async def anywhere(host: str, port: int) -> list[str]:
    return ["127.0.0.1"]


def fetcher(port: int) -> Fetcher:
    """Read from the site, and from what production reads."""
    return Fetcher(
        resolver=anywhere,
        allowed=lambda address: address == LOOPBACK or is_public(address),
        ports={"http": port},
    )


def begin(bot) -> None:
    """Give the page a feed, and let the jobs see it."""
    with transaction(bot.engine) as db:
        page = pages.get(db, 1)
        page.feed, page.started_at = "http://works.example/feed", utc_now() - timedelta(days=3)
        db.add(page)
    bot.dispatcher.run(follow_pages)


def updates(bot) -> list[PageUpdate]:
    with transaction(bot.engine) as db:
        return list(db.exec(select(PageUpdate)).all())


def standing(bot) -> PageFeed:
    with transaction(bot.engine) as db:
        return db.exec(select(PageFeed)).one()


async def test_what_is_new_on_a_site_counts_for_its_page(wire, monkeypatch):
    site = Site()
    async with (
        serving(site.answer) as port,
        wire.running(monkeypatch, fetcher=fetcher(port)) as bot,
    ):
        begin(bot)
        bot.feeds.wake()
        await until(lambda: updates(bot))
        [update] = updates(bot)
        assert (update.source, update.link, update.by_id) == (Source.FEED, LINK, None)
        amina = wire.telegram.people[1001]
        amina.says("/page")
        await wire.telegram.until(lambda: any("read in its feed" in t for t in amina.chat.texts))
        assert standing(bot).due_at > bot.now() + timedelta(minutes=29)


async def test_a_feed_that_is_gone_is_reported_and_read_again_at_the_press_of_a_button(
    wire, monkeypatch
):
    site, amina = Site(), wire.telegram.people[1001]
    site.status = 410
    moment = utc_now()
    while moment.isoweekday() != 1:
        moment += timedelta(days=1)
    wire.wind_to(moment.replace(hour=5, minute=0))  # a working hour in Dhaka
    async with (
        serving(site.answer) as port,
        wire.running(monkeypatch, fetcher=fetcher(port)) as bot,
    ):
        begin(bot)
        bot.feeds.wake()
        await until(lambda: standing(bot).is_broken)
        bot.dispatcher.run(report_feeds)
        bot.outbox.wake()
        await wire.slack.message("U0AMINA", "I cannot read the feed of Works on Facebook")
        await wire.telegram.until(lambda: offering(amina.chat, "Read it again"))
        site.status = 200
        amina.presses("Read it again", offering(amina.chat, "Read it again"))
        await wire.telegram.until(lambda: any("I am reading" in t for t in amina.chat.texts))
        bot.feeds.wake()
        await wire.telegram.until(lambda: any("one new update" in t for t in amina.chat.texts))
    assert site.seen == 2
