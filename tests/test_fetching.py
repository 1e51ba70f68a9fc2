"""Reading what stands at an address: a real server that means well, and one that does not."""

import asyncio
import gzip
import ipaddress
import socket
import threading
import zlib
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from aiohttp import web

from bot.addresses import is_public, resolve
from bot.fetching import HEADERS, LARGEST, Fetcher, Known, NotRead
from tests.feeds import serving

LOOPBACK = ipaddress.ip_address("127.0.0.1")
SITE = "http://feeds.example"


def at_home(address):
    """Allow what the production rule allows, and the server of the test."""
    return address == LOOPBACK or is_public(address)


class Names:
    """Says where hosts are, as DNS would; later answers may differ from the first."""

    def __init__(self, **hosts):
        self.hosts = {"feeds.example": [["127.0.0.1"]], **hosts}
        self.asked = []

    async def __call__(self, host, port):
        self.asked.append(host)
        answers = self.hosts.get(host)
        if answers is None:
            return await resolve(host, port)
        return answers.pop(0) if len(answers) > 1 else answers[0]


@asynccontextmanager
async def reading(handler, *, longest=5.0, names=None, allowed=at_home):
    """Serve something, and read it as in production but for where it is."""
    async with serving(handler) as port:
        yield Fetcher(
            resolver=names or Names(),
            allowed=allowed,
            ports={"http": port, "https": port},
            longest=longest,
        )


async def trouble(fetcher, url=f"{SITE}/feed"):
    with pytest.raises(NotRead) as raised:
        await fetcher.fetch(url)
    return raised.value.trouble


# What goes well


async def test_what_stands_there_is_read_with_its_marks_and_asked_for_again_with_them():
    seen = []

    async def feed(request):
        seen.append(request.headers.copy())
        if request.headers.get("If-None-Match") == '"1"':
            return web.Response(status=304)
        marks = {"ETag": '"1"', "Last-Modified": "Mon, 20 Jul 2026 04:00:00 GMT"}
        return web.Response(body=b"<rss/>", content_type="application/rss+xml", headers=marks)

    async with reading(feed) as fetcher:
        first = await fetcher.fetch(f"{SITE}/feed#top")
        second = await fetcher.fetch(first.url, first.known)
    assert (first.body, first.media_type) == (b"<rss/>", "application/rss+xml")
    assert second.body is None
    assert seen[0]["Host"] == "feeds.example"
    assert seen[0]["User-Agent"] == HEADERS["User-Agent"]
    assert seen[0]["User-Agent"].startswith("Countersign/")
    assert "If-None-Match" not in seen[0]
    assert seen[1]["If-Modified-Since"] == "Mon, 20 Jul 2026 04:00:00 GMT"


@pytest.mark.parametrize("packing", ["gzip", "deflate"])
async def test_what_is_packed_is_unpacked(packing):
    async def feed(request):
        body = gzip.compress(b"<rss/>") if packing == "gzip" else zlib.compress(b"<rss/>")
        return web.Response(body=body, headers={"Content-Encoding": packing})

    async with reading(feed) as fetcher:
        assert (await fetcher.fetch(SITE)).body == b"<rss/>"


async def test_redirects_are_followed_with_the_name_of_each_host():
    hosts = []

    async def feed(request):
        hosts.append(request.host)
        if request.path == "/feed":
            raise web.HTTPMovedPermanently("//other.example/moved?a=1#b")
        return web.Response(text=request.path_qs)

    names = Names(**{"other.example": [["127.0.0.1"]]})
    async with reading(feed, names=names) as fetcher:
        found = await fetcher.fetch(f"{SITE}/feed")
    assert found.body == b"/moved?a=1"
    assert hosts == names.asked == ["feeds.example", "other.example"]


async def test_an_address_that_does_not_answer_is_passed_over_for_one_that_does():
    async def feed(request):
        return web.Response(text="here")

    names = Names(**{"feeds.example": [["127.0.0.2", "127.0.0.1"]]})
    async with reading(feed, names=names, allowed=lambda _: True) as fetcher:
        assert (await fetcher.fetch(SITE)).body == b"here"


# Where we do not go

