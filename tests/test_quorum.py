"""Counting votes: the boundary of each decision, and both its neighbours."""

from itertools import product

import pytest

from policy.quorum import (
    TEXTS,
    Ballot,
    Choice,
    Outcome,
    Quorum,
    Refused,
    default_needed,
    quorum_for,
    tally,
    why_not,
)
from policy.workflow import State

YES, NO = Ballot(Choice.APPROVE), Ballot(Choice.REJECT)
SENIOR_YES, SENIOR_NO = Ballot(Choice.APPROVE, senior=True), Ballot(Choice.REJECT, senior=True)
OUTSIDE_YES = Ballot(Choice.APPROVE, senior=True, on_panel=False)
OUTSIDE_NO = Ballot(Choice.REJECT, senior=True, on_panel=False)
OPEN, APPROVED, REJECTED = Outcome.OPEN, Outcome.APPROVED, Outcome.REJECTED


@pytest.mark.parametrize(("size", "needed"), [(1, 1), (3, 2), (4, 3), (5, 3)])
def test_a_panel_needs_the_approvals_of_its_size(size, needed):
    assert default_needed(size) == needed
    assert quorum_for(size) == Quorum(needed, of=size)


@pytest.mark.parametrize(
    ("size", "advice"),
    [
        (0, "this one has 0: add at least one."),
        (2, "this one has 2: add one or remove one."),
        (6, "this one has 6: remove 1."),
        (9, "this one has 9: remove 4."),
    ],
)
def test_a_panel_of_another_size_is_refused_with_advice(size, advice):
    with pytest.raises(ValueError, match=f"1, 3, 4 or 5 moderators; {advice}"):
        quorum_for(size, 1)


@pytest.mark.parametrize("needed", [1, 2, 3])
def test_an_office_may_ask_for_any_number_its_panel_can_give(needed):
    assert quorum_for(3, needed, veto=True) == Quorum(needed, of=3, veto=True)


@pytest.mark.parametrize("needed", [-1, 0, 4])
def test_a_quorum_that_can_never_be_met_is_refused(needed):
    with pytest.raises(ValueError, match=f"3 cannot give {needed} approvals: ask for 1 to 3"):
        quorum_for(3, needed)


@pytest.mark.parametrize(
    ("size", "ballots", "outcome"),
    [
        (1, [], OPEN),
        (1, [YES], APPROVED),
        (1, [NO], REJECTED),
        (3, [YES], OPEN),
        (3, [YES, YES], APPROVED),
        (3, [NO], OPEN),
        (3, [NO, YES], OPEN),
        (3, [NO, YES, YES], APPROVED),
        (3, [NO, NO], REJECTED),
        (4, [YES, YES], OPEN),
        (4, [YES, YES, YES], APPROVED),
        (4, [NO], OPEN),
        (4, [NO, YES, YES], OPEN),
        (4, [NO, NO], REJECTED),
        (5, [YES, YES], OPEN),
        (5, [YES, YES, YES], APPROVED),
        (5, [NO, NO], OPEN),
        (5, [NO, NO, YES, YES], OPEN),
        (5, [NO, NO, YES, YES, YES], APPROVED),
        (5, [NO, NO, NO], REJECTED),
    ],
)
def test_a_draft_is_decided_as_soon_as_nothing_can_change_the_outcome(size, ballots, outcome):
    assert tally(ballots, quorum_for(size), eligible=size) is outcome


@pytest.mark.parametrize(
    ("size", "eligible", "ballots", "outcome"),
    [
        (3, 2, [YES], OPEN),
        (3, 2, [YES, YES], APPROVED),
        (3, 2, [NO], REJECTED),  # one approval is all that can still come
        (5, 4, [NO], OPEN),
        (5, 4, [NO, YES, YES], OPEN),
        (5, 4, [NO, NO], REJECTED),
    ],
)
def test_an_author_on_the_panel_is_not_waited_for(size, eligible, ballots, outcome):
    assert tally(ballots, quorum_for(size), eligible=eligible) is outcome


@pytest.mark.parametrize(
    ("ballots", "outcome"), [([], OPEN), ([YES], OPEN), ([NO], REJECTED), ([NO, YES], REJECTED)]
)
def test_a_panel_that_became_too_small_rejects_nothing_by_itself(ballots, outcome):
    assert tally(ballots, Quorum(3, of=5), eligible=2) is outcome


