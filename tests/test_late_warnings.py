"""A warning that is found only once a file is here: the author has to look, the votes stay."""

from handlers.chat import File
from storage import drafts
from storage.db import transaction
from tests import pictures
from tests.test_attachments import BRIDGE, NOT_NOW, TEXT, send

FOUND = "stores where it was taken"


def voted_before_the_file_came(office) -> None:
    """Let bo approve a draft whose photo is fetched a minute later, and tells a place."""
    office.slack.down = NOT_NOW
    office.says("amina", TEXT, files=(BRIDGE,))
    office.slack.down = None
    office.later(seconds=4)
    office.reacts("bo", "👍", office.card())
    office.slack.files["F1"] = pictures.jpeg(gps=True)
    office.later(minutes=1)


def test_draft_is_taken_back_and_card_thread_author_and_record_say_why(office):
    voted_before_the_file_came(office)
    card = office.text(office.card())
    assert "Waiting for changes" in card
    assert "On hold because of its files: its author has to look at a warning first" in card
    assert "approved: bo" in card
    assert office.card().message.buttons == ()
    assert "Draft 1 is on hold because of its files" in office.chat()[-1]
    assert "The votes so far stay" in office.chat()[-1]
    heard = office.heard("amina")
    assert "was with the moderators. It is back with you, because of its files" in heard
    assert FOUND in heard
    assert ("policy", "draft changes_requested") in office.record(
        lambda e: e.detail.get("because") == ["files"]
    )
    assert office.verdict().broken is None


def test_author_is_told_once(office):
    before = len(office.inbox("amina"))
    voted_before_the_file_came(office)
    said = [each for each in office.inbox("amina")[before:] if FOUND in each]
    assert len(said) == 1


def test_author_sends_it_on_and_the_card_says_which_votes_are_older(office):
    voted_before_the_file_came(office)
    office.presses("amina", "Send it as it is")
    card = office.text(office.card())
    assert FOUND in card
    assert "approved: bo (given before the draft was on hold)" in card
    assert "the same as before. The votes so far stay" in office.chat()[-1]
    office.reacts("chen", "👍", office.card())
    card = office.text(office.card())
    assert "approved: chen\n" in card
    assert "Approved on" in card


def test_vote_on_what_is_on_hold_is_not_counted(office):
    voted_before_the_file_came(office)
    office.reacts("chen", "👍", office.card())
    assert "back with its author" in office.heard("chen")
    assert "1 of 2 approvals" in office.text(office.card())


def test_clean_copy_brings_it_before_the_moderators_again_by_itself(office):
    voted_before_the_file_came(office)
    office.presses("amina", "Remove hidden data")
    card = office.text(office.card())
    assert FOUND not in card
    assert "1 of 2 approvals" in card
    assert "Vote with" in card
    assert any("nothing is left that its author has to look at" in said for said in office.chat())
    assert "Draft 1 for Works on Facebook is with the moderators" in office.heard("amina")
    office.reacts("chen", "👍", office.card())
    assert "Approved on" in office.text(office.card())


def test_warning_that_was_confirmed_before_is_not_asked_about_again(office):
    bare = File("F1", kind="image/jpeg", name="bridge.jpg")
    office.slack.down = NOT_NOW
    office.says("amina", TEXT, files=(bare,))
    office.slack.down = None
    office.later(seconds=4)
    office.presses("amina", "Send it as it is")  # the picture has no description
    office.slack.files["F1"] = pictures.jpeg()
    office.later(minutes=1)
    assert "Vote with" in office.text(office.card())
    with transaction(office.engine) as db:
        draft = drafts.locked(db, 1)
        found = [(each.rule, each.confirmed) for each in drafts.findings_of(db, draft)]
    assert ("alt-text", True) in found


def test_description_that_makes_a_warning_is_to_be_confirmed(office):
    send(office, BRIDGE, pictures.jpeg())
    office.presses("amina", "Describe picture 1")
    office.fills("amina", alt="A bridge", people="nobody", origin="drawing")
    assert "On hold because of its files" in office.text(office.card())
    office.presses("amina", "Describe picture 1")
    office.fills("amina", alt="Two engineers on a bridge", people="nobody", origin="own")
    assert "Vote with" in office.text(office.card())


def test_child_whose_consent_is_added_later_goes_back_to_the_moderators(office):
    send(office, BRIDGE, pictures.jpeg())
    office.presses("amina", "Describe picture 1")
    office.fills("amina", alt="A girl on a bridge", people="children", origin="own")
    assert "On hold because of its files: a rule forbids" in office.text(office.card())
    office.presses("amina", "Describe picture 1")
    office.fills(
        "amina", alt="A girl on a bridge", people="children", consent="form 7", origin="own"
    )
    assert "Vote with" in office.text(office.card())


def test_warning_that_a_period_makes_leaves_a_draft_in_review(office):
    office.says("amina", "/draft Congratulations to our marathon team, see you at the party.")
    office.presses("amina", "Event")
    office.says("sina", "/policy period crisis on")
    assert "Waiting since" in office.text(office.card())


def test_file_that_is_found_wanting_after_the_approval_is_reported_to_all(office):
    office.slack.down = NOT_NOW
    office.says("amina", TEXT, files=(BRIDGE,))
    office.slack.down = None
    office.later(seconds=4)
    for name in ("bo", "chen"):
        office.reacts(name, "👍", office.card())
    office.slack.files["F1"] = pictures.jpeg(gps=True)
    office.later(minutes=1)
    told = [said for said in office.inbox("amina") if FOUND in said]
    assert len(told) == 1
    assert "is approved, and this was found in its files since. Do not post it before" in told[0]
    assert any("was found in its files after the approval" in said for said in office.chat())
    assert FOUND in office.text(office.card())
    assert ("bot", "draft checked with its files") in office.record()
