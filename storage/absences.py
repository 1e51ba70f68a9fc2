"""Who is away."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from storage.models import Absence, Person


def present(db: Session, persons: Sequence[Person], now: datetime) -> list[Person]:
    """Leave out who is away at a moment."""
    found = select(Absence.person_id).where(
        col(Absence.person_id).in_([person.id for person in persons]),
        col(Absence.starts_at) <= now,
        col(Absence.ends_at) > now,
    )
    away = set(db.exec(found))
    return [person for person in persons if person.id not in away]
