"""Calling Slack: one attempt per call, with failures sorted by what they mean for a delivery."""

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from enum import StrEnum
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.busy import Busy
from bot.platforms.base import NotSent, Unclear
from bot.platforms.slack.errors import ACCESS, SHORTEST_LIMIT, Health, Refused, translated
from bot.platforms.slack.settings import Access, Pace

#: The libraries log whole payloads. What matters is logged by us, without anybody's words.
QUIET = logging.getLogger("bot.platforms.slack.libraries")
QUIET.setLevel(logging.CRITICAL + 1)

UNREACHABLE = "Slack cannot be reached"
BROKEN_OFF = "the connection to Slack broke off"
USED_UP = frozenset({400, 403, 404, 410})  # answers of an address that takes no more


class Method(StrEnum):
    """The methods of the Web API that we call; the app's scopes follow from them."""

    WHO_AM_I = "auth.test"
    CONNECT = "apps.connections.open"
    POST = "chat.postMessage"
    WHISPER = "chat.postEphemeral"
    UPDATE = "chat.update"
    OPEN_DIRECT = "conversations.open"
    HISTORY = "conversations.history"
    REPLIES = "conversations.replies"
    REACTIONS = "reactions.get"
    SHOW = "views.open"
    PUBLISH = "views.publish"
    FILE = "files.info"
    UPLOAD = "files.getUploadURLExternal"
    SHARE = "files.completeUploadExternal"


READS = frozenset({Method.FILE, Method.HISTORY, Method.REPLIES, Method.REACTIONS})
FORMS = frozenset({Method.UPLOAD})  # they take no JSON


class Calls:
    """A client that never repeats a call by itself: the outbox decides about that."""

    def __init__(self, access: Access, pace: Pace, health: Health, token: str) -> None:
        self.access, self.pace, self.health = access, pace, health
        self.client = quiet_client(access, pace)
        self.client.token = token
        self.scopes: frozenset[str] = frozenset()  # what we are permitted, as Slack said last
        self._busy = Busy()

    def keep_connections(self) -> None:
        """Keep connections open between calls, until `close`."""
        if self.client.session is None:
            timeout = aiohttp.ClientTimeout(total=self.pace.call)
            self.client.session = aiohttp.ClientSession(timeout=timeout)

    async def close(self) -> None:
        """Let go of the connections, once the calls under way have ended."""
        session, self.client.session = self.client.session, None
        if session is not None:
            await self._busy.settle(self.pace.store)
            await session.close()

    async def call(self, method: Method, /, **args: object) -> dict[str, Any]:
        """Call a method once. Raises `NotSent`, `Unclear` or `Refused`."""
        with self._sorted_failures():
            try:
                if method in READS:
                    answer = await self.client.api_call(method, http_verb="GET", params=args)
                elif method in FORMS:
                    answer = await self.client.api_call(method, data=args)
                else:
                    answer = await self.client.api_call(method, json=args)
            except SlackApiError as error:
                raise translated(error, method, self.health, self.pace.refused) from None
        self.health.clear(ACCESS, method)
        if scopes := answer.headers.get("X-OAuth-Scopes"):
            self.scopes = frozenset(scopes.replace(" ", "").split(","))
        return answer.data if isinstance(answer.data, dict) else {}

    async def respond(self, url: str, body: Mapping[str, object]) -> None:
        """Answer at the address that came with an event. Raises as `call` does."""
        if not self.access.may_follow(url):
            raise Refused("response_url")
        hook = AsyncWebhookClient(
            url, self.client.timeout, session=self.client.session, logger=QUIET, retry_handlers=[]
        )
        hook.proxy = self.client.proxy
        with self._sorted_failures():
            answer = await hook.send_dict(dict(body))
        if answer.status_code == 429:
            said = answer.headers.get("Retry-After", "")
            seconds = int(said) if said.isdecimal() else SHORTEST_LIMIT
            raise NotSent("Slack asks us to slow down", timedelta(seconds=seconds))
        if answer.status_code in USED_UP:
            raise Refused("response_url")
        if answer.status_code != 200:
            raise Unclear(f"Slack failed half-way ({answer.status_code})")

    @contextmanager
    def _sorted_failures(self) -> Iterator[None]:
        """Tell a call that never left from one whose answer was lost."""
        try:
            with self._busy:
                yield
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError):
            raise NotSent(UNREACHABLE) from None
        except (aiohttp.ClientError, TimeoutError, ConnectionError):
            raise Unclear(BROKEN_OFF) from None
        except AttributeError:  # the library expects JSON, and got a text
            raise Unclear("the answer was not Slack's") from None


def quiet_client(access: Access, pace: Pace) -> AsyncWebClient:
    """Build a client without a token, that neither repeats calls nor logs them."""
    client = AsyncWebClient(
        base_url=access.api_url, timeout=max(1, int(pace.call)), logger=QUIET, retry_handlers=[]
    )
    if access.is_local:
        client.proxy = None
    return client