PRIVATE = [
    "0.0.0.0", "127.0.0.1", "127.8.8.8", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1",
    "169.254.169.254", "169.254.0.1", "100.64.0.1", "100.100.100.200", "192.0.0.192", "192.0.2.1",
    "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.250", "240.0.0.1",
    "255.255.255.255", "168.63.129.16", "192.88.99.1", "::", "::1", "::ffff:127.0.0.1",
    "::ffff:8.8.8.8", "::7f00:1", "64:ff9b::7f00:1", "64:ff9b::808:808", "64:ff9b:1::1",
    "2002:7f00:1::1", "2001:0:53aa::1", "2001:db8::1", "fe80::1", "fec0::1", "fc00::1",
    "fd00:ec2::254", "ff02::1", "100::1", "3fff::1",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_only_addresses_that_the_whole_world_can_reach_are_public(address):
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.216.34", "172.32.0.1", "2606:4700::1111"])
def test_addresses_of_public_servers_are(address):
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "url",
    [
        *(f"http://[{each}]/" if ":" in each else f"http://{each}/" for each in PRIVATE),
        "http://localhost/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0x7f.0.0.1/",
        "http://0177.0.0.1/",
        "http://127.1/",
        "http://１２７.０.０.１/",
        "http://①②⑦.0.0.1/",
        "http://127。0。0。1/",
        "http://[fe80::1%25eth0]/",
        "http://127.0.0.1%2f@feeds.example/",
        "http://feeds.example:6379/",
        "http://me:secret@feeds.example/",
        "gopher://feeds.example/",
        "file:///etc/passwd",
        "",
    ],
)
async def test_production_reads_nothing_that_is_not_on_the_open_internet(url):
    assert (await trouble(Fetcher(longest=2.0), url)).lasting


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::ffff:10.0.0.1"])
async def test_a_name_that_leads_within_is_refused_even_if_it_leads_outside_as_well(address):
    seen = []

    async def feed(request):
        seen.append(request.path)
        return web.Response(text="secret")

    for found in ([address], ["93.184.216.34", address], [address, "93.184.216.34"]):
        names = Names(**{"feeds.example": [found]})
        async with reading(feed, names=names, allowed=is_public) as fetcher:
            why = await trouble(fetcher)
            assert "not public" in why.why
            assert why.lasting
    assert seen == []


async def test_a_name_that_means_something_else_a_moment_later_is_not_asked_again():
    async def feed(request):
        return web.Response(text="here")

    names = Names(**{"feeds.example": [["127.0.0.1"], ["169.254.169.254"]]})
    async with reading(feed, names=names) as fetcher:
        assert (await fetcher.fetch(SITE)).body == b"here"
        assert names.asked == ["feeds.example"], "connected to what was looked at"
        assert "not public" in (await trouble(fetcher)).why


@pytest.mark.parametrize(
    "place",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://[::ffff:169.254.169.254]/",
        "http://[::1]/",
        "http://within.example/",
        "http://2852039166/",
        "http://0xa9fea9fe/",
        "http://feeds.example:6379/",
        "http://me:secret@feeds.example/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "http://[::1",
    ],
)
async def test_nobody_passes_us_on_to_where_we_do_not_go(place):
    paths = []

    async def feed(request):
        paths.append(request.path)
        return web.Response(status=302, headers={"Location": place})

    names = Names(**{"within.example": [["10.0.0.1"]]})
    async with reading(feed, names=names) as fetcher:
        assert (await trouble(fetcher)).lasting
    assert paths == ["/feed"]


async def test_an_address_without_a_name_to_prove_is_not_trusted_over_https():
    async def feed(request):
        return web.Response(text="here")

    async with reading(feed) as fetcher:  # speaks http where https is expected
        assert "not secure" in (await trouble(fetcher, "https://feeds.example/")).why


# What does not end well


async def test_forty_redirects_are_too_many():
    count = 0

    async def feed(request):
        nonlocal count
        count += 1
        raise web.HTTPFound(f"/feed{count}")

    async with reading(feed) as fetcher:
        why = await trouble(fetcher)
    assert "more than 5 times" in why.why
    assert (count, why.lasting) == (6, True)


async def endless(request, piece=b"x" * 65536, pause=0.0, packing=""):
    answer = web.StreamResponse(headers={"Content-Encoding": packing} if packing else {})
    await answer.prepare(request)
    while True:
        await answer.write(piece)
        await asyncio.sleep(pause)


async def test_a_body_without_an_end_is_left_once_it_is_too_large():
    async with reading(endless) as fetcher:
        assert "larger than 2 MB" in (await trouble(fetcher)).why


