"""How much waits now, in numbers: nobody's name, nobody's words."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from policy.workflow import State
from storage import feeds
from storage.models import Delivery, Draft, InboxEvent, InboxState, OutboxMessage
from storage.outbox import OPEN


@dataclass(frozen=True)
class Standing:
    """What waits: events to be handled, messages of each platform, drafts to be decided."""

    events: int
    messages: dict[str, int]
    undelivered: dict[str, int]  # given up, as far as they are still kept
    drafts: int
    oldest_draft: datetime | None
    broken_feeds: int


def standing(db: Session) -> Standing:
    """Count what waits."""
    review = Draft.state == State.IN_REVIEW
    events = select(func.count()).where(col(InboxEvent.state) == InboxState.PENDING)
    drafts = select(func.count(), func.min(Draft.waiting_since)).where(review)
    count, oldest = db.exec(drafts).one()
    return Standing(
        events=db.exec(events).one(),
        messages=_by_platform(db, *OPEN),
        broken_feeds=feeds.broken(db),
        undelivered=_by_platform(db, Delivery.FAILED, Delivery.UNKNOWN),
        drafts=count,
        oldest_draft=oldest,
    )


def _by_platform(db: Session, *states: Delivery) -> dict[str, int]:
    counted = select(OutboxMessage.platform, func.count()).where(
        col(OutboxMessage.state).in_(states)
    )
    return dict(db.exec(counted.group_by(OutboxMessage.platform)).all())
