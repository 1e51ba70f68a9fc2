"""A Slack and a Telegram that stand in on loopback, in a process of their own.

Prints the settings with which to reach them, and ends when its input does.
"""

import asyncio
import json
import sys

from tests.fakes.slack import FakeSlack
from tests.fakes.telegram import FakeTelegram


async def main() -> None:
    """Serve until standard input ends."""
    async with FakeSlack() as slack, FakeTelegram() as telegram:
        environment = {
            **slack.environment("socket"),
            "TELEGRAM_BOT_TOKEN": telegram.token,
            "TELEGRAM_API_URL": telegram.api_url,
        }
        print(json.dumps(environment), flush=True)
        await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main())
