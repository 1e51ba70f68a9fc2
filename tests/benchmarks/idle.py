"""Idle memory and start-up of the whole bot, against a process that is only connected."""

import json
import os
import statistics
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.running import ROOT, free_port, process, until_ready

OURS, EMPTY = ("-m", "bot", "run"), ("-m", "tests.benchmarks.empty_process")
SETTLE = 3.0  # seconds of idleness before memory is read
MIB = 1024  # kB


@dataclass(frozen=True)
class Idle:
    """What one start took."""

    seconds: float  # from the start of the process to 200 at /ready
    cpu: float  # seconds of work in that time, which other work on the machine does not stretch
    rss: float  # MiB
    pss: float  # MiB; pages that several processes share are divided among them


def measured(rounds: int) -> tuple[Idle, Idle]:
    """Start both in turns. Returns the medians of ours and of the empty one."""
    with tempfile.TemporaryDirectory() as name, services(Path(name)) as settings:
        folder = Path(name)
        one(OURS, settings, folder)  # migrates the new database, and fills the caches
        one(EMPTY, settings, folder)
        ours, empty = [], []
        for _ in range(rounds):
            ours.append(one(OURS, settings, folder, settle=SETTLE))
            empty.append(one(EMPTY, settings, folder, settle=SETTLE))
    return median(ours), median(empty)


def median(found: list[Idle]) -> Idle:
    """Return the median of each figure."""
    return Idle(
        statistics.median(each.seconds for each in found),
        statistics.median(each.cpu for each in found),
        statistics.median(each.rss for each in found),
        statistics.median(each.pss for each in found),
    )


@contextmanager
def services(folder: Path) -> Iterator[dict[str, str]]:
    """Run the two services. Gives the settings of a bot that uses them."""
    with process("-m", "tests.benchmarks.services", settings={}, folder=folder) as running:
        assert running.stdout is not None
        yield json.loads(running.stdout.readline()) | {
            "DATABASE_URL": f"sqlite:///{folder}/bench.db",
            "OFFICES_FILE": str(ROOT / "deploy" / "offices.yaml"),
            "LOG_LEVEL": "error",
        }


def one(
    what: tuple[str, ...], settings: Mapping[str, str], folder: Path, *, settle: float = 0.0
) -> Idle:
    """Start a process once, let it idle, read what it takes, and stop it."""
    port = free_port()
    began = time.perf_counter()
    with process(*what, settings={**settings, "HTTP_PORT": str(port)}, folder=folder) as running:
        until_ready(running, port)
        seconds, worked = time.perf_counter() - began, cpu(running.pid)
        time.sleep(settle)
        sizes = memory(running.pid)
    return Idle(seconds, worked, sizes["Rss"] / MIB, sizes["Pss"] / MIB)


def cpu(pid: int) -> float:
    """Return the seconds that a process has worked, as Linux tells them."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory(pid: int) -> dict[str, int]:
    """Return the sizes of a process, in kB, as Linux tells them."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()[1:]
    return {key.rstrip(":"): int(size) for key, size, _ in map(str.split, lines)}
