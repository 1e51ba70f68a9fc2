"""The inbox: what people did, stored before it is acknowledged and handled exactly once."""

from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Connection, bindparam, delete, exists, text
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar
from sqlmodel.sql.sqltypes import UTCDateTime

from storage import once
from storage.models import InboxEvent, InboxState

#: Platforms repeat an event for a day at most; a week leaves room for any clock.
REMEMBERED = timedelta(days=7)
#: As the index has it: SQLite takes the index for the very same words only.
HANDLED = text("inboxevent.state <> 'pending'")
#: So many are forgotten in one transaction, so that no vote waits.
AT_ONCE = 500
MOMENT = timedelta(milliseconds=200)
PATIENCE = timedelta(seconds=30)  # as long as an attempt to deliver something may take


def store(
    db: Connection, *, platform: str, key: str, lane: str, body: dict[str, Any], now: datetime
) -> bool:
    """Store an event. Returns False when it was stored before."""
    row = {
        "platform": platform,
        "key": key,
        "lane": lane,
        "body": body,
        "state": InboxState.PENDING,
        "received_at": now,
        "due_at": now,
    }
    return once.add(db, InboxEvent, row, "platform", "key") is not None


def claim(db: Session, now: datetime) -> InboxEvent | None:
    """Lock the oldest event that nobody is handling. Events of one lane keep their order."""
    return db.exec(_next(), params={"now": now}).first()


@cache
def _next() -> SelectOfScalar[InboxEvent]:
    """Write the question once: it is asked all day, and takes longer to write than to answer."""
    earlier = aliased(InboxEvent)
    waits = exists().where(
        col(earlier.lane) == col(InboxEvent.lane),
        col(earlier.id) < col(InboxEvent.id),
        col(earlier.state) == InboxState.PENDING,
    )
    return (
        select(InboxEvent)
        .where(
            InboxEvent.state == InboxState.PENDING,
            col(InboxEvent.due_at) <= bindparam("now", type_=UTCDateTime()),
            ~waits,
        )
        .order_by(col(InboxEvent.id))
        .limit(1)
        .with_for_update(skip_locked=True)
    )


def postpone(db: Session, event: InboxEvent, now: datetime) -> bool:
    """Let an event wait a moment. Returns False if it has waited long enough."""
    if now - event.received_at > PATIENCE:
        return False
    event.due_at = now + MOMENT
    db.add(event)
    return True


def close(db: Session, event: InboxEvent, state: InboxState) -> None:
    """Note that an event was handled, and forget what it said."""
    event.state, event.body = state, None
    db.add(event)


def forget(db: Session, now: datetime) -> None:
    """Delete some of the events that no platform will repeat any more."""
    over = select(InboxEvent.id).where(HANDLED, col(InboxEvent.received_at) < now - REMEMBERED)
    found = db.exec(over.order_by(col(InboxEvent.received_at)).limit(AT_ONCE)).all()
    db.execute(delete(InboxEvent).where(col(InboxEvent.id).in_(found)))
