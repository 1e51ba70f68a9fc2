"""Reasons: asked in private, heard with the decision, and added to what was said."""

import pytest
from sqlmodel import select

from bot.platforms.base import NotSent
from handlers.chat import Button
from handlers.reasons import announce_rejections
from storage.db import transaction
from storage.models import Draft
from tests.office import OFFICES, TestOffice

CLOSED = "The bridge at Kanchpur is closed on Monday from 9 am."
OPEN = "The bridge at Kanchpur is open again."
REJECTED = "Draft 1 for Works on Facebook is rejected by"
ACCOUNTS = ("slack", "telegram")


def reject(office: TestOffice, *names: str) -> None:
    """Let people reject the draft on its card."""
    for name in names:
        office.reacts(name, "👎", office.card())


def why(office: TestOffice, name: str, words: str, *, reason: str = "tone") -> None:
    """Let somebody answer the question for the reason."""
    office.presses(name, "Answer")
    office.fills(name, reason=reason, words=words)


def announced(office: TestOffice, on: str) -> list[str]:
    """Return the decision messages that the author has."""
    return [said for said in office.inbox("amina", on=on) if said.startswith(REJECTED)]


def below(office: TestOffice) -> list[str]:
    """Return the decision messages below the card."""
    return [said for said in office.chat() if said.startswith(REJECTED)]


def changes(office: TestOffice, action: str) -> int:
    """Count entries of the record."""
    return [what for _, what in office.record()].count(action)


def test_rejection_is_decided_at_once_and_announced_with_the_first_reason(office):
    office.says("amina", f"/draft {CLOSED}")
    reject(office, "bo", "chen")
    assert "Rejected on" in office.text(office.card())
    assert "with the first reason, or at Mon 20 Jul 2026 10:15" in office.text(office.card())
    assert office.card().message.buttons == ()
    assert not announced(office, "slack")
    assert not below(office)
    office.later(announce_rejections, minutes=14)
    assert not announced(office, "slack")

    why(office, "bo", "The bridge is open at night.")
    for on in ACCOUNTS:
        [said] = announced(office, on)
        assert "bo says why:" in said
        assert "The bridge is open at night." in said
        assert "10:00" in said  # when it was decided, not when it was told
    [said] = below(office)
    assert "The bridge is open at night." in said
    assert "with the first reason" not in office.text(office.card())
    assert changes(office, "rejection announced") == 1


@pytest.mark.parametrize("by", ["emoji", "button"])
def test_rejection_without_a_reason_is_announced_after_a_while_and_says_so(office, by):
    office.says("amina", f"/draft {CLOSED}")
    reject(office, "bo")
    if by == "emoji":
        reject(office, "chen")
    else:
        office.presses("dara", "Reject", on="telegram")
    office.restart()
    office.later(announce_rejections, minutes=15)
    office.later(announce_rejections, minutes=15)
    for on in ACCOUNTS:
        [said] = announced(office, on)
        assert "No reason has been given yet" in said
    assert len(below(office)) == 1
    assert changes(office, "rejection announced") == 1


def test_later_reasons_are_added_to_the_same_message_everywhere(office):
    office.says("amina", f"/draft {CLOSED}", on="telegram")
    reject(office, "bo")
    office.presses("dara", "Reject", on="telegram")
    office.later(announce_rejections, minutes=15)
    office.presses("dara", "It is not the right moment", on="telegram")
    office.writes("dara", "Wait for the minister.")
    office.restart()
    why(office, "bo", "Be kinder.")
    for said in [*below(office), *(announced(office, on)[0] for on in ACCOUNTS)]:
        assert "No reason" not in said
        assert "dara says why:\n│ It is not the right moment: Wait for the minister." in said
        assert "bo says why:\n│ The tone is not right: Be kinder." in said
    assert [len(announced(office, on)) for on in ACCOUNTS] == [1, 1]
    assert len(below(office)) == 1
    assert office.heard("bo") == "Thank you. The author is told your reason."
    assert changes(office, "gave a reason") == 2


def test_reasons_given_before_the_deciding_vote_go_with_it_at_once(office):
    office.says("amina", f"/draft {CLOSED}")
    reject(office, "bo")
    why(office, "bo", "Be kinder.")
    assert "if the draft is rejected" in office.heard("bo")
    reject(office, "chen")
    assert "Be kinder." in announced(office, "slack")[0]
    office.later(announce_rejections, minutes=20)
    assert len(announced(office, "slack")) == 1


