"""Second thoughts: edits, holds, withdrawals, and the votes and cards that go with them."""

import pytest

from bot.platforms.base import NotSent
from handlers.chat import Button
from handlers.escalations import escalate_late_reviews
from tests.office import MODERATORS, OFFICES, TestOffice

CLOSED = "The bridge at Kanchpur is closed on Monday from 9 am."
OPEN = "The bridge at Kanchpur is open again."
CARD = "Fees can be paid to card 4111 1111 1111 1111 from today."
CAPS = "THE BRIDGE AT KANCHPUR IS CLOSED ALL DAY ON MONDAY"
PHONE = "For land records call Rafiq on 01812-345678."


def change(office: TestOffice, text: str) -> None:
    """Let amina change her draft."""
    office.presses("amina", "Change the text")
    office.fills("amina", text=text)


def test_emoji_on_a_card_that_still_shows_the_old_text_is_no_vote_on_the_new_one(office):
    office.says("amina", f"/draft {CLOSED}")
    office.later(minutes=1)
    office.slack.down = NotSent("Slack is slow")
    change(office, OPEN)
    office.reacts("bo", "👍", office.card())
    office.slack.down = None
    office.later(minutes=1)
    assert "text has changed" in office.heard("bo")
    assert "0 of 2 approvals" in office.text(office.card())

    office.reacts("bo", "👍", office.card())
    office.reacts("chen", "👍", office.card())
    assert "Approved on" in office.text(office.card())


def test_votes_of_the_same_moment_count_although_the_card_is_not_updated_yet(office):
    office.says("amina", f"/draft {CLOSED}")
    office.slack.down = NotSent("Slack is slow")
    office.reacts("bo", "👍", office.card())
    office.reacts("chen", "👍", office.card())
    office.slack.down = None
    office.later(minutes=1)
    assert "Approved on" in office.text(office.card())


@pytest.mark.parametrize("text", [CARD, CAPS])
def test_wording_that_is_held_is_not_shown_to_the_moderators(office, text):
    office.says("amina", f"/draft {CLOSED}")
    office.reacts("bo", "👍", office.card())
    change(office, text)
    shown = office.text(office.card())
    assert text not in shown
    assert "Waiting for changes" in shown
    assert office.card().message.buttons == ()
    assert "on hold" in office.chat()[-1]
    office.presses("amina", "Withdraw")
    assert text not in office.text(office.card())
    assert "Withdrawn" in office.text(office.card())


def test_forged_button_shows_no_draft_that_is_held(office):
    office.says("amina", f"/draft {CARD}")
    forged = Button("", "show", "1.1")
    office.says("bo", "/queue")
    office.presses_forged("bo", forged, on="slack", at=office.slack.messages[-1])
    assert "4111" not in "".join(office.inbox("bo"))


def test_moderators_hear_when_a_held_draft_comes_back(office):
    office.says("amina", f"/draft {CLOSED}")
    change(office, CAPS)
    office.presses("amina", "Send it as it is")
    assert "before you again" in office.chat()[-1]
    assert CAPS in office.text(office.card())
    assert [b.action for b in office.card().message.buttons][:2] == ["approve", "reject"]


def test_text_written_for_a_draft_that_is_over_is_given_back(office):
    office.says("amina", f"/draft {CLOSED}")
    office.presses("amina", "Change the text")
    trigger, form = office.slack.waiting.popitem()
    office.presses("amina", "Withdraw")
    office.slack.waiting[trigger] = form
    office.fills("amina", text=OPEN)
    assert "withdrawn" in office.heard("amina")
    assert OPEN in office.heard("amina")


def test_two_forms_for_one_draft_do_not_overwrite_each_other(office):
    office.says("amina", f"/draft {CLOSED}")
    office.presses("amina", "Change the text")
    office.says("amina", "/drafts 1")
    office.presses("amina", "Change the text")
    (_, first), (_, second) = office.slack.waiting.items()
    office.slack.waiting = {"a": second}
    office.fills("amina", text=OPEN)
    office.slack.waiting = {"b": first}
    office.fills("amina", text="Something else entirely.")
    assert OPEN in office.text(office.card())
    assert "Something else entirely." in office.heard("amina")


def test_author_withdraws_while_the_last_vote_is_on_its_way(office):
    office.says("amina", f"/draft {CLOSED}")
    office.reacts("bo", "👍", office.card())
    button = office.card().message.buttons[0]
    office.presses("amina", "Withdraw")
    office.presses_forged("chen", button, on="slack", at=office.card())
    assert "withdrawn" in office.heard("chen")
    assert "Withdrawn" in office.text(office.card())
    assert ("quorum", "draft approved") not in office.record()


def test_approved_draft_that_is_changed_is_approved_no_more(office):
    office.says("amina", f"/draft {CLOSED}")
    for name in ("bo", "chen"):
        office.reacts(name, "👍", office.card())
    posted = next(
        b for s in office.slack.messages for b in s.message.buttons if b.action == "posted"
    )
    change(office, OPEN)
    office.presses_forged("amina", posted, on="slack", at=office.card())
    assert "is in review, so that cannot be done now" in office.heard("amina")
    assert "0 of 2 approvals" in office.text(office.card())
    office.presses("bo", "Approve", at=office.card())
    office.presses("chen", "Approve", at=office.card())
    office.presses_forged("amina", posted, on="slack", at=office.card())
    assert "has changed since" in office.heard("amina")


