"""How long `/draft` waits for its acknowledgement over Slack HTTP when 50 people type it at once.

The bot runs as in production, with its workers and its outbox. The load and the Slack that it
talks to are in this process, the two bots in one each; they are asked in turns.
"""

import asyncio
import itertools
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import aiohttp

from tests.benchmarks.running import free_port, process, until_ready
from tests.benchmarks.sink import Sink, sink
from tests.fakes.slack_delivery import signed

AT_ONCE = 50
SECRET = "a-secret-for-measuring"
HEAD = """\
offices:
  - name: Ministry of Works
    timezone: Asia/Dhaka
    country: BD
    packs: [bd]
    moderators: {platform: slack, chat: C0MODS}
    people:
      - {name: Bo, roles: [moderator], slack: U0BO}
      - {name: Chen, roles: [moderator, senior], slack: U0CHEN}
      - {name: Dara, roles: [moderator], slack: U0DARA}
"""
AUTHOR = "      - {{name: Author {0:02}, roles: [author], slack: U0A{0:02}}}\n"
PAGE = """\
    pages:
      - name: Works on Facebook
        kind: facebook
        url: "https://facebook.example/works"
        owner: Author 00
"""
OFFICES = HEAD + "".join(map(AUTHOR.format, range(AT_ONCE))) + PAGE
TEXT = "The bridge at Kanchpur is closed on Monday from 9 am, for repairs. Case {number}."


@dataclass(frozen=True)
class Waits:
    """How long people waited, in milliseconds: medians over the rounds."""

    p50: float
    p99: float


def measured(rounds: int) -> tuple[Waits, Waits]:
    """Return the waits for the bot, and for the least that could answer."""
    return asyncio.run(_measured(rounds))


async def _measured(rounds: int) -> tuple[Waits, Waits]:
    ours, bare = [], []
    async with sink() as slack:
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            first = await asyncio.to_thread(start, stack, folder, "bot", slack.port)
            second = await asyncio.to_thread(start, stack, folder, "bare", slack.port)
            numbers = itertools.count(1)
            for _ in range(rounds + 1):  # the first warms up
                ours.append(await burst(first, slack, numbers))
                bare.append(await burst(second, slack, numbers))
    return summary(ours[1:]), summary(bare[1:])


def start(stack: ExitStack, folder: Path, what: str, slack: int) -> int:
    """Start a bot. Returns its port."""
    (folder / "offices.yaml").write_text(OFFICES, "utf-8")
    port = free_port()
    module = {"bot": ("-m", "bot", "run"), "bare": ("-m", "tests.benchmarks.bare_bot")}
    settings = {
        "DATABASE_URL": f"sqlite:///{folder}/{what}.db",
        "HTTP_PORT": str(port),
        "LOG_LEVEL": "warning",
        "SLACK_API_URL": f"http://127.0.0.1:{slack}/api/",
        "SLACK_BOT_TOKEN": "xoxb-for-measuring",
        "SLACK_SIGNING_SECRET": SECRET,
    }
    running = stack.enter_context(process(*module[what], settings=settings, folder=folder))
    until_ready(running, port)
    return port


async def burst(port: int, slack: Sink, numbers: Iterator[int]) -> list[float]:
    """Let everybody type at once. Returns how long each waited, in seconds, in order."""
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector) as session:
        typed = [
            command(session, port, slack.port, author=author, number=next(numbers))
            for author in range(AT_ONCE)
        ]
        waits = await asyncio.gather(*typed)
    await slack.settled()
    return sorted(waits)


async def command(
    session: aiohttp.ClientSession, port: int, slack: int, *, author: int, number: int
) -> float:
    """Type `/draft ...`. Returns how long it was until the bot took it."""
    fields = {
        "command": "/draft",
        "text": TEXT.format(number=number),
        "user_id": f"U0A{author:02}",
        "channel_id": f"D0A{author:02}",
        "team_id": "T0TEAM",
        "api_app_id": "A0APP",
        "trigger_id": f"{number}.trigger",
        "response_url": f"http://127.0.0.1:{slack}/api/respond",
    }
    body = urlencode(fields)
    headers = signed(SECRET, body) | {"Content-Type": "application/x-www-form-urlencoded"}
    url = f"http://127.0.0.1:{port}/slack/events"
    began = time.perf_counter()
    async with session.post(url, data=body, headers=headers) as answer:
        await answer.read()
    seconds = time.perf_counter() - began
    answer.raise_for_status()
    return seconds


def summary(rounds: list[list[float]]) -> Waits:
    """Take the medians over the rounds. Of 50 waits the longest is the 99th percentile."""
    p50 = statistics.median(statistics.median(waits) for waits in rounds)
    p99 = statistics.median(percentile(waits, 0.99) for waits in rounds)
    return Waits(1000 * p50, 1000 * p99)


def percentile(waits: list[float], share: float) -> float:
    """Return the wait that so large a share did not exceed."""
    return waits[min(len(waits) - 1, int(share * len(waits)))]
