"""Working time: weekends, holidays, part days, and clocks that are put forward or back."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy.calendar import Calendar, moment_at

HOUR, SECOND, DAY = timedelta(hours=1), timedelta(seconds=1), timedelta(days=1)
DHAKA = Calendar("Asia/Dhaka", "BD")
LONDON = Calendar("Europe/London", "GB", "ENG")
APIA = Calendar("Pacific/Apia", "WS")
ROUND_THE_CLOCK = Calendar("Europe/London", "GB", "ENG", hours="00:00-24:00")
#: Days with other hours: a short Thursday, a Friday on which work goes on, nights in which the
#: clocks change, and days that begin or end in the middle of such a change.
PART = Calendar(
    "Asia/Dhaka",
    "BD",
    part=((date(2026, 7, 23), "09:00-12:00"), (date(2026, 7, 24), "10:00-11:30")),
)
CHANGING = Calendar(
    "Europe/London",
    "GB",
    "ENG",
    added=(date(2026, 3, 27),),
    struck=(date(2026, 10, 24),),
    part=(
        (date(2026, 3, 29), "00:30-03:00"),
        (date(2026, 10, 25), "00:30-03:00"),
        (date(2026, 12, 24), "09:00-12:30"),
        (date(2026, 12, 31), "20:00-24:00"),
        (date(2027, 1, 1), "00:00-02:00"),
    ),
)
NIGHT = Calendar("Europe/London", "GB", "ENG", hours="00:00-06:00", struck=(date(2026, 10, 25),))


def local(calendar, text):
    """Read a moment on the wall clock of an office."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(calendar.timezone))


@pytest.mark.parametrize(
    ("calendar", "day", "works"),
    [
        (DHAKA, "2026-07-22", True),  # Wednesday
        (DHAKA, "2026-07-23", True),
        (DHAKA, "2026-07-24", False),  # Friday
        (DHAKA, "2026-07-25", False),
        (DHAKA, "2026-07-26", True),  # Sunday
        (DHAKA, "2026-03-25", True),
        (DHAKA, "2026-03-26", False),  # Independence Day, a Thursday
        (LONDON, "2026-07-24", True),
        (LONDON, "2026-07-25", False),
        (LONDON, "2026-07-26", False),
        (LONDON, "2026-04-02", True),
        (LONDON, "2026-04-03", False),  # Good Friday
        (LONDON, "2026-04-06", False),  # Easter Monday, in England
        (Calendar("Europe/London", "GB", "SCT"), "2026-04-06", True),
        (LONDON, "2026-04-07", True),
        (APIA, "2026-06-01", False),  # Independence Day
        (APIA, "2026-06-02", True),
        (LONDON, "1700-01-01", True),  # long before any list of holidays
        (LONDON, "2500-12-25", False),  # long after: a Saturday
    ],
)
def test_an_office_rests_on_its_weekend_and_holidays(calendar, day, works):
    assert calendar.is_working_day(date.fromisoformat(day)) is works


def test_an_office_adds_holidays_and_strikes_days_off():
    eid, friday = date(2026, 7, 22), date(2026, 7, 24)
    own = Calendar("Asia/Dhaka", "BD", added=(eid,), struck=(friday, date(2026, 3, 26)))

    assert [own.is_working_day(eid), DHAKA.is_working_day(eid)] == [False, True]
    assert own.is_working_day(friday)
    assert own.is_working_day(date(2026, 3, 26))
    assert not own.is_working_day(date(2026, 7, 25))


@pytest.mark.parametrize(
    ("calendar", "day", "hours"),
    [
        (PART, "2026-07-22", (time(9), time(17))),
        (PART, "2026-07-23", (time(9), time(12))),
        (PART, "2026-07-24", (time(10), time(11, 30))),  # a Friday, off otherwise
        (PART, "2026-07-25", None),
        (CHANGING, "2026-03-27", None),
        (CHANGING, "2026-10-24", (time(9), time(17))),  # a Saturday that is struck
        (CHANGING, "2026-12-31", (time(20), time(0))),
        (CHANGING, "2027-01-01", (time(0), time(2))),  # New Year's Day, worked in its hours
    ],
)
def test_a_day_may_have_hours_of_its_own(calendar, day, hours):
    day = date.fromisoformat(day)
    assert calendar.hours_on(day) == hours
    assert calendar.is_working_day(day) is (hours is not None)
    assert (calendar.opens(day) is None) is (hours is None)


