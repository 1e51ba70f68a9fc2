"""Attachments over the wire: fetched from Slack and Telegram, examined, shown where people vote."""

import asyncio
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from tests import pictures
from tests.fakes.slack_world import BOT_USER, broken
from tests.fakes.telegram import broken as telegram_broken
from tests.processes.crashes import owed
from tests.wire import MODES, offering, shown

TEXT = "The new bridge opens on Sunday."
CARD = "Draft 1 for Works on Facebook"
pytestmark = pytest.mark.parametrize("wire", MODES[:1], indirect=True, ids="-".join)


@asynccontextmanager
async def running(wire, monkeypatch):
    async with wire.running(monkeypatch) as bot:
        yield
        await wire.slack.until(lambda: owed(bot.engine) == 0)
        await wire.slack.settled()


def posted(wire, name: str) -> list:
    """List the messages of the moderators' channel that hold a file."""
    ours = [m for m in wire.slack.messages("C0MODS") if m.user == BOT_USER]
    return [m for m in ours for file in m.files if file["name"] == name]


def stored(wire) -> list[bytes]:
    folder = wire.folder / "attachments"
    return [path.read_bytes() for path in folder.rglob("*") if path.is_file()]


async def shortcut(wire, file) -> None:
    said = wire.slack.post("U0AMINA", "C0MODS", TEXT, file.described(wire.slack.base))
    await wire.slack.shortcut("U0AMINA", said)


async def test_a_picture_of_a_slack_message_is_fetched_cleaned_and_shown(wire, monkeypatch):
    slack = wire.slack
    async with running(wire, monkeypatch):
        data = pictures.jpeg(gps=True)
        file = slack.api.files.add("bridge.jpg", "image/jpeg", data, alt="A bridge over a river")
        await shortcut(wire, file)
        card = await slack.message("C0MODS", CARD)
        await slack.until(lambda: "On hold because of its files" in card.words, lambda: card.words)
        assert posted(wire, "bridge.jpg") == []

        receipt = await slack.message("U0AMINA", "stores where it was taken")
        await slack.press("U0AMINA", receipt, "Remove hidden data")
        await slack.until(lambda: bool(posted(wire, "bridge.jpg")))
        [below] = posted(wire, "bridge.jpg")
        assert below.thread == card.ts
        clean = slack.api.files.stored[below.files[0]["id"]]
        assert b"GPS" not in clean.data
        assert clean.data != data
        assert clean.alt == "A bridge over a river"
        await slack.until(lambda: "A bridge over a river" in card.words, lambda: card.words)
        assert "stores where" not in card.words


async def test_a_picture_whose_warning_is_confirmed_is_shown_as_it_was_sent(wire, monkeypatch):
    slack = wire.slack
    async with running(wire, monkeypatch):
        data = pictures.jpeg(gps=True)
        file = slack.api.files.add("bridge.jpg", "image/jpeg", data, alt="A bridge over a river")
        await shortcut(wire, file)
        card = await slack.message("C0MODS", CARD)
        receipt = await slack.message("U0AMINA", "stores where it was taken")
        await slack.press("U0AMINA", receipt, "Send it as it is")
        await slack.until(lambda: bool(posted(wire, "bridge.jpg")))
        [below] = posted(wire, "bridge.jpg")
        assert slack.api.files.stored[below.files[0]["id"]].data == data
        await slack.until(lambda: "stores where it was taken" in card.words, lambda: card.words)


async def test_a_file_of_the_slack_form_goes_with_the_draft(wire, monkeypatch):
    slack = wire.slack
    async with running(wire, monkeypatch):
        await slack.command("U0AMINA", "C0MODS", "/draft")
        modal = await slack.modal("U0AMINA")
        file = slack.api.files.add("a.png", "image/png", pictures.png(), alt="A bridge")
        await slack.submit(
            modal,
            {
                "purpose": "announcement",
                "text": TEXT,
                "files": [file.described(slack.base)],
            },
        )
        card = await slack.message("C0MODS", CARD)
        await slack.until(lambda: "PNG" in card.words, lambda: card.words)


