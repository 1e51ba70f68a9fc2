"""A page's own week: where it begins and ends, what it is called, and who hears when."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy.cadence import Stretch, stretch_of
from policy.calendar import Calendar
from policy.freshness import (
    SHORT_WEEKS_FOR_LEAD,
    Freshness,
    is_new,
    is_short,
    office_week,
    short_in_a_row,
    status,
    warning_moment,
    weekly_moment,
)

DHAKA = Calendar("Asia/Dhaka", "BD")
LONDON = Calendar("Europe/London", "GB", "ENG")
WEEK = stretch_of(datetime(2026, 7, 22, tzinfo=UTC), "UTC")  # Monday 20 to Monday 27 July
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def at(text, zone="UTC"):
    """Read a moment on the wall clock of a zone."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


@pytest.mark.parametrize(
    ("now", "zone", "week_start", "key", "first"),
    [
        ("2026-07-19T23:59:59", "UTC", 0, "2026-W29", "2026-07-13"),
        ("2026-07-20T00:00:00", "UTC", 0, "2026-W30", "2026-07-20"),
        ("2026-07-26T23:59:59", "UTC", 0, "2026-W30", "2026-07-20"),
        ("2026-07-27T00:00:00", "UTC", 0, "2026-W31", "2026-07-27"),
        ("2026-07-19T00:00:00", "UTC", 6, "2026-07-19", "2026-07-19"),
        ("2026-07-18T23:59:59", "UTC", 6, "2026-07-12", "2026-07-12"),
        ("2026-07-19T17:59:59", "Asia/Dhaka", 0, "2026-W29", "2026-07-13"),
        ("2026-07-19T18:00:00", "Asia/Dhaka", 0, "2026-W30", "2026-07-20"),
        ("2026-07-20T10:00:00", "Pacific/Apia", 0, "2026-W30", "2026-07-20"),
        ("2027-01-01T12:00:00", "UTC", 0, "2026-W53", "2026-12-28"),
        ("2025-12-29T00:00:00", "UTC", 0, "2026-W01", "2025-12-29"),
        ("2011-12-31T12:00:00", "Pacific/Apia", 0, "2011-W52", "2011-12-26"),
    ],
)
def test_a_moment_lies_in_the_week_of_its_zone(now, zone, week_start, key, first):
    week = stretch_of(at(now), zone, week_start)
    assert (week.key, week.first.isoformat()) == (key, first)


@pytest.mark.parametrize(
    ("zone", "day", "start", "end", "hours"),
    [
        ("Asia/Dhaka", "2026-07-22", "2026-07-19T18:00", "2026-07-26T18:00", 168),
        ("Europe/London", "2026-03-25", "2026-03-23T00:00", "2026-03-29T23:00", 167),
        ("Europe/London", "2026-10-21", "2026-10-18T23:00", "2026-10-26T00:00", 169),
        ("Pacific/Apia", "2011-12-28", "2011-12-26T10:00", "2012-01-01T10:00", 144),
    ],
)
def test_a_week_runs_from_local_midnight_to_local_midnight(zone, day, start, end, hours):
    week = stretch_of(at(day, zone), zone)
    assert (week.start, week.end) == (at(start), at(end))
    assert week.end - week.start == timedelta(hours=hours)
    assert week.middle - week.start == week.end - week.middle


ZONES = ["UTC", "Asia/Dhaka", "Europe/London", "Pacific/Apia", "Africa/Cairo", "America/Havana"]


