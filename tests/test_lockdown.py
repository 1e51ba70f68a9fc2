"""Lockdown: nothing is filed, approved or published, everybody hears why, and no clock runs."""

from datetime import UTC, datetime

import pytest

from handlers.appeal_chasing import chase_appeals
from handlers.chat import Button, File
from handlers.escalations import escalate_late_reviews
from handlers.freshness import keep_pages_fresh
from handlers.rescheduling import remind_of_slots
from handlers.stored import files_to_text
from tests.office import FISHERIES, OFFICES, TestOffice

TEXT = "The bridge at Kanchpur is closed on Monday."
OTHER = "The bridge at Kanchpur is open again."
WHY = "Somebody posts in our name."
BACK = "The accounts are ours again."
NOTE = f"Locked down: lee locked Ministry of Works on Mon 20 Jul 2026 10:00 (Asia/Dhaka): “{WHY}”"
CARD = "Fees can be paid to card 4111 1111 1111 1111 from today."


def labels(shown) -> list[str]:
    return [button.label for button in shown.message.buttons]


def forge(office: TestOffice, name: str, action: str, value: str = "1.1") -> None:
    shown = office.slack.messages[0]
    office.presses_forged(name, Button("", action, value), on="slack", at=shown)


def locked(office: TestOffice) -> None:
    office.says("lee", f"/lockdown {WHY}")


def test_lockdown_is_said_to_moderators_leads_and_admins_and_on_open_cards(engine):
    lee = "{name: lee, roles: [lead, admin]"
    mina = "{name: mina, roles: [admin], telegram: '77'}"
    office = TestOffice(engine, OFFICES.replace(lee, f"{mina}\n      - {lee}"))
    office.says("amina", f"/draft {TEXT}")
    locked(office)
    assert NOTE in office.chat()[-1]
    assert "no clock runs" in office.chat()[-1]
    assert NOTE in office.heard("mina", on="telegram")
    assert "Open cards changed: 1" in office.heard("lee")
    for card in (office.card(), office.card(on="telegram", chat="1004")):
        assert office.text(card).startswith(f"🔒 {NOTE}")
        assert labels(card)[0] == "❌ Reject"
        assert "Nobody can approve it now" in office.text(card)
    assert ("lee", "locked down") in office.record(lambda e: e.detail == {"reason": WHY})

    office.restart()
    office.later(hours=1)
    office.says("lee", f"/lockdown lift {BACK}")
    said = office.chat()[-1]
    assert "Ministry of Works: the lockdown of lee is lifted by lee" in said
    assert BACK in said
    assert BACK in office.heard("mina", on="telegram")
    assert "🔒" not in office.text(office.card())
    assert labels(office.card())[:2] == ["✅ Approve", "❌ Reject"]
    assert ("lee", "lockdown lifted") in office.record(lambda e: e.detail == {"reason": BACK})
    assert office.verdict().broken is None
    office.close()


@pytest.mark.parametrize("on", ["slack", "telegram"])
def test_text_that_is_filed_meanwhile_is_given_back_with_the_reason(office, on):
    locked(office)
    office.says("amina", f"/draft {TEXT}", on=on)
    assert NOTE in office.heard("amina", on=on)
    assert TEXT in office.heard("amina", on=on)
    office.says("amina", "/draft", on=on)
    assert NOTE in office.heard("amina", on=on)
    assert office.slack.waiting == {}
    assert ("amina", "draft submitted") not in office.record()


def test_no_vote_approves_and_votes_may_still_reject(office):
    office.says("amina", f"/draft {TEXT}")
    office.reacts("chen", "👍", office.card())
    button = office.card().message.buttons[0]
    locked(office)
    office.reacts("bo", "👍", office.card())
    assert NOTE in office.heard("bo")
    office.presses_forged("dara", button, on="telegram", at=office.card(on="telegram", chat="1004"))
    assert NOTE in office.heard("dara", on="telegram")
    assert "1 of 2 approvals" in office.text(office.card())
    office.presses("bo", "Reject", at=office.card())
    office.presses("dara", "Reject", on="telegram")
    assert "Rejected on" in office.text(office.card())
    assert "🔒" not in office.text(office.card())


