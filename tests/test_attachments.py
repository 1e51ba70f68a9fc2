"""Files that go with drafts: fetched after the commit, checked, shown, described, cleaned."""

import asyncio
import stat
from datetime import timedelta

import pytest

from bot.platforms.base import NotSent
from bot.platforms.slack.rendering import fallback
from bot.platforms.telegram.words import render, units
from handlers.chat import File
from handlers.stored import files_to_text
from storage import files
from storage.db import transaction
from storage.models import Draft
from tests import pictures

BRIDGE = File("F1", kind="image/jpeg", name="bridge.jpg", alt="Two engineers on a bridge")
BARE = File("F1", kind="image/jpeg", name="IMG_1.jpg")
NOT_NOW = NotSent("it is down")
TEXT = "/draft The new bridge opens on Sunday."


def send(office, file: File, data: bytes | None, text: str = TEXT, **more) -> None:
    """Let amina file a draft with one file, which the platform has if there are bytes."""
    if data is not None:
        office.slack.files[file.id] = data
    office.says("amina", text, files=(file,), **more)


def kept(office, draft: int = 1):
    with transaction(office.engine) as db:
        return [row.model_dump() for row in files.of(db, db.get_one(Draft, draft))]


def pictures_in(office, name: str = "", *, on: str = "slack") -> list[str]:
    """List the files that were shown: in the moderators' chat, or to somebody."""
    chat = office.sender(name, on).user if name else "C0MODS"
    shown = office.platforms[on].messages
    return [each.message.media.name for each in shown if each.chat == chat and each.message.media]


def test_a_picture_is_fetched_kept_by_its_content_and_shown_below_the_card(office):
    send(office, BRIDGE, pictures.jpeg(), f"{TEXT} Come along.")

    [file] = kept(office)
    path = office.vault.path(file["digest"])
    assert file["stage"] == "kept"
    assert path.read_bytes() == pictures.jpeg()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "bridge.jpg” (JPEG" in office.text(office.card())
    assert "Two engineers on a bridge" in office.text(office.card())
    assert pictures_in(office) == ["bridge.jpg"]
    assert {action for _, action in office.record()} >= {"file attached", "file kept"}
    assert office.verdict().broken is None


def test_the_same_file_is_stored_once_and_fetched_once(office):
    send(office, BRIDGE, pictures.jpeg())
    office.again()
    send(office, File("F2", kind="image/jpeg", name="again.jpg", alt="A bridge"), pictures.jpeg())

    first, second = kept(office, 1), kept(office, 2)
    assert [row["digest"] for row in first] == [row["digest"] for row in second]
    stored = [path for path in office.vault.folder.rglob("*") if path.is_file()]
    assert len(stored) == 1


def test_a_hidden_position_is_found_and_a_clean_copy_takes_the_place(office):
    send(office, BRIDGE, pictures.jpeg(gps=True, turned=6))
    assert "On hold because of its files" in office.text(office.card())
    assert "stores where it was taken" in office.heard("amina")

    office.presses("amina", "Remove hidden data")

    assert "stores where" not in office.text(office.card())
    assert "a clean copy without hidden data" in office.text(office.card())
    assert "has taken its place" in office.heard("amina")
    assert any("replaced by a clean copy" in said for said in office.chat())
    assert pictures_in(office) == ["bridge.jpg"], "the moderators never see the place"
    [file] = kept(office)
    assert file["original"] != file["digest"]
    assert ("bot", "file cleaned") in office.record()
    assert office.vault.path(file["original"]).exists(), "what was sent stays with the record"


def test_a_clean_copy_goes_out_with_the_approval(office):
    send(office, BRIDGE, pictures.jpeg(gps=True))
    office.presses("amina", "Remove hidden data")
    for name, on in (("bo", "slack"), ("chen", "slack")):
        office.reacts(name, "👍", office.card(), on=on)

    shown = [each for each in office.slack.messages if each.chat == "U0AMINA"][-1]
    [file] = kept(office)
    assert shown.message.media.digest == file["digest"]
    assert "Two engineers on a bridge" in office.text(shown)


def test_a_picture_without_description_waits_until_it_is_described(office):
    send(office, BARE, pictures.jpeg())
    assert "not with the moderators yet" in office.heard("amina")

    office.presses("amina", "Describe picture 1")
    office.fills("amina", alt="Two engineers on a bridge", people="nobody", origin="own")
    assert "it has no description" not in office.heard("amina")
    office.presses("amina", "Send it as it is")

    assert "Two engineers on a bridge" in office.text(office.card())
    assert ("amina", "file described") in office.record()


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ({"people": "adults"}, "Confirm consent"),
        ({"people": "children", "consent": "spoken, by the mother"}, "must be changed"),
        ({"people": "crowd"}, "tip"),
        ({"origin": "ai"}, "was made with AI"),
        ({"origin": "other", "licence": "CC BY 4.0"}, "add the licence and credit"),
    ],
)
def test_what_is_declared_is_checked(office, said, heard):
    send(office, BARE, pictures.jpeg())
    office.presses("amina", "Describe picture 1")
    values = {"alt": "A bridge on Sunday", "people": "nobody", "origin": "own"}
    office.fills("amina", **{**values, **said})
    assert heard in office.heard("amina")


