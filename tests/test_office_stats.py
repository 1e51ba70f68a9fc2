"""How an office decides, in figures."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from handlers.escalations import escalate_late_reviews
from policy.calendar import Calendar
from policy.workflow import State
from policy.working_time import WorkingTime
from storage import office_stats
from storage.db import transaction
from storage.models import Draft, Emergency, Office, Person, SentBack
from tests.office import FISHERIES, OFFICES, TestOffice

TEXT = "The bridge at Kanchpur is closed on Monday."
CARD = "Fees can be paid to card 4111 1111 1111 1111 from today."
START = datetime(2026, 1, 5, tzinfo=UTC)
DHAKA = Calendar("Asia/Dhaka", "BD")
LONDON = Calendar("Europe/London", "GB", hours="00:00-24:00")
APIA = Calendar("Pacific/Apia", "WS", hours="08:00-16:30")


def lines(office: TestOffice, name: str, on: str = "slack") -> list[str]:
    return office.heard(name, on=on).splitlines()


def test_office_where_nothing_happened(office):
    office.says("lee", "/office stats")
    said = lines(office, "lee")
    assert said[0] == "Ministry of Works, the last 90 days"
    assert "Filed: 0, 0 of them urgent" in said
    assert "Time to a decision: nothing was decided" in said
    assert "Appeals: 0" in said


def test_figures_say_what_happened_and_name_nobody(office):
    office.says("amina", f"/draft {TEXT}")
    office.later(hours=2)
    for name in ("bo", "chen"):
        office.reacts(name, "👍", office.card())
    office.says("amina", f"/draft {TEXT} It is wet.")
    office.later(hours=5)
    office.later(hours=15)
    for name in ("bo", "chen"):
        office.presses(name, "Reject", at=office.card(2))
        office.fills(name, reason="tone")
    office.says("amina", "/appeal 2 The bridge is wet, and the ministry said so.")
    office.presses("sina", "Keep the rejection")
    office.fills("sina", reason="Nobody asked whether it is wet.")
    office.says("amina", f"/draft {CARD}")
    office.presses("amina", "Ask a senior")
    office.presses("sina", "Release")
    office.fills("sina", reason="It is the specimen of our bank.")
    office.says("lee", "/lockdown Somebody posts in our name.")
    office.says("lee", "/lockdown lift The accounts are ours again.")
    office.says("chen", "/office stats 30", on="telegram")
    said = lines(office, "chen", "telegram")
    assert said[0] == "Ministry of Works, the last 30 days"
    for expected in (
        "Filed: 3, 0 of them urgent",
        "Approved: 1. Rejected: 1",
        "Time to a decision: half within 2 h, the longest 5 h (working time)",
        "Late reviews: 1",
        "Released although a rule forbids it: 1",
        "Appeals: 1, 1 refused",
        "Lockdowns: 1",
    ):
        assert expected in said, expected
    assert max(map(len, said[:-1])) <= 90
    for name in ("amina", "bo", "sina", "lee"):
        assert name not in "\n".join(said)


def test_time_of_a_lockdown_counts_against_nobody(office):
    office.says("amina", f"/draft {TEXT}")
    office.says("lee", "/lockdown Somebody posts in our name.")
    office.later(hours=48)
    office.says("lee", "/lockdown lift The accounts are ours again.")
    office.later(hours=1)
    for name in ("bo", "chen"):
        office.reacts(name, "👍", office.card())
    office.says("sina", "/office stats")
    assert "Time to a decision: half within 1 h, the longest 1 h (working time)" in lines(
        office, "sina"
    )
    assert "Late reviews: 0" in lines(office, "sina")


def test_expired_and_withdrawn_drafts_are_counted(office):
    office.says("amina", f"/draft {TEXT}")
    for _ in range(12):
        office.later(escalate_late_reviews, hours=24)
    office.says("amina", f"/draft {TEXT} It is wet.")
    office.presses("amina", "Withdraw")
    office.says("lee", "/office stats")
    assert "Expired: 1. Withdrawn: 1" in lines(office, "lee")
    assert "Late reviews: 1" in lines(office, "lee")
    office.says("lee", "/office stats 1")
    assert "Filed: 1, 0 of them urgent" in lines(office, "lee")


def test_urgent_drafts_emergencies_and_requests_for_changes_are_counted(office):
    for number in range(1, 4):
        office.says("amina", f"/draft {TEXT} {number}")
    with transaction(office.engine) as db:
        person = db.exec(select(Person).order_by(Person.id)).first()
        for draft in db.exec(select(Draft).order_by(Draft.id)).all():
            draft.is_urgent = draft.id < 3
            draft.state, draft.decided_at = State.APPROVED, office.clock + timedelta(minutes=14)
            db.add(draft)
            key = {"draft_id": draft.id, "revision": 1, "person_id": person.id, "at": office.clock}
            db.add(SentBack(**key, reason="It is too long."))
            reviewed = office.clock if draft.id == 1 else None
            db.add(Emergency(**key, reason="A flood.", reviewed_at=reviewed))
        db.get_one(Draft, 1).decided_at = office.clock + timedelta(minutes=15)
    office.later(hours=1)
    office.says("sina", "/office stats")
    said = lines(office, "sina")
    assert "Filed: 3, 2 of them urgent" in said
    assert "Late reviews: 1" in said
    assert "Changes asked for: 3" in said
    assert "Emergency releases: 3, 2 not reviewed yet" in said


def test_other_offices_stay_out_of_it(engine):
    office = TestOffice(engine, OFFICES + FISHERIES)
    office.says("amina", f"/draft {TEXT}")
    office.says("eti", "/office stats", on="telegram")
    assert lines(office, "eti", "telegram")[0] == "Fisheries, the last 90 days"
    assert "Filed: 0, 0 of them urgent" in lines(office, "eti", "telegram")
    office.close()


@pytest.mark.parametrize("name", ["amina", "bo"])
def test_figures_are_for_seniors_leads_and_admins(office, name):
    office.says(name, "/office stats")
    heard = office.heard(name)
    assert "“office stats” takes the role senior, lead or admin, which you do not have" in heard


@pytest.mark.parametrize("days", ["0", "-1", "3661", "ten", "30 days", "٣", "99999999"])
def test_nonsense_for_days_is_answered(office, days):
    office.says("lee", f"/office stats {days}")
    assert "Say how many days, 1 to 3660" in office.heard("lee")


@pytest.mark.parametrize("calendar", [DHAKA, LONDON, APIA], ids=lambda each: each.timezone)
@given(
    minutes=st.tuples(st.integers(0, 500_000), st.integers(0, 500_000)),
)
def test_prepared_working_time_is_that_of_the_calendar(calendar, minutes):
    working = WorkingTime(calendar, START, START + timedelta(minutes=500_000))
    since, now = (START + timedelta(minutes=each) for each in sorted(minutes))
    assert working.between(since, now) == calendar.worked(since, now)
    assert working.between(now, since) == timedelta(0)


def test_hundred_thousand_past_drafts_are_counted_in_no_time(office):
    with transaction(office.engine) as db:
        ours = db.exec(select(Office)).one()
        amina = db.exec(select(Person).where(Person.name == "amina")).one()
        rows = [
            {
                "office_id": ours.id,
                "page_id": 1,
                "author_id": amina.id,
                "state": State.PUBLISHED if number % 4 else State.REJECTED,
                "created_at": START + timedelta(minutes=number),
                "waiting_since": START + timedelta(minutes=number),
                "decided_at": START + timedelta(minutes=number + number % 5000),
            }
            for number in range(100_000)
        ]
        db.bulk_insert_mappings(Draft, rows)  # type: ignore[arg-type]
    with transaction(office.engine) as db:
        ours = db.exec(select(Office)).one()
        durations = []
        for days in (90, 3660):
            begun = time.process_time()
            found = office_stats.figures(
                db, ours, office.clock - timedelta(days=days), office.clock
            )
            durations.append(time.process_time() - begun)
    assert found.filed == 100_000
    assert found.approved == 75_000
    assert found.ends[State.REJECTED] == 25_000
    assert found.waits is not None
    assert found.waits.count == 100_000
    assert max(durations) < 30  # a working time asked day by day would take minutes
