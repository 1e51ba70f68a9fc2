"""How the fake reaches the bot: signed requests or Socket Mode envelopes, with clocks running."""

import asyncio
import hashlib
import hmac
import json
import time
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode

import aiohttp
from aiohttp import web

from tests.fakes.slack_world import Json

PATIENCE = 3.0  # seconds that Slack waits


class Sort(StrEnum):
    """What is delivered; the values are those of Socket Mode."""

    EVENT = "events_api"
    COMMAND = "slash_commands"
    INTERACTION = "interactive"


@dataclass
class Delivery:
    """Something that the bot was told, and how it took it."""

    sort: Sort
    body: Json
    tries: int = 0
    status: int = 0  # of the last answer over HTTP; 200 for an acknowledged envelope
    seconds: float = 0.0  # until the last answer
    answer: str = ""  # what came with the acknowledgement

    @property
    def acknowledged(self) -> bool:
        """Whether the bot took it."""
        return 200 <= self.status < 300


def signed(secret: str, body: str, at: float | None = None) -> dict[str, str]:
    """Sign a request as Slack does."""
    stamp = str(int(time.time() if at is None else at))
    digest = hmac.new(secret.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256)
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest.hexdigest()}"}


def encoded(delivery: Delivery) -> tuple[str, str]:
    """Return the body of a request, and its content type."""
    if delivery.sort is Sort.EVENT:
        return json.dumps(delivery.body), "application/json"
    fields = delivery.body
    if delivery.sort is Sort.INTERACTION:
        fields = {"payload": json.dumps(delivery.body)}
    return urlencode(fields), "application/x-www-form-urlencoded"


@dataclass
class Courier:
    """Delivers over HTTP if it has an address, else over the sockets that are open."""

    secret: str
    url: str = ""
    retry_delays: tuple[float, ...] = (0.05, 0.2, 0.5)
    patience: float = PATIENCE
    problems: list[str] = field(default_factory=list)
    log: list[Delivery] = field(default_factory=list)
    sockets: list[web.WebSocketResponse] = field(default_factory=list)
    opened: asyncio.Event = field(default_factory=asyncio.Event)
    waiting: dict[str, asyncio.Future[Any]] = field(default_factory=dict)
    _number: int = 0

    async def deliver(self, delivery: Delivery) -> Delivery:
        """Deliver. Slack repeats events that were not taken, and nothing else."""
        self.log.append(delivery)
        delays = self.retry_delays if delivery.sort is Sort.EVENT else ()
        for delay in (*delays, None):
            await self.attempt(delivery)
            if delivery.acknowledged or delay is None:
                break
            await asyncio.sleep(delay)
        if not delivery.acknowledged:
            name = delivery.body.get("event", delivery.body).get("type", "command")
            self.problems.append(f"never acknowledged: {delivery.sort} {name}")
        return delivery

    async def attempt(self, delivery: Delivery) -> None:
        """Deliver once, and note how it was taken."""
        delivery.tries += 1
        started = time.monotonic()
        try:
            async with asyncio.timeout(self.patience):
                await (self._post(delivery) if self.url else self._push(delivery))
        except (TimeoutError, aiohttp.ClientError):
            delivery.status = 0
        delivery.seconds = time.monotonic() - started

    async def _post(self, delivery: Delivery) -> None:
        body, content_type = encoded(delivery)
        headers = signed(self.secret, body) | {"Content-Type": content_type}
        if delivery.tries > 1:
            headers["X-Slack-Retry-Num"] = str(delivery.tries - 1)
            headers["X-Slack-Retry-Reason"] = "http_error"
        async with (
            aiohttp.ClientSession() as session,
            session.post(self.url, data=body.encode(), headers=headers) as answer,
        ):
            delivery.status, delivery.answer = answer.status, await answer.text()

    async def _push(self, delivery: Delivery) -> None:
        """Send an envelope to one of the open sockets, and wait for its acknowledgement."""
        self._number += 1
        envelope: Json = {
            "envelope_id": f"envelope-{self._number}",
            "type": delivery.sort.value,
            "payload": delivery.body,
            "accepts_response_payload": delivery.sort is not Sort.EVENT,
        }
        if delivery.sort is Sort.EVENT:
            envelope["retry_attempt"] = delivery.tries - 1
            envelope["retry_reason"] = "timeout" if delivery.tries > 1 else ""
        acknowledged = asyncio.get_running_loop().create_future()
        self.waiting[envelope["envelope_id"]] = acknowledged
        await self.opened.wait()
        try:
            await self.sockets[-1].send_json(envelope)
            answer = await acknowledged
        except ConnectionError:
            delivery.status = 0
            return
        finally:
            self.waiting.pop(envelope["envelope_id"], None)
        delivery.status, delivery.answer = 200, json.dumps(answer) if answer else ""

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Hold a socket that the bot opened."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"type": "hello", "num_connections": len(self.sockets) + 1})
        self.sockets.append(socket)
        self.opened.set()
        try:
            async for message in socket:
                if message.type is aiohttp.WSMsgType.TEXT:
                    self._acknowledge(json.loads(message.data))
        finally:
            self.sockets.remove(socket)
            if not self.sockets:
                self.opened.clear()
        return socket

    def _acknowledge(self, answer: Json) -> None:
        waiting = self.waiting.get(answer.get("envelope_id", ""))
        if waiting is None:
            self.problems.append("an acknowledgement came late, twice, or of nothing")
        elif not waiting.done():
            waiting.set_result(answer.get("payload"))
