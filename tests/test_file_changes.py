"""Files are added to a draft and taken out of it: a new revision, and votes start again."""

import pytest

from handlers.chat import Button, File
from handlers.stored import files_to_text
from handlers.tidying import forget_what_is_over
from tests import pictures
from tests.test_attachments import BRIDGE, TEXT, kept, pictures_in, send

RIVER = File("F2", "u2", kind="image/png", name="river.png", alt="A river below a bridge")


def has_river(office) -> None:
    office.slack.files["F2"] = pictures.png()
    office.telegram.files["F2"] = pictures.png()


def add(office, *files: File) -> None:
    has_river(office)
    office.presses("amina", "Add files")
    office.fills("amina", files=files_to_text(files))


def take_out(office, place: int = 0) -> None:
    office.presses("amina", "Take a file out")
    (form,) = office.slack.waiting.values()
    office.fills("amina", file=form.fields[0].options[place].value)


def forge(office, name: str, action: str, value: str = "1.1") -> None:
    at = office.slack.messages[-1]
    office.presses_forged(name, Button("", action, value), on="slack", at=at)


def test_added_file_makes_a_new_revision_and_votes_start_again(office):
    send(office, BRIDGE, pictures.jpeg())
    office.reacts("bo", "👍", office.card())
    add(office, RIVER)
    card = office.text(office.card())
    assert "Revision 2" in card
    assert "0 of 2 approvals" in card
    assert "river.png” (PNG" in card
    assert TEXT.removeprefix("/draft ") in card
    assert pictures_in(office) == ["bridge.jpg", "river.png"]
    assert any("has other files now: this is revision 2" in said for said in office.chat())
    assert any("added to it: picture “river.png”" in said for said in office.chat())
    assert ("amina", "files added") in office.record()
    assert office.verdict().broken is None


def test_file_that_is_taken_out_is_gone_from_card_receipt_and_approval(office):
    send(office, BRIDGE, pictures.jpeg())
    add(office, RIVER)
    office.reacts("bo", "👍", office.card())
    take_out(office)
    card = office.text(office.card())
    assert "Revision 3" in card
    assert "bridge.jpg" not in card
    assert "1. picture “river.png”" in card
    assert "0 of 2 approvals" in card
    assert any("not belong to it any more: picture “bridge.jpg”" in said for said in office.chat())
    assert ("amina", "file taken out") in office.record()
    for name in ("bo", "chen"):
        office.reacts(name, "👍", office.card())
    assert pictures_in(office, "amina") == ["river.png"]
    assert [row["name"] for row in kept(office)] == ["river.png"]


def test_taking_out_what_a_rule_forbids_brings_the_draft_before_the_moderators(office):
    send(office, BRIDGE, pictures.jpeg())
    office.presses("amina", "Describe picture 1")
    office.fills("amina", alt="A girl on a bridge", people="children", origin="own")
    assert "On hold" in office.text(office.card())
    take_out(office)
    assert "Vote with" in office.text(office.card())


def test_added_picture_without_description_is_to_be_confirmed(office):
    send(office, BRIDGE, pictures.jpeg())
    add(office, File("F2", "u2", kind="image/png", name="river.png"))
    card = office.text(office.card())
    assert "The new wording is not before you yet" in card
    assert "river.png" not in card
    office.presses("amina", "Send it as it is")
    assert "river.png" in office.text(office.card())


def test_file_that_was_taken_out_can_be_added_again(office):
    send(office, BRIDGE, pictures.jpeg())
    take_out(office)
    add(office, BRIDGE)
    assert [row["stage"] for row in kept(office)] == ["kept"]
    assert "bridge.jpg” (JPEG" in office.text(office.card())


def test_file_that_is_taken_out_before_it_is_here_stays_out(office):
    office.says("amina", TEXT, files=(RIVER,))  # nobody has it: refused at once
    take_out(office)
    office.slack.files["F2"] = pictures.png()
    office.later(minutes=5)
    assert kept(office) == []
    assert "river.png" not in office.text(office.card())


