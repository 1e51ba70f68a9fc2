"""The ladder in odd offices and at odd times: who is asked, who is not, and when it counts."""

from datetime import UTC, datetime

import pytest

from handlers.escalations import escalate_late_reviews
from tests.office import OFFICES, TestOffice

CLOSED = "The bridge at Kanchpur is closed on Monday."
LONDON = OFFICES.replace("Asia/Dhaka", "Europe/London").replace("country: BD", "country: GB")


def chased(office, name, on="slack"):
    """Count how often somebody was asked about a late draft."""
    return sum("has waited since" in said for said in office.inbox(name, on=on))


def test_author_is_never_asked_to_chase_their_own_draft(office):
    office.says("lee", f"/draft {CLOSED}")
    for _ in range(5):
        office.later(escalate_late_reviews, hours=24)
    assert chased(office, "lee") == 0
    assert chased(office, "sina") == 1


def test_office_without_seniors_goes_on_to_the_lead(engine):
    office = TestOffice(engine, OFFICES.replace(", senior]", "]").replace("[senior]", "[author]"))
    office.says("amina", f"/draft {CLOSED}")
    office.later(escalate_late_reviews, hours=4)
    office.later(escalate_late_reviews, hours=20)
    office.later(escalate_late_reviews, hours=24)
    assert chased(office, "lee") == 1
    assert chased(office, "sina") == 0
    office.close()


def test_changed_text_begins_to_wait_anew(office):
    office.says("amina", f"/draft {CLOSED}")
    office.clock = datetime(2026, 7, 20, 7, 59, tzinfo=UTC)
    office.presses("amina", "Change the text")
    office.fills("amina", text="It is open.")
    office.later(escalate_late_reviews, minutes=10)
    assert chased(office, "bo") == 0
    office.later(escalate_late_reviews, hours=22)
    assert chased(office, "bo") == 1


def test_held_and_withdrawn_drafts_are_not_chased(office):
    office.says("amina", "/draft THE BRIDGE AT KANCHPUR IS CLOSED ALL DAY ON MONDAY")
    office.says("amina", f"/draft {CLOSED}")
    office.presses("amina", "Withdraw")
    for _ in range(12):
        office.later(escalate_late_reviews, hours=24)
    assert chased(office, "bo") == 0
    assert ("bot", "draft expired") not in office.record()


@pytest.mark.parametrize(
    ("filed", "early", "due"),
    [
        # Friday 15:00 before the clocks change, both ways: two hours then, two on Monday.
        ("2026-03-27T15:00Z", "2026-03-30T09:59Z", "2026-03-30T10:00Z"),
        ("2026-10-23T14:00Z", "2026-10-26T10:59Z", "2026-10-26T11:00Z"),
        # The last working hours of the year; New Year's Day and the weekend do not count.
        ("2026-12-31T15:00Z", "2027-01-04T10:59Z", "2027-01-04T11:00Z"),
    ],
)
def test_working_hours_count_across_clock_changes_and_years(engine, filed, early, due):
    office = TestOffice(engine, LONDON)
    office.clock = datetime.fromisoformat(filed)
    office.says("amina", f"/draft {CLOSED}")
    for moment, times in ((early, 0), (due, 1)):
        office.clock = datetime.fromisoformat(moment)
        office.later(escalate_late_reviews)
        assert chased(office, "bo") == times
    office.close()


def test_moments_are_shown_in_the_time_that_clocks_show_there(engine):
    office = TestOffice(engine, LONDON)
    for day in ("2026-01-15", "2026-07-15"):
        office.clock = datetime.fromisoformat(f"{day}T12:00Z")
        office.says("amina", f"/draft {CLOSED} {day}")
    assert "Thu 15 Jan 2026 12:00 (Europe/London)" in office.text(office.card(1))
    assert "Wed 15 Jul 2026 13:00 (Europe/London)" in office.text(office.card(2))
    office.close()


def test_vote_that_arrives_with_the_expiry_hears_that_it_is_too_late(office):
    office.says("amina", f"/draft {CLOSED}")
    button = office.card().message.buttons[0]
    for _ in range(12):
        office.later(escalate_late_reviews, hours=24)
    office.presses_forged("bo", button, on="slack", at=office.card())
    assert "has expired" in office.heard("bo")
    assert "Expired" in office.text(office.card())