def test_a_day_off_with_hours_is_refused():
    day = date(2026, 7, 22)
    with pytest.raises(ValueError, match="2026-07-22: added as a day off, and given hours"):
        Calendar("Asia/Dhaka", "BD", added=(day,), part=((day, "09:00-12:00"),))
    with pytest.raises(ValueError, match="end before they begin"):
        Calendar("Asia/Dhaka", "BD", part=((day, "12:00-09:00"),))


@pytest.mark.parametrize(
    ("calendar", "day", "name"),
    [
        (DHAKA, "2026-12-16", "Victory Day"),  # in English, though the list is in Bangla
        (DHAKA, "2026-12-17", ""),
        (APIA, "2026-06-01", "Independence Day"),
    ],
)
def test_a_public_holiday_has_its_name(calendar, day, name):
    assert calendar.holiday(date.fromisoformat(day)) == name


@pytest.mark.parametrize(
    ("calendar", "first"),
    [
        (DHAKA, 6),
        (LONDON, 0),
        (Calendar("Asia/Tehran", "IR"), 5),
        (Calendar("Asia/Brunei", "BN"), 0),  # rests on Friday and on Sunday
    ],
)
def test_the_week_of_an_office_begins_after_its_weekend(calendar, first):
    assert calendar.week_start == first


@pytest.mark.parametrize(
    ("moment", "without", "with_grace"),
    [
        ("2026-07-23T08:59:59", False, False),
        ("2026-07-23T09:00:00", True, True),
        ("2026-07-23T16:59:59", True, True),
        ("2026-07-23T17:00:00", False, True),
        ("2026-07-23T17:14:59", False, True),
        ("2026-07-23T17:15:00", False, False),
        ("2026-07-24T09:00:00", False, False),
        ("2026-07-24T12:00:00", False, False),
        ("2026-07-26T09:00:00", True, True),
    ],
)
def test_an_office_is_open_from_the_first_second_to_the_last(moment, without, with_grace):
    now = local(DHAKA, moment)
    assert DHAKA.is_open(now) is without
    assert DHAKA.is_open(now, grace=timedelta(minutes=15)) is with_grace


def test_the_grace_reaches_past_midnight():
    late = Calendar("Asia/Dhaka", "BD", hours="16:00-24:00")
    assert late.is_open(local(late, "2026-07-24T00:14:59"), grace=timedelta(minutes=15))
    assert not late.is_open(local(late, "2026-07-24T00:15:00"), grace=timedelta(minutes=15))


@pytest.mark.parametrize(
    ("calendar", "since", "now", "hours"),
    [
        (DHAKA, "2026-07-22T10:00", "2026-07-22T12:30", 2.5),
        (DHAKA, "2026-07-22T07:00", "2026-07-22T09:00", 0),
        (DHAKA, "2026-07-22T07:00", "2026-07-22T10:00", 1),
        (DHAKA, "2026-07-22T16:00", "2026-07-22T23:00", 1),
        (DHAKA, "2026-07-22T16:00", "2026-07-23T10:00", 2),
        (DHAKA, "2026-07-23T16:00", "2026-07-26T10:00", 2),  # over Friday and Saturday
        (DHAKA, "2026-07-24T00:00", "2026-07-25T23:59", 0),
        (DHAKA, "2026-03-25T16:00", "2026-03-29T10:00", 2),  # a holiday and the weekend
        (PART, "2026-07-22T16:00", "2026-07-23T10:00", 2),
        (PART, "2026-07-23T09:00", "2026-07-23T17:00", 3),
        (PART, "2026-07-23T11:00", "2026-07-24T11:00", 2),
        (PART, "2026-07-23T00:00", "2026-07-26T10:00", 5.5),
        (CHANGING, "2026-03-29T00:00", "2026-03-30T00:00", 1.5),  # an hour is left out
        (CHANGING, "2026-10-25T00:00", "2026-10-26T00:00", 3.5),  # and worked twice
        (CHANGING, "2026-03-26T16:00", "2026-03-30T10:00", 3.5),  # a holiday of its own between
        (CHANGING, "2026-12-31T19:00", "2027-01-01T12:00", 6),  # through the night of the year
        (DHAKA, "2026-07-22T12:00", "2026-07-22T12:00", 0),
        (DHAKA, "2026-07-22T12:00", "2026-07-22T10:00", 0),
        (LONDON, "2026-03-27T16:00", "2026-03-30T10:00", 2),  # clocks forward on the Sunday
        (LONDON, "2026-10-23T16:00", "2026-10-26T10:00", 2),  # and back
        (ROUND_THE_CLOCK, "2026-07-22T00:00", "2026-07-24T00:00", 48),
        (ROUND_THE_CLOCK, "2026-07-24T12:00", "2026-07-27T12:00", 24),
        (NIGHT, "2026-10-25T00:00", "2026-10-26T00:00", 7),  # an hour is worked twice
        (LONDON, "2026-01-01T00:00", "2027-01-01T00:00", 253 * 8),
        (APIA, "2011-12-28T00:00", "2012-01-01T00:00", 2 * 8),  # 30 December was left out
    ],
)
def test_only_working_time_counts(calendar, since, now, hours):
    assert calendar.worked(local(calendar, since), local(calendar, now)) == hours * HOUR


