"""`countersign check --jsonl`: posts by the thousand, answered in order and as they come."""

import gc
import os
import select
import signal
import stat
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bot.commands.mistakes import Mistake, complain, or_mistake
from policy import library
from policy.bulk import LONGEST_LINE, replies

if TYPE_CHECKING:
    from concurrent.futures import Future

FOUND = 1
INTERRUPTED = 130

#: So many bytes are read at once. What comes alone is answered alone.
CHUNK = 1 << 16

#: A file with fewer bytes is done before more processes would have started.
LONG = 4_000_000

#: So many chunks each process may have before it: enough not to wait, and no more memory.
AHEAD = 4

CHECKING = "Checking"

#: A post that is checked only to have the packs loaded.
LOADING = b'{"id": 0, "text": "-"}'

Lines = Sequence[bytes]
Check = Callable[[Lines], tuple[bytes, bool]]
Advance = Callable[[int], None]

#: Answers, whether all was fine, and how many bytes they were about.
Answered = Generator[tuple[bytes, bool, int], None, None]


def check_lines(packs: Sequence[str], jobs: int = 0, folder: Path | None = None) -> int:
    """Check JSON Lines from standard input. Returns 1 if a line had a finding or a mistake.

    `jobs` is how many processes do it: none given, as many as there are cores if a long file
    is read, and one otherwise.
    """
    whence = folder or library.SHIPPED
    try:
        or_mistake(lambda: library.load(packs, whence))
    except Mistake as mistake:
        return complain(str(mistake))
    gc.freeze()  # what is loaded stays: looking for garbage in it would only make posts wait
    check = partial(replies, default_packs=tuple(packs), folder=whence)
    source = sys.stdin.fileno()
    fine = True
    try:
        with progress(source) as advance, closing(checked(check, source, jobs)) as answered:
            for answers, all_fine, size in answered:
                fine = fine and all_fine
                sys.stdout.buffer.write(answers)
                sys.stdout.buffer.flush()
                advance(size)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # whoever reads has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0 if fine else FOUND


def checked(check: Check, source: int, jobs: int) -> Answered:
    """Check what is read, in as many processes as pay."""
    read = chunks(lambda: os.read(source, CHUNK))
    processes = jobs or (cores() if length(source) >= LONG else 1)
    if processes == 1 or os.isatty(source):
        for lines, size in read:
            yield *check(lines), size
    else:
        yield from at_once(check, read, processes, lambda: more(source))


def chunks(read: Callable[[], bytes]) -> Iterator[tuple[Lines, int]]:
    """Yield the lines of what is read, as soon as they are whole, and their size.

    Of a line that is too long only so much is kept that one can see that.
    """
    begun, size = b"", 0
    while data := read():
        *lines, rest = data.split(b"\n")
        size += len(data)
        if lines:
            yield (begun + lines[0], *lines[1:]), size
            begun, size = b"", 0
        begun = (begun + rest)[: LONGEST_LINE + 1]
    if begun:
        yield (begun,), size


def at_once(
    check: Check,
    read: Iterable[tuple[Lines, int]],
    processes: int,
    more: Callable[[], bool],
) -> Answered:
    """Check in several processes, and answer in order; everything, before input is waited for."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    pool = ProcessPoolExecutor(processes, multiprocessing.get_context("spawn"), begin, (check,))
    waiting: deque[tuple[Future[tuple[bytes, bool]], int]] = deque()
    try:
        for lines, size in read:
            waiting.append((pool.submit(check, lines), size))
            while waiting and (
                len(waiting) >= AHEAD * processes or waiting[0][0].done() or not more()
            ):
                done, size = waiting.popleft()
                yield *done.result(), size
        for done, size in waiting:
            yield *done.result(), size
    finally:
        pool.shutdown(cancel_futures=True)


def begin(check: Check) -> None:
    """Make a process ready for work. An interruption is the business of the one that started it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    check((LOADING,))
    gc.freeze()


@contextmanager
def progress(source: int) -> Iterator[Advance]:
    """Show how far the work is, if somebody is watching and nothing else is on the screen."""
    if not sys.stderr.isatty() or sys.stdout.isatty() or os.isatty(source):
        yield lambda size: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(CHECKING, total=length(source) or None)
        yield lambda size: bar.advance(task, size)


def length(source: int) -> int:
    """Return how many bytes a file has left; 0 for what is no file."""
    about = os.fstat(source)
    if not stat.S_ISREG(about.st_mode):
        return 0
    return max(about.st_size - os.lseek(source, 0, os.SEEK_CUR), 0)


def more(source: int) -> bool:
    """Tell whether there is something to read without waiting for it."""
    return bool(select.select([source], [], [], 0)[0])


def cores() -> int:
    """Return how many processes can work at the same time."""
    here = getattr(os, "sched_getaffinity", None)
    return len(here(0)) if here else os.cpu_count() or 1
