"""The audit log: written in the same transaction as the thing it records.

Each entry carries the digest of the one before, so that a changed, removed or inserted entry
can be named. Entries are gathered while a transaction runs and written at its end, so that the
lock which keeps the chain in order is taken last and held briefly.
"""

import hashlib
import json
from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import text
from sqlmodel import Session, col, select

from storage.models.audit import AuditEntry

FIRST = "0" * 64
CHAIN_LOCK = 0x0C5A  # names the chain among PostgreSQL's advisory locks

#: Asked at the end of every transaction, so it is written once.
HEAD = select(AuditEntry.id, AuditEntry.digest).order_by(col(AuditEntry.id).desc()).limit(1)


def record(
    db: Session,
    at: datetime,
    actor: str,
    action: str,
    subject: str = "",
    *,
    office: str = "",
    **detail: Any,
) -> None:
    """Note that something happened. It is written when the transaction ends."""
    entry = AuditEntry(
        id=0,
        at=at,
        office=office,
        actor=actor,
        action=action,
        subject=subject,
        detail=detail,
        previous="",
        digest="",
    )
    db.info.setdefault("audit", []).append(entry)


def forget(db: Session) -> None:
    """Drop what was noted by a handler that is being rolled back."""
    db.info.pop("audit", None)


def seal(db: Session) -> None:
    """Write what was noted, each entry chained to the one before."""
    entries: list[AuditEntry] = db.info.pop("audit", [])
    if not entries:
        return
    db.flush()
    if db.get_bind().dialect.name == "postgresql":
        db.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": CHAIN_LOCK})
    place, previous = head(db)
    for entry in entries:
        entry.id = place = place + 1
        entry.previous, entry.digest = previous, digest(entry, previous)
        previous = entry.digest
    db.add_all(entries)
    db.flush()


def head(db: Session) -> tuple[int, str]:
    """Return the place and the digest of the last entry."""
    return db.exec(HEAD).first() or (0, FIRST)


def digest(entry: AuditEntry, previous: str) -> str:
    """Compute what an entry's digest must be."""
    words = [
        previous,
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.office,
        entry.actor,
        entry.action,
        entry.subject,
        entry.detail,
    ]
    text = json.dumps(words, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def entries(db: Session) -> Generator[AuditEntry, None, None]:
    """Read the whole log in order, without holding it in memory."""
    found = select(AuditEntry).order_by(col(AuditEntry.id)).execution_options(yield_per=500)
    with closing(db.exec(found)) as rows:
        for entry in rows:
            yield entry
            db.expunge(entry)


def about(db: Session, subject: str, limit: int = 20) -> list[AuditEntry]:
    """List the newest entries on one subject, oldest first."""
    newest = (
        select(AuditEntry)
        .where(AuditEntry.subject == subject)
        .order_by(col(AuditEntry.id).desc())
        .limit(limit)
    )
    return list(reversed(db.exec(newest).all()))


def has(db: Session, subject: str, actor: str, action: str) -> bool:
    """Tell whether somebody did to a subject what begins with these words."""
    found = select(AuditEntry.id).where(
        AuditEntry.subject == subject,
        AuditEntry.actor == actor,
        col(AuditEntry.action).startswith(action, autoescape=True),
    )
    return db.exec(found.limit(1)).first() is not None


@dataclass(frozen=True)
class Verdict:
    """What verifying the chain found. `broken` is the first entry that does not fit.

    A missing end cannot be seen from within: compare `count` and `head` with a noted pair.
    """

    count: int
    head: str
    broken: int | None = None


def verify(db: Session) -> Verdict:
    """Check every entry against the chain."""
    previous, count = FIRST, 0
    with closing(entries(db)) as chain:
        for entry in chain:
            count += 1
            links = entry.id == count and entry.previous == previous
            if not links or entry.digest != digest(entry, previous):
                return Verdict(count, previous, broken=entry.id)
            previous = entry.digest
    return Verdict(count, previous)