@pytest.mark.parametrize("action", ["edit", "withdraw", "confirm", "resubmit", "posted", "purpose"])
def test_nobody_but_its_author_acts_on_a_draft(office, action):
    office.says("amina", f"/draft {CLOSED}")
    before = office.text(office.card())
    value = "1.service-info" if action == "purpose" else "1.1"
    for name in ("bo", "lee", "mallory"):
        office.presses_forged(name, Button("", action, value), on="slack", at=office.card())
    assert office.text(office.card()) == before
    assert office.slack.waiting == {}


def test_author_who_has_left_the_office_acts_on_nothing(office):
    office.says("amina", f"/draft {CLOSED}")
    office.imports(
        OFFICES.replace("      - {name: amina, ro", "      - {name: zia, ro")
        .replace("owner: amina", "owner: zia")
        .replace('"1001", slack: U0AMINA', '"1009", slack: U0ZIA')
    )
    office.accounts["amina", "slack"] = "U0AMINA"
    office.presses("amina", "Change the text")
    assert "no role in the office" in office.heard("amina")
    assert office.slack.waiting == {}


def test_drafts_with_a_number_shows_what_can_be_done_where_it_stands(office):
    office.says("amina", f"/draft {CAPS}")
    office.says("amina", "/drafts 1")
    assert CAPS in office.heard("amina")
    office.presses("amina", "Send it as it is", at=office.slack.messages[-1])
    assert CAPS in office.text(office.card())
    office.says("bo", "/drafts 1")
    assert "You have no draft 1" in office.heard("bo")
    office.says("amina", "/drafts seven")
    assert "You have no draft seven" in office.heard("amina")


def test_purpose_that_is_no_purpose_is_refused(office):
    office.says("amina", f"/draft {CLOSED}")
    office.presses_forged("amina", Button("", "purpose", "1.war"), on="slack", at=office.card())
    assert "not chosen yet" in office.text(office.card())
    assert "does not make sense" in office.heard("amina")


def test_office_without_another_senior_says_so_at_once(engine):
    text = OFFICES.replace("[moderator, senior]", "[moderator]").replace(
        "[senior], slack: U0SINA", "[author], slack: U0SINA"
    )
    office = TestOffice(engine, text)
    office.says("amina", f"/draft {PHONE}")
    assert "this office has none" in office.heard("amina")
    assert "this office has none" in office.text(office.card())
    office.close()


def test_copies_of_a_long_draft_are_whole(office):
    text = "".join(f"Sentence number {number} of a long text. " for number in range(200)).strip()
    office.says("amina", f"/draft {text}")
    office.later(escalate_late_reviews, hours=4)
    office.presses("bo", "Show me the draft")
    user = office.sender("bo", "slack").user
    shown = [s for s in office.slack.messages if s.chat == user]
    quotes = [p.quoted for s in shown for p in s.message.parts if hasattr(p, "quoted")]
    assert "".join(quotes) == text


def test_long_draft_reaches_its_author_whole_when_it_is_approved(office):
    text = "".join(f"Sentence number {number} of a long text. " for number in range(200)).strip()
    office.says("amina", f"/draft {text}", on="telegram")
    before = len(office.telegram.messages)
    for name in ("bo", "chen"):
        office.presses(name, "Approve", at=office.card())
    user = office.sender("amina", "telegram").user
    mine = [s for s in office.telegram.messages[before:] if s.chat == user]
    quotes = [p.quoted for s in mine for p in s.message.parts if hasattr(p, "quoted")]
    assert "".join(quotes) == text
    assert [bool(s.message.buttons) for s in mine] == [False, False, True][-len(mine) :]


def test_long_revision_of_a_long_draft_is_whole_below_the_card(office):
    old, new = ("".join(f"{word} {n} of a text. " for n in range(300)) for word in ("Old", "New"))
    office.says("amina", f"/draft {old}")
    before = len(office.slack.messages)
    change(office, new)
    later = [s for s in office.slack.messages[before:] if s.chat == MODERATORS]
    shown = [office.card(), *later]
    quotes = [p.quoted for s in shown for p in s.message.parts if hasattr(p, "quoted")]
    assert "".join(quotes) == new.strip()


def test_edit_voids_the_votes_and_says_so(office):
    office.says("amina", f"/draft {CLOSED}")
    old = office.card().message.buttons[0]
    office.reacts("bo", "👍", office.card())
    office.presses("amina", "Change the text")
    office.fills("amina", text="The bridge at Kanchpur is closed on Tuesday.")

    assert "0 of 2 approvals" in office.text(office.card())
    assert "Votes start again" in office.chat()[-1]
    office.presses_forged("chen", old, on="slack", at=office.card())
    assert "text has changed" in office.heard("chen")
    office.reacts("bo", "👍", office.card())
    office.reacts("chen", "👍", office.card())
    assert "Tuesday" in office.heard("amina")


def test_withdrawn_draft_is_over(office):
    office.says("amina", f"/draft {CLOSED}")
    office.presses("amina", "Withdraw")
    assert "Withdrawn" in office.text(office.card())
    office.reacts("bo", "👍", office.card())
    assert "withdrawn" in office.heard("bo")
