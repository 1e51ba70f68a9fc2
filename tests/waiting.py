"""Waiting for something that another task, thread or process does."""

import asyncio
import time
from collections.abc import Callable

STEP = 0.01  # seconds
PATIENCE = 10.0  # seconds


async def until(
    condition: Callable[[], object], within: float = PATIENCE, *, step: float = STEP
) -> None:
    """Wait, and let other tasks run, until a condition holds."""
    for _ in range(int(within / step)):
        if condition():
            return
        await asyncio.sleep(step)
    raise AssertionError("it did not happen in time")


def wait_for(condition: Callable[[], object], within: float = PATIENCE) -> None:
    """Wait until a condition holds."""
    end = time.monotonic() + within
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(STEP)
