"""The posts to measure on: our own, and those of public sets where somebody has them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from policy.bulk import Line
from policy.entries import Example
from policy.findings import Post
from tests.accuracy import generated

FOLDER = Path(__file__).with_name("posts")
REGIONS = {"uk": "GB", "ni": "GB", "bd": "BD", "ws": "WS", "sc": "SC"}


@dataclass(frozen=True)
class Labelled:
    """A post, the packs it is judged by, and every rule that has to object to it."""

    id: str
    post: Post
    packs: tuple[str, ...]
    expected: frozenset[str]


@dataclass(frozen=True)
class ForRule:
    """A post that one rule must find, or must pass. Other rules may say what they like."""

    rule: str
    post: Post
    packs: tuple[str, ...]
    bad: bool


@dataclass(frozen=True)
class Hateful:
    """A post, whether it is hateful, and the kind of case it stands for."""

    text: str
    kind: str
    hateful: bool


def labelled() -> Iterator[Labelled]:
    """Read whole posts, labelled with all that is wrong with them."""
    for line in _lines(FOLDER / "labelled.jsonl"):
        jurisdiction = line["jurisdiction"]
        post = Line.model_validate(line).post()
        if not post.region:
            post = replace(post, region=REGIONS.get(jurisdiction, ""))
        packs = (jurisdiction,) if jurisdiction in REGIONS else ()
        yield Labelled(line["id"], post, packs, frozenset(line["expect"]))


def for_rules() -> Iterator[ForRule]:
    """Read posts that were written for one rule."""
    for entry in _yaml("rules")["posts"]:
        for name in ("bad", "good"):
            for given in entry[name]:
                post = Example.model_validate(given).post()
                yield ForRule(entry["rule"], post, tuple(entry.get("packs", ())), name == "bad")


def hateful() -> Iterator[Hateful]:
    """Read hateful posts and their look-alikes."""
    for entry in _yaml("hate")["kinds"]:
        for text in entry["posts"]:
            yield Hateful(text, entry["kind"], entry["hateful"])


def official() -> tuple[str, ...]:
    """Read ordinary official posts."""
    return tuple(_yaml("official")["posts"])


def personal() -> Iterator[generated.Case]:
    """Make sentences with somebody's data in them, and some that only look so."""
    given = _yaml("personal")
    return generated.cases(given["kinds"], given["clean"])


def public_hate(path: Path) -> Iterator[Hateful]:
    """Read a file of HateCheck: `text`, `functionality`, `label`."""
    for line in _lines(path):
        yield Hateful(line["text"], line["functionality"], line["label"] == "hateful")


def public_texts(path: Path) -> tuple[str, ...]:
    """Read the texts of a file of official prose."""
    return tuple(line["text"] for line in _lines(path))


def public_lines(path: Path) -> tuple[dict[str, Any], ...]:
    """Read the lines of any JSON Lines file."""
    return tuple(_lines(path))


@cache
def _yaml(name: str) -> Any:
    return yaml.safe_load((FOLDER / f"{name}.yaml").read_text("utf-8"))


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())
