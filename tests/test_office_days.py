"""The days of an office, set in the chat: what is shown, set, taken back, refused, recorded."""

import pytest
from sqlmodel import select

from handlers.escalations import escalate_late_reviews
from storage.db import transaction
from storage.models import AuditEntry, Office
from tests.office import FISHERIES, OFFICES

CLOSED = "The bridge at Kanchpur is closed on Monday."
FILE = OFFICES.replace(
    "packs: [bd]",
    "packs: [bd]\n"
    "    days: {add: [2026-07-30], strike: [2026-07-24], part: {2026-07-29: '09:00-12:00'}}",
)
LEE_TOO = FISHERIES.replace(
    "    pages:", "      - {name: lee, roles: [admin], slack: U0LEE}\n    pages:"
)


def own_days(office, name="Ministry of Works"):
    """Return what was set in the chat."""
    with transaction(office.engine) as db:
        return db.exec(select(Office).where(Office.name == name)).one().own_days


def asked(office, name="bo"):
    """Count the reminders about late drafts."""
    return sum("has waited since" in said for said in office.inbox(name))


@pytest.mark.parametrize(
    ("said", "answered", "stored"),
    [
        ("add 2026-07-21 Flood day", "Tue 21 Jul 2026 is off now.",
         {"2026-07-21": "add Flood day"}),
        ("add 2026-07-21", "Tue 21 Jul 2026 is off now.", {"2026-07-21": "add"}),
        ("ADD 2026-07-22 2026-07-26 Eid", "Wed 22 Jul 2026 to Sun 26 Jul 2026 (3 days) are off now",
         dict.fromkeys(("2026-07-22", "2026-07-23", "2026-07-26"), "add Eid")),
        ("strike 2026-07-24", "Fri 24 Jul 2026 is a working day now.", {"2026-07-24": "strike"}),
        ("strike 2026-12-16", "Wed 16 Dec 2026 is a working day now.", {"2026-12-16": "strike"}),
        ("part 2026-07-21 09:00-12:00", "has the hours 09:00-12:00",
         {"2026-07-21": "part 09:00-12:00"}),
        ("part 2026-07-24 9:00 – 12:00", "has the hours 9:00-12:00",
         {"2026-07-24": "part 9:00-12:00"}),
    ],
)  # fmt: skip
def test_lead_sets_days(office, said, answered, stored):
    office.says("lee", f"/office days {said}")
    assert answered in office.heard("lee")
    assert own_days(office) == stored


@pytest.mark.parametrize(
    ("said", "answered"),
    [
        ("hm", "I do not understand that. Write /office days add"),
        ("add", "I do not understand that."),
        ("add tomorrow", "“tomorrow” is no day. Write it like 2026-12-16."),
        ("add 2026-02-30", "“2026-02-30” is no day."),
        ("add 2026-07-22 2026-07-21", "The second day comes before the first"),
        ("add 2026-08-01 2026-09-30", "That is 61 days. Set at most 60 at once."),
        ("add 2026-07-12", "2026-07-12 is over for more than a week"),
        ("add 2029-01-01", "2029-01-01 is too far ahead"),
        ("add 2026-07-24", "is closed on Fri 24 Jul 2026 already"),
        ("add 2026-12-16", "is closed on Wed 16 Dec 2026 already"),
        ("strike 2026-07-21", "works on Tue 21 Jul 2026 already"),
        ("strike 2026-07-24 please", "“please” does not belong there"),
        ("part 2026-07-21", "Say the hours, too: /office days part 2026-07-21 09:00-12:00"),
        ("part 2026-07-21 12:00-09:00", "end before they begin"),
        ("part 2026-07-21 noon", "“noon” are not working hours"),
        ("part 2026-07-21 09:00-17:00", "has these hours on Tue 21 Jul 2026 already"),
        ("remove 2026-07-21", "Nothing was set here for Tue 21 Jul 2026."),
        ("add 2026-07-21 " + "x" * 61, "The name may have 60 characters."),
    ],
)
def test_nonsense_is_refused_with_what_to_write(office, said, answered):
    office.says("lee", f"/office days {said}")
    assert answered in office.heard("lee")
    assert own_days(office) == {}


