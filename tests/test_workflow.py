"""The life of a draft: which moves there are, and that people can read them."""

import pytest

from policy.workflow import LABELS, MOVES, STARTS, State, can_move, diagram

EXPECTED = {
    State.IN_REVIEW: "approved rejected changes_requested withdrawn expired",
    State.CHANGES_REQUESTED: "in_review withdrawn expired",
    State.APPROVED: "published withdrawn in_review changes_requested",
    State.REJECTED: "approved in_review changes_requested",
    State.EXPIRED: "in_review changes_requested",
    State.PUBLISHED: "retracted",
    State.WITHDRAWN: "",
    State.RETRACTED: "",
}


@pytest.mark.parametrize("now", State)
@pytest.mark.parametrize("to", State)
def test_a_draft_makes_the_moves_of_its_state_and_no_other(now, to):
    assert can_move(now, to) == (to in EXPECTED[now].split())


def test_no_draft_moves_to_the_state_it_is_in():
    assert not any(can_move(state, state) for state in State)


def test_nothing_is_published_without_having_been_approved():
    assert [state for state in State if can_move(state, State.PUBLISHED)] == [State.APPROVED]


def test_nothing_is_approved_without_having_been_in_review():
    before = [state for state in State if can_move(state, State.APPROVED)]
    assert before == [State.IN_REVIEW, State.REJECTED]  # the latter on appeal


def test_every_state_can_be_reached_from_where_drafts_begin():
    reached = set(STARTS)
    for _ in State:
        reached |= {to for state in reached for to in MOVES[state]}
    assert reached == set(State)


def test_only_what_is_withdrawn_or_retracted_is_over_for_good():
    over = {state for state in State if not MOVES[state]}
    assert over == {State.WITHDRAWN, State.RETRACTED}


def test_every_state_has_words_of_its_own():
    assert set(LABELS) == set(State)
    assert len(set(LABELS.values())) == len(State)
    assert all("_" not in label for label in LABELS.values())


def test_the_diagram_shows_every_move_once_with_the_beginnings_and_the_ends():
    heading, *arrows = diagram().splitlines()
    moves = {f"    {now} --> {to}" for now in State for to in MOVES[now]}
    begins = {f"    [*] --> {state}" for state in STARTS}
    ends = {"    withdrawn --> [*]", "    retracted --> [*]"}

    assert heading == "stateDiagram-v2"
    assert set(arrows) == moves | begins | ends
    assert len(arrows) == len(set(arrows))
