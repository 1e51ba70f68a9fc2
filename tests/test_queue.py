"""The queue: what waits, urgent and oldest first, filtered, with what waits for whoever asks."""

import pytest

from handlers.chat import Button
from storage.db import transaction
from storage.models import Draft
from tests.office import FISHERIES, OFFICES

CLOSED = "The road is closed on Monday."
WEBSITE = """\
      - {name: Works website, kind: website, url: "https://works.example"}
    directory:"""
PEOPLE = [("bo", "slack"), ("dara", "telegram")]


@pytest.fixture
def busy(office):
    """An office with two pages and three drafts."""
    office.imports(OFFICES.replace("    directory:", WEBSITE))
    for _ in range(3):
        office.says("amina", f"/draft {CLOSED}")
        office.later(minutes=5)
    return office


def file_for(office, page, text=CLOSED):
    """File a draft for a page by the form."""
    office.says("amina", "/draft")
    form = office.slack.waiting[next(reversed(office.slack.waiting))]
    option = next(o.value for o in form.fields[0].options if o.label.startswith(page))
    office.fills("amina", page=option, purpose="service-info", text=text)


def make_urgent(office, number):
    with transaction(office.engine) as db:
        db.get_one(Draft, number).is_urgent = True


@pytest.mark.parametrize(("name", "on"), PEOPLE)
def test_oldest_comes_first_and_what_waits_for_me_is_marked(busy, name, on):
    busy.reacts("bo", "👍", busy.card(1))
    busy.presses_forged("dara", Button("", "approve", "2.1"), on="telegram", at=busy.card(1))
    busy.says(name, "/queue", on=on)
    heading, *lines = busy.heard(name, on=on).splitlines()
    assert heading == "Waiting for a decision: 3, for you: 2"
    assert [line.split("Draft ")[1][0] for line in lines] == ["1", "2", "3"]
    voted = 0 if name == "bo" else 1
    assert [line.startswith("Waits for you: ") for line in lines] == [n != voted for n in range(3)]


def test_urgent_drafts_come_first_and_say_so(busy):
    make_urgent(busy, 3)
    busy.says("bo", "/queue")
    assert "URGENT Draft 3 for" in busy.heard("bo").splitlines()[1]
    busy.says("bo", "/queue urgent")
    assert len(busy.heard("bo").splitlines()) == 2


def test_queue_is_filtered_by_page_and_by_what_waits_for_me(busy):
    file_for(busy, "Works website")
    busy.says("bo", "/queue website")
    assert "Draft 4 for Works website" in busy.heard("bo")
    assert len(busy.heard("bo").splitlines()) == 2
    for number in (1, 2, 3):
        busy.reacts("bo", "👍", busy.card(number))
    busy.says("bo", "/queue mine")
    assert busy.heard("bo").splitlines()[0] == "Waiting for a decision: 1, for you: 1"
    busy.says("bo", "/queue mine works on")
    assert busy.heard("bo") == "Nothing of that kind waits for a decision. /queue shows all."


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("/queue nonsense", "I know no page “nonsense”"),
        ("/queue works", "could be Works on Facebook, Works website"),
        ("/queue urgent", "Nothing of that kind waits"),
    ],
)
def test_filter_that_fits_nothing_says_what_to_write(busy, said, answer):
    busy.says("bo", said)
    assert answer in busy.heard("bo")


def test_senior_off_the_panel_is_asked_only_where_a_senior_must_approve(office):
    office.says("amina", f"/draft {CLOSED}")
    office.says("amina", "/draft Write to tavita.forms.test@gmail.com for the forms.")
    office.says("sina", "/queue mine")
    heading, *lines = office.heard("sina").splitlines()
    assert heading == "Waiting for a decision: 1, for you: 1"
    assert "Draft 2" in lines[0]


def test_nobody_is_asked_about_their_own_draft_or_another_office(office):
    office.imports(OFFICES + FISHERIES)
    file_for_bo = "/draft The harbour opens on Monday."
    office.says("bo", file_for_bo)
    office.says("dara", "/queue", on="telegram")
    assert "Fish" not in office.heard("dara", on="telegram")
    office.says("bo", "/queue mine")
    assert "Nothing of that kind" in office.heard("bo")


def test_long_queue_is_shown_part_by_part(office):
    for _ in range(23):
        office.says("amina", f"/draft {CLOSED}")
    office.says("bo", "/queue")
    assert len(office.heard("bo").splitlines()) == 21
    office.presses("bo", "Show 3 more")
    assert len(office.heard("bo").splitlines()) == 4
    assert "Draft 23 for" in office.heard("bo")


def test_queue_shows_the_card_of_what_waits_for_me(busy):
    busy.says("bo", "/queue")
    busy.presses("bo", "Show draft 2")
    assert busy.heard("bo").startswith("Draft 2 for Works on Facebook")


@pytest.mark.parametrize("value", ["20.m.px", "x", "99999999999", "0.u.p1.p2.%s"])
def test_forged_part_of_the_queue_breaks_nothing(busy, value):
    busy.says("bo", "/queue")
    at = busy.slack.messages[-1]
    busy.presses_forged("bo", Button("", "queue-more", value), on="slack", at=at)
    assert "went wrong" not in busy.heard("bo")


def test_author_cannot_look_into_the_queue_by_a_forged_button(busy):
    at = busy.slack.messages[-1]
    busy.presses_forged("amina", Button("", "queue-more", "0."), on="slack", at=at)
    assert "does not make sense" in busy.heard("amina")
