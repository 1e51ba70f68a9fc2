"""What a check knows of a draft, and drafts that are checked again."""

from datetime import UTC, datetime

import pytest

from handlers import checking
from handlers.chat import Button
from policy.shelf import Shelf
from storage import drafts, people
from storage.db import transaction
from storage.models import Role
from tests.office import OFFICES, TestOffice

CLOSED = "The bridge at Kanchpur is closed on Monday from 9 am."
GALA = "Come to the gala on Monday."
PURPOSES = """
pack: own
version: "2026-07-01"
title: Own
extends: bd
rules:
  - id: no-gala
    title: No galas among events
    severity: block
    purposes: [event]
    say: "Leave out “{found}”."
    source: Our own
    why: They cost too much.
    match: '\\bgala\\b'
    good: ["A gala"]
    bad: [{text: "A gala", purpose: event}]
"""


@pytest.fixture
def galas(engine, tmp_path):
    """An office whose own pack has a rule that depends on the purpose."""
    (tmp_path / "own.yaml").write_text(PURPOSES, "utf-8")
    office = TestOffice(engine, OFFICES.replace("[bd]", "[own]"), shelf=Shelf(tmp_path))
    yield office
    office.close()


def test_check_knows_everything_about_a_draft(engine):
    page = "owner: amina\n        languages: [bn, en]"
    office = TestOffice(engine, OFFICES.replace("owner: amina", page))
    office.says("sina", "/policy period crisis on")
    office.says("amina", "/draft")
    office.fills("amina", text=CLOSED, purpose="complaint-reply", wanted="2026-07-21T09:00")
    with transaction(office.engine) as db:
        post = checking.post_of(office.dispatcher.context(db), drafts.locked(db, 1), CLOSED)
    assert post.text == CLOSED
    assert post.platform == "facebook"
    assert post.purpose == "complaint-reply"
    assert post.reply
    assert post.author_role == "author"
    assert post.now == office.clock
    assert post.publish_at == datetime(2026, 7, 21, 3, tzinfo=UTC)
    assert post.timezone == "Asia/Dhaka"
    assert post.periods == ("crisis",)
    assert post.region == "BD"
    assert post.languages_required == ("bn", "en")
    assert post.directory == ("+8802223380000", "info@works.example", "facebook.example")
    office.close()


@pytest.mark.parametrize(
    ("roles", "role"),
    [
        ({Role.AUTHOR}, "author"),
        ({Role.MODERATOR, Role.ADMIN}, "author"),
        ({Role.AUTHOR, Role.SPOKESPERSON}, "spokesperson"),
        ({Role.SENIOR}, "senior"),
        ({Role.LEAD, Role.SPOKESPERSON}, "senior"),
        (set(), "author"),
    ],
)
def test_rules_know_the_role_in_which_somebody_writes(roles, role):
    assert checking.role(roles) == role


def test_spokesperson_stands_in_the_file_and_in_me(engine):
    office = TestOffice(engine, OFFICES.replace("roles: [author]", "roles: [author, spokesperson]"))
    office.says("amina", "/me")
    assert "author, spokesperson" in office.heard("amina")
    with transaction(engine) as db:
        amina = people.by_account(db, "slack", "U0AMINA")
        assert checking.role(people.roles(db, 1, amina)) == "spokesperson"
    office.close()


def test_purpose_that_brings_a_block_takes_the_draft_from_the_moderators(galas):
    galas.says("amina", f"/draft {GALA}")
    galas.presses("bo", "Approve", at=galas.card())
    galas.presses("amina", "Event")
    assert "Waiting for changes" in galas.text(galas.card())
    assert GALA not in galas.text(galas.card())
    assert "It is back with you" in "".join(galas.inbox("amina"))
    galas.presses_forged("chen", Button("", "approve", "1.1"), on="slack", at=galas.card())
    assert "back with its author" in galas.heard("chen")


def test_purpose_that_takes_a_block_away_lets_the_author_send_it_on(galas):
    galas.says("amina", "/draft")
    galas.fills("amina", text=GALA, purpose="event")
    assert "cannot go to the moderators yet" in galas.heard("amina")
    with transaction(galas.engine) as db:
        assert drafts.locked(db, 1).hold == "blocked"
    galas.presses_forged(
        "amina", Button("", "purpose", "1.campaign"), on="slack", at=galas.slack.messages[-1]
    )
    galas.presses("amina", "Send it as it is")
    assert GALA in galas.text(galas.card())


def test_check_that_finds_the_same_keeps_votes_and_decides_nothing(galas):
    galas.says("amina", f"/draft {CLOSED}")
    galas.presses("bo", "Approve", at=galas.card())
    galas.presses("amina", "Service")
    assert "1 of 2 approvals" in galas.text(galas.card())
