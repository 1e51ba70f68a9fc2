"""Forms that people are filling in."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any, Protocol

from sqlalchemy import delete
from sqlmodel import Session, col, select

from storage.models import FormSession

#: After this long without an end, the bot no longer takes a message for an answer.
PATIENCE = timedelta(hours=24)


class Account(Protocol):
    """Whose form it is."""

    @property
    def platform(self) -> str:
        """Return the platform's name."""

    @property
    def user(self) -> str:
        """Return the platform's id of the user."""


def open_session(
    db: Session, of: Account, form: Any, *, given: Mapping[str, str], now: datetime, alone: bool
) -> int:
    """Begin a form for somebody. `form` is a dataclass.

    `alone` ends an older one of the same title: whoever begins anew means the new one.
    """
    for older in opened(db, of, now) if alone else ():
        if older.form["title"] == form.title:
            close(db, older)
    session = FormSession(
        platform=of.platform,
        user=of.user,
        form=asdict(form),
        values=dict(given),
        expires_at=now + PATIENCE,
    )
    db.add(session)
    db.flush()
    return session.id


def held(db: Session, session_id: int, of: Account) -> FormSession | None:
    """Load and hold a form of somebody's, answered or not."""
    found = db.exec(
        select(FormSession).where(FormSession.id == session_id).with_for_update()
    ).first()
    if found is None or (found.platform, found.user) != (of.platform, of.user):
        return None
    return found


def close(db: Session, session: FormSession) -> None:
    """End a form: it was handed in, or given up."""
    session.is_open = False
    db.add(session)


def opened(db: Session, of: Account, now: datetime) -> Sequence[FormSession]:
    """Hold the forms that somebody is filling in, the one they were asked last first."""
    return db.exec(
        select(FormSession)
        .where(
            FormSession.platform == of.platform,
            FormSession.user == of.user,
            col(FormSession.is_open).is_(True),
            FormSession.expires_at > now,
        )
        .order_by(col(FormSession.id).desc())
        .with_for_update()
    ).all()


def current(db: Session, of: Account, now: datetime) -> FormSession | None:
    """Return the form that somebody was asked last."""
    return next(iter(opened(db, of, now)), None)


def resumed(db: Session, older: FormSession, now: datetime) -> FormSession:
    """Return to an older form: it becomes the one that was asked last."""
    if older is current(db, older, now):
        return older
    again = FormSession(**older.model_dump(exclude={"id"}))
    close(db, older)
    db.add(again)
    db.flush()
    return again


def forget(db: Session, now: datetime) -> None:
    """Delete what nobody will answer any more."""
    db.execute(delete(FormSession).where(col(FormSession.expires_at) < now - PATIENCE))
