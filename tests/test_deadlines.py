"""What is late: lengths of time as people write them, ladders, and their rungs."""

from datetime import time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy.deadlines import LADDER, URGENT_LADDER, Ladder, Step, parse_ladder, rung
from policy.durations import parse, parse_hours, spoken

HOUR, MINUTE, SECOND = timedelta(hours=1), timedelta(minutes=1), timedelta(seconds=1)
EVER_LATER = "Each step of a ladder comes later"


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("4h", 4 * HOUR),
        ("30m", 30 * MINUTE),
        ("2d", 48 * HOUR),
        ("90s", 90 * SECOND),
        ("2h30m", 150 * MINUTE),
        (" 2 h 30 min ", 150 * MINUTE),
        ("3 days", 72 * HOUR),
        ("1 Day 1 Hour 1 Minute 1 Second", timedelta(1, 3661)),
        ("240m", 4 * HOUR),
        ("0h 5m", 5 * MINUTE),
    ],
)
def test_a_length_is_read_as_people_write_it(text, length):
    assert parse(text) == length


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "is not a length of time: write it like 30m, 4h or 2d"),
        ("4", "“4” is not a length"),
        ("h", "is not a length"),
        ("-4h", "is not a length"),
        ("1.5h", "is not a length"),
        ("4 weeks", "is not a length"),
        ("৪h", "is not a length"),
        ("999999h", "is not a length"),
        ("0h", "“0h” is no time at all"),
        ("1h 2h", "names the same unit twice"),
    ],
)
def test_what_is_no_length_is_refused_with_an_example(text, complaint):
    with pytest.raises(ValueError, match=complaint):
        parse(text)


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (timedelta(0), "0 s"),
        (-HOUR, "0 s"),
        (59 * SECOND, "59 s"),
        (60 * SECOND, "1 min"),
        (90 * SECOND, "1 min 30 s"),
        (59 * MINUTE, "59 min"),
        (60 * MINUTE, "1 h"),
        (2.5 * HOUR, "2 h 30 min"),
        (2 * HOUR + 30 * SECOND, "2 h"),
        (40 * HOUR, "40 h"),
        (48 * HOUR - MINUTE, "47 h 59 min"),
        (48 * HOUR, "2 days"),
        (49 * HOUR, "2 days 1 h"),
        (72 * HOUR + MINUTE, "3 days"),
    ],
)
def test_a_length_is_said_as_people_say_it(length, said):
    assert spoken(length) == said


@settings(deadline=None, max_examples=50)
@given(st.integers(1, 47 * 60))
def test_whole_minutes_below_two_days_are_read_back_as_they_were_said(minutes):
    assert parse(spoken(minutes * MINUTE)) == minutes * MINUTE


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("09:00-17:00", (time(9), time(17))),
        (" 8:30 – 16:45 ", (time(8, 30), time(16, 45))),
        ("00:00-24:00", (time(0), time(0))),
        ("09:00-09:01", (time(9), time(9, 1))),
    ],
)
def test_working_hours_are_read(text, hours):
    assert parse_hours(text) == hours


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "write them like 09:00-17:00"),
        ("9-17", "“9-17” are not working hours"),
        ("09:00", "are not working hours"),
        ("09:60-17:00", "are not working hours"),
        ("09:00-24:01", "are not working hours"),
        ("24:00-17:00", "are not working hours"),
        ("22:00-06:00", "end before they begin"),
        ("09:00-09:00", "end before they begin"),
    ],
)
def test_hours_that_make_no_working_day_are_refused(text, complaint):
    with pytest.raises(ValueError, match=complaint):
        parse_hours(text)


@pytest.mark.parametrize(
    ("waited", "reached"),
    [
        (timedelta(0), 0),
        (4 * HOUR - SECOND, 0),
        (4 * HOUR, 1),
        (4 * HOUR + SECOND, 1),
        (8 * HOUR - SECOND, 1),
        (8 * HOUR, 2),
        (16 * HOUR - SECOND, 2),
        (16 * HOUR, 3),
        (40 * HOUR - SECOND, 3),
        (40 * HOUR, 4),
        (400 * HOUR, 4),
    ],
)
def test_a_wait_reaches_a_rung_when_its_time_is_full(waited, reached):
    assert rung(waited, parse_ladder(LADDER)) == reached


@pytest.mark.parametrize(
    ("minutes", "reached"), [(14, 0), (15, 1), (29, 1), (30, 2), (60, 3), (239, 3), (240, 4)]
)
def test_an_urgent_draft_climbs_in_minutes(minutes, reached):
    assert rung(minutes * MINUTE, parse_ladder(URGENT_LADDER)) == reached


def test_a_ladder_is_read_step_by_step():
    assert parse_ladder(LADDER) == Ladder(4 * HOUR, 8 * HOUR, 16 * HOUR, 40 * HOUR)
    minutes = (each * MINUTE for each in (15, 30, 60, 240))
    assert parse_ladder(URGENT_LADDER) == Ladder(*minutes)
    assert parse_ladder(["1h", "90m", "2h", "2h 1m"]).seniors == 1.5 * HOUR
    assert len(list(parse_ladder(LADDER))) == len(Step)


@pytest.mark.parametrize(
    ("texts", "complaint"),
    [
        ([], "four steps .remind, seniors, lead, expire.; this one has 0"),
        (["4h", "8h", "16h"], "this one has 3: write it like .4h, 8h, 16h, 40h."),
        (["1h", "2h", "3h", "4h", "5h"], "this one has 5"),
        (["4h", "8h", "8h", "40h"], f"{EVER_LATER}.*; 8 h does not come after 8 h"),
        (["4h", "8h", "6h", "40h"], f"{EVER_LATER}.*; 6 h does not come after 8 h"),
        (["4h", "8h", "16h", "soon"], "“soon” is not a length"),
        (["4h", "8h", "2d", "5d"], "“2d” could mean days of 8 or of 24 hours"),
    ],
)
def test_a_ladder_that_nobody_could_climb_is_refused(texts, complaint):
    with pytest.raises(ValueError, match=complaint):
        parse_ladder(texts)


def test_a_ladder_does_not_begin_at_once():
    with pytest.raises(ValueError, match="0 s does not come after 0 s"):
        Ladder(timedelta(0), HOUR, 2 * HOUR, 3 * HOUR)
