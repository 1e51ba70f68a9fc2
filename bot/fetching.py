"""Reading what stands at an address that somebody gave us, which may be anything.

We find the addresses of the host ourselves, look at each, and connect to one that we looked at, so
that a name which means something else a moment later leads nowhere else.
"""

import asyncio
import ipaddress
import ssl
import zlib
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cached_property

import httpx

from bot.addresses import Resolver, Rule, is_public, resolve
from policy.feeds import acceptable
from policy.updates import Trouble

LARGEST = 2_000_000  # bytes, as they come and as they are once unpacked
LONGEST = 15.0  # seconds for everything, redirects included
MOST_REDIRECTS = 5
TRIED = 3  # addresses of one host
LONGEST_MARK = 500  # characters of an ETag that are worth keeping
PORTS = {"http": 80, "https": 443}
HEADERS = {
    "User-Agent": "Countersign/0.1 (counts the updates of official pages; reads once an hour)",
    "Accept": "application/atom+xml, application/rss+xml, application/xml;q=0.9, */*;q=0.5",
    "Accept-Encoding": "gzip, deflate",
}

REFUSED = "{host} leads to an address that is not public, and I read only what everybody can read"
NO_HOST = "there is no web site {host}"
NO_ANSWER = "{host} does not answer"
NOT_SECURE = "the connection to {host} is not secure: {why}"
STATUS = "{host} answers with {status}"
NOT_FOUND = "there is nothing at this address any more ({status})"
REDIRECTS = "it passes me on to other addresses more than {most} times"
LEADS_AWAY = "it passes me on to an address that I do not read: {why}"
TOO_LARGE = "it is larger than {limit:.0f} MB"
TOO_SLOW = "{host} takes longer than {limit:.0f} seconds"
PACKED = "it is packed in a way that I cannot unpack"
BROKEN = "what {host} sends makes no sense"


