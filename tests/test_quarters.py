"""The quarters of a page, and the days that people ask a report for."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy import quarters, spans
from policy.quarters import number_of, quarter
from policy.spans import months_later

DHAKA = "Asia/Dhaka"
TODAY = date(2026, 7, 20)
DAYS = st.dates(date(2010, 1, 1), date(2060, 12, 31))

ENDS = [
    (date(2026, 1, 31), ["2026-04-30", "2026-07-31", "2026-10-31", "2027-01-31", "2027-04-30"]),
    (date(2025, 11, 30), ["2026-02-28", "2026-05-30", "2026-08-30", "2026-11-30"]),
    (date(2027, 11, 30), ["2028-02-29", "2028-05-30"]),
    (date(2024, 2, 29), ["2024-05-29", "2024-08-29", "2024-11-29", "2025-02-28"]),
    (date(2026, 2, 1), ["2026-05-01"]),
    (date(2026, 12, 15), ["2027-03-15"]),
]


@pytest.mark.parametrize(("started_on", "ends"), ENDS)
def test_quarters_end_where_the_calendar_says(started_on, ends):
    found = [quarter(started_on, number, DHAKA).after.isoformat() for number in range(len(ends))]
    assert found == ends


@given(DAYS, st.integers(0, 200))
def test_quarters_are_contiguous_and_never_drift(started_on, number):
    this, following = quarter(started_on, number, DHAKA), quarter(started_on, number + 1, DHAKA)
    assert this.after == following.first
    assert this.end == following.start
    assert quarters.SHORTEST <= this.after - this.first <= timedelta(days=92)
    assert this.first == months_later(started_on, 3 * number)
    is_last_of_month = (this.first + timedelta(days=1)).day == 1
    assert this.first.day == started_on.day or (is_last_of_month and this.first.day >= 28)


@given(DAYS, DAYS)
def test_every_day_lies_in_the_quarter_that_has_its_number(started_on, day):
    found = quarter(started_on, number_of(started_on, day), DHAKA)
    assert found.first <= day < found.after


LAST = [  # the page began on 31 January 2026, 10:00 in Dhaka
    ("2026-04-29T17:59:00", None),  # 29 April, 23:59 in Dhaka
    ("2026-04-29T18:00:00", ("2026-01-31", "2026-04-29")),
    ("2026-07-30T17:59:00", ("2026-01-31", "2026-04-29")),
    ("2026-07-30T18:00:00", ("2026-04-30", "2026-07-30")),
]


@pytest.mark.parametrize(("now", "expected"), LAST)
def test_quarter_is_over_at_midnight_in_the_zone_of_the_page(now, expected):
    started_at = datetime(2026, 1, 31, 4, tzinfo=UTC)
    found = quarters.last_over(started_at, datetime.fromisoformat(now).replace(tzinfo=UTC), DHAKA)
    assert (found and (found.first.isoformat(), found.last.isoformat())) == expected


def test_quarter_before_the_first_is_none():
    started_at = datetime(2026, 1, 31, 4, tzinfo=UTC)
    first, second = (quarter(date(2026, 1, 31), number, DHAKA) for number in (0, 1))
    assert quarters.before(started_at, first) is None
    assert quarters.before(started_at, second) == first


ASKED = [
    ("", "2026-04-21", "2026-07-20"),
    ("yearly", "2026-01-01", "2026-12-31"),
    ("yearly last", "2025-01-01", "2025-12-31"),
    ("yearly 2024", "2024-01-01", "2024-12-31"),
    ("last quarter", "2026-04-01", "2026-06-30"),
    ("This Quarter", "2026-07-01", "2026-09-30"),
    ("last month", "2026-06-01", "2026-06-30"),
    ("this month", "2026-07-01", "2026-07-31"),
    ("last year", "2025-01-01", "2025-12-31"),
    ("2025", "2025-01-01", "2025-12-31"),
    ("2026-Q2", "2026-04-01", "2026-06-30"),
    ("q2 2026", "2026-04-01", "2026-06-30"),
    ("2026-02", "2026-02-01", "2026-02-28"),
    ("2026-04-01 2026-06-30", "2026-04-01", "2026-06-30"),
    ("2026-04-01 to 2026-04-01", "2026-04-01", "2026-04-01"),
    ("2026-7-1", "2026-07-01", "2026-07-20"),
]


@pytest.mark.parametrize(("text", "first", "last"), ASKED)
def test_period_is_read_as_people_write_it(text, first, last):
    found = spans.read(text, TODAY, DHAKA)
    assert (found.first.isoformat(), found.last.isoformat()) == (first, last)


WRONG = [
    ("soon", "I do not understand “soon”"),
    ("last", "I do not understand"),
    ("2026-13", "I do not understand"),
    ("2026-02-30 2026-03-01", "“2026-02-30” is no day"),
    ("2026-06-30 2026-04-01", "2026-04-01 comes before 2026-06-30"),
    ("2026-08-01 2026-08-02", "2026-08-01 is still to come"),
    ("2027", "2027-01-01 is still to come"),
    ("2010-01-01 2026-01-01", "at most ten years"),
    ("٢٠٢٦", "I do not understand"),
]


@pytest.mark.parametrize(("text", "said"), WRONG)
def test_what_is_no_period_is_refused_with_what_to_write(text, said):
    with pytest.raises(ValueError, match=said):
        spans.read(text, TODAY, DHAKA)


BEFORE = [
    ("last quarter", "2026-01-01", "2026-03-31"),
    ("last year", "2024-01-01", "2024-12-31"),
    ("2026-05-11 2026-05-20", "2026-05-01", "2026-05-10"),
]


@pytest.mark.parametrize(("text", "first", "last"), BEFORE)
def test_period_before_has_as_many_months_or_days(text, first, last):
    found = spans.read(text, TODAY, DHAKA).previous()
    assert (found.first.isoformat(), found.last.isoformat()) == (first, last)
