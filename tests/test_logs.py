"""Logs hold ids, and never what people write."""

import subprocess
import sys

import pytest

from bot.settings import LogFormat

SCRIPT = """
import structlog
from bot.logs import configure
from bot.settings import LogFormat, LogLevel

configure(LogLevel.INFO, LogFormat({style!r}))

def handle(text):
    raise ValueError("broken")

try:
    handle("embargoed"[::-1])
except ValueError:
    structlog.get_logger("bot").exception("event not handled", number=7)
"""


@pytest.mark.parametrize("style", list(LogFormat))
def test_error_is_logged_with_its_place_and_without_anybodys_words(style):
    ran = subprocess.run(
        [sys.executable, "-c", SCRIPT.format(style=str(style))],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "event not handled" in ran.stderr
    assert "in handle" in ran.stderr
    assert "ValueError: broken" in ran.stderr
    assert "degraobme" not in ran.stderr
    assert ran.stdout == ""
