"""The central view: all offices, worst first, from the records alone and at a constant cost."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import event
from sqlmodel import select

from handlers.chat import Button
from handlers.freshness import keep_pages_fresh
from storage import overview
from storage.db import transaction
from storage.models import Absence, Evaluation, Membership, Office, Page
from tests.office import FISHERIES, OFFICES, TestOffice

MANY = """\
  - name: Office {number:03}
    timezone: Asia/Dhaka
    country: BD
    moderators: {{platform: slack, chat: C{number}}}
    people:
      - {{name: lee, roles: [lead, admin], slack: U0LEE}}
      - {{name: mod {number}, roles: [moderator], slack: U{number}}}
    pages:
      - {{name: Page, kind: website, url: "https://{number}.example", owner: mod {number}}}
"""


def many(count: int) -> str:
    """Write an offices file with so many offices more."""
    return OFFICES + "".join(MANY.format(number=number) for number in range(1, count))


def standing(office: TestOffice, name: str = "Ministry of Works") -> overview.Standing:
    with transaction(office.engine) as db:
        return next(e for e in overview.standings(db, office.clock) if e.office == name)


def figures(each: overview.Standing) -> tuple[int, ...]:
    return (
        each.short,
        each.late_reviews,
        each.late_complaints,
        each.unsigned,
        each.ownerless,
        int(each.is_locked),
    )


@pytest.fixture
def offices(engine):
    office = TestOffice(engine, OFFICES + FISHERIES)
    yield office
    office.close()


def test_office_with_nothing_to_see_to_says_so(offices):
    assert figures(standing(offices)) == (0, 0, 0, 0, 0, 0)
    offices.says("lee", "/offices")
    assert offices.heard("lee").splitlines() == [
        "Offices: 2. With something to see to: 1 (ownerless 1)",
        "🔴 Fisheries: 1 without owner",
        "🟢 Ministry of Works: nothing to see to",
    ]


def test_each_thing_to_see_to_is_counted_where_it_is(offices):
    offices.later(keep_pages_fresh)
    offices.later(keep_pages_fresh, days=22)
    secret = "The road is closed on Monday."
    offices.says("amina", f"/draft {secret}")
    offices.says("bo", "/complaint You are closed every day.", chat="C0MODS")
    with transaction(offices.engine) as db:
        due = {"made_at": offices.clock, "due_at": offices.clock + timedelta(days=1), "figures": {}}
        day = offices.clock.date()
        db.add(Evaluation(page_id=1, starts_on=day, ends_on=day, **due))
    assert figures(standing(offices)) == (1, 0, 0, 0, 0, 0)
    offices.later(hours=4)  # of working time: the first rung
    assert figures(standing(offices)) == (1, 1, 0, 0, 0, 0)
    offices.later(hours=20)
    offices.says("lee", "/lockdown Somebody posts in our name.")
    assert figures(standing(offices)) == (1, 1, 1, 1, 0, 1)
    offices.says("lee", "/offices")
    said = offices.heard("lee")
    wanted = "🔴 Ministry of Works: 🔒 locked down, 2 late, 1 short, 1 unsigned"
    assert said.splitlines()[1] == wanted
    assert secret not in said
    assert "amina" not in said


CHANGES = [
    ({}, 0, 1),
    ({"owner_id": None}, 1, 1),
    ({"active": False}, 0, 0),
    ({"closed_at": True, "owner_id": None}, 0, 0),
    ({"filed": False, "owner_id": None}, 0, 0),
    ({"filed": False, "confirmed_at": True}, 0, 1),
]


def test_only_live_pages_count(offices):
    offices.later(keep_pages_fresh)
    offices.later(keep_pages_fresh, days=22)
    with transaction(offices.engine) as db:
        usual = db.get_one(Page, 1).model_dump()
    for change, ownerless, short in CHANGES:
        with transaction(offices.engine) as db:
            page = db.get_one(Page, 1)
            for name, value in (usual | change).items():
                setattr(
                    page, name, offices.clock if value is True and name[-3:] == "_at" else value
                )
        found = standing(offices)
        assert (found.ownerless, found.short) == (ownerless, short), change


def test_page_whose_owner_has_left_is_without_owner(offices):
    with transaction(offices.engine) as db:
        db.exec(select(Membership).where(Membership.person_id == 1)).one().roles = []
    assert standing(offices).ownerless == 1


def test_only_the_last_stretch_of_a_page_makes_it_short(offices):
    offices.later(keep_pages_fresh)
    offices.later(keep_pages_fresh, days=22)
    assert standing(offices).short == 1
    offices.says("amina", "/page updated https://facebook.example/works/1")
    offices.says("amina", "/page updated https://facebook.example/works/2")
    offices.later(keep_pages_fresh, days=7)
    assert standing(offices).short == 0


def test_words_filter_and_sort_the_list(offices):
    offices.imports(many(4) + FISHERIES)
    with transaction(offices.engine) as db:
        for page in db.exec(select(Page).where(Page.office_id > 2)).all():
            page.owner_id = None
    offices.says("lee", "/offices ownerless")
    assert offices.heard("lee").splitlines()[0] == "Ownerless: 4 of 5 offices"
    offices.says("lee", "/offices Late")
    assert offices.heard("lee") == "No office is late. /offices shows all."
    offices.says("lee", "/offices sunny")
    assert "Write /offices alone, or with one of: locked, late, short" in offices.heard("lee")


def test_list_goes_on_at_a_press_of_an_admin(engine):
    office = TestOffice(engine, many(25))
    office.says("lee", "/offices")
    assert len(office.heard("lee").splitlines()) == 21
    office.presses("lee", "Show 5 more")
    assert "Office 024: nothing to see to" in office.heard("lee")
    for name, value in (("bo", "0."), ("lee", "0.sunny")):
        button = Button("", "offices-more", value)
        office.presses_forged(name, button, on="slack", at=office.slack.messages[0])
        assert "That button does not make sense" in office.heard(name)
    office.close()


@pytest.mark.parametrize(("name", "on"), [("bo", "slack"), ("dara", "telegram")])
def test_it_is_for_admins_only(offices, name, on):
    offices.says(name, "/offices", on=on)
    assert "“offices” takes the role admin" in offices.heard(name, on=on)
    assert "Fisheries" not in offices.heard(name, on=on)


@contextmanager
def counted(engine):
    """Count the statements that a block runs."""
    seen = []

    def note(_connection, _cursor, statement, *_):
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


def test_number_of_statements_does_not_grow_with_the_offices(engine):
    office = TestOffice(engine, many(3))
    found = []
    for count in (3, 60):
        office.imports(many(count))
        with transaction(engine) as db:
            assert len(db.exec(select(Office)).all()) == count
        with counted(engine) as seen:
            office.says("lee", "/offices")
        found.append(len(seen))
        assert f"Offices: {count}" in office.heard("lee")
    assert found[0] == found[1]
    with transaction(engine) as db:
        start = office.clock - timedelta(days=1)
        end = start + timedelta(days=9)
        db.add(Absence(person_id=2, starts_at=start, ends_at=end, by="bo", is_on=True))
    with counted(engine) as seen:
        office.says("lee", "/offices")
    assert len(seen) <= found[0] + 5  # only where somebody is away, a seat may be taken
    office.close()