def test_days_are_listed_with_where_each_comes_from(office):
    office.imports(FILE)
    office.says("lee", "/office days")
    heard = office.heard("lee")
    assert "Ministry of Works: hours 09:00-17:00" in heard
    assert "Fri 24 Jul 2026: works (offices file)" in heard
    assert "Wed 29 Jul 2026: works 09:00-12:00 (offices file)" in heard
    assert "Thu 30 Jul 2026: day off (offices file)" in heard
    assert "Wed 16 Dec 2026: day off, Victory Day (country)" in heard
    office.says("lee", "/office days add 2026-07-24 Flood day")
    office.says("lee", "/office days strike 2026-12-16")
    office.says("lee", "/office days")
    heard = office.heard("lee")
    assert "Fri 24 Jul 2026: day off, Flood day (chat)" in heard
    assert "Wed 16 Dec 2026: works, Victory Day (chat)" in heard


def test_import_of_the_file_leaves_the_days_of_the_chat_alone(office):
    office.says("lee", "/office days add 2026-07-29 Flood day")
    office.imports(FILE)
    assert own_days(office) == {"2026-07-29": "add Flood day"}
    office.says("lee", "/office days")
    assert "Wed 29 Jul 2026: day off, Flood day (chat)" in office.heard("lee")
    office.says("lee", "/office days remove 2026-07-28 2026-07-30")
    assert "Wed 29 Jul 2026 is as in the offices file again." in office.heard("lee")
    office.says("lee", "/office days")
    assert "Wed 29 Jul 2026: works 09:00-12:00 (offices file)" in office.heard("lee")


def test_waits_follow_at_once(office):
    office.says("amina", f"/draft {CLOSED}")  # Monday, 10:00
    office.says("lee", "/office days part 2026-07-20 09:00-12:00")
    office.later(escalate_late_reviews, hours=5)
    assert asked(office) == 0
    office.says("lee", "/office days add 2026-07-21 Flood day")
    office.later(escalate_late_reviews, hours=24)  # Tuesday, 15:00
    assert asked(office) == 0
    office.says("lee", "/office days remove 2026-07-21")
    office.later(escalate_late_reviews)
    assert asked(office) == 1


def test_only_leads_and_admins_set_days(office):
    for name in ("bo", "amina", "sina", "mallory"):
        office.says(name, "/office days add 2026-07-21")
    assert own_days(office) == {}
    assert "takes the role lead or admin" in office.heard("bo")


@pytest.mark.parametrize("name", ["Ministry of Works", "Fisheries"])
def test_who_keeps_several_offices_is_asked_for_which(office, name):
    office.imports(OFFICES + LEE_TOO)
    office.says("lee", "/office days add 2026-08-11 2026-08-12 " + "A long name of a day " * 2)
    with transaction(office.engine) as db:
        wanted = db.exec(select(Office).where(Office.name == name)).one().id
    office.fills("lee", office=str(wanted))
    assert f"{name}: Tue 11 Aug 2026 to Wed 12 Aug 2026 (2 days) are off now." in office.heard(
        "lee"
    )
    assert len(own_days(office, name)) == 2


def test_form_for_an_office_that_is_not_theirs_changes_nothing(office):
    office.imports(OFFICES + LEE_TOO)
    for wanted in ("", "x", "99"):
        office.says("lee", "/office days add 2026-08-11")
        office.fills("lee", office=wanted)
    assert own_days(office) == own_days(office, "Fisheries") == {}


def test_record_says_who_set_which_day(office):
    office.says("lee", "/office days add 2026-07-21 Flood day")
    office.again()
    office.says("lee", "/office days remove 2026-07-21")
    with transaction(office.engine) as db:
        found = db.exec(
            select(AuditEntry).where(AuditEntry.action.startswith("days")).order_by(AuditEntry.id)
        ).all()
    assert [(each.actor, each.action, each.detail) for each in found] == [
        ("lee", "days set", {"days": ["2026-07-21"], "what": "add Flood day"}),
        ("lee", "days taken back", {"days": ["2026-07-21"], "what": ""}),
    ]