async def test_a_slow_body_is_left_after_a_while():
    async def feed(request):
        await endless(request, b"x", 0.02)

    async with reading(feed, longest=1.0) as fetcher:
        why = await trouble(fetcher)
    assert "takes longer" in why.why
    assert not why.lasting


async def test_what_is_larger_once_it_is_unpacked_is_left_before_it_is():
    bomb = gzip.compress(b"\0" * 40_000_000, 9)
    assert len(bomb) < LARGEST / 5

    async def feed(request):
        return web.Response(body=bomb, headers={"Content-Encoding": "gzip"})

    async with reading(feed) as fetcher:
        assert "larger than 2 MB" in (await trouble(fetcher)).why


@pytest.mark.parametrize(("packing", "body"), [("br", b"x"), ("gzip", b"no gzip"), ("x", b"")])
async def test_what_cannot_be_unpacked_is_refused(packing, body):
    async def feed(request):
        return web.Response(body=body, headers={"Content-Encoding": packing})

    async with reading(feed) as fetcher:
        assert "cannot unpack" in (await trouble(fetcher)).why


@pytest.mark.parametrize(
    ("status", "lasting", "gone"),
    [
        (404, True, False),
        (410, True, True),
        (401, False, False),
        (403, False, False),
        (429, False, False),
        (500, False, False),
        (503, False, False),
        (204, False, False),
    ],
)
async def test_some_answers_may_change_soon_and_some_will_not(status, lasting, gone):
    async def feed(request):
        return web.Response(status=status)

    async with reading(feed) as fetcher:
        why = await trouble(fetcher)
    assert str(status) in why.why
    assert (why.lasting, why.gone) == (lasting, gone)


@pytest.mark.parametrize(
    ("said", "least", "most"),
    [
        ("120", 120, 120),
        (timedelta(hours=2), 7000, 7200),
        (timedelta(hours=-2), 0, 0),
        ("soon", 0, 0),
        ("-5", 0, 0),
        ("9" * 400, 9_999_999, 9_999_999),
    ],
    ids=["seconds", "later", "earlier", "no time", "less than none", "for ever"],
)
async def test_who_asks_us_to_wait_is_heard(said, least, most):
    if isinstance(said, timedelta):
        said = format_datetime(datetime.now(UTC) + said)

    async def feed(request):
        return web.Response(status=429, headers={"Retry-After": said})

    async with reading(feed) as fetcher:
        wait = (await trouble(fetcher)).wait.total_seconds()
    assert least <= wait <= most


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"SSH-2.0-OpenSSH_9.6\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nX: " + b"x" * 200_000,
        b"HTTP/1.1 302 Found\r\nLocation: http://[\r\n\r\n",
    ],
)
async def test_what_is_not_http_is_trouble_and_nothing_worse(answer):
    async def talk(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    async with server:
        ports = {"http": server.sockets[0].getsockname()[1]}
        fetcher = Fetcher(resolver=Names(), allowed=at_home, ports=ports, longest=2.0)
        assert (await trouble(fetcher)).why


async def test_a_host_that_nobody_knows_or_that_does_not_answer_is_named():
    names = Names(**{"nobody.invalid": [[]]})
    fetcher = Fetcher(resolver=names, allowed=at_home, ports={"http": 1}, longest=2.0)
    assert "no web site nobody.invalid" in (await trouble(fetcher, "http://nobody.invalid/")).why
    assert "feeds.example does not answer" in (await trouble(fetcher)).why


@pytest.mark.parametrize("mark", ["x" * 1000, "é", "☃"])
async def test_marks_that_cannot_be_sent_back_are_not_kept(mark):
    async def feed(request):
        return web.Response(text="x", headers={"ETag": f'"{mark}"'})

    async with reading(feed) as fetcher:
        assert (await fetcher.fetch(SITE)).known == Known()


async def test_names_that_are_never_answered_keep_nothing_else_waiting(monkeypatch):
    answered = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: answered.wait(5) and [])
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(2))
    asking = [asyncio.create_task(resolve(f"{n}.feeds.example", 80)) for n in range(3)]
    await asyncio.sleep(0.1)
    try:
        assert await asyncio.wait_for(asyncio.to_thread(int, "7"), 2) == 7
    finally:
        answered.set()
        await asyncio.gather(*asking)