@settings(deadline=None, max_examples=60)
@given(
    st.datetimes(datetime(2011, 1, 1), datetime(2031, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    st.sampled_from(ZONES),
    st.integers(0, 6),
)
def test_every_moment_lies_in_one_week_and_weeks_follow_each_other(now, zone, week_start):
    week = stretch_of(now, zone, week_start)
    before = stretch_of(week.start - timedelta(seconds=1), zone, week_start)

    assert week.start <= now < week.end
    assert week.first.weekday() == week_start
    assert before == week.previous()
    assert before.end == week.start
    assert before.key < week.key


@pytest.mark.parametrize(
    ("now", "none", "one", "two"),
    [
        ("2026-07-20T00:00:00", Freshness.FINE, Freshness.FINE, Freshness.FINE),
        ("2026-07-23T11:59:59", Freshness.FINE, Freshness.FINE, Freshness.FINE),
        ("2026-07-23T12:00:00", Freshness.HINT, Freshness.FINE, Freshness.FINE),
        ("2026-07-25T23:59:59", Freshness.HINT, Freshness.FINE, Freshness.FINE),
        ("2026-07-26T00:00:00", Freshness.WARNING, Freshness.WARNING, Freshness.FINE),
        ("2026-07-26T23:59:59", Freshness.WARNING, Freshness.WARNING, Freshness.FINE),
    ],
)
def test_a_quiet_page_gets_a_hint_in_the_middle_and_a_warning_a_day_before(now, none, one, two):
    stands = [status(n, 2, WEEK, now=at(now), started_at=LONG_AGO) for n in (0, 1, 2)]
    assert stands == [none, one, two]


def test_a_page_that_needs_no_updates_is_always_fine():
    assert status(0, 0, WEEK, now=WEEK.end, started_at=LONG_AGO) is Freshness.FINE


@pytest.mark.parametrize(
    ("started", "excused"),
    [
        ("2026-07-12T23:59:59", False),
        ("2026-07-13T00:00:00", False),  # the week before was its first full one
        ("2026-07-13T00:00:01", True),  # this week is
        ("2026-07-20T00:00:00", True),
        ("2026-07-22T12:00:00", True),
        ("2026-07-29T12:00:00", True),
    ],
)
def test_a_new_page_is_excused_until_its_first_full_week_is_over(started, excused):
    started_at = at(started)
    stands = status(0, 2, WEEK, now=at("2026-07-26T12:00"), started_at=started_at)

    assert is_new(WEEK, started_at) is excused
    assert stands is (Freshness.GRACE if excused else Freshness.WARNING)
    assert is_short(0, 2, WEEK, started_at) is not excused


@pytest.mark.parametrize(("updates", "short"), [(0, True), (1, True), (2, False), (3, False)])
def test_a_week_with_fewer_updates_than_the_floor_is_short(updates, short):
    assert is_short(updates, 2, WEEK, LONG_AGO) is short


@pytest.mark.parametrize(
    ("calendar", "week_start", "warned"),
    [
        (None, 0, "2026-07-26T00:00+01:00"),
        (LONDON, 0, "2026-07-24T09:00+01:00"),  # nobody is there on Sunday, so on Friday
        (LONDON, 6, "2026-07-24T09:00+01:00"),  # nor on Saturday
        (LONDON, 3, "2026-07-22T00:00+01:00"),  # Wednesday is a working day
        (LONDON, 1, "2026-07-27T00:00+01:00"),  # and so is Monday
    ],
)
def test_the_warning_comes_while_somebody_is_there_to_heed_it(calendar, week_start, warned):
    moment = datetime.fromisoformat(warned)
    week = stretch_of(moment, "Europe/London", week_start)
    second = timedelta(seconds=1)

    stands = [
        status(1, 2, week, now=now, started_at=LONG_AGO, calendar=calendar)
        for now in (moment - second, moment, moment + second)
    ]
    assert warning_moment(week, calendar) == moment
    assert stands == [Freshness.FINE, Freshness.WARNING, Freshness.WARNING]


def test_in_a_week_of_holidays_the_warning_is_due_when_it_always_is():
    holidays = tuple(WEEK.first + timedelta(days=number) for number in range(7))
    closed = Calendar("UTC", "GB", "ENG", added=holidays)
    assert warning_moment(WEEK, closed) == WEEK.end - timedelta(hours=24)


@pytest.mark.parametrize(
    ("short", "in_a_row"),
    [
        ([], 0),
        (["2026-W29"], 0),
        (["2026-W30"], 1),
        (["2026-W30", "2026-W28"], 1),
        (["2026-W29", "2026-W30"], 2),
        (["2026-W28", "2026-W29", "2026-W30"], 3),
    ],
)
def test_short_weeks_in_a_row_are_counted_backwards(short, in_a_row):
    assert short_in_a_row(WEEK, short) == in_a_row


def test_the_lead_hears_after_two_short_weeks_across_the_new_year():
    week = stretch_of(at("2027-01-05"), "UTC")
    assert short_in_a_row(week, {"2027-W01", "2026-W53"}) == SHORT_WEEKS_FOR_LEAD == 2


@pytest.mark.parametrize(
    ("calendar", "now", "moment"),
    [
        (DHAKA, "2026-07-18T23:59:59", "2026-07-12T09:00"),
        (DHAKA, "2026-07-19T00:00:00", "2026-07-19T09:00"),  # the week begins on Sunday
        (DHAKA, "2026-07-25T23:59:59", "2026-07-19T09:00"),
        (DHAKA, "2026-03-24T12:00:00", "2026-03-24T09:00"),  # Eid al-Fitr until Monday
        (LONDON, "2026-07-19T12:00:00", "2026-07-13T09:00"),
        (LONDON, "2026-07-20T00:00:00", "2026-07-20T09:00"),
        (LONDON, "2026-04-06T08:00:00", "2026-04-07T09:00"),  # Easter Monday
        (LONDON, "2026-03-30T08:00:00", "2026-03-30T09:00"),  # the clocks went forward
    ],
)
def test_the_weekly_message_is_due_at_the_first_opening_of_the_week(calendar, now, moment):
    assert weekly_moment(calendar, at(now, calendar.timezone)) == at(moment, calendar.timezone)


def test_an_office_that_is_closed_all_week_has_no_weekly_message():
    days = tuple(date(2026, 7, 19) + timedelta(days=number) for number in range(7))
    closed = Calendar("Asia/Dhaka", "BD", added=days)

    assert weekly_moment(closed, at("2026-07-22")) is None
    assert office_week(closed, at("2026-07-22")) == Stretch(date(2026, 7, 19), "Asia/Dhaka", 6)
    assert weekly_moment(closed, at("2026-07-26")) is not None
