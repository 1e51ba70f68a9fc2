"""Drafts: how they are handed in, what the checks say, and whom that reaches."""

from tests.office import MODERATORS, OFFICES, TestOffice

CLOSED = "The bridge at Kanchpur is closed on Monday from 9 am."
CARD = "Fees can be paid to card 4111 1111 1111 1111 from today."
PHONE = "For land records call Rafiq on 01812-345678."
CAPS = "THE BRIDGE AT KANCHPUR IS CLOSED ALL DAY ON MONDAY"


def test_card_number_stops_a_draft_until_it_is_mended(office):
    office.says("amina", f"/draft {CARD}")
    assert "cannot go to the moderators yet" in office.heard("amina")
    assert CARD in office.heard("amina")
    assert office.chat() == []

    office.presses("amina", "Change the text")
    office.fills("amina", text="Fees can be paid on our website from today.")
    assert "is with the moderators" in office.heard("amina")
    assert "Revision 2" in office.text(office.card())
    assert "4111" not in office.text(office.card())


def test_warning_waits_for_the_author_to_confirm(office):
    office.says("amina", f"/draft {CAPS}")
    assert office.chat() == []
    office.presses("amina", "Send it as it is")
    assert CAPS in office.text(office.card())


def test_same_number_is_stopped_in_the_samoan_pack(engine):
    office = TestOffice(engine, OFFICES.replace("[bd]", "[ws]"))
    office.says("amina", f"/draft {PHONE.replace('01812-345678', '+685 72 12345')}")
    assert "cannot go to the moderators yet" in office.heard("amina")
    office.close()


def test_number_of_the_directory_passes(office):
    office.says("amina", "/draft Call the ministry on +880 2-223380000.")
    assert "senior" not in office.heard("amina")


def test_purpose_that_is_missing_is_asked_for_while_the_draft_waits(office):
    office.says("amina", f"/draft {CLOSED}", on="telegram")
    assert "not chosen yet" in office.text(office.card())
    office.presses("amina", "Service", on="telegram")
    assert "not chosen yet" not in office.text(office.card())
    assert "seven" not in office.text(office.card())


def test_form_on_slack_files_the_whole_draft(office):
    office.says("amina", "/draft")
    office.fills("amina", purpose="service-info", text=CLOSED, wanted="2026-07-21T09:00:00+00:00")
    card = office.text(office.card())
    assert CLOSED in card
    assert "Tue 21 Jul 2026 15:00 (Asia/Dhaka)" in card


def test_conversation_on_telegram_survives_a_restart(office):
    office.says("amina", "/draft", on="telegram")
    office.presses("amina", "Service", on="telegram")
    office.restart()
    office.writes("amina", CLOSED)
    office.writes("amina", "tomorrow")
    assert "as a moment" in office.heard("amina", on="telegram")
    office.writes("amina", "2026-07-21 15:00")
    office.presses("amina", "Go on", on="telegram")
    assert "Tue 21 Jul 2026 15:00 (Asia/Dhaka)" in office.text(office.card())


def test_cancel_ends_the_conversation(office):
    office.says("amina", "/draft", on="telegram")
    office.says("amina", "/cancel", on="telegram")
    office.writes("amina", CLOSED)
    assert "did not ask for anything" in office.heard("amina", on="telegram")
    assert office.chat() == []


def test_reply_with_draft_files_the_message_it_answers(office):
    office.says("amina", "/draft", on="telegram", quoted=CLOSED)
    assert CLOSED in office.text(office.card())


def test_stranger_is_told_what_to_ask_for(office):
    office.says("mallory", f"/draft {CLOSED}")
    assert "slack: mallory" in office.heard("mallory")
    assert office.chat() == []


def test_long_text_goes_on_below_the_card_and_nothing_of_it_is_lost(office):
    text = "".join(f"Sentence number {number} of a very long text. " for number in range(900))
    office.says("amina", f"/draft {text}")
    shown = [s for s in office.slack.messages if s.chat == MODERATORS]
    quotes = [part.quoted for s in shown for part in s.message.parts if hasattr(part, "quoted")]
    assert "".join(quotes) == text.strip()


def test_nothing_but_the_author_hears_of_a_blocked_draft_and_the_record_has_no_words(office):
    office.says("amina", f"/draft {CARD}")
    assert office.chat() == []
    assert ("amina", "draft submitted") in office.record()
    assert not office.record(lambda entry: "4111" in str(entry.detail))
