"""Bringing an offices file into the database: what differs is changed, and each change recorded."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from storage.importing import Import, apply
from storage.models import Account, Membership, Office, Person
from storage.office_file import OfficeEntry, OfficesFile, PersonEntry
from storage.page_import import import_pages
from storage.period_import import import_periods


def store(db: Session, file: OfficesFile, now: datetime) -> list[str]:
    """Make the database agree with the file. Returns what changed: nothing the second time."""
    work = Import(db, now)
    listed: dict[int, set[tuple[str, str]]] = defaultdict(set)
    for entry in file.offices:
        office = _office(work, entry)
        persons = {person.name: _person(work, entry, person) for person in entry.people}
        for person in entry.people:
            listed[persons[person.name].id].update(person.accounts())
        _members(work, office, entry, persons)
        _deputies(work, office, entry, persons)
        import_pages(work, office, entry, persons)
        import_periods(work, office, entry)
    _drop_accounts(work, listed)
    _close_others(work, {entry.name for entry in file.offices})
    return work.changes


def _office(work: Import, entry: OfficeEntry) -> Office:
    office = work.db.exec(select(Office).where(Office.name == entry.name)).first()
    columns = _columns(entry)
    if office is None:
        office = Office(**columns, chat=entry.moderators.chat, joined_at=work.now)
        work.db.add(office)
        work.db.flush()
        work.note(entry.name, "is new")
        return office
    for name in apply(office, columns):
        work.note(entry.name, f"{name.removeprefix('filed_')} is now {columns[name]}")
        if name in ("platform", "filed_chat"):  # else the chat may have moved since: keep it
            office.chat = entry.moderators.chat
    work.db.add(office)
    return office


def _columns(entry: OfficeEntry) -> dict[str, Any]:
    return {
        "name": entry.name,
        "timezone": entry.timezone,
        "country": entry.country,
        "subdivision": entry.subdivision,
        "packs": entry.packs,
        "platform": entry.moderators.platform,
        "filed_chat": entry.moderators.chat,
        "needed": entry.quorum.needed,
        "veto": entry.quorum.veto,
        "ladder": entry.ladder,
        "urgent_ladder": entry.urgent_ladder,
        "urgent_per_day": entry.urgent_per_day,
        "claim_minutes": entry.claim_minutes,
        "reason_minutes": entry.reason_minutes,
        "reasons": entry.reasons,
        "appeal_days": entry.appeal_days,
        "reply_hours": entry.reply_hours,
        "hours": entry.hours,
        "days_added": [day.isoformat() for day in entry.days.add],
        "days_struck": [day.isoformat() for day in entry.days.strike],
        "days_part": {day.isoformat(): hours for day, hours in entry.days.part.items()},
        "directory": entry.directory,
        "active": True,
    }


def _person(work: Import, entry: OfficeEntry, person: PersonEntry) -> Person:
    """Find somebody by their accounts, else by their name in this office, else add them."""
    accounts = list(person.accounts())
    others = {other.name for other in entry.people} - {person.name}
    found = _by_accounts(work.db, accounts)
    if found is None or found.name in others:  # their account was handed on
        found = _by_name(work.db, entry.name, person.name)
    if found is None:
        found = Person(name=person.name)
        work.db.add(found)
        work.db.flush()
        work.note(entry.name, f"{person.name} is new")
    elif found.name != person.name:
        work.note(entry.name, f"{found.name} is now called {person.name}")
        found.name = person.name
        work.db.add(found)
    _accounts(work, entry.name, found, accounts)
    return found


def _by_accounts(db: Session, accounts: Iterable[tuple[str, str]]) -> Person | None:
    for platform, user in accounts:
        account = db.get(Account, (platform, user))
        if account is not None and account.filed:  # a linked one may be given to somebody else
            return db.get_one(Person, account.person_id)
    return None


def _by_name(db: Session, office: str, name: str) -> Person | None:
    return db.exec(
        select(Person)
        .join(Membership, col(Membership.person_id) == col(Person.id))
        .join(Office)
        .where(Office.name == office, Person.name == name)
    ).first()


def _accounts(work: Import, office: str, person: Person, accounts: list[tuple[str, str]]) -> None:
    """Give somebody the accounts of the file."""
    for platform, user in accounts:
        mine = work.db.exec(
            select(Account).where(Account.person_id == person.id, Account.platform == platform)
        ).all()
        if [(account.user, account.filed) for account in mine] == [(user, True)]:
            continue
        for account in mine:
            if account.user != user:
                if not account.filed:
                    work.note(office, f"{person.name} is not {platform} {account.user} any more")
                work.db.delete(account)
        work.db.flush()
        had = _linked_by(work.db, platform, user)
        work.db.merge(Account(platform=platform, user=user, person_id=person.id, filed=True))
        work.note(office, f"{person.name} is {platform} {user}{_taken(had, person)}")


def _linked_by(db: Session, platform: str, user: str) -> Person | None:
    account = db.get(Account, (platform, user))
    if account is None or account.filed:
        return None
    return db.get_one(Person, account.person_id)


def _taken(had: Person | None, person: Person) -> str:
    """Say whose linked account it was: the file decides."""
    if had is None:
        return ""
    return ", as they had linked" if had.id == person.id else f", which {had.name} had linked"


def _drop_accounts(work: Import, listed: Mapping[int, set[tuple[str, str]]]) -> None:
    """Take away the accounts that the file does not name any more: they count no longer."""
    for person_id, accounts in listed.items():
        mine = work.db.exec(select(Account).where(Account.person_id == person_id)).all()
        for account in mine:
            if account.filed and (account.platform, account.user) not in accounts:
                name = work.db.get_one(Person, person_id).name
                work.note("people", f"{name} is not {account.platform} {account.user} any more")
                work.db.delete(account)
    work.db.flush()


def _members(work: Import, office: Office, entry: OfficeEntry, persons: dict[str, Person]) -> None:
    wanted = {
        persons[person.name].id: sorted({str(role) for role in person.roles})
        for person in entry.people
    }
    known = {
        member.person_id: member
        for member in work.db.exec(select(Membership).where(Membership.office_id == office.id))
    }
    names = {person.id: person.name for person in persons.values()}
    for person_id, roles in wanted.items():
        member = known.pop(person_id, None)
        if member is None:
            member = Membership(office_id=office.id, person_id=person_id, roles=[])
        if member.roles != roles:
            member.roles = roles
            work.db.add(member)
            work.note(entry.name, f"{names[person_id]} is {', '.join(roles)}")
    for member in known.values():
        member.deputy_id = None
        if member.roles:
            member.roles = []
            work.db.add(member)
            left = work.db.get_one(Person, member.person_id)
            work.note(entry.name, f"{left.name} has left")
    work.db.flush()


def _deputies(work: Import, office: Office, entry: OfficeEntry, persons: dict[str, Person]) -> None:
    """Note who stands in for whom."""
    mine = select(Membership).where(Membership.office_id == office.id)
    members = {member.person_id: member for member in work.db.exec(mine)}
    for person in entry.people:
        member = members[persons[person.name].id]
        deputy_id = persons[person.deputy].id if person.deputy else None
        if member.deputy_id != deputy_id:
            member.deputy_id = deputy_id
            work.db.add(member)
            who = person.deputy or "nobody"
            work.note(entry.name, f"deputy of {person.name} is now {who}")
    work.db.flush()


def _close_others(work: Import, names: set[str]) -> None:
    for office in work.db.exec(select(Office).where(col(Office.active))):
        if office.name not in names:
            office.active = False
            work.db.add(office)
            work.note(office.name, "is closed: it is not in the file any more")
