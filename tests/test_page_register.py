"""Registering and changing pages, in Slack by a form and on Telegram question by question."""

import pytest
from sqlmodel import select

from storage.db import transaction
from storage.models import AuditEntry, Page, Person
from tests.office import OFFICES, TestOffice

#: lena leads on Telegram and is no admin.
PEOPLE = '      - {name: lena, roles: [lead], telegram: "1007"}\n    pages:\n'
LED = OFFICES.replace("    pages:\n", PEOPLE)
URL = "https://x.example/works"
NOBODY = "0"


@pytest.fixture
def led(engine):
    """An office with a lead on Telegram."""
    office = TestOffice(engine, LED)
    yield office
    office.close()


def page(office, name):
    with transaction(office.engine) as db:
        return db.exec(select(Page).where(Page.name == name)).one_or_none()


def count(office):
    with transaction(office.engine) as db:
        return len(db.exec(select(Page)).all())


def number(office, name):
    """Return the number of a person, as a form's choice has it."""
    with transaction(office.engine) as db:
        return str(db.exec(select(Person).where(Person.name == name)).one().id)


def test_page_is_registered_by_a_form_and_live_once_its_owner_confirms(office):
    office.says("lee", "/page add")
    office.fills(
        "lee", url=URL, name="Works on X", kind="x", person=number(office, "bo"),
        cadence="3 per fortnight", feed="",
    )  # fmt: skip
    assert "Works on X is registered for Ministry of Works: page 2" in office.heard("lee")
    assert "live once bo has confirmed" in office.heard("lee")
    office.says("bo", "/page")
    assert "not live yet: bo has still to confirm" in office.heard("bo")
    office.says("amina", "/draft The road is closed on Monday.")
    office.says("bo", "/page updated https://x.example/works/1")
    assert "update of Works on Facebook" in office.heard("bo")

    office.presses("bo", "Confirm: Works on X")
    office.fills("bo", person=NOBODY)
    assert "The checklist of Works on X is confirmed." in office.heard("bo")
    office.says("bo", "/page updated https://x.example/works/1")
    assert "update of Works on X: 1 of 3" in office.heard("bo")
    assert ("lee", "page registered") in office.record()
    assert ("bo", "checklist confirmed") in office.record()


def test_page_is_registered_in_one_line(office):
    office.says("lee", "/page add https://x.com/works Works on X owner bo")
    assert page(office, "Works on X").kind == "x"
    assert "page 2, 2 per week" in office.heard("lee")
    assert "Please confirm for your pages" in office.heard("bo")


def test_page_is_registered_question_by_question_on_telegram(led):
    led.says("lena", f"/page add {URL}", on="telegram")
    led.writes("lena", "Works on X")
    led.presses("lena", "X", on="telegram")
    led.presses("lena", "Nobody yet", on="telegram")
    led.writes("lena", "often")
    led.presses("lena", "Skip", on="telegram")
    assert "say how often" in led.inbox("lena", on="telegram")[-2]
    led.writes("lena", "1 per month")
    assert "page 2, 1 per month" in led.heard("lena", on="telegram")
    assert "/page give 2 to" in led.heard("lena", on="telegram")


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("http://localhost/works Works on X", "not on the public Internet"),
        ("http://m.facebook.example/works/?fbclid=1 Works on X", "is that of “Works on Facebook”"),
        (f"{URL} works on facebook", "has a page called"),
        ("https://facebook.com/profile.php?id=7 Works on X", "profile of a person"),
        (f"{URL} amina", "looks like a person's name"),
        (f"{URL} Tavita Amosa", "looks like a person's name"),
    ],
)
def test_page_that_cannot_be_is_refused_with_the_reason(led, said, why):
    led.says("lena", f"/page add {said}", on="telegram")
    if "looks" in why or "profile" in why:
        while led.telegram.messages[-1].message.buttons:
            label = "Website" if "kind" in led.heard("lena", on="telegram") else "Nobody yet"
            led.presses("lena", label, on="telegram")
    assert why in "\n".join(led.inbox("lena", on="telegram"))
    assert count(led) == 1


def test_admin_may_insist_on_a_page_in_a_persons_name_with_a_reason_on_record(office):
    office.says("lee", "/page add https://linkedin.com/in/minister Minister of Works owner bo")
    assert "profile of a person" in office.heard("lee")
    office.fills("lee", insist="too short")
    office.fills("lee", insist="The law gives the minister this page by name.")
    assert "Minister of Works is registered" in office.inbox("lee")[-1]
    with transaction(office.engine) as db:
        entry = db.exec(select(AuditEntry).where(AuditEntry.action == "page registered")).one()
    assert "The law gives" in entry.detail["insisted"]


