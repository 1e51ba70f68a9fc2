"""Pages, their updates and their short weeks."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import ColumnElement, Select, String, and_, bindparam, cast, func, or_
from sqlalchemy import select as sql
from sqlmodel import Session, col, select

from policy import page_address
from policy.updates import same_post
from storage import importing, kept
from storage.models import (
    Account,
    Draft,
    Membership,
    Office,
    Page,
    PageUpdate,
    PageWeek,
    Person,
    Source,
)

#: So long ago a post may have been counted that is counted no second time.
LOOK_BACK = timedelta(days=90)
#: Asked at every draft and every page, so it is written once.
KNOWN_TO = (
    select(Page, Office, Membership.roles)
    .join(Office, col(Page.office_id) == col(Office.id))
    .join(Membership, col(Membership.office_id) == col(Office.id))
    .where(Membership.person_id == bindparam("person"), col(Office.active))
    .order_by(Office.name, Page.name)
)


def get(db: Session, page_id: int) -> Page:
    """Load a page that is known to exist."""
    return kept.get_one(db, Page, page_id)


def subject(page: Page) -> str:
    """Name a page in the audit log and the outbox."""
    return f"page:{page.id}"


def locked(db: Session, page_id: int) -> Page | None:
    """Load a page and hold it until the transaction ends."""
    return db.exec(
        select(Page)
        .where(Page.id == page_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()


def held(db: Session, page_ids: Collection[int]) -> Sequence[Page]:
    """Load some pages and hold them until the transaction ends, by name."""
    found = select(Page).where(col(Page.id).in_(page_ids)).order_by(col(Page.id))
    locked = db.exec(found.with_for_update().execution_options(populate_existing=True)).all()
    return sorted(locked, key=lambda page: page.name)


def is_live(page: Page) -> bool:
    """Tell whether a page counts: in use, and vouched for by the file or by its owner."""
    return is_open(page) and (page.filed or page.confirmed_at is not None)


def is_open(page: Page) -> bool:
    """Tell whether a page is in use, even if its owner has still to confirm its checklist."""
    return page.active and page.closed_at is None


def is_paused(page: Page, at: datetime) -> bool:
    """Tell whether a page is paused at a moment."""
    begun = page.paused_from is not None and page.paused_from <= at
    return begun and page.paused_until is not None and at < page.paused_until


def has_to_confirm(page: Page) -> bool:
    """Tell whether the owner has to go through the checklist, for the first time or again."""
    if not is_open(page) or page.owner_id is None:
        return False
    known = page.confirmed_at is not None and page.confirmed_by_id == page.owner_id
    return not known or (page.terms_on is not None and page.confirmed_terms_on != page.terms_on)


def open_ones() -> ColumnElement[bool]:
    """Say in SQL what `is_open` says."""
    return and_(col(Page.active), col(Page.closed_at).is_(None))


def live_ones() -> ColumnElement[bool]:
    """Say in SQL what `is_live` says."""
    return and_(open_ones(), or_(col(Page.filed), col(Page.confirmed_at).is_not(None)))


def to_confirm() -> ColumnElement[bool]:
    """Say in SQL what `has_to_confirm` says."""
    return and_(
        open_ones(),
        col(Page.owner_id).is_not(None),
        or_(
            col(Page.confirmed_at).is_(None),
            col(Page.confirmed_by_id).is_distinct_from(col(Page.owner_id)),
            and_(
                col(Page.terms_on).is_not(None),
                col(Page.confirmed_terms_on).is_distinct_from(col(Page.terms_on)),
            ),
        ),
    )


def of_office(db: Session, office: Office) -> Sequence[Page]:
    """List an office's pages in use, by name."""
    return db.exec(
        select(Page).where(Page.office_id == office.id, open_ones()).order_by(Page.name)
    ).all()


def all_of(db: Session, office: Office) -> Sequence[Page]:
    """List an office's pages, with those that are in use no more, by name."""
    return db.exec(select(Page).where(Page.office_id == office.id).order_by(Page.name)).all()


def open_to(db: Session, person: Person) -> list[tuple[Page, Office]]:
    """List the live pages of the offices where a person has a role, their own first."""
    return [pair for pair in known_to(db, person) if is_live(pair[0])]


def known_to(db: Session, person: Person) -> list[tuple[Page, Office]]:
    """List all pages of the offices where a person has a role, closed ones too, own ones first."""
    found = db.exec(KNOWN_TO, params={"person": person.id})
    pages = [(page, office) for page, office, roles in found if roles]
    return sorted(pages, key=lambda pair: pair[0].owner_id != person.id)


def like(db: Session, address: str) -> Page | None:
    """Find the page that has an address, however it is spelled."""
    wanted = page_address.normal(address)
    near = [func.lower(Page.url).contains(h, autoescape=True) for h in hosts(address)]
    found = db.exec(select(Page).where(or_(*near)).order_by(col(Page.id))).all()
    return next((page for page in found if is_at(page, wanted)), None)


def hosts(address: str) -> list[str]:
    """Name the host of an address, in each of its names."""
    return page_address.hosts_like(address)


def is_at(page: Page, normal: str) -> bool:
    """Tell whether a page has an address, by its normal form; not if it had to give it away."""
    return page_address.normal(page.url) == normal and not page.url.endswith(f"#{page.id}")