def test_office_may_announce_at_once(engine):
    office = TestOffice(
        engine, OFFICES.replace("    people:", "    reason_minutes: 0\n    people:")
    )
    office.says("amina", f"/draft {CLOSED}")
    reject(office, "bo", "chen")
    assert "No reason has been given yet" in announced(office, "slack")[0]
    office.close()


def test_office_has_a_list_of_its_own(engine):
    text = OFFICES.replace("    people:", "    reasons: [Not our matter, ভাষা কঠিন]\n    people:")
    office = TestOffice(engine, text)
    office.says("amina", f"/draft {CLOSED}")
    reject(office, "bo")
    office.presses("bo", "Answer")
    [form] = office.slack.waiting.values()
    labels = [option.label for option in form.fields[0].options]
    assert labels == ["Not our matter", "ভাষা কঠিন", "Something else"]
    office.fills("bo", reason="ভাষা কঠিন", words="")
    office.presses("dara", "Reject", on="telegram")
    office.presses("dara", "Not our matter", on="telegram")
    office.presses("dara", "Skip", on="telegram")
    said = announced(office, "telegram")[0]
    assert "│ ভাষা কঠিন" in said
    assert "│ Not our matter" in said
    office.close()


@pytest.mark.parametrize("reason", ["other", "", "gone from the list"])
def test_answer_without_a_reason_is_asked_again(office, reason):
    office.says("amina", f"/draft {CLOSED}")
    office.presses("bo", "Reject", at=office.card())
    office.fills("bo", reason=reason, words=" ")
    assert "Choose a reason from the list" in office.heard("bo")
    office.presses("bo", "Give a reason")
    office.fills("bo", reason="other", words="It was announced by somebody else.")
    assert "│" not in office.text(office.card()).partition("rejected: bo")[2]
    assert "“It was announced by somebody else.”" in office.text(office.card())


def test_whoever_closed_the_question_gives_the_reason_later_with_a_button(office):
    office.says("amina", f"/draft {CLOSED}")
    office.presses("bo", "Reject", at=office.card())
    office.slack.waiting.clear()
    office.presses("bo", "Give a reason")
    office.fills("bo", reason="facts", words="")
    assert "“The facts need checking”" in office.text(office.card())


def test_second_reason_of_one_person_is_added_and_the_same_one_is_not(office):
    office.says("amina", f"/draft {CLOSED}")
    reject(office, "bo", "chen")
    why(office, "bo", "Be kinder.")
    for words in ("Be kinder.", "Name the bridge."):
        office.presses_forged("bo", Button("", "give-reason", "1.1"), on="slack", at=office.card())
        office.fills("bo", reason="tone", words=words)
    [said] = announced(office, "slack")
    assert said.count("Be kinder.") == 1
    assert "Name the bridge." in said


def test_reason_for_a_vote_that_is_void_is_given_back(office):
    office.says("amina", f"/draft {CLOSED}")
    reject(office, "bo")
    office.presses("bo", "Answer")
    office.presses("amina", "Change the text")
    form = next(f for f in office.slack.waiting.values() if f.name == "revise")
    office.slack.waiting = {"a": form, "b": next(iter(office.slack.waiting.values()))}
    asked = office.slack.waiting.pop("b")
    office.fills("amina", text=OPEN)
    office.slack.waiting = {"b": asked}
    office.fills("bo", reason="tone", words="Be kinder.")
    assert "not there any more" in office.heard("bo")
    assert "│ Be kinder." in office.heard("bo")
    assert "Be kinder." not in office.text(office.card())


@pytest.mark.parametrize("name", ["amina", "chen", "dara", "sina", "mallory"])
def test_nobody_gives_a_reason_for_the_vote_of_somebody_else(office, name):
    office.says("amina", f"/draft {CLOSED}")
    reject(office, "bo")
    office.slack.waiting.clear()
    for action in ("give-reason", "reasons"):
        office.presses_forged(name, Button("", action, "1.1"), on="slack", at=office.card())
    office.presses_forged(name, Button("", "give-reason", "x"), on="slack", at=office.card())
    assert office.slack.waiting == {}


def test_reasons_after_a_new_revision_are_added_to_the_old_announcement(office):
    office.says("amina", f"/draft {CLOSED}")
    reject(office, "bo", "chen")
    why(office, "bo", "Be kinder.")
    office.presses("amina", "Change the text")
    office.fills("amina", text=OPEN)
    office.reacts("dara", "👍", office.card())
    why(office, "chen", "And shorter.")
    [said] = announced(office, "slack")
    assert "And shorter." in said
    assert "And shorter." not in office.text(office.card())
    assert "0 of 2 approvals" in office.text(office.card())
    shown = next(s for s in office.slack.messages if office.text(s) == said)
    assert shown.message.buttons == ()


