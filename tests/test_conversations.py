"""Forms where there are none: one question at a time, and what people do in between."""

from handlers.chat import Button, Chat, Text
from tests.office import MODERATORS

CLOSED = "The bridge at Kanchpur is closed on Monday from 9 am."


def test_rejecting_in_the_middle_of_a_form_comes_back_to_the_form(office):
    office.says("amina", f"/draft {CLOSED}")
    office.says("dara", "/draft", on="telegram")
    office.presses("dara", "Service", on="telegram")
    office.presses("dara", "Reject", on="telegram")
    office.presses("dara", "It is not the right moment", on="telegram")
    office.writes("dara", "Wait for the minister.")
    assert "The text, exactly as it is to appear" in office.heard("dara", on="telegram")

    office.writes("dara", "The ferry runs again.")
    office.presses("dara", "Skip", on="telegram")
    office.presses("dara", "Go on", on="telegram")
    assert "The ferry runs again." in office.text(office.card(2))
    assert "Wait for the minister." in office.text(office.card(1))


def test_two_drafts_rejected_one_after_the_other_are_both_asked_about(office):
    for number in (1, 2):
        office.says("amina", f"/draft {CLOSED} Again: {number}.")
        card = office.card(number, on="telegram", chat=office.sender("dara", "telegram").user)
        office.presses("dara", "Reject", on="telegram", at=card)
    first = _asked(office, 0)
    office.presses("dara", "The tone is not right", on="telegram", at=first)
    office.writes("dara", "Be kinder.")
    assert "Why do you reject it?" in office.heard("dara", on="telegram")
    office.presses("dara", "The facts need checking", on="telegram")
    office.presses("dara", "Skip", on="telegram")
    assert "The tone is not right: Be kinder." in office.text(office.card(1))
    assert "The facts need checking" in office.text(office.card(2))


def _asked(office, place):
    """Return one of the questions for a reason that dara got."""
    asked = [s for s in office.telegram.messages if "Why do you reject" in office.text(s)]
    return asked[place]


def test_draft_begun_anew_replaces_the_one_that_was_begun_before(office):
    office.says("amina", "/draft", on="telegram")
    office.says("amina", "/draft", on="telegram")
    office.presses("amina", "Service", on="telegram")
    office.writes("amina", CLOSED)
    office.presses("amina", "Skip", on="telegram")
    office.presses("amina", "Go on", on="telegram")
    assert "is with the moderators" in office.heard("amina", on="telegram")
    office.says("amina", "/cancel", on="telegram")
    assert "nothing to end" in office.heard("amina", on="telegram")


def test_commands_work_in_the_middle_of_a_conversation(office):
    office.says("amina", "/draft", on="telegram")
    office.presses("amina", "Service", on="telegram")
    office.says("amina", "/pages", on="telegram")
    assert "Works on Facebook" in office.heard("amina", on="telegram")
    office.writes("amina", CLOSED)
    assert "When is it wanted?" in office.heard("amina", on="telegram")


def test_button_of_a_question_that_is_answered_says_so_and_changes_nothing(office):
    office.says("amina", "/draft", on="telegram")
    asked = office.telegram.messages[-1]
    office.presses("amina", "Service", on="telegram", at=asked)
    office.presses("amina", "Warning", on="telegram", at=asked)
    assert "answered that already" in office.heard("amina", on="telegram")
    office.writes("amina", CLOSED)
    office.presses("amina", "Skip", on="telegram")
    office.presses("amina", "Go on", on="telegram")
    assert "Purpose: Service information" in office.text(office.card())


def test_questions_are_asked_and_answered_in_private_when_they_began_in_a_group(office):
    office.says("amina", "/draft", on="telegram", chat="-100200")
    assert office.chat(on="telegram", id="-100200") == []
    office.presses("amina", "Service", on="telegram")
    office.writes("amina", CLOSED)
    office.presses("amina", "Skip", on="telegram")
    office.presses("amina", "Go on", on="telegram")
    assert CLOSED in office.text(office.card())


