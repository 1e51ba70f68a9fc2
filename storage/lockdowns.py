"""The times in which an office, or all of them, files, approves and publishes nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam
from sqlmodel import Session, col, or_, select

from storage import clock
from storage.models import Lockdown, Office

#: Asked at every card and every vote, so it is written once.
ON = (
    select(Lockdown)
    .where(
        col(Lockdown.lifted_at).is_(None),
        or_(col(Lockdown.office_id) == bindparam("office"), col(Lockdown.office_id).is_(None)),
    )
    .order_by(col(Lockdown.since), col(Lockdown.id))
)


def on(db: Session, office_id: int) -> Sequence[Lockdown]:
    """List what locks an office now, the oldest first: its own lockdown, and that of all."""
    return db.exec(ON, params={"office": office_id}).all()


def is_on(db: Session, office: Office) -> bool:
    """Tell whether an office is locked down."""
    return bool(on(db, office.id))


def of(db: Session, office: Office | None) -> Lockdown | None:
    """Return the lockdown that was declared for this office, or for all, if it is on."""
    office_id = office.id if office else None
    found = select(Lockdown).where(
        col(Lockdown.lifted_at).is_(None), col(Lockdown.office_id).is_not_distinct_from(office_id)
    )
    return db.exec(found).first()


def add(db: Session, office: Office | None, *, by: str, reason: str, now: datetime) -> Lockdown:
    """Lock an office, or all."""
    row = Lockdown(office_id=office.id if office else None, by=by, reason=reason, since=now)
    db.add(row)
    db.flush()
    return row


def lift(db: Session, row: Lockdown, *, by: str, reason: str, now: datetime) -> None:
    """End a lockdown."""
    row.lifted_by, row.lifted_because, row.lifted_at = by, reason, now
    db.add(row)
    db.flush()


def hold(db: Session, offices: Sequence[Office]) -> None:
    """Keep offices for oneself until the transaction ends, so that no draft slips past a change."""
    ids = [office.id for office in offices]
    held = select(Office.id).where(col(Office.id).in_(ids)).order_by(col(Office.id))
    db.exec(held.with_for_update()).all()


def stay(db: Session, office_id: int) -> None:
    """Keep an office from being locked or opened until the transaction ends; others may, too."""
    held = select(Office.id).where(col(Office.id) == office_id)
    db.exec(held.with_for_update(read=True, key_share=True)).all()


@dataclass(frozen=True)
class Pauses:
    """The lockdowns between two moments, read once to answer any number of questions."""

    rows: tuple[Lockdown, ...]
    now: datetime

    def is_on(self, office: Office) -> bool:
        """Tell whether an office is locked down now."""
        return any(row.lifted_at is None for row in self._of(office))

    def stops(self, office: Office, since: datetime) -> list[tuple[datetime, datetime]]:
        """List the stretches in which an office was locked down, in order, without overlaps."""
        joined: list[tuple[datetime, datetime]] = []
        for row in self._of(office):
            start, end = max(row.since, since), min(row.lifted_at or self.now, self.now)
            if end <= start:
                continue
            if joined and start <= joined[-1][1]:
                joined[-1] = (joined[-1][0], max(joined[-1][1], end))
            else:
                joined.append((start, end))
        return joined

    def worked(self, office: Office, since: datetime) -> timedelta:
        """Return the working time since a moment. While an office is locked down, it stops."""
        calendar = clock.of(office)
        lost = (calendar.worked(*stop) for stop in self.stops(office, since))
        return calendar.worked(since, self.now) - sum(lost, timedelta(0))

    def elapsed(self, office: Office, since: datetime) -> timedelta:
        """Return the time by the clock since a moment, without that of lockdowns."""
        lost = (end - start for start, end in self.stops(office, since))
        return max(self.now - since, timedelta(0)) - sum(lost, timedelta(0))

    def _of(self, office: Office) -> Iterator[Lockdown]:
        return (row for row in self.rows if row.office_id in (None, office.id))


def pauses(db: Session, since: datetime, now: datetime) -> Pauses:
    """Read the lockdowns of all offices between two moments."""
    found = select(Lockdown).where(
        col(Lockdown.since) <= now,
        or_(col(Lockdown.lifted_at).is_(None), col(Lockdown.lifted_at) > since),
    )
    return Pauses(tuple(db.exec(found.order_by(col(Lockdown.since))).all()), now)


def stops(
    db: Session, office: Office, since: datetime, now: datetime
) -> list[tuple[datetime, datetime]]:
    """List the stretches between two moments in which an office was locked down, in order."""
    return pauses(db, since, now).stops(office, since)


def worked(db: Session, office: Office, since: datetime, now: datetime) -> timedelta:
    """Return the working time between two moments. While an office is locked down, it stops."""
    return pauses(db, since, now).worked(office, since)
