"""Trainings, as those who lead an office note them."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel import Session, col, func, select

from storage import once
from storage.models import Office, Person, Training


def subject(office: Office) -> str:
    """Name the trainings of an office in the audit log."""
    return f"office:{office.id}"


def add(
    db: Session,
    office: Office,
    person: Person,
    what: str,
    held_on: date,
    *,
    by: Person,
    now: datetime,
) -> int | None:
    """Note a training. Returns its id, or `None` if that very one is noted already."""
    row = {"office_id": office.id, "person_id": person.id, "what": what, "held_on": held_on}
    unique = tuple(row)
    key: int | None = once.add(db, Training, {**row, "by_id": by.id, "at": now}, *unique)
    return key


def locked(db: Session, training_id: int) -> Training | None:
    """Load a training and hold it until the transaction ends."""
    held = select(Training).where(Training.id == training_id).with_for_update()
    return db.exec(held).first()


def remove(db: Session, training: Training) -> None:
    """Take back what was noted by mistake. That it was noted stays in the record."""
    db.delete(training)
    db.flush()


def newest(db: Session, office: Office, limit: int) -> Sequence[tuple[Training, Person]]:
    """List the trainings of an office that were last, with who took part."""
    found = (
        select(Training, Person)
        .join(Person, col(Person.id) == col(Training.person_id))
        .where(Training.office_id == office.id)
        .order_by(col(Training.held_on).desc(), col(Training.id).desc())
    )
    return db.exec(found.limit(limit)).all()


def held(db: Session, office: Office, first: date, after: date) -> tuple[int, int]:
    """Count the trainings in some days, once for each person, and the people trained."""
    persons = func.count(col(Training.person_id).distinct())
    counted = select(func.count(), persons).select_from(Training)
    return db.exec(
        counted.where(
            Training.office_id == office.id,
            col(Training.held_on) >= first,
            col(Training.held_on) < after,
        )
    ).one()
