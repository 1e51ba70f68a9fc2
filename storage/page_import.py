"""Bringing the pages of an offices file into the database. A page keeps its past all the way.

Of a page that is known, only what the file says differently than at the last import is taken over:
what was changed in the chat since stays.
"""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session, select

from policy import cadence_words
from policy.calendar import moment_at
from storage import clock, pages
from storage.importing import Import, apply
from storage.models import Office, Page, Person
from storage.office_file import DAYS, OfficeEntry, PageEntry

ALWAYS = frozenset({"office_id", "name", "kind", "url", "active", "filed"})
GAVE_AWAY = "the offices file gives its address to another page"
Persons = Mapping[str, Person]


def import_pages(work: Import, office: Office, entry: OfficeEntry, persons: Persons) -> None:
    """Open, change and close pages, so that an office has those of the file.

    Pages that were registered in the chat stay, until the file names their address.
    """
    kept = {_import_page(work, office, entry, wanted, persons).id for wanted in entry.pages}
    for page in work.db.exec(select(Page).where(Page.office_id == office.id)).all():
        if page.active and page.filed and page.id not in kept:
            page.active = False
            work.db.add(page)
            work.note(entry.name, f"page {page.name} is closed")
    work.db.flush()


def _import_page(
    work: Import, office: Office, entry: OfficeEntry, wanted: PageEntry, persons: Persons
) -> Page:
    columns = _columns(office, wanted, persons)
    said = _said(wanted, columns)
    page = _known(work, office, wanted, {page.name for page in entry.pages})
    if page is None:
        page = Page(**columns, started_at=_start(wanted, office) or work.now)
        work.note(entry.name, f"page {wanted.name} is new")
        _pause(work, page, wanted, office)
    else:
        _update(work, page, wanted, columns, said)
        if page.file_said.get("paused") != said["paused"]:
            _pause(work, page, wanted, office)
    page.file_said = said
    work.db.add(page)
    work.db.flush()
    return page


def _update(
    work: Import, page: Page, wanted: PageEntry, columns: dict[str, Any], said: dict[str, Any]
) -> None:
    """Take over what the file says differently than before; of a page from the chat, all it says.

    A page that comes back after it was taken out has its week of grace again.
    """
    was, office = page.name, work.db.get_one(Office, columns["office_id"]).name
    new = _news(page, wanted, columns, said)
    if not page.active:
        page.started_at = work.now
    if not page.filed:
        work.note(office, f"page {was}, registered in the chat, is in the file now")
    owner_id = page.owner_id
    for name in apply(page, new):
        if name not in ("filed", "cadence") or (name == "cadence" and "updates" not in new):
            work.note(office, f"page {was}: {_change(name, wanted, page)}")
    if page.owner_id != owner_id or "terms_on" in new:
        page.asked_at = None  # there is somebody to ask, or something to ask anew


def _news(
    page: Page, wanted: PageEntry, columns: dict[str, Any], said: dict[str, Any]
) -> dict[str, Any]:
    given = {KEYS.get(key, key) for key in wanted.model_fields_set} | ALWAYS
    if given & {"updates", "updates_per_week"}:
        given |= {"updates", "cadence"}

    def is_news(name: str) -> bool:
        if name in ALWAYS:
            return True
        if not page.filed:
            return name in given
        return not page.file_said or page.file_said.get(name) != said.get(name)

    new = {name: value for name, value in columns.items() if is_news(name)}
    return {name: value for name, value in new.items() if getattr(page, name) != value}


#: The column of a key whose name differs.
KEYS = {"owner": "owner_id", "deputy": "deputy_id", "terms": "terms_on"}


