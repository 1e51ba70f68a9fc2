"""Pages: whose update it was, and what counts how often."""

from datetime import UTC, datetime, timedelta

import pytest

from handlers.freshness import keep_pages_fresh
from handlers.weekly import send_weekly_messages
from tests.office import OFFICES, TestOffice

SECOND = """\
      - name: Works on YouTube
        kind: youtube
        url: "https://facebook.example/works-video"
"""
TWO = OFFICES.replace("    directory:", f"{SECOND}    directory:")


@pytest.fixture
def two(engine):
    """An office with two pages, the first amina's own."""
    office = TestOffice(engine, TWO)
    yield office
    office.close()


@pytest.mark.parametrize(
    ("link", "page"),
    [
        ("https://facebook.example/works/1", "Works on Facebook"),
        ("https://facebook.example/works?id=1", "Works on Facebook"),
        ("https://facebook.example/works", "Works on Facebook"),
        ("https://facebook.example/works-video/1", "Works on YouTube"),
        ("http://www.facebook.example/works-video/1", "Works on YouTube"),
        ("https://M.Facebook.example/works-video#about", "Works on YouTube"),
        ("https://elsewhere.example/1", "Works on Facebook"),
        ("", "Works on Facebook"),
    ],
)
def test_update_counts_for_the_page_that_the_link_leads_into_else_for_the_own_one(two, link, page):
    two.says("amina", f"/page updated {link}")
    assert f"counts as an update of {page}: 1 of 2" in two.heard("amina")


def test_page_is_asked_for_when_it_is_not_clear_and_the_link_is_kept(two):
    two.says("bo", "/page Updated https://elsewhere.example/1")
    two.fills("bo", page="2")
    assert "counts as an update of Works on YouTube" in two.heard("bo")
    two.says("bo", "/page updated javascript:alert(1)")
    assert "is not a link" in two.heard("bo")


def test_button_of_a_nudge_counts_once_a_day(office):
    office.clock = datetime(2026, 8, 12, 7, tzinfo=UTC)
    office.later(keep_pages_fresh)
    nudge = office.slack.messages[-1]
    for _ in range(2):
        office.presses("amina", "Updated: Works on Facebook", at=nudge)
    assert "counted today already" in office.heard("amina")
    office.later(days=1)
    office.presses("amina", "Updated: Works on Facebook", at=nudge)
    assert "2 of 2 this week" in office.heard("amina")


def test_past_weeks_are_judged_by_the_floor_of_their_time(office):
    for _ in range(6):
        for _ in range(2):
            office.says("amina", "/page updated")
        office.later(keep_pages_fresh, days=7)
    office.imports(OFFICES.replace("owner: amina", "owner: amina\n        updates_per_week: 5"))
    office.later(keep_pages_fresh, hours=1)
    assert ("bot", "week ended short") not in office.record()


def test_page_that_is_opened_again_has_its_grace_again(office):
    office.imports(OFFICES.replace("Works on Facebook", "Other").replace('works"', 'other"'))
    office.later(weeks=12)
    office.imports(OFFICES)
    office.later(keep_pages_fresh, hours=1)
    office.later(keep_pages_fresh, days=7)
    assert ("bot", "week ended short") not in office.record()


def test_weeks_are_named_and_counted_right_across_the_end_of_a_year(office):
    office.clock = datetime(2026, 12, 28, 4, tzinfo=UTC)
    seen = []
    for _ in range(4 * 28):
        office.clock += timedelta(hours=6)
        office.dispatcher.run(send_weekly_messages)
        office.deliver()
    said = [each for each in office.chat() if "week of " in each]
    seen = [each.partition("week of ")[2].partition("\n")[0] for each in said]
    assert seen == [
        "27 December 2026",
        "3 January 2027",
        "10 January 2027",
        "17 January 2027",
        "24 January 2027",
    ]


def test_long_pause_is_followed_by_one_weekly_message_and_not_by_all_that_were_missed(office):
    office.later(weeks=7)
    office.later(send_weekly_messages, hours=1)
    assert sum("your pages" in said for said in office.chat()) == 1


def many(count):
    """Write an office with many pages and people."""
    pages = "".join(
        f"      - {{name: {'Page of the district ' + str(n) + ' ' + 'x' * 60}, kind: facebook, "
        f'url: "https://facebook.example/{n}", owner: amina}}\n'
        for n in range(count)
    )
    people = "".join(
        f"      - {{name: Person {n}, roles: [author], slack: U0P{n}}}\n" for n in range(count)
    )
    text = OFFICES.replace("    pages:\n", f"{people}    pages:\n")
    return text.replace("    directory:", f"{pages}    directory:")


def test_office_with_two_hundred_pages_and_people_reads_everything_in_messages_that_fit(engine):
    office = TestOffice(engine, many(200))
    office.clock = datetime(2026, 8, 12, 7, tzinfo=UTC)
    office.later(keep_pages_fresh, send_weekly_messages)
    office.clock = datetime(2026, 8, 16, 7, tzinfo=UTC)
    office.later(send_weekly_messages)
    for said in ("/pages", "/page", "/office"):
        office.says("lee", said)
    for name in ("Page of the district 0 ", "Page of the district 199 "):
        assert any(name in said for said in office.inbox("amina"))
        assert any(name in said for said in office.chat())
        assert sum(name in said for said in office.inbox("lee")) >= 3
    for platform in (office.slack, office.telegram):
        assert all(len(office.text(shown)) <= 4096 for shown in platform.messages)
        assert all(len(shown.message.buttons) <= 100 for shown in platform.messages)
    before = len(office.chat())
    office.later(send_weekly_messages, hours=1)
    assert len(office.chat()) == before
    office.close()


def test_thanks_for_an_update_name_the_stretch_in_which_the_page_is_counted(office):
    office.says("lee", "/page change Works cadence 3 per month")
    office.says("amina", "/page updated https://facebook.example/works/1")
    assert "1 of 3 this month." in office.heard("amina")