class NotRead(Exception):
    """Nothing was read. `trouble` says why, and whether that may pass."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.why)
        self.trouble = trouble


@dataclass(frozen=True)
class Known:
    """What a server said of the version that was read last."""

    etag: str = ""
    modified: str = ""

    def headers(self) -> dict[str, str]:
        """Ask only for something newer."""
        asked = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in asked.items() if value}


@dataclass(frozen=True)
class Fetched:
    """What stands at an address. No body: it is what it was."""

    url: str
    body: bytes | None
    media_type: str = ""
    known: Known = Known()


class Fetcher:
    """Reads documents from the open internet, and from nowhere else.

    Tests give it other names and another rule; its limits are the same everywhere.
    """

    def __init__(
        self,
        *,
        resolver: Resolver = resolve,
        allowed: Rule = is_public,
        ports: Mapping[str, int] = PORTS,
        longest: float = LONGEST,
    ) -> None:
        self.resolver = resolver
        self.allowed = allowed
        self.ports = ports  # to which we connect for http and for https
        self.longest = longest

    @cached_property
    def _trust(self) -> ssl.SSLContext:
        return httpx.create_ssl_context(trust_env=False)

    async def fetch(self, url: str, known: Known = Known()) -> Fetched:
        """Read what stands at an address. Raises `NotRead`."""
        target = _target(url)
        try:
            async with asyncio.timeout(self.longest):
                return await self._follow(target, known)
        except TimeoutError:
            said = TOO_SLOW.format(host=target.host, limit=self.longest)
            raise NotRead(Trouble(said)) from None

    async def _follow(self, target: httpx.URL, known: Known) -> Fetched:
        """Go where we are passed on to, looking at each address. A client would do so unseen."""
        async with httpx.AsyncHTTPTransport(verify=self._trust, trust_env=False) as transport:
            for _ in range(MOST_REDIRECTS + 1):
                answer = await self._ask(transport, target, known)
                try:
                    if not answer.has_redirect_location:
                        return await _taken(answer, target)
                finally:
                    await answer.aclose()
                target = _passed_on(target, answer.headers["location"])
        raise NotRead(Trouble(REDIRECTS.format(most=MOST_REDIRECTS), lasting=True))

    async def _ask(
        self, transport: httpx.AsyncHTTPTransport, target: httpx.URL, known: Known
    ) -> httpx.Response:
        """Ask one host, at an address that was looked at. Its name is what it has to prove."""
        host = target.raw_host.decode("ascii")
        port = self.ports[target.scheme] if target.port is None else target.port
        headers = {"Host": target.netloc.decode("ascii"), **HEADERS, **known.headers()}
        patience = httpx.Timeout(self.longest, connect=self.longest / TRIED).as_dict()
        why: Exception | None = None
        for address in (await self._addresses(host, port))[:TRIED]:
            request = httpx.Request(
                "GET",
                target.copy_with(host=address, port=port, fragment=None),
                headers=headers,
                extensions={"sni_hostname": host, "timeout": patience},
            )
            try:
                answer = await transport.handle_async_request(request)
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                why = error
            except httpx.TransportError as error:
                raise NotRead(Trouble(BROKEN.format(host=host))) from error
            else:
                answer.request = request
                return answer
        raise NotRead(_unreachable(host, why)) from why

    async def _addresses(self, host: str, port: int) -> list[str]:
        """List the addresses of a host. One that is not public is reason enough to refuse all."""
        try:
            found = await self.resolver(host, port)
        except (OSError, UnicodeError) as error:
            raise NotRead(Trouble(NO_HOST.format(host=host))) from error
        addresses = [ipaddress.ip_address(each.partition("%")[0]) for each in found]
        if not all(map(self.allowed, addresses)):
            raise NotRead(Trouble(REFUSED.format(host=host), lasting=True))
        if not addresses:
            raise NotRead(Trouble(NO_HOST.format(host=host)))
        return [str(each) for each in sorted(addresses, key=lambda each: each.version)]


def _target(url: str) -> httpx.URL:
    """Read an address as it is going to be used. Raises `NotRead` for one that is never read."""
    try:
        target = httpx.URL(url)
        acceptable(str(target.copy_with(fragment=None)))
        acceptable(f"{target.scheme}://{target.netloc.decode('ascii')}")
    except (httpx.InvalidURL, ValueError) as error:
        raise NotRead(Trouble(str(error), lasting=True)) from None
    return target


def _passed_on(target: httpx.URL, place: str) -> httpx.URL:
    try:
        return _target(str(target.join(place)))
    except (httpx.InvalidURL, NotRead) as error:
        raise NotRead(Trouble(LEADS_AWAY.format(why=error), lasting=True)) from None


def _unreachable(host: str, why: Exception | None) -> Trouble:
    cause = why.__cause__ if why else None
    while cause is not None and not isinstance(cause, ssl.SSLError):
        cause = cause.__cause__ or cause.__context__
    if isinstance(cause, ssl.SSLError):
        reason = getattr(cause, "verify_message", "") or "it cannot be set up"
        return Trouble(NOT_SECURE.format(host=host, why=reason))
    return Trouble(NO_ANSWER.format(host=host))


async def _taken(answer: httpx.Response, target: httpx.URL) -> Fetched:
    """Take what was answered, in pieces, up to what we are ready to hold."""
    url = str(target)
    if answer.status_code == httpx.codes.NOT_MODIFIED:
        return Fetched(url, None)
    if answer.status_code != httpx.codes.OK:
        raise NotRead(_refusal(answer, target.host))
    try:
        body = await _unpacked(answer)
    except (httpx.TransportError, httpx.StreamError) as error:
        raise NotRead(Trouble(BROKEN.format(host=target.host))) from error
    mark, modified = (answer.headers.get(name, "") for name in ("etag", "last-modified"))
    known = Known(
        mark if len(mark) <= LONGEST_MARK else "",
        modified if len(modified) <= LONGEST_MARK else "",
    )
    return Fetched(url, body, answer.headers.get("content-type", ""), known)


async def _unpacked(answer: httpx.Response) -> bytes:
    packing = answer.headers.get("content-encoding", "").strip().lower()
    if packing not in ("", "identity", "gzip", "x-gzip", "deflate"):
        raise NotRead(Trouble(PACKED, lasting=True))
    unpack = zlib.decompressobj(47) if packing not in ("", "identity") else None
    body = bytearray()
    async for piece in _limited(answer.aiter_raw()):
        try:
            body += unpack.decompress(piece, LARGEST + 1 - len(body)) if unpack else piece
        except zlib.error:
            raise NotRead(Trouble(PACKED, lasting=True)) from None
        if len(body) > LARGEST:
            raise NotRead(_too_large())
    return bytes(body)


async def _limited(pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    taken = 0
    async for piece in pieces:
        taken += len(piece)
        if taken > LARGEST:
            raise NotRead(_too_large())
        yield piece


def _too_large() -> Trouble:
    return Trouble(TOO_LARGE.format(limit=LARGEST / 1_000_000), lasting=True)


def _refusal(answer: httpx.Response, host: str) -> Trouble:
    status = answer.status_code
    if status in (httpx.codes.NOT_FOUND, httpx.codes.GONE):
        gone = status == httpx.codes.GONE
        return Trouble(NOT_FOUND.format(status=status), lasting=True, gone=gone)
    wait = _retry_after(answer.headers.get("retry-after", ""))
    return Trouble(STATUS.format(host=host, status=status), wait=wait)


def _retry_after(said: str) -> timedelta:
    """Read for how long we are asked to stay away: seconds, or a moment."""
    if said.isascii() and said.isdecimal():
        return timedelta(seconds=int(said[:7]))
    try:
        moment = parsedate_to_datetime(said)
    except (ValueError, TypeError):
        return timedelta(0)
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(aware - datetime.now(UTC), timedelta(0))