@pytest.mark.parametrize(
    "said",
    [
        {"people": "children", "consent": "form 2026-014"},
        {"people": "adults", "consent": "form 12"},
        {"origin": "other", "licence": "CC BY 4.0, Jo Bell"},
    ],
)
def test_what_is_declared_in_full_is_let_pass(office, said):
    send(office, BARE, pictures.jpeg())
    office.presses("amina", "Describe picture 1")
    values = {"alt": "A bridge on Sunday", "people": "nobody", "origin": "own"}
    office.fills("amina", **{**values, **said})
    assert not any(
        words in office.heard("amina")
        for words in ("Confirm consent", "Describe the image", "add the licence")
    )


def test_a_child_without_consent_takes_a_draft_from_the_moderators(office):
    send(office, BRIDGE, pictures.jpeg())
    office.presses("amina", "Describe picture 1")
    office.fills("amina", alt="A girl on a bridge", people="children", origin="own")
    assert "on hold" in office.chat()[-1]


def test_what_is_being_voted_on_does_not_change(office):
    send(office, BRIDGE, pictures.jpeg())
    office.reacts("bo", "👍", office.card())
    office.presses("amina", "Describe picture 1")
    assert "begun to vote" in office.heard("amina")


def test_only_the_author_describes_or_cleans(office):
    send(office, BRIDGE, pictures.jpeg(gps=True))
    receipt = next(each for each in reversed(office.slack.messages) if each.message.buttons)
    for action in ("describe", "clean"):
        button = next(
            b for m in office.slack.messages for b in m.message.buttons if b.action == action
        )
        office.presses_forged("bo", button, on="slack", at=receipt)
        assert "not yours" in office.heard("bo")
    [file] = kept(office)
    assert (file["declared"], file["original"]) == ({"alt": BRIDGE.alt}, "")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"MZ not a picture", "no kind of file that I take"),
        (pictures.bomb(), "more than 50 million pixels"),
        (pictures.jpeg(size=(640, 480))[:700], "damaged or cut off"),
        (b"\xff\xd8" + b"\0" * 1_000_001, "larger than 1 MB"),
        (b"", "it is empty"),
        (None, "there is no such file"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_the_reason(office, data, reason):
    send(office, BRIDGE, data)
    assert reason in office.heard("amina")
    assert reason in office.text(office.card())
    assert pictures_in(office) == []
    assert [row["stage"] for row in kept(office)] == ["refused"]
    assert ("bot", "file refused") in office.record()
    assert not [each for each in office.vault.folder.rglob("*") if each.is_file()]


def test_a_wrong_name_does_not_change_what_a_file_is(office):
    send(
        office, File("F1", kind="image/png", name="a.png", alt="A paper"), b"%PDF-1.7\n" + b"x" * 99
    )
    assert "document “a.png” (PDF" in office.text(office.card())


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\a.jpg", "a.jpg"),
        ("a\u202egpj.exe", "agpj.exe"),
        ("a\x00b\n.jpg", "a␀b.jpg"),
        (".hidden", "hidden"),
        ("x" * 300, "x" * 79 + "…"),
        ("<!here>.jpg", "_!here_.jpg"),
    ],
)
def test_names_are_made_harmless(office, name, shown):
    send(office, File("F1", kind="image/jpeg", name=name, alt="A bridge"), pictures.jpeg())
    assert [row["name"] for row in kept(office)] == [shown]


def test_a_platform_that_is_down_is_asked_again_and_after_a_day_no_more(office):
    office.slack.down = NOT_NOW
    office.says("amina", TEXT, files=(BRIDGE,))
    assert [row["stage"] for row in kept(office)] == ["wanted"]

    office.slack.down = None
    office.slack.files["F1"] = pictures.jpeg()
    office.later(minutes=1)
    assert [row["stage"] for row in kept(office)] == ["kept"]


def test_an_album_is_one_draft(office):
    for number in (1, 2, 3):
        office.telegram.files[f"P{number}"] = pictures.jpeg(size=(32, 16 + number))
    first, second, third = (File(f"P{n}", f"u{n}", "image") for n in (1, 2, 3))
    office.says("amina", TEXT, on="telegram", files=(first,), album="77")
    office.writes("amina", "", files=(second,), album="77")
    office.writes("amina", "", files=(third,), album="77")
    office.writes("mallory", "", files=(third,), album="77")

    assert [row["stage"] for row in kept(office)] == ["kept"] * 3
    assert "I did not ask" not in office.heard("amina", on="telegram")


