"""The urgent lane: who is called, how often an author may, and how it ends."""

import pytest

from handlers.chat import Button
from handlers.escalations import escalate_late_reviews
from tests.office import MODERATORS, OFFICES, TestOffice

CLOSED = "The bridge at Kanchpur is closed until further notice."
ON_TELEGRAM = OFFICES.replace("platform: slack, chat: C0MODS", 'platform: telegram, chat: "-100"')
GROUP = "-100"


def limited(engine, most, offices=OFFICES):
    """Open an office that takes so many urgent drafts."""
    key = f"    urgent_per_day: {most}\n    people:\n"
    return TestOffice(engine, offices.replace("    people:\n", key, 1))


def forge(office, name, action, value="1.1", on="slack"):
    at = office.platforms[on].messages[0]
    office.presses_forged(name, Button("", action, value), on=on, at=at)


@pytest.mark.parametrize("on", ["slack", "telegram"])
def test_urgent_draft_says_so_in_words_and_calls_the_moderators(office, on):
    office.says("amina", f"/draft urgent {CLOSED}", on=on)
    assert office.text(office.card()).startswith("URGENT: draft 1 for Works on Facebook")
    called = [said for said in office.chat() if "needs your vote now" in said]
    assert called == [
        "URGENT: draft 1 for Works on Facebook by amina needs your vote now.\n"
        "The seniors hear in 30 min if it is not decided."
    ]
    assert any("needs your vote now" in said for said in office.inbox("dara", on="telegram"))
    assert "It is urgent: the moderators are called now" in office.heard("amina", on=on)
    assert ("amina", "made urgent") in office.record()


def test_moderators_who_meet_on_telegram_are_called_there(engine):
    office = TestOffice(engine, ON_TELEGRAM)
    office.says("amina", f"/draft urgent {CLOSED}")
    said = office.chat(on="telegram", id=GROUP)
    assert said[0].startswith("URGENT: draft 1 for")
    assert "needs your vote now" in said[1]
    assert any("needs your vote now" in each for each in office.inbox("bo"))
    office.close()


def test_urgent_alone_opens_the_form_and_repeated_delivery_files_once(office):
    office.says("amina", "/draft urgent")
    office.fills("amina", purpose="service-info", text=CLOSED)
    office.again()
    assert office.text(office.card()).startswith("URGENT")
    assert sum("needs your vote now" in said for said in office.chat()) == 1
    assert office.record().count(("amina", "made urgent")) == 1


def test_urgent_form_is_a_conversation_on_telegram_that_survives_a_restart(office):
    office.says("amina", "/draft urgent", on="telegram")
    office.presses("amina", "Service", on="telegram")
    office.restart()
    office.writes("amina", CLOSED)
    office.presses("amina", "Skip", on="telegram")
    office.presses("amina", "Go on", on="telegram")
    assert office.text(office.card()).startswith("URGENT")


def test_urgent_ladder_runs_by_the_clock_at_night_and_on_the_weekend(office):
    office.later(hours=4 * 24 + 13)  # Friday 23:00 in Dhaka: weekend and night
    office.says("amina", f"/draft urgent {CLOSED}")
    office.reacts("bo", "👍", office.card())
    office.later(escalate_late_reviews, minutes=14)
    assert "has waited since" not in "".join(office.inbox("chen"))
    office.later(escalate_late_reviews, minutes=1)
    assert office.heard("chen").startswith("URGENT: draft 1 for")
    assert "has waited since" not in office.heard("bo")
    office.later(escalate_late_reviews, minutes=15)
    assert "because you are a senior" in office.heard("sina")
    office.restart()
    office.later(escalate_late_reviews, minutes=30)
    assert "asked as the lead" in office.heard("lee")
    office.later(escalate_late_reviews, minutes=179)
    assert "expired" not in office.heard("amina")
    office.later(escalate_late_reviews, minutes=1)
    assert "has expired" in office.heard("amina")
    assert office.text(office.card()).startswith("Draft 1 for")
    assert office.card().message.buttons == ()
    office.presses("amina", "Send it again")
    assert office.text(office.card()).startswith("URGENT")


def test_one_too_many_is_refused_with_the_time_and_filed_normally_with_one_tap(engine):
    office = limited(engine, 1)
    office.says("amina", f"/draft urgent {CLOSED}", on="telegram")
    office.later(hours=1)
    office.says("amina", "/draft urgent The ferry does not run.", on="telegram")
    heard = office.heard("amina", on="telegram")
    assert "takes 1 urgent drafts of one author in 24 hours" in heard
    assert "Tue 21 Jul 2026 10:00 (Asia/Dhaka)" in heard
    assert "│ The ferry does not run." in heard
    assert ("amina", "urgent draft refused") in office.record()
    office.restart()
    office.presses("amina", "File it as a normal draft", on="telegram")
    assert office.text(office.card(2)).startswith("Draft 2 for")
    assert "The ferry does not run." in office.text(office.card(2))
    office.presses("amina", "File it as a normal draft", on="telegram")
    assert "filed that already" in office.heard("amina", on="telegram")
    office.close()


