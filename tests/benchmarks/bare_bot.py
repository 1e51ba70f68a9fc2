"""The least that can acknowledge a command: Bolt, one committed insert, and nothing else.

The same libraries, server, database settings and database thread as the bot's.
"""

import asyncio
import os
import signal
from typing import Any

from aiohttp import web
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from sqlalchemy import Engine

from bot.database import Threads
from storage.db import connect

TABLE = "CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL)"
INSERT = "INSERT INTO note (text) VALUES (?)"


async def main() -> None:
    """Serve until told to stop."""
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    app = application(connect(os.environ["DATABASE_URL"])).web_app(path="/slack/events")
    app.add_routes([web.get("/ready", ready)])
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", int(os.environ["HTTP_PORT"])).start()
    await stop.wait()
    await runner.cleanup()


async def ready(_: web.Request) -> web.Response:
    """Answer at once: there is nothing to wait for."""
    return web.Response()


def application(engine: Engine) -> AsyncApp:
    """Build the Bolt app."""
    threads = Threads(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql(TABLE)
    del os.environ["SLACK_BOT_TOKEN"]  # or Bolt warns that it is not used
    app = AsyncApp(
        signing_secret=os.environ["SLACK_SIGNING_SECRET"],
        authorize=authorize,
        process_before_response=True,
    )

    def store(text: str) -> None:
        with engine.begin() as connection:
            connection.exec_driver_sql(INSERT, (text,))

    async def note(ack: AsyncAck, body: dict[str, Any]) -> None:
        await threads.run(store, body["text"])
        await ack()

    app.command("/draft")(note)
    return app


async def authorize() -> AuthorizeResult:
    """Know no team: nothing is looked up."""
    return AuthorizeResult(enterprise_id=None, team_id=None)


if __name__ == "__main__":
    asyncio.run(main())
