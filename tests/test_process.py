"""The process as its operator meets it: start, readiness, SIGTERM, and what may be down."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy.engine import make_url

from bot.dispatcher import utc_now
from storage import office_file, office_import
from storage.db import connect, transaction
from tests.fakes.slack import FakeSlack
from tests.fakes.slack_world import Fault
from tests.fakes.telegram import FakeTelegram
from tests.office import OFFICES
from tests.postgres import Server
from tests.processes.command import Running, started
from tests.wire import Wire, free_port, services

PROMPT = 5.0  # seconds in which the process must end once it is told to
DRAFTS = 5


def import_offices(url: str) -> None:
    """Do what `countersign import` does."""
    engine = connect(url)
    with transaction(engine) as db:
        office_import.store(db, office_file.parse(OFFICES), utc_now())
    engine.dispose()


def reasons(body: dict[str, dict[str, str]]) -> dict[str, str]:
    """Return the parts that are not ready."""
    return {part: reason for part, reason in body["parts"].items() if reason}


async def ends_well(bot: Running) -> None:
    """The process ends in time when it is told to, and complains of nothing."""
    code, errors, seconds = await bot.ends()
    assert code == 0, errors
    assert "Traceback" not in errors
    assert "never awaited" not in errors
    assert seconds < PROMPT


async def test_it_is_healthy_at_once_and_ready_when_every_part_is(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/new/countersign.db"
    async with services() as (slack, telegram):
        wire = Wire(slack, telegram, url)
        await slack.stop()
        async with started(tmp_path, wire.port, wire.environment()) as bot:
            assert await bot.answers("/health", 200) == {"status": "ok"}
            expected = {"offices", "slack"}
            waiting = await bot.answers("/ready", 503, lambda body: {*reasons(body)} == expected)
            assert "OFFICES_FILE" in waiting["parts"]["offices"]

            import_offices(url)
            waiting = await bot.answers("/ready", 503, lambda body: len(reasons(body)) == 1)
            assert "slack" in reasons(waiting)
            await slack.start()
            body = await bot.answers("/ready", 200)
            assert body["status"] == "ready"
            assert set(body["parts"]) == {"database", "offices", "slack", "telegram"}
            await ends_well(bot)


async def drafted(slack: FakeSlack) -> None:
    """Let somebody write a few drafts, all at once. Each is acknowledged."""
    texts = [f"The road is closed on day {number}." for number in range(DRAFTS)]
    writes = [slack.command("U0AMINA", "C0MODS", "/draft", text) for text in texts]
    for delivery in await asyncio.gather(*writes):
        assert delivery.acknowledged


async def test_sigterm_loses_no_work_even_while_a_delivery_hangs(
    database_url: str, tmp_path: Path
) -> None:
    (tmp_path / "offices.yaml").write_text(OFFICES)
    async with services() as (slack, telegram):
        wire = Wire(slack, telegram, database_url)
        slack.fail("chat.postMessage", Fault(delay=60))
        async with started(tmp_path, wire.port, wire.environment()) as bot:
            await bot.ready()
            await drafted(slack)
            await slack.until(lambda: bool(slack.calls("chat.postMessage")))
            await ends_well(bot)

        assert len(slack.messages("C0MODS")) <= 1  # it may have arrived, without an answer
        async with started(tmp_path, wire.port, wire.environment()) as bot:
            await bot.ready()
            await slack.until(lambda: len(slack.messages("C0MODS")) >= DRAFTS)
            cards = [said.words.splitlines()[0] for said in slack.messages("C0MODS")]
            assert len(cards) == len(set(cards)) == DRAFTS
            await telegram.until(lambda: len(telegram.people[1004].inbox) == DRAFTS)
            await ends_well(bot)
        assert len(slack.messages("C0MODS")) == DRAFTS
        assert "repeat" not in slack.messages("C0MODS")[0].words


@asynccontextmanager
async def gate(url: str, port: int) -> AsyncIterator[None]:
    """Let the PostgreSQL server be reached at a port, for as long as the block lasts."""
    address = make_url(url)
    folder = address.query.get("host")
    passing: set[asyncio.Task[None]] = set()
    open_now: set[asyncio.StreamWriter] = set()

    async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while data := await reader.read(65536):
                writer.write(data)
                await writer.drain()
        except ConnectionError:
            pass
        finally:
            writer.close()

    async def enter(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if folder:
            inside = await asyncio.open_unix_connection(f"{folder}/.s.PGSQL.{address.port}")
        else:
            inside = await asyncio.open_connection(address.host, address.port)
        open_now.update((writer, inside[1]))
        for pair in ((reader, inside[1]), (inside[0], writer)):
            task = asyncio.create_task(pump(*pair))
            passing.add(task)

    server = await asyncio.start_server(enter, "127.0.0.1", port)
    try:
        yield
    finally:
        server.close()
        for writer in open_now:
            writer.close()
        await asyncio.gather(*passing, return_exceptions=True)


async def test_it_waits_for_a_database_that_is_down_at_the_start_and_later(
    postgres_server: Server, tmp_path: Path
) -> None:
    empty = postgres_server.clone(postgres_server.url("template0"))
    port = free_port()
    url = make_url(empty).set(host="127.0.0.1", port=port, query={})
    (tmp_path / "offices.yaml").write_text(OFFICES)
    async with FakeSlack() as slack, FakeTelegram() as telegram:
        slack.channel("C0MODS", "U0AMINA", "U0BO")
        wire = Wire(slack, telegram, url.render_as_string(hide_password=False))
        async with started(tmp_path, wire.port, wire.environment()) as bot:
            assert await bot.answers("/health", 200)
            waiting = await bot.answers("/ready", 503, lambda body: "not" in str(reasons(body)))
            assert "does not answer" in waiting["parts"]["database"]

            async with gate(empty, port):
                await bot.ready()
                await slack.command("U0AMINA", "C0MODS", "/draft", "The road is closed.")
                await slack.message("C0MODS", "Draft 1")
            waiting = await bot.answers("/ready", 503)
            assert "does not answer" in waiting["parts"]["database"]
            assert (await bot.ask("/health"))[0] == 200

            async with gate(empty, port):
                await bot.ready()
                await slack.command("U0AMINA", "C0MODS", "/draft", "The road is open.")
                await slack.message("C0MODS", "Draft 2")
            code, errors, seconds = await bot.ends()
    assert code == 0, errors
    assert seconds < PROMPT
    postgres_server.drop(empty)


async def test_it_says_that_its_port_is_taken(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        settings = {"TELEGRAM_BOT_TOKEN": "700:key", "TELEGRAM_API_URL": "http://127.0.0.1:9/bot"}
        async with started(tmp_path, port, settings) as bot:
            _, errors = await asyncio.wait_for(bot.process.communicate(), 20)
    assert bot.process.returncode == 2
    assert b"HTTP_PORT: cannot listen there" in errors
    assert b"Traceback" not in errors