def test_pictures_are_sent_in_the_conversation(office):
    office.telegram.files |= {"P1": pictures.jpeg(), "P2": pictures.png()}
    office.says("amina", "/draft", on="telegram")
    office.presses("amina", "Announcement", on="telegram")
    office.writes("amina", "The new bridge opens on Sunday.")
    office.presses("amina", "Skip", on="telegram")
    office.writes("amina", "no picture")
    assert "Send a picture" in office.heard("amina", on="telegram")
    office.writes("amina", "", files=(File("P1", "u1", "image"),))
    office.restart()
    office.writes("amina", "", files=(File("P2", "u2", "image"),))
    assert "2 so far" in office.heard("amina", on="telegram")
    office.presses("amina", "Go on", on="telegram")

    assert [row["media_type"] for row in kept(office)] == ["image/jpeg", "image/png"]


def test_files_of_a_form_go_with_the_draft(office):
    office.slack.files["F1"] = pictures.jpeg()
    office.says("amina", "/draft")
    office.fills(
        "amina", purpose="announcement", text="The bridge is open.", files=files_to_text([BRIDGE])
    )
    assert [row["stage"] for row in kept(office)] == ["kept"]


def test_a_new_wording_keeps_the_files(office):
    send(office, BRIDGE, pictures.jpeg())
    office.presses("amina", "Change the text")
    office.fills("amina", text="The new bridge opens on Monday.")
    assert "bridge.jpg" in office.text(office.card())
    assert pictures_in(office) == ["bridge.jpg"], "it stands there already"


def test_more_files_than_a_draft_takes_are_refused(office):
    many = tuple(File(f"F{n}", kind="image/png") for n in range(11))
    office.says("amina", TEXT, files=many)
    assert "at most 10 files" in office.heard("amina")
    assert ("amina", "draft submitted") not in office.record()


def test_a_draft_that_is_over_keeps_what_comes_late_without_a_word(office):
    office.slack.down = NOT_NOW
    office.says("amina", TEXT, files=(BRIDGE,))
    office.slack.down = None
    office.later(seconds=4)
    office.presses("amina", "Withdraw")
    heard = office.inbox("amina")
    office.slack.files["F1"] = pictures.jpeg()
    office.later(minutes=1)
    assert [row["stage"] for row in kept(office)] == ["kept"]
    assert office.inbox("amina") == heard


async def _fetch_and_die(office) -> None:
    row = office.files._claim("slack")
    await office.files._outcome(office.slack, row)  # the file is here, and nobody notes it


def test_a_crash_between_fetching_and_noting_costs_nothing(office):
    office.slack.down = NOT_NOW
    office.says("amina", TEXT, files=(BRIDGE,))
    office.slack.down = None
    office.slack.files["F1"] = pictures.jpeg()
    office.clock += timedelta(seconds=6)
    asyncio.run(_fetch_and_die(office))
    office.restart()
    office.later(seconds=30)
    assert [row["stage"] for row in kept(office)] == ["wanted"], "somebody may be at it"
    office.later(minutes=2)
    assert [row["stage"] for row in kept(office)] == ["kept"]
    stored = [path for path in office.vault.folder.rglob("*") if path.is_file()]
    assert len(stored) == 1


def test_after_a_day_without_an_answer_a_file_is_given_up(office):
    office.slack.down = NOT_NOW
    office.says("amina", TEXT, files=(BRIDGE,))
    for _ in range(30):
        office.later(hours=1)
    assert [row["stage"] for row in kept(office)] == ["refused"]
    office.slack.down = None
    office.later(minutes=10)
    assert any("did not hand it out for a day" in said for said in office.inbox("amina"))


def test_a_file_that_comes_after_the_approval_reaches_who_voted_and_who_posts(office):
    office.slack.down = NOT_NOW
    office.says("amina", TEXT, files=(BRIDGE,))
    office.slack.down = None
    office.later(seconds=4)
    assert "on its way to me" in office.text(office.card())
    for name in ("bo", "chen"):
        office.reacts(name, "👍", office.card())
    office.slack.files["F1"] = pictures.jpeg()
    office.later(minutes=1)
    assert pictures_in(office) == ["bridge.jpg"]
    assert pictures_in(office, "amina") == ["bridge.jpg"]
    assert "JPEG" in office.text(office.card())


def test_a_draft_is_listed_with_its_files(office):
    send(office, BRIDGE, pictures.jpeg())
    office.says("amina", "/drafts 1")
    assert "bridge.jpg" in office.heard("amina")


def test_a_card_with_ten_long_descriptions_is_still_one_message(office):
    many = tuple(
        File(f"F{n}", kind="image/png", name=f"{n}.png", alt="word " * 80) for n in range(10)
    )
    office.slack.files |= {file.id: pictures.png() for file in many}
    office.says("amina", f"/draft {'The bridge. ' * 250}", files=many)
    assert office.text(office.card()).count("It shows") == 10
    assert len(pictures_in(office)) == 10
    shown = office.card().message
    assert units(render(shown).text) <= 4096
    assert len(fallback(shown)) <= 4000