def test_revision_while_the_announcement_waits_tells_of_the_decision_first(office):
    office.says("amina", f"/draft {CLOSED}")
    reject(office, "bo", "chen")
    office.says("amina", "/drafts 1")
    assert "rejected" in office.heard("amina")
    office.presses("amina", "Change the text")
    office.fills("amina", text=OPEN)
    for on in ACCOUNTS:
        [said] = announced(office, on)
        assert "No reason has been given yet" in said
        assert "Its author has changed the text since." in said
    office.later(announce_rejections, minutes=30)
    assert len(announced(office, "slack")) == 1
    why(office, "bo", "Be kinder.")
    assert "Be kinder." in announced(office, "telegram")[0]
    assert "changed the text since" in announced(office, "telegram")[0]
    assert "0 of 2 approvals" in office.text(office.card())


def test_two_rejections_of_one_draft_have_a_message_each(office):
    office.says("amina", f"/draft {CLOSED}")
    reject(office, "bo", "chen")
    why(office, "bo", "Be kinder.")
    office.presses("amina", "Change the text")
    office.fills("amina", text=OPEN)
    reject(office, "bo", "chen")
    office.later(announce_rejections, minutes=15)
    first, second = announced(office, "slack")
    assert "Be kinder." in first
    assert "No reason has been given yet" in second


def test_author_reads_the_reasons_in_their_list(office):
    office.says("amina", f"/draft {CLOSED}")
    reject(office, "bo", "chen")
    for on in ACCOUNTS:
        office.says("amina", "/drafts 1", on=on)
        assert "No reason has been given yet" in office.heard("amina", on=on)
    why(office, "bo", "Be kinder.")
    for on in ACCOUNTS:
        office.says("amina", "/drafts 1", on=on)
        assert "bo says why:\n│ The tone is not right: Be kinder." in office.heard("amina", on=on)


def test_long_reasons_are_cut_in_the_announcement_and_whole_at_a_tap(office):
    office.says("amina", f"/draft {CLOSED}", on="telegram")
    for name in ("bo", "chen"):
        office.presses(name, "Reject", at=office.card())
        office.fills(name, reason="tone", words=f"{name} says: " + "word " * 580)
    for on in ACCOUNTS:
        [said] = announced(office, on)
        assert len(said) < 3800
        before = len(office.inbox("amina", on=on))
        office.presses("amina", "Whole reasons", on=on)
        heard = "".join(office.inbox("amina", on=on)[before:])
        assert heard.count("word") == 2 * 580


def test_announcement_that_could_not_be_sent_has_every_reason_once_it_is(office):
    office.says("amina", f"/draft {CLOSED}", on="telegram")
    reject(office, "bo", "chen")
    office.telegram.down = NotSent("Telegram is slow")
    why(office, "bo", "Be kinder.")
    why(office, "chen", "And shorter.")
    assert not announced(office, "telegram")
    office.telegram.down = None
    office.later(minutes=10)
    office.later(minutes=10)
    [said] = announced(office, "telegram")
    assert "Be kinder." in said
    assert "And shorter." in said


def test_reason_of_somebody_who_has_left_since_stays(office):
    office.says("amina", f"/draft {CLOSED}")
    reject(office, "bo", "chen")
    why(office, "bo", "Be kinder.")
    text = OFFICES.replace("bo, roles: [moderator]", "bo, roles: [author]")
    office.imports(text.replace("sina, roles: [senior]", "sina, roles: [moderator]"))
    why(office, "chen", "And shorter.")
    [said] = announced(office, "slack")
    assert "rejected by bo and chen" in said
    assert "Be kinder." in said
    assert "And shorter." in said


def test_waiting_announcement_of_what_was_decided_otherwise_is_dropped(office):
    office.says("amina", f"/draft {CLOSED}")
    reject(office, "bo", "chen")
    with transaction(office.engine) as db:
        draft = db.exec(select(Draft)).one()
        draft.state = "approved"
        db.add(draft)
    office.later(announce_rejections, minutes=15)
    assert not announced(office, "slack")
    with transaction(office.engine) as db:
        assert db.exec(select(Draft)).one().announce_at is None
