"""Sites and feeds as they are in the world, for the tests that read some."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from datetime import datetime
from email.utils import format_datetime

from aiohttp import web

Answering = Callable[[web.Request], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def serving(answer: Answering) -> AsyncIterator[int]:
    """Answer every request on loopback. Gives the port."""
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


def rss(*items: str, link: str = "https://works.example/") -> bytes:
    """Write RSS."""
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Works</title>'
        f"<link>{link}</link>{''.join(items)}</channel></rss>"
    ).encode()


def item(
    identity: str = "", at: datetime | None = None, link: str = "", title: str = "A road"
) -> str:
    """Write an entry of RSS."""
    found = f"<item><title>{title}</title>"
    if identity:
        found += f'<guid isPermaLink="false">{identity}</guid>'
    if link:
        found += f"<link>{link}</link>"
    if at is not None:
        found += f"<pubDate>{format_datetime(at)}</pubDate>"
    return f"{found}</item>"


def atom(*entries: str, link: str = "https://works.example/") -> bytes:
    """Write Atom."""
    return (
        '<feed xmlns="http://www.w3.org/2005/Atom" '
        'xmlns:thr="http://purl.org/syndication/thread/1.0" '
        'xmlns:activity="http://activitystrea.ms/spec/1.0/">'
        f'<title>Works</title><link rel="alternate" href="{link}"/>{"".join(entries)}</feed>'
    ).encode()


def entry(identity: str, link: str, *more: str, at: str = "2026-07-20T03:00:00Z") -> str:
    """Write an entry of Atom."""
    return (
        f"<entry><id>{identity}</id><title>A road</title><published>{at}</published>"
        f'<updated>2026-07-20T03:59:00Z</updated><link rel="alternate" href="{link}"/>'
        f"{''.join(more)}</entry>"
    )


def preview(*posts: str) -> bytes:
    """Write the preview of a channel of Telegram."""
    return (
        '<!DOCTYPE html><html><body class="widget_frame_base"><main class="tgme_main">'
        '<section class="tgme_channel_history js-message_history">'
        f"{''.join(posts)}</section></main></body></html>"
    ).encode()


def post(number: int, at: str, more: Iterable[str] = (), *, kind: str = "") -> str:
    """Write a post in a preview."""
    return (
        '<div class="tgme_widget_message_wrap js-widget_message_wrap">'
        f'<div class="tgme_widget_message text_not_supported_wrap js-widget_message {kind}" '
        f'data-post="works/{number}" data-view="abc"><div class="tgme_widget_message_bubble">'
        f"{''.join(more)}"
        '<time class="message_video_duration js-message_video_duration">0:22</time>'
        '<div class="tgme_widget_message_text js-message_text" dir="auto">A road<br/>is closed'
        "<img src='x'> since <time datetime='1999-01-01T00:00:00+00:00'>then</time></div>"
        '<div class="tgme_widget_message_footer"><span class="tgme_widget_message_meta">edited '
        f'<a class="tgme_widget_message_date" href="https://t.me/works/{number}">'
        f'<time datetime="{at}" class="time">10:00</time></a></span></div></div></div></div>'
    )
