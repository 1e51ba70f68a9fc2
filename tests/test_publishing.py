"""Publishing: who may say that a draft is posted, and what it counts for."""

import pytest

from handlers.chat import Button

CLOSED = "The bridge at Kanchpur is closed on Monday from 9 am."


def test_posted_draft_counts_as_an_update_of_its_page(office):
    office.says("amina", f"/draft {CLOSED}")
    for name in ("bo", "chen"):
        office.reacts(name, "👍", office.card())
    office.presses("amina", "Mark as posted")
    office.fills("amina", link="https://facebook.example/works/1")
    assert "counts as an update of Works on Facebook" in office.heard("amina")
    office.says("amina", "/pages")
    assert "1 of 2 updates this week" in office.heard("amina")


def test_what_is_not_a_link_is_refused(office):
    office.says("amina", f"/draft {CLOSED}")
    for name in ("bo", "chen"):
        office.reacts(name, "👍", office.card())
    office.presses("amina", "Mark as posted")
    office.fills("amina", link="javascript:alert(1)")
    assert "is not a link" in office.heard("amina")
    assert "Approved" in office.text(office.card())


def approved(office):
    """Let a draft of dara's for amina's page be approved."""
    office.says("lee", f"/draft {CLOSED}")
    for name in ("bo", "chen"):
        office.reacts(name, "👍", office.card())


def test_owner_of_the_page_may_say_that_a_draft_is_posted(office):
    approved(office)
    office.presses_forged("amina", Button("", "posted", "1.1"), on="slack", at=office.card())
    office.fills("amina", link="https://facebook.example/works/1")
    assert "Published" in office.text(office.card())
    assert "was posted by amina" in office.chat()[-1]


def test_nobody_else_may_and_nothing_counts_twice(office):
    approved(office)
    office.presses_forged("bo", Button("", "posted", "1.1"), on="slack", at=office.card())
    assert "Only its author, or the owner of its page, can do that." in office.heard("bo")
    for _ in range(2):
        office.presses("lee", "Mark as posted")
    for number in range(2):
        office.fills("lee", link=f"https://facebook.example/works/{number}")
    assert "is published, so that cannot be done now" in office.heard("lee")
    office.says("lee", "/pages")
    assert "1 of 2 updates" in office.heard("lee")


def test_moment_that_has_passed_is_held_and_asked_about(office):
    office.says("amina", "/draft")
    office.fills("amina", purpose="event", text=CLOSED, wanted="2026-07-20 12:00")
    office.later(hours=3)
    for name in ("bo", "chen"):
        office.presses(name, "Approve", at=office.card())
    assert "Does it still fit" in office.heard("amina")
    assert "Approved" in office.text(office.card())


@pytest.mark.parametrize("value", ["", "1", "1.2", "2.1", "x"])
def test_forged_button_posts_nothing(office, value):
    approved(office)
    office.presses_forged("lee", Button("", "posted", value), on="slack", at=office.card())
    assert office.slack.waiting == {}


def test_two_drafts_of_one_post_count_once(office):
    link = "https://facebook.example/works/posts/1"
    for number, text in enumerate((CLOSED, "The road is open again on Tuesday."), 1):
        office.says("amina", f"/draft {text}")
        for name in ("bo", "chen"):
            office.reacts(name, "👍", office.card(number))
        office.presses("amina", "Mark as posted")
        office.fills("amina", link=link)
    assert "That post of Works on Facebook has been counted already." in office.heard("amina")
    assert "Published" in office.text(office.card(2))
    office.says("amina", "/pages")
    assert "1 of 2 updates this week" in office.heard("amina")