def test_withdrawing_and_reading_go_on(office):
    office.says("amina", f"/draft {TEXT}")
    locked(office)
    office.says("amina", "/drafts 1")
    assert TEXT in office.heard("amina")
    office.presses("amina", "Withdraw")
    assert "Withdrawn on" in office.text(office.card())


def test_new_wording_is_given_back(office):
    office.says("amina", f"/draft {TEXT}")
    office.presses("amina", "Change the text")
    locked(office)
    office.fills("amina", text=OTHER)
    assert NOTE in office.heard("amina")
    assert OTHER in office.heard("amina")
    forge(office, "amina", "edit")
    assert office.slack.waiting == {}
    assert TEXT in office.text(office.card())


def test_confirming_sending_again_releasing_and_posting_are_refused(office):
    office.says("amina", "/draft THE BRIDGE AT KANCHPUR IS CLOSED ALL DAY ON MONDAY")
    office.says("amina", f"/draft {TEXT}")
    office.says("amina", f"/draft {CARD}")
    office.presses("amina", "Ask a senior")
    office.says("amina", f"/draft {OTHER}")
    for name in ("bo", "chen"):
        office.reacts(name, "👍", office.card(4))
    office.presses("sina", "Release")
    office.clock = datetime(2026, 7, 27, 4, tzinfo=UTC)
    for _ in range(4):
        office.later(escalate_late_reviews, minutes=1)
    assert ("bot", "draft expired") in office.record()
    locked(office)
    for action, value in (("confirm", "1.1"), ("resubmit", "2.1"), ("posted", "4.1")):
        forge(office, "amina", action, value)
        assert "Locked down: lee locked Ministry of Works" in office.heard("amina")
    office.fills("sina", reason="It is the specimen of our bank.")
    assert "Locked down: lee" in office.heard("sina")
    assert "specimen of our bank" in office.heard("sina")
    office.presses("chen", "Release")
    assert "Locked down: lee" in office.heard("chen")
    states = {a for _, a in office.record() if a in ("draft published", "block released")}
    assert states == set()


def test_urgent_draft_is_neither_released_alone_nor_chased(office):
    office.says("amina", f"/draft urgent {TEXT}")
    office.presses("sina", "Emergency release", at=office.card())
    before = len(office.inbox("chen"))
    locked(office)
    assert not any("Emergency" in label for label in labels(office.card()))
    office.fills("sina", reason="The water is rising by the minute.")
    assert NOTE in office.heard("sina")
    assert "The water is rising by the minute." in office.heard("sina")
    forge(office, "sina", "emergency")
    assert NOTE in office.heard("sina")
    for _ in range(3):
        office.later(escalate_late_reviews, hours=2)
    assert len(office.inbox("chen")) == before
    assert ("sina", "draft approved") not in office.record()
    office.says("lee", f"/lockdown lift {BACK}")
    assert any("Emergency" in label for label in labels(office.card()))
    office.later(escalate_late_reviews, minutes=29)
    assert ("bot", "draft expired") not in office.record()


def test_nobody_is_reminded_to_post_and_the_moment_that_passed_is_asked_about(office):
    office.says("amina", "/draft")
    office.fills("amina", purpose="event", text=TEXT, wanted="2026-07-20 12:00")
    for name in ("bo", "chen"):
        office.presses(name, "Approve", at=office.card())
    locked(office)
    before = office.inbox("amina")
    office.later(remind_of_slots, hours=3)
    assert office.inbox("amina") == before
    office.says("lee", f"/lockdown lift {BACK}")
    office.later(remind_of_slots, minutes=1)
    assert "at the moment of draft 1" in office.heard("amina")
    locked_again = "Somebody posts in our name again."
    office.says("lee", f"/lockdown {locked_again}")
    forge(office, "amina", "still-fits")
    assert locked_again in office.heard("amina")


