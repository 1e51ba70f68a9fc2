"""`check --jsonl` as programs use it: in order, at once, whatever comes in and whoever listens."""

import json
import os
import pty
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest

from bot.commands.bulk import CHUNK, LONG, at_once, chunks
from policy.bulk import LONGEST_LINE, replies
from tests.documents import ROOT

COMMAND = [sys.executable, "-m", "bot", "check", "--jsonl"]
LINE = b'{"id": %d, "text": "The road is closed. Call 07700 900123."}\n'
FOUND = 1


@contextmanager
def checking(*options: str, **streams: int) -> Iterator[subprocess.Popen[bytes]]:
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(
        [*COMMAND, *options], cwd=ROOT, env={**os.environ, "TERM": "xterm"}, **{**pipes, **streams}
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def pieces(*read: bytes) -> list[Sequence[bytes]]:
    waiting = iter((*read, b""))
    return [lines for lines, _ in chunks(lambda: next(waiting))]


@pytest.mark.parametrize(
    ("read", "lines"),
    [
        ((), []),
        ((b"a\n",), [(b"a",)]),
        ((b"a\nb\n", b"c\n"), [(b"a", b"b"), (b"c",)]),
        ((b"a\nb", b"c\nd"), [(b"a",), (b"bc",), (b"d",)]),
        ((b"a\r\n\n",), [(b"a\r", b"")]),
        ((b"a", b"b", b"c"), [(b"abc",)]),
    ],
)
def test_lines_are_passed_on_as_soon_as_they_are_whole(read, lines):
    assert pieces(*read) == lines


def test_every_byte_is_counted_once():
    waiting = iter((b"a\nb", b"c", b"d\ne\n", b"f", b""))
    assert sum(size for _, size in chunks(lambda: next(waiting))) == 9


def test_of_a_line_without_end_only_the_beginning_is_kept():
    [[line]] = pieces(*[b"x" * CHUNK] * 100)
    assert len(line) == LONGEST_LINE + 1


def test_a_post_is_answered_before_the_next_one_is_sent():
    with checking() as process:
        for id in range(3):
            process.stdin.write(LINE % id)
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == id


def test_several_processes_answer_in_order_and_leave_nothing_waiting():
    with checking("--jobs", "2") as process:
        for batch in range(3):
            ids = range(1000 * batch, 1000 * batch + 500)
            process.stdin.write(b"".join(LINE % id for id in ids))
            process.stdin.flush()
            assert [json.loads(process.stdout.readline())["id"] for _ in ids] == [*ids]
        process.stdin.close()
        assert process.wait(20) == FOUND


def test_processes_are_not_fed_more_than_they_can_do():
    taken = []

    def read() -> Iterator[tuple[Sequence[bytes], int]]:
        for number in range(40):
            taken.append(number)
            yield [LINE % number], 1

    answers = at_once(replies, read(), 1, lambda: True)
    next(answers)
    assert len(taken) < 10
    answers.close()


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_run_goes_on_after_a_line_that_cannot_be_read(jobs):
    too_long = b'{"id": 2, "text": "%s"}\n' % (b"x" * LONGEST_LINE)
    lines = [LINE % 1, b"?\n", too_long, b"\xff\n", b"\n", b"[" * 9999 + b"\n", LINE % 3]
    with checking("--jobs", jobs) as process:
        out, errors = process.communicate(b"\xef\xbb\xbf" + b"".join(lines), timeout=30)
    assert [json.loads(line)["id"] for line in out.splitlines()] == [1, *[None] * 5, 3]
    assert (process.returncode, errors) == (FOUND, b"")


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_interruption_ends_it_quietly(jobs):
    with checking("--jobs", jobs) as process:
        process.stdin.write(LINE % 1)
        process.stdin.flush()
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 128 + signal.SIGINT
        assert process.stderr.read() == b""


def test_a_long_file_is_checked_whole(tmp_path):
    path = tmp_path / "posts.jsonl"
    count = LONG // 10_000
    line = b'{"id": %%d, "text": "The road is closed on Monday.", "note": "%s"}\n' % (b"x" * 10_000)
    path.write_bytes(b"".join(line % id for id in range(count)))
    with path.open("rb") as file, checking(stdin=file.fileno()) as process:
        out, errors = process.communicate(timeout=120)
    assert [json.loads(line)["id"] for line in out.splitlines()] == [*range(count)]
    assert (process.returncode, errors) == (0, b"")


def test_somebody_who_watches_sees_how_far_it_is(tmp_path):
    path = tmp_path / "posts.jsonl"
    path.write_bytes(b"".join(LINE % id for id in range(2000)))
    screen, terminal = pty.openpty()
    with path.open("rb") as file, checking(stdin=file.fileno(), stderr=terminal) as process:
        out = process.stdout.read()
        process.wait(20)
    os.close(terminal)
    assert len(out.splitlines()) == 2000
    assert b"Checking" in os.read(screen, 1 << 16)
    os.close(screen)
