"""`countersign run` refuses to start on what cannot work, and says what it is."""

import os
import signal
import sys
from pathlib import Path
from subprocess import PIPE, Popen

import pytest

from bot.commands import run
from bot.commands.settings import Mistake
from policy import library
from policy.documents import DocumentError
from tests.documents import ROOT

SLOW = """
import sys, time

class Slow:
    def find_spec(self, name, path=None, target=None):
        if name == "bot.app":
            print("starting", flush=True)
            time.sleep(30)

sys.meta_path.insert(0, Slow())
"""
BROKEN = "common.yaml line 9: rules[0].bad[0]: rule private-phone misses its bad example"


def test_rule_that_breaks_its_own_examples_keeps_the_bot_from_starting(monkeypatch, tmp_path):
    def load(packs: tuple[str, ...], folder: Path) -> library.Ruleset:
        raise DocumentError(BROKEN)

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "123:abc")
    monkeypatch.setenv("OFFICES_FILE", str(ROOT / "deploy/offices.yaml"))
    monkeypatch.setattr(run, "configure", lambda level, style: None)
    monkeypatch.setattr(library, "load", load)
    with pytest.raises(Mistake, match="line 9"):
        run.build()


def test_who_is_told_to_stop_while_starting_has_nothing_to_drain(tmp_path: Path):
    (tmp_path / "sitecustomize.py").write_text(SLOW)
    places = os.pathsep.join((str(tmp_path), str(ROOT)))
    with Popen(
        [sys.executable, "-m", "bot", "run"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": places},
        stdout=PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"starting\n"
        process.send_signal(signal.SIGTERM)
        assert process.wait(5) == 0
