"""The wanted moment: kept, reminded of, asked about when it has passed, and changed."""

from datetime import UTC, datetime

import pytest

from handlers.chat import Button
from handlers.rescheduling import remind_of_slots
from tests.office import OFFICES, TestOffice

CLOSED = "The bridge at Kanchpur is closed on Monday from 9 am."
LATER = "2026-07-20 23:30"  # in Dhaka: 17:30 UTC, long after the office has closed


def wanted(office, moment=LATER, *, on="slack", text=CLOSED):
    """Let a draft be filed that is wanted at a moment, 10:00 in Dhaka."""
    office.says("amina", "/draft", on=on)
    if on == "slack":
        office.fills("amina", purpose="event", text=text, wanted=moment)
        return
    office.presses("amina", "Event", on=on)
    office.writes("amina", text)
    office.writes("amina", moment)
    office.presses("amina", "Go on", on=on)


def approve(office, draft=1):
    for name in ("bo", "chen"):
        office.presses(name, "Approve", at=office.card(draft))


def labels(shown):
    return [button.label for button in shown.message.buttons]


def newest(office, name, on="slack"):
    user = office.sender(name, on).user
    return [s for s in office.platforms[on].messages if user in (s.to, s.chat)][-1]


def forge(office, name, action, value="1.1"):
    at = office.slack.messages[0]
    office.presses_forged(name, Button("", action, value), on="slack", at=at)


@pytest.mark.parametrize("on", ["slack", "telegram"])
def test_approved_before_its_moment_the_author_hears_when_and_is_reminded_once(office, on):
    wanted(office, on=on)
    approve(office)
    said = office.heard("amina", on=on)
    assert "It is wanted on Mon 20 Jul 2026 23:30 (Asia/Dhaka)" in said
    assert "This is the text to post" not in said
    office.clock = datetime(2026, 7, 20, 17, 29, tzinfo=UTC)
    office.later(remind_of_slots)
    assert office.heard("amina", on=on) == said
    office.restart()
    office.later(remind_of_slots, minutes=1)
    told = newest(office, "amina", on)
    assert office.text(told).startswith("It is time to post draft 1 for Works on Facebook.")
    assert f"│ {CLOSED}" in office.text(told)
    assert labels(told)[0] == "Mark as posted"
    count = len(office.inbox("amina", on=on))
    office.later(remind_of_slots, minutes=1)
    assert len(office.inbox("amina", on=on)) == count
    assert ("bot", "reminded to post") in office.record()


def test_link_is_asked_for_once_two_working_hours_later(office):
    wanted(office)
    approve(office)
    office.clock = datetime(2026, 7, 20, 17, 30, tzinfo=UTC)
    office.later(remind_of_slots)
    office.clock = datetime(2026, 7, 21, 4, 59, tzinfo=UTC)  # 10:59: one minute before
    office.later(remind_of_slots)
    assert "Is draft 1 posted?" not in office.heard("amina")
    office.later(remind_of_slots, minutes=1)
    assert "Is draft 1 posted?" in office.heard("amina")
    office.later(remind_of_slots, days=3)
    assert sum("Is draft 1 posted?" in said for said in office.inbox("amina")) == 1


def test_link_is_asked_for_at_opening_if_I_was_down(office):
    office.says("amina", f"/draft {CLOSED}")
    approve(office)
    office.clock = datetime(2026, 7, 20, 20, tzinfo=UTC)  # long closed
    office.later(remind_of_slots)
    assert "Is draft 1 posted?" not in office.heard("amina")
    office.clock = datetime(2026, 7, 21, 3, 1, tzinfo=UTC)
    office.later(remind_of_slots)
    assert "Is draft 1 posted?" in office.heard("amina")


@pytest.mark.parametrize("end", ["posted", "withdrawn"])
def test_nobody_is_reminded_of_what_is_over(office, end):
    wanted(office)
    approve(office)
    if end == "posted":
        office.presses("amina", "Mark as posted")
        office.fills("amina", link="https://facebook.example/works/1")
    else:
        office.presses("amina", "Withdraw")
    count = len(office.inbox("amina"))
    office.later(remind_of_slots, days=2)
    assert len(office.inbox("amina")) == count


@pytest.mark.parametrize("on", ["slack", "telegram"])
def test_approved_after_its_moment_is_held_and_asked_and_cannot_be_posted(office, on):
    wanted(office, "2026-07-20 12:00", on=on)
    office.later(hours=3)
    approve(office)
    asked = newest(office, "amina", on)
    assert "so it is on hold: please do not post it yet" in office.text(asked)
    assert "This is the text to post" not in office.text(asked)
    assert labels(asked) == [
        "It still fits", "Choose another time", "Change the text", "Withdraw",
    ]  # fmt: skip
    assert "its moment has passed" in office.text(office.card()).lower()
    office.presses_forged("amina", Button("", "posted", "1.1"), on=on, at=asked)
    assert "Draft 1 is on hold" in office.heard("amina", on=on)
    office.later(remind_of_slots, days=1)
    assert "This is the text to post" not in "".join(office.inbox("amina", on=on))


@pytest.mark.parametrize("minutes", [0, 1])
def test_moment_of_the_approval_itself_has_passed(office, minutes):
    wanted(office, "2026-07-20 12:00")
    office.later(hours=2, minutes=minutes)
    approve(office)
    assert "on hold" in office.heard("amina")


