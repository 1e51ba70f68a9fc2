"""A worker does what falls due, is woken, waits for the database, and stops."""

import asyncio

import pytest
from sqlalchemy.exc import OperationalError

from bot.platforms.sandbox import Sandbox
from bot.worker import Worker


class Counting(Worker):
    """Has so many things to do, some of which the database keeps from it."""

    def __init__(self, things: int, troubles: int = 0) -> None:
        super().__init__()
        self.things, self.troubles, self.looks = things, troubles, 0
        self.done = asyncio.Event()

    async def work_next(self, platform: Sandbox) -> bool:
        """Do one thing, if there is one."""
        self.looks += 1
        if self.troubles:
            self.troubles -= 1
            raise OperationalError("SELECT", {}, Exception("gone"))
        if not self.things:
            self.done.set()
            return False
        self.things -= 1
        return True


@pytest.fixture
async def running():
    """Run workers, and stop them at the end."""
    tasks: list[tuple[Worker, asyncio.Task[None]]] = []

    async def run(worker: Worker) -> None:
        tasks.append((worker, asyncio.create_task(worker.run(Sandbox()))))
        await asyncio.wait_for(worker.done.wait(), 10)

    yield run
    for worker, task in tasks:
        worker.stop()
        await asyncio.wait_for(task, 10)


async def test_everything_that_is_due_is_done_without_a_pause(running):
    worker = Counting(50)
    worker.idle = 3600.0
    await running(worker)
    assert (worker.things, worker.looks) == (0, 51)


async def test_worker_that_is_woken_looks_at_once(running):
    worker = Counting(0)
    worker.idle = 3600.0
    await running(worker)
    worker.done.clear()
    worker.things = 1
    worker.wake()
    await asyncio.wait_for(worker.done.wait(), 10)
    assert worker.things == 0


async def test_worker_looks_again_by_itself(running):
    worker = Counting(0)
    worker.idle = 0.01
    await running(worker)
    worker.done.clear()
    worker.things = 1
    await asyncio.wait_for(worker.done.wait(), 10)
    assert worker.things == 0


async def test_worker_outlasts_a_database_that_does_not_answer(running):
    worker = Counting(2, troubles=3)
    worker.idle = 0.01
    await running(worker)
    assert (worker.things, worker.looks) == (0, 6)


async def test_worker_that_is_stopped_begins_with_nothing_further():
    worker = Counting(5)
    worker.stop()
    await asyncio.wait_for(worker.run(Sandbox()), 10)
    assert (worker.things, worker.looks) == (5, 0)
