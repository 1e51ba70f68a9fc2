"""Storing goes before handling: whoever sent an event waits for the one and not for the other."""

import asyncio
import itertools
from collections.abc import Coroutine

import pytest

from bot import dispatcher, points
from bot.points import Point
from handlers.chat import Chat, Command, Sender
from tests.office import TestOffice
from tests.waiting import until


def command(number: int) -> Command:
    by = Sender("slack", f"U{number}")
    return Command(by, Chat("slack", by.user), "me", id=f"act-{number}")


async def working(office: TestOffice, acts: Coroutine[None, None, None]) -> None:
    """Let the bot work while people act, from just after they began."""
    async with asyncio.TaskGroup() as group:
        acting = group.create_task(acts)
        await asyncio.sleep(0.001)
        group.create_task(office.dispatcher.work())
        await acting
        office.dispatcher.stop()


def test_what_comes_at_once_is_stored_before_any_of_it_is_handled(
    office: TestOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached: list[Point] = []
    monkeypatch.setattr(points, "hook", reached.append)
    monkeypatch.setattr(dispatcher, "COURTESY", 10.0)  # however slow this machine is
    numbers = iter(range(30))

    async def send() -> None:
        for number in numbers:
            await office.dispatcher.accept(command(number))

    async def three_at_a_time() -> None:
        await asyncio.gather(send(), send(), send())
        await until(lambda: Point.HANDLED in reached)

    asyncio.run(working(office, three_at_a_time()))
    assert reached[: reached.index(Point.HANDLED)].count(Point.STORED) == 30


def test_handling_goes_on_while_there_is_always_something_to_store(
    office: TestOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    handled = asyncio.Event()
    numbers = itertools.count()

    def note(point: Point) -> None:
        if point is Point.COMMITTED:
            loop.call_soon_threadsafe(handled.set)

    async def send() -> None:
        while not handled.is_set():
            await office.dispatcher.accept(command(next(numbers)))

    async def always_three() -> None:
        nonlocal loop
        loop = asyncio.get_running_loop()
        async with asyncio.timeout(5):
            await asyncio.gather(send(), send(), send())

    loop: asyncio.AbstractEventLoop
    monkeypatch.setattr(points, "hook", note)
    asyncio.run(working(office, always_three()))
    assert handled.is_set()
