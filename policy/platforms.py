"""The kinds of pages an office may have, and how long a text may be on each."""

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from policy.documents import read

DATA = Path(__file__).with_name("platforms.yaml")


class Count(StrEnum):
    """How a platform counts the length of a text."""

    CHARACTERS = "characters"
    GRAPHEMES = "graphemes"
    X = "x"
    MASTODON = "mastodon"


class Kind(BaseModel):
    """One kind of page. A limit that is missing means that there is none."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    label: str
    limit: int | None = None
    title: int | None = None
    caption: int | None = None
    count: Count = Count.CHARACTERS


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    checked: str
    kinds: dict[str, Kind]


KINDS: Mapping[str, Kind] = read(DATA.read_text("utf-8"), _File, DATA.name).kinds


def label(kind: str) -> str:
    """Return the name of a kind of page as people write it."""
    return KINDS[kind].label if kind in KINDS else kind
