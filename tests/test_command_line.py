"""The command line as its user meets it: plain words, and exit codes that tell what happened."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.documents import ROOT

FINE, FOUND, WRONG = 0, 1, 2
OFFICES = str(ROOT / "deploy/offices.yaml")
NOWHERE = "postgresql+psycopg://u:a-password@127.0.0.1:1/x"
KEPT = ("PATH", "HOME", "LANG", "TMPDIR")


def countersign(
    folder: Path, *args: str, given: bytes = b"", **settings: str
) -> subprocess.CompletedProcess[bytes]:
    """Run the command in a folder, with nothing in its environment but these settings."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    return subprocess.run(
        [sys.executable, "-m", "bot", *args],
        cwd=folder,
        env={**kept, "PYTHONPATH": str(ROOT), **settings},
        input=given,
        capture_output=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize(
    ("args", "settings", "said"),
    [
        (["nosuch"], {}, b"nosuch"),
        (["audit", "nosuch"], {}, b"nosuch"),
        (["import"], {}, b"Missing argument"),
        (["import", "nosuch.yaml"], {}, b"nosuch.yaml"),
        (["import", "."], {}, b"cannot be read"),
        (["check", "--packs", "nosuch", "x"], {}, b"there is no pack 'nosuch'"),
        (["run"], {}, b"No chat platform is set up"),
        (["run", "extra"], {}, b"extra"),
        (["run"], {"TELEGRAM_BOT_TOKEN": "1:a", "OFFICES_FILE": "/nosuch"}, b"no file /nosuch"),
        (["migrate"], {"DATABASE_URL": "mysql://x/y"}, b"DATABASE_URL: use sqlite:///"),
        (["migrate"], {"DATABASE_URL": NOWHERE}, b"DATABASE_URL: the database does not answer"),
        (["import", OFFICES], {"DATABASE_URL": NOWHERE}, b"does not answer"),
        (["audit", "verify"], {"DATABASE_URL": NOWHERE}, b"does not answer"),
        (["audit", "verify"], {}, b"run `countersign migrate`"),
        (["audit", "export"], {}, b"run `countersign migrate`"),
    ],
)
def test_what_cannot_be_done_is_said_plainly(
    tmp_path: Path, args: list[str], settings: dict[str, str], said: bytes
) -> None:
    done = countersign(tmp_path, *args, **settings)

    assert done.returncode == WRONG
    assert said in done.stderr
    assert b"Traceback" not in done.stderr
    assert b"a-password" not in done.stdout + done.stderr


def test_importing_twice_changes_nothing_and_the_record_is_sound(tmp_path: Path) -> None:
    first = countersign(tmp_path, "import", OFFICES)
    again = countersign(tmp_path, "import", OFFICES)
    verified = countersign(tmp_path, "audit", "verify")
    exported = countersign(tmp_path, "audit", "export")

    codes = [done.returncode for done in (first, again, verified, exported)]
    assert codes == [FINE] * 4, first.stderr + verified.stderr
    assert again.stdout == b"Nothing has changed.\n"
    entries = [json.loads(line) for line in exported.stdout.splitlines()]
    assert verified.stdout.startswith(f"{len(entries)} entries, all in place".encode())


def test_bytes_that_are_no_text_are_checked_all_the_same(tmp_path: Path) -> None:
    done = countersign(tmp_path, "check", given=b"caf\xe9 \xff")

    assert done.returncode == FINE
    assert b"Nothing to object to." in done.stdout


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b'{"id": "a", "text": "The road is closed."}\n', FINE),
        (b"", FINE),
        (b"no JSON\n", FOUND),
        (b'{"id": "a"}\n', FOUND),
        (b'{"id": "a", "text": "\xff\\ud800\\u0000"}\n', FINE),
    ],
)
def test_lines_are_answered_one_by_one(tmp_path: Path, line: bytes, code: int) -> None:
    done = countersign(tmp_path, "check", "--jsonl", given=line)

    assert done.returncode == code
    assert len(done.stdout.splitlines()) == len(line.splitlines())
    assert b"Traceback" not in done.stderr


def test_a_reader_who_leaves_early_is_no_trouble(tmp_path: Path) -> None:
    line = b'{"id": "a", "text": "The road is closed."}\n'
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "check", "--jsonl"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdin.write(line)
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["id"] == "a"  # answered before the end
        process.stdout.close()
        process.stdin.write(line)
        process.stdin.close()
        assert process.stderr.read() == b""