def _said(entry: PageEntry, columns: dict[str, Any]) -> dict[str, Any]:
    """Write down what the file says, to be compared with what it says next time."""
    updates, cadence = entry.wanted()
    return {
        "owner_id": entry.owner,
        "deputy_id": entry.deputy,
        "updates": updates,
        "cadence": cadence.value,
        "week_start": columns["week_start"],
        "timezone": entry.timezone,
        "feed": entry.feed,
        "directory": entry.directory,
        "languages": entry.languages,
        "terms_on": entry.terms.isoformat() if entry.terms else None,
        "paused": entry.paused.model_dump(mode="json") if entry.paused else None,
    }


def _known(work: Import, office: Office, wanted: PageEntry, names: set[str]) -> Page | None:
    """Find a page by its name in the office, else by its address, wherever that was."""
    named = work.db.exec(
        select(Page).where(Page.office_id == office.id, Page.name == wanted.name)
    ).first()
    there = _at(work.db, wanted.url)
    if there is None or there is named:
        return named
    if named is None and not (there.office_id == office.id and there.name in names):
        return there
    there.url = f"{there.url}#{there.id}"  # another page has the address now
    if not there.filed and there.closed_at is None:
        there.closed_at, there.closed_because = work.now, GAVE_AWAY
        work.note(office.name, f"page {there.name} is closed: {GAVE_AWAY}")
    work.db.add(there)
    work.db.flush()
    return named


def _at(db: Session, url: str) -> Page | None:
    """Find the page with an address: that very one, else the same in another spelling."""
    exactly = db.exec(select(Page).where(Page.url == url)).first()
    return exactly or pages.like(db, url)


def _start(entry: PageEntry, office: Office) -> datetime | None:
    """Return since when the page exists; without an offset it is meant in the office's zone."""
    if entry.started is None or entry.started.tzinfo is not None:
        return entry.started
    return entry.started.replace(tzinfo=ZoneInfo(office.timezone))


def _pause(work: Import, page: Page, entry: PageEntry, office: Office) -> None:
    """Let a pause of the file begin, or end when it is taken out of the file."""
    if entry.paused is None:
        if page.paused_until and pages.is_paused(page, work.now):
            page.paused_until = work.now
            work.note(office.name, f"page {page.name}: its pause is over")
        return
    zone = entry.timezone or office.timezone
    page.paused_until = moment_at(zone, entry.paused.until + timedelta(days=1), time(0))
    page.paused_from, page.pause_reason = work.now, entry.paused.because
    if page.paused_until > work.now:
        work.note(office.name, f"page {page.name} is paused until {entry.paused.until}")


def _columns(office: Office, entry: PageEntry, persons: Persons) -> dict[str, Any]:
    week_start = clock.of(office).week_start
    updates, cadence = entry.wanted()
    return {
        "office_id": office.id,
        "name": entry.name,
        "kind": entry.kind,
        "url": entry.url,
        "owner_id": persons[entry.owner].id if entry.owner else None,
        "deputy_id": persons[entry.deputy].id if entry.deputy else None,
        "updates": updates,
        "cadence": cadence,
        "week_start": DAYS.index(entry.week_start) if entry.week_start else week_start,
        "timezone": entry.timezone or "",
        "feed": entry.feed or "",
        "directory": entry.directory,
        "languages": entry.languages,
        "terms_on": entry.terms,
        "active": True,
        "filed": True,
    }


def _change(name: str, entry: PageEntry, page: Page) -> str:
    """Say in words how one column of a page has changed."""
    match name:
        case "office_id":
            return "comes from another office"
        case "owner_id":
            return f"owner is now {entry.owner or 'nobody'}"
        case "deputy_id":
            return f"deputy is now {entry.deputy or 'nobody'}"
        case "updates" | "cadence":
            return f"updates is now {cadence_words.written(page.updates, page.cadence)}"
        case "week_start":
            return f"week_start is now {DAYS[page.week_start]}"
        case "timezone":
            return f"timezone is now {entry.timezone or 'that of its office'}"
        case "terms_on":
            return f"terms is now {entry.terms or 'none'}"
        case "active":
            return "is open again"
        case _:
            return f"{name} is now {getattr(page, name) or 'none'}"