def test_files_do_not_change_meanwhile(office):
    office.says("amina", f"/draft {TEXT}")
    locked(office)
    photo = File("F1", "k1", "image/jpeg", "bridge.jpg")
    office.says("amina", "/drafts 1", on="telegram")
    forge(office, "amina", "add-files")
    office.fills("amina", files=files_to_text((photo,)))
    assert NOTE in office.heard("amina")
    assert "Revision 1" in office.text(office.card())


def test_panel_that_shrinks_meanwhile_approves_only_after_the_lift(office):
    office.says("amina", f"/draft {TEXT}")
    office.reacts("chen", "👍", office.card())
    locked(office)
    shrunk = OFFICES.replace("name: bo, roles: [moderator]", "name: bo, roles: [author]").replace(
        "name: dara, roles: [moderator]", "name: dara, roles: [author]"
    )
    office.imports(shrunk)
    assert "1 of 1 approvals" in office.text(office.card())
    assert "Approved on" not in office.text(office.card())
    office.says("lee", f"/lockdown lift {BACK}")
    assert "Approved on" in office.text(office.card())
    assert "This is the text to post" in office.heard("amina")


def test_appeal_may_be_made_and_refused_but_not_granted(office):
    office.says("amina", f"/draft {TEXT}")
    for name in ("bo", "chen"):
        office.presses(name, "Reject", at=office.card())
        office.fills(name, reason="tone")
    office.says("amina", "/appeal 1 The closure was announced by the ministry.")
    office.presses("sina", "Grant it")
    locked(office)
    copy = next(each for each in office.slack.messages if "Appeal on draft" in office.text(each))
    assert office.text(copy).startswith(f"🔒 {NOTE}")
    assert labels(copy)[0] == "Keep the rejection"
    office.fills("sina", reason="It was announced, indeed.")
    assert NOTE in office.heard("sina")
    office.says("lee", f"/lockdown lift {BACK}")
    assert labels(copy)[0] == "Grant it"
    office.presses("sina", "Grant it")
    office.fills("sina", reason="It was announced, indeed.")
    assert "Approved on appeal by sina" in office.text(office.card())


def test_no_clock_runs_meanwhile_and_it_goes_on_where_it_stood(office):
    office.says("amina", f"/draft {TEXT}")
    office.later(escalate_late_reviews, hours=3)
    locked(office)
    for _ in range(8):
        office.later(escalate_late_reviews, chase_appeals, hours=24)
    assert office.inbox("bo") == []
    office.says("lee", f"/lockdown lift {BACK}")
    office.later(escalate_late_reviews, minutes=59)
    assert office.inbox("bo") == []
    office.later(escalate_late_reviews, minutes=1)
    assert "Your vote is missing" in office.heard("bo")


def test_nobody_is_nudged_and_no_week_counts_as_short(office):
    locked(office)
    for _ in range(21):
        office.later(keep_pages_fresh, hours=24)
    assert office.inbox("amina") == []
    assert ("bot", "week ended short") not in office.record()
    assert ("bot", "short week not counted: locked down") in office.record()


def both(engine) -> TestOffice:
    return TestOffice(engine, OFFICES + FISHERIES)


def test_all_offices_are_locked_by_an_admin_and_both_locks_have_to_be_lifted(engine):
    office = both(engine)
    office.says("amina", f"/draft {TEXT}")
    office.says("lee", f"/lockdown all {WHY}")
    assert "lee locked all offices" in office.chat()[-1]
    assert "lee locked all offices" in office.chat(on="telegram", id="-100200")[-1]
    assert "lee locked all offices" in office.heard("eti", on="telegram")
    locked(office)
    assert office.text(office.card()).count("🔒") == 2
    office.says("lee", f"/lockdown lift {BACK}")
    assert "It stays locked all the same" in office.chat()[-1]
    office.says("amina", f"/draft {OTHER}")
    assert "locked all offices" in office.heard("amina")
    office.says("lee", f"/lockdown lift {BACK}")
    assert "An admin ends that" in office.heard("lee")
    office.says("eti", f"/lockdown lift all {BACK}", on="telegram")
    assert "Only an admin" in office.heard("eti", on="telegram")
    office.says("lee", f"/lockdown lift all {BACK}")
    assert "go on" in office.chat(on="telegram", id="-100200")[-1]
    assert labels(office.card())[0] == "✅ Approve"
    office.close()


