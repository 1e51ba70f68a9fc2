"""A panel that cannot decide: its admins hear once what is wrong and what to do."""

import pytest

from handlers.absence import follow_absences, watch_panels
from handlers.escalations import escalate_late_reviews
from handlers.freshness import keep_pages_fresh
from handlers.ownerless import report_pages_without_owner
from tests.office import OFFICES, TestOffice

CLOSED = "The bridge at Kanchpur is closed on Monday."
SENIOR = "For land records call Rafiq on 01812-345678."
SHORT = "The panel of Ministry of Works cannot approve anything now."
JOBS = (follow_absences, watch_panels)


def alarms(office, name="lee", words=SHORT, on="slack"):
    """Return the alarms that somebody got."""
    return [said for said in office.inbox(name, on=on) if words in said]


def leave(office, *names, until="Thursday"):
    """Let people be away."""
    for name in names:
        office.says(name, f"/away until {until}", on="telegram" if name == "dara" else "slack")


def test_admin_hears_once_what_is_wrong_and_what_helps(office):
    office.says("amina", f"/draft {CLOSED}")
    leave(office, "bo")
    assert alarms(office) == []
    leave(office, "dara")
    assert len(alarms(office)) == 1
    said = alarms(office)[0]
    assert "It takes 2 approvals; only one can come." in said
    assert "Drafts that wait: 1." in said
    assert "Away: bo until the end of Thu 23 Jul 2026 and dara until" in said
    assert "/away bo deputy and their name" in said
    assert "Ask bo or dara to come back" in said
    assert "cannot be approved now: it takes 2 approvals, and 1 can come" in office.text(
        office.card()
    )
    office.restart()
    office.later(*JOBS, minutes=1)
    assert len(alarms(office)) == 1


def test_what_the_alarm_advises_helps(office):
    office.says("amina", f"/draft {CLOSED}")
    leave(office, "bo", "dara")
    office.says("lee", "/away bo deputy sina")
    assert "sina stands in: takes the seat" in office.heard("lee")
    assert "cannot be approved" not in office.text(office.card())
    office.reacts("sina", "👍", office.card())
    office.reacts("chen", "👍", office.card())
    assert "is approved by" in office.heard("amina")


def test_alarm_is_cleared_without_a_word_and_comes_back_with_its_cause(office):
    leave(office, "bo", "dara")
    office.says("bo", "/away off")
    heard = len(office.inbox("lee"))
    office.later(*JOBS, minutes=1)
    assert len(office.inbox("lee")) == heard
    leave(office, "bo")
    assert len(alarms(office)) == 2
    record = [action for actor, action in office.record() if actor == "bot"]
    assert record.count("panel cannot decide: admins told") == 2
    assert record.count("panel can decide again") == 1


def test_nobody_is_woken_by_an_absence_that_begins_at_midnight(office):
    for name in ("bo", "chen"):
        office.says(name, "/away tomorrow")
    office.later(*JOBS, hours=14)  # midnight in Dhaka
    assert "Away" not in "".join(alarms(office))
    office.later(*JOBS, hours=8, minutes=59)
    assert alarms(office) == []
    office.later(*JOBS, minutes=1)
    assert len(alarms(office)) == 1


def test_draft_whose_author_is_needed_is_told_of_alone(engine):
    panel = OFFICES.replace("sina, roles: [senior]", "sina, roles: [senior, author]")
    office = TestOffice(engine, panel.replace("amina, roles: [author]", "amina, roles: [author]"))
    office.says("bo", f"/draft {CLOSED}")
    office.says("amina", f"/draft {CLOSED} Please take the ferry.")
    leave(office, "dara")
    assert alarms(office) == []
    told = alarms(office, words="Draft 1 of Ministry of Works cannot be approved now: bo wrote it")
    assert len(told) == 1
    assert "cannot be approved" in office.text(office.card(1))
    assert "cannot be approved" not in office.text(office.card(2))
    office.later(*JOBS, minutes=5)
    assert len(alarms(office, words="Draft 1 of")) == 1
    office.close()


def test_draft_that_needs_a_senior_while_none_is_here_is_told_of(office):
    office.says("amina", f"/draft {SENIOR}")
    leave(office, "sina")
    assert alarms(office, words="No senior") == []
    leave(office, "chen")
    told = alarms(office, words="No senior of Ministry of Works can give the approval")
    assert len(told) == 1
    assert "these drafts need: 1." in told[0]
    assert "role senior in offices.yaml" in told[0]
    office.says("amina", "/draft The road is open again from 9 am today.")
    office.later(*JOBS, minutes=1)
    assert len(alarms(office, words="No senior")) == 1


def test_author_hears_on_filing_that_the_panel_is_short(office):
    leave(office, "bo", "dara")
    office.says("amina", f"/draft {CLOSED}")
    assert "2 of 3 must approve." in office.heard("amina")
    assert "cannot be approved now" in office.heard("amina")


def test_admin_who_is_away_is_not_told_but_their_deputy_is(office):
    office.imports(OFFICES.replace("slack: U0LEE}", "slack: U0LEE, deputy: sina}"))
    leave(office, "lee", "bo", "dara")
    assert alarms(office) == []
    assert len(alarms(office, "sina")) == 1


def test_alarm_waits_for_somebody_who_can_hear_it(office):
    everybody = ("lee", "sina", "chen", "bo")
    leave(office, *everybody)
    assert not any(alarms(office, name) for name in everybody)
    office.says("lee", "/away off")
    assert len(alarms(office)) == 1


def test_panel_that_shrinks_in_the_file_counts_at_once(office):
    leave(office, "dara")
    office.imports(OFFICES.replace("packs: [bd]", "packs: [bd]\n    quorum: {needed: 3}"))
    office.later(*JOBS, minutes=1)
    assert "It takes 3 approvals; only 2 can come." in alarms(office)[0]
    office.imports(OFFICES)
    office.later(*JOBS, minutes=1)
    assert len(alarms(office)) == 1


@pytest.mark.parametrize("name", ["sina", "lee"])
def test_escalation_never_goes_to_who_is_away(office, name):
    office.says("amina", f"/draft {CLOSED}")
    leave(office, "sina", "chen", "lee", until="2026-08-20")
    for _ in range(12):
        office.later(*JOBS, escalate_late_reviews, hours=24)
    assert not any("has waited since" in said for said in office.inbox(name))
    assert ("bot", "draft expired") in office.record()


def test_nudge_about_a_page_waits_for_its_owner(office):
    office.later(days=14)
    office.says("amina", "/away until 2026-08-14")
    office.later(follow_absences, keep_pages_fresh, report_pages_without_owner, days=3)
    assert not any("updates" in said for said in office.inbox("amina"))
    office.says("amina", "/away off")
    office.later(keep_pages_fresh)
    assert any("Works on Facebook: 0 of 2 updates" in said for said in office.inbox("amina"))


def test_nudge_about_a_page_goes_to_the_deputy_of_its_owner(office):
    office.later(days=14)
    office.says("amina", "/away until 2026-08-14 deputy sina")
    office.later(follow_absences, keep_pages_fresh, days=3)
    assert any("Works on Facebook: 0 of 2 updates" in said for said in office.inbox("sina"))
    assert not any("updates" in said for said in office.inbox("amina"))