@pytest.mark.parametrize(
    ("ballots", "outcome"),
    [
        ([], OPEN),
        ([YES, YES], OPEN),
        ([NO], REJECTED),
        ([YES, YES, NO], REJECTED),
        ([YES, YES, YES], APPROVED),
        ([OUTSIDE_NO], OPEN),
    ],
)
def test_with_a_veto_one_rejection_of_the_panel_decides(ballots, outcome):
    assert tally(ballots, quorum_for(5, veto=True), eligible=5) is outcome


@pytest.mark.parametrize(
    ("ballots", "seniors_left", "outcome"),
    [
        ([YES, YES], 1, OPEN),
        ([YES, SENIOR_YES], 1, APPROVED),
        ([SENIOR_YES], 1, OPEN),
        ([YES, YES, OUTSIDE_YES], 1, APPROVED),
        ([YES, OUTSIDE_YES], 1, OPEN),  # signed off, but not counted
        ([OUTSIDE_YES, OUTSIDE_YES], 2, OPEN),
        ([SENIOR_NO], 1, OPEN),
        ([YES, YES, SENIOR_NO], 1, OPEN),  # another senior may still approve
        ([SENIOR_NO], 0, REJECTED),
        ([YES, YES, SENIOR_NO], 0, REJECTED),
        ([SENIOR_NO, OUTSIDE_NO], 0, REJECTED),
        ([YES, YES, SENIOR_NO, OUTSIDE_YES], 1, APPROVED),
        ([NO, NO, OUTSIDE_YES], 1, REJECTED),
        ([YES, YES], 0, OPEN),  # the office has no senior; a person must find one
    ],
)
def test_what_a_rule_holds_needs_the_approval_of_a_senior(ballots, seniors_left, outcome):
    decided = tally(
        ballots, quorum_for(3), eligible=3, needs_senior=True, seniors_left=seniors_left
    )
    assert decided is outcome


def test_without_such_a_rule_a_senior_is_a_member_like_the_others():
    assert tally([SENIOR_NO], quorum_for(3), eligible=3) is OPEN
    assert tally([SENIOR_YES, YES], quorum_for(3), eligible=3) is APPROVED
    assert tally([OUTSIDE_YES, YES], quorum_for(3), eligible=3) is OPEN


@pytest.mark.parametrize("size", [1, 3, 4, 5])
def test_once_decided_further_votes_never_turn_the_outcome(size):
    quorum = quorum_for(size)
    for ballots in product((YES, NO), repeat=size):
        outcomes = [tally(ballots[:n], quorum, eligible=size) for n in range(size + 1)]
        decided = [outcome for outcome in outcomes if outcome is not OPEN]
        assert len(set(decided)) == 1


FINE = {"known": True, "may_vote": True, "author": False, "state": State.IN_REVIEW}


def test_the_vote_of_somebody_on_the_panel_counts():
    assert why_not(**FINE) is None


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"bot": True, "known": False, "may_vote": False}, Refused.BOT),
        ({"anonymous": True, "known": False, "may_vote": False}, Refused.ANONYMOUS),
        ({"known": False, "may_vote": False}, Refused.STRANGER),
        ({"author": True}, Refused.AUTHOR),
        ({"author": True, "may_vote": False}, Refused.AUTHOR),
        ({"may_vote": False}, Refused.NOT_ON_PANEL),
        ({"same_revision": False}, Refused.OTHER_REVISION),
        ({"state": State.APPROVED, "same_revision": False}, Refused.APPROVED),
        ({"state": State.APPROVED, "known": False}, Refused.STRANGER),
    ],
)
def test_a_vote_that_does_not_count_has_one_reason_and_the_voter_comes_first(facts, reason):
    assert why_not(**FINE | facts) is reason


@pytest.mark.parametrize("state", [state for state in State if state is not State.IN_REVIEW])
def test_a_vote_on_a_draft_that_is_not_in_review_is_refused_by_its_state(state):
    assert why_not(**FINE | {"state": state}) == Refused(state.value)


@pytest.mark.parametrize("reason", Refused)
def test_every_refusal_says_that_the_vote_does_not_count_and_why(reason):
    assert TEXTS[reason].startswith("Your vote was not counted. ")
    assert len(set(TEXTS.values())) == len(Refused)
    assert "{" not in TEXTS[reason]
