"""Slack: its settings, which addresses may be answered at, and what is private."""

import pytest

from bot.platforms.base import Post
from bot.platforms.slack.finding import is_private
from bot.platforms.slack.settings import Access
from handlers.chat import (
    message,
)


@pytest.mark.parametrize(
    ("chat", "via", "private"),
    [("C1", "", False), ("U1", "", True), ("D1", "", True), ("D1", "url:https://x", False)],
)
def test_direct_messages_are_private_already(chat: str, via: str, private: bool) -> None:
    assert is_private(Post("k", chat, message("hi"), to="U1", via=via)) is private


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> pytest.MonkeyPatch:
    for name in ("BOT_TOKEN", "APP_TOKEN", "SIGNING_SECRET", "API_URL"):
        monkeypatch.delenv(f"SLACK_{name}", raising=False)
    monkeypatch.chdir(str(tmp_path))
    return monkeypatch


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"APP_TOKEN": "xapp-1"}, "SLACK_BOT_TOKEN is not"),
        ({"SIGNING_SECRET": "s"}, "SLACK_BOT_TOKEN is not"),
        ({"BOT_TOKEN": "xoxb-1"}, "neither SLACK_APP_TOKEN"),
        ({"BOT_TOKEN": "xapp-1", "APP_TOKEN": "xoxb-1"}, "starts with xoxb-"),
        ({"BOT_TOKEN": "xoxb-1", "APP_TOKEN": "xoxb-1"}, "starts with xapp-"),
        ({"BOT_TOKEN": "xoxb-1", "APP_TOKEN": "xapp-1", "API_URL": "slack.com"}, "web address"),
        ({"BOT_TOKEN": "xoxb-1", "APP_TOKEN": "xapp-1", "API_URL": "ftp://slack"}, "web address"),
    ],
)
def test_wrong_settings_say_what_to_set(
    environment: pytest.MonkeyPatch, settings: dict[str, str], said: str
) -> None:
    for name, value in settings.items():
        environment.setenv(f"SLACK_{name}", value)

    with pytest.raises(ValueError, match=said) as caught:
        Access.from_env()
    assert "xoxb-1" not in str(caught.value)


@pytest.mark.parametrize("empty", [{}, {"SLACK_BOT_TOKEN": "", "SLACK_APP_TOKEN": ""}])
def test_without_a_token_slack_is_not_in_use(
    environment: pytest.MonkeyPatch, empty: dict[str, str]
) -> None:
    for name, value in empty.items():
        environment.setenv(name, value)

    assert Access.from_env() is None


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/api", "http://127.0.0.1:9/api/"])
def test_the_address_of_slack_ends_with_a_slash(environment: pytest.MonkeyPatch, url: str) -> None:
    environment.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    environment.setenv("SLACK_SIGNING_SECRET", "s")
    environment.setenv("SLACK_API_URL", url)

    access = Access.from_env()

    assert access is not None
    assert access.api_url == "http://127.0.0.1:9/api/"
    assert access.is_local


@pytest.mark.parametrize(
    ("url", "may"),
    [
        ("https://hooks.slack.com/commands/1", True),
        ("http://127.0.0.1:9/response/1", True),
        ("http://127.0.0.1:8/response/1", False),
        ("http://hooks.slack.com/commands/1", False),
        ("https://", False),
        ("file:///etc/passwd", False),
        ("", False),
    ],
)
def test_only_safe_addresses_are_answered_at(
    environment: pytest.MonkeyPatch, url: str, may: bool
) -> None:
    environment.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    environment.setenv("SLACK_SIGNING_SECRET", "s")
    environment.setenv("SLACK_API_URL", "http://127.0.0.1:9/api/")
    access = Access.from_env()

    assert access is not None
    assert access.may_follow(url) is may
