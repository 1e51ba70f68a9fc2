"""What a report counts, of drafts that went every way there is, and what it says it does not."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import select

from policy.cadence import Cadence
from policy.measures import MEASURES, Gap
from policy.reports import Standing
from policy.spans import Span
from storage import cadences, evaluation, lockdowns, office_stats, rule_stats
from storage.db import transaction
from storage.models import (
    Complaint,
    FirstReply,
    Nomination,
    NominationKind,
    Office,
    Page,
    PageFeed,
    PageUpdate,
    PageWeek,
    Praise,
    Source,
)
from tests.office import OFFICES, TestOffice

TEXT = "The bridge at Kanchpur is closed on Monday."
CARD = "Fees can be paid to card 4111 1111 1111 1111 from today."
SECOND = """\
      - {name: Works on X, kind: x, url: "https://x.example/works", owner: amina}
"""
TODAY = date(2026, 7, 20)
SPAN = Span(date(2026, 7, 1), date(2026, 8, 1), "Asia/Dhaka")


def report(office, span=SPAN, *, page="", before=None):
    with transaction(office.engine) as db:
        ours = db.exec(select(Office)).first()
        of = db.exec(select(Page).where(Page.name == page)).first() if page else None
        return evaluation.report(db, ours, span, office.clock, page=of, before=before)


def gaps(found):
    return [each.gap for each in found.gaps]


def decide(office, number, choice, *, reason=""):
    for name in ("bo", "chen"):
        office.presses(name, choice, at=office.card(number))
        if reason:
            office.fills(name, reason=reason)


@pytest.fixture
def month(office):
    """A month in which something of everything happened, on the only page of the office."""
    office.says("amina", f"/draft {TEXT}")
    office.later(hours=2)
    decide(office, 1, "Approve")
    office.presses("amina", "Mark as posted")
    office.fills("amina", link="https://facebook.example/works/1")
    office.says("amina", f"/draft {TEXT} It is wet.")
    office.later(hours=5)
    office.later(hours=15)
    decide(office, 2, "Reject", reason="tone")
    office.says("amina", "/appeal 2 The bridge is wet, and the ministry said so.")
    office.presses("sina", "Keep the rejection")
    office.fills("sina", reason="Nobody asked whether it is wet.")
    office.says("amina", f"/draft {CARD}")
    office.presses("amina", "False alarm")
    office.presses("amina", "Ask a senior")
    office.presses("sina", "Release")
    office.fills("sina", reason="It is the specimen of our bank.")
    office.presses("bo", "Ask for changes", at=office.card(3))
    office.fills("bo", reason="other", words="It is too short.")
    office.says("lee", "/training amina plain language")
    office.says("lee", "/training bo plain language")
    office.says("lee", "/training bo alt texts")
    public(office, draft=1)
    return office


def public(office, draft=None):
    with transaction(office.engine) as db:
        now, two = office.clock, timedelta(hours=2)
        about = {"office_id": 1, "page_id": 1, "by_id": 1}
        db.add(Praise(**about, text="Thank you.", at=now))
        told = {**about, "text": "Where is my road?", "made_at": now}
        day = now + timedelta(hours=24)
        db.add(Complaint(**told, due_at=day, answered_at=now + two, answer=FirstReply.HOLDING))
        late = now + timedelta(hours=30)
        db.add(Complaint(**told, due_at=day, answered_at=late, answer=FirstReply.FULL))
        db.add(Complaint(**told, due_at=day, offline_at=now))
        kind = NominationKind.POST
        db.add(Nomination(**about, kind=kind, draft_id=draft, reason="It is plain.", at=now))


COUNTED = {
    "updates": 1, "published": 1, "said": 0, "feed": 0, "filed": 3, "urgent": 0, "approved": 1,
    "posted": 1, "rejected": 1, "expired": 0, "withdrawn": 0, "sent_back": 1, "late": 1,
    "late_seniors": 0, "late_lead": 0, "median": 2 * 3600, "ninetieth": 5 * 3600,
    "slowest": 5 * 3600, "disputed": 1, "released": 1, "kept": 0, "emergencies": 0,
    "unreviewed": 0, "objected": 0, "lockdowns": 0, "appeals": 1, "granted": 0, "refused": 1,
    "unheard": 0, "dropped": 0, "open": 0, "praise": 1, "complaints": 3, "answered": 2,
    "late_replies": 1, "unanswered": 1, "offline": 1, "first_reply": 16 * 3600, "nominations": 1,
    "trainings": 3, "trained": 2,
}  # fmt: skip


def test_everything_is_counted_once_for_the_page_and_for_its_office(month):
    for page in ("", "Works on Facebook"):
        found = report(month, page=page)
        assert {name: found.numbers[name] for name in COUNTED} == COUNTED
        assert list(found.numbers) == [each.name for each in MEASURES]
        assert [(each.words, each.count) for each in found.reasons] == [
            ("The tone is not right", 1)
        ]
        assert [each.words for each in found.change_reasons] == ["In their own words"]
        card = next(each for each in found.rules if each.released)
        assert (card.rule, card.hits, card.released) == ("bank-or-card-number", 1, 1)


def test_nothing_is_counted_in_other_days_or_for_another_page(engine):
    office = TestOffice(engine, OFFICES.replace("    directory:", f"{SECOND}    directory:"))
    with transaction(engine) as db:
        db.add(PageUpdate(page_id=1, at=office.clock, source=Source.SAID))
    public(office)
    other = report(office, page="Works on X")
    assert not any(value for name, value in other.numbers.items() if name != "excused")
    later = Span(date(2026, 7, 21), date(2026, 8, 1), "Asia/Dhaka")
    assert not any(v for name, v in report(office, later).numbers.items() if name != "excused")
    assert report(office, before=SPAN.previous()).before is None  # the office was not here yet
    office.close()


def test_figures_are_those_of_office_stats_and_policy_stats(month):
    found = report(month)
    with transaction(month.engine) as db:
        ours = db.exec(select(Office)).one()
        decisions = office_stats.figures(db, ours, SPAN.start, month.clock)
        rules = rule_stats.counts(db, [ours], SPAN.start)
    assert found.numbers["filed"] == decisions.filed
    assert found.numbers["late"] == decisions.late
    assert [(each.rule, each.hits) for each in found.rules] == [(e.rule, e.hits) for e in rules]


def test_reasons_of_the_list_are_told_from_own_words(office):
    for number, words in enumerate(("", "Say when: today or; tomorrow?"), start=1):
        office.says("amina", f"/draft {TEXT} {number}")
        for name in ("bo", "chen"):
            office.presses(name, "Reject", at=office.card(number))
            if words:
                office.fills(name, reason="timing" if name == "bo" else "other", words=words)
    found = {each.words: each.count for each in report(office).reasons}
    assert found == {
        "In their own words": 1,
        "It is not the right moment": 1,
        "No reason given": 1,
    }


# Weeks


def counted(office, weeks=4, **page):
    """Count the weeks of a page that began long ago, with these updates and changes."""
    span = Span(TODAY, TODAY + timedelta(weeks=weeks), "Asia/Dhaka")
    with transaction(office.engine) as db:
        ours, row = db.exec(select(Office)).one(), db.get_one(Page, 1)
        row.started_at = datetime(2025, 1, 1, tzinfo=UTC)
        for name, value in page.items():
            setattr(row, name, value)
        now = span.end + timedelta(days=1)
        stops = lockdowns.stops(db, ours, span.start, now)
        found, later = cadences.count(db, ours, row, span, now=now, stops=stops)
        return [(each.key, each.updates, each.standing.value) for each in found.stretches], later


def add(office, *days):
    with transaction(office.engine) as db:
        for day in days:
            at = datetime.fromisoformat(f"{day}T06:00").replace(tzinfo=UTC)
            db.add(PageUpdate(page_id=1, at=at, source=Source.SAID))


def test_weeks_are_met_or_short_and_a_noted_one_stays_short(office):
    add(office, "2026-07-27", "2026-07-28", "2026-08-03", "2026-08-03", "2026-08-04")
    with transaction(office.engine) as db:
        at = datetime(2026, 8, 9, tzinfo=UTC)
        db.add(PageWeek(page_id=1, week="2026-W32", ended_at=at, updates=1, wanted=2))
    assert counted(office, week_start=0) == (
        [
            ("2026-W30", 0, "short"),
            ("2026-W31", 2, "met"),
            ("2026-W32", 1, "short"),
            ("2026-W33", 0, "short"),
        ],
        2,  # counted after the week had ended
    )


def test_pause_lockdown_and_closing_excuse_a_short_week_and_no_other(office):
    add(office, "2026-07-21", "2026-07-22")
    office.says("lee", "/lockdown Somebody posts in our name.")
    office.later(hours=1)
    office.says("lee", "/lockdown lift The accounts are ours again.")
    found, _ = counted(
        office,
        week_start=0,
        paused_from=datetime(2026, 7, 28, tzinfo=UTC),
        paused_until=datetime(2026, 7, 29, tzinfo=UTC),
        closed_at=datetime(2026, 8, 12, tzinfo=UTC),
    )
    assert [standing for *_, standing in found] == ["met", "paused", "short", "closed"]
    with transaction(office.engine) as db:
        for row in db.exec(select(PageUpdate)).all():
            db.delete(row)
    found, _ = counted(office, week_start=0)
    assert found[0][2] == Standing.LOCKED


def test_months_are_counted_in_the_quarter_in_which_they_end(office):
    add(office, "2026-07-02", "2026-07-30")
    found, _ = counted(office, cadence=Cadence.MONTH)
    assert found == [("2026-07", 2, "met")]


# What is not covered


def test_what_is_missing_from_the_record_is_said(office):
    with transaction(office.engine) as db:
        page = db.get_one(Page, 1)
        page.started_at = datetime(2025, 1, 1, tzinfo=UTC)
        page.feed = "https://facebook.example/works/feed"
        page.paused_from, page.paused_until = office.clock, office.clock + timedelta(days=2)
        db.add(page)
        broken = office.clock - timedelta(days=3)
        due = office.clock
        feed = {"page_id": 1, "address": page.feed, "url": page.feed, "due_at": due}
        db.add(PageFeed(**feed, broken_since=broken, is_broken=True))
    office.says("amina", f"/draft {TEXT}")
    office.says("lee", "/lockdown Somebody posts in our name.")
    office.later(hours=48)
    found = report(office)
    assert gaps(found) == [
        Gap.NOT_OVER,
        Gap.BEFORE_US,
        Gap.LOCKED,
        Gap.PAUSED,
        Gap.FEED_BROKEN,
        Gap.NOTHING_LOGGED,
        Gap.OPEN_DRAFTS,
        Gap.NO_TRAINING,
        Gap.REACH,
        Gap.HEARSAY,
    ]
    said = {each.gap: each.fields for each in found.gaps}
    assert said[Gap.FEED_BROKEN] == {"page": "Works on Facebook", "days": "5 days"}
    assert said[Gap.PAUSED]["days"] == "2 days"
    assert said[Gap.LOCKED] == {"time": "16 h"}


def test_month_that_is_over_with_a_feed_and_a_training_leaves_little_out(month):
    with transaction(month.engine) as db:
        db.get_one(Page, 1).feed = "https://facebook.example/works/feed"
    found = report(month)
    assert gaps(found) == [Gap.NOT_OVER, Gap.NEW, Gap.OPEN_DRAFTS, Gap.REACH, Gap.HEARSAY]
