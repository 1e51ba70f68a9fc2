"""Asking for changes: a draft goes back to its author with a reason, and returns for a new vote."""

from datetime import timedelta

import pytest

from handlers.changes import remind_authors
from handlers.chat import Button
from tests.office import FISHERIES, MODERATORS, OFFICES, TestOffice

CLOSED = "The bridge at Kanchpur is closed on Monday from 9 am."
TUESDAY = "The bridge at Kanchpur is closed on Tuesday from 9 am."
CAPS = "THE BRIDGE AT KANCHPUR IS CLOSED ALL DAY ON MONDAY"
ASKED = "Draft 1 for Works on Facebook: {} asks for changes."
WORDS = "Say which day: Monday is a holiday."


def filed(office: TestOffice, *approving: str) -> None:
    """File a draft and let people approve it."""
    office.says("amina", f"/draft {CLOSED}", on="telegram")
    for name in approving:
        office.reacts(name, "👍", office.card())


def asks(office: TestOffice, name: str = "bo", words: str = WORDS) -> None:
    """Let a moderator ask for changes on Slack."""
    office.presses(name, "Ask for changes", at=office.card())
    office.fills(name, reason="facts", words=words)


def asks_on_telegram(office: TestOffice, name: str = "dara") -> None:
    """Let a moderator ask for changes on Telegram."""
    office.presses(name, "Ask for changes", on="telegram")
    office.presses(name, "The facts need checking", on="telegram")
    office.writes(name, WORDS)


def void(office: TestOffice, name: str, on: str = "slack") -> list[str]:
    """Return what somebody heard in private about a vote that is void."""
    return [said for said in office.inbox(name, on=on) if "is void" in said]


@pytest.mark.parametrize(("ask", "by"), [(asks, "bo"), (asks_on_telegram, "dara")])
def test_draft_goes_back_with_who_and_why_on_both_platforms(office, ask, by):
    filed(office, "chen")
    ask(office)
    reason = f"│ The facts need checking: {WORDS}"
    for on in ("slack", "telegram"):
        said = office.heard("amina", on=on)
        assert ASKED.format(by) in said
        assert reason in said
        assert "Change the text, send it again as it is, or withdraw it" in said
    for card in (office.card(), office.card(on="telegram", chat="1004")):
        said = office.text(card)
        assert "Waiting for changes on" in said
        assert f"{by} asks for changes" in said
        assert reason in said
        assert "No vote counts now. These were cast before it went back:" in said
        assert "approved: chen" in said
        assert "1 of 2" not in said
        assert card.message.buttons == ()
    assert f"is back with its author: {by} asks for changes." in office.chat()[-1]
    assert "No longer counted: the votes of chen." in office.chat()[-1]
    assert (by, "draft changes_requested") in office.record()
    office.says("amina", "/drafts 1")
    assert f"{by} asked for changes on Mon 20 Jul 2026 10:00" in office.heard("amina")
    assert reason in office.heard("amina")
    assert [b.action for b in office.slack.messages[-1].message.buttons][:3] == [
        "edit", "resubmit", "withdraw",
    ]  # fmt: skip


def test_senior_off_the_panel_asks_for_changes(office):
    filed(office)
    asks(office, "sina")
    assert "sina asks for changes" in office.text(office.card())


@pytest.mark.parametrize("on", ["slack", "telegram"])
def test_changed_text_comes_back_and_says_what_changed_and_what_was_asked_for(office, on):
    filed(office, "chen")
    asks(office)
    office.restart()
    office.presses("amina", "Change the text", on=on)
    if on == "slack":
        office.fills("amina", text=TUESDAY)
    else:
        office.writes("amina", TUESDAY)
    said = office.text(office.card())
    assert "Revision 2." in said
    assert "“Monday” → “Tuesday” (after “… Kanchpur is closed on”)" in said
    assert f"bo had asked for changes to revision 1:\n│ The facts need checking: {WORDS}" in said
    assert "0 of 2 approvals" in said
    assert "approve" in [b.action for b in office.card().message.buttons]
    assert "was changed by its author: this is revision 2" in office.chat()[-1]
    assert "Void now, since they were about revision 1: the votes of chen." in office.chat()[-1]


@pytest.mark.parametrize("on", ["slack", "telegram"])
def test_text_that_is_sent_again_as_it_is_says_so(office, on):
    filed(office, "chen")
    asks(office)
    office.presses("amina", "Send it again as it is", on=on)
    said = office.text(office.card())
    assert "Revision 2." in said
    assert "The text is the same as in revision 1." in said
    assert "bo had asked for changes" in said
    assert "with the same text, as revision 2" in office.chat()[-1]
    assert "is with the moderators" in office.heard("amina", on=on)
    assert ("amina", "draft resubmitted") in office.record()
    office.reacts("chen", "👍", office.card())
    office.reacts("bo", "👍", office.card())
    assert "Approved on" in office.text(office.card())
    assert "bo had asked" not in office.text(office.card())


