"""Chasing late reviews and quiet pages. Each job runs twice, as on two replicas."""

from datetime import UTC, datetime

import pytest

from handlers.escalations import escalate_late_reviews
from handlers.freshness import keep_pages_fresh
from handlers.ownerless import report_pages_without_owner
from handlers.weekly import send_weekly_messages
from tests.office import OFFICES, TestOffice

CLOSED = "The bridge at Kanchpur is closed on Monday."
LATE = "has waited since"


def reminders(office: TestOffice, name: str, on: str = "slack") -> int:
    """Count how often somebody was chased."""
    return sum(LATE in said for said in office.inbox(name, on=on))


@pytest.fixture
def waiting(office):
    """A draft filed on Monday at 10:00 in Dhaka, with one vote of three."""
    office.says("amina", f"/draft {CLOSED}")
    office.reacts("bo", "👍", office.card())
    return office


def test_after_four_working_hours_only_those_who_have_not_voted_are_reminded(waiting):
    waiting.later(escalate_late_reviews, hours=3, minutes=59)
    assert reminders(waiting, "dara", "telegram") == 0
    waiting.later(escalate_late_reviews, minutes=1)
    assert reminders(waiting, "dara", "telegram") == 1
    assert reminders(waiting, "chen") == 1
    assert reminders(waiting, "chen", "telegram") == 1
    assert reminders(waiting, "bo") == 0
    assert reminders(waiting, "sina") == 0


def test_ladder_goes_to_the_seniors_then_the_lead_then_ends_honestly(waiting):
    waiting.later(escalate_late_reviews, hours=4)  # Monday 14:00
    waiting.later(escalate_late_reviews, hours=20)  # Tuesday 10:00, 8 working hours
    assert reminders(waiting, "sina") == 1
    waiting.later(escalate_late_reviews, hours=24)  # Wednesday 10:00, 16 working hours
    assert reminders(waiting, "lee") == 1
    waiting.later(escalate_late_reviews, hours=24)
    waiting.later(escalate_late_reviews, hours=72)  # Sunday 10:00, 32: the weekend does not count
    assert "expired" not in waiting.heard("amina")
    waiting.later(escalate_late_reviews, hours=24)  # Monday 10:00, 40
    assert "has expired" in waiting.heard("amina")
    assert "Expired" in waiting.text(waiting.card())
    assert (reminders(waiting, "sina"), reminders(waiting, "lee")) == (1, 1)


def test_nobody_is_chased_at_night_or_on_the_weekend(waiting):
    waiting.clock = datetime(2026, 7, 23, 13, 30, tzinfo=UTC)  # Thursday 19:30: the weekend begins
    waiting.later(escalate_late_reviews)
    waiting.later(escalate_late_reviews, hours=24)
    assert reminders(waiting, "dara", "telegram") == 0
    waiting.clock = datetime(2026, 7, 26, 3, 5, tzinfo=UTC)  # Sunday 9:05
    waiting.later(escalate_late_reviews)
    assert reminders(waiting, "dara", "telegram") == 1


def test_after_a_long_pause_one_rung_is_taken_at_a_time(waiting):
    waiting.clock = datetime(2026, 7, 29, 4, tzinfo=UTC)  # more than 40 working hours later
    waiting.dispatcher.run(escalate_late_reviews)
    waiting.deliver()
    assert reminders(waiting, "dara", "telegram") == 1
    assert reminders(waiting, "sina") == 0


def test_expired_draft_is_sent_again_with_one_tap(waiting):
    for _ in range(12):
        waiting.later(escalate_late_reviews, hours=24)
    waiting.presses("amina", "Send it again")
    assert "0 of 2 approvals" in waiting.text(waiting.card())
    for name in ("bo", "chen"):
        waiting.presses(name, "Approve", at=waiting.card())
    assert "approved" in waiting.heard("amina")


