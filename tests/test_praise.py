"""Praise: a citizen's thanks reach the team, the page's owner and the post's author, and count."""

from datetime import timedelta

import pytest
from sqlmodel import select

from storage import pages, praise
from storage.db import transaction
from storage.models import Membership, Office, Praise
from tests.office import FISHERIES, OFFICES, TestOffice

THANKS = "The *new* road <b>is</b> a joy, thank you!"
LINK = "https://facebook.example/works/posts/1"
TWO_PAGES = OFFICES.replace(
    "    directory:",
    '      - {name: Works website, kind: website, url: "https://works.example", owner: bo}\n'
    "    directory:",
)


def kept(office: TestOffice) -> list[Praise]:
    with transaction(office.engine) as db:
        found = db.exec(select(Praise).order_by(Praise.id)).all()
        db.expunge_all()
        return list(found)


@pytest.mark.parametrize(("name", "on"), [("bo", "slack"), ("dara", "telegram")])
def test_thanks_in_one_go_reach_the_chat_and_the_owner_word_by_word(office, name, on):
    office.says(name, f"/praise {THANKS}", on=on)
    assert office.chat()[-1].splitlines() == [
        f"🌟 A citizen says thank you for Works on Facebook, passed on by {name}:",
        f"│ {THANKS}",
    ]
    for where in ("slack", "telegram"):
        assert f"│ {THANKS}" in office.heard("amina", on=where)
        assert "your page Works on Facebook" in office.heard("amina", on=where)
    assert "It counts for Works on Facebook" in office.heard(name, on=on)
    assert "amina heard it, too." in office.heard(name, on=on)
    (row,) = kept(office)
    assert (row.text, row.page_id, row.link) == (THANKS, 1, "")
    assert office.record(lambda e: e.subject == "praise:1") == [(name, "praise passed on")]
    office.restart()
    office.again()
    assert len(kept(office)) == 1


def test_author_of_the_post_behind_the_link_hears_and_its_page_is_known(engine):
    office = TestOffice(engine, TWO_PAGES)
    office.says("chen", "/draft")
    office.fills("chen", page="1", purpose="service-info", text="The new road is open.")
    office.presses("bo", "Approve", at=office.card())
    office.presses("dara", "Approve", on="telegram", at=office.card(on="telegram", chat="1004"))
    office.presses("chen", "Mark as posted")
    office.fills("chen", link=LINK)
    office.says("bo", f"/praise {THANKS} {LINK}/.")
    assert "your post, draft 1, passed on by bo" in office.heard("chen")
    assert "your page Works on Facebook" in office.heard("amina")
    assert kept(office)[0].page_id == 1
    office.close()


def test_form_asks_for_everything_on_slack(office):
    office.says("bo", "/praise")
    (form,) = office.slack.waiting.values()
    assert [each.name for each in form.fields] == ["text", "place", "link"]
    office.fills("bo", text=THANKS, place="o1", link="")
    assert "A citizen says thank you for Ministry of Works" in office.chat()[-1]
    assert office.inbox("amina") == []
    assert kept(office)[0].page_id is None


def test_form_is_a_conversation_on_telegram_and_survives_a_restart(office):
    office.says("dara", "/praise", on="telegram")
    office.writes("dara", THANKS)
    office.restart()
    office.presses("dara", "Works on Facebook", on="telegram")
    office.presses("dara", "Skip", on="telegram")
    assert f"│ {THANKS}" in office.heard("amina")


@pytest.mark.parametrize(("name", "on"), [("chen", "slack"), ("dara", "telegram")])
def test_page_is_asked_for_if_there_are_several_and_no_link_tells(engine, name, on):
    office = TestOffice(engine, TWO_PAGES)
    office.says(name, f"/praise {THANKS}", on=on)
    assert kept(office) == []
    if on == "slack":
        office.fills(name, place="p2")
    else:
        office.presses(name, "Works website", on=on)
    assert f"│ {THANKS}" in office.heard("bo")
    assert kept(office)[0].page_id == 2
    office.close()


def test_who_works_in_two_offices_says_which_unless_the_chat_does(engine):
    office = TestOffice(engine, OFFICES + FISHERIES)
    office.says("bo", f"/praise {THANKS}")
    (form,) = office.slack.waiting.values()
    labels = [option.label for option in form.fields[0].options]
    assert "Fish (Fisheries)" in labels
    assert "No page in particular (Fisheries)" in labels
    office.slack.waiting.clear()
    office.says("bo", f"/praise {THANKS}", chat="C0MODS")
    assert kept(office)[0].office_id == 1
    office.close()


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"text": "  ", "place": "p1"}, "There are no words in it"),
        ({"text": THANKS, "place": "p1", "link": "works"}, "“works” is not a link"),
        ({"text": THANKS, "place": "p77"}, "That button does not make sense"),
        ({"text": "a" * 3001, "place": "p1"}, "3001 characters; at most 3000"),
    ],
)
def test_what_cannot_be_taken_is_refused_and_given_back(office, values, why):
    office.says("bo", "/praise")
    office.fills("bo", **{"link": "", **values})
    said = office.heard("bo")
    assert why in said
    assert kept(office) == []
    if "link" in values:
        assert f"│ {THANKS}" in said


def test_strangers_pass_nothing_on(office):
    office.says("mallory", f"/praise {THANKS}")
    assert "I do not know you yet" in office.heard("mallory")
    assert kept(office) == []


def test_owner_who_passes_thanks_on_or_has_left_is_not_told(office):
    office.says("amina", f"/praise {THANKS}", on="telegram")
    assert office.inbox("amina") == []
    with transaction(office.engine) as db:
        db.exec(select(Membership).where(Membership.person_id == 1)).one().roles = []
    office.says("bo", f"/praise {THANKS}")
    assert office.inbox("amina") == []
    assert "heard it" not in office.heard("bo")


def test_thanks_are_counted_for_an_office_and_for_a_page_within_a_time(office):
    office.says("bo", f"/praise {THANKS}")
    office.later(days=1)
    office.says("bo", "/praise")
    office.fills("bo", text=THANKS, place="o1", link="")
    with transaction(office.engine) as db:
        works = db.exec(select(Office)).one()
        page = pages.get(db, 1)
        end = office.clock + timedelta(seconds=1)
        assert praise.praises_in(db, works, office.clock - timedelta(days=2), end) == 2
        assert praise.praises_in(db, works, office.clock, end) == 1
        assert praise.praises_in(db, works, end, end + timedelta(days=9)) == 0
        assert praise.praises_in(db, works, office.clock - timedelta(days=2), end, page) == 1
