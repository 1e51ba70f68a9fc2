"""Who may do what, as the table says it."""

from itertools import product

import pytest

from policy.permissions import PERMISSIONS, Action, Denied, Part, denial
from policy.roles import Role
from policy.workflow import State


def test_every_action_is_in_the_table():
    assert set(PERMISSIONS) == set(Action)


@pytest.mark.parametrize("action", Action)
def test_whoever_has_no_role_in_the_office_may_do_nothing(action):
    for part, state in product(Part, State):
        expected = Denied.LEFT if part is Part.AUTHOR else Denied.STRANGER
        assert denial(action, roles=(), part=part, state=state) is expected


DECISIONS = (
    Action.VOTE,
    Action.SIGN_OFF,
    Action.CLAIM,
    Action.REQUEST_CHANGES,
    Action.RELEASE,
    Action.EMERGENCY,
    Action.REVIEW_AFTERWARDS,
    Action.HEAR_APPEAL,
)


@pytest.mark.parametrize("action", DECISIONS)
def test_nobody_decides_about_a_draft_they_wrote_whatever_their_roles(action):
    for state in State:
        assert denial(action, roles=set(Role), part=Part.AUTHOR, state=state) is Denied.OWN


CASES = [
    (Action.VOTE, {Role.MODERATOR}, Part.OTHER, State.IN_REVIEW, None),
    (Action.VOTE, {Role.MODERATOR}, Part.PAGE_OWNER, State.IN_REVIEW, None),
    (Action.VOTE, {Role.LEAD, Role.ADMIN}, Part.OTHER, State.IN_REVIEW, Denied.ROLE),
    (Action.VOTE, {Role.MODERATOR}, Part.OTHER, State.APPROVED, Denied.STATE),
    (Action.REVISE, {Role.AUTHOR}, Part.AUTHOR, State.REJECTED, None),
    (Action.REVISE, {Role.ADMIN}, Part.OTHER, State.IN_REVIEW, Denied.NOT_OWN),
    (Action.REVISE, {Role.AUTHOR}, Part.AUTHOR, State.PUBLISHED, Denied.STATE),
    (Action.EMERGENCY, {Role.SENIOR}, Part.OTHER, State.IN_REVIEW, None),
    (Action.EMERGENCY, {Role.LEAD}, Part.OTHER, State.IN_REVIEW, Denied.ROLE),
    (Action.HEAR_APPEAL, {Role.LEAD}, Part.OTHER, State.REJECTED, None),
    (Action.HEAR_APPEAL, {Role.MODERATOR}, Part.OTHER, State.REJECTED, Denied.ROLE),
    (Action.POST, {Role.AUTHOR}, Part.PAGE_OWNER, State.APPROVED, None),
    (Action.POST, {Role.LEAD}, Part.OTHER, State.APPROVED, Denied.NOT_OWN),
]


@pytest.mark.parametrize(("action", "roles", "part", "state", "expected"), CASES)
def test_the_table_decides(action, roles, part, state, expected):
    assert denial(action, roles=roles, part=part, state=state) is expected
