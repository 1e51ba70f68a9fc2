"""Bringing the periods of an offices file into the database; those of the chat are left alone."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from storage.importing import IMPORTER, Import
from storage.models import Office, Period
from storage.office_file import OfficeEntry, PeriodEntry


def first_moment(day: date, office: Office) -> datetime:
    """Return when a day begins in an office."""
    return datetime.combine(day, time(), ZoneInfo(office.timezone))


def moments(start: date, end: date | None, office: Office) -> tuple[datetime, datetime | None]:
    """Return when a period begins, and the first moment after its last day."""
    after = first_moment(end + timedelta(days=1), office) if end else None
    return first_moment(start, office), after


def import_periods(work: Import, office: Office, entry: OfficeEntry) -> None:
    """Declare and take back, so that an office has the periods of the file.

    One that was ended in the chat stays ended.
    """
    kept = {_import_period(work, office, wanted).id for wanted in entry.periods}
    mine = select(Period).where(Period.office_id == office.id, col(Period.filed))
    for period in work.db.exec(mine.where(col(Period.ended_at).is_(None))).all():
        over = period.ends_at is not None and period.ends_at <= work.now
        if period.id not in kept and not over:
            period.ended_at = work.now
            work.db.add(period)
            work.note(entry.name, f"{period.period} is no longer declared")
    work.db.flush()


def _import_period(work: Import, office: Office, wanted: PeriodEntry) -> Period:
    starts_at, ends_at = moments(wanted.start, wanted.end, office)
    known = work.db.exec(
        select(Period).where(
            Period.office_id == office.id,
            col(Period.filed),
            Period.period == wanted.period,
            Period.starts_at == starts_at,
            Period.ends_at == ends_at if ends_at else col(Period.ends_at).is_(None),
        )
    ).first()
    if known is None:
        known = Period(
            office_id=office.id,
            period=wanted.period,
            starts_at=starts_at,
            ends_at=ends_at,
            filed=True,
            by=IMPORTER,
        )
        until = f" to {wanted.end}" if wanted.end else ""
        work.note(office.name, f"{wanted.period} is declared from {wanted.start}{until}")
    known.note = wanted.note
    work.db.add(known)
    work.db.flush()
    return known