@pytest.mark.parametrize("on", ["slack", "telegram"])
def test_what_still_fits_is_handed_over_with_its_text(office, on):
    wanted(office, "2026-07-20 12:00", on=on)
    office.later(hours=3)
    approve(office)
    office.restart()
    office.presses("amina", "It still fits", on=on)
    assert "This is the text to post" in office.heard("amina", on=on)
    assert "on hold" not in office.text(office.card())
    assert ("amina", "still fits after its moment") in office.record()
    assert "still fits, although its moment has passed: amina has looked" in office.chat()[-1]
    forge(office, "amina", "still-fits")
    assert "is not on hold" in office.heard("amina")


@pytest.mark.parametrize("on", ["slack", "telegram"])
def test_another_moment_frees_a_held_draft_and_keeps_its_votes(office, on):
    wanted(office, "2026-07-20 12:00", on=on)
    office.later(hours=3)
    approve(office)
    office.presses("amina", "Choose another time", on=on)
    if on == "slack":
        office.fills("amina", wanted="2026-07-21 18:05")
    else:
        office.writes("amina", "2026-07-21 18:05")
    card = office.text(office.card())
    assert "Wanted on Tue 21 Jul 2026 18:05 (Asia/Dhaka)" in card
    assert "2 of 2 approvals" in card
    assert "on hold" not in card
    assert "Tue 21 Jul 2026 18:05 (Asia/Dhaka) now, says amina" in office.chat()[-1]
    assert ("amina", "rescheduled") in office.record(
        lambda e: e.detail.get("wanted") == "2026-07-21T12:05:00+00:00"
    )
    office.clock = datetime(2026, 7, 21, 12, 5, tzinfo=UTC)
    office.later(remind_of_slots)
    assert "It is time to post draft 1" in office.heard("amina", on=on)


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        ("2026-07-20 09:59", "has passed already"),
        ("2026-07-20 10:00", "has passed already"),
        ("soon", "cannot read “soon”"),
        ("9999-01-01 10:00", "cannot read"),
        ("", "There is no moment"),
    ],
)
def test_moment_that_makes_no_sense_changes_nothing(office, given, complaint):
    wanted(office)
    approve(office)
    office.presses("amina", "Choose another time")
    office.fills("amina", wanted=given)
    assert complaint in office.heard("amina")
    assert "Wanted on Mon 20 Jul 2026 23:30" in office.text(office.card())
    assert ("amina", "rescheduled") not in office.record()


def test_moment_to_which_a_rule_objects_needs_a_new_review(office):
    text = "Register for the fair by 20 August 2026."
    wanted(office, text=text)
    approve(office)
    assert "Approved" in office.text(office.card())
    office.presses("amina", "Choose another time")
    office.fills("amina", wanted="2026-09-25 18:00")
    assert "is not with the moderators yet" in office.heard("amina")
    assert "Revision 2" in office.text(office.card())
    assert "The approval is void" in office.chat()[-1]
    office.presses("amina", "Send it as it is")
    assert "0 of 2 approvals" in office.text(office.card())
    assert office.record().count(("amina", "rescheduled")) == 1
    count = len(office.inbox("amina"))
    office.later(remind_of_slots, days=1)
    assert len(office.inbox("amina")) == count


def test_moment_that_passes_while_I_am_down_is_held_and_asked_about(office):
    wanted(office)
    approve(office)
    office.clock = datetime(2026, 7, 20, 17, 46, tzinfo=UTC)  # 16 minutes after
    office.later(remind_of_slots)
    assert "I was not awake at the moment of draft 1" in office.heard("amina")
    assert "on hold" in office.text(office.card())
    assert office.heard("amina").count("Does it still fit") == 1
    assert ("bot", "held after its moment") in office.record()


def test_moment_that_is_noticed_within_a_quarter_of_an_hour_is_not_missed(office):
    wanted(office)
    approve(office)
    office.clock = datetime(2026, 7, 20, 17, 45, tzinfo=UTC)
    office.later(remind_of_slots)
    assert "It is time to post" in office.heard("amina")


def test_owner_of_the_page_is_reminded_in_place_of_an_author_who_left(engine):
    office = TestOffice(engine, OFFICES)
    office.says("bo", "/draft")
    office.fills("bo", purpose="event", text=CLOSED, wanted=LATER)
    for name, on in (("chen", "slack"), ("dara", "telegram")):
        at = office.card(on=on, chat="C0MODS" if on == "slack" else "1004")
        office.presses(name, "Approve", on=on, at=at)
    office.imports(OFFICES.replace("- {name: bo, roles: [moderator], slack: U0BO}",
                                   "- {name: eve, roles: [moderator], slack: U0EVE}"))  # fmt: skip
    office.clock = datetime(2026, 7, 20, 17, 30, tzinfo=UTC)
    office.later(remind_of_slots)
    told = newest(office, "amina")
    assert "It is time to post draft 1" in office.text(told)
    assert labels(told) == ["Mark as posted"]
    office.close()


@pytest.mark.parametrize("action", ["still-fits", "slot"])
def test_only_the_author_answers_for_the_moment_and_only_of_this_wording(office, action):
    wanted(office, "2026-07-20 12:00")
    office.later(hours=3)
    approve(office)
    before = office.text(office.card())
    for name in ("bo", "sina", "lee", "mallory"):
        forge(office, name, action)
    for value in ("", "x", "1", "1.2", "99.1"):
        forge(office, "amina", action, value)
    assert office.text(office.card()) == before
    assert office.slack.waiting == {}
    office.presses("amina", "Withdraw")
    assert "on hold" not in office.text(office.card())
    forge(office, "amina", action)
    assert "is withdrawn" in office.heard("amina")