def test_moments_may_come_in_any_zone():
    since = datetime(2026, 7, 22, 22, tzinfo=timezone(-6 * HOUR))  # 10:00 in Dhaka
    assert DHAKA.worked(since, datetime(2026, 7, 23, 6, tzinfo=UTC)) == 2 * HOUR


@pytest.mark.parametrize(
    ("calendar", "since", "hours", "over"),
    [
        (DHAKA, "2026-07-22T10:00", 0, "2026-07-22T10:00"),
        (DHAKA, "2026-07-24T10:00", 0, "2026-07-24T10:00"),
        (DHAKA, "2026-07-22T10:00", 4, "2026-07-22T14:00"),
        (DHAKA, "2026-07-22T10:00", 7, "2026-07-22T17:00"),
        (DHAKA, "2026-07-22T10:00", 8, "2026-07-23T10:00"),
        (DHAKA, "2026-07-23T16:00", 1, "2026-07-23T17:00"),
        (DHAKA, "2026-07-23T16:00", 2, "2026-07-26T10:00"),
        (DHAKA, "2026-07-24T16:00", 1, "2026-07-26T10:00"),
        (DHAKA, "2026-03-25T20:00", 8, "2026-03-29T17:00"),
        (PART, "2026-07-23T11:00", 1, "2026-07-23T12:00"),
        (PART, "2026-07-23T11:00", 2, "2026-07-24T11:00"),
        (PART, "2026-07-23T11:00", 3, "2026-07-26T09:30"),
        (CHANGING, "2026-03-28T12:00", 1, "2026-03-29T02:30"),  # from 0:30 over the change
        (CHANGING, "2026-12-31T12:00", 4, "2027-01-01T00:00"),
        (CHANGING, "2026-12-31T12:00", 5, "2027-01-01T01:00"),
        (LONDON, "2026-03-27T16:00", 2, "2026-03-30T10:00"),
        (DHAKA, "2026-07-22T09:00", 40, "2026-07-28T17:00"),
    ],
)
def test_working_time_is_added_to_a_moment(calendar, since, hours, over):
    assert calendar.add(local(calendar, since), hours * HOUR) == local(calendar, over)


def test_more_working_time_than_any_calendar_holds_is_an_error():
    with pytest.raises(OverflowError):
        DHAKA.add(datetime(9999, 12, 1, tzinfo=UTC), 400 * HOUR)


@pytest.mark.parametrize(
    ("zone", "day", "clock", "moment"),
    [
        ("Asia/Dhaka", date(2026, 7, 22), time(9), "2026-07-22T03:00"),
        ("Europe/London", date(2026, 3, 29), time(0, 59), "2026-03-29T00:59"),
        ("Europe/London", date(2026, 3, 29), time(1), "2026-03-29T01:00"),
        ("Europe/London", date(2026, 3, 29), time(1, 30), "2026-03-29T01:00"),  # never shown
        ("Europe/London", date(2026, 3, 29), time(2), "2026-03-29T01:00"),
        ("Europe/London", date(2026, 10, 25), time(1, 30), "2026-10-25T00:30"),  # shown twice
        ("Europe/London", date(2026, 10, 25), time(2), "2026-10-25T02:00"),
        ("Pacific/Apia", date(2011, 12, 30), time(9), "2011-12-30T10:00"),  # a date left out
        ("Pacific/Apia", date(2011, 12, 31), time(0), "2011-12-30T10:00"),
        ("Africa/Cairo", date(2026, 4, 24), time(0), "2026-04-23T22:00"),  # no midnight
    ],
)
def test_a_wall_clock_time_is_the_first_moment_it_is_reached(zone, day, clock, moment):
    assert moment_at(zone, day, clock) == datetime.fromisoformat(moment).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("Asia/Daka", "BD"), r"Asia/Dhaka or Europe/London .did you mean Asia/Dhaka\?"),
        (("", "BD"), "“” is not a time zone"),
        (("Europe", "BD"), "“Europe” is not a time zone"),
        (("../etc/localtime", "BD"), "is not a time zone"),
        (("Asia/Dhaka", "bd"), "“bd” is not a country .*: write two capitals like BD"),
        (("Asia/Dhaka", "XX"), "“XX” is not a country"),
        (("Asia/Dhaka", "HolidayBase"), "is not a country"),
        (("Europe/London", "GB", "England"), "of GB .*: choose from ENG, NIR, SCT, WLS"),
        (("Asia/Dhaka", "BD", "C"), "“C” is not a part of BD .*: leave it out"),
    ],
)
def test_an_unknown_zone_or_country_is_refused_with_what_is_expected(arguments, complaint):
    with pytest.raises(ValueError, match=complaint):
        Calendar(*arguments)


