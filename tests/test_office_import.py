"""An import makes the database agree with the offices file, and records each change."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from handlers.chat import Chat, Moved, Sender
from handlers.words import plain
from storage import audit, office_file, office_import, people
from storage.db import transaction
from storage.models import Account, AuditEntry, Membership, Office, Page, Person
from tests.office import FISHERIES, OFFICES, TestOffice

TABLES = (Office, Person, Account, Membership, Page, AuditEntry)


def contents(engine: Engine) -> list[list[str]]:
    with transaction(engine) as db:
        return [sorted(map(repr, db.exec(select(table)))) for table in TABLES]


def who(engine: Engine, platform: str, user: str) -> tuple[int, str] | None:
    with transaction(engine) as db:
        person = people.by_account(db, platform, user)
        return (person.id, person.name) if person else None


def test_importing_twice_changes_nothing(office: TestOffice) -> None:
    file = OFFICES + FISHERIES
    assert office.imports(file)
    before = contents(office.engine)
    for _ in range(2):
        assert office.imports(file) == []
    office.restart()
    assert office.imports(file) == []
    assert contents(office.engine) == before
    assert office.verdict().broken is None


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Asia/Dhaka", "Asia/Kolkata", ["timezone is now Asia/Kolkata"]),
        ("packs: [bd]", "packs: [bd, ws]", ["packs is now ['bd', 'ws']"]),
        ("chat: C0MODS", "chat: C0OTHER", ["chat is now C0OTHER"]),
        ("packs: [bd]", "packs: [bd]\n    quorum: {needed: 3}", ["needed is now 3"]),
        ("packs: [bd]", "packs: [bd]\n    ladder: [1h, 2h, 3h, 4h]",
         ["ladder is now ['1h', '2h', '3h', '4h']"]),
        ("packs: [bd]", "packs: [bd]\n    days: {add: [2026-12-31]}",
         ["days_added is now ['2026-12-31']"]),
        ("packs: [bd]", "packs: [bd]\n    days: {part: {2026-12-24: '09:00-12:00'}}",
         ["days_part is now {'2026-12-24': '09:00-12:00'}"]),
        ("slack: U0BO}", "slack: U0BO, deputy: amina}", ["deputy of bo is now amina"]),
        ("[moderator, senior]", "[moderator]", ["chen is moderator"]),
        ("name: bo,", "name: Bo Larsen,", ["bo is now called Bo Larsen"]),
        ("U0BO}", "U0BOLARSEN}", ["bo is slack U0BOLARSEN"]),
        ("U0BO}", 'U0BO, telegram: "77"}', ["bo is telegram 77"]),
        ('{name: dara, roles: [moderator], telegram: "1004"}',
         '{name: eva, roles: [moderator], telegram: "1005"}',
         ["eva is new", "eva is telegram 1005", "eva is moderator", "dara has left"]),
        ("owner: amina", "owner: amina\n        updates_per_week: 5",
         ["page Works on Facebook: updates is now 5 per week"]),
        ("owner: amina", "owner: bo", ["page Works on Facebook: owner is now bo"]),
        ("owner: amina", "week_start: monday", ["page Works on Facebook: owner is now nobody",
         "page Works on Facebook: week_start is now monday"]),
        ("name: Works on Facebook", "name: Our page",
         ["page Works on Facebook: name is now Our page"]),
        ("facebook.example/works", "facebook.example/new",
         ["page Works on Facebook: url is now https://facebook.example/new"]),
        ('"info@works.example"]', '"post@works.example"]',
         ["directory is now ['+8802223380000', 'post@works.example']"]),
    ],
)  # fmt: skip
def test_each_change_is_made_said_and_recorded(
    office: TestOffice, old: str, new: str, said: list[str]
) -> None:
    changed = OFFICES.replace(old, new, 1)
    assert changed != OFFICES
    expected = [f"Ministry of Works: {change}" for change in said]
    assert office.imports(changed) == expected
    with transaction(office.engine) as db:
        recorded = [e for e in audit.entries(db) if e.actor == "offices file"][-len(said) :]
    assert [f"{entry.office}: {entry.detail['change']}" for entry in recorded] == expected
    assert office.imports(changed) == []
    assert office.verdict().broken is None


def test_somebody_who_left_may_do_nothing_and_keeps_their_name_in_the_record(
    office: TestOffice,
) -> None:
    office.says("amina", "/draft The road is closed on Monday.")
    office.reacts("bo", "👍", office.card())
    left = OFFICES.replace("name: bo, roles: [moderator]", "name: eva, roles: [moderator]")
    office.imports(left.replace("U0BO", "U0EVA"))
    office.accounts["bo", "slack"] = "U0BO"

    office.says("bo", "/queue")
    office.reacts("bo", "👎", office.card())
    assert "not counted" in office.heard("bo")
    assert ("bo", "voted to approve") in office.record()
    office.reacts("chen", "👍", office.card())
    assert "In review" not in plain(office.card().message).splitlines()[-1]
    assert "Vote with" in plain(office.card().message)  # bo's approval counts no more


def test_an_office_that_is_not_in_the_file_any_more_is_closed_and_may_come_back(
    office: TestOffice,
) -> None:
    office.imports(OFFICES + FISHERIES)
    assert office.imports(OFFICES) == ["Fisheries: is closed: it is not in the file any more"]
    assert office.imports(OFFICES) == []
    assert office.imports(OFFICES + FISHERIES) == ["Fisheries: active is now True"]


def test_one_person_may_work_in_two_offices(office: TestOffice) -> None:
    office.imports(OFFICES + FISHERIES)
    with transaction(office.engine) as db:
        bo = people.by_account(db, "slack", "U0BO")
        assert bo is not None
        places = [(found.name, sorted(roles)) for found, roles in people.workplaces(db, bo)]
    assert places == [
        ("Fisheries", ["author", "moderator"]),
        ("Ministry of Works", ["moderator"]),
    ]


def test_a_new_account_of_the_same_person_keeps_what_they_are(office: TestOffice) -> None:
    bo = who(office.engine, "slack", "U0BO")
    office.imports(OFFICES.replace("U0BO}", "U0NEW}"))
    assert who(office.engine, "slack", "U0NEW") == bo
    assert who(office.engine, "slack", "U0BO") is None


@pytest.mark.parametrize("reverse", [False, True])
def test_an_account_handed_on_to_a_successor_does_not_hand_on_the_person(
    office: TestOffice, reverse: bool
) -> None:
    bo = who(office.engine, "slack", "U0BO")
    lines = [
        "      - {name: bo, roles: [author], slack: U0ELSEWHERE}",
        "      - {name: eva, roles: [moderator], slack: U0BO}",
    ]
    was = "      - {name: bo, roles: [moderator], slack: U0BO}"
    assert was in OFFICES
    changed = OFFICES.replace(was, "\n".join(lines[::-1] if reverse else lines))
    office.imports(changed)
    assert who(office.engine, "slack", "U0ELSEWHERE") == bo
    eva = who(office.engine, "slack", "U0BO")
    assert eva is not None
    assert bo is not None
    assert eva[1] == "eva"
    assert eva[0] != bo[0]
    assert office.imports(changed) == []


def test_two_people_may_swap_their_accounts(office: TestOffice) -> None:
    bo, lee = who(office.engine, "slack", "U0BO"), who(office.engine, "slack", "U0LEE")
    swapped = OFFICES.replace("U0BO}", "U0X}").replace("U0LEE}", "U0BO}").replace("U0X}", "U0LEE}")
    office.imports(swapped)
    assert (who(office.engine, "slack", "U0LEE"), who(office.engine, "slack", "U0BO")) == (bo, lee)
    assert office.imports(swapped) == []


def test_several_replicas_may_import_at_once(engine: Engine) -> None:
    file = office_file.parse(OFFICES + FISHERIES)

    def store(_: int) -> int:
        with transaction(engine) as db:
            return len(office_import.store(db, file, datetime(2026, 7, 20, tzinfo=UTC)))

    with ThreadPoolExecutor(4) as threads:
        changes = sorted(threads.map(store, range(4)))
    assert changes[:3] == [0, 0, 0]
    assert changes[3] > 0


def test_a_mistake_in_the_middle_changes_nothing(office: TestOffice) -> None:
    before = contents(office.engine)
    with pytest.raises(ValueError, match="line"):
        office.imports(OFFICES.replace("U0BO}", "U0NEW}") + FISHERIES.replace("WS", "Samoa"))
    assert contents(office.engine) == before


def test_an_account_that_the_file_names_no_more_counts_no_more(office: TestOffice) -> None:
    changes = office.imports(
        OFFICES.replace(', slack: U0CHEN, telegram: "1003"', ", slack: U0CHEN")
    )
    assert changes == ["people: chen is not telegram 1003 any more"]
    office.says("chen", "/queue", on="telegram")
    with transaction(office.engine) as db:
        assert people.by_account(db, "telegram", "1003") is None
        assert people.by_account(db, "slack", "U0CHEN") is not None


def test_a_chat_that_moved_is_kept_when_the_file_is_imported_again(office: TestOffice) -> None:
    office.happens(Moved(Sender("slack", "bot"), Chat("slack", "C0MODS"), to="C0NEW", id="moved-1"))
    assert office.imports(OFFICES) == []
    with transaction(office.engine) as db:
        assert people.office_of_chat(db, "slack", "C0NEW") is not None
    office.imports(OFFICES.replace("C0MODS", "C0OTHER"))
    with transaction(office.engine) as db:
        assert people.office_of_chat(db, "slack", "C0OTHER") is not None
