"""Votes: whose count, how they are cast and taken back, and what they decide."""

import pytest

from handlers.chat import Button, Kind
from handlers.reasons import announce_rejections
from tests.office import MODERATORS, OFFICES, TestOffice

CLOSED = "The bridge at Kanchpur is closed on Monday from 9 am."
PHONE = "For land records call Rafiq on 01812-345678."


def test_both_copies_of_the_card_show_every_vote(office):
    office.says("amina", f"/draft {CLOSED}", on="telegram")
    office.reacts("bo", "👍", office.card())
    dara = office.sender("dara", "telegram").user
    for copy in (office.card(), office.card(on="telegram", chat=dara)):
        said = office.text(copy)
        assert "1 of 2 approvals" in said
        assert "approved: bo" in said


def test_draft_is_rejected_as_soon_as_approval_is_out_of_reach(office):
    office.says("amina", f"/draft {CLOSED}", on="telegram")
    office.reacts("bo", "👎", office.card())
    assert "rejected" not in office.heard("amina", on="telegram")
    office.reacts("chen", "❌", office.card())
    assert "Rejected on" in office.text(office.card())
    office.later(announce_rejections, minutes=15)
    assert "rejected by bo and chen" in office.heard("amina", on="telegram")


def test_rejection_by_emoji_is_asked_for_its_reason_and_the_author_hears_it(office):
    office.says("amina", f"/draft {CLOSED}", on="telegram")
    office.reacts("bo", "👎", office.card())
    office.presses("bo", "Answer")
    office.fills("bo", reason="facts", words="The bridge is open at night.")
    assert "The facts need checking: The bridge is open at night." in office.text(office.card())
    office.reacts("chen", "👎", office.card())
    assert "The bridge is open at night." in office.heard("amina", on="telegram")


def test_reason_that_comes_after_the_decision_reaches_the_author_too(office):
    office.says("amina", f"/draft {CLOSED}", on="telegram")
    office.reacts("bo", "👎", office.card())
    office.presses("dara", "Reject", on="telegram")
    office.later(announce_rejections, minutes=15)
    assert "No reason has been given yet" in office.heard("amina", on="telegram")
    office.presses("dara", "It is not the right moment", on="telegram")
    office.presses("dara", "Skip", on="telegram")
    assert "It is not the right moment" in office.heard("amina", on="telegram")
    assert "It is not the right moment" in office.chat()[-1]


def test_vote_that_is_taken_back_does_not_count(office):
    office.says("amina", f"/draft {CLOSED}", on="telegram")
    office.reacts("bo", "👍", office.card())
    office.reacts("bo", "👍", office.card(), added=False)
    office.reacts("chen", "👍", office.card())
    assert "1 of 2 approvals" in office.text(office.card())
    assert "approved: bo" not in office.text(office.card())


def test_moderator_may_change_their_mind_until_the_decision(office):
    office.says("amina", f"/draft {CLOSED}", on="telegram")
    office.reacts("bo", "👎", office.card())
    office.reacts("bo", "👍", office.card())
    office.reacts("bo", "👎", office.card(), added=False)  # the older emoji: the vote stays
    office.reacts("chen", "✅", office.card())
    assert "approved by bo and chen" in office.heard("amina", on="telegram")


def test_person_with_two_accounts_has_one_vote(office):
    office.says("amina", f"/draft {CLOSED}", on="telegram")
    office.reacts("chen", "👍", office.card())
    office.presses_forged(
        "chen", Button("Approve", "approve", "1.1"), on="telegram", at=office.card()
    )
    assert "1 of 2 approvals" in office.text(office.card())
    assert "counts already" in office.heard("chen", on="telegram")


@pytest.mark.parametrize(
    ("name", "why"),
    [("amina", "your own draft"), ("sina", "not on this office's panel"), ("mallory", "not know")],
)
def test_vote_that_does_not_count_is_answered_in_private_with_the_reason(office, name, why):
    office.says("amina", f"/draft {CLOSED}", on="telegram")
    office.reacts(name, "👍", office.card())
    assert why in office.heard(name)
    assert "0 of 2 approvals" in office.text(office.card())
    assert ("refused") in [action for _, action in office.record()]


@pytest.mark.parametrize("kind", [Kind.BOT, Kind.ANONYMOUS])
def test_bots_and_anonymous_administrators_do_not_vote(office, kind):
    office.says("amina", f"/draft {CLOSED}", on="telegram")
    office.reacts("bo", "👍", office.card(), kind=kind)
    assert "0 of 2 approvals" in office.text(office.card())
    assert ("anonymous administrator" in office.chat()[-1]) == (kind is Kind.ANONYMOUS)


def test_late_votes_change_nothing_and_hear_why(office):
    office.says("amina", f"/draft {CLOSED}", on="telegram")
    for name in ("bo", "chen"):
        office.reacts(name, "👍", office.card())
    office.presses_forged(
        "dara", Button("Reject", "reject", "1.1"), on="telegram", at=office.card()
    )
    assert "approved already" in office.heard("dara", on="telegram")
    assert office.record().count(("quorum", "draft approved")) == 1


def test_repeated_delivery_of_the_same_act_is_silent(office):
    office.says("amina", f"/draft {CLOSED}", on="telegram")
    office.reacts("bo", "👍", office.card())
    before = len(office.slack.messages), office.record()
    office.again()
    assert (len(office.slack.messages), office.record()) == before


def test_private_phone_number_needs_the_vote_of_a_senior(office):
    office.says("amina", f"/draft {PHONE}")
    assert "One of them must be a senior" in office.heard("amina")
    office.reacts("bo", "👍", office.card())
    office.presses("dara", "Approve", on="telegram")
    assert "must come from a senior" in office.text(office.card())
    office.reacts("sina", "👍", office.card())
    assert "approved by bo, dara and sina" in office.heard("amina")


