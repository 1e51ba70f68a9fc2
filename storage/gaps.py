"""What the numbers of a report do not cover: worked out from what is missing in the record."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, func, select

from policy.calendar import day_of
from policy.durations import spoken
from policy.measures import Gap
from policy.reports import NotCovered
from policy.spans import Span
from policy.workflow import State
from storage import clock, lockdowns
from storage.models import Draft, Office, Page, PageFeed, PageUpdate
from storage.scopes import Scope

OPEN = (State.IN_REVIEW, State.CHANGES_REQUESTED)
DAY = timedelta(days=1)


def of(
    db: Session,
    office: Office,
    span: Span,
    now: datetime,
    pages: Sequence[Page],
    numbers: Mapping[str, float | None],
    later: Mapping[str, int],
    scope: Scope,
) -> tuple[NotCovered, ...]:
    """List what the numbers do not cover, what is peculiar to these days first."""
    found = [*_days(office, span, now, pages), *_lockdowns(db, office, span, now)]
    feeds = _feeds(db, pages)
    silent = _silent(db, pages, span)
    for page in pages:
        found += _page(page, span, now, feeds.get(page.id), is_silent=page.id in silent)
    for name, count in later.items():
        found.append(_gap(Gap.LOGGED_LATE, page=name, count=count))
    if waiting := _waiting(db, scope):
        found.append(_gap(Gap.OPEN_DRAFTS, count=waiting))
    if numbers["unreviewed"]:
        found.append(_gap(Gap.OPEN_EMERGENCIES, count=f"{numbers['unreviewed']:.0f}"))
    if not numbers["trainings"]:
        found.append(_gap(Gap.NO_TRAINING))
    return (*found, _gap(Gap.REACH), _gap(Gap.HEARSAY))


def _gap(gap: Gap, **fields: object) -> NotCovered:
    return NotCovered(gap, {name: str(value) for name, value in fields.items()})


def _days(office: Office, span: Span, now: datetime, pages: Sequence[Page]) -> Iterator[NotCovered]:
    if now < span.end:
        yield _gap(Gap.NOT_OVER, day=_written(day_of(now, span.timezone)))
    before_us = any(page.started_at < office.joined_at for page in pages)
    if before_us and office.joined_at > span.start:
        yield _gap(Gap.BEFORE_US, day=_written(day_of(office.joined_at, span.timezone)))


def _lockdowns(db: Session, office: Office, span: Span, now: datetime) -> Iterator[NotCovered]:
    calendar = clock.of(office)
    stops = lockdowns.stops(db, office, span.start, min(now, span.end))
    lost = sum((calendar.worked(*stop) for stop in stops), timedelta(0))
    if stops:
        yield _gap(Gap.LOCKED, time=spoken(lost))


def _page(
    page: Page, span: Span, now: datetime, feed: PageFeed | None, *, is_silent: bool
) -> Iterator[NotCovered]:
    def day(moment: datetime) -> str:
        return _written(day_of(moment, span.timezone))

    end = min(now, span.end)
    if page.started_at > span.start:
        yield _gap(Gap.NEW, page=page.name, day=day(page.started_at))
    if page.paused_from and page.paused_until:
        paused = min(page.paused_until, end) - max(page.paused_from, span.start)
        if paused > timedelta(0):
            until = day(page.paused_until - timedelta(seconds=1))
            yield _gap(Gap.PAUSED, page=page.name, days=_days_of(paused), day=until)
    if feed is not None and feed.broken_since and feed.broken_since < end:
        broken = end - max(feed.broken_since, span.start)
        if feed.is_broken or broken >= DAY:
            yield _gap(Gap.FEED_BROKEN, page=page.name, days=_days_of(broken))
    if is_silent:
        yield _gap(Gap.NOTHING_LOGGED, page=page.name)
    elif not page.feed:
        yield _gap(Gap.NO_FEED, page=page.name)


def _days_of(amount: timedelta) -> str:
    days = max(1, round(amount / DAY))
    return "1 day" if days == 1 else f"{days} days"


def _written(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _feeds(db: Session, pages: Sequence[Page]) -> dict[int, PageFeed]:
    ids = [page.id for page in pages]
    found = select(PageFeed).where(col(PageFeed.page_id).in_(ids))
    return {row.page_id: row for row in db.exec(found).all()}


def _silent(db: Session, pages: Sequence[Page], span: Span) -> set[int]:
    ids = [page.id for page in pages]
    found = select(PageUpdate.page_id).where(
        col(PageUpdate.page_id).in_(ids),
        col(PageUpdate.at) >= span.start,
        col(PageUpdate.at) < span.end,
    )
    return set(ids) - set(db.exec(found.distinct()).all())


def _waiting(db: Session, scope: Scope) -> int:
    counted = select(func.count()).select_from(Draft)
    which = (scope.drafts, *scope.when(Draft.created_at), col(Draft.state).in_(OPEN))
    return db.exec(counted.where(*which)).one()