def test_author_of_an_approved_draft_brings_it_to_review_again_with_other_files(office):
    send(office, BRIDGE, pictures.jpeg())
    for name in ("bo", "chen"):
        office.reacts(name, "👍", office.card())
    office.says("amina", "/drafts 1")
    add(office, RIVER)
    card = office.text(office.card())
    assert "Vote with" in card
    assert "0 of 2 approvals" in card


@pytest.mark.parametrize("action", ["add-files", "remove-file"])
def test_draft_of_somebody_else_keeps_its_files(office, action):
    send(office, BRIDGE, pictures.jpeg())
    forge(office, "bo", action)
    assert "not yours" in office.heard("bo")
    forge(office, "mallory", action)
    assert "do not know you" in office.heard("mallory")
    assert office.slack.waiting == {}


@pytest.mark.parametrize("action", ["add-files", "remove-file"])
def test_draft_that_is_over_keeps_its_files(office, action):
    send(office, BRIDGE, pictures.jpeg())
    office.presses("amina", "Withdraw")
    forge(office, "amina", action)
    assert "withdrawn, so that cannot be done now" in office.heard("amina")
    office.says("amina", "/drafts 1")
    assert not any("files" in b.label for b in office.slack.messages[-1].message.buttons)


@pytest.mark.parametrize("value", ["", "1", "1.", "x.1", "99.1", "1.1.1", "1.-1"])
@pytest.mark.parametrize("action", ["add-files", "remove-file"])
def test_button_that_makes_no_sense_changes_nothing(office, action, value):
    send(office, BRIDGE, pictures.jpeg())
    forge(office, "amina", action, value)
    assert "wrong on my side" not in office.heard("amina")
    assert office.slack.waiting == {}
    assert "Revision 1" in office.text(office.card())


def test_form_for_an_older_revision_is_refused(office):
    send(office, BRIDGE, pictures.jpeg())
    office.presses("amina", "Take a file out")
    trigger, form = office.slack.waiting.popitem()
    add(office, RIVER)
    office.slack.waiting[trigger] = form
    office.fills("amina", file=form.fields[0].options[0].value)
    assert "at revision 2 now" in office.heard("amina")
    assert len(kept(office)) == 2


@pytest.mark.parametrize("file", ["", "0", "99", "x", "2"])
def test_file_of_another_draft_or_of_none_is_not_taken_out(office, file):
    send(office, BRIDGE, pictures.jpeg())
    send(office, RIVER, pictures.png())
    office.presses("amina", "Take a file out", at=_receipt(office, 1))
    office.fills("amina", file=file)
    assert len(kept(office, 1)) == len(kept(office, 2)) == 1


def _receipt(office, draft: int):
    return next(
        each
        for each in office.slack.messages
        if any(b.action == "remove-file" and b.value == f"{draft}.1" for b in each.message.buttons)
    )


def test_more_files_than_a_draft_takes_are_not_added(office):
    many = tuple(File(f"M{n}", kind="image/png", alt="A bridge") for n in range(9))
    office.slack.files |= {file.id: pictures.png() for file in many}
    office.says("amina", TEXT, files=many)
    add(office, RIVER, File("F3", kind="image/png"))
    assert "at most 10 files" in office.heard("amina")
    assert len(kept(office)) == 9
    add(office, RIVER)
    assert len(kept(office)) == 10
    forge(office, "amina", "add-files", "1.2")
    assert "at most 10 files" in office.heard("amina")


def test_file_that_is_too_large_is_refused_and_the_draft_stays(office):
    send(office, BRIDGE, pictures.jpeg())
    office.slack.files["BIG"] = b"\xff\xd8" + b"\0" * 1_000_001
    office.presses("amina", "Add files")
    office.fills("amina", files=files_to_text([File("BIG", kind="image/jpeg", alt="A bridge")]))
    assert "larger than 1 MB" in office.heard("amina")
    assert "Add files" in office.heard("amina")
    assert [row["stage"] for row in kept(office)] == ["kept", "refused"]
    take_out(office, 1)
    assert "larger than" not in office.text(office.card())


