"""What only one replica may do is done by one, and by another when that one is gone."""

import asyncio
import sys
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.replicas import Replicas
from tests.waiting import until

ROOT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do not wait seconds between two attempts."""
    monkeypatch.setattr("bot.replicas.AGAIN", 0.02)


class Replica:
    """Somebody who wants a name."""

    def __init__(self, engine: Engine, name: str = "telegram") -> None:
        self.holds = False
        self._name = name
        self._replicas = Replicas(engine)
        self.task = asyncio.create_task(self._hold())

    async def _hold(self) -> None:
        async with self._replicas.alone(self._name):
            self.holds = True
            await asyncio.Event().wait()

    async def leaves(self) -> None:
        self.task.cancel()
        await asyncio.wait([self.task])


async def test_a_name_is_held_by_one_replica_and_then_by_the_next(engine: Engine) -> None:
    first = Replica(engine)
    await until(lambda: first.holds)
    second = Replica(engine)
    await asyncio.sleep(0.2)
    assert not second.holds
    await first.leaves()
    await until(lambda: second.holds)
    await second.leaves()


async def test_different_names_do_not_wait_for_one_another(engine: Engine) -> None:
    replicas = [Replica(engine, "telegram"), Replica(engine, "slack")]
    await until(lambda: all(replica.holds for replica in replicas))
    for replica in replicas:
        await replica.leaves()


async def test_a_name_is_free_again_when_its_holder_is_killed(engine: Engine) -> None:
    url = engine.url.render_as_string(hide_password=False)
    other = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.processes.hold", url, "telegram"),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    assert other.stdout is not None
    assert await other.stdout.readline() == b"held\n"
    replica = Replica(engine)
    await asyncio.sleep(0.2)
    assert not replica.holds
    other.kill()
    await until(lambda: replica.holds)
    await other.communicate()
    await replica.leaves()


async def test_a_replica_that_gives_up_waiting_holds_nothing(engine: Engine) -> None:
    first = Replica(engine)
    await until(lambda: first.holds)
    second = Replica(engine)
    await asyncio.sleep(0)
    await second.leaves()  # while it asks
    await first.leaves()
    third = Replica(engine)
    await until(lambda: third.holds)
    await third.leaves()


async def test_it_keeps_asking_while_the_database_does_not_answer(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    replica = Replica(engine)
    take, tries = replica._replicas._take, []

    def fail_twice(name: str) -> object:
        tries.append(name)
        if len(tries) < 3:
            raise OSError("gone")
        return take(name)

    monkeypatch.setattr(replica._replicas, "_take", fail_twice)
    await until(lambda: replica.holds)
    assert len(tries) == 3
    await replica.leaves()
