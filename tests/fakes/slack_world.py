"""A workspace as it stands: channels, people, messages, forms, and what may go wrong next."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import yaml

from tests.fakes import slack_blocks

Json = dict[str, Any]

ROOT = Path(__file__).parents[2]
SPECS: Json = json.loads((ROOT / "tests/specs/slack_api.json").read_text())
MANIFEST = ROOT / "deploy/slack-manifest-socket.yaml"

TEAM, APP = "T0TEAM", "A0APP"
BOT_USER, BOT = "U0COUNTERSIGN", "B0COUNTERSIGN"


def manifest(path: Path = MANIFEST) -> Json:
    """Return what the app asks of Slack."""
    found: Json = yaml.safe_load(path.read_text())
    return found


@dataclass
class Said:
    """A message as it stands now."""

    channel: str
    ts: str
    user: str
    text: str = ""
    blocks: list[Json] = field(default_factory=list)
    metadata: Json | None = None
    thread: str = ""
    only_for: str = ""  # an ephemeral message, and who sees it
    reactions: dict[str, list[str]] = field(default_factory=dict)
    edits: int = 0
    files: list[Json] = field(default_factory=list)

    @property
    def words(self) -> str:
        """What a reader sees; the lines of a quote have a bar before them."""
        return slack_blocks.words(self.blocks) or self.text

    @property
    def quotes(self) -> list[str]:
        """The quotes in it, exactly."""
        return slack_blocks.quotes(self.blocks)

    @property
    def markup(self) -> list[str]:
        """What in it would mention somebody or be a link."""
        return slack_blocks.markup(self.text)

    @property
    def buttons(self) -> list[str]:
        """The labels of its buttons."""
        return [button["text"]["text"] for button in slack_blocks.buttons(self.blocks)]

    def button(self, label: str) -> Json:
        """Find a button by a part of its label."""
        found = [b for b in slack_blocks.buttons(self.blocks) if label in b["text"]["text"]]
        assert len(found) == 1, f"{len(found)} buttons “{label}” among {self.buttons}"
        return found[0]

    def payload(self, *, full: bool = True) -> Json:
        """Write it as Slack does."""
        said: Json = {"type": "message", "user": self.user, "ts": self.ts, "text": self.text}
        if self.user == BOT_USER:
            said |= {"bot_id": BOT, "app_id": APP, "team": TEAM}
        if self.blocks:
            said["blocks"] = self.blocks
        if self.files:
            said["files"] = self.files
        if self.thread:
            said["thread_ts"] = self.thread
        if self.reactions:
            said["reactions"] = [
                {"name": name, "users": users if full else users[:1], "count": len(users)}
                for name, users in self.reactions.items()
            ]
        return said


@dataclass
class Channel:
    """A channel, or the direct messages of a person and the bot."""

    id: str
    members: set[str]
    messages: dict[str, Said] = field(default_factory=dict)
    archived: bool = False


@dataclass
class Trigger:
    """The permission to open a form: once, for three seconds."""

    user: str
    at: float
    used: bool = False


@dataclass
class Modal:
    """A form that a person has before them."""

    id: str
    hash: str
    user: str
    view: Json
    open: bool = True

    @property
    def title(self) -> str:
        """What stands above it."""
        title: str = self.view["title"]["text"]
        return title

    @property
    def labels(self) -> list[str]:
        """The labels of its fields."""
        return [block["label"]["text"] for block in self.view["blocks"]]

    def block(self, name: str) -> Json:
        """Find a field by its name or its label."""
        for block in self.view["blocks"]:
            if name in (block["block_id"], block["label"]["text"]):
                found: Json = block
                return found
        raise AssertionError(f"no field “{name}” among {self.labels}")


@dataclass(frozen=True)
class Fault:
    """What goes wrong at a call."""

    error: str = ""
    status: int = 200
    retry_after: int | None = None
    drop: str = ""  # the connection breaks "before" or "after" the effect
    delay: float = 0.0


def refused(code: str) -> Fault:
    """Turn a call down, as with `channel_not_found`."""
    return Fault(error=code)


def limited(seconds: int) -> Fault:
    """Answer 429 with Retry-After."""
    return Fault(error="ratelimited", status=429, retry_after=seconds)


def broken(status: int = 500) -> Fault:
    """Answer with a status of the 5xx kind, and no JSON; nothing is done."""
    return Fault(status=status)


def dropped(moment: str) -> Fault:
    """Break the connection "before" or "after" the effect."""
    return Fault(drop=moment)


def slow(seconds: float) -> Fault:
    """Do it, and answer late."""
    return Fault(delay=seconds)


@dataclass(frozen=True)
class Called:
    """A call of the Web API."""

    method: str
    args: Json
    at: float


class World:
    """All that a workspace remembers."""

    def __init__(self) -> None:
        self.now: Callable[[], float] = time.time
        self.users: dict[str, str] = {BOT_USER: "countersign"}
        self.channels: dict[str, Channel] = {}
        self.whispers: list[Said] = []
        self.modals: list[Modal] = []
        self.homes: dict[str, Said] = {}  # the Home tab of each person, once it was published
        self.triggers: dict[str, Trigger] = {}
        self.hooks: dict[str, tuple[str, str, int]] = {}  # id -> user, channel, uses left
        self.calls: list[Called] = []
        self.faults: dict[str, list[Fault]] = {}
        self.problems: list[str] = []
        self.scopes = set(manifest()["oauth_config"]["scopes"]["bot"])
        self.events = set(manifest()["settings"]["event_subscriptions"]["bot_events"])
        self.revoked = ""  # the error of every call, once the token is worthless
        self.app_revoked = ""  # the same for the app-level token
        self.trigger_life = 3.0
        self._numbers = count(1)
        self._newest = 0.0

    def number(self) -> int:
        """Return a number that was not used before."""
        return next(self._numbers)

    def ts(self) -> str:
        """Return the id of a new message: its time, made unique."""
        self._newest = max(round(self.now(), 6), round(self._newest + 0.000001, 6))
        return f"{self._newest:.6f}"

    def direct(self, user: str) -> Channel:
        """Return the direct messages of a person and the bot."""
        name = f"D{user[1:]}"
        return self.channels.setdefault(name, Channel(name, {user, BOT_USER}))

    def trigger(self, user: str) -> str:
        """Permit to open a form for a person, for a short time."""
        name = f"{self.number()}.{TEAM}.{'f' * 32}"
        self.triggers[name] = Trigger(user, time.monotonic())
        return name

    def fault(self, method: str) -> Fault:
        """Take the next thing that goes wrong at a method."""
        for key in (method, "*"):
            if self.faults.get(key):
                return self.faults[key].pop(0)
        return Fault()
