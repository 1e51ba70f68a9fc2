"""New wordings: what changed is on the card, whose votes are void is said, warnings are kept."""

import pytest

from handlers.escalations import escalate_late_reviews
from tests.office import MODERATORS, OFFICES, TestOffice

CLOSED = "The bridge at Kanchpur is closed on Monday from 9 am."
TUESDAY = "The bridge at Kanchpur is closed on Tuesday from 9 am."
OPEN = "The ferry at Mawa runs every hour from now on."
CAPS = "THE BRIDGE AT KANCHPUR IS CLOSED ALL DAY ON MONDAY"
APPLY = "Apply at https://bit.ly/3abcXYZ"
LOUD = f"{CAPS}\nUse the ferry at Mawa."


def change(office: TestOffice, text: str, *, on: str = "slack") -> None:
    """Let amina change her draft."""
    office.presses("amina", "Change the text", on=on)
    if on == "slack":
        office.fills("amina", text=text)
    else:
        office.writes("amina", text)


def void(office: TestOffice, name: str, on: str = "slack") -> list[str]:
    """Return what somebody heard in private about a vote that is void."""
    return [said for said in office.inbox(name, on=on) if "is void" in said]


@pytest.mark.parametrize("on", ["slack", "telegram"])
def test_card_shows_what_changed_on_both_platforms_and_the_author_does_not_see_it(office, on):
    office.says("amina", f"/draft {CLOSED}", on=on)
    assert "Changed since" not in office.text(office.card())
    change(office, TUESDAY, on=on)
    for card in (office.card(), office.card(on="telegram", chat="1004")):
        said = office.text(card)
        assert "Changed since revision 1:\n“Monday” → “Tuesday” (after “… " in said
        assert f"│ {TUESDAY}" in said
    assert "→" not in "".join(office.inbox("amina", on=on))
    office.reacts("bo", "👍", office.card())
    assert "“Monday” → “Tuesday”" in office.text(office.card())
    office.reacts("chen", "👍", office.card())
    assert "Changed since" not in office.text(office.card())


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (CLOSED, f"{CLOSED} Use the ferry.", "added: “Use the ferry.” (after “… Monday from 9"),
        (f"Sorry! {CLOSED}", CLOSED, "removed: “Sorry!” (at the start)"),
        ("সেতু আজ বন্ধ থাকবে।", "সেতু আজ খোলা থাকবে।", "“বন্ধ” → “খোলা” (after “… সেতু আজ”)"),
        ("Closed 🚧 on Monday.", "Closed 🎉 on Monday.", "“🚧” → “🎉” (after “… Closed”)"),
        ("Closed on Monday.", "Closed\non Monday.", "only spaces or line breaks (after"),
        ("Road closed now.", "Ro\u00adad closed now.", "has hidden or other characters now"),
        ("*Road* closed.", "**Road** closed.", "“*Road*” → “**Road**” (at the start)"),
    ],
)  # fmt: skip
def test_changes_are_said_in_words(office, old, new, said):
    office.says("amina", f"/draft {old}")
    change(office, new)
    if "is not with the moderators yet" in office.heard("amina"):
        office.presses("amina", "Send it as it is")
    assert said in office.text(office.card())


def test_many_changes_are_counted(office):
    old = [f"word{n}" for n in range(60)]
    new = [f"new{n}" if n % 6 == 3 else word for n, word in enumerate(old)]
    office.says("amina", f"/draft {' '.join(old)}")
    change(office, " ".join(new))
    said = office.text(office.card())
    assert said.count("→") == 6
    assert "and 4 more: 10 words taken out and 10 put in, all in all" in said


def test_text_that_is_written_anew_is_not_compared_word_by_word(office):
    old, new = (" ".join(f"{word}{n}" for n in range(40)) for word in ("old", "new"))
    office.says("amina", f"/draft {old}")
    change(office, new)
    said = office.text(office.card())
    assert "Rewritten since revision 1: 40 words taken out, 40 put in." in said
    assert "→" not in said


def test_comparison_is_with_the_wording_that_the_moderators_saw_last(office):
    office.says("amina", f"/draft {CLOSED}")
    change(office, CAPS)
    assert "Changed since" not in office.text(office.card())
    change(office, TUESDAY)
    said = office.text(office.card())
    assert "Revision 3." in said
    assert "Changed since revision 1:\n“Monday” → “Tuesday”" in said
    assert "KANCHPUR" not in said


def test_draft_that_was_never_shown_is_compared_with_nothing(office):
    office.says("amina", f"/draft {CAPS}")
    change(office, CLOSED)
    assert "Changed since" not in office.text(office.card())
    assert "Revision 2." in office.text(office.card())