def test_nobody_answers_the_question_of_somebody_else(office):
    office.says("amina", "/draft", on="telegram")
    button = office.telegram.messages[-1].message.buttons[0]
    office.presses_forged("dara", button, on="telegram", at=office.telegram.messages[-1])
    assert "no longer open" in office.heard("dara", on="telegram")
    office.writes("amina", "Service information")
    assert "The text, exactly" in office.heard("amina", on="telegram")


def test_question_is_forgotten_after_a_day(office):
    office.says("amina", "/draft", on="telegram")
    office.presses("amina", "Service", on="telegram")
    office.later(hours=25)
    office.writes("amina", CLOSED)
    assert "did not ask for anything" in office.heard("amina", on="telegram")


def test_chatting_on_slack_is_no_answer_to_a_form_that_was_closed(office):
    office.says("amina", "/draft")
    by = office.sender("amina", "slack")
    office.happens(Text(by, Chat("slack", "D0AMINA"), "hello there", id="hello"))
    assert "did not ask for anything" in office.heard("amina")
    office.fills("amina", purpose="service-info", text=CLOSED)
    assert CLOSED in office.text(office.card())


def test_form_on_slack_opens_again_after_it_was_closed_by_mistake(office):
    office.says("amina", f"/draft {CLOSED}")
    office.reacts("bo", "👎", office.card())
    office.presses("bo", "Answer")
    office.slack.waiting.clear()
    office.presses("bo", "Answer")
    office.fills("bo", reason="tone")
    assert "The tone is not right" in office.text(office.card())
    office.presses("bo", "Answer")
    assert "answered that already" in office.heard("bo")


def test_form_that_is_sent_twice_is_taken_once(office):
    office.says("amina", "/draft")
    trigger, form = next(iter(office.slack.waiting.items()))
    office.fills("amina", purpose="service-info", text=CLOSED)
    office.slack.waiting[trigger] = form
    office.fills("amina", purpose="service-info", text=CLOSED)
    cards = [said for said in office.chat() if said.startswith("Draft ")]
    assert len(cards) == 1


def test_moment_that_no_calendar_holds_is_refused(office):
    office.says("amina", "/draft", on="telegram")
    office.presses("amina", "Service", on="telegram")
    office.writes("amina", CLOSED)
    for moment in ("0001-01-01 00:00", "9999-12-31 23:59", "31.12.2026", "15:00"):
        office.writes("amina", moment)
        assert "as a moment" in office.heard("amina", on="telegram")
    office.writes("amina", "2026-11-24")
    office.presses("amina", "Go on", on="telegram")
    assert "Wanted on Tue 24 Nov 2026 00:00 (Asia/Dhaka)" in office.text(office.card())


def test_text_to_be_changed_is_shown_whole_on_telegram(office):
    text = "".join(f"Sentence {number} of a notice.\n" for number in range(60)).strip()
    office.says("amina", f"/draft {text}", on="telegram")
    office.presses("amina", "Change the text", on="telegram")
    quoted = [
        part for part in office.telegram.messages[-1].message.parts if hasattr(part, "quoted")
    ]
    assert [part.quoted for part in quoted] == [text]


def test_forged_answer_buttons_are_refused(office):
    office.says("amina", "/draft", on="telegram")
    asked = office.telegram.messages[-1]
    good = asked.message.buttons[0].value
    for value in ("", "1", "x.y.z", "9.0.1", good + "99", good.rpartition(".")[0] + ".-"):
        forged = Button("", "answer", value)
        office.presses_forged("amina", forged, on="telegram", at=asked)
        assert "The text" not in office.heard("amina", on="telegram")
    office.presses_forged("amina", Button("", "answer", "1.0.0"), on="slack", at=asked)
    assert office.chat(id=MODERATORS) == []
