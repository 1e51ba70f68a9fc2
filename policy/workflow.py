"""The life of a draft: its states, and the moves between them."""

from collections.abc import Iterator, Mapping
from enum import StrEnum


class State(StrEnum):
    """Where a draft stands. The values are what is stored."""

    IN_REVIEW = "in_review"
    CHANGES_REQUESTED = "changes_requested"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    PUBLISHED = "published"
    RETRACTED = "retracted"


LABELS: Mapping[State, str] = {
    State.IN_REVIEW: "in review",
    State.CHANGES_REQUESTED: "waiting for changes",
    State.APPROVED: "approved",
    State.REJECTED: "rejected",
    State.WITHDRAWN: "withdrawn",
    State.EXPIRED: "expired",
    State.PUBLISHED: "published",
    State.RETRACTED: "retracted",
}

#: Where a draft begins: before the moderators, or held until its author changes or confirms it.
STARTS = (State.IN_REVIEW, State.CHANGES_REQUESTED)

#: Every move there is. A new revision goes where a new draft goes: a held one waits for changes.
MOVES: Mapping[State, frozenset[State]] = {
    State.IN_REVIEW: frozenset(
        {
            State.APPROVED,
            State.REJECTED,
            State.CHANGES_REQUESTED,
            State.WITHDRAWN,
            State.EXPIRED,
        }
    ),
    State.CHANGES_REQUESTED: frozenset({State.IN_REVIEW, State.WITHDRAWN, State.EXPIRED}),
    State.APPROVED: frozenset({State.PUBLISHED, State.WITHDRAWN, *STARTS}),
    State.REJECTED: frozenset({State.APPROVED, *STARTS}),  # approved on appeal
    State.EXPIRED: frozenset(STARTS),
    State.PUBLISHED: frozenset({State.RETRACTED}),
    State.WITHDRAWN: frozenset(),
    State.RETRACTED: frozenset(),
}


def can_move(now: State, to: State) -> bool:
    """Tell whether a draft may go from one state to another."""
    return to in MOVES[now]


def diagram() -> str:
    """Draw every move as a Mermaid state diagram."""
    return "\n".join(("stateDiagram-v2", *(f"    {arrow}" for arrow in _arrows())))


def _arrows() -> Iterator[str]:
    yield from (f"[*] --> {start}" for start in STARTS)
    for state in State:
        yield from (f"{state} --> {to}" for to in State if can_move(state, to))
    yield from (f"{state} --> [*]" for state in State if not MOVES[state])
