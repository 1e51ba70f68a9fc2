"""The bot's own HTTP server: health, readiness, metrics, and what platforms answer there."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST

BODY_LIMIT = 1024 * 1024  # bytes; no platform sends more
Troubles = Callable[[], Awaitable[dict[str, str]]]
Measure = Callable[[], Awaitable[bytes | None]]


class CannotListen(Exception):
    """The address of the server cannot be had. The text is the system's own reason."""


def application(
    routes: Iterable[web.AbstractRouteDef], troubles: Troubles, measure: Measure
) -> web.Application:
    """Build the server.

    `troubles` names each part that is not ready, with the reason; `measure` gives the metrics,
    or nothing while the database does not answer.
    """

    async def health(_: web.Request) -> web.Response:
        return web.json_response({"status": "ok"})

    async def ready(_: web.Request) -> web.Response:
        found = await troubles()
        waiting = {part: reason for part, reason in found.items() if reason}
        body = {"status": "waiting" if waiting else "ready", "parts": found}
        return web.json_response(body, status=503 if waiting else 200)

    async def show_metrics(_: web.Request) -> web.Response:
        body = await measure()
        if body is None:
            return web.Response(status=503, text="the database does not answer")
        return web.Response(body=body, headers={"Content-Type": CONTENT_TYPE_LATEST})

    app = web.Application(client_max_size=BODY_LIMIT)
    app.add_routes(
        [web.get("/health", health), web.get("/ready", ready), web.get("/metrics", show_metrics)]
    )
    app.add_routes(list(routes))
    return app


@asynccontextmanager
async def serving(app: web.Application, host: str, port: int) -> AsyncIterator[int]:
    """Serve until the end of the block. Gives the port, which differs if 0 was asked for.

    Raises `CannotListen` if the address is taken, or is none of this machine's.
    """
    runner = web.AppRunner(app, handle_signals=False, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as error:
            raise CannotListen(error.strerror or str(error)) from error
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()
