"""Listening to Slack: through Bolt, over HTTP or Socket Mode, acknowledged once it is stored."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.response import BoltResponse
from slack_sdk.signature import SignatureVerifier
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from bot.busy import Busy
from bot.platforms.base import NotSent, Unclear, Undeliverable
from bot.platforms.slack.calls import QUIET, Calls, Method, quiet_client
from bot.platforms.slack.errors import Health
from bot.platforms.slack.settings import Access, Pace

log = structlog.get_logger(__name__)

#: Takes in one payload. If it raises, the payload is not acknowledged.
Hear = Callable[[dict[str, Any]], Awaitable[None]]

PATH = "/slack/events"
ANY = re.compile(".*", re.DOTALL)
SOCKET = "socket"  # the trouble with the connection of Socket Mode
CONNECTING = "Slack's Socket Mode is being connected."
BROKEN_SOCKET = "Slack's Socket Mode connection is broken; it is being renewed."
NO_SOCKET = "Slack's Socket Mode cannot be connected: {reason}"
APP_REFUSED = "Slack refuses SLACK_APP_TOKEN ({code}): make a new one with connections:write."
MALFORMED = (AttributeError, IndexError, KeyError, TypeError, ValueError, RecursionError)


def bolt(access: Access, pace: Pace, hear: Hear) -> AsyncApp:
    """Build the Bolt app: whatever Slack sends is heard, then acknowledged.

    Everything is given explicitly, so that Bolt takes nothing from the environment. It never
    asks Slack who we are, so that no event is lost while Slack cannot answer.
    """
    secret = access.signing_secret
    app = AsyncApp(
        client=quiet_client(access, pace),
        authorize=_authorize,
        signing_secret=secret.get_secret_value() if secret else "",
        process_before_response=True,
        raise_error_for_unhandled_request=True,
        ignoring_self_events_enabled=False,
        logger=QUIET,
        name="countersign",
    )

    async def heard(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        context["is_ours"] = True
        await hear(body)
        await ack()

    for register in (app.event, app.command, app.action, app.shortcut, app.view, app.view_closed):
        register(ANY)(heard)
    app.error(_on_error)
    return app


async def _authorize() -> AuthorizeResult:
    return AuthorizeResult(enterprise_id=None, team_id=None)


async def _on_error(error: Exception, context: AsyncBoltContext) -> BoltResponse:
    """Answer so that Slack repeats what could not be stored, and forgets what nobody can read."""
    if context.get("is_ours"):
        log.error("slack event not stored", error=type(error).__name__)
        return BoltResponse(status=500, body="")
    log.warning("slack payload ignored", error=type(error).__name__)
    return BoltResponse(status=200, body="")


def routes(access: Access, app: AsyncApp) -> list[web.RouteDef]:
    """List what Slack calls in HTTP mode. Nothing is read before its signature is checked."""
    if access.app_token or access.signing_secret is None:
        return []
    verifier = SignatureVerifier(access.signing_secret.get_secret_value())

    async def receive(request: web.Request) -> web.Response:
        raw = await request.read()
        stamp = request.headers.get("X-Slack-Request-Timestamp", "")
        signature = request.headers.get("X-Slack-Signature", "")
        if not (stamp.isdecimal() and _is_signed(verifier, raw, stamp, signature)):
            log.warning("slack request refused: bad signature or old timestamp")
            return web.Response(status=401)
        try:
            understood = await to_bolt_request(request)
            answer = await app.async_dispatch(understood)
        except MALFORMED as error:  # what cannot be stored is answered by _on_error instead
            log.warning("slack payload ignored", error=type(error).__name__)
            return web.Response()
        return await to_aiohttp_response(answer)

    return [web.post(PATH, receive)]


def _is_signed(verifier: SignatureVerifier, raw: bytes, stamp: str, signature: str) -> bool:
    """Tell whether Slack signed a request. It signs nothing but text."""
    try:
        return verifier.is_valid(raw, stamp, signature)
    except ValueError:
        return False


class Envelopes(AsyncSocketModeHandler):
    """Counts what it is handling, so that closing can wait for it."""

    client: SocketModeClient

    def __init__(self, app: AsyncApp, token: str, pace: Pace) -> None:
        super().__init__(app, token, QUIET, ping_interval=pace.ping)
        self.client.proxy = app.client.proxy
        self.busy = Busy()

    async def handle(self, client: AsyncBaseSocketModeClient, req: SocketModeRequest) -> None:
        """Handle an envelope; one that nobody can read is acknowledged, or it would come back."""
        with self.busy:
            try:
                await super().handle(client, req)  # type: ignore[arg-type]
            except MALFORMED as error:
                log.warning("slack payload ignored", error=type(error).__name__)
                await client.send_socket_mode_response(SocketModeResponse(req.envelope_id))
            except ConnectionError:
                log.warning("slack envelope not acknowledged: the connection broke")

    async def close(self, patience: float) -> None:
        """Close, once what is being handled was acknowledged."""
        await self.busy.settle(patience)
        await self.close_async()  # type: ignore[no-untyped-call]
        await asyncio.sleep(0)  # its tasks end


class Socket:
    """Holds a Socket Mode connection, and renews it when it breaks and stays broken."""

    def __init__(self, access: Access, pace: Pace, app: AsyncApp) -> None:
        self.token = access.app_token.get_secret_value() if access.app_token else ""
        self.health = Health(APP_REFUSED)
        self.calls = Calls(access, pace, self.health, self.token)
        self.pace, self.app = pace, app

    async def hold(self) -> None:
        """Stay connected until cancelled."""
        wait = self.pace.first
        self.health.note(SOCKET, CONNECTING)
        while True:
            if await self._once():
                wait = self.pace.first
            await asyncio.sleep(wait)
            wait = min(wait * 2, self.pace.slowest)

    async def _once(self) -> bool:
        """Connect, and stay so while it works. Returns whether it did."""
        url = await self._address()
        if not url:
            return False
        envelopes = Envelopes(self.app, self.token, self.pace)
        envelopes.client.wss_uri = url
        try:
            return await self._watch(envelopes)
        finally:
            await envelopes.close(self.pace.store)

    async def _watch(self, envelopes: Envelopes) -> bool:
        """Return once the connection is broken, and the library had its time to mend it."""
        try:
            async with asyncio.timeout(self.pace.call):
                await envelopes.connect_async()  # type: ignore[no-untyped-call]
        except TimeoutError:
            self.health.note(SOCKET, BROKEN_SOCKET)
            return False
        patience = missing = 2 * int(self.pace.ping / self.pace.look) + 1
        while missing:
            if await envelopes.client.is_connected():
                missing = patience
                self.health.clear(SOCKET)
            else:
                missing -= 1
                self.health.note(SOCKET, BROKEN_SOCKET)
            await asyncio.sleep(self.pace.look)
        return True

    async def _address(self) -> str:
        """Ask Slack where to connect. Returns nothing when it does not say."""
        try:
            return str((await self.calls.call(Method.CONNECT)).get("url", ""))
        except (NotSent, Unclear, Undeliverable) as error:
            self.health.note(SOCKET, NO_SOCKET.format(reason=error))
            log.warning("slack socket not connected", reason=str(error))
            return ""
