"""Home: Slack's App Home and the same as a message, with what waits, my drafts and my pages."""

import pytest

from handlers.chat import Button, Chat, Opened
from handlers.words import plain

CLOSED = "The road is closed on Monday."


def opens_home(office, name):
    by = office.sender(name, "slack")
    office.happens(Opened(by, Chat("slack", by.user), id=office._number()))
    return office.slack.homes[by.user]


def test_home_shows_a_moderator_what_waits_for_them(office):
    office.says("amina", f"/draft {CLOSED}")
    page = opens_home(office, "bo")
    assert plain(page).splitlines()[1:3] == [
        "Waits for your vote: 1",
        "Waits for you: Draft 1 for Works on Facebook by amina, 0 of 2 approvals, "
        "since Mon 20 Jul 2026 10:00 (Asia/Dhaka)",
    ]
    assert [b.label for b in page.buttons] == [
        "New draft", "Show draft 1", "Queue", "My drafts", "My pages",
    ]  # fmt: skip


def test_home_is_drawn_anew_at_each_opening(office):
    office.says("amina", f"/draft {CLOSED}")
    opens_home(office, "bo")
    office.reacts("bo", "👍", office.card())
    assert "Nothing waits for your vote." in plain(opens_home(office, "bo"))


@pytest.mark.parametrize("on", ["slack", "telegram"])
@pytest.mark.parametrize("command", ["/home", "/start"])
def test_author_sees_drafts_and_pages_on_both_platforms(office, on, command):
    office.says("amina", f"/draft {CLOSED}")
    office.says("amina", command, on=on)
    heard = office.heard("amina", on=on)
    assert "Draft 1 for Works on Facebook: in review" in heard
    assert "Works on Facebook (Facebook): 0 of 2 updates this week" in heard
    assert "Waits" not in heard


@pytest.mark.parametrize(
    ("label", "answer"),
    [("My drafts", "Your newest drafts:"), ("My pages", "Works on Facebook"), ("Queue", "Waiting")],
)
def test_buttons_of_the_menu_do_what_the_commands_do(office, label, answer):
    office.says("amina", f"/draft {CLOSED}")
    office.says("dara", "/home", on="telegram")
    office.presses("dara", label, on="telegram")
    if label == "My drafts":
        assert "no drafts yet" in office.heard("dara", on="telegram")
    else:
        assert answer in office.heard("dara", on="telegram")


def test_new_draft_begins_from_the_menu(office):
    office.says("amina", "/home", on="telegram")
    office.presses("amina", "New draft", on="telegram")
    assert "What is it for?" in office.heard("amina", on="telegram")
    opens_home(office, "amina")
    at = office.slack.messages[0] if office.slack.messages else office.telegram.messages[0]
    office.presses_forged("amina", Button("", "go", "draft"), on="slack", at=at)
    assert len(office.slack.waiting) == 1


def test_stranger_learns_how_to_become_known_and_nothing_else(office):
    office.says("amina", f"/draft {CLOSED}")
    assert "I do not know you yet" in plain(opens_home(office, "mallory"))
    assert opens_home(office, "mallory").buttons == ()


@pytest.mark.parametrize("value", ["office", "audit", "", "lockdown"])
def test_forged_button_does_no_other_command(office, value):
    office.says("lee", "/home")
    at = office.slack.messages[-1]
    office.presses_forged("lee", Button("", "go", value), on="slack", at=at)
    assert "does not make sense" in office.heard("lee")


def test_author_gets_no_queue_by_a_forged_button(office):
    office.says("amina", "/home")
    at = office.slack.messages[-1]
    office.presses_forged("amina", Button("", "go", "queue"), on="slack", at=at)
    assert "which you do not have" in office.heard("amina")
