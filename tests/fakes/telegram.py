"""A stand-in for Telegram on this machine: the real interface, people who act, and faults.

async with FakeTelegram() as telegram:
    amina = telegram.person(1001, "Amina")
    group = telegram.group(-1005, "Moderators")
    ...  # start the bot with telegram.api_url and telegram.token
    amina.says("/draft The road is closed.")
    await telegram.until(lambda: amina.inbox)
    telegram.assert_clean()
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self

from aiohttp import web

from tests.fakes.telegram_chats import BOT, Query, Refused, Room, Shown, Stored
from tests.fakes.telegram_faults import Fault, broken, dropped, slow, too_many
from tests.fakes.telegram_methods import METHODS
from tests.fakes.telegram_people import Person
from tests.fakes.telegram_spec import METHODS as KNOWN
from tests.fakes.telegram_spec import check, check_answer, read_request
from tests.fakes.telegram_updates import Conflict, Updates

HOST = "127.0.0.1"


@dataclass(frozen=True)
class Call:
    """A call of the bot."""

    method: str
    params: dict[str, Any]


class FakeTelegram:
    """The server, its people and its chats."""

    def __init__(self, token: str = "700:stand-in") -> None:
        self.token = token
        self.port = 0
        self.is_revoked = False
        self.updates = Updates()
        self.numbers = itertools.count(1)  # of messages outside supergroups
        self.rooms: dict[int, Room] = {}
        self.people: dict[int, Person] = {}
        self.queries: dict[str, Query] = {}
        self.files: dict[str, Stored] = {}
        self.commands: dict[str, dict[str, str]] = {}
        self.calls: list[Call] = []
        self.problems: list[str] = []  # what the bot sent and should not have
        self._is_invalid = False  # a test has queued updates that break the rules
        self._faults: dict[str, list[Fault]] = {}
        self._lasting: dict[str, Fault] = {}
        self._runner: web.AppRunner | None = None
        self._deliveries: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        await self.comes_up()
        self._deliveries = asyncio.create_task(self.updates.deliver())
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._deliveries is not None
        self._deliveries.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._deliveries
        await self.goes_down()

    @property
    def api_url(self) -> str:
        """Return what to set as TELEGRAM_API_URL."""
        return f"http://{HOST}:{self.port}/bot"

    def person(
        self, number: int, name: str, *, has_started: bool = True, is_bot: bool = False
    ) -> Person:
        """Open an account: `has_started=False` if they never opened a chat with the bot."""
        person = Person(self, number, name, is_bot=is_bot, has_started=has_started)
        self.people[number] = person
        self.rooms[number] = person.chat
        return person

    def group(self, number: int, title: str, *, bot_status: str = "administrator") -> Room:
        """Make a group. Ids that begin with -100 are supergroups, as with Telegram."""
        is_super = str(number).startswith("-100")
        numbers = itertools.count(1) if is_super else self.numbers
        kind = "supergroup" if is_super else "group"
        room = Room(number, kind, title, numbers, bot_status=bot_status)
        self.rooms[number] = room
        return room

    def upgrade(self, room: Room, by: Person) -> Room:
        """Make a supergroup of a group. Its id changes."""
        new = self.group(int(f"-100{-room.id}"), room.title, bot_status=room.bot_status)
        room.moved_to = new
        for place, field, other in (
            (room, "migrate_to_chat_id", new),
            (new, "migrate_from_chat_id", room),
        ):
            note = place.put(by.as_json(), extra={field: other.id})
            self.updates.add("message", note.as_json())
        return new

    def fails(self, method: str, *faults: Fault, times: int = 1) -> None:
        """Let the next calls of a method go wrong."""
        self._faults.setdefault(method, []).extend([*faults] * times)

    def fails_until_healed(self, method: str, fault: Fault) -> None:
        """Let every call of a method go wrong, until `heals`."""
        self._lasting[method] = fault

    def heals(self) -> None:
        """End every fault."""
        self._faults.clear()
        self._lasting.clear()

    def called(self, method: str) -> list[dict[str, Any]]:
        """List the parameters of the calls of a method."""
        return [call.params for call in self.calls if call.method == method]

    async def comes_up(self) -> None:
        """Listen, at the same port as before."""
        app = web.Application()
        app.router.add_route("*", "/bot{token}/{method}", self._answer)
        app.router.add_get("/file/bot{token}/{path:.*}", self._hand_out)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.05)
        await self._runner.setup()
        await web.TCPSite(self._runner, HOST, self.port, reuse_address=True).start()
        self.port = self._runner.addresses[0][1]

    async def goes_down(self) -> None:
        """Refuse connections."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def until(self, holds: Callable[[], object], within: float = 5.0) -> None:
        """Wait until something is so."""
        try:
            async with asyncio.timeout(within):
                while not holds():  # noqa: ASYNC110 - a test may watch anything
                    await asyncio.sleep(0.005)
        except TimeoutError:
            raise AssertionError(f"still not so after {within} s") from None

    def assert_clean(self) -> None:
        """Fail if the bot broke the rules of the interface, or left a button spinning."""
        assert self.problems == []
        spinning = [
            query.shown.text
            for query in self.queries.values()
            if not query.is_answered and not query.is_expired
        ]
        assert spinning == []

    async def _answer(self, request: web.Request) -> web.Response:
        method, form = request.match_info["method"], await request.post()
        if self.is_revoked or request.match_info["token"] != self.token:
            return _refusal(Refused(401, "Unauthorized"))
        if method not in KNOWN:
            self.problems.append(f"there is no method {method}")
            return _refusal(Refused(404, "Not Found"))
        words = {name: self._taken_in(value) for name, value in form.items()}
        params, problems = read_request(method, words)
        self.calls.append(Call(method, params))
        self.problems += problems
        if problems:
            return _refusal(Refused(400, f"Bad Request: {problems[0]}"))
        faults = self._faults.get(method)
        fault = faults.pop(0) if faults else self._lasting.get(method)
        return await self._fail(request, fault, params) if fault else await self._do(method, params)

    def file(self, data: bytes, name: str = "", **more: Any) -> Stored:
        """Keep a file, as if somebody had sent it."""
        number = len(self.files) + 1
        stored = Stored(f"file-{number}", f"unique-{number}", data, name, **more)
        self.files[stored.id] = stored
        return stored

    def _taken_in(self, value: str | bytearray | bytes | web.FileField) -> str:
        """Keep a file that was uploaded, and return what it is known by."""
        if isinstance(value, web.FileField):
            return self.file(value.file.read(), value.filename).id
        return str(value)

    async def _hand_out(self, request: web.Request) -> web.Response:
        """Hand a file out at the address that getFile gave."""
        stored = self.files.get(request.match_info["path"].removeprefix("kept/"))
        if request.match_info["token"] != self.token or stored is None:
            return web.Response(status=404)
        return web.Response(status=stored.status, body=stored.data)

    async def _do(self, method: str, params: dict[str, Any]) -> web.Response:
        try:
            if method == "getUpdates":
                result = await self._updates(params)
            else:
                result = METHODS[method](self, params)
        except Refused as error:
            return _refusal(error)
        except Conflict as error:
            return _refusal(Refused(409, f"Conflict: {error}"))
        if not self._is_invalid:
            assert not check_answer(method, result), check_answer(method, result)
        return web.json_response({"ok": True, "result": result})

    async def _updates(self, params: dict[str, Any]) -> list[dict[str, Any]]:
        self.updates.allow(params.get("allowed_updates"))
        return await self.updates.fetch(
            params.get("offset"), params.get("limit", 100), params.get("timeout", 0)
        )

    async def _fail(
        self, request: web.Request, fault: Fault, params: dict[str, Any]
    ) -> web.Response:
        if not fault.takes_effect:
            await asyncio.sleep(fault.delay)
            answer = web.Response()
        else:
            answer = await self._do(request.match_info["method"], params)
            await asyncio.sleep(fault.delay)
        if fault.drops:
            assert request.transport is not None
            request.transport.abort()
        if fault.garbage:
            return web.Response(status=fault.status or 200, text="<html>")
        if fault.status:
            more = {"retry_after": fault.retry_after} if fault.retry_after else {}
            return _refusal(Refused(fault.status, fault.description, **more))
        return answer

    def injects(self, kind: str, what: dict[str, Any], *, is_valid: bool = True) -> None:
        """Queue an update of one's own making."""
        assert not is_valid or not check(["Update"], {"update_id": 1, kind: what}, kind)
        self._is_invalid = self._is_invalid or not is_valid
        self.updates.add(kind, what)


def _refusal(error: Refused) -> web.Response:
    body: dict[str, Any] = {
        "ok": False,
        "error_code": error.code,
        "description": error.description,
    }
    if error.parameters:
        body["parameters"] = error.parameters
    return web.Response(status=error.code, text=json.dumps(body), content_type="application/json")


__all__ = [
    "BOT",
    "Call",
    "FakeTelegram",
    "Fault",
    "Person",
    "Query",
    "Room",
    "Shown",
    "broken",
    "dropped",
    "slow",
    "too_many",
]
