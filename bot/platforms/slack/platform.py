"""The Slack platform: posts, edits, looks up, shows forms, and listens."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, Self

import structlog
from aiohttp.web import AbstractRouteDef

from bot.menu import Menu
from bot.platforms.base import (
    Diagnosis,
    Fetched,
    Intake,
    NotSent,
    Post,
    Sent,
    Unclear,
    Undeliverable,
)
from bot.platforms.slack import files
from bot.platforms.slack.calls import Calls, Method
from bot.platforms.slack.diagnosis import examine
from bot.platforms.slack.errors import Health, Refused
from bot.platforms.slack.finding import channel_of, find, is_person, is_private, metadata
from bot.platforms.slack.listening import Socket, bolt, routes
from bot.platforms.slack.payloads import Malformed, maybe, need
from bot.platforms.slack.reading import NAME, URL, emoji, farewell, is_elsewhere, read
from bot.platforms.slack.rendering import blocks, fallback, home, view
from bot.platforms.slack.settings import Access, Pace
from handlers.chat import Comment, Event, Form, Message, Reaction

log = structlog.get_logger(__name__)

START = "start"  # the trouble that Slack has not told us who we are
STARTING = "Slack has not answered yet."
NOT_YET = "Slack has not said who we are: {reason}"
DOUBTFUL_EDIT = "the change may have failed; it is harmless to repeat"
NO_CHANNEL = "channel_not_found"
FAILURES = (NotSent, Unclear, Undeliverable)


class NotStored(Exception):
    """An event that must come again. The text says why."""


class Slack:
    """Translates between Slack and our own words."""

    name = NAME
    has_forms = True

    def __init__(self, access: Access, pace: Pace | None = None) -> None:
        self.access, self.pace = access, pace or Pace()
        self.health = Health()
        self.calls = Calls(access, self.pace, self.health, access.bot_token.get_secret_value())
        self.bolt = bolt(access, self.pace, self.hear)
        self.socket = Socket(access, self.pace, self.bolt) if access.app_token else None
        self.me = ""  # our own user id, once Slack has said it
        self._intake: Intake | None = None
        self._known = asyncio.Event()
        self.health.note(START, STARTING)

    @classmethod
    def from_env(cls) -> Self | None:
        """Build from `SLACK_*`, or return `None` if no token is set."""
        access = Access.from_env()
        return cls(access) if access else None

    def menu(self, commands: Menu) -> None:
        """Do nothing: Slack takes its commands from the manifest of the app."""

    def routes(self, intake: Intake) -> Sequence[AbstractRouteDef]:
        """Answer `POST /slack/events` in HTTP mode."""
        self._intake = intake
        return routes(self.access, self.bolt)

    async def run(self, intake: Intake) -> None:
        """Learn who we are, and listen until cancelled."""
        self._intake = intake
        self.calls.keep_connections()
        async with asyncio.TaskGroup() as group:
            group.create_task(self._introduce())
            if self.socket:
                group.create_task(self._connect(self.socket))

    async def _connect(self, socket: Socket) -> None:
        await self._known.wait()
        await socket.hold()

    async def _introduce(self) -> None:
        """Ask Slack who we are, until it says; again whenever our token is in doubt."""
        wait = self.pace.first
        while True:
            try:
                self.me = need(await self.calls.call(Method.WHO_AM_I), "user_id")
            except (*FAILURES, Malformed) as error:
                if not self.me:
                    self.health.note(START, NOT_YET.format(reason=error))
                log.warning("slack does not know us", reason=str(error))
            else:
                self._known.set()
                self.health.clear(START)
                self.health.doubted.clear()
                await self.health.doubted.wait()
                wait = self.pace.first
            await asyncio.sleep(wait)
            wait = min(wait * 2, self.pace.slowest)

    async def hear(self, body: dict[str, Any]) -> None:
        """Hand in what a payload says. Raises if it was not stored: then Slack sends it again."""
        if farewell(body):
            self.health.doubt(body["event"]["type"])
        try:
            event = read(body)
        except Malformed as error:
            log.warning("slack payload ignored", missing=str(error))
            return
        if event is None or (self.me and event.by.user == self.me):
            return
        if isinstance(event, Comment) and is_elsewhere(body, self.me):
            return  # not below a message of ours, so it is none of our business
        if self._intake is None or (isinstance(event, Reaction) and not self.me):
            raise NotStored("we do not know yet which reactions are our own")
        async with asyncio.timeout(self.pace.store):
            await self._intake.accept(event)

    async def send(self, post: Post) -> Sent:
        """Post a message: to a chat, to a person, or so that only one person there sees it."""
        if not post.to:
            return await self._post(post, post.chat)
        return await (self._post(post, post.to) if is_private(post) else self._whisper(post))

    async def _post(self, post: Post, channel: str) -> Sent:
        """Post to a channel. A person's is opened first where their id does not stand for it."""
        try:
            return await self._post_in(post, channel)
        except Refused as error:
            if error.code != NO_CHANNEL or not is_person(channel):
                raise
        return await self._post_in(post, await channel_of(self.calls, channel))

    async def _post_in(self, post: Post, channel: str) -> Sent:
        media, path = post.message.media, post.path
        if media is not None and path is not None:
            place = await channel_of(self.calls, channel)
            said = fallback(post.message)
            return await files.post(self.calls, post, media, path, channel=place, text=said)
        answer = await self.calls.call(
            Method.POST,
            channel=channel,
            **_words(post.message),
            metadata=metadata(post.key),
            unfurl_links=False,
            unfurl_media=False,
            **({"thread_ts": post.under} if post.under and channel == post.chat else {}),
        )
        return Sent(maybe(answer, "channel") or channel, maybe(answer, "ts"))

    async def _whisper(self, post: Post) -> Sent:
        """Answer where the person is; if that cannot be, in their direct messages."""
        if post.via.startswith(URL):
            body = {**_words(post.message), "response_type": "ephemeral", "replace_original": False}
            with suppress(NotSent, Undeliverable):
                await self.calls.respond(post.via.removeprefix(URL), body)
                return Sent(post.chat, "")
        try:
            await self.calls.call(
                Method.WHISPER, channel=post.chat, user=post.to, **_words(post.message)
            )
        except Refused:
            return await self._post(post, post.to)
        return Sent(post.chat, "")

    async def edit(self, chat: str, message_id: str, message: Message) -> None:
        """Replace a message. What is in doubt is as good as not done: repeating does no harm."""
        try:
            await self.calls.call(Method.UPDATE, channel=chat, ts=message_id, **_words(message))
        except Unclear as error:
            raise NotSent(DOUBTFUL_EDIT) from error

    async def find(self, post: Post) -> Sent | None:
        """Look for a post by its key. Raises `LookupError` where Slack cannot be asked.

        Raises `NotSent` while Slack does not answer: the question can be put again later.
        """
        return await find(self.calls, post, self.me)

    async def show(self, form: Form, trigger: str) -> None:
        """Open a form. Nothing else is asked of Slack before, for its trigger lasts 3 seconds."""
        trigger_id, _, chat = trigger.partition(" ")
        try:
            await self.calls.call(Method.SHOW, trigger_id=trigger_id, view=view(form, chat))
        except (Unclear, Undeliverable, ValueError) as error:
            raise NotSent(str(error)) from error

    async def publish(self, user: str, page: Message) -> None:
        """Draw somebody's App Home. It is drawn anew at each opening, so a failure is no loss."""
        try:
            await self.calls.call(Method.PUBLISH, user_id=user, view=home(page))
        except FAILURES as error:
            log.warning("home not shown", reason=str(error))

    async def finish(self, event: Event, *, answered: bool) -> None:
        """Do nothing: Slack shows no sign of waiting that would have to be taken away."""

    async def fetch(self, file: str, save: Callable[[bytes], None], limit: int) -> Fetched:
        """Hand out a file. Raises `NotSent` or `Undeliverable`."""
        try:
            return await files.fetch(self.calls, file, save, limit)
        except (Unclear, Malformed) as error:
            raise NotSent(str(error)) from None

    async def reactions(self, chat: str, message_id: str) -> set[tuple[str, str]] | None:
        """Return who reacts with which emoji now, save ourselves. Raises as `send` does."""
        answer = await self.calls.call(
            Method.REACTIONS, channel=chat, timestamp=message_id, full=True
        )
        found = answer.get("message", {}).get("reactions", [])
        return {
            (user, emoji(reaction["name"]))
            for reaction in found
            for user in reaction["users"]
            if user != self.me
        }

    async def examine(self, chats: Sequence[str]) -> list[Diagnosis]:
        """Look whether the app is set up as it must be."""
        return await examine(self.calls, self.socket.calls if self.socket else None, chats)

    async def close(self) -> None:
        """Let go of the connections."""
        await self.calls.close()

    def trouble(self) -> str:
        """Say why Slack is not connected, or nothing when it is."""
        parts = [str(self.health), str(self.socket.health) if self.socket else ""]
        return " ".join(part for part in parts if part)


def _words(message: Message) -> dict[str, object]:
    return {"text": fallback(message), "blocks": blocks(message)}
