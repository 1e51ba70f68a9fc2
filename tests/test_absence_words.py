"""What people say about being away: which days they mean, and what is refused."""

import contextlib
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.absence import Away, Said, found, read
from policy.day_words import WEEKDAYS

TODAY = date(2026, 12, 1)  # a Tuesday


def days(first: int, last: int) -> Away:
    """Return days of that December."""
    return Away(date(2026, 12, first), date(2026, 12, last))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("until Thursday", Said(away=days(1, 3))),
        ("UNTIL thu", Said(away=days(1, 3))),
        ("till wed.", Said(away=days(1, 2))),
        ("until Tuesday", Said(away=days(1, 8))),  # today is Tuesday: the next one
        ("until today", Said(away=days(1, 1))),
        ("until tomorrow", Said(away=days(1, 2))),
        ("until 2026-12-04", Said(away=days(1, 4))),
        ("until 2026-12-1", Said(away=days(1, 1))),
        ("today", Said(away=days(1, 1))),
        ("tomorrow", Said(away=days(2, 2))),
        ("Friday", Said(away=days(4, 4))),
        ("2026-12-05", Said(away=days(5, 5))),
        ("2026-12-01 2026-12-05", Said(away=days(1, 5))),
        ("2026-12-05 to 2026-12-08", Said(away=days(5, 8))),
        ("from Friday until Monday", Said(away=days(4, 7))),
        ("from 2026-12-02 2026-12-03", Said(away=days(2, 3))),
        ("mon wed", Said(away=days(7, 9))),
        ("mon mon", Said(away=days(7, 7))),
        ("today - fri", Said(away=days(1, 4))),
        ("off", Said(is_back=True)),
        ("back", Said(is_back=True)),
        ("Chen off", Said("Chen", is_back=True)),
        ("until Thursday deputy Chen", Said(away=days(1, 3), deputy="Chen")),
        ("Bo Larsen until Thu deputy Amina Karim", Said("Bo Larsen", days(1, 3), False,
         "Amina Karim")),
        ("Chen 2026-12-02 2026-12-03", Said("Chen", days(2, 3))),
        ("Chen from 2026-12-02 to 2026-12-03", Said("Chen", days(2, 3))),
        ("Sun Li until Thursday", Said("Sun Li", days(1, 3))),
        ("deputy Chen", Said(deputy="Chen")),
        ("Bo Larsen deputy Chen", Said("Bo Larsen", deputy="Chen")),
        ("until 2027-12-02", Said(away=Away(TODAY, date(2027, 12, 2)))),
        ("2027-12-02", Said(away=Away(date(2027, 12, 2), date(2027, 12, 2)))),
    ],
)  # fmt: skip
def test_words_mean_whole_days(text, said):
    assert read(text, TODAY) == said


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("hm", "I do not understand “hm”"),
        ("until", "I do not understand “until”"),
        ("until Blursday", "I do not understand"),
        ("until Thursday please", "I do not understand"),
        ("until th", "I do not understand"),
        ("until 2026-02-30", "“2026-02-30” is no day"),
        ("until 0000-01-01", "is no day"),
        ("until ２０２６-12-04", "I do not understand"),
        ("until 2026-11-30", "2026-11-30 is over. Write the day"),
        ("2026-11-20 2026-11-25", "2026-11-25 is over"),
        ("2026-11-20 2026-12-25", "If you are away now, write /away until 2026-12-25"),
        ("2026-12-05 2026-12-04", "2026-12-04 comes before 2026-12-05"),
        ("until 2027-12-03", "at most a year"),
        ("2027-12-03", "more than a year ahead"),
        ("until Thursday deputy", "Say who stands in"),
        ("deputy", "Say who stands in"),
    ],
)
def test_what_makes_no_sense_is_refused_with_what_to_write(text, complaint):
    with pytest.raises(ValueError, match=complaint):
        read(text, TODAY)


@given(st.dates(date(2024, 1, 1), date(2030, 1, 1)), st.sampled_from(WEEKDAYS))
def test_weekday_is_within_the_next_seven_days_and_never_today(today, name):
    away = read(f"until {name[:3]}", today).away
    assert away is not None
    assert away.first == today
    assert timedelta(1) <= away.last - today <= timedelta(7)
    assert WEEKDAYS[away.last.weekday()] == name


WORDS = st.sampled_from(
    ["until", "from", "to", "off", "deputy", "Chen", "thu", "today", "-", "2026-12-04", "2026-99-1"]
)


@given(st.lists(WORDS | st.text(max_size=8), max_size=6).map(" ".join))
def test_whatever_is_written_is_understood_or_refused_in_words(text):
    with contextlib.suppress(ValueError):
        said = read(text, TODAY)
        assert said.is_back or said.deputy or said.away
        if said.away:
            assert TODAY <= said.away.first <= said.away.last <= date(2028, 12, 3)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("bo", ["Bo"]),
        ("BO LARSEN", ["Bo Larsen"]),
        ("lars", ["Bo Larsen", "Lars Ek"]),
        ("larsen", ["Bo Larsen"]),
        ("ek", ["Lars Ek"]),
        ("ch", ["Chen"]),
        ("x", []),
    ],
)
def test_person_is_found_by_name_or_its_beginning(name, meant):
    people = ["Bo", "Bo Larsen", "Chen", "Lars Ek"]
    assert found(name, people) == meant