def test_who_voted_and_who_asked_hear_once_that_it_is_back_and_nobody_else_does(office):
    filed(office, "chen")
    asks_on_telegram(office)
    assert not void(office, "chen")
    office.presses("amina", "Send it again as it is", on="telegram")
    for on in ("slack", "telegram"):
        [said] = void(office, "chen", on)
        assert "before you again with the same text" in said
        assert "Your vote on revision 1 is void." in said
    assert "You had asked for changes to revision 1." in office.heard("dara", on="telegram")
    assert not void(office, "bo")
    office.presses("chen", "Show me the draft")
    assert "Draft 1 for Works on Facebook" in office.heard("chen")


def test_withdrawn_draft_keeps_what_was_asked_for(office):
    filed(office)
    asks(office)
    office.presses("amina", "Withdraw", on="telegram")
    assert "Withdrawn on" in office.text(office.card())
    assert WORDS in office.text(office.card())
    office.presses_forged("amina", Button("", "resubmit", "1.1"), on="slack", at=office.card())
    assert "withdrawn" in office.heard("amina")


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("amina", "is your own"),
        ("lee", "Only a moderator or senior of its office"),
        ("mallory", "do not know you"),
        ("eti", "I know no draft 1"),
    ],
)
def test_who_may_not_ask_for_changes_is_told_why(engine, name, why):
    office = TestOffice(engine, OFFICES + FISHERIES)
    office.says("amina", f"/draft {CLOSED}")
    on = "telegram" if name == "eti" else "slack"
    forged = Button("", "ask-changes", "1.1")
    office.presses_forged(name, forged, on=on, at=office.card())
    assert why in office.heard(name, on=on)
    assert office.slack.waiting == {}
    assert "asks for changes" not in office.text(office.card())
    office.close()


@pytest.mark.parametrize("value", ["", "1", "1.", "x.y", "9.1", "1.2", "1.1.1", "-1.1"])
def test_forged_values_ask_for_nothing(office, value):
    filed(office)
    office.presses_forged("bo", Button("", "ask-changes", value), on="slack", at=office.card())
    assert office.slack.waiting == {}
    assert "asks for changes" not in office.text(office.card())


def test_request_without_a_reason_is_refused(office):
    filed(office)
    office.presses("bo", "Ask for changes", at=office.card())
    office.fills("bo", reason="other", words="  ")
    assert "write one in your own words" in office.heard("bo")
    assert "asks for changes" not in office.text(office.card())
    assert "Waiting since" in office.text(office.card())


@pytest.mark.parametrize(
    ("emoji", "state"), [("👍", "approved"), ("👎", "rejected")]
)  # fmt: skip
def test_request_for_what_others_decided_meanwhile_is_given_back(office, emoji, state):
    filed(office)
    office.presses("bo", "Ask for changes", at=office.card())
    waiting = dict(office.slack.waiting)
    for name in ("chen", "bo"):
        office.reacts(name, emoji, office.card())
    office.slack.waiting = waiting
    office.fills("bo", reason="facts", words=WORDS)
    assert f"Draft 1 is {state} by now" in office.heard("bo")
    assert f"│ {WORDS}" in office.heard("bo")
    assert f"{state.capitalize()} on" in office.text(office.card())


def test_second_request_and_one_for_an_old_text_are_given_back(office):
    filed(office)
    for name in ("bo", "chen", "sina"):
        office.presses(name, "Ask for changes", at=office.card())
    first, second, third = office.slack.waiting.values()
    office.slack.waiting = {"a": first}
    office.fills("bo", reason="facts", words=WORDS)
    office.slack.waiting = {"b": second}
    office.fills("chen", reason="tone", words="Be kinder.")
    assert "is back with its author already" in office.heard("chen")
    assert "│ Be kinder." in office.heard("chen")
    office.presses("amina", "Send it again as it is")
    office.slack.waiting = {"c": third}
    office.fills("sina", reason="tone", words="Be shorter.")
    assert "at revision 2" in office.heard("sina")
    assert "│ Be shorter." in office.heard("sina")
    assert "Waiting since" in office.text(office.card())


def test_request_that_is_delivered_twice_counts_once(office):
    filed(office)
    asks(office)
    office.again()
    assert [said for said in office.inbox("amina") if "asks for changes" in said] == [
        office.heard("amina")
    ]
    assert [who for who, what in office.record() if what == "draft changes_requested"] == ["bo"]


