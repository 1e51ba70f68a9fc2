"""What the regular looks cost in a large installation with a long past, beside a short one.

A thousand offices with five thousand pages; in a hundred of them something is due. The past is a
million drafts and updates, or a hundredth of that.
"""

import gc
import os
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from handlers.escalations import escalate_late_reviews
from handlers.freshness import keep_pages_fresh
from handlers.router import Job, OfficeJob
from handlers.weekly import send_weekly_messages
from tests import postgres
from tests.benchmarks.installation import Installation, installation

PAST = 500_000  # drafts, and as many updates
SWEEPS: dict[str, Job] = {
    "freshness sweep": keep_pages_fresh,
    "escalation sweep": escalate_late_reviews,
    "weekly run": send_weekly_messages,
}


@dataclass(frozen=True)
class Sweep:
    """What a sweep took, in milliseconds, and its longest transaction."""

    name: str
    ours: float
    short_past: float
    longest: float
    did: str  # messages that were said, in each of the two; leads hear every second week


@dataclass(frozen=True)
class Found:
    """What was measured."""

    seconds: float  # to build the large one
    sweeps: list[Sweep]
    others: list[tuple[str, float]]  # the longest transaction of each other job


def measured(rounds: int, past: int = PAST) -> Found:
    """Measure both installations in turns; on PostgreSQL if SWEEP_ON says so."""
    took: dict[tuple[str, bool], list[float]] = defaultdict(list)
    longest: dict[str, float] = defaultdict(float)
    said: dict[str, set[int]] = defaultdict(set)
    with ExitStack() as stack:
        urls = stack.enter_context(_databases())
        began = time.perf_counter()
        old = stack.enter_context(installation(urls[0], past, past))
        seconds = time.perf_counter() - began
        young = stack.enter_context(installation(urls[1], past // 100, past // 100))
        gc.collect()
        gc.freeze()  # as the running bot does with what it has loaded
        for number in range(rounds + 1):
            for each in (old, young):
                each.make_due()
                for name, job in SWEEPS.items():
                    before = _count(each)
                    listing, *steps = timed(each, job)
                    said[name].add(_count(each) - before)
                    if number:  # the first one warms up
                        took[name, each is old].append(listing + sum(steps))
                        longest[name] = max([longest[name], *steps])
        others = [
            (name, max([*timed(old, job)][1:], default=0))
            for name, (_, job) in old.bot.router.jobs.items()
            if job not in SWEEPS.values() and not (isinstance(job, OfficeJob) and job.only_reads)
        ]
    sweeps = [
        Sweep(
            name,
            statistics.median(took[name, True]),
            statistics.median(took[name, False]),
            longest[name],
            " or ".join(map(str, sorted(said[name]))),
        )
        for name in SWEEPS
    ]
    return Found(seconds, sweeps, sorted(others, key=lambda each: -each[1]))


def timed(at: Installation, job: Job) -> Iterator[float]:
    """Run a job; return how many milliseconds its list took, and each of its transactions.

    The list, and whatever else only reads, holds up nobody.
    """
    began = time.perf_counter()
    steps = [*at.bot.steps(job)]
    yield (time.perf_counter() - began) * 1_000
    for step in steps:
        began = time.perf_counter()
        step()
        yield (time.perf_counter() - began) * 1_000


def _count(at: Installation) -> int:
    with at.engine.begin() as connection:
        question = "SELECT count(*) FROM outboxmessage WHERE state = 'pending'"
        return int(connection.exec_driver_sql(question).scalar() or 0)


class _databases(ExitStack):
    """Two databases with nothing in them."""

    def __enter__(self) -> tuple[str, str]:  # type: ignore[override]
        super().__enter__()
        if os.environ.get("SWEEP_ON") == "postgres":
            server = self.enter_context(postgres.server())
            return server.clone(server.url("template0")), server.clone(server.url("template0"))
        folder = self.enter_context(tempfile.TemporaryDirectory(prefix="countersign-bench-"))
        return f"sqlite:///{Path(folder, 'old.db')}", f"sqlite:///{Path(folder, 'young.db')}"
