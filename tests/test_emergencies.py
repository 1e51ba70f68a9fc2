"""Breaking the glass: released by one senior alone, marked and chased until somebody else looks."""

import pytest

from handlers import emergency_view
from handlers.afterwards import chase_reviews_afterwards
from handlers.chat import Button
from handlers.words import plain_part
from storage import people
from storage.db import transaction
from tests.office import OFFICES, TestOffice

FLOOD = "The river rises. Leave the bank at once."
REASON = "The water is rising by the minute."
OBJECTION = "The bank was not in danger yet."
MARK = "eleased in an emergency by sina, not reviewed"
ON_TELEGRAM = (
    OFFICES.replace("platform: slack, chat: C0MODS", 'platform: telegram, chat: "-100"')
    .replace("slack: U0SINA", 'telegram: "1005"')
    .replace("slack: U0BO", 'telegram: "1006"')
)


def forge(office, name, action, value="1.1", on="slack"):
    at = office.platforms[on].messages[0]
    office.presses_forged(name, Button("", action, value), on=on, at=at)


def released(office, draft=1):
    """Let sina release an urgent draft of amina's alone."""
    office.says("amina", f"/draft urgent {FLOOD}")
    office.presses("sina", "Emergency release", at=office.card(draft))
    office.fills("sina", reason=REASON)


def chased(office, name, on="slack"):
    return sum("not reviewed.\nThat was on" in said for said in office.inbox(name, on=on))


def labels(office):
    return [button.label for button in office.card().message.buttons]


def test_senior_releases_alone_and_everybody_sees_that_nobody_reviewed_it(office):
    released(office)
    card = office.text(office.card())
    assert "Approved on" in card
    assert MARK in card
    assert REASON in card
    assert MARK in office.chat()[-1]
    assert REASON in office.chat()[-1]
    assert any(MARK in said for said in office.inbox("dara", on="telegram"))
    assert MARK in office.heard("amina")
    assert f"│ {FLOOD}" in office.heard("amina")
    office.says("amina", "/drafts")
    assert MARK in office.heard("amina")
    assert ("sina", "draft approved") in office.record(lambda e: e.detail.get("reason") == REASON)
    assert labels(office) == ["It was right", "I object"]


def test_release_and_review_work_on_telegram_alone(engine):
    office = TestOffice(engine, ON_TELEGRAM)
    office.says("amina", f"/draft urgent {FLOOD}", on="telegram")
    card = office.card(on="telegram", chat="-100")
    office.presses("sina", "Emergency release", on="telegram", at=card)
    office.restart()
    office.writes("sina", REASON)
    card = office.card(on="telegram", chat="-100")
    assert MARK in office.text(card)
    office.presses("bo", "I object", on="telegram", at=card)
    office.writes("bo", OBJECTION)
    card = office.card(on="telegram", chat="-100")
    assert "bo reviewed it afterwards and objects" in office.text(card)
    assert card.message.buttons == ()
    for name, on in (("amina", "telegram"), ("sina", "telegram"), ("lee", "slack")):
        assert OBJECTION in office.heard(name, on=on)
    office.close()


def test_posting_still_says_that_nobody_reviewed_it(office):
    released(office)
    office.presses("amina", "Mark as posted")
    office.fills("amina", link="https://facebook.example/works/1")
    assert MARK in office.chat()[-1]
    assert MARK in office.heard("amina")
    assert MARK in office.text(office.card())
    assert labels(office) == ["It was right", "I object"]
    office.presses("chen", "It was right", at=office.card())
    assert "chen reviewed it afterwards: it was right" in office.text(office.card())
    assert labels(office) == []


@pytest.mark.parametrize("name", ["bo", "chen", "lee"])
def test_anybody_else_of_the_panel_a_senior_or_the_lead_may_review(office, name):
    released(office)
    office.presses(name, "It was right", at=office.card())
    assert f"{name} reviewed it afterwards: it was right" in office.text(office.card())
    assert MARK not in office.text(office.card())
    assert (name, "upheld the emergency release") in office.record()
    assert "it was right" in office.heard("amina")
    assert "it was right" in office.heard("sina")
    forge(office, "dara" if name != "lee" else "bo", "object")
    office.says("amina", "/drafts")
    assert "it was right" in office.heard("amina")


