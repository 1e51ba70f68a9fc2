"""Bringing the pages of an offices file into the database. A page keeps its past all the way."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session, select

from storage import clock
from storage.importing import Import, apply
from storage.models import Office, Page, Person
from storage.office_file import DAYS, OfficeEntry, PageEntry


def import_pages(
    work: Import, office: Office, entry: OfficeEntry, persons: dict[str, Person]
) -> None:
    """Open, change and close pages, so that an office has those of the file."""
    kept = {_import_page(work, office, entry, wanted, persons).id for wanted in entry.pages}
    for page in work.db.exec(select(Page).where(Page.office_id == office.id)).all():
        if page.active and page.id not in kept:
            page.active = False
            work.db.add(page)
            work.note(entry.name, f"page {page.name} is closed")
    work.db.flush()


def _import_page(
    work: Import,
    office: Office,
    entry: OfficeEntry,
    wanted: PageEntry,
    persons: dict[str, Person],
) -> Page:
    columns = _columns(office, wanted, persons)
    page = _known(work.db, office, wanted, {page.name for page in entry.pages})
    if page is None:
        page = Page(**columns, started_at=_start(wanted, office) or work.now)
        work.note(entry.name, f"page {wanted.name} is new")
    else:
        was = page.name
        if not page.active:  # it has its week of grace again
            page.started_at = work.now
        for name in apply(page, columns):
            work.note(entry.name, f"page {was}: {_said(name, wanted, columns)}")
    work.db.add(page)
    work.db.flush()
    return page


def _known(db: Session, office: Office, wanted: PageEntry, names: set[str]) -> Page | None:
    """Find a page by its name in the office, else by its address, wherever that was."""
    named = db.exec(
        select(Page).where(Page.office_id == office.id, Page.name == wanted.name)
    ).first()
    there = db.exec(select(Page).where(Page.url == wanted.url)).first()
    if there is None or there is named:
        return named
    if named is None and not (there.office_id == office.id and there.name in names):
        return there
    there.url = f"{there.url}#{there.id}"  # another page has the address now
    db.add(there)
    db.flush()
    return named


def _start(entry: PageEntry, office: Office) -> datetime | None:
    """Return since when the page exists; without an offset it is meant in the office's zone."""
    if entry.started is None or entry.started.tzinfo is not None:
        return entry.started
    return entry.started.replace(tzinfo=ZoneInfo(office.timezone))


def _columns(office: Office, entry: PageEntry, persons: dict[str, Person]) -> dict[str, Any]:
    week_start = clock.of(office).week_start
    return {
        "office_id": office.id,
        "name": entry.name,
        "kind": entry.kind,
        "url": entry.url,
        "owner_id": persons[entry.owner].id if entry.owner else None,
        "updates": entry.updates_per_week,
        "week_start": DAYS.index(entry.week_start) if entry.week_start else week_start,
        "active": True,
        "languages": entry.languages,
    }


def _said(name: str, entry: PageEntry, columns: dict[str, Any]) -> str:
    match name:
        case "office_id":
            return "comes from another office"
        case "owner_id":
            return f"owner is now {entry.owner or 'nobody'}"
        case "week_start":
            return f"week_start is now {DAYS[columns[name]]}"
        case "active":
            return "is open again"
        case _:
            return f"{name} is now {columns[name]}"
