"""Play a quarter of a thousand offices on both databases, and compare it with the oracle.

    make quarter                          1,000 offices, on SQLite and PostgreSQL: about an hour
    make quarter ARGS="200 7 sqlite"      so many offices, a seed, one database

Exits with 1 if a message is missing, is said twice, or should not have been said.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from storage import schema
from tests import postgres
from tests.engines import hurried
from tests.simulation import plan as planning
from tests.simulation.oracle import Oracle
from tests.simulation.plan import Plan
from tests.simulation.player import Player

SHOWN = 10  # differences


def main(offices: str = "1000", seed: str = "1", database: str = "") -> int:
    """Play on each database. Returns the exit code."""
    plan = planning.make(int(seed), int(offices), hours=4)
    began = time.monotonic()
    oracle = Oracle(plan)
    oracle.run()
    took = time.monotonic() - began
    print(
        f"{len(plan.places)} offices, {len(plan.sites)} pages, {len(plan.events)} events, "
        f"{len(plan.ticks)} looks; the oracle took {took:.0f} s",
        flush=True,
    )
    same = True
    if database in ("", "sqlite"):
        with tempfile.TemporaryDirectory(prefix="countersign-quarter-") as folder:
            same &= play(f"sqlite:///{Path(folder, 'quarter.db')}", plan, int(seed), oracle)
    if database in ("", "postgres"):
        with postgres.server() as server:
            url = server.clone(server.url("template0"))
            same &= play(url, plan, int(seed), oracle)
    return 0 if same else 1


def play(url: str, plan: Plan, seed: int, oracle: Oracle) -> bool:
    """Play on one database, and say how what was said differs from what was due."""
    engine = hurried(url)  # what it says does not depend on the disk
    schema.migrate(engine)
    began = time.monotonic()
    player = Player(engine, plan, seed)
    player.run(progress(len(plan.ticks)))
    said, due = player.said(), oracle.said
    short, was_due = player.short(), oracle.short
    engine.dispose()
    missing, extra = due - said, said - due
    print(
        f"{engine.dialect.name}: {sum(due.values())} messages about pages due, "
        f"{sum(said.values())} said, {sum(missing.values())} missing, "
        f"{sum(extra.values())} too many; {len(was_due)} short stretches, "
        f"{len(short ^ was_due)} judged otherwise; {time.monotonic() - began:.0f} s",
        flush=True,
    )
    for name, found in (("missing", missing), ("too many", extra)):
        for each in sorted(found, key=str)[:SHOWN]:
            print(f"   {name}: {each}")
    return said == due and short == was_due


def progress(total: int) -> Callable[[int], None]:
    """Say now and then how far it is."""
    began = time.monotonic()

    def show(number: int) -> None:
        if number % 20 == 0:
            took = time.monotonic() - began
            print(f"   {number} of {total} looks, {took:.0f} s", file=sys.stderr, flush=True)

    return show


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
