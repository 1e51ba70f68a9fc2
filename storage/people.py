"""Offices, people, and who is what where."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from storage import absences, kept
from storage.models import Account, Membership, Office, Person, Role

#: Who may see the drafts of an office that are not their own.
REVIEWERS = frozenset({Role.MODERATOR, Role.SENIOR, Role.LEAD, Role.ADMIN})

#: Questions that are asked all day, written once: to write one takes longer than to answer it.
BY_ACCOUNT = (
    select(Person)
    .join(Account)
    .where(Account.platform == bindparam("platform"), Account.user == bindparam("user"))
)
ACCOUNTS = (
    select(Account)
    .where(Account.person_id == bindparam("person"))
    .order_by(Account.platform, Account.user)
)
MEMBERS = (
    select(Person, Membership.roles)
    .join(Membership, col(Membership.person_id) == col(Person.id))
    .where(Membership.office_id == bindparam("office"))
    .order_by(Person.name)
)
ROLES = (
    select(Membership.roles)
    .join(Office)
    .where(
        Membership.office_id == bindparam("office"),
        Membership.person_id == bindparam("person"),
        col(Office.active),
    )
)
WORKPLACES = (
    select(Office, Membership.roles)
    .join(Membership)
    .where(Membership.person_id == bindparam("person"), col(Office.active))
    .order_by(Office.name)
)
ROLES_BY_OFFICE = (
    select(Membership.office_id, Membership.roles)
    .join(Office)
    .where(Membership.person_id == bindparam("person"), col(Office.active))
)


@dataclass(frozen=True)
class Member:
    """A person with their roles in one office."""

    person: Person
    roles: frozenset[Role]


def by_account(db: Session, platform: str, user: str) -> Person | None:
    """Find the person behind an account."""
    return db.exec(BY_ACCOUNT, params={"platform": platform, "user": user}).first()


def accounts(db: Session, person: Person) -> Sequence[Account]:
    """List a person's accounts."""
    return db.exec(ACCOUNTS, params={"person": person.id}).all()


def get(db: Session, person_id: int) -> Person:
    """Load a person who is known to exist."""
    return kept.get_one(db, Person, person_id)


def office(db: Session, office_id: int) -> Office:
    """Load an office that is known to exist."""
    return kept.get_one(db, Office, office_id)


def offices(db: Session) -> Sequence[Office]:
    """List the offices that are in use."""
    return db.exec(select(Office).where(col(Office.active)).order_by(Office.name)).all()


def offices_of(db: Session, persons: Collection[int]) -> list[Office]:
    """List the offices that are in use and in which some people have a role, in one order."""
    found = db.exec(
        select(Office, Membership.roles)
        .join(Membership)
        .where(col(Membership.person_id).in_(persons), col(Office.active))
        .order_by(col(Office.id))
    )
    return list({office.id: office for office, roles in found if roles}.values())


def office_ids(db: Session) -> Sequence[int]:
    """List the offices that are in use, by id."""
    return db.exec(select(Office.id).where(col(Office.active)).order_by(col(Office.id))).all()


def office_of_chat(db: Session, platform: str, chat: str) -> Office | None:
    """Find the office whose moderators meet in a chat."""
    return db.exec(
        select(Office).where(Office.platform == platform, Office.chat == chat, col(Office.active))
    ).first()


def members(db: Session, office: Office) -> list[Member]:
    """List everybody with a role in an office, by name."""
    found = db.exec(MEMBERS, params={"office": office.id})
    return [Member(person, frozenset(map(Role, roles))) for person, roles in found if roles]


def with_role(db: Session, office: Office, role: Role) -> list[Person]:
    """List the people with one role in an office."""
    return [member.person for member in members(db, office) if role in member.roles]


def seniors(db: Session, office: Office) -> list[Person]:
    """List who may release what the rules hold."""
    return with_role(db, office, Role.SENIOR)


def roles(db: Session, office_id: int, person: Person) -> frozenset[Role]:
    """Return what a person may do in an office; nothing in one that is closed.

    Who sits in the seat of a moderator who is away may do what a moderator may.
    """
    found = db.exec(ROLES, params={"office": office_id, "person": person.id}).first()
    return _acting(db, office_id, person, frozenset(map(Role, found or ())))


def _acting(db: Session, office_id: int, person: Person, own: frozenset[Role]) -> frozenset[Role]:
    if own and Role.MODERATOR not in own and absences.sits_for(db, office_id, person.id):
        return own | {Role.MODERATOR}
    return own


def deputy(db: Session, office: Office, person_id: int) -> Person | None:
    """Return whom the offices file names as somebody's deputy in an office."""
    found = db.exec(
        select(Membership.deputy_id).where(
            Membership.office_id == office.id, Membership.person_id == person_id
        )
    ).first()
    return db.get(Person, found) if found else None


def reviews(db: Session, office_id: int, person: Person) -> bool:
    """Tell whether somebody may see the drafts of an office that are not their own."""
    return bool(roles(db, office_id, person) & REVIEWERS)


def workplaces(db: Session, person: Person) -> list[tuple[Office, frozenset[Role]]]:
    """List the offices where a person has a role, with the roles."""
    found = db.exec(WORKPLACES, params={"person": person.id})
    places = [(office, frozenset(map(Role, roles))) for office, roles in found if roles]
    roles = _acting_in(db, person, {office.id: own for office, own in places})
    return [(office, roles[office.id]) for office, _ in places]


def every_role(db: Session, person: Person) -> frozenset[Role]:
    """Return every role that a person has, in any office: cheap even for who is in all of them."""
    found = db.exec(ROLES_BY_OFFICE, params={"person": person.id})
    own = {office_id: frozenset(map(Role, roles)) for office_id, roles in found if roles}
    return frozenset[Role]().union(*_acting_in(db, person, own).values())


def _acting_in(
    db: Session, person: Person, own: dict[int, frozenset[Role]]
) -> dict[int, frozenset[Role]]:
    """Add what somebody may do in others' seats, asking only where somebody is away."""
    away = absences.offices_with_absence(db) if len(own) > 1 else own.keys()
    return {
        office_id: _acting(db, office_id, person, roles) if office_id in away else roles
        for office_id, roles in own.items()
    }


def admins(db: Session, office: Office | None) -> list[Person]:
    """List who looks after an office, or the whole installation: admins, else leads."""
    among = [office] if office else list(offices(db))
    everyone = [member for each in among for member in members(db, each)]
    for role in (Role.ADMIN, Role.LEAD):
        if found := {m.person.id: m.person for m in everyone if role in m.roles}:
            return list(found.values())
    return []
