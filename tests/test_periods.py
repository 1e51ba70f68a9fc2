"""Periods: declared in the file or the chat, they make rules stricter, and open drafts follow."""

from datetime import UTC, datetime

import pytest

from handlers.chat import Button
from handlers.periods import keep_up_with_periods
from policy.shelf import Shelf
from tests.conftest import STADIUMS
from tests.office import FISHERIES, OFFICES, TestOffice

CLOSED = "The bridge at Kanchpur is closed on Monday from 9 am."
NEWS = "Our new stadium is the best in the region."


def approve(office: TestOffice, *names: str, draft: int = 1) -> None:
    for name in names:
        office.presses(name, "Approve", at=office.card(draft))


def with_periods(*periods: str) -> str:
    return OFFICES + "    periods:\n" + "".join(f"      - {each}\n" for each in periods)


# Declaring


def test_period_of_the_file_begins_and_ends_by_itself_in_the_offices_own_time(engine):
    office = TestOffice(
        engine, with_periods("{period: election, start: 2026-07-21, end: 2026-07-22, note: Polls}")
    )
    office.says("amina", f"/draft {CLOSED}")
    for moment, is_on in [
        ("2026-07-20T17:59Z", False),  # Dhaka is six hours ahead
        ("2026-07-20T18:00Z", True),
        ("2026-07-22T17:59Z", True),
        ("2026-07-22T18:00Z", False),
    ]:
        office.clock = datetime.fromisoformat(moment)
        office.later(keep_up_with_periods)
        assert ("In force: Election period" in office.text(office.card())) == is_on, moment
    assert [said for said in office.chat() if "Election period is on" in said and "Polls" in said]
    assert "Election period is over" in office.chat()[-1]
    assert sum("Election period" in said for said in office.chat()[1:]) == 2
    assert ("policy", "period began") in office.record()
    assert ("policy", "period ended") in office.record()
    office.close()


def test_period_without_an_end_lasts_until_somebody_ends_it(engine):
    text = with_periods("{period: election, start: 2026-07-01}")
    office = TestOffice(engine, text)
    office.later(keep_up_with_periods, hours=24 * 300)
    assert "Election period is on" in office.chat()[0]
    office.says("sina", "/policy period election off")
    assert "is over" in office.chat()[-1]
    office.restart()
    assert office.imports(text) == []
    office.later(keep_up_with_periods)
    assert "is over" in office.chat()[-1]
    office.close()


def test_period_that_leaves_the_file_is_over(engine):
    office = TestOffice(engine, with_periods("{period: election, start: 2026-07-01}"))
    assert "is on" in office.chat()[-1]
    assert "Ministry of Works: election is no longer declared" in office.imports(OFFICES)
    assert "is over" in office.chat()[-1]
    office.close()


@pytest.mark.parametrize("name", ["sina", "lee"])
def test_seniors_leads_and_admins_declare_and_end_a_crisis(office, name):
    office.says(name, "/policy period crisis on")
    assert "Crisis is declared" in office.inbox(name)[-1]
    assert "Crisis is on" in office.chat()[-1]
    assert (name, "period declared") in office.record()
    office.says(name, "/policy period crisis on")
    assert (
        f"Crisis stands already for Ministry of Works: from Mon 20 Jul 2026, declared by {name}"
        in (office.heard(name))
    )
    office.says(name, "/policy period crisis off")
    assert "Crisis is over" in office.chat()[-1]
    office.says(name, "/policy period crisis off")
    assert "nothing to end" in office.heard(name)


@pytest.mark.parametrize("name", ["amina", "bo"])
def test_others_see_the_periods_and_declare_none(office, name):
    office.says("sina", "/policy period mourning 2026-07-20 2026-07-22")
    office.says(name, "/policy period mourning off")
    assert "Only seniors, leads and admins" in office.heard(name)
    office.says(name, "/policy period")
    assert "on Mourning: from Mon 20 Jul 2026 to Wed 22 Jul 2026, declared by sina" in (
        office.heard(name)
    )