@pytest.mark.parametrize(
    ("files", "heard"), [((), "There was no file"), ((BRIDGE,), "has that already")]
)
def test_nothing_new_makes_no_revision(office, files, heard):
    send(office, BRIDGE, pictures.jpeg())
    office.presses("amina", "Add files")
    office.fills("amina", files=files_to_text(files))
    assert heard in office.heard("amina")
    assert "Revision 1" in office.text(office.card())


# On Telegram


def filed_on_telegram(office) -> None:
    has_river(office)
    office.telegram.files["F1"] = pictures.jpeg()
    office.says("amina", TEXT, on="telegram", files=(BRIDGE,))


def test_picture_in_answer_to_a_message_about_a_draft_is_added_to_it(office):
    filed_on_telegram(office)
    receipt = next(m for m in office.telegram.messages if "with the moderators" in office.text(m))
    office.writes("amina", "", files=(RIVER,), under=receipt)
    assert "Revision 2" in office.text(office.card())
    assert "river.png" in office.text(office.card())
    assert "I did not ask" not in "".join(office.inbox("amina", on="telegram"))


def test_album_in_answer_to_a_message_is_one_revision(office):
    filed_on_telegram(office)
    office.telegram.files["F3"] = pictures.jpeg(size=(32, 20))
    receipt = next(m for m in office.telegram.messages if "with the moderators" in office.text(m))
    for file in (RIVER, File("F3", "u3", "image", name="third.jpg", alt="A third one")):
        office.writes("amina", "", files=(file,), album="88", under=receipt)
    card = office.text(office.card())
    assert "Revision 2" in card
    assert "3. picture “third.jpg”" in card


def test_picture_in_answer_to_the_list_of_one_draft_is_added_to_it(office):
    filed_on_telegram(office)
    office.says("amina", "/drafts 01", on="telegram")
    office.writes("amina", "", files=(RIVER,), under=office.telegram.messages[-1])
    assert "Revision 2" in office.text(office.card())


def test_moderator_who_answers_a_card_with_a_picture_adds_nothing(office):
    filed_on_telegram(office)
    card = office.card(on="telegram", chat="1004")
    office.writes("dara", "", files=(RIVER,), under=card)
    assert "not yours" in office.heard("dara", on="telegram")
    assert "Revision 1" in office.text(office.card())


def test_picture_in_answer_to_something_else_is_not_taken_for_a_change(office):
    filed_on_telegram(office)
    office.says("amina", "/help", on="telegram")
    office.writes("amina", "", files=(RIVER,), under=office.telegram.messages[-1])
    assert "I did not ask" in office.heard("amina", on="telegram")
    assert "Revision 1" in office.text(office.card())


def test_files_are_added_and_taken_out_in_a_conversation(office):
    filed_on_telegram(office)
    office.presses("amina", "Add files", on="telegram")
    office.presses("amina", "Go on", on="telegram")
    assert "There was no file" in office.heard("amina", on="telegram")
    office.writes("amina", "", files=(RIVER,))
    office.presses("amina", "Go on", on="telegram")
    assert "river.png" in office.text(office.card())
    office.presses("amina", "Take a file out", on="telegram")
    office.presses("amina", "1. picture", on="telegram")
    assert "bridge.jpg" not in office.text(office.card())


def test_messages_about_drafts_are_forgotten_like_others(office):
    filed_on_telegram(office)
    receipt = next(m for m in office.telegram.messages if "with the moderators" in office.text(m))
    office.later(forget_what_is_over, days=31)
    office.writes("amina", "", files=(RIVER,), under=receipt)
    assert "I did not ask" in office.heard("amina", on="telegram")
