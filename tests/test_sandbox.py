"""The sandbox platform keeps what readers would see, as a real platform would show it."""

import pytest

from bot.platforms.base import NotSent, Platform, Post, Sent, Undeliverable
from bot.platforms.sandbox import Sandbox, Shown
from handlers.chat import Form, message


def post(key: str = "key-1", **fields: str) -> Post:
    return Post(key, "chat", message("Hello"), **fields)


async def test_messages_are_numbered_and_keep_who_may_see_them():
    sandbox = Sandbox()

    assert await sandbox.send(post(to="bo", under="7")) == Sent("chat", "1")
    assert await sandbox.send(post("key-2")) == Sent("chat", "2")

    assert [(shown.id, shown.to, shown.under) for shown in sandbox.messages] == [
        ("1", "bo", "7"),
        ("2", "", ""),
    ]


async def test_two_sandboxes_may_share_their_numbers():
    slack = Sandbox("slack")
    telegram = Sandbox("telegram", numbers=slack.numbers)

    sent = [await slack.send(post()), await telegram.send(post()), await slack.send(post("key-2"))]

    assert [each.message for each in sent] == ["1", "2", "3"]
    await slack.edit("chat", "3", message("Changed"))
    assert slack.messages[1].message == message("Changed")


async def test_an_edit_changes_the_message_in_place_and_is_counted():
    sandbox = Sandbox()
    await sandbox.send(post())

    await sandbox.edit("chat", "1", message("Changed"))

    (shown,) = sandbox.messages
    assert (shown.message, shown.edits) == (message("Changed"), 1)


@pytest.mark.parametrize(("chat", "number"), [("chat", "2"), ("elsewhere", "1"), ("chat", "x")])
async def test_what_is_not_there_cannot_be_edited(chat, number):
    sandbox = Sandbox()
    await sandbox.send(post())

    with pytest.raises(Undeliverable):
        await sandbox.edit(chat, number, message("Changed"))


async def test_whoever_watches_hears_of_each_message_and_of_each_change():
    seen: list[tuple[str, str, int]] = []

    def watch(platform: str, shown: Shown) -> None:
        seen.append((platform, shown.id, shown.edits))

    sandbox = Sandbox("slack", watch=watch)
    await sandbox.send(post())
    await sandbox.edit("chat", "1", message("Changed"))

    assert seen == [("slack", "1", 0), ("slack", "1", 1)]


async def test_a_message_is_found_by_its_key():
    sandbox = Sandbox()
    await sandbox.send(post())

    assert await sandbox.find(post()) == Sent("chat", "1")
    assert await sandbox.find(post("another")) is None


async def test_while_it_is_down_nothing_is_sent_or_changed():
    sandbox = Sandbox()
    await sandbox.send(post())
    sandbox.down = NotSent("away")

    with pytest.raises(NotSent):
        await sandbox.send(post("key-2"))
    with pytest.raises(NotSent):
        await sandbox.edit("chat", "1", message("Changed"))

    assert [shown.edits for shown in sandbox.messages] == [0]
    assert sandbox.trouble()


async def test_a_form_waits_under_its_trigger():
    sandbox = Sandbox(has_forms=True)
    form = Form("draft", "New draft", ())

    await sandbox.show(form, "trigger-1")

    assert sandbox.waiting == {"trigger-1": form}


def test_it_is_a_platform_that_no_setting_turns_on():
    platform: Platform = Sandbox()

    assert Sandbox.from_env() is None
    assert platform.trouble() == ""