def test_period_to_come_waits_and_can_be_taken_back(office):
    office.says("sina", "/policy period election 2026-08-01 2026-08-20")
    assert office.chat() == []
    office.says("sina", "/policy period")
    assert "Election period: from Sat 1 Aug 2026 to Thu 20 Aug 2026" in office.heard("sina")
    office.says("sina", "/policy period election off")
    office.later(keep_up_with_periods, hours=24 * 14)
    assert office.chat() == []


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("war on", "do not understand"),
        ("crisis", "do not understand"),
        ("crisis on now please", "do not understand"),
        ("mourning tomorrow", "no day"),
        ("mourning 2026-02-30", "no day"),
        ("mourning 0001-01-01", "no day"),
        ("mourning 2026-07-22 2026-07-21", "before it starts"),
        ("mourning 2026-07-01 2026-07-19", "over already"),
        ("mourning off", "nothing to end"),
    ],
)
def test_period_that_cannot_be_is_refused(office, said, heard):
    office.says("sina", f"/policy period {said}")
    assert heard in office.heard("sina")
    assert office.chat() == []


@pytest.mark.parametrize(
    ("first", "second", "heard"),
    [
        ("2026-08-01 2026-08-20", "2026-08-01 2026-08-20", "stands already"),
        ("2026-08-01", "2026-08-01", "stands already"),
        ("2026-08-01", "2026-08-05", "stands already"),
        ("on", "2026-08-05", "stands already"),
        ("2026-08-01 2026-08-20", "2026-08-20 2026-08-25", "overlap"),
        ("2026-08-01 2026-08-20", "2026-07-25 2026-08-01", "overlap"),
        ("2026-08-01 2026-08-20", "2026-08-05 2026-08-06", "overlap"),
        ("2026-08-05 2026-08-06", "2026-08-01 2026-08-20", "overlap"),
        ("2026-08-01 2026-08-20", "2026-08-10", "overlap"),
        ("2026-08-01 2026-08-20", "on", "overlap"),
        ("on", "2026-08-01 2026-08-20", "overlap"),
        ("2026-08-01 2026-08-20", "2026-08-21 2026-08-25", ""),
        ("2026-08-01 2026-08-20", "2026-07-25 2026-07-31", ""),
    ],
)
def test_period_of_one_kind_is_declared_once_at_a_time(office, first, second, heard):
    office.says("sina", f"/policy period election {first}")
    office.says("lee", f"/policy period election {second}")
    declared = office.record().count(("lee", "period declared"))
    if not heard:
        assert declared == 1
        return
    assert heard in office.heard("lee")
    assert "sina" in office.heard("lee")
    assert declared == 0


def test_periods_of_different_kinds_may_overlap(office):
    office.says("sina", "/policy period election 2026-08-01 2026-08-20")
    office.says("sina", "/policy period mourning 2026-08-05 2026-08-06")
    assert "Mourning is declared" in office.heard("sina")


def test_period_that_was_ended_can_be_declared_again(office):
    for said in ("2026-08-01 2026-08-20", "off", "2026-08-01 2026-08-20"):
        office.says("sina", f"/policy period election {said}")
    assert "Election period is declared" in office.heard("sina")


def test_senior_of_two_offices_is_asked_which(engine):
    text = OFFICES + FISHERIES.replace(
        "[author, moderator], slack: U0BO", "[moderator], slack: U0BO"
    )
    text = text.replace("{name: eti, roles: [lead]", "{name: sina, roles: [lead], slack: U0SINA}\n"
                        "      - {name: eti, roles: [author]")  # fmt: skip
    office = TestOffice(engine, text)
    office.says("sina", "/policy period crisis on")
    assert "which office" in office.heard("sina")
    office.presses("sina", "Fisheries")
    assert "Crisis is on for Fisheries" in office.chat(on="telegram", id="-100200")[-1]
    assert office.chat() == []
    office.presses_forged(
        "bo", Button("", "period", "1.crisis on"), on="slack", at=office.slack.messages[-1]
    )
    assert "Only seniors" in office.heard("bo")
    assert office.chat() == []
    office.close()


