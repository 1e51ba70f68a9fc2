"""Every role tries every action in every state, on both platforms: the table is the law.

Buttons are forged, since that is what an attacker does: what the table denies is refused, recorded,
and changes nothing.
"""

from itertools import product

import pytest
from sqlmodel import func, select

from handlers.chat import Button, Chat, Press, Sender
from handlers.context import Refusal
from handlers.permission import permitted
from policy.permissions import PERMISSIONS, Action, Part, denial
from policy.roles import Role
from policy.workflow import State
from storage.db import transaction
from storage.models import (
    Appeal,
    AuditEntry,
    Claim,
    Draft,
    DraftFinding,
    Emergency,
    Release,
    Revision,
    SentBack,
    Vote,
)
from tests.office import TestOffice

OFFICES = """\
offices:
  - name: Ministry of Works
    timezone: Asia/Dhaka
    country: BD
    packs: [bd]
    moderators: {platform: slack, chat: C0MODS}
    people:
      - {name: amina, roles: [author], slack: U0AMINA, telegram: "1001"}
      - {name: paula, roles: [author], slack: U0PAULA, telegram: "1002"}
      - {name: omar, roles: [author], slack: U0OMAR, telegram: "1003"}
      - {name: sam, roles: [spokesperson], slack: U0SAM, telegram: "1004"}
      - {name: bo, roles: [moderator], slack: U0BO, telegram: "1005"}
      - {name: chen, roles: [moderator], slack: U0CHEN, telegram: "1006"}
      - {name: dara, roles: [moderator], slack: U0DARA, telegram: "1007"}
      - {name: sina, roles: [senior], slack: U0SINA, telegram: "1008"}
      - {name: lee, roles: [lead], slack: U0LEE, telegram: "1009"}
      - {name: ada, roles: [admin], slack: U0ADA, telegram: "1010"}
    pages:
      - {name: Works, kind: facebook, url: "https://facebook.example/works", owner: paula}
  - name: Fisheries
    timezone: Pacific/Apia
    country: WS
    moderators: {platform: telegram, chat: "-100200"}
    people:
      - {name: eti, roles: [moderator, senior, lead, admin], slack: U0ETI, telegram: "2001"}
"""
ROLES = {
    "amina": {Role.AUTHOR},
    "paula": {Role.AUTHOR},
    "omar": {Role.AUTHOR},
    "sam": {Role.SPOKESPERSON},
    "bo": {Role.MODERATOR},
    "sina": {Role.SENIOR},
    "lee": {Role.LEAD},
    "ada": {Role.ADMIN},
    "eti": set(),  # all roles, in another office
}
PARTS = {"amina": Part.AUTHOR, "paula": Part.PAGE_OWNER}
#: The button behind which an action stands, with what it carries about draft 1, revision 1.
BUTTONS = {
    Action.REVISE: ("edit", "1.1"),
    Action.WITHDRAW: ("withdraw", "1.1"),
    Action.CONFIRM: ("confirm", "1.1"),
    Action.RESUBMIT: ("resubmit", "1.1"),
    Action.CHOOSE_PURPOSE: ("purpose", "1.service-info"),
    Action.NAME_VERSION: ("version", "1.1"),
    Action.ASK_RELEASE: ("ask-senior", "1.1"),
    Action.APPEAL: ("appeal", "1.1"),
    Action.DROP_APPEAL: ("drop-appeal", "1.1"),
    Action.POST: ("posted", "1.1"),
    Action.RESCHEDULE: ("slot", "1.1"),
    Action.HURRY: ("hurry", "1.1"),
    Action.VOTE: ("approve", "1.1"),
    Action.CLAIM: ("claim", "1.1"),
    Action.DISCUSS: ("discussion", "1.0"),
    Action.REQUEST_CHANGES: ("ask-changes", "1.1"),
    Action.RELEASE: ("release", "1.1.1"),
    Action.EMERGENCY: ("emergency", "1.1"),
    Action.REVIEW_AFTERWARDS: ("was-right", "1.1"),
    Action.HEAR_APPEAL: ("grant-appeal", "1.1"),
    Action.READ: ("show", "1.1"),
}
KEPT = (Appeal, Claim, Draft, DraftFinding, Emergency, Release, Revision, SentBack, Vote)
ALREADY_SIGNED_OFF_BY_VOTING = {Action.SIGN_OFF}  # the same button as a vote


def test_every_action_has_its_button():
    assert set(BUTTONS) | ALREADY_SIGNED_OFF_BY_VOTING == set(Action)


@pytest.fixture
def matrix(engine):
    office = TestOffice(engine, OFFICES)
    office.says("amina", "/draft The road is closed on Monday.")
    yield office
    office.close()


def stored(office):
    """Everything that is kept about drafts, word for word."""
    with transaction(office.engine) as db:
        return [sorted(repr(row.model_dump()) for row in db.exec(select(kind))) for kind in KEPT]


def put(office, state):
    with transaction(office.engine) as db:
        db.get_one(Draft, 1).state = state


def refusals(office):
    refused = select(func.count()).where(AuditEntry.action == "refused")
    with transaction(office.engine) as db:
        return db.exec(refused).one()


@pytest.mark.parametrize("on", ["slack", "telegram"])
@pytest.mark.parametrize("state", State)
def test_what_the_table_denies_is_refused_recorded_and_changes_nothing(matrix, state, on):
    put(matrix, state)
    card, before = matrix.card(), stored(matrix)
    for name, held in ROLES.items():
        part = PARTS.get(name, Part.OTHER)
        for action, button in BUTTONS.items():
            if denial(action, roles=held, part=part, state=state) is None:
                continue
            count = refusals(matrix)
            matrix.presses_forged(name, Button("", *button), on=on, at=card)
            assert refusals(matrix) == count + 1, (name, action)
        assert stored(matrix) == before, name


@pytest.mark.parametrize("on", ["slack", "telegram"])
@pytest.mark.parametrize("state", State)
def test_what_the_table_allows_is_allowed_whoever_asks_the_table(matrix, state, on):
    put(matrix, state)
    allowed = []
    for action, name in product(Action, ROLES):
        part = PARTS.get(name, Part.OTHER)
        by = Sender(on, matrix.sender(name, on).user)
        with transaction(matrix.engine) as db:
            ctx = matrix.dispatcher.context(db, Press(by, Chat(on, by.user), "", "any", "1.1"))
            try:
                allowed.append(permitted(ctx, action, 1, 1).id == 1)
            except Refusal:
                assert denial(action, roles=ROLES[name], part=part, state=state) is not None
                continue
        assert denial(action, roles=ROLES[name], part=part, state=state) is None
    assert all(allowed)
    wanted = [a for a in Action if state in PERMISSIONS[a].states]
    assert len(allowed) >= len(wanted)


@pytest.mark.parametrize("on", ["slack", "telegram"])
def test_stranger_is_refused_whatever_they_press(matrix, on):
    before = stored(matrix)
    for action, button in BUTTONS.items():
        count = refusals(matrix)
        matrix.presses_forged("mallory", Button("", *button), on=on, at=matrix.card())
        assert refusals(matrix) == count + 1, action
    assert stored(matrix) == before
