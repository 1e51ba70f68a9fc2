"""The transactional outbox: what the bot owes is stored with the change that caused it."""

from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import bindparam, delete, exists, or_, text, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from storage import once
from storage.models import Delivery, Notice, OutboxMessage, chat

#: How long one attempt may take. It is longer than any platform's own time limit.
LEASE = timedelta(seconds=30)
#: How long a delivered message is kept that nothing refers to.
REMEMBERED = timedelta(days=30)
#: How long a message waits for a platform that nobody sets up. No message is worth more.
ABANDONED = timedelta(days=2)
#: How the subject of a message begins that is about a draft, and no card of it.
ABOUT = chat.ABOUT
#: As the index has it: SQLite takes the index for the very same words only.
LOOSE = text(chat.LOOSE)
#: So many are forgotten in one transaction, so that no vote waits.
AT_ONCE = 500
OPEN = (Delivery.PENDING, Delivery.SENDING)

#: Questions that are asked all day, written once: to write one takes longer than to answer it.
PLACE = (
    col(OutboxMessage.platform) == bindparam("at"),
    col(OutboxMessage.sent_chat) == bindparam("in_chat"),
    col(OutboxMessage.message) == bindparam("number"),
)
STANDING = select(OutboxMessage).where(*PLACE)
FORGET_PLACE = (
    update(OutboxMessage)
    .where(*PLACE)
    .values(sent_chat=None, message=None)
    .execution_options(synchronize_session="fetch")  # rows in hand change, too
)
SUPERSEDE = (
    update(OutboxMessage)
    .where(
        col(OutboxMessage.edits_id) == bindparam("edited"),
        col(OutboxMessage.state) == Delivery.PENDING,
    )
    .values(state=Delivery.DROPPED)
    .execution_options(synchronize_session="fetch")
)
ABOUT_IT = (
    select(OutboxMessage)
    .where(
        OutboxMessage.subject == bindparam("subject"),
        col(OutboxMessage.edits_id).is_(None),
        col(OutboxMessage.state).in_((*OPEN, Delivery.SENT)),
    )
    .order_by(col(OutboxMessage.id))
)


def add(db: Session, row: dict[str, Any]) -> int | None:
    """Queue a message, given its columns. A second one with the same `once` is dropped.

    Returns its id, or `None` if it was dropped.
    """
    key: int | None = once.add(db, OutboxMessage, row, "once")
    return key


def is_first(db: Session, key: str, now: datetime) -> bool:
    """Note that something is being said, and tell whether it was never said before.

    For messages that say several things at once: each has a key of its own.
    """
    return once.add(db, Notice, {"key": key, "at": now}, "key") is not None


def claim(db: Session, platform: str, now: datetime) -> OutboxMessage | None:
    """Take the next message that is due, for the length of a lease. Other replicas skip it.

    Messages to one reader go out in the order in which they were queued. One that was being sent
    when its lease ended is taken again: its `tried_at` says since when it may have arrived.
    """
    found = db.exec(_next(), params={"platform": platform, "now": now}).first()
    if found is None:
        return None
    if found.state is Delivery.SENDING and found.tried_at is None:
        found.tried_at, found.attempts = found.due_at - LEASE, 1
    found.state, found.due_at = Delivery.SENDING, now + LEASE
    found.attempts += 1
    db.add(found)
    db.flush()
    return found


@cache
def _next() -> SelectOfScalar[OutboxMessage]:
    """Write the question once: it is asked all day, and takes longer to write than to answer."""
    earlier = aliased(OutboxMessage)
    blocked = exists().where(
        col(earlier.platform) == col(OutboxMessage.platform),
        col(earlier.chat) == col(OutboxMessage.chat),
        col(earlier.to) == col(OutboxMessage.to),
        col(earlier.id) < col(OutboxMessage.id),
        col(earlier.state).in_(OPEN),
    )
    return (
        select(OutboxMessage)
        .where(
            col(OutboxMessage.platform) == bindparam("platform"),
            col(OutboxMessage.state).in_(OPEN),
            col(OutboxMessage.due_at) <= bindparam("now"),
            ~blocked,
        )
        .order_by(col(OutboxMessage.id))
        .limit(1)
        .with_for_update(skip_locked=True)
    )