@pytest.mark.parametrize("value", ["", "1", "1.", "1. ", "x.crisis on", "1.crisis", "9.crisis on"])
def test_button_that_makes_no_sense_declares_nothing(office, value):
    office.says("sina", "/policy period")
    at = office.slack.messages[-1]
    office.presses_forged("sina", Button("", "period", value), on="slack", at=at)
    assert "wrong on my side" not in office.heard("sina")
    assert ("sina", "period declared") not in office.record()


# What follows for drafts


def test_draft_that_a_rule_forbids_now_goes_back_to_its_author(stadiums):
    office = stadiums
    office.says("amina", f"/draft {NEWS}")
    approve(office, "bo")
    office.says("sina", "/policy period election on")
    assert "Waiting for changes" in office.text(office.card())
    assert NEWS not in office.text(office.card())
    assert "on hold because of Election period" in office.chat()[-1]
    assert "It is back with you, because of Election period" in office.heard("amina")
    office.says("sina", "/policy period election off")
    assert "not stopped any more" in office.heard("amina")
    office.presses("amina", "Send it as it is")
    assert NEWS in office.text(office.card())
    assert "1 of 2 approvals" in office.text(office.card())


def test_card_names_the_period_that_took_a_draft_back_and_claims_no_new_wording(stadiums):
    office = stadiums
    office.says("amina", f"/draft {NEWS}")
    approve(office, "bo")
    office.says("sina", "/policy period crisis on")  # forbids nothing in it
    office.says("sina", "/policy period election on")
    card = office.text(office.card())
    assert "On hold because of Election period: a rule forbids this wording now" in card
    assert "approved: bo" in card
    assert "new wording" not in card
    office.says("sina", "/policy period election off")
    card = office.text(office.card())
    assert "It was on hold because of Election period, and nothing stops it any more" in card
    assert "In force: Crisis" in card
    assert "Election period, Crisis" not in card
    assert ("policy", "draft changes_requested") in office.record(
        lambda e: e.detail.get("because") == ["election"]
    )


def test_card_of_a_new_wording_that_a_period_forbids_says_that_it_is_new(stadiums):
    office = stadiums
    office.says("sina", "/policy period election on")
    office.says("amina", f"/draft {CLOSED}")
    office.presses("amina", "Change the text")
    office.fills("amina", text=NEWS)
    assert "The new wording is not before you yet" in office.text(office.card())


def test_new_wording_after_a_period_held_the_old_one_is_called_new(stadiums):
    office = stadiums
    office.says("amina", f"/draft {NEWS}")
    office.says("sina", "/policy period election on")
    office.presses("amina", "Change the text")
    office.fills("amina", text=f"{NEWS} Really.")
    assert "The new wording is not before you yet" in office.text(office.card())
    assert "On hold because" not in office.text(office.card())


def test_of_two_periods_that_begin_together_the_one_that_forbids_it_is_named(engine, tmp_path):
    text = with_periods(
        "{period: election, start: 2026-07-21}", "{period: crisis, start: 2026-07-21}"
    )
    (tmp_path / "stadiums.yaml").write_text(STADIUMS, "utf-8")
    office = TestOffice(engine, text.replace("[bd]", "[stadiums]"), shelf=Shelf(tmp_path))
    office.says("amina", f"/draft {NEWS}")
    office.later(keep_up_with_periods, hours=24)
    assert "On hold because of Election period: " in office.text(office.card())
    office.close()


def test_votes_that_suffice_once_a_period_is_over_decide_when_the_draft_is_sent_on(stadiums):
    office = stadiums
    office.says("sina", "/policy period crisis on")
    office.says("amina", f"/draft {NEWS}")
    approve(office, "bo")
    office.presses("dara", "Approve", on="telegram", at=office.card(on="telegram", chat="1004"))
    office.says("sina", "/policy period election on")
    for period in ("crisis", "election"):
        office.says("sina", f"/policy period {period} off")
    office.presses("amina", "Send it as it is")
    assert "Approved on" in office.text(office.card())


