"""Hold a name until killed: `python -m tests.processes.hold URL NAME`."""

import asyncio
import sys

from bot.replicas import Replicas
from storage.db import connect


async def hold(url: str, name: str) -> None:
    """Say so once the name is held."""
    async with Replicas(connect(url)).alone(name):
        sys.stdout.write("held\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(hold(*sys.argv[1:]))
