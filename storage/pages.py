"""Pages, their updates and their short weeks."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, and_, col, or_, select

from storage.models import (
    Draft,
    Membership,
    Office,
    Page,
    PageUpdate,
    PageWeek,
    Person,
    Source,
)


def get(db: Session, page_id: int) -> Page:
    """Load a page that is known to exist."""
    return db.get_one(Page, page_id)


def subject(page: Page) -> str:
    """Name a page in the audit log and the outbox."""
    return f"page:{page.id}"


def is_live(page: Page) -> bool:
    """Tell whether a page counts: it stands in the offices file, or its owner has confirmed it."""
    is_vouched_for = page.filed or page.confirmed_at is not None
    return page.active and page.closed_at is None and is_vouched_for


def live_ones() -> ColumnElement[bool]:
    """Say in SQL what `is_live` says."""
    vouched = or_(col(Page.filed), col(Page.confirmed_at).is_not(None))
    return and_(col(Page.active), col(Page.closed_at).is_(None), vouched)


def is_paused(page: Page, at: datetime) -> bool:
    """Tell whether a page is paused at a moment."""
    if page.paused_from is None or page.paused_until is None:
        return False
    return page.paused_from <= at < page.paused_until


def of_office(db: Session, office: Office) -> Sequence[Page]:
    """List an office's pages in use, by name."""
    return db.exec(
        select(Page).where(Page.office_id == office.id, col(Page.active)).order_by(Page.name)
    ).all()


def all_of(db: Session, office: Office) -> Sequence[Page]:
    """List an office's pages, with those that are in use no more, by name."""
    return db.exec(select(Page).where(Page.office_id == office.id).order_by(Page.name)).all()


def open_to(db: Session, person: Person) -> list[tuple[Page, Office]]:
    """List the pages of the offices where a person has a role, their own first."""
    found = db.exec(
        select(Page, Office, Membership.roles)
        .join(Office, col(Page.office_id) == col(Office.id))
        .join(Membership, col(Membership.office_id) == col(Office.id))
        .where(Membership.person_id == person.id, col(Page.active), col(Office.active))
        .order_by(Office.name, Page.name)
    )
    pages = [(page, office) for page, office, roles in found if roles]
    return sorted(pages, key=lambda pair: pair[0].owner_id != person.id)


def last_used(db: Session, person: Person) -> int | None:
    """Return the page of somebody's newest draft."""
    mine = select(Draft.page_id).where(Draft.author_id == person.id)
    return db.exec(mine.order_by(col(Draft.id).desc()).limit(1)).first()


def add_update(
    db: Session,
    page: Page,
    *,
    at: datetime,
    source: Source,
    by: Person,
    link: str = "",
    draft: Draft | None = None,
) -> None:
    """Count something new on a page."""
    update = PageUpdate(
        page_id=page.id,
        at=at,
        source=source,
        link=link,
        by_id=by.id,
        draft_id=draft.id if draft else None,
    )
    db.add(update)
    db.flush()


def count_updates(db: Session, page: Page, since: datetime, until: datetime) -> int:
    """Count the updates from one moment to just before another."""
    counted = (
        select(func.count())
        .select_from(PageUpdate)
        .where(
            PageUpdate.page_id == page.id,
            col(PageUpdate.at) >= since,
            col(PageUpdate.at) < until,
        )
    )
    return db.exec(counted).one()


def last_update(db: Session, page: Page) -> PageUpdate | None:
    """Return the newest update of a page."""
    mine = select(PageUpdate).where(PageUpdate.page_id == page.id)
    return db.exec(mine.order_by(col(PageUpdate.at).desc()).limit(1)).first()


def count_in(db: Session, page: Page, spans: Sequence[tuple[datetime, datetime]]) -> Sequence[int]:
    """Count the updates of a page in several stretches of time, with one question."""
    if not spans:
        return ()
    at = col(PageUpdate.at)
    counts = [func.count().filter(at >= since, at < until) for since, until in spans]
    first, last = min(since for since, _ in spans), max(until for _, until in spans)
    mine = (PageUpdate.page_id == page.id, at >= first, at < last)
    return tuple(db.execute(select(*counts).select_from(PageUpdate).where(*mine)).one())


def offices_to_check(db: Session, now: datetime) -> Sequence[int]:
    """List the offices that have a page whose freshness is to be looked at."""
    found = select(Page.office_id).where(col(Page.check_at) <= now).distinct()
    return sorted(db.exec(found).all())


def to_check(db: Session, office: Office, now: datetime) -> Sequence[Page]:
    """List and hold the pages of an office whose freshness is to be looked at, by name.

    Those that are being changed at this moment have their turn in the next sweep.
    """
    found = select(Page).where(Page.office_id == office.id, col(Page.check_at) <= now)
    held = found.with_for_update(skip_locked=True, key_share=True)
    held = held.order_by(Page.name).execution_options(populate_existing=True)
    return db.exec(held).all()


def record_short_week(db: Session, week: PageWeek) -> None:
    """Note a week that ended short."""
    db.add(week)
    db.flush()


def short_weeks(db: Session, page: Page, since: datetime | None = None) -> set[str]:
    """Name the weeks of a page that were noted as short, perhaps only those since a moment."""
    found = select(PageWeek.week).where(PageWeek.page_id == page.id)
    if since is not None:
        found = found.where(col(PageWeek.ended_at) > since)
    return set(db.exec(found).all())


def was_short(db: Session, page: Page, week: str) -> bool:
    """Tell whether a week of a page was noted as short."""
    return db.get(PageWeek, (page.id, week)) is not None
