"""One post in several languages: drafts that are versions of one another satisfy the rule."""

import pytest

from handlers.chat import Button
from handlers.versions import notice_changed_versions
from tests.office import FISHERIES, OFFICES, TestOffice

ENGLISH = "The bridge at Kanchpur is closed on Monday from 9 am."
BANGLA = "কাঁচপুর সেতু সোমবার সকাল ৯টা থেকে বন্ধ থাকবে।"
MISSING = "Add the Bangla version"
CONFIRM = "Send it as it is"


@pytest.fixture
def bilingual(engine):
    """An office whose page has to publish in Bangla and English."""
    page = "owner: amina\n        languages: [bn, en]"
    office = TestOffice(engine, OFFICES.replace("owner: amina", page))
    yield office
    office.close()


def file(office, text: str, name: str = "amina") -> None:
    office.says(name, "/draft")
    office.fills(name, text=text, purpose="service-info")


def name_version(office, chosen: str = "", *, draft: int = 0) -> None:
    at = None
    if draft:
        office.says("amina", f"/drafts {draft}")
        at = office.slack.messages[-1]
    office.presses("amina", "Name another version", at=at)
    (form,) = office.slack.waiting.values()
    office.fills("amina", draft=chosen or form.fields[0].options[0].value)


def forge(office, name: str, value: str) -> None:
    at = office.slack.messages[-1]
    office.presses_forged(name, Button("", "version", value), on="slack", at=at)


def test_two_drafts_that_are_one_post_need_no_confirmation_for_the_other_language(bilingual):
    file(bilingual, ENGLISH)
    assert MISSING in bilingual.heard("amina")
    file(bilingual, BANGLA)
    assert "Add the English version" in bilingual.heard("amina")
    bilingual.presses("amina", "Name another version")
    (form,) = bilingual.slack.waiting.values()
    assert [each.label for each in form.fields[0].options] == [
        "Draft 1 (English): The bridge at Kanchpur is closed on Monday from 9 …"
    ]
    before = len(bilingual.inbox("amina"))
    bilingual.fills("amina", draft="1")
    told = bilingual.inbox("amina")[before:]
    assert len(told) == 2
    for said in told:
        assert "Draft 2 and draft 1 (English) are versions of one post now" in said
        assert "version, or link to it" not in said
    for draft in (1, 2):
        bilingual.says("amina", f"/drafts {draft}")
        bilingual.presses("amina", CONFIRM, at=bilingual.slack.messages[-1])
    assert "Other version: draft 2 (Bangla), waiting for changes" in (
        bilingual.text(bilingual.card(1))
    )
    assert "Other version: draft 1 (English), in review" in bilingual.text(bilingual.card(2))
    assert ("amina", "version named") in bilingual.record()
    assert bilingual.verdict().broken is None


def test_new_wording_keeps_its_versions(bilingual):
    file(bilingual, ENGLISH)
    file(bilingual, BANGLA)
    name_version(bilingual)
    bilingual.says("amina", "/drafts 1")
    bilingual.presses("amina", "Change the text", at=bilingual.slack.messages[-1])
    bilingual.fills("amina", text=f"{ENGLISH} Use the ferry.")
    assert "Draft 1 for Works on Facebook is with the moderators" in bilingual.heard("amina")


def test_draft_in_the_same_language_is_noted_and_does_not_satisfy_the_rule(bilingual):
    file(bilingual, ENGLISH)
    file(bilingual, f"{ENGLISH} Use the ferry.")
    name_version(bilingual)
    assert MISSING in bilingual.heard("amina")


def test_version_whose_language_cannot_be_told_does_not_satisfy_the_rule(bilingual):
    file(bilingual, "Kanchpur 2026")
    file(bilingual, ENGLISH)
    name_version(bilingual)
    assert any("(I cannot tell its language)" in said for said in bilingual.inbox("amina"))
    assert MISSING in bilingual.inbox("amina")[-2]


def test_version_that_is_withdrawn_takes_a_draft_back_to_its_author(bilingual):
    file(bilingual, ENGLISH)
    file(bilingual, BANGLA)
    name_version(bilingual)
    bilingual.says("amina", "/drafts 1")
    bilingual.presses("amina", CONFIRM, at=bilingual.slack.messages[-1])
    bilingual.later(notice_changed_versions, minutes=5)
    assert "Vote with" in bilingual.text(bilingual.card(1))
    bilingual.says("amina", "/drafts 2")
    bilingual.presses("amina", "Withdraw", at=bilingual.slack.messages[-1])
    bilingual.later(notice_changed_versions, minutes=5)
    assert "On hold because of its versions in other languages" in (
        bilingual.text(bilingual.card(1))
    )
    told = [said for said in bilingual.inbox("amina") if "because of its versions" in said]
    assert len(told) == 1
    assert MISSING in told[0]


