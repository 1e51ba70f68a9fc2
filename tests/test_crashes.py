"""Kill -9 at any point of the loop: no decision and no message is lost, and none is doubled.

A chat service that can be searched gets every message once. One that cannot gets a repeat of what
may have arrived before, and the repeat says that it is one.
"""

import json
import re
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from bot.outbox import REPEATED
from bot.points import Point
from tests.office import TestOffice

ROOT = Path(__file__).parents[1]
EVERY = 8  # of the times that a point is reached, so many are left out between two crashes
MARK = f"{REPEATED}\n"
NUMBERS = re.compile(r"(?<=[Dd]raft )\d+|\d\d:\d\d")

Said = tuple[str, str, str, str]  # platform, chat, to whom, words


def play(engine: Engine, folder: Path, kind: str, start: int) -> list[dict[str, Any]]:
    """Play the story again and again, with a crash in each, and return what was left each time."""
    TestOffice(engine).close()  # imports the office
    url = engine.url.render_as_string(hide_password=False)
    engine.dispose()
    script = [sys.executable, "-m", "tests.processes.crashes"]
    options = [url, str(folder), kind, str(EVERY), str(start)]
    done = subprocess.run(
        [*script, *options], cwd=ROOT, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def said(run: dict[str, Any]) -> Counter[Said]:
    """Count the messages as they were posted, without what differs from draft to draft."""
    posted = ((p, chat, to, first) for p, chat, to, first, _ in run["posts"])
    return Counter((p, chat, to, NUMBERS.sub("#", words)) for p, chat, to, words in posted)


def shown(run: dict[str, Any]) -> Counter[Said]:
    """Count the messages as they stand in the end."""
    return said(run | {"posts": [[*post[:3], post[4], ""] for post in run["posts"]]})


def check_record(runs: list[dict[str, Any]]) -> None:
    """No decision, vote or entry is lost or doubled, whatever happened."""
    first, *others = runs
    assert first["drafts"] == [["approved", 2]]
    for run in others:
        place = f"{run['point']} {run['reach']}"
        assert run["drafts"] == first["drafts"], place
        assert run["actions"] == first["actions"], place
        assert run["intact"], place
    assert {run["point"] for run in others if run["killed"]} == set(Point)


def test_where_messages_can_be_looked_up_a_crash_leaves_no_trace(
    engine: Engine, tmp_path: Path
) -> None:
    runs = play(engine, tmp_path, "seeing", 0)
    check_record(runs)
    for run in runs[1:]:
        place = f"{run['point']} {run['reach']}"
        assert said(run) == said(runs[0]), place
        assert shown(run) == shown(runs[0]), place


def test_where_they_cannot_a_message_is_neither_lost_nor_repeated_unmarked(
    engine: Engine, tmp_path: Path
) -> None:
    runs = play(engine, tmp_path, "blind", 1)
    check_record(runs)
    expected = said(runs[0])
    for run in runs[1:]:
        place = f"{run['point']} {run['reach']}"
        found = said(run)
        marked = {each for each in found if each[3].startswith(MARK)}
        plain = Counter({each: n for each, n in found.items() if each not in marked})
        repeated = Counter((*each[:3], each[3].removeprefix(MARK)) for each in marked)
        assert set(plain | repeated) == set(expected), place
        assert plain <= expected, place
        assert newest_cards(run) == newest_cards(runs[0]), place


def newest_cards(run: dict[str, Any]) -> dict[str, str]:
    """Return how the newest copy of the card ends, in each chat."""
    cards = [post for post in run["posts"] if post[3].removeprefix(MARK).startswith("Draft ")]
    cards = [post for post in cards if "By amina" in post[3]]
    return {post[1]: NUMBERS.sub("#", post[4].splitlines()[-1]) for post in cards}


@cache
def sources() -> str:
    """Return the code of the bot."""
    return "".join(path.read_text("utf-8") for path in (ROOT / "bot").rglob("*.py"))


@pytest.mark.parametrize("point", Point)
def test_every_point_is_reached_in_one_place_of_the_code(point: Point) -> None:
    assert sources().count(f"reach(Point.{point.name})") == 1


def test_the_code_reaches_no_point_that_is_not_in_the_table() -> None:
    reached = re.findall(r"reach\(Point\.(\w+)\)", sources())
    assert sorted(reached) == sorted(point.name for point in Point)
