"""The journeys people make through the bot, told as they happen in the chat."""

import pytest

CLOSED = "The bridge at Kanchpur is closed on Monday from 9 am."


def test_draft_from_telegram_is_approved_by_two_of_three_on_both_platforms(office):
    office.says("amina", f"/draft {CLOSED}", on="telegram")
    assert "Draft 1 for Works on Facebook is with the moderators" in office.heard(
        "amina", on="telegram"
    )

    office.reacts("bo", "👍", office.card())
    office.presses("dara", "Approve", on="telegram")

    for platform in ("telegram", "slack"):
        heard = office.heard("amina", on=platform)
        assert "approved by bo and dara" in heard
        assert CLOSED in heard
    assert "approved by bo and dara" in office.chat()[-1]
    assert office.card().message.buttons == ()


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("/frobnicate now", "I know no command “/frobnicate”"),
        ("/queue", "Nothing waits for a decision"),
        ("/drafts", "You have no drafts yet"),
        ("/office", "takes the role lead or admin"),
    ],
)
def test_command_that_leads_nowhere_says_what_to_do(office, said, answer):
    office.says("bo", said)
    assert answer in office.heard("bo")
