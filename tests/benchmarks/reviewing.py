"""What a vote and the queue cost in an office with a long past, beside one without any.

A vote is the whole act: stored, handled, counted, and every message about it queued.
"""

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlalchemy import insert

from handlers.chat import Button
from policy.quorum import Choice
from policy.rules import Severity
from policy.workflow import State
from storage import schema
from storage.db import connect, transaction
from storage.models import Draft, DraftFinding, Revision, Vote, Voting
from tests.office import TestOffice

PAST = 100_000  # drafts that were published long ago
REVISIONS = 200  # of the draft that is voted on
OPEN = 1_000  # drafts in the queue
TEXT = "The bridge at Kanchpur is closed on Monday from 9 am, for repairs."


@dataclass(frozen=True)
class Costs:
    """Medians, in milliseconds."""

    vote: float
    vote_when_empty: float
    queue: float


def measured(rounds: int) -> Costs:
    """Measure both offices in turns."""
    with office() as empty, office() as old:
        for each in (empty, old):
            each.says("amina", f"/draft {TEXT}")
        lengthen(old)
        ours, best = [], []
        for number in range(rounds):
            ours.append(vote(old, number))
            best.append(vote(empty, number))
        fill(old, OPEN, State.IN_REVIEW, first=PAST + 10)
        queue = [timed(lambda: old.says("bo", "/queue")) for _ in range(rounds)]
    return Costs(statistics.median(ours), statistics.median(best), statistics.median(queue))


@contextmanager
def office() -> Iterator[TestOffice]:
    """Open an office on a database of its own."""
    with tempfile.TemporaryDirectory(prefix="countersign-bench-") as folder:
        engine = connect(f"sqlite:///{Path(folder, 'office.db')}")
        schema.migrate(engine)
        opened = TestOffice(engine)
        yield opened
        opened.close()
        engine.dispose()


def lengthen(old: TestOffice) -> None:
    """Give an office its past, and its draft many wordings with findings and votes."""
    fill(old, PAST, State.PUBLISHED, first=10)
    with transaction(old.engine) as db:
        draft = db.get_one(Draft, 1)
        numbers = range(2, REVISIONS + 1)
        rows = [
            {"draft_id": 1, "number": n, "text": f"{TEXT} {n}", "written_at": old.clock,
             "shown": True} for n in numbers
        ]  # fmt: skip
        db.execute(insert(Revision), rows)
        db.execute(insert(DraftFinding), [_finding(n) for n in numbers])
        db.execute(insert(Vote), [_vote(n, old) for n in numbers if n < REVISIONS])
        draft.revision = draft.checked = REVISIONS
        db.add(draft)


def _finding(number: int) -> dict[str, object]:
    return {
        "draft_id": 1, "revision": number, "checked": number, "position": 0, "rule": "vague-link",
        "severity": Severity.INFO, "kind": "accessibility", "say": "Say what is behind it.",
        "found": "here", "source": "WCAG", "pack": "common 1",
    }  # fmt: skip


def _vote(number: int, old: TestOffice) -> dict[str, object]:
    return {
        "draft_id": 1, "revision": number, "person_id": 2, "choice": Choice.APPROVE,
        "by": Voting.BUTTON, "platform": "slack", "voted_at": old.clock,
    }  # fmt: skip


def fill(old: TestOffice, count: int, state: State, *, first: int) -> None:
    """Store many drafts at once, each with its wording."""
    with transaction(old.engine) as db:
        like = db.get_one(Draft, 1).model_dump() | {"state": state, "revision": 1, "checked": 1}
        for start in range(first, first + count, 5_000):
            numbers = range(start, min(start + 5_000, first + count))
            since = {n: old.clock - timedelta(minutes=n % 10_000) for n in numbers}
            db.execute(
                insert(Draft), [like | {"id": n, "waiting_since": since[n]} for n in numbers]
            )
            db.execute(
                insert(Revision),
                [{"draft_id": n, "number": 1, "text": TEXT, "written_at": since[n],
                  "shown": True} for n in numbers],
            )  # fmt: skip


def vote(at: TestOffice, number: int) -> float:
    """Vote one way, then the other; return the milliseconds of the act."""
    with transaction(at.engine) as db:
        revision = db.get_one(Draft, 1).revision
    action = ("approve", "reject")[number % 2]
    button, card = Button("", action, f"1.{revision}"), at.card()
    return timed(lambda: at.presses_forged("bo", button, on="slack", at=card))


def timed(act: Callable[[], None]) -> float:
    """Return how many milliseconds an act took."""
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1_000
