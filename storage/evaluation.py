"""What the record says about an office or a page in some days: every report is made of this.

Nothing is counted here that is counted elsewhere: the figures of decisions are those of
`/office stats`, the figures of rules those of `/policy stats`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlmodel import Session, col, or_, select

from policy.calendar import day_of
from policy.measures import BY_NAME
from policy.reports import COUNTING, PageCount, Report, RuleLine, Standing
from policy.spans import Span
from policy.workflow import State
from storage import (
    cadences,
    complaints,
    decisions,
    gaps,
    lockdowns,
    nominations,
    office_stats,
    pages,
    praise,
    rule_stats,
    shortlists,
    trainings,
)
from storage.models import AppealOutcome, Office, Page, Source
from storage.scopes import Scope

EXCUSES = tuple(standing for standing in Standing if standing not in COUNTING)
Numbers = Mapping[str, float | None]


@dataclass(frozen=True)
class Counted:
    """Everything that is counted in some days."""

    numbers: Numbers
    pages: Sequence[PageCount]
    rules: Sequence[rule_stats.RuleCount]
    later: Mapping[str, int]  # updates that came after their week had ended as short, by page


def report(
    db: Session,
    office: Office,
    span: Span,
    now: datetime,
    *,
    page: Page | None = None,
    before: Span | None = None,
    is_evaluation: bool = False,
) -> Report:
    """Write down what the record says: of one page, or of the whole office."""
    counted = count(db, office, span, now, page)
    scope = Scope([office], span.start, span.end, page)
    made = Report(
        office=office.name,
        page=page.name if page else "",
        first=span.first,
        last=span.last,
        timezone=span.timezone,
        made_on=day_of(now, span.timezone),
        numbers=counted.numbers,
        pages=tuple(counted.pages),
        reasons=decisions.of_rejections(db, office, scope),
        change_reasons=decisions.of_changes(db, office, scope),
        rules=tuple(_line(each) for each in counted.rules),
        gaps=gaps.of(db, office, span, now, of_pages(db, office, span, page), counted.numbers,
                     counted.later, scope),
        shortlist=shortlists.of_year(db, office, span.year) if span.year and not page else None,
        is_evaluation=is_evaluation,
    )  # fmt: skip
    if before is None or before.end <= office.joined_at:
        return made
    earlier = count(db, office, before, now, page).numbers
    return replace(made, before=earlier, before_first=before.first, before_last=before.last)


def _line(found: rule_stats.RuleCount) -> RuleLine:
    return RuleLine(found.rule, found.hits, found.confirmed, found.released, found.disputed)


def of_pages(db: Session, office: Office, span: Span, page: Page | None) -> Sequence[Page]:
    """List the pages that are counted: the one, or all that were live for some of these days."""
    if page is not None:
        return [page]
    found = select(Page).where(
        Page.office_id == office.id,
        or_(pages.live_ones(), col(Page.closed_at) > span.start),
        col(Page.started_at) < span.end,
    )
    return db.exec(found.order_by(Page.name)).all()


def count(db: Session, office: Office, span: Span, now: datetime, page: Page | None) -> Counted:
    """Count everything in some days."""
    stops = lockdowns.stops(db, office, span.start - timedelta(days=31), min(now, span.end))
    found = [
        cadences.count(db, office, each, span, now=now, stops=stops)
        for each in of_pages(db, office, span, page)
    ]
    counts = [each for each, _ in found]
    rules = rule_stats.counts(db, [office], span.start, until=span.end, page=page)
    numbers = {
        **_updates(counts),
        **_drafts(db, office, span, now, page),
        **_rules(rules),
        **_public(db, office, span, page),
    }
    later = {each.name: late for each, late in found if late}
    return Counted({name: numbers[name] for name in BY_NAME}, counts, rules, later)


def _updates(counts: Sequence[PageCount]) -> dict[str, float | None]:
    by = {source: sum(each.updates[source.value] for each in counts) for source in Source}
    met, short = (
        sum(each.count(standing) for each in counts) for standing in (Standing.MET, Standing.SHORT)
    )
    return {
        "updates": sum(by.values()),
        **{source.value: number for source, number in by.items()},
        "stretches": met + short,
        "met": met,
        "short": short,
        "excused": sum(each.count(*EXCUSES) for each in counts),
    }


def _drafts(
    db: Session, office: Office, span: Span, now: datetime, page: Page | None
) -> dict[str, float | None]:
    found = office_stats.figures(db, office, span.start, now, until=span.end, page=page)
    ends, appeals, waits = found.ends, found.appeals, found.waits
    expired = ends.get(State.EXPIRED, 0)
    return {
        "filed": found.filed,
        "urgent": found.urgent,
        "approved": found.approved,
        "posted": sum(ends.get(state, 0) for state in (State.PUBLISHED, State.RETRACTED)),
        "rejected": ends.get(State.REJECTED, 0),
        "expired": expired,
        "withdrawn": ends.get(State.WITHDRAWN, 0),
        "sent_back": found.sent_back,
        "median": waits.median.total_seconds() if waits else None,
        "ninetieth": waits.ninetieth.total_seconds() if waits else None,
        "slowest": waits.slowest.total_seconds() if waits else None,
        "late": found.late,
        "late_seniors": (waits.rungs[1] if waits else 0) + expired,
        "late_lead": (waits.rungs[2] if waits else 0) + expired,
        "released": found.releases,
        "kept": found.kept,
        "emergencies": found.emergencies,
        "unreviewed": found.unreviewed,
        "objected": found.objected,
        "lockdowns": found.lockdowns,
        "appeals": sum(appeals.values()),
        **{outcome.value: appeals.get(outcome, 0) for outcome in AppealOutcome},
    }


def _rules(rules: Sequence[rule_stats.RuleCount]) -> dict[str, float | None]:
    return {
        "findings": sum(each.hits for each in rules),
        "confirmed": sum(each.confirmed for each in rules),
        "disputed": sum(each.disputed for each in rules),
    }


def _public(db: Session, office: Office, span: Span, page: Page | None) -> dict[str, float | None]:
    days = (span.start, span.end)
    told = complaints.complaint_figures(db, office, *days, page)
    held, trained = trainings.held(db, office, span.first, span.after)
    hours = told.median_hours
    return {
        "praise": praise.praises_in(db, office, *days, page),
        "complaints": told.opened,
        "answered": told.in_time + told.late,
        "late_replies": told.late,
        "unanswered": told.none,
        "offline": told.offline,
        "first_reply": None if hours is None else hours * 3600,
        "nominations": nominations.nominations_in(db, office, *days, page),
        "trainings": held,
        "trained": trained,
    }