def test_one_office_leaves_the_other_alone(engine):
    office = both(engine)
    office.says("eti", f"/lockdown {WHY}", on="telegram")
    office.says("amina", f"/draft {TEXT}")
    assert labels(office.card())[0] == "✅ Approve"
    office.says("eti", f"/lockdown all {WHY}", on="telegram")
    assert "takes the role admin, " in office.heard("eti", on="telegram")
    office.close()


def test_who_leads_two_offices_is_asked_which(engine):
    lee = "- {name: lee, roles: [lead], slack: U0LEE}\n      - {name: eti, roles: [lead]"
    fisheries = FISHERIES.replace("- {name: eti, roles: [lead]", lee)
    office = TestOffice(engine, OFFICES + fisheries)
    locked(office)
    (form,) = office.slack.waiting.values()
    wanted = {option.label: option.value for option in form.fields[0].options}
    office.fills("lee", office=wanted["Fisheries"])
    assert "lee locked Fisheries" in office.chat(on="telegram", id="-100200")[-1]
    assert office.chat() == []
    locked(office)
    office.fills("lee", office="99")
    assert "does not make sense" in office.heard("lee")
    office.close()


@pytest.mark.parametrize("name", ["amina", "bo", "sina"])
def test_others_lock_nothing(office, name):
    for said in (f"/lockdown {WHY}", f"/lockdown all {WHY}", f"/lockdown lift {WHY}", "/lockdown"):
        office.says(name, said)
        assert "which you do not have" in office.heard(name)
    assert office.chat() == []


@pytest.mark.parametrize("said", ["off", "lift", "all", "lift all", "x" * 301])
def test_lockdown_without_a_reason_that_says_something_is_refused(office, said):
    office.says("lee", f"/lockdown {said}")
    assert "Please give a reason of 10 to 300 characters" in office.heard("lee")
    assert "Nothing was locked or lifted" in office.heard("lee")
    assert office.chat() == []


def test_second_lockdown_and_second_lift_are_refused(office):
    locked(office)
    locked(office)
    assert "locked down already" in office.heard("lee")
    office.says("lee", f"/lockdown lift {BACK}")
    office.says("lee", f"/lockdown lift {BACK}")
    assert "nothing to lift" in office.heard("lee")
    office.says("lee", f"/lockdown lift all {BACK}")
    assert "no lockdown of all offices" in office.heard("lee")
    assert [a for _, a in office.record() if "lock" in a] == ["locked down", "lockdown lifted"]


def test_lockdown_alone_tells_what_is_locked(office):
    office.says("lee", "/lockdown")
    assert "Ministry of Works is not locked down" in office.heard("lee")
    locked(office)
    office.says("lee", "/lockdown")
    assert NOTE in office.heard("lee")


@pytest.mark.parametrize("asked", ["/queue", "/queue urgent", "/home"])
@pytest.mark.parametrize(("name", "on"), [("bo", "slack"), ("dara", "telegram")])
def test_queue_and_home_say_that_the_office_is_locked(office, asked, name, on):
    office.says("amina", f"/draft {TEXT}")
    locked(office)
    office.says(name, asked, on=on)
    assert office.heard(name, on=on).count(NOTE) == 1
    office.says("lee", f"/lockdown lift {BACK}")
    office.says(name, asked, on=on)
    assert "🔒" not in office.heard(name, on=on)


def test_what_locks_all_offices_is_said_once(office):
    office.imports(OFFICES + FISHERIES)  # bo reviews in both
    office.says("lee", f"/lockdown all {WHY}")
    office.says("bo", "/queue")
    assert office.heard("bo").count("🔒") == 1