async def test_an_album_of_telegram_is_shown_to_moderators_on_slack_and_telegram(wire, monkeypatch):
    amina, dara = wire.telegram.people[1001], wire.telegram.people[1004]
    data = [pictures.jpeg(size=(32, 16 + number)) for number in range(3)]
    async with running(wire, monkeypatch):
        for number, each in enumerate(data):
            photo = wire.telegram.file(each, kind="photo").as_field("photo")
            amina.says(f"/draft {TEXT}" if not number else "", sends=photo, album="77")
        confirm = "Send it as it is"
        await wire.telegram.until(lambda: "I have looked at" in "".join(amina.chat.texts))
        await wire.telegram.until(lambda: len(stored(wire)) == 3)
        newest = [each for each in amina.chat.said if confirm in each.buttons][-1]
        amina.presses(confirm, newest)
        card = await wire.slack.message("C0MODS", CARD)
        assert "3. picture" in card.words
        await wire.slack.until(
            lambda: sum(bool(m.files) for m in wire.slack.messages("C0MODS")) == 3
        )
        await wire.telegram.until(
            lambda: sum("photo" in each.extra for each in dara.chat.said) == 3
        )
        sent = [params["photo"] for params in wire.telegram.called("sendPhoto")]
        assert sorted(sent[:3]) == ["file-1", "file-2", "file-3"], "Telegram has them already"
    assert sorted(stored(wire)) == sorted(data)


async def test_a_document_in_a_message_that_is_answered_with_draft(wire, monkeypatch):
    amina, dara = wire.telegram.people[1001], wire.telegram.people[1004]
    async with running(wire, monkeypatch):
        document = wire.telegram.file(pictures.jpeg(gps=True), "bridge.jpg", kind="document")
        said = amina.says(TEXT, sends=document.as_field("document"))
        amina.says("/draft", under=said)
        await wire.telegram.until(lambda: any("where it was taken" in t for t in amina.chat.texts))
        amina.presses("Send it as it is", offering(amina.chat, "Send it as it is"))
        await wire.telegram.until(lambda: any("document" in e.extra for e in dara.chat.said))
        await wire.telegram.until(lambda: any("where it was taken" in t for t in dara.chat.texts))


async def test_files_are_added_and_taken_out_with_the_forms_of_slack(wire, monkeypatch):
    slack = wire.slack
    async with running(wire, monkeypatch):
        first = slack.api.files.add("bridge.jpg", "image/jpeg", pictures.jpeg(), alt="A bridge")
        await shortcut(wire, first)
        card = await slack.message("C0MODS", CARD)
        await slack.until(lambda: "JPEG" in card.words, lambda: card.words)
        await slack.press(
            "U0AMINA", await slack.message("U0AMINA", "I have looked at"), "Add files"
        )
        second = slack.api.files.add("river.png", "image/png", pictures.png(), alt="A wide river")
        await slack.submit(await slack.modal("U0AMINA"), {"files": [second.described(slack.base)]})
        await slack.until(lambda: bool(posted(wire, "river.png")))
        await slack.until(lambda: "Revision 2" in card.words, lambda: card.words)
        receipt = await slack.message("U0AMINA", "I have looked at “river.png”")
        await slack.press("U0AMINA", receipt, "Take a file out")
        await slack.submit(await slack.modal("U0AMINA"), {"file": "1. picture “bridge.jpg”"})
        await slack.until(lambda: "Revision 3" in card.words, lambda: card.words)
        assert "bridge.jpg" not in card.words


