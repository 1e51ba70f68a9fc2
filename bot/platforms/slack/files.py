"""Files on Slack: fetched with our token from Slack's own hosts alone, posted in three steps."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp

from bot.platforms.base import Fetched, NotSent, Post, Sent, Undeliverable, too_large
from bot.platforms.slack.calls import Calls, Method
from bot.platforms.slack.errors import Refused
from bot.platforms.slack.payloads import maybe, need
from handlers.chat import Media

HOSTS = ("slack.com", "slack-gov.com", "slack-files.com")
PIECE = 1 << 16
PATIENCE = 100.0  # seconds for a whole file

ELSEWHERE = "it is a link to a file that Slack does not have"
STRANGE = "Slack names an address for it that is not Slack's own"
NOT_HANDED = "Slack does not hand it out ({status}); the app needs the scope files:read"
BUSY = "Slack did not hand it out ({status})"
UNREACHABLE = "Slack's files cannot be reached"
NOT_TAKEN = "Slack did not take the file ({status})"


async def fetch(calls: Calls, file: str, save: Callable[[bytes], None], limit: int) -> Fetched:
    """Hand a file to `save`. Raises `NotSent` or `Undeliverable`."""
    found = (await calls.call(Method.FILE, file=file)).get("file")
    if maybe(found, "mode") == "external" or maybe(found, "external_type"):
        raise Undeliverable(ELSEWHERE)
    size = found.get("size") if isinstance(found, dict) else None
    if isinstance(size, int) and size > limit:
        raise too_large(limit)
    url = maybe(found, "url_private_download") or need(found, "url_private")
    if not is_slacks(calls, url):
        raise Undeliverable(STRANGE)
    await _download(calls, url, save)
    return Fetched(maybe(found, "name"), maybe(found, "alt_txt"))


def is_slacks(calls: Calls, url: str) -> bool:
    """Tell whether an address is Slack's own, so that our token may be shown there."""
    address, ours = urlsplit(url), urlsplit(calls.access.api_url)
    if (address.scheme, address.netloc) == (ours.scheme, ours.netloc):
        return True
    host = address.hostname or ""
    slacks = any(host == each or host.endswith(f".{each}") for each in HOSTS)
    return address.scheme == "https" and slacks


async def _download(calls: Calls, url: str, save: Callable[[bytes], None]) -> None:
    headers = {"Authorization": f"Bearer {calls.client.token}"}
    timeout = aiohttp.ClientTimeout(total=PATIENCE, sock_read=calls.pace.call)
    try:
        async with (
            _session(calls) as session,
            session.get(
                url,
                headers=headers,
                timeout=timeout,
                proxy=calls.client.proxy,
                allow_redirects=False,  # the token goes nowhere else
            ) as answer,
        ):
            _check(answer)
            async for piece in answer.content.iter_chunked(PIECE):
                save(piece)
    except (aiohttp.ClientError, TimeoutError, ConnectionError):
        raise NotSent(UNREACHABLE) from None


def _check(answer: aiohttp.ClientResponse) -> None:
    """Raise unless a file follows. Without the permission, Slack shows its page for signing in."""
    if answer.status == 429 or answer.status >= 500:
        raise NotSent(BUSY.format(status=answer.status))
    if answer.status != 200 or answer.content_type == "text/html":
        raise Undeliverable(NOT_HANDED.format(status=answer.status))


def _session(calls: Calls) -> aiohttp.ClientSession:
    return aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=PATIENCE))


async def post(
    calls: Calls, post: Post, media: Media, path: Path, *, channel: str, text: str
) -> Sent:
    """Post a file with a text. Only the last step shows anything to anybody."""
    size = (await asyncio.to_thread(path.stat)).st_size
    alt = {"alt_txt": media.alt[:1000]} if media.alt else {}
    place = await calls.call(Method.UPLOAD, filename=media.name, length=size, **alt)
    await _upload(calls, need(place, "upload_url"), path)
    await calls.call(
        Method.SHARE,
        files=[{"id": need(place, "file_id"), "title": media.name}],
        channel_id=channel,
        initial_comment=text,
        **({"thread_ts": post.under} if post.under and channel == post.chat else {}),
    )
    return Sent(channel, "")


async def _upload(calls: Calls, url: str, path: Path) -> None:
    if not is_slacks(calls, url):
        raise Refused("upload_url")
    try:
        with path.open("rb") as content:
            async with (
                _session(calls) as session,
                session.post(url, data=content, proxy=calls.client.proxy) as answer,
            ):
                if answer.status != 200:
                    raise NotSent(NOT_TAKEN.format(status=answer.status))
    except (aiohttp.ClientError, TimeoutError, ConnectionError):
        raise NotSent(UNREACHABLE) from None