def test_author_on_a_panel_of_one_is_told_that_nobody_could_approve(engine):
    alone = OFFICES.replace("roles: [author]", "roles: [author, moderator]")
    for name in ("bo", "chen", "dara"):
        alone = alone.replace(f"{name}, roles: [moderator", f"{name}, roles: [author")
    office = TestOffice(engine, alone)
    office.says("amina", f"/draft {CLOSED}")
    assert "Nobody could approve this" in office.heard("amina")
    office.close()


@pytest.mark.parametrize("value", ["", "1", "1.", "x.y", "1.1.1", "-1.1", "9" * 40 + ".1", "٣.1"])
def test_forged_button_value_is_refused(office, value):
    office.says("amina", f"/draft {CLOSED}")
    office.presses_forged("bo", Button("", "approve", value), on="slack", at=office.card())
    assert "0 of 2 approvals" in office.text(office.card())
    assert office.heard("bo") != ""


def test_queue_marks_what_waits_for_the_one_who_asks(office):
    office.says("amina", f"/draft {CLOSED}")
    office.says("bo", "/queue", chat=MODERATORS)
    assert "Waits for you: Draft 1" in office.heard("bo")
    office.reacts("bo", "👍", office.card())
    office.says("bo", "/queue", chat=MODERATORS)
    assert "Waits for you" not in office.heard("bo")
    assert "1 of 2 approvals" in office.heard("bo")


def test_every_decision_vote_and_refusal_is_in_the_record(office):
    office.says("amina", f"/draft {CLOSED}")
    office.reacts("sina", "👍", office.card())
    office.reacts("bo", "👍", office.card())
    office.reacts("chen", "👎", office.card())
    office.reacts("chen", "👎", office.card(), added=False)
    office.reacts("chen", "👍", office.card())
    assert [entry for entry in office.record() if entry[0] != "offices file"] == [
        ("amina", "draft submitted"),
        ("sina", "refused"),
        ("bo", "voted to approve"),
        ("chen", "voted to reject"),
        ("chen", "took the vote back"),
        ("chen", "voted to approve"),
        ("quorum", "draft approved"),
    ]
    assert office.verdict().broken is None


@pytest.mark.parametrize(
    ("votes", "said"),
    [
        ([("bo", "👍")], "1 of 2 approvals"),
        ([("bo", "👍"), ("chen", "👍")], "Approved on"),
        ([("bo", "👎")], "0 of 2 approvals, 1 against"),
        ([("bo", "👎"), ("chen", "👎")], "Rejected on"),
        ([("bo", "👎"), ("chen", "👍")], "1 of 2 approvals, 1 against"),
    ],
)
def test_panel_of_three_decides_with_two(office, votes, said):
    office.says("amina", f"/draft {CLOSED}")
    for name, emoji in votes:
        office.reacts(name, emoji, office.card())
    assert said in office.text(office.card())


def test_panel_of_one_decides_alone(engine):
    text = OFFICES.replace("chen, roles: [moderator, senior]", "chen, roles: [senior]")
    office = TestOffice(engine, text.replace("dara, roles: [moderator]", "dara, roles: [author]"))
    office.says("amina", f"/draft {CLOSED}")
    office.reacts("bo", "✅", office.card())
    assert "approved by bo" in office.heard("amina")
    office.close()


def test_one_rejection_is_enough_where_the_office_has_chosen_the_veto(engine):
    text = OFFICES.replace("    people:", "    quorum: {veto: true}\n    people:")
    office = TestOffice(engine, text)
    office.says("amina", f"/draft {CLOSED}")
    office.reacts("bo", "👎", office.card())
    office.later(announce_rejections, minutes=15)
    assert "rejected by bo" in office.heard("amina")
    office.close()


def test_senior_off_the_panel_gives_approval_where_it_is_needed_but_rejects_nothing(office):
    office.says("amina", f"/draft {PHONE}")
    office.presses("sina", "Reject", at=office.card())
    assert "not a rejection" in office.heard("sina")
    office.presses("sina", "Approve", at=office.card())
    assert "0 of 2 approvals" in office.text(office.card())
    assert "approved: sina" in office.text(office.card())


def test_record_of_a_draft_names_the_votes_that_did_not_count(office):
    office.says("amina", f"/draft {CLOSED}")
    office.reacts("sina", "👍", office.card())
    office.reacts("mallory", "👍", office.card())
    office.says("lee", "/audit 1")
    assert "sina: refused" in office.heard("lee")
    assert "slack:mallory: refused" in office.heard("lee")


def test_every_copy_loses_its_buttons_when_the_draft_is_decided(office):
    office.says("amina", f"/draft {CLOSED}")
    office.presses_forged("lee", Button("", "show", "1.1"), on="slack", at=office.card())
    office.presses("bo", "Approve", at=office.card())
    office.presses("dara", "Approve", on="telegram")
    cards = [
        shown
        for platform in (office.slack, office.telegram)
        for shown in platform.messages
        if office.text(shown).startswith("Draft 1 for Works on Facebook (")
    ]
    assert len(cards) == 3
    assert all("Approved on" in office.text(shown) for shown in cards)
    assert all(shown.message.buttons == () for shown in cards)


def test_queue_is_offered_only_to_those_who_may_see_it(office):
    office.says("amina", "/help")
    assert "/queue" not in office.heard("amina")
    office.says("amina", "/queue")
    assert "takes the role moderator, senior, lead or admin" in office.heard("amina")
    office.says("bo", "/help")
    assert "/queue" in office.heard("bo")
