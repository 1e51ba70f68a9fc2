"""Slack: what its payloads say, in our own words. No network."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from bot.platforms.slack.escapes import typed
from bot.platforms.slack.payloads import Malformed
from bot.platforms.slack.reading import emoji, read
from handlers.chat import (
    SAME,
    Answer,
    Chat,
    Command,
    Kind,
    Press,
    Reaction,
    Sender,
    Text,
)
from tests.fakes.slack_world import Json


def submission(**values: Json) -> Json:
    state = {name: {name: element} for name, element in values.items()}
    carried = json.dumps({"chat": "C1", "context": "7.1"})
    return {
        "type": "view_submission",
        "user": {"id": "U1"},
        "trigger_id": "T",
        "view": {
            "id": "V1",
            "hash": "h",
            "callback_id": "draft",
            "private_metadata": carried,
            "state": {"values": state},
        },
    }


@pytest.mark.parametrize(
    ("element", "value"),
    [
        ({"type": "plain_text_input", "value": "  a <b> &amp; c\n"}, "a <b> &amp; c"),
        ({"type": "plain_text_input", "value": None}, ""),
        ({"type": "static_select", "selected_option": {"value": "4"}}, "4"),
        ({"type": "static_select", "selected_option": None}, ""),
        ({"type": "datetimepicker", "selected_date_time": 1772420400}, "2026-03-02T03:00:00+00:00"),
        ({"type": "datetimepicker", "selected_date_time": None}, ""),
    ],
)
def test_a_field_comes_back_as_text(element: Json, value: str) -> None:
    answer = read(submission(field=element))

    assert isinstance(answer, Answer)
    assert dict(answer.values) == {"field": value}
    assert (answer.form, answer.context, answer.chat) == ("draft", "7.1", Chat("slack", "C1"))


def test_a_moment_survives_the_way_through_a_form() -> None:
    at = datetime(2026, 3, 2, 9, tzinfo=UTC) + timedelta(minutes=30)
    element = {"type": "datetimepicker", "selected_date_time": int(at.timestamp())}

    answer = read(submission(wanted=element))

    assert isinstance(answer, Answer)
    assert datetime.fromisoformat(answer.values["wanted"]) == at


def slash(command: str, text: str = "", **more: str) -> Json:
    return {
        "command": command,
        "text": text,
        "user_id": "U1",
        "channel_id": "C1",
        "trigger_id": "1.2.3",
        "response_url": "https://hooks.slack.com/x",
    } | more


@pytest.mark.parametrize(
    ("command", "text", "name", "said"),
    [
        ("/draft", "", "draft", ""),
        ("/draft", "  The   road \n is closed.  ", "draft", "The   road \n is closed."),
        ("/draft", "a &amp; b &lt;c&gt; &amp;amp;", "draft", "a & b <c> &amp;"),
        ("/draft", "&lt;@U1|bo&gt;", "draft", "<@U1|bo>"),
        ("/countersign", "", "help", ""),
        ("/countersign", "   ", "help", ""),
        ("/countersign", "Queue", "queue", ""),
        ("/countersign", "/queue", "queue", ""),
        ("/countersign", "draft  The  road\nis closed.", "draft", "The  road\nis closed."),
        ("/countersign", "draft\nThe road", "draft", "The road"),
    ],
)
def test_a_command_keeps_what_was_typed(command: str, text: str, name: str, said: str) -> None:
    read_as = read(slash(command, text))

    assert isinstance(read_as, Command)
    assert (read_as.name, read_as.text) == (name, said)
    assert read_as.reply == "url:https://hooks.slack.com/x"
    assert read_as.trigger == "1.2.3 C1"


@pytest.mark.parametrize(
    ("change", "same"),
    [({}, True), ({"trigger_id": "9"}, False), ({"user_id": "U2"}, False), ({"text": "b"}, False)],
)
def test_a_command_is_known_again_by_what_makes_it_unique(
    change: dict[str, str], same: bool
) -> None:
    first, second = read(slash("/draft", "a")), read(slash("/draft", "a") | change)

    assert first is not None
    assert second is not None
    assert (first.id == second.id) is same


@pytest.mark.parametrize(
    ("raw", "meant"),
    [
        ("Write to <mailto:a@b.example|a@b.example>", "Write to a@b.example"),
        ("Call <tel:+8801711|01711>", "Call 01711"),
        ("See <https://works.example/a?x=1&amp;y=2>", "See https://works.example/a?x=1&y=2"),
        ("See <http://works.example|works.example>", "See works.example"),
        ("See <http://works.example/|works.example>", "See works.example"),
        ("<https://evil.example|Click>", "Click (https://evil.example)"),
        ("<@U1> and <@U2|bo>", "@U1 and @bo"),
        ("<#C1|general> <#C2>", "#general #C2"),
        ("<!here> <!subteam^S1|@press> <!date^1^{date}|2 March>", "@here @press 2 March"),
        ("&lt;!here&gt; &amp;lt;", "<!here> &lt;"),
    ],
)
def test_a_message_is_read_as_its_author_typed_it(raw: str, meant: str) -> None:
    assert typed(raw) == meant


@pytest.mark.parametrize(
    ("name", "seen", "meaning"),
    [
        ("white_check_mark", "✅", "👍"),
        ("heavy_check_mark", "✅", "👍"),
        ("+1", "👍", "👍"),
        ("+1::skin-tone-3", "👍", "👍"),
        ("thumbsup::skin-tone-6", "👍", "👍"),
        ("x", "❌", "👎"),
        ("heavy_multiplication_x", "❌", "👎"),
        ("-1::skin-tone-2", "👎", "👎"),
        ("thumbsdown", "👎", "👎"),
        ("eyes", "👀", None),
        ("negative_squared_cross_mark", ":negative_squared_cross_mark:", None),
        ("tada", ":tada:", None),
    ],
)
def test_emoji_mean_what_they_look_like(name: str, seen: str, meaning: str | None) -> None:
    assert emoji(name) == seen
    assert SAME.get(seen) == meaning


def test_every_emoji_that_counts_can_come_from_slack() -> None:
    assert {emoji(name) for name in ("white_check_mark", "+1", "x", "-1")} == set(SAME)


def event(**fields: object) -> Json:
    return {"type": "event_callback", "team_id": "T1", "event_id": "Ev1", "event": fields}


ITEM = {"type": "message", "channel": "C1", "ts": "1.2"}
BO = Sender("slack", "U1")


@pytest.mark.parametrize(
    ("payload", "meant"),
    [
        (
            event(type="reaction_added", user="U1", reaction="+1", item=ITEM),
            Reaction(BO, Chat("slack", "C1"), "1.2", "👍", id="T1:Ev1"),
        ),
        (
            event(type="reaction_removed", user="U1", reaction="x", item=ITEM),
            Reaction(BO, Chat("slack", "C1"), "1.2", "❌", added=False, id="T1:Ev1"),
        ),
        (event(type="reaction_added", user="U1", reaction="+1", item={"type": "file"}), None),
        (
            event(type="message", channel_type="im", channel="D1", user="U1", text="a &amp; b"),
            Text(BO, Chat("slack", "D1"), "a & b", id="T1:Ev1"),
        ),
        (
            event(type="message", channel_type="im", channel="D1", user="USLACKBOT", text="hi"),
            Text(Sender("slack", "USLACKBOT", Kind.BOT), Chat("slack", "D1"), "hi", id="T1:Ev1"),
        ),
        (event(type="message", channel_type="im", channel="D1", bot_id="B1", text="hi"), None),
        (event(type="message", channel_type="im", channel="D1", subtype="message_changed"), None),
        (event(type="message", channel_type="im", channel="D1", user="U1", text=""), None),
        (event(type="message", channel_type="channel", channel="C1", user="U1", text="hi"), None),
        (event(type="app_home_opened", user="U1"), None),
        ({"type": "view_closed"}, None),
        ({"type": "block_suggestion"}, None),
        ({}, None),
    ],
)
def test_an_event_is_read_or_is_nothing_to_us(payload: Json, meant: object) -> None:
    assert read(payload) == meant


def pressed(**more: object) -> Json:
    return {
        "type": "block_actions",
        "user": {"id": "U1"},
        "trigger_id": "1.2.3",
        "container": {"type": "message", "message_ts": "1.2", "channel_id": "C1"},
        "actions": [{"action_id": "approve", "value": "7.1", "action_ts": "9.9"}],
    } | more


@pytest.mark.parametrize(
    ("action", "name", "value"),
    [
        ({"action_id": "approve", "value": "7.1"}, "approve", "7.1"),
        ({"action_id": "answer~12", "value": "3.1.0"}, "answer", "3.1.0"),
        ({"action_id": "page", "selected_option": {"value": "4"}}, "page", "4"),
        ({"action_id": "open"}, "open", ""),
        ({"action_id": "approve", "value": 7}, "approve", ""),
        ({"action_id": "approve", "value": {"deep": []}}, "approve", ""),
    ],
)
def test_a_press_says_what_was_pressed(action: Json, name: str, value: str) -> None:
    press = read(pressed(actions=[action]))

    assert isinstance(press, Press)
    assert (press.action, press.value, press.message) == (name, value, "1.2")
    assert press.chat == Chat("slack", "C1")


@pytest.mark.parametrize(
    "payload",
    [
        {"command": "/draft"},
        {"command": "/draft", "user_id": 7, "channel_id": "C1"},
        pressed(user=None),
        pressed(user="U1"),
        pressed(actions=[]),
        pressed(actions="approve"),
        pressed(actions=["approve"]),
        pressed(actions=[{"value": "7.1"}]),
        {"type": "view_submission", "user": {"id": "U1"}, "view": {"private_metadata": "no JSON"}},
        {"type": "view_submission", "user": {"id": "U1"}},
        submission(wanted={"type": "datetimepicker", "selected_date_time": 10**30}),
        submission(wanted=["not", "a", "field"]),  # type: ignore[arg-type]
        event(type="reaction_added", user="U1", reaction="+1", item={"type": "message"}),
        {"type": "message_action", "user": {"id": "U1"}, "channel": "C1"},
    ],
)
def test_a_malformed_payload_is_named_as_such(payload: Json) -> None:
    with pytest.raises(Malformed):
        read(payload)