async def test_a_picture_that_answers_a_message_of_the_bot_goes_to_its_draft(wire, monkeypatch):
    amina, dara = wire.telegram.people[1001], wire.telegram.people[1004]
    async with running(wire, monkeypatch):
        amina.says(f"/draft {TEXT}")
        card = await wire.slack.message("C0MODS", CARD)
        await wire.telegram.until(lambda: shown(amina.chat, "is with the moderators"))
        photo = wire.telegram.file(pictures.jpeg(), kind="photo").as_field("photo")
        amina.says(sends=photo, under=shown(amina.chat, "is with the moderators"))
        await wire.telegram.until(lambda: offering(amina.chat, "Send it as it is"))
        amina.presses("Send it as it is", offering(amina.chat, "Send it as it is"))
        await wire.slack.until(lambda: "1. picture" in card.words, lambda: card.words)
        assert "Revision 2" in card.words
        await wire.telegram.until(lambda: any("photo" in each.extra for each in dara.chat.said))


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"status": 404}, "does not hand it out (404)"),
        ({"status": 403}, "does not hand it out (403)"),
        ({"is_external": True}, "a link to a file that Slack does not have"),
        ({"link": "https://evil.example/a.jpg"}, "not Slack's own"),
        ({"link": "http://files.slack.com/a.jpg"}, "not Slack's own"),
        ({"data": b"\xff\xd8" + b"\0" * 1_000_001}, "larger than 1 MB"),
        ({"data": b"\xff\xd8" + b"\0" * 1_000_001, "is_announced": False}, "larger than 1 MB"),
        ({"data": pictures.bomb()}, "more than 50 million pixels"),
        ({"data": b"MZ"}, "no kind of file"),
    ],
)
async def test_what_slack_does_not_hand_out_is_refused_with_the_reason(
    wire, monkeypatch, more, reason
):
    given = {"data": pictures.jpeg(), "alt": "A bridge"} | more
    async with running(wire, monkeypatch):
        file = wire.slack.api.files.add("bridge.jpg", "image/jpeg", **given)
        await shortcut(wire, file)
        await wire.slack.message("U0AMINA", reason)
    assert stored(wire) == []


async def test_without_the_permission_slack_shows_a_page_which_is_no_file(wire, monkeypatch):
    async with running(wire, monkeypatch):
        file = wire.slack.api.files.add("a.jpg", "image/jpeg", pictures.jpeg(), alt="A bridge")
        wire.slack.api.files.bot_token = "another"
        await shortcut(wire, file)
        await wire.slack.message("U0AMINA", "the scope files:read")


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"status": 404}, "does not have it any more"),
        ({"data": b"\xff\xd8" + b"\0" * 1_000_001}, "larger than 1 MB"),
        ({"data": b"\xff\xd8" + b"\0" * 1_000_001, "is_announced": False}, "larger than 1 MB"),
        ({"data": b"\xff\xd8" + b"\0" * 20_000_001}, "is too big"),
    ],
)
async def test_what_telegram_does_not_hand_out_is_refused_with_the_reason(
    wire, monkeypatch, more, reason
):
    amina = wire.telegram.people[1001]
    async with running(wire, monkeypatch):
        photo = wire.telegram.file(**({"data": pictures.jpeg()} | more))
        amina.says(f"/draft {TEXT}", sends=photo.as_field("photo"))
        await wire.telegram.until(lambda: any(reason in text for text in amina.chat.texts))
        await wire.slack.message("U0AMINA", reason)
    assert stored(wire) == []


async def test_what_fails_for_a_while_is_fetched_later(wire, monkeypatch):
    amina = wire.telegram.people[1001]
    wire.telegram.fails("getFile", telegram_broken())
    wire.slack.fail("files.info", broken(503))
    async with running(wire, monkeypatch):
        file = wire.slack.api.files.add("a.jpg", "image/jpeg", pictures.jpeg(), alt="A bridge")
        await shortcut(wire, file)
        photo = wire.telegram.file(pictures.png())
        amina.says(f"/draft {TEXT}", sends=photo.as_field("photo"))
        await wire.slack.message("C0MODS", CARD)
        await wire.telegram.until(lambda: wire.telegram.called("getFile"))
        await asyncio.sleep(0.2)
        assert stored(wire) == []
        wire.offset += timedelta(seconds=6)
        await wire.slack.until(lambda: len(stored(wire)) == 2)
