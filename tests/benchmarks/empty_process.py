"""What any bot on these libraries takes at least: connected to both services, and nothing else.

Bolt holds its socket, the telegram library polls, `/ready` answers. It does nothing with what
it hears, remembers nothing and knows no office.
"""

import asyncio
import os
import signal

from aiohttp import web
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from telegram.ext import Application


async def main() -> None:
    """Connect, say so at `/ready`, and wait to be stopped."""
    stop, ready = asyncio.Event(), asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    runner = await serving(ready)
    slack = await slack_connected()
    telegram = Application.builder().token(os.environ["TELEGRAM_BOT_TOKEN"])
    polling = telegram.base_url(os.environ["TELEGRAM_API_URL"]).job_queue(None).build()
    assert polling.updater is not None
    await polling.initialize()
    await polling.start()
    await polling.updater.start_polling(timeout=25)
    ready.set()
    await stop.wait()
    await polling.updater.stop()
    await polling.stop()
    await polling.shutdown()
    await slack.close_async()
    await runner.cleanup()


async def serving(is_ready: asyncio.Event) -> web.AppRunner:
    """Answer `/ready` with 503, and with 200 once everything is connected."""

    async def ready(_: web.Request) -> web.Response:
        return web.Response(status=200 if is_ready.is_set() else 503)

    app = web.Application()
    app.add_routes([web.get("/ready", ready)])
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", int(os.environ["HTTP_PORT"])).start()
    return runner


async def slack_connected() -> AsyncSocketModeHandler:
    """Open Bolt's socket."""
    token, url = os.environ.pop("SLACK_BOT_TOKEN"), os.environ["SLACK_API_URL"]
    app = AsyncApp(client=AsyncWebClient(token=token, base_url=url))
    handler = AsyncSocketModeHandler(app, os.environ["SLACK_APP_TOKEN"])
    await handler.connect_async()
    return handler


if __name__ == "__main__":
    asyncio.run(main())