def forget_words(row: OutboxMessage) -> None:
    """Forget what a fleeting message said, now that nobody will send it any more."""
    if row.fleeting:
        row.body = {}


def forget_place(db: Session, platform: str, chat: str, message: str) -> None:
    """Forget that an older message stood here: a bot that is replaced begins to count anew."""
    db.execute(FORGET_PLACE, {"at": platform, "in_chat": chat, "number": message})


def supersede(db: Session, edits_id: int) -> None:
    """Drop the edits of a message that have not gone out: a newer one is being queued."""
    db.execute(SUPERSEDE, {"edited": edits_id})


def by_id(db: Session, row_id: int) -> OutboxMessage:
    """Load a message that is known to exist."""
    return db.get_one(OutboxMessage, row_id)


def about(db: Session, subject: str) -> list[OutboxMessage]:
    """List the messages that are about something, oldest first: the copies of a card."""
    return list(db.exec(ABOUT_IT, params={"subject": subject}).all())


def at(db: Session, platform: str, chat: str, message: str) -> OutboxMessage | None:
    """Find the message of ours that stands somewhere."""
    place = {"at": platform, "in_chat": chat, "number": message}
    return db.exec(STANDING, params=place).first()


def is_card_underway(db: Session, platform: str) -> bool:
    """Tell whether a card is being posted, so that people may see it before we know where."""
    found = select(OutboxMessage.id).where(
        col(OutboxMessage.platform) == platform,
        col(OutboxMessage.state) == Delivery.SENDING,
        col(OutboxMessage.subject).startswith("card:"),
    )
    return db.exec(found.limit(1)).first() is not None


def is_outdated(db: Session, row: OutboxMessage, since: datetime) -> bool:
    """Tell whether readers still see a message as it was before a moment: an edit is on its way."""
    if row.created_at >= since:
        return False
    found = select(OutboxMessage.state).where(
        col(OutboxMessage.edits_id) == row.id, col(OutboxMessage.created_at) >= since
    )
    states = set(db.exec(found).all())
    return Delivery.SENT not in states and not states.isdisjoint(OPEN)


def move_chat(db: Session, platform: str, old: str, new: str) -> None:
    """Send what waits for a chat to its new id."""
    waiting = (
        col(OutboxMessage.platform) == platform,
        col(OutboxMessage.chat) == old,
        col(OutboxMessage.state).in_(OPEN),
    )
    db.execute(update(OutboxMessage).where(*waiting).values(chat=new))


def abandon(db: Session, now: datetime) -> None:
    """Give up what nobody sent within days: its platform is not set up any more."""
    db.execute(
        update(OutboxMessage)
        .where(
            col(OutboxMessage.state) == Delivery.PENDING,
            col(OutboxMessage.created_at) < now - ABANDONED,
        )
        .values(state=Delivery.FAILED, error="its platform is not set up")
    )


def forget(db: Session, now: datetime) -> None:
    """Delete some of what was delivered long ago and nothing refers to any more."""
    newer = aliased(OutboxMessage)
    refers = or_(col(newer.under_id) == OutboxMessage.id, col(newer.edits_id) == OutboxMessage.id)
    over = select(OutboxMessage.id).where(
        LOOSE,
        col(OutboxMessage.created_at) < now - REMEMBERED,
        ~exists().where(refers),
    )
    found = db.exec(over.order_by(col(OutboxMessage.created_at)).limit(AT_ONCE)).all()
    db.execute(delete(OutboxMessage).where(col(OutboxMessage.id).in_(found)))