def test_objection_needs_a_reason_and_reaches_author_senior_and_lead(office):
    released(office)
    office.presses("bo", "I object", at=office.card())
    office.fills("bo", reason="bad")
    assert "at least 10 characters" in office.heard("bo")
    assert MARK in office.text(office.card())
    office.presses("bo", "I object", at=office.card())
    office.fills("bo", reason=OBJECTION)
    for name in ("amina", "sina", "lee"):
        assert f"│ {OBJECTION}" in office.heard(name)
    assert OBJECTION in office.text(office.card())
    assert ("bo", "objected to the emergency release") in office.record(
        lambda e: e.detail.get("remark") == OBJECTION
    )
    forge(office, "chen", "was-right")
    assert "was reviewed already" in office.heard("chen")
    assert "bo reviewed it afterwards and objects" in office.text(office.card())


@pytest.mark.parametrize("reason", ["", "   ", "hurry!"])
def test_release_without_a_reason_that_says_something_is_refused(office, reason):
    office.says("amina", f"/draft urgent {FLOOD}")
    office.presses("sina", "Emergency release", at=office.card())
    office.fills("sina", reason=reason)
    assert "at least 10 characters" in office.heard("sina")
    assert "Waiting since" in office.text(office.card())


def test_only_a_senior_who_did_not_write_it_may_release_it(office):
    office.says("amina", f"/draft urgent {FLOOD}")
    for name in ("bo", "lee", "amina", "mallory"):
        forge(office, name, "emergency")
    for value in ("", "x", "1", "1.2", "99.1"):
        forge(office, "sina", "emergency", value)
    office.says("sina", f"/draft urgent {FLOOD} Now.")
    forge(office, "sina", "emergency", "2.1")
    assert "is your own" in office.heard("sina")
    assert office.slack.waiting == {}
    assert "Only a senior" in office.heard("bo")
    assert "Waiting since" in office.text(office.card())


def test_draft_that_can_wait_is_the_panels(office):
    office.says("amina", f"/draft {FLOOD}")
    assert "Emergency" not in "".join(labels(office))
    forge(office, "sina", "emergency")
    assert "is not urgent, so the panel decides" in office.heard("sina")


def test_form_that_is_sent_after_the_draft_was_lowered_or_decided_releases_nothing(office):
    office.says("amina", f"/draft urgent {FLOOD}")
    office.presses("sina", "Emergency release", at=office.card())
    office.presses("amina", "Not urgent after all")
    office.fills("sina", reason=REASON)
    assert "is not urgent" in office.heard("sina")
    office.presses("amina", "Make it urgent")
    office.presses("sina", "Emergency release", at=office.card())
    for name in ("bo", "chen"):
        office.presses(name, "Approve", at=office.card())
    office.fills("sina", reason=REASON)
    assert "is approved" in office.heard("sina")
    assert MARK not in office.text(office.card())


def test_what_a_rule_forbids_is_not_covered(office):
    office.says("amina", "/draft urgent Fees can be paid to card 4111 1111 1111 1111 from today.")
    forge(office, "sina", "emergency")
    assert "waiting for changes" in office.heard("sina")
    assert office.slack.waiting == {}


def test_senior_may_release_alone_what_was_released_from_its_rule_before(office):
    office.says("amina", "/draft urgent Fees can be paid to card 4111 1111 1111 1111 from today.")
    office.presses("amina", "Ask a senior")
    office.presses("chen", "Release")
    office.fills("chen", reason="It is the specimen of our bank, and public.")
    assert office.text(office.card()).startswith("URGENT")
    office.presses("sina", "Emergency release", at=office.card())
    office.fills("sina", reason=REASON)
    assert MARK in office.text(office.card())


def test_the_releasing_senior_the_author_and_strangers_review_nothing(office):
    released(office)
    for name in ("sina", "amina", "mallory"):
        forge(office, name, "was-right")
        forge(office, name, "object")
    for value in ("", "x", "1", "1.2", "99.1"):
        forge(office, "bo", "was-right", value)
    assert office.slack.waiting == {}
    assert "You released draft 1 yourself" in office.heard("sina")
    assert "is your own" in office.heard("amina")
    assert MARK in office.text(office.card())


