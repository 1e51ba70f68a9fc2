"""Which address is read for a page, and which are never read."""

import pytest

from policy.feeds import Format, Reading, acceptable, reading_of

CHANNEL = "UC" + "a1_-" * 5 + "Zz"
VIDEOS = f"https://www.youtube.com/feeds/videos.xml?channel_id={CHANNEL}"


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ("https://works.example/feed.xml", "https://works.example/feed.xml"),
        (" https://works.example/?feed=rss2#top ", "https://works.example/?feed=rss2"),
        ("http://works.example:80/atom", "http://works.example:80/atom"),
        (CHANNEL, VIDEOS),
        (f"https://www.youtube.com/channel/{CHANNEL}", VIDEOS),
        (f"https://m.youtube.com/channel/{CHANNEL}/videos", VIDEOS),
        (VIDEOS, VIDEOS),
        (
            "https://www.youtube.com/playlist?list=PL12",
            "https://www.youtube.com/feeds/videos.xml?playlist_id=PL12",
        ),
        ("https://social.example/@works", "https://social.example/@works.rss"),
        ("https://social.example/@works/", "https://social.example/@works.rss"),
        ("https://social.example/@works.rss", "https://social.example/@works.rss"),
        ("https://social.example/users/works", "https://social.example/users/works.rss"),
        ("https://medium.com/@works", "https://medium.com/feed/@works"),
        ("https://bsky.app/profile/works.example", "https://bsky.app/profile/works.example/rss"),
        ("https://bsky.app/profile/did:plc:a1/rss", "https://bsky.app/profile/did:plc:a1/rss"),
    ],
)
def test_a_feed_is_read_where_the_site_has_it(given, url):
    assert reading_of(given) == Reading(url)
    assert reading_of(url) == Reading(url), "what we keep means the same when it is read again"


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ("https://t.me/works_bd", "https://t.me/s/works_bd"),
        ("https://t.me/s/works_bd", "https://t.me/s/works_bd"),
        ("https://t.me/works_bd/17", "https://t.me/s/works_bd"),
        ("https://telegram.me/works_bd/", "https://t.me/s/works_bd"),
    ],
)
def test_a_public_channel_of_telegram_is_read_in_its_preview(given, url):
    assert reading_of(given) == Reading(url, Format.TELEGRAM)


@pytest.mark.parametrize("end", ["@works", "@works/videos", "c/Works", "user/works"])
def test_the_page_of_a_channel_of_youtube_is_asked_for_the_feed(end):
    page = f"https://www.youtube.com/{end.removesuffix('/videos')}"
    assert reading_of(f"https://www.youtube.com/{end}") == Reading(page, Format.YOUTUBE)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ("", "is not a web address"),
        ("works.example/feed", "is not a web address"),
        ("ftp://works.example/feed", "is not a web address"),
        ("file:///etc/passwd", "is not a web address"),
        ("https://", "is not a web address"),
        ("https://a b.example/", "is not a web address"),
        ("https://works.example/\x00", "is not a web address"),
        ("https://works.example\\@evil.example/", "is not a web address"),
        ("https://[::1", "is not a web address"),
        ("https://works.example:99999/", "is not a web address"),
        ("https://works.example/" + "x" * 2000, "is not a web address"),
        ("https://user:secret@works.example/", "a user name or a password"),
        ("https://@works.example/", "a user name or a password"),
        ("https://works.example:8080/", "usual ports"),
        ("https://works.example:22/", "usual ports"),
        ("http://2130706433/", "is a number"),
        ("http://0x7f000001/", "is a number"),
        ("http://0x7f.1/", "is a number"),
        ("http://0177.0.0.1/", "is a number"),
        ("http://127.1/", "is a number"),
        ("http://1.2.3.4.5/", "is a number"),
        ("http://127.0.0.1./", "is a number"),
        ("https://www.facebook.com/works", "Facebook hands out no feed"),
        ("https://x.com/works", "X hands out no feed"),
        ("https://mobile.twitter.com/works", "X hands out no feed"),
        ("https://www.tiktok.com/@works", "TikTok hands out no feed"),
        ("https://www.threads.net/@works", "Threads hands out no feed"),
        ("https://t.me/+AbCdEf", "public channel"),
        ("https://t.me/c/1234/5", "public channel"),
        ("https://t.me/joinchat/abc", "public channel"),
        ("https://www.youtube.com/watch?v=abcdefghijk", "a channel or a playlist"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(given, why):
    with pytest.raises(ValueError, match=why):
        reading_of(given)


def test_an_address_of_numbers_as_everybody_writes_it_is_left_to_the_rule_for_addresses():
    assert acceptable("http://93.184.216.34/feed").hostname == "93.184.216.34"
    assert acceptable("http://[2606:4700::1]/feed").hostname == "2606:4700::1"
