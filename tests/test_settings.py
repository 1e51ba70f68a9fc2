"""A setting that cannot be right is named before anything starts, with what to write instead."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot.commands.run import build, run
from bot.commands.settings import Mistake

ROOT = Path(__file__).parents[1]
NAMES = (
    "DATABASE_URL", "OFFICES_FILE", "PACKS_FOLDER",
    "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET",
    "SLACK_API_URL", "TELEGRAM_BOT_TOKEN", "TELEGRAM_WEBHOOK_URL", "TELEGRAM_WEBHOOK_SECRET",
    "TELEGRAM_API_URL", "HTTP_HOST", "HTTP_PORT", "LOG_LEVEL", "LOG_FORMAT",
)  # fmt: skip
TELEGRAM = {"TELEGRAM_BOT_TOKEN": "700:key"}
WEBHOOK = {**TELEGRAM, "TELEGRAM_WEBHOOK_URL": "https://bot.example/telegram/webhook"}
SLACK = {"SLACK_BOT_TOKEN": "xoxb-1"}

# What is set beside a working Telegram, the name that must be said, and what must be said with it.
MISTAKES = [
    ({"DATABASE_URL": "mysql://root@db/x"}, "DATABASE_URL", "postgresql+psycopg://"),
    ({"DATABASE_URL": "countersign.db"}, "DATABASE_URL", "sqlite:///"),
    ({"DATABASE_URL": "sqlite://"}, "DATABASE_URL", "sqlite:///data/countersign.db"),
    ({"DATABASE_URL": "sqlite:///:memory:"}, "DATABASE_URL", "sqlite:///data/countersign.db"),
    ({"DATABASE_URL": "sqlite:////proc/version/x.db"}, "DATABASE_URL", "/proc/version"),
    ({"OFFICES_FILE": "nowhere.yaml"}, "OFFICES_FILE", "nowhere.yaml"),
    ({"PACKS_FOLDER": "nowhere"}, "PACKS_FOLDER", "nowhere"),
    ({"HTTP_PORT": "http"}, "HTTP_PORT", "integer"),
    ({"HTTP_PORT": "65536"}, "HTTP_PORT", "65535"),
    ({"HTTP_PORT": "-1"}, "HTTP_PORT", "0"),
    ({"LOG_LEVEL": "loud"}, "LOG_LEVEL", "'info'"),
    ({"LOG_FORMAT": "xml"}, "LOG_FORMAT", "'json'"),
    ({"TELEGRAM_BOT_TOKEN": "key"}, "TELEGRAM_BOT_TOKEN", "@BotFather"),
    ({"TELEGRAM_API_URL": "telegram"}, "TELEGRAM_API_URL", "https://api.telegram.org/bot"),
    (WEBHOOK, "TELEGRAM_WEBHOOK_URL", "TELEGRAM_WEBHOOK_SECRET"),
    ({**WEBHOOK, "TELEGRAM_WEBHOOK_SECRET": "a b"}, "TELEGRAM_WEBHOOK_SECRET", "A-Z"),
    (
        {"TELEGRAM_WEBHOOK_URL": "http://bot.example/", "TELEGRAM_WEBHOOK_SECRET": "x"},
        "TELEGRAM_WEBHOOK_URL",
        "https",
    ),
    (SLACK, "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"),
    ({"SLACK_APP_TOKEN": "xapp-1"}, "SLACK_BOT_TOKEN", "xoxb-"),
    ({"SLACK_SIGNING_SECRET": "x"}, "SLACK_BOT_TOKEN", "xoxb-"),
    ({"SLACK_BOT_TOKEN": "xapp-1", "SLACK_APP_TOKEN": "xapp-1"}, "SLACK_BOT_TOKEN", "xoxb-"),
    ({**SLACK, "SLACK_APP_TOKEN": "xoxb-2"}, "SLACK_APP_TOKEN", "xapp-"),
    ({**SLACK, "SLACK_APP_TOKEN": "xapp-1", "SLACK_API_URL": "slack"}, "SLACK_API_URL", "https://"),
    ({"TELEGRAM_BOT_TOKEN": ""}, "SLACK_BOT_TOKEN", "TELEGRAM_BOT_TOKEN"),
]


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing in the environment and in the working directory, save Telegram's token."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("bot.commands.run.configure", lambda *_: None)
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "700:key")


@pytest.mark.parametrize(("wrong", "name", "said"), MISTAKES)
def test_a_setting_that_cannot_be_right_is_named_with_what_to_write(
    monkeypatch: pytest.MonkeyPatch, wrong: dict[str, str], name: str, said: str
) -> None:
    for variable, value in wrong.items():
        monkeypatch.setenv(variable, value)
    with pytest.raises(Mistake) as caught:
        build()
    assert name in str(caught.value)
    assert said in str(caught.value)


def test_a_mistake_says_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    secrets = {
        "DATABASE_URL": "oracle://me:hunter2@db/x",
        "TELEGRAM_BOT_TOKEN": "hunter2",
        "SLACK_BOT_TOKEN": "xapp-hunter2",
        "SLACK_SIGNING_SECRET": "hunter2",
    }
    for variable, value in secrets.items():
        for other in secrets:
            monkeypatch.delenv(other, raising=False)
        monkeypatch.setenv("SLACK_SIGNING_SECRET", "x")
        monkeypatch.setenv(variable, value)
        with pytest.raises(Mistake) as caught:
            build()
        assert "hunter2" not in str(caught.value)


def test_all_wrong_settings_of_the_process_are_said_at_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HTTP_PORT", "x")
    monkeypatch.setenv("LOG_LEVEL", "x")
    assert run() == 2
    said = capsys.readouterr().err
    assert "HTTP_PORT: " in said
    assert "LOG_LEVEL: " in said
    assert "Traceback" not in said


def test_a_mistake_in_the_offices_file_stops_the_start_and_names_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "offices.yaml").write_text("offices:\n  - nam: x\n")
    assert run() == 2
    assert "offices.yaml line 2: offices[0].nam: unknown key" in capsys.readouterr().err


@pytest.mark.parametrize(("name", "value"), [("LOG_LEVEL", "WARNING"), ("LOG_FORMAT", "JSON")])
def test_choices_may_be_written_in_capitals(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    bot = build()
    assert getattr(bot.settings, name.lower()) == value.lower()
    bot.threads.close()
    bot.engine.dispose()


def test_settings_may_stand_in_a_file(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("HTTP_PORT=70000\n")
    with pytest.raises(Mistake, match="HTTP_PORT"):
        build()


def test_the_command_ends_with_exit_code_2_and_says_why(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "run"],
        env={"HTTP_PORT": "x", "PYTHONPATH": str(ROOT)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.startswith("HTTP_PORT: ")
    assert len(done.stderr.splitlines()) == 1
