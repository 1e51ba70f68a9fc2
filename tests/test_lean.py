"""The running bot loads what it uses, and not what only other commands or countries need."""

import json
import subprocess
import sys

from tests.documents import ROOT

LOADED = "print(json.dumps([name for name, module in sys.modules.items() if module]))"


def modules_after(code: str) -> set[str]:
    """List what a new process has loaded after running some code."""
    done = subprocess.run(
        [sys.executable, "-c", f"import json, sys\n{code}\n{LOADED}"],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    return set(json.loads(done.stdout.splitlines()[-1]))


def test_the_running_bot_loads_nothing_that_is_only_for_a_terminal_or_an_upgrade():
    loaded = modules_after("from bot.__main__ import run\nassert run() == 2  # no platform is set")
    assert "bot.app" in loaded
    assert not loaded & {"rich", "typer", "httpx._main", "alembic", "telegram.ext", "holidays"}


def test_the_holidays_of_one_country_are_read_without_those_of_the_others():
    code = "from policy.calendar import Calendar\nCalendar('UTC', 'GB', 'SCT')"
    countries = {name for name in modules_after(code) if name.startswith("holidays.countries.")}
    assert countries == {"holidays.countries.united_kingdom"}