def test_version_that_is_taken_back_leaves_the_draft_alone_again(bilingual):
    file(bilingual, ENGLISH)
    file(bilingual, BANGLA)
    name_version(bilingual)
    name_version(bilingual, "none", draft=1)
    assert any("Draft 1 is a version of no other draft now" in s for s in bilingual.inbox("amina"))
    assert "Add the English version" in bilingual.heard("amina")
    bilingual.says("amina", "/drafts 1")
    assert MISSING in bilingual.heard("amina")


def test_three_versions_know_one_another(engine):
    page = "owner: amina\n        languages: [bn, en, fr]"
    office = TestOffice(engine, OFFICES.replace("owner: amina", page))
    for text in (
        ENGLISH,
        BANGLA,
        "Le pont de Kanchpur est fermé lundi pour les travaux dans la ville",
    ):
        file(office, text)
    name_version(office, "2", draft=3)
    name_version(office, "1", draft=2)
    for draft in (1, 2, 3):
        office.says("amina", f"/drafts {draft}")
        assert "version, or link" not in office.heard("amina"), draft
    name_version(office, "none", draft=1)
    office.says("amina", "/drafts 2")
    assert "Add the English version" in office.heard("amina")
    office.close()


def test_author_without_another_draft_hears_what_to_do(bilingual):
    file(bilingual, ENGLISH)
    bilingual.presses("amina", "Name another version")
    assert "File it as a draft of its own" in bilingual.heard("amina")
    assert bilingual.slack.waiting == {}


def test_drafts_of_others_and_of_other_offices_are_not_offered(engine):
    page = "owner: amina\n        languages: [bn, en]"
    text = OFFICES.replace("owner: amina", page) + FISHERIES.replace(
        "people:", "people:\n      - {name: amina, roles: [author], slack: U0AMINA}", 1
    ).replace("[author, moderator]", "[moderator]")
    office = TestOffice(engine, text)
    file(office, BANGLA, name="chen")
    office.says("amina", "/draft")
    office.fills("amina", page="1", text=ENGLISH, purpose="service-info")
    office.says("amina", "/draft")
    office.fills("amina", page="2", text="O le auala ua tapunia i le aso", purpose="service-info")
    office.says("amina", "/drafts 2")
    office.presses("amina", "Name another version", at=office.slack.messages[-1])
    assert "no other draft" in office.heard("amina")
    office.close()


@pytest.mark.parametrize("chosen", ["1", "2", "99", "x", "", "0", "-1"])
def test_draft_that_was_not_offered_is_not_taken(bilingual, chosen):
    file(bilingual, BANGLA, name="chen")  # draft 1 is somebody else's
    file(bilingual, ENGLISH)
    file(bilingual, f"{BANGLA} ফেরি চলবে।")
    bilingual.says("amina", "/drafts 2")
    bilingual.presses("amina", "Name another version", at=bilingual.slack.messages[-1])
    bilingual.fills("amina", draft=chosen)
    assert ("amina", "version named") not in bilingual.record()
    assert "wrong on my side" not in bilingual.heard("amina")


def test_only_the_author_names_a_version_and_only_while_it_is_open(bilingual):
    file(bilingual, ENGLISH)
    file(bilingual, BANGLA)
    forge(bilingual, "bo", "1.1")
    assert "not yours" in bilingual.heard("bo")
    bilingual.says("amina", "/drafts 1")
    bilingual.presses("amina", "Withdraw", at=bilingual.slack.messages[-1])
    forge(bilingual, "amina", "1.1")
    assert "withdrawn, so that cannot be done now" in bilingual.heard("amina")
    assert bilingual.slack.waiting == {}


def test_page_without_languages_offers_no_version(office):
    file(office, ENGLISH)
    assert not any(b.action == "version" for m in office.slack.messages for b in m.message.buttons)


def test_version_is_named_in_a_conversation_on_telegram(bilingual):
    for text in (ENGLISH, BANGLA):
        bilingual.says("amina", "/draft", on="telegram")
        bilingual.presses("amina", "Service", on="telegram")
        bilingual.writes("amina", text)
        bilingual.presses("amina", "Skip", on="telegram")
        bilingual.presses("amina", "Go on", on="telegram")
    bilingual.presses("amina", "Name another version", on="telegram")
    bilingual.presses("amina", "Draft 1 (English)", on="telegram")
    assert "are versions of one post now" in bilingual.heard("amina", on="telegram")
    bilingual.says("amina", "/drafts 2", on="telegram")
    assert "version, or link" not in bilingual.heard("amina", on="telegram")
