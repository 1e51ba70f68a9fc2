"""The ladder: who is told on each rung, what happens if nobody can be, and what it costs."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import event, text
from sqlmodel import select

from handlers.escalations import began, escalate_late_reviews, rungs_reached
from policy.calendar import Calendar
from policy.deadlines import LADDER, Step, due, onward, parse_ladder, rung
from policy.workflow import State
from storage.db import transaction
from storage.lockdowns import Pauses
from storage.models import Absence, Draft, Office, Person
from tests.office import OFFICES, TestOffice

CLOSED = "The bridge at Kanchpur is closed until further notice."


def chased(office, name, on="slack"):
    return sum("has waited since" in said for said in office.inbox(name, on=on))


def away(office, *names, days=30):
    """Let people be away from now on."""
    with transaction(office.engine) as db:
        for name in names:
            person = db.exec(select(Person).where(Person.name == name)).one()
            ends = office.clock + timedelta(days=days)
            db.add(Absence(person_id=person.id, starts_at=office.clock, ends_at=ends, by=name))


@pytest.mark.parametrize(
    ("reached", "taken", "step"),
    [
        (0, [], None),
        (1, [], Step.REMIND),
        (1, [Step.REMIND], None),
        (2, [Step.REMIND], Step.SENIORS),
        (2, [Step.REMIND, Step.SENIORS], None),
        (2, [Step.REMIND, Step.SENIORS, Step.LEAD], None),
        (4, [], Step.REMIND),
        (4, [Step.REMIND, Step.SENIORS], Step.LEAD),
        (4, [Step.REMIND, Step.SENIORS, Step.LEAD], Step.EXPIRE),
        (3, [Step.REMIND, Step.SENIORS, Step.LEAD], None),
    ],
)
def test_rungs_are_taken_one_by_one_and_each_once(reached, taken, step):
    assert due(reached, taken) is step


def test_a_rung_without_people_is_followed_by_those_above_it():
    assert onward(Step.REMIND) == (Step.REMIND, Step.SENIORS, Step.LEAD)
    assert onward(Step.LEAD) == (Step.LEAD,)


def test_who_is_away_is_not_reminded_and_everybody_else_is(office):
    office.says("amina", f"/draft {CLOSED}")
    away(office, "bo", "dara")
    office.later(escalate_late_reviews, hours=4)
    assert (chased(office, "bo"), chased(office, "chen")) == (0, 1)
    assert chased(office, "dara", "telegram") == 0
    assert "Not voted yet: chen." in office.heard("chen")


def test_rung_with_nobody_to_tell_goes_on_to_the_next_at_once(office):
    office.says("amina", f"/draft {CLOSED}")
    away(office, "bo", "dara", "chen", "sina")
    office.later(escalate_late_reviews, hours=4)
    assert chased(office, "lee") == 1
    assert "asked as the lead" in office.heard("lee")
    rungs = office.record(lambda e: e.action == "late: nobody to tell")
    assert len(rungs) == 2
    office.restart()
    office.later(escalate_late_reviews, hours=24)
    office.later(escalate_late_reviews, hours=24)
    assert chased(office, "lee") == 1


def test_administrators_hear_if_nobody_at_all_can_be_told(engine):
    office = TestOffice(engine, OFFICES.replace("roles: [lead, admin]", "roles: [admin]"))
    office.says("amina", f"/draft {CLOSED}")
    away(office, "bo", "chen", "dara", "sina")
    office.later(escalate_late_reviews, hours=4)
    assert "I can reach nobody who could decide it" in office.heard("lee")
    assert ("bot", "late: administrators told that nobody can be reached") in office.record()
    for _ in range(12):
        office.later(escalate_late_reviews, hours=24)
    assert chased(office, "lee") == 1
    assert "has expired" in office.heard("amina")
    office.close()


def test_every_rung_is_recorded_with_those_who_were_told(office):
    office.says("amina", f"/draft {CLOSED}")
    office.reacts("bo", "👍", office.card())
    for _ in range(9):
        office.later(escalate_late_reviews, hours=24)
    told = []
    office.record(lambda e: e.action.startswith("late:") and told.append((e.action, e.detail)))
    assert told == [
        ("late: moderators reminded", {"told": ["chen", "dara"]}),
        ("late: seniors told", {"told": ["chen", "sina"]}),
        ("late: lead told", {"told": ["lee"]}),
    ]


def test_expiry_waits_for_the_office_to_open(office):
    office.says("amina", f"/draft {CLOSED}")
    for _ in range(6):
        office.later(escalate_late_reviews, hours=24)  # until Sunday 10:00
    office.clock = datetime(2026, 7, 27, 3, 59, tzinfo=UTC)  # 40 working hours less one minute
    office.later(escalate_late_reviews)
    assert "expired" not in office.heard("amina")
    office.clock = datetime(2026, 7, 27, 18, 0, tzinfo=UTC)  # midnight: closed
    office.later(escalate_late_reviews)
    assert "expired" not in office.heard("amina")
    office.clock = datetime(2026, 7, 28, 3, 0, tzinfo=UTC)  # opening
    office.later(escalate_late_reviews)
    assert "has expired" in office.heard("amina")


LONDON = Calendar("Europe/London", "GB")
PERIOD = (datetime(2026, 3, 20, tzinfo=UTC), datetime(2026, 4, 10, tzinfo=UTC))
AUTUMN = (datetime(2026, 10, 16, tzinfo=UTC), datetime(2026, 11, 2, tzinfo=UTC))
MOMENTS = st.one_of(
    *(
        st.integers(0, int((end - start).total_seconds()) // 60).map(
            lambda minutes, start=start: start + timedelta(minutes=minutes)
        )
        for start, end in (PERIOD, AUTUMN)
    )
)


@settings(deadline=None, max_examples=60)
@given(since=MOMENTS, hours=st.integers(0, 400))
def test_rungs_in_london_follow_a_clock_that_ticks_only_at_work(since, hours):
    """Easter, weekends and both changes of the clocks: counted minute by minute instead."""
    now = since + timedelta(hours=hours)
    ticks = range(hours * 60)
    worked = sum(LONDON.is_open(since + timedelta(minutes=minute)) for minute in ticks)
    exact = LONDON.worked(since, now)
    assert exact == timedelta(minutes=worked)
    assert rung(exact, parse_ladder(LADDER)) == sum(worked >= h * 60 for h in (4, 8, 16, 40))


@settings(deadline=None, max_examples=100)
@given(since=MOMENTS, minutes=st.integers(0, 20_000), later=st.integers(0, 5000))
def test_a_draft_never_climbs_down_and_a_normal_one_not_while_its_office_is_closed(
    since, minutes, later
):
    office = Office(
        name="Works", timezone="Europe/London", country="GB", packs=[], platform="slack",
        chat="C", filed_chat="C", ladder=[*LADDER], urgent_ladder=["15m", "30m", "60m", "240m"],
        days_added=[], days_struck=[], directory=[], joined_at=since,
    )  # fmt: skip
    draft = Draft(
        office_id=1, page_id=1, author_id=1, state=State.IN_REVIEW, created_at=since,
        waiting_since=since,
    )  # fmt: skip
    now = since + timedelta(minutes=minutes)
    after = now + timedelta(minutes=later)
    grace = timedelta(minutes=15)
    if LONDON.is_open(now, grace) and LONDON.is_open(after, grace):
        assert rungs_reached(draft, office, Pauses((), now)) <= rungs_reached(
            draft, office, Pauses((), after)
        )
    elif not LONDON.is_open(now, grace):
        assert rungs_reached(draft, office, Pauses((), now)) == 0
    draft.is_urgent, draft.urgent_since = True, since
    assert began(draft) == since
    assert rungs_reached(draft, office, Pauses((), now)) == sum(
        minutes >= m for m in (15, 30, 60, 240)
    )


def test_sweep_asks_the_same_few_questions_however_many_drafts_are_past(office):
    office.says("amina", f"/draft {CLOSED}")
    office.later(escalate_late_reviews, hours=4)
    with transaction(office.engine) as db:
        first = db.exec(select(Draft)).one()
        copied = first.model_dump(exclude={"id", "state"})
        db.add_all([Draft(**copied, state=State.PUBLISHED) for _ in range(2000)])
    asked = []

    def note(connection, cursor, statement, *rest):
        asked.append(statement)

    event.listen(office.engine, "before_cursor_execute", note)
    office.dispatcher.run(escalate_late_reviews)
    event.remove(office.engine, "before_cursor_execute", note)
    questions = [each for each in asked if each.lstrip().upper().startswith("SELECT")]
    assert len(questions) == 4  # offices, what waits, what was locked, what was said
    assert not any("FOR UPDATE" in each.upper() for each in questions)
    assert not any(each.lstrip().upper().startswith(("INSERT", "UPDATE")) for each in asked)


def test_jobs_find_their_drafts_by_an_index(office):
    questions = {
        "SELECT id FROM draft WHERE state = 'in_review'": "state",
        "SELECT id FROM draft WHERE remind_at <= '2026-07-20'": "ix_draft_remind_at",
        "SELECT id FROM draft WHERE draft.is_unreviewed ORDER BY id": "ix_draft_unreviewed",
    }
    is_sqlite = office.engine.dialect.name == "sqlite"
    explain = "EXPLAIN QUERY PLAN" if is_sqlite else "EXPLAIN"
    with office.engine.begin() as connection:
        if not is_sqlite:
            connection.execute(text("SET LOCAL enable_seqscan = off"))
        for question, index in questions.items():
            plan = connection.execute(text(f"{explain} {question}")).all()
            assert index in str(plan)