def test_hours_over_night_and_days_both_added_and_struck_are_refused():
    day = date(2026, 7, 22)
    with pytest.raises(ValueError, match="end before they begin"):
        Calendar("Asia/Dhaka", "BD", hours="22:00-06:00")
    with pytest.raises(ValueError, match="2026-07-22: added and struck at once"):
        Calendar("Asia/Dhaka", "BD", added=(day,), struck=(day,))


def test_a_moment_without_a_zone_is_refused():
    naive = datetime(2026, 7, 22, 12)  # noqa: DTZ001
    with pytest.raises(ValueError, match="needs its time zone"):
        DHAKA.is_open(naive)


calendars = st.sampled_from([DHAKA, LONDON, APIA, ROUND_THE_CLOCK, NIGHT, PART, CHANGING])
own_hours = st.sampled_from(["09:00-12:00", "00:00-24:00", "13:15-13:16", "01:30-02:30"])
odd_days = st.dates(date(2026, 3, 1), date(2026, 11, 30))


@st.composite
def odd_calendars(draw):
    """Draw the calendar of an office with many days out of the ordinary."""
    part = draw(st.dictionaries(odd_days, own_hours, max_size=40))
    added = draw(st.frozensets(odd_days, max_size=40)) - part.keys()
    struck = draw(st.frozensets(odd_days, max_size=20)) - added
    zone, country = draw(st.sampled_from([("Europe/London", "GB"), ("Asia/Dhaka", "BD")]))
    return Calendar(
        zone, country, added=tuple(added), struck=tuple(struck), part=tuple(part.items())
    )


moments = st.datetimes(datetime(2011, 1, 1), datetime(2031, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
moments_of_2026 = st.datetimes(datetime(2026, 3, 1), datetime(2026, 12, 1), timezones=st.just(UTC))  # noqa: DTZ001
near = st.timedeltas(timedelta(0), timedelta(days=21))
properties = settings(deadline=None, max_examples=60)


@properties
@given(calendars, moments, near, near)
def test_working_time_is_additive_and_never_longer_than_the_clock(calendar, start, first, then):
    middle, end = start + first, start + first + then
    whole = calendar.worked(start, end)

    assert whole == calendar.worked(start, middle) + calendar.worked(middle, end)
    assert timedelta(0) <= calendar.worked(start, middle) <= whole <= first + then


@properties
@given(calendars, moments, st.timedeltas(SECOND, timedelta(hours=60)))
def test_adding_working_time_and_counting_it_are_inverse(calendar, start, amount):
    over = calendar.add(start, amount)

    assert calendar.worked(start, over) == amount
    assert calendar.worked(start, over - SECOND) == amount - SECOND
    assert calendar.is_open(over - SECOND)


@properties
@given(calendars, moments)
def test_time_is_worked_exactly_while_the_office_is_open(calendar, start):
    instant = timedelta(microseconds=1)
    assert (calendar.worked(start, start + instant) == instant) is calendar.is_open(start)


@properties
@given(odd_calendars(), moments_of_2026, st.timedeltas(SECOND, timedelta(hours=60)))
def test_odd_days_keep_adding_and_counting_inverse(calendar, start, amount):
    over, instant = calendar.add(start, amount), timedelta(microseconds=1)

    assert calendar.worked(start, over) == amount
    assert calendar.worked(start, over - instant) == amount - instant
    assert calendar.is_open(over - instant)


@properties
@given(odd_calendars(), odd_days)
def test_a_day_is_worked_for_its_hours_and_no_others(calendar, day):
    hours = calendar.hours_on(day)
    start, end = (moment_at(calendar.timezone, each, time(0)) for each in (day, day + DAY))
    worked = calendar.worked(start, end)
    assert (worked > timedelta(0)) is (hours is not None)
    if hours is None:
        assert calendar.opens(day) is None
        return
    last = day + DAY if hours[1] == time(0) else day
    opens = moment_at(calendar.timezone, day, hours[0])
    assert calendar.opens(day) == opens
    assert worked == moment_at(calendar.timezone, last, hours[1]) - opens
