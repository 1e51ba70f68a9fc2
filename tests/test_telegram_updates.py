"""What we make of Telegram's updates."""

import pytest
from telegram import Bot, Update

from bot.platforms.telegram.updates import events
from handlers.chat import Command, Kind, Text

PERSON = {"id": 1001, "is_bot": False, "first_name": "Amina"}
PRIVATE = {"id": 1001, "type": "private", "first_name": "Amina"}
GROUP = {"id": -5, "type": "group", "title": "Moderators"}
OPENING = {
    "message_id": 1,
    "date": 0,
    "chat": GROUP,
    "forum_topic_created": {"name": "Roads", "icon_color": 7322096},
}


def heard(**said: object) -> list[object]:
    """Return the events of a message."""
    told = {"message_id": 9, "date": 0, "chat": PRIVATE, "from": PERSON, **said}
    update = Update.de_json({"update_id": 3, "message": told}, Bot("1:x"))
    return list(events(update, "countersign_bot"))


@pytest.mark.parametrize(
    ("text", "name", "rest"),
    [
        ("/draft The road is closed.", "draft", "The road is closed."),
        ("/draft", "draft", ""),
        ("/DRAFT x", "draft", "x"),
        ("/draft\nTwo\n  lines ", "draft", "Two\n  lines"),
        ("/draft@countersign_bot x", "draft", "x"),
        ("/draft@Countersign_Bot x", "draft", "x"),
        ("/countersign draft a  b", "draft", "a  b"),
        ("/countersign /queue", "queue", ""),
        ("/countersign", "help", ""),
        ("/countersign@countersign_bot me", "me", ""),
        ("/start abc_123", "start", "abc_123"),
    ],
)
def test_a_command_is_read(text, name, rest):
    (found,) = heard(text=text)
    assert isinstance(found, Command)
    assert (found.name, found.text, found.id) == (name, rest, "3")


@pytest.mark.parametrize(
    "text", ["/etc/hosts is a file", "// no", "/", "a /draft x", "/ draft", "/drâft x"]
)
def test_what_only_looks_like_a_command_is_text(text):
    (found,) = heard(text=text)
    assert isinstance(found, Text)
    assert found.text == text


@pytest.mark.parametrize(
    "said",
    [
        {"text": "/draft@other_bot x"},
        {"text": "hello", "chat": GROUP},
        {"text": "in a topic", "chat": GROUP, "reply_to_message": OPENING},
        {"text": "/draft x", "is_automatic_forward": True},
        {"new_chat_title": "x", "chat": GROUP},
        {"migrate_from_chat_id": -4, "chat": GROUP},
        {"photo": [], "media_group_id": "1"},
        {"pinned_message": {"message_id": 1, "date": 0, "chat": PRIVATE}},
    ],
)
def test_what_is_not_for_us_is_ignored(said):
    assert heard(**said) == []


@pytest.mark.parametrize(
    ("sender", "kind", "user"),
    [
        ({"from": PERSON}, Kind.PERSON, "1001"),
        ({"from": {**PERSON, "is_bot": True}}, Kind.BOT, "1001"),
        ({"sender_chat": GROUP}, Kind.ANONYMOUS, "-5"),
        ({"from": {**PERSON, "id": 1087968824, "is_bot": True}}, Kind.ANONYMOUS, "-5"),
        ({"from": None}, Kind.ANONYMOUS, "-5"),
    ],
)
def test_a_sender_is_a_person_a_bot_or_anonymous(sender, kind, user):
    (found,) = heard(text="/queue", chat=GROUP, **sender)
    assert (found.by.kind, found.by.user) == (kind, user)
