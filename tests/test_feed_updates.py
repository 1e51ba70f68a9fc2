"""What counts as an update when it is read in a feed, and when a feed is read again."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from policy.updates import (
    BROKEN_FOR,
    LATEST,
    LONGEST_WAIT,
    OLDEST,
    SKEW,
    SOONEST,
    Entry,
    Trouble,
    is_broken,
    moment_of,
    next_reading,
    same_post,
)

NOW = datetime(2026, 7, 20, 4, tzinfo=UTC)
SECOND = timedelta(seconds=1)
START = NOW - timedelta(days=7)  # of the page


@pytest.mark.parametrize(
    ("at", "since", "counts_at"),
    [
        (NOW, START, NOW),
        (START, START, START),
        (START - SECOND, START, None),
        (NOW - OLDEST, NOW - 2 * OLDEST, NOW - OLDEST),
        (NOW - OLDEST - SECOND, NOW - 2 * OLDEST, None),
        (NOW + SKEW, START, NOW),
        (NOW + SKEW + SECOND, START, None),
    ],
)
def test_an_entry_counts_from_the_start_of_its_page_to_now_and_not_of_months_ago(
    at, since, counts_at
):
    for is_first in (True, False):
        given = {"now": NOW, "since": since, "is_first_reading": is_first}
        assert moment_of(Entry("a", at=at), **given) == counts_at
        assert moment_of(Entry("a", at=at, repost=True), **given) is None


def test_an_entry_without_a_date_counts_when_it_is_seen_to_be_new():
    given = {"now": NOW, "since": START}
    assert moment_of(Entry("a"), **given, is_first_reading=True) is None
    assert moment_of(Entry("a"), **given, is_first_reading=False) == NOW


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://works.example/a", "http://www.works.example/a/"),
        ("https://works.example/a", "https://WORKS.example:443/a#comments"),
        ("https://works.example/a?id=1", "https://works.example/a?utm_source=x&id=1&fbclid=y"),
        ("https://works.example/a?b=1&c=2", "https://works.example/a?c=2&b=1"),
        ("https://x.com/works/status/1", "https://twitter.com/works/status/1?s=20"),
        ("https://t.me/works/1", "https://t.me/s/Works/1?single"),
        ("https://youtu.be/abcdefghijk", "https://www.youtube.com/watch?v=abcdefghijk&t=5s"),
        ("https://youtube.com/shorts/abcdefghijk", "https://m.youtube.com/watch?v=abcdefghijk"),
        ("https://m.facebook.com/works/posts/1", "https://www.facebook.com/works/posts/1/"),
        ("https://mastodon.example/@works/1", "https://mastodon.example/@works/1 "),
    ],
)
def test_links_to_one_post_are_the_same(one, other):
    assert same_post(one) == same_post(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://works.example/a", "https://works.example/b"),
        ("https://works.example/?p=1", "https://works.example/?p=2"),
        ("https://works.example/thread?t=1", "https://works.example/thread?t=2"),
        ("https://works.example/A", "https://works.example/a"),
        ("https://works.example/", "https://roads.example/"),
        ("https://works.example:8443/a", "https://works.example/a"),
        ("https://youtu.be/abcdefghijk", "https://youtu.be/abcdefghijK"),
        ("https://t.me/works/1", "https://t.me/works/11"),
    ],
)
def test_links_to_two_posts_are_not(one, other):
    assert same_post(one) != same_post(other)


@pytest.mark.parametrize("link", ["", "https://[::1", "not a link", "https://a.example:x/"])
def test_what_is_no_link_is_compared_as_it_is(link):
    assert same_post(link) == same_post(f"{link} ")


def test_feeds_that_work_are_read_every_half_to_whole_hour_and_not_all_at_once():
    waits = {next_reading(NOW, 0, None, f"https://{n}.example") - NOW for n in range(200)}
    assert len(waits) == 200
    assert min(waits) < timedelta(minutes=35) < timedelta(minutes=55) < max(waits)
    assert all(SOONEST <= wait <= LATEST for wait in waits)


def test_feeds_that_fail_are_tried_more_and_more_seldom_up_to_once_a_day():
    trouble = Trouble("it does not answer")
    waits = [next_reading(NOW, n, trouble, "https://a.example") - NOW for n in range(1, 12)]
    assert all(first < second for first, second in pairwise(waits[:5]))
    assert waits[0] <= 2 * LATEST
    assert waits[-1] == LONGEST_WAIT
    lasting = next_reading(NOW, 1, Trouble("gone", lasting=True), "https://a.example")
    assert lasting - NOW == LONGEST_WAIT


@pytest.mark.parametrize(
    ("asked", "at_least", "at_most"),
    [
        (timedelta(seconds=1), timedelta(hours=1), timedelta(hours=2)),
        (timedelta(hours=5), timedelta(hours=5), timedelta(hours=5)),
        (timedelta(days=300), 2 * LONGEST_WAIT, 2 * LONGEST_WAIT),
    ],
)
def test_who_asks_to_be_left_alone_is_left_alone_but_not_for_ever(asked, at_least, at_most):
    wait = next_reading(NOW, 1, Trouble("429", wait=asked), "https://a.example") - NOW
    assert at_least <= wait <= at_most


@pytest.mark.parametrize(
    ("failures", "since", "lasting", "broken"),
    [
        (0, None, False, False),
        (1, NOW, True, True),
        (2, NOW - BROKEN_FOR, False, False),
        (3, NOW - BROKEN_FOR, False, True),
        (3, NOW - BROKEN_FOR + SECOND, False, False),
        (9, NOW - SECOND, False, False),
    ],
)
def test_a_feed_is_broken_after_three_failures_over_a_day_or_at_once_if_it_lasts(
    failures, since, lasting, broken
):
    assert is_broken(failures, since, NOW, lasting=lasting) is broken
