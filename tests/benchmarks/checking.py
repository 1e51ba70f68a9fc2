"""How fast posts are checked, beside plain patterns, and beside other tools if there are any."""

import gc
import json
import os
import statistics
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from math import inf
from pathlib import Path

from policy import library
from policy.findings import Post
from policy.hostile import hostile
from policy.rules import review
from policy.terms import Terms
from policy.texts import Reading
from tests.benchmarks.other_tools import TOOLS
from tests.benchmarks.running import ROOT

OURS = ("-m", "bot", "check", "--jsonl", "--packs", "common,bd")
PLAIN = ("-m", "tests.benchmarks.plain_re")

#: The Python of a virtual environment in which other tools are installed.
OTHERS = "BENCH_TOOLS"

SIZE = 240
SENTENCES = (
    "The clinic in the old harbour office is open again from Monday.",
    "Bring your card, your letters and a pen, and come ten minutes early.",
    "Buses stop outside the new entrance on the quay every half hour.",
    "Ring the town hall if your bin was missed because of the snow.",
    "Our crews will come back to every street they could not reach.",
    "Farmers who lost crops in the flood may ask for help until June.",
    "Thank you to the 312 neighbours who planted trees on Saturday.",
    "More about the works: https://www.example.gov.ws/works/bridge",
    "Read the notice in full before you decide. #RoadSafety",
    "The ferry sails at 7.45am, at noon and at 5pm until 3 April 2026.",
    "সেতুর কাজ আগামী সোমবার শুরু হবে, তাই বিকল্প পথ ব্যবহার করুন।",
    "টিকা নিতে কার্ড সঙ্গে আনুন এবং সকাল দশটার আগে কেন্দ্রে আসুন।",
    "বিস্তারিত জানতে ইউনিয়ন পরিষদ কার্যালয়ে যোগাযোগ করুন।",
    "নদীর পানি বাড়ছে, নিচু এলাকার মানুষ আশ্রয়কেন্দ্রে যান।",
)


@dataclass(frozen=True)
class Speed:
    """What one checker took."""

    rate: float  # posts for each second that the processor worked, all sent at once
    p99: float  # milliseconds for one post, sent alone
    start: float  # seconds to the first answer
    peak: float  # MiB


def posts(count: int) -> list[bytes]:
    """Return posts of our own, as lines: sentences put together in ever new ways."""
    return [line(number, text(number)) for number in range(count)]


def text(number: int) -> str:
    """Return a post of about 240 characters, every fourth in Bangla."""
    english, bangla = SENTENCES[:10], SENTENCES[10:]
    among = bangla if number % 4 == 3 else english
    parts = [among[(number * (step + 1) + step * step) % len(among)] for step in range(6)]
    return " ".join(dict.fromkeys(parts))[:SIZE]


def line(number: int, text: str) -> bytes:
    """Return a post as a line of JSON."""
    return f"{json.dumps({'id': str(number), 'text': text}, ensure_ascii=False)}\n".encode()


def measured(rounds: int, count: int) -> tuple[Speed, Speed]:
    """Return our figures, and those of plain patterns, taken in turns: medians."""
    lines = posts(count)
    taken = [
        (speed((sys.executable, *OURS), lines), speed((sys.executable, *PLAIN), lines))
        for _ in range(rounds)
    ]
    ours, plain = zip(*taken, strict=True)
    return median(ours), median(plain)


def others(count: int) -> Iterator[tuple[str, Speed]]:
    """Measure the other tools that the environment named by BENCH_TOOLS has."""
    python = os.environ.get(OTHERS, "")
    for name in TOOLS if python else ():
        if subprocess.run([python, "-c", f"import {name}"], capture_output=True).returncode == 0:
            tool = (python, "-m", "tests.benchmarks.other_tools", name)
            yield name, speed(tool, posts(count))


def speed(command: Sequence[str], lines: Sequence[bytes]) -> Speed:
    """Measure a checker: its start, all posts at once, and each of some posts alone."""
    began = time.perf_counter()
    with checker(command) as process:
        ask(process, lines[0])
        start = time.perf_counter() - began
        together(process, lines)
        rates = [len(lines) / together(process, lines) for _ in range(3)]
        waits = sorted(ask(process, each) for each in lines[:500])
        return Speed(
            statistics.median(rates), 1000 * waits[int(0.99 * len(waits))], start, peak(process)
        )


@contextmanager
def checker(command: Sequence[str]) -> Iterator[subprocess.Popen[bytes]]:
    """Run a checker until the end of the block."""
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, bufsize=1 << 20) as process:
        yield process
        assert process.stdin
        process.stdin.close()


def ask(process: subprocess.Popen[bytes], line: bytes) -> float:
    """Send one post. Returns how many seconds its answer took."""
    assert process.stdin
    assert process.stdout
    began = time.perf_counter()
    process.stdin.write(line)
    process.stdin.flush()
    process.stdout.readline()
    return time.perf_counter() - began


def together(process: subprocess.Popen[bytes], lines: Sequence[bytes]) -> float:
    """Send all posts. Returns how many seconds the processor worked for their answers.

    Time on the clock would compare how the machine treats a long run and a short one.
    """
    assert process.stdin
    assert process.stdout
    began = worked(process)
    feeding = threading.Thread(target=feed, args=(process, b"".join(lines)))
    feeding.start()
    for _ in lines:
        process.stdout.readline()
    feeding.join()
    return worked(process) - began


def worked(process: subprocess.Popen[bytes]) -> float:
    """Return the seconds that the processor has worked for a process, in all its threads."""
    threads = Path(f"/proc/{process.pid}/task").glob("*/schedstat")
    return sum(int(each.read_text().split()[0]) for each in threads) / 1e9


def feed(process: subprocess.Popen[bytes], given: bytes) -> None:
    """Write while somebody else reads."""
    assert process.stdin
    process.stdin.write(given)
    process.stdin.flush()


def peak(process: subprocess.Popen[bytes]) -> float:
    """Return the most memory that a process had, in MiB."""
    status = Path(f"/proc/{process.pid}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def median(found: Sequence[Speed]) -> Speed:
    """Return the median of each figure."""
    return Speed(
        *(
            statistics.median(getattr(each, name) for each in found)
            for name in Speed.__dataclass_fields__
        )
    )


def lists(sizes: Sequence[int], rounds: int = 50) -> list[float]:
    """Return the microseconds for looking for a list of each size in one post."""
    return [
        1e6 * min(found(Terms(f"word{number} of{number}*" for number in range(size)))
                  for _ in range(rounds))
        for size in sizes
    ]  # fmt: skip


def found(terms: Terms) -> float:
    """Return the seconds that it takes to look for a list in 100 posts, for one."""
    readings = [Reading(Post(text(number))) for number in range(100)]
    began = time.process_time()
    for each in readings:
        terms.of(each)
    return (time.process_time() - began) / len(readings)


def hostility(packs: Sequence[str]) -> list[tuple[float, str]]:
    """Return the milliseconds for each hostile text of 40,000 characters, the worst first."""
    rules = library.load(packs)
    gc.freeze()  # as the bot does
    best: dict[str, float] = defaultdict(lambda: inf)
    for seed in range(3):  # no soup is read twice: what was read once is remembered
        for name, given in hostile(40_000, seed).items():
            best[name] = min(best[name], 1000 * seconds(given, rules))
    return sorted(((took, name) for name, took in best.items()), reverse=True)


def seconds(given: str, rules: library.Ruleset) -> float:
    """Return the CPU seconds for a review."""
    began = time.process_time()
    review(Post(given, platform="x", purpose="warning", region="BD"), rules)
    return time.process_time() - began
