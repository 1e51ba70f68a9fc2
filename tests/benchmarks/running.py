"""Starting processes beside us, watching them, and stopping them."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
PATIENCE = 30.0  # seconds, after which a process will never be ready
LOOK = 0.005  # seconds between looks whether it is


@contextmanager
def process(
    *arguments: str, settings: Mapping[str, str], folder: Path
) -> Iterator[subprocess.Popen[str]]:
    """Run `python ...` in a folder until the end of the block."""
    kept = ("PATH", "HOME", "LANG", "PYTHONPATH")
    environment = {name: os.environ[name] for name in kept if name in os.environ}
    paths = [str(ROOT), *filter(None, [environment.get("PYTHONPATH", "")])]
    running = subprocess.Popen(
        [sys.executable, *arguments],
        cwd=folder,
        env={**environment, "PYTHONPATH": os.pathsep.join(paths), **settings},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield running
    finally:
        running.terminate()
        try:
            running.communicate(timeout=10)
        except subprocess.TimeoutExpired:
            running.kill()
            running.communicate()


def until_ready(running: subprocess.Popen[str], port: int) -> None:
    """Wait until `/ready` answers with 200."""
    end = time.monotonic() + PATIENCE
    while not is_ready(port):
        if running.poll() is not None or time.monotonic() > end:
            raise RuntimeError(f"{running.args} was never ready")
        time.sleep(LOOK)


def is_ready(port: int) -> bool:
    """Tell whether `/ready` answers with 200 now."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/ready", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:  # refused, or 503
        return False


def free_port() -> int:
    """Return a port that nobody uses now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