def test_nothing_is_to_be_reviewed_where_the_panel_approved(office):
    office.says("amina", f"/draft {FLOOD}")
    for name in ("bo", "chen"):
        office.presses(name, "Approve", at=office.card())
    forge(office, "lee", "was-right")
    assert "was not released in an emergency" in office.heard("lee")


def test_vote_that_comes_later_changes_nothing_and_says_so(office):
    office.says("amina", f"/draft urgent {FLOOD}")
    office.presses("bo", "Approve", at=office.card())
    approve = office.card().message.buttons[0]
    office.presses("sina", "Emergency release", at=office.card())
    office.fills("sina", reason=REASON)
    office.presses_forged("chen", approve, on="slack", at=office.card())
    assert "A vote changes nothing any more" in office.heard("chen")
    office.reacts("chen", "👎", office.card())
    assert "A vote changes nothing any more" in office.heard("chen")
    assert "1 of 2 approvals" in office.text(office.card())
    assert MARK in office.text(office.card())


def test_review_is_chased_in_working_time_until_it_is_there(office):
    released(office)  # Monday 10:00
    office.later(chase_reviews_afterwards, hours=3, minutes=59)
    assert chased(office, "bo") == 0
    office.later(chase_reviews_afterwards, minutes=1)
    assert [chased(office, name) for name in ("bo", "chen", "sina", "amina")] == [1, 1, 0, 0]
    assert chased(office, "dara", "telegram") == 1
    office.later(chase_reviews_afterwards, hours=10)  # Tuesday 0:00
    office.restart()
    office.later(chase_reviews_afterwards, hours=10)  # Tuesday 10:00
    assert [chased(office, name) for name in ("bo", "chen", "sina", "lee")] == [1, 2, 0, 0]
    office.later(chase_reviews_afterwards, hours=24)  # Wednesday 10:00
    assert chased(office, "lee") == 1
    office.later(chase_reviews_afterwards, hours=5)
    assert chased(office, "lee") == 1
    for hours, times in ((19, 2), (24, 2), (24, 2), (24, 3)):  # Thursday, the weekend, Sunday
        office.later(chase_reviews_afterwards, hours=hours)
        assert chased(office, "lee") == times
    assert "each working day" in office.heard("lee")
    office.presses("lee", "It was right")
    office.later(chase_reviews_afterwards, hours=24)
    assert chased(office, "lee") == 3
    assert ("bot", "not reviewed: lead told again") in office.record()


@pytest.mark.parametrize("button", ["Withdraw", "Change the text"])
def test_release_that_was_not_used_is_chased_no_more(office, button):
    released(office)
    office.presses("amina", button)
    if button == "Change the text":
        office.fills("amina", text="The river falls.")
        assert MARK not in office.text(office.card())
    assert "I object" not in labels(office)
    office.later(chase_reviews_afterwards, hours=4)
    assert chased(office, "bo") == 0
    forge(office, "bo", "was-right")
    assert "upheld" not in str(office.record())


def test_nobody_who_could_review_is_told_to_the_administrators(engine):
    alone = (
        OFFICES.replace("{name: bo, roles: [moderator]", "{name: bo, roles: [author]")
        .replace("roles: [moderator, senior]", "roles: [author]")
        .replace("roles: [moderator], telegram", "roles: [author], telegram")
        .replace("{name: sina, roles: [senior]", "{name: sina, roles: [moderator, senior]")
        .replace("roles: [lead, admin]", "roles: [admin]")
    )
    office = TestOffice(engine, alone)
    released(office)
    office.later(chase_reviews_afterwards, hours=4)
    assert "I can reach nobody who may review it" in office.heard("lee")
    office.later(chase_reviews_afterwards, hours=24)
    assert "each working day" in office.heard("lee")
    office.close()


def test_what_nobody_reviewed_can_be_listed(office):
    released(office)
    with transaction(office.engine) as db:
        ctx = office.dispatcher.context(db)
        (ministry,) = people.offices(db)
        (found,) = emergency_view.unreviewed(ctx, ministry)
    assert plain_part(found) == f"Draft 1 for Works on Facebook: approved, r{MARK}"
