"""The manifests ask of Slack what the code uses: neither less nor more."""

from pathlib import Path

import pytest

from bot.platforms.slack.calls import Method
from bot.platforms.slack.diagnosis import SCOPES
from bot.platforms.slack.reading import FAREWELLS, UMBRELLA
from handlers import ROUTERS
from tests.fakes.slack_world import SPECS, Json, manifest

DEPLOY = Path(__file__).parents[1] / "deploy"
MODES = ["socket", "http"]
URL = "https://YOUR-HOST/slack/events"

#: Names that Slack keeps to itself: a manifest with one of them is refused as a whole.
RESERVED = {"away", "help", "join", "leave", "me", "open", "remind", "search", "status", "who"}
#: Commands of platforms where forms are conversations.
ELSEWHERE = {"cancel", "start"}

#: Events that the platform reads, beside those that say that our access ends.
READ = {
    "app_home_opened",
    "message.channels",
    "message.groups",
    "message.im",
    "reaction_added",
    "reaction_removed",
}
#: Scopes that follow from no method and no event.
OTHER = {"commands", "metadata.message:read"}
#: What people talk to the bot in: public and private channels, and direct messages.
HISTORIES = {"channels:history", "groups:history", "im:history"}


def load(mode: str) -> Json:
    """Read a manifest."""
    return manifest(DEPLOY / f"slack-manifest-{mode}.yaml")


@pytest.mark.parametrize("mode", MODES)
def test_every_command_that_slack_permits_is_in_the_manifest(mode: str) -> None:
    commands = {name for router in ROUTERS for name in router.commands if " " not in name}

    listed = [entry["command"] for entry in load(mode)["features"]["slash_commands"]]

    expected = commands - RESERVED - ELSEWHERE | {UMBRELLA}
    assert sorted(listed) == sorted(f"/{name}" for name in expected)


@pytest.mark.parametrize("mode", MODES)
def test_every_scope_is_needed_and_none_is_missing(mode: str) -> None:
    scopes = set(load(mode)["oauth_config"]["scopes"]["bot"])
    assert scopes == SCOPES

    alternatives = [set(SPECS["methods"][method]["bot_scopes"]) for method in Method]
    events = {scope for event in READ for scope in SPECS["events"][event]["scopes"]}

    assert all(not any_of or any_of & scopes for any_of in alternatives)
    assert events | OTHER | HISTORIES <= scopes
    assert scopes <= set().union(*alternatives) | events | OTHER


@pytest.mark.parametrize("mode", MODES)
def test_the_events_are_those_that_are_read(mode: str) -> None:
    events = load(mode)["settings"]["event_subscriptions"]["bot_events"]

    assert sorted(events) == sorted(READ | FAREWELLS)
    assert all(event in SPECS["events"] for event in events)


@pytest.mark.parametrize("mode", MODES)
def test_a_message_can_be_submitted_by_a_shortcut(mode: str) -> None:
    (shortcut,) = load(mode)["features"]["shortcuts"]

    assert (shortcut["type"], shortcut["callback_id"]) == ("message", "draft")


@pytest.mark.parametrize("mode", MODES)
def test_the_manifest_keeps_to_the_limits_of_its_schema(mode: str) -> None:
    found = load(mode)

    assert len(found["display_information"]["name"]) <= 35
    assert len(found["display_information"]["description"]) <= 140
    assert len(found["features"]["slash_commands"]) <= 50
    for entry in found["features"]["slash_commands"]:
        assert len(entry["command"]) <= 32
        assert len(entry["description"]) <= 100
    for shortcut in found["features"]["shortcuts"]:
        assert len(shortcut["name"]) <= 24


def urls(found: Json) -> list[str | None]:
    """List every place of a manifest that may name the bot's address."""
    settings = found["settings"]
    return [
        settings["event_subscriptions"].get("request_url"),
        settings["interactivity"].get("request_url"),
        *(entry.get("url") for entry in found["features"]["slash_commands"]),
    ]


def test_in_http_mode_slack_knows_where_to_call() -> None:
    found = load("http")

    assert found["settings"]["socket_mode_enabled"] is False
    assert set(urls(found)) == {URL}


def test_in_socket_mode_there_is_no_address() -> None:
    found = load("socket")

    assert found["settings"]["socket_mode_enabled"] is True
    assert set(urls(found)) == {None}


def test_both_modes_differ_in_nothing_else() -> None:
    socket, http = load("socket"), load("http")
    for found in (socket, http):
        found["settings"].pop("socket_mode_enabled")
        for entry in (
            found["settings"]["event_subscriptions"],
            found["settings"]["interactivity"],
            *found["features"]["slash_commands"],
        ):
            entry.pop("request_url", None)
            entry.pop("url", None)

    assert socket == http
