"""Who is away, since when and until when, and who stands in for them."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import bindparam
from sqlmodel import Session, col, or_, select

from policy.roles import Role
from storage.models import Absence, Membership, Office, Person

#: Questions that are asked all day, written once: to write one takes longer than to answer it.
NOTICED = select(Absence).where(col(Absence.is_on))
MEMBERS = select(Membership).where(Membership.office_id == bindparam("office"))


def at(db: Session, now: datetime) -> list[Absence]:
    """List the absences that a moment lies in."""
    return [*db.exec(select(Absence).where(Absence.starts_at <= now, Absence.ends_at > now))]


def noticed(db: Session) -> list[Absence]:
    """List the absences that counts and cards go by; they follow the clock within a minute."""
    return [*db.exec(NOTICED)]


def of_person(db: Session, person: Person, now: datetime) -> Sequence[Absence]:
    """List somebody's absences that are on or to come, the first to begin first."""
    mine = select(Absence).where(Absence.person_id == person.id, Absence.ends_at > now)
    return db.exec(mine.order_by(col(Absence.starts_at))).all()


def in_office(
    db: Session, office: Office, now: datetime, until: datetime
) -> list[tuple[Person, Absence]]:
    """List who of an office is away or soon will be, the first to leave first."""
    found = db.exec(
        select(Person, Absence, Membership.roles)
        .join(Absence, col(Absence.person_id) == col(Person.id))
        .join(Membership, col(Membership.person_id) == col(Person.id))
        .where(Membership.office_id == office.id, Absence.ends_at > now, Absence.starts_at <= until)
        .order_by(col(Absence.starts_at), Person.name)
    )
    return [(person, absence) for person, absence, roles in found if roles]


def get(db: Session, absence_id: int) -> Absence | None:
    """Load an absence and hold it until the transaction ends."""
    return db.exec(
        select(Absence)
        .where(Absence.id == absence_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()


def present(db: Session, people: Iterable[Person], now: datetime) -> list[Person]:
    """Keep those of some people who are not away."""
    away = {each.person_id for each in at(db, now)}
    return [person for person in people if person.id not in away]


def stand_ins(db: Session, office: Office, people: Iterable[Person], now: datetime) -> list[Person]:
    """List who hears what is meant for some people of an office: they, or their deputies.

    Nobody is in it twice, and nobody who is away.
    """
    instead = deputies(db, office.id, at(db, now))
    found: dict[int, Person] = {}
    for person in people:
        hearing = instead.get(person.id, person.id)
        if hearing is not None:
            found[hearing] = person if hearing == person.id else db.get_one(Person, hearing)
    return list(found.values())


def deputies(db: Session, office_id: int, away: Sequence[Absence]) -> dict[int, int | None]:
    """Say for everybody of an office who is away who stands in: one who works there and is not.

    That is who was named for this time, else the one of the offices file.
    """
    if not away:
        return {}
    here = {member.person_id: member for member in _members(db, office_id)}
    gone = {each.person_id for each in away}
    found: dict[int, int | None] = {}
    for each in away:
        if member := here.get(each.person_id):
            named = (each.deputy_id, member.deputy_id)
            able = (one for one in named if one in here and one not in gone)
            found[each.person_id] = next(able, None)
    return found


def sits_for(db: Session, office_id: int, person_id: int) -> list[int]:
    """List the moderators of an office who are away and whose seats somebody takes."""
    if not (away := noticed(db)):
        return []
    panel = {m.person_id for m in _members(db, office_id) if Role.MODERATOR in m.roles}
    instead = deputies(db, office_id, away)
    return [one for one, deputy in instead.items() if deputy == person_id and one in panel]


def offices_with_absence(db: Session) -> set[int]:
    """Return the offices in which somebody is away, so that only there a seat may be taken."""
    away = select(Membership.office_id).join(
        Absence, col(Absence.person_id) == col(Membership.person_id)
    )
    return set(db.exec(away.where(col(Absence.is_on))).all())


def _members(db: Session, office_id: int) -> list[Membership]:
    members = db.exec(MEMBERS, params={"office": office_id})
    return [member for member in members if member.roles]


def declare(db: Session, new: Absence) -> Absence:
    """Store an absence. What was said before gives way to it, from its beginning on.

    One that goes on without a gap becomes one with it, and its deputy stays unless another is
    named.
    """
    later = select(Absence).where(
        Absence.person_id == new.person_id,
        Absence.ends_at >= new.starts_at,
        Absence.starts_at <= new.ends_at,
    )
    for old in db.exec(later.order_by(col(Absence.starts_at)).with_for_update()).all():
        if old.starts_at == new.ends_at:  # it begins when the new one is over
            continue
        if old.starts_at > new.starts_at:
            db.delete(old)
        elif new.deputy_id in (None, old.deputy_id):
            new.starts_at, new.deputy_id, new.is_on = old.starts_at, old.deputy_id, old.is_on
            db.delete(old)
        elif old.starts_at < new.starts_at:
            old.ends_at = new.starts_at
            db.add(old)
        else:
            db.delete(old)
    db.flush()
    db.add(new)
    db.flush()
    return new


def end(db: Session, absence: Absence, now: datetime) -> None:
    """Let somebody be back; what has not begun is forgotten."""
    if absence.starts_at >= now:
        db.delete(absence)
    else:
        absence.ends_at = now
        db.add(absence)
    db.flush()


def due(db: Session, now: datetime) -> list[Absence]:
    """List and hold the absences that have begun or ended since that was last noticed."""
    begun = col(Absence.is_on).is_(False) & (col(Absence.starts_at) <= now)
    over = col(Absence.is_on) & (col(Absence.ends_at) <= now)
    found = db.exec(
        select(Absence)
        .where(or_(begun & (col(Absence.ends_at) > now), over))
        .order_by(col(Absence.id))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return [*found]


def turn(db: Session, now: datetime, persons: Collection[int]) -> None:
    """Take into account which absences of some people have begun or ended."""
    for each in due(db, now):
        if each.person_id in persons:
            each.is_on = not each.is_on
            db.add(each)
    db.flush()
