"""Nominations for the best post, comment and page of a year."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlmodel import Session, col, func, select

from policy.calendar import day_of, moment_at
from policy.same_links import canonical, stem
from policy.workflow import State
from storage.models import (
    Appeal,
    AppealOutcome,
    Complaint,
    Draft,
    Nomination,
    NominationKind,
    Office,
    Page,
    PageUpdate,
    Person,
)

#: Why a post is not on the shortlist now.
APPEAL = "an appeal is open"
UNREVIEWED = "an emergency release that nobody has reviewed"
RETRACTED = "it was retracted"
COMPLAINT = "a complaint about it is open"


@dataclass(frozen=True)
class Nominee:
    """One thing that was nominated, by how many people, and what stands against it now."""

    kind: NominationKind
    draft_id: int | None
    page_id: int | None
    link: str
    nominators: int  # different people
    first_at: datetime
    reasons: tuple[str, ...]
    incidents: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shortlist:
    """The nominees of a year in three classes, those of most people first.

    `excluded` are posts with an open incident; they come back when it is settled.
    """

    posts: tuple[Nominee, ...]
    comments: tuple[Nominee, ...]
    pages: tuple[Nominee, ...]
    excluded: tuple[Nominee, ...]


def subject(nomination: Nomination) -> str:
    """Name a nomination in the audit log."""
    return f"nomination:{nomination.id}"


def add(db: Session, nomination: Nomination) -> Nomination:
    """Store a nomination."""
    db.add(nomination)
    db.flush()
    return nomination


def locked(db: Session, nomination_id: int) -> Nomination | None:
    """Load a nomination and hold it until the transaction ends."""
    found = select(Nomination).where(Nomination.id == nomination_id)
    held = found.with_for_update().execution_options(populate_existing=True)
    return db.exec(held).first()


def take_back(db: Session, nomination: Nomination) -> None:
    """Delete a nomination. That there was one stays in the record."""
    db.delete(nomination)
    db.flush()


def year_of(office: Office, now: datetime) -> int:
    """Return the year in which an office is now."""
    return day_of(now, office.timezone).year


def of_year(db: Session, office: Office, year: int) -> Sequence[Nomination]:
    """List the nominations of an office in a calendar year of its own zone, oldest first."""
    start, end = (moment_at(office.timezone, date(y, 1, 1), time(0)) for y in (year, year + 1))
    found = select(Nomination).where(
        Nomination.office_id == office.id, col(Nomination.at) >= start, col(Nomination.at) < end
    )
    return db.exec(found.order_by(col(Nomination.at), col(Nomination.id))).all()


def nominations_in(
    db: Session, office: Office, since: datetime, until: datetime, page: Page | None = None
) -> int:
    """Count the nominations of an office, or of a page and its posts, within a time."""
    counted = (
        select(func.count())
        .select_from(Nomination)
        .where(
            Nomination.office_id == office.id,
            col(Nomination.at) >= since,
            col(Nomination.at) < until,
        )
    )
    if page is not None:
        counted = counted.where(Nomination.page_id == page.id)
    return db.exec(counted).one()


def same(db: Session, new: Nomination, office: Office, year: int) -> Nomination | None:
    """Find an earlier nomination of the same thing by the same person in a year.

    The person is held, so that two accounts of theirs cannot nominate at the same moment.
    """
    db.exec(select(Person.id).where(Person.id == new.by_id).with_for_update()).all()
    mine = (each for each in of_year(db, office, year) if each.by_id == new.by_id)
    return next((each for each in mine if _key(each) == _key(new)), None)


Key = tuple[NominationKind, int | None, int | None, str]


def _key(each: Nomination) -> Key:
    """Say what was nominated: a draft or a page by its number, all else by its link."""
    if each.draft_id is not None:
        return each.kind, each.draft_id, None, ""
    if each.kind is NominationKind.PAGE:
        return each.kind, None, each.page_id, ""
    return each.kind, None, None, canonical(each.link)


def posted_by(db: Session, office: Office, link: str) -> set[int]:
    """Return who said that something new stands at a link, on the pages of an office."""
    found = (
        select(PageUpdate.link, PageUpdate.by_id)
        .join(Page, col(Page.id) == col(PageUpdate.page_id))
        .where(
            Page.office_id == office.id,
            col(PageUpdate.link).icontains(stem(link), autoescape=True),
        )
    )
    wanted = canonical(link)
    return {by for address, by in db.exec(found) if by is not None and canonical(address) == wanted}


def shortlist(db: Session, office: Office, year: int) -> Shortlist:
    """Gather the nominees of a year; posts with an open incident are kept apart."""
    groups: dict[Key, list[Nomination]] = defaultdict(list)
    for each in of_year(db, office, year):
        groups[_key(each)].append(each)
    drafts = _drafts(db, groups)
    appealed, complained = _appealed(db, drafts), _complained(db, office)
    found = [
        _nominee(group, drafts.get(group[0].draft_id or 0), appealed, complained)
        for group in groups.values()
    ]
    found.sort(key=lambda each: (-each.nominators, each.first_at))
    fit = [each for each in found if not each.incidents]

    def of(kind: NominationKind) -> tuple[Nominee, ...]:
        return tuple(each for each in fit if each.kind is kind)

    return Shortlist(
        of(NominationKind.POST),
        of(NominationKind.COMMENT),
        of(NominationKind.PAGE),
        tuple(each for each in found if each.incidents),
    )


def _drafts(db: Session, keys: Iterable[Key]) -> dict[int, Draft]:
    ids = [key[1] for key in keys if key[1] is not None]
    return {each.id: each for each in db.exec(select(Draft).where(col(Draft.id).in_(ids)))}


def _appealed(db: Session, ids: Iterable[int]) -> set[int]:
    found = select(Appeal.draft_id).where(
        col(Appeal.draft_id).in_([*ids]), Appeal.outcome == AppealOutcome.OPEN
    )
    return set(db.exec(found).all())


def _complained(db: Session, office: Office) -> set[str]:
    found = select(Complaint.link).where(
        Complaint.office_id == office.id, col(Complaint.closed_at).is_(None), Complaint.link != ""
    )
    return {canonical(link) for link in db.exec(found)}


def _nominee(
    group: Sequence[Nomination], draft: Draft | None, appealed: set[int], complained: set[str]
) -> Nominee:
    first = group[0]
    link = first.link or (draft.link if draft else "")
    incidents = []
    if draft is not None and draft.id in appealed:
        incidents.append(APPEAL)
    if draft is not None and draft.is_unreviewed:
        incidents.append(UNREVIEWED)
    if draft is not None and draft.state is State.RETRACTED:
        incidents.append(RETRACTED)
    if first.kind is NominationKind.POST and link and canonical(link) in complained:
        incidents.append(COMPLAINT)
    return Nominee(
        kind=first.kind,
        draft_id=first.draft_id,
        page_id=first.page_id,
        link=link,
        nominators=len({each.by_id for each in group}),
        first_at=first.at,
        reasons=tuple(each.reason for each in group),
        incidents=tuple(incidents),
    )