@pytest.mark.parametrize("on", ["slack", "telegram"])
def test_whose_votes_are_void_is_said_by_name_and_to_each_of_them_once(office, on):
    office.says("amina", f"/draft {CLOSED}", on=on)
    office.reacts("bo", "👍", office.card())
    office.presses("dara", "Reject", on="telegram")
    change(office, TUESDAY, on=on)
    assert "Votes start again." in office.chat()[-1]
    assert "about revision 1: the votes of bo and dara." in office.chat()[-1]
    for name, platform in (("bo", "slack"), ("dara", "telegram")):
        [said] = void(office, name, platform)
        assert "has changed: it is at revision 2" in said
        assert "Your vote on revision 1 is void. Please look at it and vote again." in said
        assert "[" not in said
    assert not void(office, "chen") + void(office, "sina") + void(office, "amina")
    office.again()
    office.restart()
    assert len(void(office, "bo")) == 1
    office.presses("bo", "Show me the draft")
    office.presses("bo", "Approve", at=office.slack.messages[-1])
    office.reacts("chen", "👍", office.card())
    assert "approved by bo and chen" in office.heard("amina")


def test_revision_without_votes_names_nobody(office):
    office.says("amina", f"/draft {CLOSED}")
    change(office, TUESDAY)
    assert "Void now" not in office.chat()[-1]


def test_voters_hear_of_each_revision_and_only_of_their_last_vote(office):
    office.says("amina", f"/draft {CLOSED}")
    office.reacts("bo", "👍", office.card())
    change(office, TUESDAY)
    change(office, OPEN)
    assert len(void(office, "bo")) == 1
    office.reacts("bo", "👍", office.card())
    change(office, CLOSED)
    assert [said.split("revision ")[2][0] for said in void(office, "bo")] == ["1", "3"]


def test_voters_hear_when_they_can_vote_and_not_while_the_policy_holds_the_text(office):
    office.says("amina", f"/draft {CLOSED}")
    office.reacts("bo", "👍", office.card())
    change(office, CAPS)
    assert "on hold" in office.chat()[-1]
    assert "the votes of bo" in office.chat()[-1]
    assert not void(office, "bo")
    office.presses("amina", "Send it as it is")
    assert len(void(office, "bo")) == 1


def test_voter_who_has_left_the_panel_hears_nothing(office):
    office.says("amina", f"/draft {CLOSED}")
    office.reacts("bo", "👍", office.card())
    text = OFFICES.replace("bo, roles: [moderator]", "bo, roles: [author]")
    office.imports(text.replace("sina, roles: [senior]", "sina, roles: [moderator]"))
    change(office, TUESDAY)
    assert not void(office, "bo")


def test_expired_draft_that_is_sent_again_says_that_the_text_is_the_same(office):
    office.says("amina", f"/draft {CLOSED}")
    office.reacts("bo", "👍", office.card())
    for _ in range(10):
        office.later(escalate_late_reviews, hours=24)
    office.presses("amina", "Send it again")
    assert "The text is the same as in revision 1." in office.text(office.card())
    assert "with the same text" in void(office, "bo")[0]


@pytest.mark.parametrize("on", ["slack", "telegram"])
def test_warning_that_was_confirmed_is_not_asked_about_again(office, on):
    office.says("amina", f"/draft {CAPS}", on=on)
    office.presses("amina", "Send it as it is", on=on)
    change(office, LOUD, on=on)
    assert "is with the moderators" in office.heard("amina", on=on)
    assert "Revision 2." in office.text(office.card())
    assert "added: “Use the ferry at Mawa.”" in office.text(office.card())
    assert ("amina", "confirmation kept") in office.record()
    change(office, CAPS, on=on)
    assert "Revision 3." in office.text(office.card())
    assert "Waiting since" in office.text(office.card())


@pytest.mark.parametrize(
    ("more", "kept"),
    [
        (f"{APPLY}2", 0),
        (f"{APPLY}1 or {APPLY}1", 1),
        (f"{APPLY}1 today, says the best minister", 1),
    ],
)
def test_new_or_changed_warning_is_asked_about(office, more, kept):
    office.says("amina", f"/draft {APPLY}1")
    office.presses("amina", "Send it as it is")
    change(office, more)
    assert "is not with the moderators yet" in office.heard("amina")
    assert "Waiting for changes" in office.text(office.card())
    assert office.heard("amina").count("You have confirmed this before.") == kept
    office.presses("amina", "Send it as it is")
    assert "Waiting since" in office.text(office.card())
    change(office, f"Citizens: {more}")
    assert "is with the moderators" in office.heard("amina")


def test_warning_that_was_not_confirmed_is_asked_about_again(office):
    office.says("amina", f"/draft {CAPS}")
    change(office, LOUD)
    assert "is not with the moderators yet" in office.heard("amina")
    assert not office.chat(id=MODERATORS)


def test_confirmation_outlives_a_further_check_of_the_same_text(office):
    office.says("amina", f"/draft {CAPS}")
    office.presses("amina", "Send it as it is")
    office.presses("amina", "Service information")
    change(office, LOUD)
    assert "is with the moderators" in office.heard("amina")


def test_long_texts_and_their_changes_fit_every_card(office):
    words = [f"word{n} of a notice that is long" for n in range(1300)]
    text = " ".join(words)[:40_000]
    office.says("amina", f"/draft {text}", on="telegram")
    change(office, text.replace("word1", "term1"), on="telegram")
    said = office.text(office.card(on="telegram", chat="1004"))
    assert "Changed since revision 1" in said or "Rewritten since" in said
    assert len(office.text(office.card())) < 4096