def test_authors_and_strangers_register_nothing(office):
    for name in ("amina", "mallory"):
        office.says(name, f"/page add {URL} Works on X")
    assert "“page add” takes the role lead or admin" in office.heard("amina")
    assert "I do not know you yet" in office.heard("mallory")
    assert count(office) == 1


CHANGES = [
    ("cadence 3 per fortnight", "updates", 3, "3 per fortnight"),
    ("updates weekly", "updates", 1, "1 per week"),
    ("week Wednesday", "week_start", 2, "Wednesday"),
    ("zone Pacific/Apia", "timezone", "Pacific/Apia", "Pacific/Apia"),
    ("languages en, Bangla", "languages", ["en", "bn"], "en, bn"),
    ("contacts +880222338, x@works.example", "directory", ["+880222338", "x@works.example"], "x@"),
    ("feed https://x.example/feed", "feed", "https://x.example/feed", "https://x.example/feed"),
]


@pytest.mark.parametrize(("said", "column", "value", "shown"), CHANGES)
def test_lead_changes_a_page_and_its_owner_hears(office, said, column, value, shown):
    office.says("lee", f"/page change Works on Facebook {said}")
    assert "Works on Facebook: " in office.heard("lee")
    assert shown in office.heard("lee")
    assert "lee has changed your page" in office.heard("amina")
    assert getattr(page(office, "Works on Facebook"), column) == value
    office.imports(OFFICES)
    assert getattr(page(office, "Works on Facebook"), column) == value
    assert ("lee", "page changed") in office.record()


def test_owner_changes_deputy_and_feed_and_nothing_else(office):
    office.says("amina", "/page change 1 deputy bo")
    assert "its deputy is now bo" in office.heard("amina")
    office.says("amina", "/page change 1 deputy amina")
    assert "choose somebody else" in office.heard("amina")
    office.says("amina", "/page change 1 zone Pacific/Apia")
    assert "You may not change the rest of it" in office.heard("amina")
    office.says("bo", "/page change 1 feed none")
    assert "You may not change its deputy and its feed" in office.heard("bo")


def test_form_asks_for_what_a_change_leaves_out_and_again_for_what_is_wrong(office):
    office.says("lee", "/page change")
    office.fills("lee", page="1", what="cadence")
    office.fills("lee", value="often")
    assert "Not done yet: say how often" in office.heard("lee")
    office.fills("lee", value="1 per month")
    assert "is now 1 per month" in office.heard("lee")


def test_what_the_file_knows_a_page_by_is_changed_in_the_file(office):
    office.says("lee", "/page change 1 name Ours")
    assert "stands in the offices file" in office.heard("lee")
    office.says("lee", "/page add https://x.com/works Works on X owner bo")
    office.says("lee", "/page change 2 name bo")
    assert "looks like a person's name" in office.heard("lee")
    office.says("lee", "/page change 2 url https://facebook.example/works")
    assert "is that of “Works on Facebook”" in office.heard("lee")
    office.says("lee", "/page change 2 name Works, the X account")
    assert page(office, "Works, the X account").id == 2


def test_page_is_told_whole_with_what_can_be_done(office):
    office.says("lee", "/page change 1 feed https://x.example/feed")
    office.says("amina", "/page facebook")
    said = office.heard("amina")
    for words in ("page 1 of Ministry of Works", "Owner: amina", "2 per week", "Feed: https://x",
                  "Checklist: not confirmed yet", "No update has been counted"):  # fmt: skip
        assert words in said
    labels = [b.label for b in office.slack.messages[-1].message.buttons]
    assert labels == [
        "Confirm: Works on Facebook", "It was updated", "Pause", "Change", "Hand over",
    ]  # fmt: skip
    office.says("amina", "/page unheard-of")
    assert "I know no page “unheard-of”" in office.heard("amina")


def test_contacts_of_a_page_are_known_to_the_checks_of_its_drafts(office):
    text = "/draft For land records call 01812-345678."
    office.says("amina", text)
    assert "01812-345678" in office.heard("amina").partition("Your text")[0]
    office.says("lee", "/page change 1 contacts 01812-345678")
    office.says("amina", text)
    assert "private" not in office.heard("amina")
    assert "is with the moderators" in office.heard("amina")
