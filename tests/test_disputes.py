"""One tap: why a rule spoke; another: that it is a false alarm."""

import pytest

from handlers.chat import Button
from tests.office import OFFICES, TestOffice

PHONE = "For land records call Rafiq on 01812-345678."
CARD = "Fees can be paid to card 4111 1111 1111 1111 from today."
CLOSED = "The bridge at Kanchpur is closed on Monday from 9 am."
GUARDED = "Migrant workers are not parasites"
MANY = " ".join(f"Call 01812-34567{number} or write to a{number}@gmail.com." for number in range(8))


def forge(office: TestOffice, name: str, action: str, value: str, on: str = "slack") -> None:
    office.presses_forged(name, Button("", action, value), on=on, at=office.card())


def test_author_sees_in_one_tap_why_a_rule_spoke_and_where_it_comes_from(office):
    office.says("amina", f"/draft {CARD}", on="telegram")
    office.presses("amina", "Why?", on="telegram")
    said = office.heard("amina", on="telegram")
    for words in ("must be changed", "4111", "Why: ", "Source: ", "Rule ", "common@", "it objects"):
        assert words in said


def test_moderator_sees_why_in_private(office):
    office.says("amina", f"/draft {PHONE}")
    before = len(office.chat())
    office.presses("bo", "Why?", at=office.card())
    assert "private-phone" in office.heard("bo")
    assert len(office.chat()) == before


def test_guard_is_shown_on_the_card_and_explained(office):
    office.says("amina", f"/draft {GUARDED}")
    assert "Guard applied" in office.text(office.card())
    office.presses("bo", "Why?", at=office.card())
    assert "this is no finding" in office.heard("bo")


def test_card_without_findings_offers_no_reason(office):
    office.says("amina", f"/draft {CLOSED}")
    office.presses("amina", "Service")
    actions = [each.action for each in office.card().message.buttons]
    assert actions == ["approve", "reject", "ask-changes", "claim"]


def test_author_calls_a_finding_a_false_alarm_and_takes_it_back(office):
    office.says("amina", f"/draft {PHONE}")
    office.presses("amina", "false alarm")
    assert "A false alarm, says amina." in office.text(office.card())
    assert ("amina", "finding disputed") in office.record()
    assert "no vote" in office.heard("amina")
    office.presses("amina", "false alarm")
    assert "A false alarm" not in office.text(office.card())
    assert ("amina", "dispute taken back") in office.record()


def test_act_that_is_delivered_twice_disputes_once(office):
    office.says("amina", f"/draft {PHONE}")
    office.presses("amina", "false alarm")
    office.again()
    assert "A false alarm, says amina." in office.text(office.card())


def test_moderators_call_a_finding_a_false_alarm_by_way_of_the_reasons(office):
    office.says("amina", f"/draft {PHONE}")
    for name in ("bo", "chen"):
        office.presses(name, "Why?", at=office.card())
        office.presses(name, "1: false alarm")
    assert "A false alarm, says bo, chen." in office.text(office.card())
    office.presses("chen", "Why?", at=office.card())
    assert "Called a false alarm by bo, chen." in office.heard("chen")
    assert office.slack.messages[-1].message.buttons[0].label == "1: no false alarm"


def test_dispute_stays_when_the_rules_are_applied_again(office):
    office.says("amina", f"/draft {PHONE}")
    office.presses("amina", "false alarm")
    office.presses("amina", "Service")
    assert "A false alarm, says amina." in office.text(office.card())


def test_dispute_of_an_old_wording_is_none_of_the_new_one(office):
    office.says("amina", f"/draft {PHONE}")
    office.presses("amina", "false alarm")
    office.presses("amina", "Change the text")
    office.fills("amina", text=f"{PHONE} Or come by.")
    assert "A false alarm" not in office.text(office.card())


@pytest.mark.parametrize("name", ["eve", "mallory"])
@pytest.mark.parametrize("action", ["why", "false-alarm"])
def test_other_authors_and_strangers_learn_nothing(engine, name, action):
    eve = "people:\n      - {name: eve, roles: [author], slack: U0EVE}\n"
    office = TestOffice(engine, OFFICES.replace("people:\n", eve))
    office.says("amina", f"/draft {PHONE}")
    before = office.text(office.card())
    forge(office, name, action, "1.1.0")
    assert "01812" not in "".join(office.inbox(name))
    assert office.text(office.card()) == before
    office.close()


@pytest.mark.parametrize("action", ["why", "false-alarm"])
def test_moderators_learn_nothing_of_a_wording_that_is_held(office, action):
    office.says("bo", "/queue")
    office.says("amina", f"/draft {CARD}")
    forged = Button("", action, "1.1.0")
    for name in ("bo", "sina", "lee"):
        office.presses_forged(name, forged, on="slack", at=office.slack.messages[0])
        assert "4111" not in "".join(office.inbox(name))
    assert "disputed" not in str(office.record())


@pytest.mark.parametrize("value", ["", "1", "1.1", "1.1.0.0", "x.1.0", "9.1.0", "1.9.0", "1.1.99"])
@pytest.mark.parametrize("action", ["why", "false-alarm"])
def test_button_that_makes_no_sense_does_nothing(office, action, value):
    office.says("amina", f"/draft {PHONE}")
    before = office.text(office.card())
    forge(office, "amina", action, value)
    assert "wrong on my side" not in office.heard("amina")
    assert office.text(office.card()) == before


def test_many_findings_are_explained_page_by_page_with_few_buttons(office):
    office.says("amina", f"/draft {MANY}", on="telegram")
    receipt = next(s for s in office.telegram.messages if s.message.buttons)
    assert len(receipt.message.buttons) <= 25
    office.presses("amina", "Why?", on="telegram")
    office.presses("amina", "More", on="telegram")
    office.presses("amina", "9: false alarm", on="telegram")
    for shown in (*office.telegram.messages, *office.slack.messages):
        for button in shown.message.buttons:
            assert len(f"{button.action} {button.value}".encode()) <= 60
    assert ("amina", "finding disputed") in office.record()


def test_record_of_a_dispute_holds_the_rule_and_its_version_and_no_words(office):
    office.says("amina", f"/draft {PHONE}")
    office.presses("amina", "false alarm")
    found = office.record(lambda e: "private-phone" in str(e.detail) and "@" in str(e.detail))
    assert ("amina", "finding disputed") in found
    assert not office.record(lambda entry: "01812" in str(entry.detail))