def test_reminder_shows_the_draft_on_request_and_the_copy_is_kept_true(waiting):
    waiting.later(escalate_late_reviews, hours=4)
    waiting.presses("chen", "Show me the draft")
    waiting.presses("chen", "Approve")
    assert any("Approved on" in said for said in waiting.inbox("chen"))


def test_restart_repeats_nothing(waiting):
    waiting.later(escalate_late_reviews, hours=4)
    waiting.restart()
    waiting.later(escalate_late_reviews, minutes=10)
    assert reminders(waiting, "dara", "telegram") == 1


def test_new_page_has_a_week_of_grace_then_a_hint_and_a_warning_once_each(office):
    office.later(keep_pages_fresh, days=3)  # Thursday of the week it was registered in
    office.later(keep_pages_fresh, days=7)  # Thursday of its first full week, from Sunday
    assert office.inbox("amina") == []
    office.clock = datetime(2026, 8, 12, 5, 59, tzinfo=UTC)  # Wednesday, a minute before noon
    office.later(keep_pages_fresh)
    assert office.inbox("amina") == []
    office.later(keep_pages_fresh, minutes=1)
    assert "Half the week is over" in office.heard("amina")
    office.later(keep_pages_fresh, hours=1)
    assert len(office.inbox("amina")) == 1
    office.clock = datetime(2026, 8, 13, 3, tzinfo=UTC)  # Thursday: closed until the week ends
    office.later(keep_pages_fresh)
    assert "The week is nearly over" in office.heard("amina")
    office.later(keep_pages_fresh, hours=1)
    assert len(office.inbox("amina")) == 2


def test_button_of_a_nudge_counts_an_update(office):
    office.clock = datetime(2026, 8, 12, 7, tzinfo=UTC)
    office.later(keep_pages_fresh)
    office.presses("amina", "Updated: Works on Facebook")
    assert "1 of 2 this week" in office.heard("amina")


def test_two_short_weeks_in_a_row_reach_the_lead_once(office):
    office.clock = datetime(2026, 8, 2, 4, tzinfo=UTC)  # Sunday: the first full week has ended
    office.later(keep_pages_fresh)
    assert office.inbox("lee") == []
    office.later(keep_pages_fresh, days=7)
    assert office.inbox("lee") == []
    office.later(keep_pages_fresh, days=7)
    assert office.heard("lee").splitlines() == [
        "Page Works on Facebook has had too few updates for 2 weeks in a row:",
        "0 of 2 in the last one. Its owner is amina.",
        "/page with its name has buttons: pause it, change how often it is updated, hand it over.",
    ]
    office.later(keep_pages_fresh, hours=2)
    assert len(office.inbox("lee")) == 1
    assert ("bot", "week ended short") in office.record()


def test_page_without_owner_is_reported_to_the_administrators_once_a_week(engine):
    office = TestOffice(engine, OFFICES.replace("        owner: amina\n", ""))
    office.later(report_pages_without_owner, hours=1)
    assert "Works on Facebook" in office.heard("lee")
    office.later(report_pages_without_owner, hours=1)
    assert len(office.inbox("lee")) == 1
    assert office.chat() == []
    office.close()


def test_weekly_message_comes_once_when_the_working_week_begins(office):
    office.later(send_weekly_messages)  # Monday: the office was imported after the week began
    assert office.chat() == []
    office.clock = datetime(2026, 7, 26, 3, tzinfo=UTC)  # Sunday 9:00 in Dhaka
    office.later(send_weekly_messages)
    office.later(send_weekly_messages, hours=3)
    office.restart()
    office.later(send_weekly_messages, hours=24)
    assert len(office.chat()) == 2  # the words, and the picture
    assert "Works on Facebook (Facebook): new" in office.chat()[0]
    office.clock = datetime(2026, 8, 9, 3, tzinfo=UTC)
    office.later(send_weekly_messages)
    assert "0 of 2 updates last week" in office.chat()[-2]
    assert "Updates in the 12 weeks before 9 August 2026" in office.chat()[-1]