def test_vote_on_a_draft_that_is_back_with_its_author_hears_why_not(office):
    filed(office)
    old = office.card().message.buttons[0]
    asks(office)
    office.reacts("chen", "👍", office.card())
    assert "back with its author" in office.heard("chen")
    office.presses_forged("dara", old, on="telegram", at=office.card())
    assert "back with its author" in office.heard("dara", on="telegram")
    assert "approved: chen" not in office.text(office.card())


@pytest.mark.parametrize("on", ["slack", "telegram"])
def test_form_left_open_over_a_request_for_changes_gives_the_words_back(office, on):
    filed(office)
    office.says("amina", "/drafts 1", on=on)
    office.presses("amina", "Change the text", on=on)
    waiting = dict(office.slack.waiting)
    office.slack.waiting.clear()
    asks(office)
    office.slack.waiting = waiting
    if on == "slack":
        office.fills("amina", text=TUESDAY)
    else:
        office.writes("amina", TUESDAY)
    said = office.heard("amina", on=on)
    assert "it is waiting for changes at revision 1 now. Nothing was stored" in said
    assert WORDS in said
    assert f"│ {TUESDAY}" in said
    assert "Revision 1." in office.text(office.card())
    office.presses("amina", "Change the text", on=on)
    if on == "slack":
        office.fills("amina", text=TUESDAY)
    else:
        office.writes("amina", TUESDAY)
    assert "Revision 2." in office.text(office.card())


@pytest.mark.parametrize("on", ["slack", "telegram"])
def test_second_of_two_who_edit_at_once_is_told_and_gets_the_words_back(office, on):
    filed(office)
    other = {"slack": "telegram", "telegram": "slack"}[on]
    for platform in (on, other):
        office.says("amina", "/drafts 1", on=platform)
        office.presses("amina", "Change the text", on=platform)
    for platform, text in ((on, TUESDAY), (other, CLOSED.replace("9", "10"))):
        if platform == "slack":
            office.fills("amina", text=text)
        else:
            office.writes("amina", text)
    said = office.heard("amina", on=other)
    assert "it is in review at revision 2 now" in said
    assert "from 10 am." in said
    assert "Tuesday" in office.text(office.card())
    assert "Revision 2." in office.text(office.card())


def test_author_is_reminded_once_after_a_working_day(office):
    filed(office)
    office.clock += timedelta(hours=2)  # Monday, 12:00
    asks(office)
    heard = len(office.inbox("amina"))
    office.later(remind_authors, hours=23, minutes=50)  # Tuesday, 11:50
    assert len(office.inbox("amina")) == heard
    office.restart()
    office.later(remind_authors, minutes=10)
    assert "still waits for you" in office.heard("amina")
    assert WORDS in office.heard("amina", on="telegram")
    assert office.record().count(("bot", "author reminded of changes")) == 1
    office.later(remind_authors, days=1)
    assert len(office.inbox("amina")) == heard + 1
    office.presses("amina", "Send it again as it is")
    assert "Revision 2." in office.text(office.card())


def test_author_who_has_answered_is_not_reminded(office):
    filed(office)
    asks(office)
    office.presses("amina", "Send it again as it is")
    office.later(remind_authors, days=2)
    assert "still waits" not in "".join(office.inbox("amina"))


def test_nobody_is_reminded_at_night_or_at_the_weekend(office):
    filed(office)
    office.clock += timedelta(days=3)  # Thursday, 10:00; Friday and Saturday are free in Dhaka
    asks(office)
    for _ in range(2):
        office.later(remind_authors, days=1)
        assert "still waits" not in office.heard("amina")
    office.later(remind_authors, days=1)
    assert "still waits for you" in office.heard("amina")


def test_long_reason_is_cut_on_the_card_and_whole_for_the_author(office):
    filed(office)
    asks(office, words="word " * 590)
    assert office.text(office.card()).count("word ") < 120
    whole = "".join(office.inbox("amina", on="telegram"))
    assert whole.count("word") >= 590


def test_sent_back_draft_that_is_confirmed_or_released_by_forgery_stays_back(office):
    filed(office)
    asks(office)
    for name, action in (("amina", "confirm"), ("sina", "release"), ("amina", "ask-senior")):
        office.presses_forged(name, Button("", action, "1.1"), on="slack", at=office.card())
    assert "Waiting for changes" in office.text(office.card())
    assert len([said for said in office.chat(id=MODERATORS) if said.startswith("Draft 1 for")]) == 1


def test_changed_text_that_the_policy_holds_waits_for_its_author(office):
    filed(office, "chen")
    asks(office)
    office.presses("amina", "Change the text")
    office.fills("amina", text=CAPS)
    assert CAPS not in office.text(office.card())
    assert "the votes of chen" in office.chat()[-1]
    assert not void(office, "chen")
    office.presses("amina", "Send it as it is")
    assert "Your vote on revision 1 is void." in void(office, "chen")[0]
    assert "since revision 1" in office.text(office.card())
