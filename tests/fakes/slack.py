"""A Slack workspace on loopback, over real HTTP and WebSockets, and the people in it.

    async with FakeSlack() as slack:
        slack.user("U1", "Bo")
        slack.channel("C1", "U1")
        slack.url = "http://127.0.0.1:8080/slack/events"  # HTTP mode; without it, Socket Mode
        ... start the bot with slack.environment(...) ...
        await slack.command("U1", "C1", "/draft", "The road is closed on Monday.")
        card = await slack.message("C1", containing="The road")
        await slack.react("U1", card, "+1")
        await slack.press("U1", card, "Approve")
        slack.assert_clean()

What the people do returns a `Delivery`: how the bot took it, after how long, at which try.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any, Self

from aiohttp import web

from tests.fakes.slack_api import WebApi
from tests.fakes.slack_delivery import Courier
from tests.fakes.slack_people import People
from tests.fakes.slack_world import BOT_USER, Channel, Fault, Json, Modal, Said, World

BOT_TOKEN, APP_TOKEN, SECRET = "xoxb-fake-bot", "xapp-fake-app", "fake-signing-secret"
MOMENT = 5.0  # seconds to wait for something to appear


class FakeSlack(People):
    """The workspace. Use it as a context manager."""

    def __init__(self) -> None:
        world = World()
        super().__init__(world, Courier(SECRET, problems=world.problems))
        self.api = WebApi(self.world, BOT_TOKEN, APP_TOKEN)
        self.port = 0
        self._runner: web.AppRunner | None = None
        self._tasks: set[asyncio.Task[Any]] = set()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.stop()

    async def start(self) -> None:
        """Listen; after `stop`, at the same address as before."""
        app = web.Application(middlewares=[self._deliver_what_happened])
        app.router.add_route("*", "/api/{method}", self.api.handle)
        app.router.add_post("/response/{hook}", self.api.respond)
        app.router.add_get("/link/", self._link)
        app.router.add_get("/files/{id}/{name}", self.api.files.hand_out)
        app.router.add_post("/upload/{id}", self.api.files.take_in)
        self._runner = web.AppRunner(app, handle_signals=False, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True)
        await site.start()
        self.port = self._runner.addresses[0][1]
        self.base = self.api.base = self.api.files.base = f"http://127.0.0.1:{self.port}/"

    async def stop(self) -> None:
        """Be down: nobody answers."""
        for socket in list(self.courier.sockets):
            await socket.close()
        if self._runner:
            await self._runner.cleanup()
            self._runner = None

    @property
    def api_url(self) -> str:
        """The address of the Web API."""
        return f"{self.base}api/"

    @property
    def url(self) -> str:
        """Where the bot takes events in HTTP mode; empty in Socket Mode."""
        return self.courier.url

    @url.setter
    def url(self, url: str) -> None:
        self.courier.url = url

    def environment(self, mode: str) -> dict[str, str]:
        """Return the settings of a bot in the mode "socket" or "http"."""
        common = {"SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_API_URL": self.api_url}
        if mode == "socket":
            return common | {"SLACK_APP_TOKEN": APP_TOKEN}
        return common | {"SLACK_SIGNING_SECRET": SECRET}

    # The workspace

    def user(self, user: str, name: str = "") -> None:
        """Let somebody be there."""
        self.world.users[user] = name or user

    def channel(self, channel: str, *members: str, bot: bool = True) -> Channel:
        """Open a channel; its members become users."""
        for member in members:
            self.user(member)
        inside = {*members, *({BOT_USER} if bot else ())}
        self.world.channels[channel] = Channel(channel, inside)
        return self.world.channels[channel]

    def delete_channel(self, channel: str) -> None:
        """Delete a channel."""
        del self.world.channels[channel]

    def remove_bot(self, channel: str) -> None:
        """Take the bot out of a channel."""
        self.world.channels[channel].members.discard(BOT_USER)

    def revoke(self, code: str = "token_revoked") -> None:
        """Refuse the bot's token from now on; `revoke("")` takes it back."""
        self.world.revoked = code

    def fail(self, method: str, fault: Fault, times: int = 1) -> None:
        """Let the next calls of a method (or of "*", or "response_url") go wrong."""
        self.world.faults.setdefault(method, []).extend([fault] * times)

    # What people see

    def messages(self, channel: str) -> list[Said]:
        """List the messages of a channel, or those between the bot and a person."""
        if channel in self.world.users:
            channel = self.world.direct(channel).id
        return list(self.world.channels[channel].messages.values())

    def whispers(self, user: str) -> list[Said]:
        """List what only one person saw."""
        return [said for said in self.world.whispers if said.only_for == user]

    def calls(self, method: str) -> list[Json]:
        """List the arguments of all calls of a method."""
        return [call.args for call in self.world.calls if call.method == method]

    async def message(self, channel: str, containing: str = "") -> Said:
        """Wait for a message, and return the newest one of its kind."""
        return await self._appear(lambda: self.messages(channel), containing)

    async def whisper(self, user: str, containing: str = "") -> Said:
        """Wait for a message that only one person sees."""
        return await self._appear(lambda: self.whispers(user), containing)

    async def _appear(self, seen: Callable[[], list[Said]], containing: str) -> Said:
        await self.until(
            lambda: any(containing in said.words for said in seen()),
            lambda: f"“{containing}” did not appear among {[said.words for said in seen()]}",
        )
        return [said for said in seen() if containing in said.words][-1]

    async def modal(self, user: str) -> Modal:
        """Wait for a form before somebody."""

        def opened() -> list[Modal]:
            return [modal for modal in self.world.modals if modal.user == user and modal.open]

        await self.until(lambda: bool(opened()), lambda: f"no form before {user}")
        return opened()[-1]

    async def until(
        self, true: Callable[[], bool], otherwise: Callable[[], str] = lambda: "it did not happen"
    ) -> None:
        """Wait until something is true."""
        deadline = time.monotonic() + MOMENT
        while not true():
            assert time.monotonic() < deadline, otherwise()
            await asyncio.sleep(0.01)

    async def connected(self) -> None:
        """Wait for the bot's socket."""
        await self.until(lambda: bool(self.courier.sockets), lambda: "no socket was opened")

    async def settled(self) -> None:
        """Wait until everything that happened was delivered."""
        while self._tasks:
            await asyncio.gather(*self._tasks)

    def assert_clean(self) -> None:
        """Fail if the bot sent what Slack does not document, or did not acknowledge."""
        assert not self.world.problems, "\n".join(self.world.problems)

    async def disconnect(self) -> None:
        """Ask the bot to open another socket, as Slack does every few hours."""
        await self.courier.sockets[-1].send_json(
            {"type": "disconnect", "reason": "refresh_requested"}
        )

    async def _link(self, request: web.Request) -> web.StreamResponse:
        if request.query.get("ticket") not in self.api.tickets:
            return web.Response(status=403)
        self.api.tickets.discard(request.query["ticket"])
        return await self.courier.serve(request)

    @web.middleware
    async def _deliver_what_happened(
        self,
        request: web.Request,
        handler: Callable[[web.Request], Awaitable[web.StreamResponse]],
    ) -> web.StreamResponse:
        """Let the bot hear of what its own calls caused."""
        answer = await handler(request)
        while self.api.happened:
            task = asyncio.create_task(self.happen(self.api.happened.pop(0)))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return answer
