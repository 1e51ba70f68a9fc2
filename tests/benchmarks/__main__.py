"""Measure everything and print it as one table. Takes about ten minutes; always exits with 0."""

import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from policy.hostile import MOTIFS
from tests.benchmarks import (
    acknowledging,
    checking,
    evaluating,
    idle,
    journeys,
    overseeing,
    reviewing,
    sweeping,
)
from tests.postgres import NoServer

WIDTHS = (52, 12, 12, 8, 8)
HEADINGS = ("", "Countersign", "at best", "ratio", "goal")


@dataclass(frozen=True)
class Row:
    """One figure of ours, what could be had at best, and their ratio."""

    what: str
    ours: str
    best: str = ""
    ratio: float | None = None
    goal: str = ""

    def __str__(self) -> str:
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}"
        return aligned(self.what, self.ours, self.best, ratio, self.goal)


def aligned(*cells: str) -> str:
    """Write one line of the table: words to the left, figures to the right."""
    first, *figures = zip(cells, WIDTHS, strict=True)
    return f"{first[0]:<{first[1]}}" + "".join(f"{cell:>{width}}" for cell, width in figures)


def acknowledgement() -> Iterator[Row]:
    """Compare with Bolt, an empty handler and one transaction."""
    ours, bare = acknowledging.measured(rounds=10)
    yield Row("/draft acknowledged, 50 at once: p50", f"{ours.p50:.0f} ms", f"{bare.p50:.0f} ms",
              ours.p50 / bare.p50)  # fmt: skip
    yield Row("/draft acknowledged, 50 at once: p99", f"{ours.p99:.0f} ms", f"{bare.p99:.0f} ms",
              ours.p99 / bare.p99, "< 1.5")  # fmt: skip
    yield Row("   of which at most 500 ms are allowed", f"{ours.p99:.0f} ms", goal="500 ms")


def whole_journeys() -> Iterator[Row]:
    """Compare with the bare rate of as many transactions."""
    yield _journeys("SQLite", journeys.on_sqlite(rounds=5, journeys=20))
    try:
        found = journeys.on_postgres(rounds=5, journeys=20)
    except NoServer as error:
        print(f"no PostgreSQL: {error}", file=sys.stderr)
    else:
        yield _journeys("PostgreSQL, no fsync", found)


def _journeys(where: str, rates: journeys.Rates) -> Row:
    what = f"journeys/s, {where} ({rates.transactions:.0f} commits each)"
    return Row(what, f"{rates.journeys:.1f}", f"{rates.bare:.1f}", rates.journeys / rates.bare)


def reviews() -> Iterator[Row]:
    """Compare an office with a long past with one without any."""
    found = reviewing.measured(rounds=15)
    yield Row("a vote, 200 revisions and 100,000 past drafts", f"{found.vote:.0f} ms",
              f"{found.vote_when_empty:.0f} ms", found.vote / found.vote_when_empty,
              "<= 1.5")  # fmt: skip
    yield Row("/queue with 1,000 open drafts", f"{found.queue:.0f} ms", goal="300 ms")
    view = overseeing.measured(rounds=9)
    yield Row("/offices with 1,000 offices, 5,000 pages", f"{view:.0f} ms", goal="300 ms")


def evaluations() -> Iterator[Row]:
    """Compare a page in a large installation with one in a hundredth of it."""
    found = evaluating.measured(rounds=5)
    yield Row("an evaluation, 1,000,000 drafts and updates", f"{found.page:.0f} ms",
              f"{found.page_when_small:.0f} ms", found.page / found.page_when_small,
              "1 s")  # fmt: skip
    yield Row("   the report of its office, five pages", f"{found.office:.0f} ms", goal="1 s")


def sweeps() -> Iterator[Row]:
    """Compare a long past with a short one, with as much that is due."""
    try:
        found = sweeping.measured(rounds=3)
    except NoServer as error:
        print(f"no PostgreSQL: {error}", file=sys.stderr)
        return
    for each in found.sweeps:
        yield Row(f"{each.name}, {each.did} messages, a million past rows", f"{each.ours:.0f} ms",
                  f"{each.short_past:.0f} ms", each.ours / each.short_past, "<= 2.0")  # fmt: skip
        yield Row("   longest single transaction", f"{each.longest:.0f} ms", goal="100 ms")
    for name, longest in found.others[:3]:
        yield Row(f"longest transaction of {name}"[:51], f"{longest:.0f} ms", goal="100 ms")


def idleness() -> Iterator[Row]:
    """Compare with a process that is connected to both services, and nothing else."""
    ours, empty = idle.measured(rounds=5)
    for what, one, other in (
        ("memory when idle (RSS)", ours.rss, empty.rss),
        ("memory when idle (PSS)", ours.pss, empty.pss),
    ):
        yield Row(what, f"{one:.0f} MiB", f"{other:.0f} MiB", one / other, "<= 1.4")
    yield Row("start to ready", f"{ours.seconds:.2f} s", f"{empty.seconds:.2f} s",
              ours.seconds / empty.seconds, "<= 1.4")  # fmt: skip
    yield Row("   of which the processor worked", f"{ours.cpu:.2f} s", f"{empty.cpu:.2f} s",
              ours.cpu / empty.cpu)  # fmt: skip


def checks() -> Iterator[Row]:
    """Compare with plain patterns, and with the other tools that are there."""
    ours, plain = checking.measured(rounds=3, count=2000)
    yield Row("posts checked in a second of one core", f"{ours.rate:.0f}", f"{plain.rate:.0f}",
              ours.rate / plain.rate, ">= .15")  # fmt: skip
    yield Row("one post alone: p99", f"{ours.p99:.2f} ms", f"{plain.p99:.2f} ms", goal="3 ms")
    yield Row("start to the first answer", f"{ours.start:.2f} s", f"{plain.start:.2f} s")
    yield Row("memory while checking", f"{ours.peak:.0f} MiB", f"{plain.peak:.0f} MiB",
              goal="80 MiB")  # fmt: skip
    for name, tool in checking.others(count=200):
        yield Row(f"   {name}: posts in a second", f"{tool.rate:.0f}", f"{plain.rate:.0f}",
                  tool.rate / plain.rate)  # fmt: skip
        yield Row(f"   {name}: p99, memory", f"{tool.p99:.1f} ms", f"{tool.peak:.0f} MiB")
    large, small = checking.lists((10_000, 100))
    yield Row("10,000 phrases against 100, a post", f"{large:.0f} µs", f"{small:.0f} µs",
              large / small, "< 3")  # fmt: skip
    for packs in (("bd",), ("uk", "directory-only")):
        found = checking.hostility(packs)
        yield Row(f"worst of 40,000 characters, {'+'.join(packs)}: ", "")
        for repeats in (True, False):
            worst, name = next(each for each in found if (each[1] in MOTIFS) == repeats)
            yield Row(f"   {name}"[:51], f"{worst:.0f} ms", goal="50 ms")


PARTS: tuple[Callable[[], Iterator[Row]], ...] = (
    checks,
    acknowledgement,
    whole_journeys,
    reviews,
    evaluations,
    sweeps,
    idleness,
)


def main() -> None:
    """Measure and print, part by part."""
    began = time.monotonic()
    print(aligned(*HEADINGS))
    print("-" * sum(WIDTHS))
    for part in PARTS:
        for row in part():
            print(row, flush=True)
    print(f"\nMedians, measured in turns, in {time.monotonic() - began:.0f} s. What they mean and")
    print("what “at best” is: docs/benchmarks.md.")


if __name__ == "__main__":
    main()
