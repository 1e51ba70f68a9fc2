"""Taking feeds apart: those that people have, and those that somebody made to do harm."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.parsing import Parser, Unreadable
from policy import feed_entries
from policy.feed_entries import MOST, NEWEST, decoded, entries
from policy.feed_pages import telegram_posts, youtube_feed
from policy.feeds import Format
from policy.updates import key_of
from tests.feeds import atom, entry, item, post, preview, rss

AT = datetime(2026, 7, 20, 3, tzinfo=UTC)
URL = "https://works.example/feed"
LINK = "https://works.example/1"


def test_rss_and_atom_give_id_link_and_moment_and_none_of_the_words():
    [one] = entries(rss(item("tag:1", AT, LINK, "<![CDATA[<script>alert(1)</script>]]>")), URL)
    assert (one.key, one.link, one.at, one.repost) == (key_of("tag:1"), LINK, AT, False)
    assert "script" not in repr(one)
    [other] = entries(atom(entry("tag:1", LINK)), URL)
    assert other == one, "the moment is when it was published, not when it was changed"


@pytest.mark.parametrize("date", ["", "yesterday", "Mon, 32 Jul 2026 10:00:00 GMT"])
def test_an_entry_may_be_without_an_id_and_without_a_date_that_makes_sense(date):
    text = f"<item><link>{LINK}</link><pubDate>{date}</pubDate></item>"
    [one] = entries(rss(text), URL)
    assert (one.key, one.at) == (key_of(LINK), None)
    assert entries(rss("<item></item>", "<item><title></title></item>"), URL) == []
    [titled] = entries(rss("<item><title>Only a title</title></item>"), URL)
    assert titled.key == key_of("Only a title")


def test_ids_that_stand_for_several_entries_stand_for_none():
    found = entries(rss(*(item("same", AT, f"{LINK}/{n}") for n in range(3))), URL)
    assert len({each.key for each in found}) == 3
    assert len(entries(rss(item("same", AT, LINK), item("same", AT, LINK)), URL)) == 1


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "data:text/html,x", "ftp://works.example/1", "https://a b"]
)
def test_links_that_nobody_should_follow_are_left_out(link):
    [one] = entries(rss(item("a", AT, link)), URL)
    assert one.link == ""


def test_relative_links_lead_to_where_the_feed_was_read():
    [one] = entries(atom(entry("a", "/1")), URL)
    assert one.link == LINK


@pytest.mark.parametrize(
    ("feed", "own", "others"),
    [
        ("https://social.example/@works", "/@works/1", "https://social.example/@roads/2"),
        ("https://social.example/@works", "/@works/1", "https://other.example/@works/2"),
        ("https://social.example/@works", "/users/works/1", "https://other.example/users/b/2"),
        (
            "https://bsky.app/profile/works.example",
            "/profile/works.example/post/1",
            "https://bsky.app/profile/roads.example/post/2",
        ),
    ],
)
def test_what_others_wrote_is_a_repost_on_mastodon_and_bluesky(feed, own, others):
    found = entries(rss(item("1", AT, own), item("2", AT, others), link=feed), feed)
    assert [each.repost for each in found] == [False, True]


def test_a_blog_may_link_to_wherever_it_likes():
    [one] = entries(rss(item("1", AT, "https://social.example/@roads/2")), URL)
    assert not one.repost


def test_answers_and_shares_are_known_by_what_the_entry_says_of_itself():
    answer = '<thr:in-reply-to ref="https://social.example/1" href="https://social.example/1"/>'
    shared = "<activity:verb>http://activitystrea.ms/schema/1.0/share</activity:verb>"
    posted = "<activity:verb>http://activitystrea.ms/schema/1.0/post</activity:verb>"
    found = entries(atom(*(entry(m, LINK + m, m) for m in (answer, shared, posted))), URL)
    assert [each.repost for each in found] == [True, True, False]


def test_the_preview_of_a_channel_gives_its_posts_without_what_was_passed_on():
    forwarded = '<div class="tgme_widget_message_forwarded_from accent_color">From</div>'
    reply = '<a class="tgme_widget_message_reply" href="https://t.me/works/1">Before</a>'
    at = "2026-07-20T03:00:00+00:00"
    found = telegram_posts(
        preview(
            post(1, at),
            post(2, at, [forwarded]),
            post(3, at, [reply]),
            post(4, at, kind="service_message"),
            post(5, "2026-07-20T09:00:00+06:00"),
            post(6, "soon"),
        )
    )
    assert [each.repost for each in found] == [False, True, True, True, False, False]
    assert [each.at for each in found] == [AT] * 5 + [None]
    assert found[0].link == "https://t.me/works/1"
    assert len({each.key for each in found}) == 6


def test_a_preview_whose_elements_do_not_end_gives_its_posts_all_the_same():
    whole = preview(post(1, AT.isoformat()), post(2, AT.isoformat()))
    found = telegram_posts(whole.replace(b"</div>", b""))
    assert [(each.link, each.at) for each in found] == [
        ("https://t.me/works/1", AT),
        ("https://t.me/works/2", AT),
    ]


def test_a_channel_without_posts_is_one_and_a_channel_without_a_preview_is_not():
    assert telegram_posts(preview()) == []
    with pytest.raises(ValueError, match="without an account"):
        telegram_posts(b"<html><body>If you have Telegram, you can contact works</body></html>")


def test_the_page_of_a_channel_of_youtube_names_its_feed():
    feed = "https://www.youtube.com/feeds/videos.xml?channel_id=UCabc"
    link = '<link rel="alternate" type="application/rss+xml" title="RSS" href="{}">'
    page = f"<html><body>{link.format('https://evil.example/x?channel_id=1')}{link.format(feed)}"
    assert youtube_feed(page.encode()) == feed
    with pytest.raises(ValueError, match="no channel"):
        youtube_feed(link.format("https://evil.example/?channel_id=UCabc").encode())


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "no feed"),
        (b"\xff\xd8\xff\xe0" * 100, "no feed"),
        (b'{"items": []}', "no feed"),
        (b"<opml><body/></opml>", "no feed"),
        (b"<!-- x --><!DOCTYPE HTML><html><body>Sign in</body></html>", "a web page"),
        (b'<?xml version="1.0" encoding="utf-7"?><rss/>', "the encoding utf-7"),
        (b'<?xml version="1.0" encoding="rot13"?><rss/>', "the encoding rot13"),
        (b'<?xml version="1.0" encoding="nothing"?><rss/>', "the encoding nothing"),
    ],
)
def test_what_is_no_feed_is_refused_with_what_it_is(body, why):
    with pytest.raises(ValueError, match=why):
        entries(body, URL)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be", "utf-32"])
@pytest.mark.parametrize(
    "entity",
    [
        '<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">',
        '<!ENTITY x SYSTEM "file:///etc/passwd">',
        '<!ENTITY % x SYSTEM "http://127.0.0.1/x.dtd"> %x;',
    ],
)
def test_entities_of_ones_own_are_refused_in_every_encoding(entity, encoding):
    mark = "\ufeff" if encoding == "utf-16-be" else ""
    text = f'{mark}<!DOCTYPE rss [{entity}]><rss version="2.0"><channel>&b;</channel></rss>'
    with pytest.raises(ValueError, match="entities of its own"):
        entries(text.encode(encoding), URL)


def test_a_feed_in_another_encoding_is_read_as_it_says():
    text = '<?xml version="1.0" encoding="windows-1251"?><rss version="2.0"><channel><item>'
    text += "<title>Дорога</title><guid>tag:Дорога</guid></item></channel></rss>"
    [one] = entries(text.encode("cp1251"), URL)
    assert one.key == key_of("tag:Дорога")
    assert decoded("Дорога".encode("koi8-r"), "text/xml; charset=KOI8-R") == "Дорога"


def test_what_looks_like_the_name_of_a_file_is_not_opened(tmp_path):
    file = tmp_path / "feed.xml"
    file.write_bytes(rss(item("a", AT, LINK)))
    with pytest.raises(ValueError, match="no feed"):
        entries(str(file).encode(), URL)


def test_of_twenty_thousand_entries_the_first_are_looked_at_and_the_document_stays_whole():
    found = entries(rss(*(item(f"tag:{n}") for n in range(20_000))), URL)
    assert [each.key for each in found] == [key_of(f"tag:{n}") for n in range(NEWEST)]


def test_of_many_entries_the_newest_are_taken_wherever_they_stand():
    many = [item(f"tag:{n}", AT + timedelta(minutes=n)) for n in range(MOST)]
    found = entries(rss(item("tag:undated"), *many), URL)
    assert [each.key for each in found] == [key_of(f"tag:{MOST - 2 - n}") for n in range(NEWEST)]


# In a process of its own


@pytest.fixture
async def parser():
    """A process that takes feeds apart."""
    parser = Parser(longest=30.0, lingers=0.05)
    yield parser
    await parser.close()


async def test_what_is_found_comes_back_from_the_process_as_it_was_found(parser):
    at = AT.isoformat()
    assert (await parser.parse(preview(post(1, at)), Format.TELEGRAM, URL, "")).entries == tuple(
        telegram_posts(preview(post(1, at)))
    )
    body = rss(item("a\n\u2028", AT, LINK), item("b"))
    found = await parser.parse(body, Format.FEED, URL, "text/xml")
    assert found.entries == tuple(entries(body, URL))
    with pytest.raises(Unreadable, match=feed_entries.NO_FEED):
        await parser.parse(b"", Format.FEED, URL, "")


@pytest.mark.parametrize(
    "body",
    [
        b'<rss version="2.0"><channel><title>x</title>' + b"<a>" * 300_000,
        b'<rss version="2.0"><channel>' + b"<item><description>" + b"&lt;b&gt;" * 200_000,
    ],
    ids=["deep", "marked up"],
)
async def test_what_takes_too_long_is_given_up_and_the_next_is_read(parser, body):
    parser.longest = 1.0
    with pytest.raises(Unreadable, match="too entangled"):
        await parser.parse(body, Format.FEED, URL, "")
    parser.longest = 30.0
    found = await parser.parse(rss(item("a")), Format.FEED, URL, "")
    assert len(found.entries) == 1


async def test_the_process_has_none_of_our_secrets_and_ends_when_there_is_nothing_to_do(
    parser, monkeypatch
):
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-secret")
    await parser.parse(rss(), Format.FEED, URL, "")
    process = parser._process
    environment = await asyncio.to_thread(Path(f"/proc/{process.pid}/environ").read_bytes)
    assert b"PYTHONPATH" in environment
    assert b"xoxb-secret" not in environment
    await asyncio.wait_for(process.wait(), 10)
    assert len((await parser.parse(rss(item("a")), Format.FEED, URL, "")).entries) == 1


async def test_a_process_that_was_ended_from_outside_is_started_again(parser):
    parser.lingers = 60.0
    await parser.parse(rss(), Format.FEED, URL, "")
    parser._process.kill()
    await parser._process.wait()
    with pytest.raises(Unreadable):
        await parser.parse(rss(item("a")), Format.FEED, URL, "")
    assert len((await parser.parse(rss(item("a")), Format.FEED, URL, "")).entries) == 1
