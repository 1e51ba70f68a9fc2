"""A senior lets through what a rule forbids: in writing, for one wording, and it is no vote."""

import pytest

from handlers.chat import Button
from tests.office import MODERATORS, OFFICES, TestOffice

CARD = "Fees can be paid to card 4111 1111 1111 1111 from today."
OTHER = "Fees can be paid to card 5555 5555 5555 4444 from today."
FINE = "Fees can be paid on our website from today."
REASON = "It is the specimen of our bank, and public."


def asked(office: TestOffice, text: str = CARD) -> None:
    office.says("amina", f"/draft {text}")
    office.presses("amina", "Ask a senior")


def released(office: TestOffice) -> None:
    asked(office)
    office.presses("sina", "Release")
    office.fills("sina", reason=REASON)


def forge(office: TestOffice, name: str, action: str, value: str = "") -> None:
    value = value or ("1.1" if action == "ask-senior" else "1.1.1")
    shown = office.slack.messages[0]
    office.presses_forged(name, Button("", action, value), on="slack", at=shown)


def test_seniors_get_the_text_and_the_findings_and_nobody_else_does(office):
    asked(office)
    for name, on in (("sina", "slack"), ("chen", "slack"), ("chen", "telegram")):
        assert CARD in office.heard(name, on=on)
        assert "must be changed" in office.heard(name, on=on)
    assert office.chat() == []
    assert "chen and sina" in office.heard("amina")
    assert "4111" not in "".join(office.inbox("bo") + office.inbox("lee"))
    assert ("amina", "release asked for") in office.record()


def test_released_draft_goes_to_review_and_its_card_says_by_whom_and_why(office):
    released(office)
    card = office.text(office.card())
    assert CARD in card
    assert f"Released by sina although bank-or-card-number forbids it: “{REASON}”" in card
    assert "One approval must come from a senior" in card
    assert REASON in office.heard("amina")
    assert ("sina", "block released") in office.record(
        lambda e: "card" in str(e.detail.get("rules"))
    )


def test_release_is_no_vote_and_a_senior_has_to_approve(office):
    released(office)
    assert "0 of 2 approvals" in office.text(office.card())
    for name, on in (("bo", "slack"), ("dara", "telegram")):
        at = office.card(on=on, chat=MODERATORS if on == "slack" else "1004")
        office.presses(name, "Approve", on=on, at=at)
    assert "2 of 2 approvals" in office.text(office.card())
    assert "Approved on" not in office.text(office.card())
    office.presses("chen", "Approve", at=office.card())
    assert "Approved on" in office.text(office.card())


@pytest.mark.parametrize("reason", ["", "   ", "ok", "it's fine"])
def test_release_without_a_reason_that_says_something_is_refused(office, reason):
    asked(office)
    office.presses("sina", "Release")
    office.fills("sina", reason=reason)
    assert "at least 10 characters" in office.heard("sina")
    assert office.chat() == []


def test_senior_reads_beside_the_reason_which_rules_are_released(office):
    asked(office)
    office.presses("sina", "Release")
    (form,) = office.slack.waiting.values()
    assert "You release: bank-or-card-number." in form.fields[0].hint


def test_refusal_tells_the_author_and_is_recorded(office):
    asked(office)
    office.presses("sina", "Do not release")
    assert "sina does not release it" in office.heard("amina")
    assert ("sina", "block not released") in office.record()
    forge(office, "amina", "ask-senior")
    assert "answered already" in office.heard("amina")
    forge(office, "chen", "release")
    assert "sina has answered already" in office.heard("chen")
    assert office.slack.waiting == {}


def test_second_senior_is_told_that_it_is_released_already(office):
    asked(office)
    office.presses("sina", "Release")
    office.presses("chen", "Release")
    (_, first), (_, second) = office.slack.waiting.items()
    office.slack.waiting = {"a": first}
    office.fills("sina", reason=REASON)
    office.slack.waiting = {"b": second}
    office.fills("chen", reason="I think so as well, it is public.")
    assert "sina has answered already" in office.heard("chen")
    assert office.text(office.card()).count("Released by") == 1


def test_asking_twice_bothers_nobody_twice(office):
    asked(office)
    before = len(office.inbox("sina"))
    forge(office, "amina", "ask-senior")
    assert "asked about draft 1 already" in office.heard("amina")
    assert len(office.inbox("sina")) == before


def test_new_wording_voids_the_release(office):
    released(office)
    office.presses("amina", "Change the text")
    office.fills("amina", text=OTHER)
    assert "cannot go to the moderators yet" in office.heard("amina")
    assert "5555" not in office.text(office.card())
    office.presses("amina", "Ask a senior")
    assert OTHER in office.heard("sina")


def test_button_for_an_older_wording_releases_nothing(office):
    asked(office)
    office.presses("amina", "Change the text")
    office.fills("amina", text=OTHER)
    forge(office, "sina", "release", "1.1.1")
    assert "not stopped by a rule in this wording" in office.heard("sina")
    assert office.slack.waiting == {}


def test_draft_that_was_withdrawn_or_mended_meanwhile_is_not_released(office):
    asked(office)
    office.presses("sina", "Release")
    trigger, form = office.slack.waiting.popitem()
    office.presses("amina", "Withdraw")
    office.slack.waiting[trigger] = form
    office.fills("sina", reason=REASON)
    assert "not stopped" in office.heard("sina")
    assert office.chat() == []


@pytest.mark.parametrize("action", ["release", "keep-stopped"])
@pytest.mark.parametrize(
    ("name", "heard"),
    [("bo", "Only a senior"), ("lee", "Only a senior"), ("amina", "Only"), ("mallory", "not know")],
)
def test_nobody_but_a_senior_of_the_office_answers(office, name, heard, action):
    asked(office)
    forge(office, name, action)
    assert heard in office.heard(name)
    assert office.slack.waiting == {}
    assert office.chat() == []


def test_senior_does_not_release_their_own_draft_and_another_one_does(office):
    office.says("chen", f"/draft {CARD}")
    office.presses("chen", "Ask a senior")
    assert "I have asked sina " in office.heard("chen")
    forge(office, "chen", "release")
    assert "your own" in office.heard("chen")


def test_senior_who_was_not_asked_releases_nothing(office):
    office.says("amina", f"/draft {CARD}")
    forge(office, "sina", "release")
    assert "4111" not in office.heard("sina")
    assert office.slack.waiting == {}


def test_office_without_another_senior_says_so(engine):
    text = OFFICES.replace("[moderator, senior]", "[moderator]").replace(
        "[senior], slack: U0SINA", "[author], slack: U0SINA"
    )
    office = TestOffice(engine, text)
    asked(office)
    assert "no other senior" in office.heard("amina")
    office.close()


def test_draft_that_only_warns_needs_no_release(office):
    office.says("amina", "/draft THE BRIDGE AT KANCHPUR IS CLOSED ALL DAY ON MONDAY")
    forge(office, "amina", "ask-senior")
    assert "not stopped by a rule" in office.heard("amina")
    assert office.inbox("sina") == []


def test_purpose_that_is_chosen_later_leaves_a_release_in_force(office):
    released(office)
    office.presses("amina", "Service")
    assert "Released by sina" in office.text(office.card())
    assert len(office.card().message.buttons) == 5


def test_form_of_the_release_is_a_conversation_on_telegram(office):
    asked(office)
    office.presses("chen", "Release", on="telegram")
    office.writes("chen", REASON)
    assert "Released by chen" in office.text(office.card())
