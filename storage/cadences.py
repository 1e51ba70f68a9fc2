"""How the weeks of a page ended, or the other stretches of its cadence, from the record."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from policy.cadence import Stretch, stretch_of, stretches
from policy.freshness import is_new, is_touched
from policy.reports import PageCount, Standing, StretchCount
from policy.spans import Span
from storage import pages
from storage.models import AuditEntry, Office, Page, PageUpdate, PageWeek, Source

#: How the audit log says that a short week does not count; what follows is why.
EXCUSED = "short week not counted: "
EXCUSES = {"paused": Standing.PAUSED, "locked down": Standing.LOCKED}
TICK = timedelta(microseconds=1)
Stops = Sequence[tuple[datetime, datetime]]


@dataclass(frozen=True)
class Weeks:
    """What is known of a page in some days: when it was updated, and which weeks ended short."""

    page: Page
    updates: Sequence[tuple[datetime, Source]]
    short: Mapping[str, PageWeek]
    excused: Mapping[str, Standing]  # weeks that were short, and for what reason not noted
    stops: Stops  # when its office was locked down

    def counted(self, week: Stretch) -> StretchCount:
        """Tell how a week ended. What was noted at its end stays, whatever was counted since."""
        updates = sum(week.start <= at < week.end for at, _ in self.updates)
        row = self.short.get(week.key)
        if row is not None:
            return StretchCount(week.key, week.first, row.updates, row.wanted, Standing.SHORT)
        wanted = self.page.updates
        return StretchCount(week.key, week.first, updates, wanted, self._standing(week, updates))

    def _standing(self, week: Stretch, updates: int) -> Standing:
        page = self.page
        if page.closed_at is not None and page.closed_at < week.end:
            return Standing.CLOSED
        if is_new(week, page.started_at):
            return Standing.NEW
        if updates >= page.updates:
            return Standing.MET
        if week.key in self.excused:
            return self.excused[week.key]
        if is_touched(week, page.paused_from, page.paused_until):
            return Standing.PAUSED
        if any(is_touched(week, *stop) for stop in self.stops):
            return Standing.LOCKED
        is_judged = page.judged_to is not None and week.end <= page.judged_to
        return Standing.PASSED if is_judged else Standing.SHORT

    def later(self, week: StretchCount, stretch: Stretch) -> int:
        """Count the updates of a short week that were counted after it had ended."""
        if week.key not in self.short:
            return 0
        now = sum(stretch.start <= at < stretch.end for at, _ in self.updates)
        return max(0, now - week.updates)


def count(
    db: Session, office: Office, page: Page, span: Span, *, now: datetime, stops: Stops
) -> tuple[PageCount, int]:
    """Count a page's updates, and its weeks that ended in some days.

    Returns also how many updates were counted after their week had ended as short.
    """
    over = list(reversed(weeks_over(office, page, span, now)))
    since = min([span.start, *(week.start for week in over[:1])])
    updates = _updates(db, page, since, span.end)
    known = Weeks(page, updates, _short(db, page, over), _excused(db, page), stops)
    found = [known.counted(week) for week in over]
    sources = Counter(source for at, source in known.updates if at >= span.start)
    counted = PageCount(
        name=page.name,
        kind=page.kind,
        cadence=page.cadence,
        wanted=page.updates,
        updates={source.value: sources[source] for source in Source},
        stretches=tuple(found),
    )
    return counted, sum(map(known.later, found, over))


def weeks_over(office: Office, page: Page, span: Span, now: datetime) -> list[Stretch]:
    """List the weeks of a page that ended in some days, the last first.

    Each week ends in one quarter only, so none is counted twice. Before the page began there
    were none.
    """
    zone = page.timezone or office.timezone
    last = stretch_of(span.end - TICK, zone, page.week_start, page.cadence)
    since = max(span.start, page.started_at)
    return [each for each in stretches(last, since) if each.end <= min(span.end, now)]


def _updates(
    db: Session, page: Page, since: datetime, until: datetime
) -> list[tuple[datetime, Source]]:
    found = select(PageUpdate.at, PageUpdate.source).where(
        PageUpdate.page_id == page.id, col(PageUpdate.at) >= since, col(PageUpdate.at) < until
    )
    return [(at, Source(source)) for at, source in db.exec(found).all()]


def _short(db: Session, page: Page, over: Sequence[Stretch]) -> dict[str, PageWeek]:
    keys = [week.key for week in over]
    found = select(PageWeek).where(PageWeek.page_id == page.id, col(PageWeek.week).in_(keys))
    return {row.week: row for row in db.exec(found).all()}


def _excused(db: Session, page: Page) -> dict[str, Standing]:
    """Read in the audit log which short weeks were excused when they ended, and why."""
    found = db.exec(
        select(AuditEntry).where(
            AuditEntry.subject == pages.subject(page),
            col(AuditEntry.action).startswith(EXCUSED, autoescape=True),
        )
    )
    return {
        str(entry.detail.get("week")): EXCUSES.get(entry.action[len(EXCUSED) :], Standing.PASSED)
        for entry in found
    }