def test_senior_can_release_what_a_period_stopped(stadiums):
    office = stadiums
    office.says("amina", f"/draft {NEWS}")
    office.says("sina", "/policy period election on")
    office.presses("amina", "Ask a senior")
    office.presses("sina", "Release")
    office.fills("sina", reason="It was announced by Parliament itself.")
    assert "Released by sina" in office.text(office.card())


def test_votes_stay_and_a_senior_s_approval_is_needed_besides(stadiums):
    office = stadiums
    office.says("amina", f"/draft {NEWS}")
    approve(office, "bo")
    office.says("sina", "/policy period mourning on")
    card = office.text(office.card())
    assert "1 of 2 approvals" in card
    assert "needs a senior's approval" in card
    office.says("sina", "/policy period mourning off")
    assert "needs a senior's approval" not in office.text(office.card())


def test_end_of_a_period_may_complete_a_decision(office):
    office.says("sina", "/policy period crisis on")
    office.says("amina", f"/draft {CLOSED}")
    approve(office, "bo")
    office.presses("dara", "Approve", on="telegram", at=office.card(on="telegram", chat="1004"))
    assert "Approved on" not in office.text(office.card())
    office.says("sina", "/policy period crisis off")
    assert "Approved on" in office.text(office.card())


@pytest.mark.parametrize(
    ("purpose", "needed"),
    [("Warning", False), ("Service information", False), ("Event", True), ("Campaign", True)],
)
def test_crisis_pauses_all_but_warnings_and_service_information(office, purpose, needed):
    office.says("amina", f"/draft {CLOSED}")
    office.presses("amina", purpose)
    office.says("sina", "/policy period crisis on")
    assert ("a senior has to approve it now" in office.text(office.card())) == needed
    assert ("One approval must come from a senior" in office.text(office.card())) == needed


def test_author_of_an_approved_draft_is_asked_once_to_hold_it(office):
    for text, purpose in ((CLOSED, "Event"), (f"{CLOSED} Again.", "Service")):
        office.says("amina", f"/draft {text}")
        office.presses("amina", purpose)
    for draft in (1, 2):
        approve(office, "bo", "chen", draft=draft)
    office.says("sina", "/policy period mourning on")
    office.later(keep_up_with_periods, minutes=5)
    held = [said for said in office.inbox("amina") if "Hold draft" in said]
    assert len(held) == 1
    assert "Hold draft 1" in held[0]
    assert "chen, sina" in held[0]
    assert ("policy", "author asked to hold") in office.record()


def test_approved_draft_that_a_rule_would_stop_now_is_to_be_held(stadiums):
    office = stadiums
    for number, text in enumerate((NEWS, CLOSED), start=1):
        office.says("amina", f"/draft {text}")
        approve(office, "bo", "chen", draft=number)
    office.says("sina", "/policy period election on")
    held = [said for said in office.inbox("amina") if "Hold draft" in said]
    assert len(held) == 1
    assert "Hold draft 1" in held[0]
    assert office.verdict().broken is None


def test_draft_of_an_author_who_was_warned_stays_with_them(office):
    office.says("amina", "/draft THE BRIDGE AT KANCHPUR IS CLOSED ALL DAY ON MONDAY")
    office.says("sina", "/policy period crisis on")
    office.presses("amina", "Send it as it is")
    assert "In force: Crisis" in office.text(office.card())


def test_clock_that_is_wound_far_ahead_announces_nothing_that_is_over(engine):
    office = TestOffice(
        engine, with_periods("{period: mourning, start: 2026-07-22, end: 2026-07-23}")
    )
    office.clock = datetime(2026, 9, 1, tzinfo=UTC)
    office.later(keep_up_with_periods)
    assert office.chat() == []
    office.close()