def test_form_that_comes_too_soon_is_kept_whole_with_its_moment_and_purpose(engine):
    office = limited(engine, 1)
    office.says("amina", f"/draft urgent {CLOSED}")
    office.says("amina", "/draft urgent")
    office.fills("amina", purpose="event", text="Come and see.", wanted="2026-07-22 12:00")
    office.presses("amina", "File it as a normal draft")
    card = office.text(office.card(2))
    assert "Wanted on Wed 22 Jul 2026 12:00" in card
    assert "Come and see." in card
    assert "Purpose: " in card
    assert "not chosen" not in card
    office.close()


def test_limit_opens_again_after_exactly_24_hours(engine):
    office = limited(engine, 2)
    for minutes in (0, 30):
        office.later(minutes=minutes)
        office.says("amina", f"/draft urgent {CLOSED} {minutes}")
    office.later(hours=23, minutes=29)
    office.says("amina", "/draft urgent Third.")
    assert "Nothing is lost" in office.heard("amina")
    office.later(minutes=1)
    office.says("amina", "/draft urgent Third.")
    assert "It is urgent" in office.heard("amina")
    office.says("amina", "/draft urgent Fourth.")
    assert "Nothing is lost" in office.heard("amina")
    office.close()


def test_office_may_take_no_urgent_drafts_at_all(engine):
    office = limited(engine, 0)
    office.says("amina", f"/draft urgent {CLOSED}")
    assert "takes no urgent drafts" in office.heard("amina")
    assert office.chat() == []
    office.presses("amina", "File it as a normal draft")
    office.presses("amina", "Make it urgent")
    assert "Draft 1 stays a normal one" in office.heard("amina")
    assert office.text(office.card()).startswith("Draft 1 for")
    office.close()


def test_author_raises_and_lowers_a_draft_and_both_are_recorded_and_counted(engine):
    office = limited(engine, 2)
    office.says("amina", f"/draft {CLOSED}")
    office.reacts("bo", "👍", office.card())
    office.later(hours=3)
    office.presses("amina", "Make it urgent")
    card = office.text(office.card())
    assert card.startswith("URGENT")
    assert "1 of 2 approvals" in card
    office.later(escalate_late_reviews, minutes=14)
    assert "has waited since" not in "".join(office.inbox("chen"))
    office.presses("amina", "Not urgent after all")
    assert office.text(office.card()).startswith("Draft 1 for")
    assert "is not urgent any more, says amina" in office.chat()[-1]
    office.presses("amina", "Make it urgent")
    assert sum("needs your vote now" in said for said in office.chat()) == 2
    office.presses("amina", "Not urgent after all")
    office.presses("amina", "Make it urgent")
    assert "Draft 1 stays a normal one" in office.heard("amina")
    assert office.text(office.card()).startswith("Draft 1 for")
    assert office.record().count(("amina", "made normal")) == 2
    office.close()


def test_lowered_draft_waits_in_working_time(office):
    office.says("amina", f"/draft urgent {CLOSED}")
    office.presses("amina", "Not urgent after all")
    office.later(escalate_late_reviews, hours=3, minutes=59)
    assert "has waited since" not in "".join(office.inbox("bo"))
    office.later(escalate_late_reviews, minutes=1)
    assert office.heard("bo").startswith("Draft 1 for")


@pytest.mark.parametrize("action", ["hurry", "calm"])
def test_nobody_else_changes_how_urgent_a_draft_is(office, action):
    office.says("amina", f"/draft {'urgent ' if action == 'calm' else ''}{CLOSED}")
    before = office.text(office.card())
    for name in ("bo", "sina", "lee", "mallory"):
        forge(office, name, action)
    for value in ("", "x", "1", "1.2", "99.1"):
        forge(office, "amina", action, value)
    assert office.text(office.card()) == before
    assert "not yours" in office.heard("bo")
    assert "do not know you" in office.heard("mallory")


def test_pressing_twice_says_that_it_is_so_already(office):
    office.says("amina", f"/draft urgent {CLOSED}")
    forge(office, "amina", "hurry")
    assert "urgent already" in office.heard("amina")
    office.presses("amina", "Not urgent after all")
    forge(office, "amina", "calm")
    assert "is not urgent" in office.heard("amina")
    for name in ("bo", "chen"):
        office.presses(name, "Approve", at=office.card())
    forge(office, "amina", "hurry")
    assert "is approved" in office.heard("amina")


@pytest.mark.parametrize("value", ["", "x", "1", "99"])
def test_forged_offer_files_nothing(office, value):
    office.says("amina", "/draft")  # an open form, whose number must not do
    forge(office, "amina", "file-normally", value) if office.slack.messages else None
    office.says("bo", "/me")
    forge(office, "bo", "file-normally", value)
    assert office.chat(id=MODERATORS) == []


def test_held_urgent_draft_calls_the_moderators_when_it_is_sent_on(office):
    office.says("amina", "/draft urgent THE BRIDGE AT KANCHPUR IS CLOSED ALL DAY ON MONDAY")
    assert office.chat() == []
    office.presses("amina", "Send it as it is")
    assert "needs your vote now" in office.chat()[-1]
    office.presses("amina", "Change the text")
    office.fills("amina", text=CLOSED)
    assert sum("needs your vote now" in said for said in office.chat()) == 2