def hold_register(db: Session) -> None:
    """Let nobody else register a page, or import one, until the transaction ends."""
    importing.lock(db)


def named(db: Session, office: Office, name: str) -> Page | None:
    """Find a page of an office by its name, closed or not, without regard to capitals."""
    pages = db.exec(select(Page).where(Page.office_id == office.id)).all()
    return next((page for page in pages if page.name.casefold() == name.casefold()), None)


def add(db: Session, page: Page) -> None:
    """Store a new page."""
    db.add(page)
    db.flush()


def ownerless() -> ColumnElement[bool]:
    """Say in SQL that nobody can be reached who looks after a page in use."""
    works_here = (
        select(Membership.id)
        .join(Account, col(Account.person_id) == col(Membership.person_id))
        .where(
            col(Membership.office_id) == col(Page.office_id),
            col(Membership.person_id) == col(Page.owner_id),
            cast(col(Membership.roles), String) != "[]",
        )
    )
    return and_(open_ones(), ~works_here.exists())


def offices_where(db: Session, condition: ColumnElement[bool]) -> Sequence[int]:
    """List the offices in use, by id, that have a page for which something holds."""
    return db.exec(
        select(Office.id)
        .join(Page, col(Page.office_id) == col(Office.id))
        .where(col(Office.active), condition)
        .distinct()
        .order_by(col(Office.id))
    ).all()


def where(db: Session, office: Office, condition: ColumnElement[bool]) -> Sequence[Page]:
    """List the pages of an office for which something holds, by name."""
    mine = select(Page).where(Page.office_id == office.id, condition)
    return db.exec(mine.order_by(Page.name)).all()


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
    by: Person | None = None,
    link: str = "",
    draft: Draft | None = None,
) -> bool:
    """Count something new on a page. A draft's post that was counted before gets its draft.

    Returns False if the post has been counted for another draft.
    """
    if draft and (known := counted(db, page, link, at)):
        if known.draft_id is not None:
            return False
        known.source, known.draft_id, known.by_id = source, draft.id, by.id if by else None
        db.add(known)
        db.flush()
        return True
    update = PageUpdate(
        page_id=page.id,
        at=at,
        source=source,
        link=link,
        by_id=by.id if by else None,
        draft_id=draft.id if draft else None,
    )
    db.add(update)
    db.flush()
    return True


def counted(db: Session, page: Page, link: str, now: datetime) -> PageUpdate | None:
    """Find the update that was counted for a post, whichever of its addresses was given then.

    Holds the page until the transaction ends, so that nobody counts the same post meanwhile.
    """
    post = same_post(link)
    if not post or post == same_post(page.url):  # it names no post
        return None
    return next((each for each in _recent(db, page, now) if same_post(each.link) == post), None)


def counted_posts(db: Session, page: Page, now: datetime) -> set[str]:
    """List the posts that were counted lately, as `same_post` names them. Holds the page."""
    own = same_post(page.url)
    return {same_post(each.link) for each in _recent(db, page, now)} - {own}


def _recent(db: Session, page: Page, now: datetime) -> Sequence[PageUpdate]:
    db.exec(select(Page.id).where(Page.id == page.id).with_for_update(key_share=True)).one()
    recent = select(PageUpdate).where(
        PageUpdate.page_id == page.id,
        col(PageUpdate.at) >= now - LOOK_BACK,
        PageUpdate.link != "",
    )
    return db.exec(recent.order_by(col(PageUpdate.id))).all()


def count_updates(db: Session, page: Page, since: datetime, until: datetime) -> int:
    """Count the updates from one moment to just before another."""
    return count_in(db, page, [(since, until)])[0]


def count_in(db: Session, page: Page, spans: Sequence[tuple[datetime, datetime]]) -> Sequence[int]:
    """Count the updates of a page in several stretches of time, with one question."""
    if not spans:
        return ()
    moments = {f"since{n}": since for n, (since, _) in enumerate(spans)}
    moments |= {f"until{n}": until for n, (_, until) in enumerate(spans)}
    whole = {"first": min(since for since, _ in spans), "last": max(until for _, until in spans)}
    return tuple(db.execute(_counts(len(spans)), {"page": page.id, **whole, **moments}).one())


@cache
def _counts(number: int) -> Select[*tuple[int, ...]]:
    """Write the question once: to write it takes longer than to answer it."""
    at = col(PageUpdate.at)
    counts = [
        func.count().filter(at >= bindparam(f"since{n}"), at < bindparam(f"until{n}"))
        for n in range(number)
    ]
    mine = col(PageUpdate.page_id) == bindparam("page")
    whole = (at >= bindparam("first"), at < bindparam("last"))
    return sql(*counts).select_from(PageUpdate).where(mine, *whole)


def last_update(db: Session, page: Page) -> PageUpdate | None:
    """Return the newest update of a page."""
    mine = select(PageUpdate).where(PageUpdate.page_id == page.id)
    return db.exec(mine.order_by(col(PageUpdate.at).desc()).limit(1)).first()


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


def short_lately(db: Session, found: Collection[Page], since: datetime) -> set[tuple[int, str]]:
    """Name the short weeks of some pages that ended after a moment."""
    ended = select(PageWeek.page_id, PageWeek.week).where(col(PageWeek.ended_at) > since)
    return set(db.exec(ended.where(col(PageWeek.page_id).in_([page.id for page in found]))).all())
