"""Dates, times and days in a text, in the languages and ways of writing of the offices."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy.dates import find_dates
from policy.findings import Post
from policy.moments import moment_after
from policy.texts import Reading
from policy.times import find_days, find_times

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def reading(text: str, **post: object) -> Reading:
    return Reading(Post(text, **post))  # type: ignore[arg-type]


def dates(text: str, **post: object) -> list[tuple[int, int, int | None]]:
    return [(each.day, each.month, each.year) for each in find_dates(reading(text, **post))]


def weekdays(text: str) -> list[list[str]]:
    return [
        [text[day.span.start : day.span.end] for day in each.weekdays]
        for each in find_dates(reading(text))
    ]


@pytest.mark.parametrize(
    "text",
    [
        "4 March 2026",
        "on the 4th of March, 2026",
        "04 Mar 2026",
        "4-Mar-2026",
        "March 4, 2026",
        "Mar. 4th 2026",
        "WEDNESDAY 4 MARCH 2026",
        "2026-03-04",
        "2026/03/04",
        "le 4 mars 2026",
        "mercredi 4 mars 2026",
        "le 4 Mars 2026",
        "merkredi le 4 mars 2026",
        "aso 4 o Mati 2026",
        "Mati 4, 2026",
        "Aso Lulu, 4 Mati 2026",
        "৪ মার্চ ২০২৬",
        "৪ঠা মার্চ, ২০২৬",
        "৪ মার্চ ২০২৬-এর মধ্যে",
        "৪ মার্চ, ২০২৬ সালের",
        "4 মার্চ 2026",
        "০৪-মার্চ-২০২৬",
        "2026-০৩-০৪",
    ],
)
def test_a_full_date_is_read_however_it_is_written(text):
    assert dates(text) == [(4, 3, 2026)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1er avril 2026", [(1, 4, 2026)]),
        ("14 août", [(14, 8, None)]),
        ("14 fevriye", [(14, 2, None)]),
        ("desanm 14", []),
        ("১৯শে ফেব্রুয়ারি", [(19, 2, None)]),
        ("১৯ ফেব্রুয়ারীর", [(19, 2, None)]),
        ("২১ আগষ্টে", [(21, 8, None)]),
        ("2, 3 and 4 March 2026", [(2, 3, 2026), (3, 3, 2026), (4, 3, 2026)]),
        ("March 2-6, 2026", [(2, 3, 2026), (6, 3, 2026)]),
        ("28 February to 1 March 2026", [(28, 2, 2026), (1, 3, 2026)]),
        ("28 December to 3 January 2027", [(28, 12, 2026), (3, 1, 2027)]),
        ("২৮ ফেব্রুয়ারি থেকে ১ মার্চ ২০২৬", [(28, 2, 2026), (1, 3, 2026)]),
        ("31 June 2026", [(31, 6, 2026)]),
        ("Section 4 may apply", []),
        ("4 may 2026", [(4, 5, 2026)]),
        ("Come on May 4", [(4, 5, None)]),
        ("May 4 people enter?", []),
        ("May 4th is a holiday", [(4, 5, None)]),
        ("They march 4 miles", []),
        ("Give me 4 me", []),
        ("It is number 4. March winds blow", []),
        ("45 March", []),
        ("4\nMarch", []),
        ("https://gov.ws/4-march-2026", []),
        ("#4March2026", []),
        ("call 2026-0301-4411", []),
        ("1.2.3", []),
        ("24/7", []),
        ("v2026.13.45", []),
        ("9999-12-31 and 0001-01-01", []),
    ],
)
def test_what_is_a_date_and_what_is_none(text, found):
    assert dates(text) == found


@pytest.mark.parametrize(
    ("text", "region", "found"),
    [
        ("03/04/2026", "", (3, 0, 2026)),
        ("03/04/2026", "GB", (3, 4, 2026)),
        ("03/04/2026", "bd", (3, 4, 2026)),
        ("03/04/2026", "US", (4, 3, 2026)),
        ("13/04/2026", "US", (13, 4, 2026)),
        ("04.13.2026", "GB", (13, 4, 2026)),
        ("04-04-2026", "", (4, 4, 2026)),
        ("০৩/০৪/২০২৬", "BD", (3, 4, 2026)),
    ],
)
def test_the_region_tells_the_day_from_the_month(text, region, found):
    assert dates(text, region=region) == [found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Thursday 6 March", [["Thursday"]]),
        ("Thursday, the 6th of March", [["Thursday"]]),
        ("Thurs. 6 March", [["Thurs"]]),
        ("We are closed on Thursday. 6 March is fine", [[]]),
        ("6 March (Thursday)", [["Thursday"]]),
        ("6 March, Thursday, at noon", [["Thursday"]]),
        ("From 6 March, Thursday collections move", [[]]),
        ("on 5 March, Friday 6 March", [[], ["Friday"]]),
        ("Thursdays, 6 March", [[]]),
        ("Friday and Saturday 6 and 7 March", [["Friday"], ["Saturday"]]),
        ("Saturday 7 and Sunday 8 March", [["Saturday"], ["Sunday"]]),
        ("Monday to Friday, 2 March to 30 April", [["Monday", "Friday"], []]),
        ("The Sun, 4 March", [[]]),
        ("Sun 1 March", [["Sun"]]),
        ("৪ মার্চ ২০২৬ খ্রি. রোজ বুধবার", [["বুধবার"]]),
        ("৪ মার্চ ২০২৬ বুধবার সকালে", [["বুধবার"]]),
        ("৪ মার্চ থেকে সোমবার", [[]]),
        ("৪ মার্চ, সোমবার থেকে শুক্রবার", [[]]),
        ("aso lua 3 Mati", [["lua"]]),
        ("lua 3 Mati", [[]]),
    ],
)
def test_a_weekday_belongs_to_the_date_beside_it(text, found):
    assert weekdays(text) == found


@pytest.mark.parametrize(
    ("text", "near", "on"),
    [
        ("6 March", date(2026, 3, 2), date(2026, 3, 6)),
        ("6 March", date(2026, 11, 20), date(2027, 3, 6)),
        ("6 March", None, None),
        ("20 November", date(2026, 1, 20), date(2025, 11, 20)),
        ("29 February", date(2026, 3, 2), None),
        ("29 February", date(2027, 9, 2), date(2028, 2, 29)),
        ("31 June 2026", date(2026, 3, 2), None),
        ("03/04/2026", date(2026, 3, 2), None),
    ],
)
def test_a_date_without_a_year_is_the_nearest(text, near, on):
    [found] = find_dates(reading(text))
    assert found.on(near) == on


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("6am", [time(6)]),
        ("9.30am", [time(9, 30)]),
        ("12.15 p.m.", [time(12, 15)]),
        ("12am", [time(0)]),
        ("noon", [time(12)]),
        ("14:30", [time(14, 30)]),
        ("14h30", [time(14, 30)]),
        ("14 heures", [time(14)]),
        ("5-6pm", [time(18)]),
        ("13pm", []),
        ("3.5 per cent", []),
        ("2026 am", []),
        ("সকাল ৯টা", [time(9)]),
        ("দুপুর ১টায়", [time(13)]),
        ("বিকেল ৪:৩০টা", [time(4, 30), time(16, 30)]),
        ("রাত ১০টা থেকে রাত ১টা", [time(22), time(1)]),
        ("সাড়ে ৯টা", [time(9, 30)]),
    ],
)
def test_times_of_day(text, found):
    assert sorted(each.at for each in find_times(reading(text))) == sorted(found)


@pytest.mark.parametrize(
    ("text", "away"),
    [
        ("today", [0]),
        ("tomorrow night", [1]),
        ("the day after tomorrow", [2]),
        ("après-demain", [2]),
        ("demen", [1]),
        ("taeao", [1]),
        ("আগামীকাল", [1]),
        ("yesterday", [-1]),
        ("some day", []),
    ],
)
def test_days_from_today(text, away):
    assert [each.away for each in find_days(reading(text))] == away


@pytest.mark.parametrize(
    ("text", "post", "moment"),
    [
        ("6am Wednesday 4 March 2026: x", {"timezone": "Europe/London"}, "2026-03-04T06:00+00:00"),
        ("4 July 2026 at 6am", {"timezone": "Europe/London"}, "2026-07-04T05:00+00:00"),
        ("9.30am tomorrow", {"now": NOW}, "2026-03-03T09:30+00:00"),
        ("noon", {"now": NOW}, "2026-03-02T12:00+00:00"),
        ("4 March", {"now": NOW, "timezone": "Pacific/Apia"}, "2026-03-03T11:00+00:00"),
        ("noon", {"publish_at": NOW.replace(day=9)}, "2026-03-09T12:00+00:00"),
    ],
)
def test_the_moment_that_is_meant(text, post, moment):
    found = moment_after(reading(text, **post), 0)
    assert found is not None
    assert found[1] == datetime.fromisoformat(moment)


@pytest.mark.parametrize("text", ["9.30am tomorrow", "noon", "4 March"])
def test_a_moment_nobody_can_tell(text):
    found = moment_after(reading(text), 0)
    assert found is not None
    assert found[1] is None


PIECES = st.sampled_from(
    [
        *["1", "31", "4th", "2026", "1er", "৪ঠা", "19শে", "March", "may", "me", "mars", "Mati"],
        *["মার্চ", "Monday", "Aso", "Lua", "বুধবার", "to", "and", "of", "the", "-", "–", "/", ".", ","],
        *[
            "(",
            "।",
            "\n",
            "'",
            "é",
            "\u0301",
            "\ud800",
            "03/04/2026",
            "2026-03-04",
            "6am",
            "টা",
            "🎉",
        ],
        *["99999999999", "noon", "today", "²", "٣", "সাড়ে", " ", " ", " ", "month", "ও"],
    ]
)


@settings(max_examples=300)
@given(st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=60))
def test_any_text_is_read_and_every_span_lies_inside(text):
    read = reading(text, now=NOW)
    for found in (*find_dates(read), *find_times(read), *find_days(read)):
        assert 0 <= found.span.start < found.span.end <= len(text)
    moment_after(reading(text, now=NOW, timezone="Pacific/Apia"), 0)
    for day in find_dates(read):
        on = day.on(NOW.date())
        assert on is None or (on.day, on.month) == (day.day, day.month)
