"""What comes in, what goes out, and questions that wait for an answer."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from storage.models.columns import words


class InboxState(StrEnum):
    """Whether an event has been handled."""

    PENDING = "pending"
    DONE = "done"
    FAILED = "failed"


class InboxEvent(SQLModel, table=True):
    """Something people did, stored before it is acknowledged, handled once."""

    __table_args__ = (
        UniqueConstraint("platform", "key"),
        Index(
            "ix_inbox_pending",
            "lane",
            "id",
            sqlite_where=text("state = 'pending'"),
            postgresql_where=text("state = 'pending'"),
        ),
        Index(
            "ix_inbox_over",
            "received_at",
            sqlite_where=text("state <> 'pending'"),
            postgresql_where=text("state <> 'pending'"),
        ),
    )

    id: int = Field(default=None, primary_key=True)  # set by the database
    platform: str
    key: str  # the platform's id of the act
    lane: str  # events of one lane are handled in order
    body: dict[str, Any] | None = Field(sa_type=JSON)  # forgotten once handled
    state: InboxState = Field(default=InboxState.PENDING, sa_type=words(InboxState))
    received_at: datetime
    due_at: datetime  # not handled before


class Delivery(StrEnum):
    """Where a message of ours stands."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"  # it may have arrived, and is not repeated
    DROPPED = "dropped"  # a newer edit replaced it, or there was nothing to edit


#: How the subject of a message begins that is about a draft, and no card of it.
ABOUT = "draft:"
#: Which messages nothing will ask for again: delivered, no card, and none that is said once.
#: Written so that no other index serves for a part of it.
LOOSE = (
    "state NOT IN ('pending', 'sending', 'failed', 'unknown') AND coalesce(once, '') = ''"
    f" AND substr(coalesce(subject, '{ABOUT}'), 1, {len(ABOUT)}) = '{ABOUT}'"
)


class OutboxMessage(SQLModel, table=True):
    """A message the bot owes, or has sent."""

    __table_args__ = (
        UniqueConstraint("platform", "sent_chat", "message"),
        Index("ix_outbox_open", "state", "platform", "due_at"),
        Index("ix_outbox_chat", "platform", "chat", "state"),
        Index(
            "ix_outbox_loose",
            "created_at",
            sqlite_where=text(LOOSE),
            postgresql_where=text(LOOSE),
        ),
        Index(
            "ix_outbox_under",
            "under_id",
            sqlite_where=text("under_id IS NOT NULL"),
            postgresql_where=text("under_id IS NOT NULL"),
        ),
    )

    id: int = Field(default=None, primary_key=True)  # set by the database
    once: str | None = Field(default=None, unique=True)  # at most one message bears this key
    platform: str
    chat: str
    to: str = ""  # only this user may see it
    via: str = ""  # the `reply` of the event it answers
    under_id: int | None = Field(default=None, foreign_key="outboxmessage.id")
    edits_id: int | None = Field(default=None, foreign_key="outboxmessage.id", index=True)
    subject: str | None = Field(default=None, index=True)  # what it is about: "draft:7"
    body: dict[str, Any] = Field(sa_type=JSON)
    state: Delivery = Field(default=Delivery.PENDING, sa_type=words(Delivery))
    attempts: int = 0
    created_at: datetime
    due_at: datetime  # while pending: not before; while sending: the lease ends
    tried_at: datetime | None = None  # when an attempt began that may have gone through
    sent_chat: str | None = None
    message: str | None = None  # the platform's id, known once sent
    error: str = ""
    fleeting: bool = False  # its words are forgotten once it is delivered


class FormSession(SQLModel, table=True):
    """A form that somebody is filling in, question by question. Survives a restart."""

    id: int = Field(default=None, primary_key=True)  # set by the database
    platform: str
    user: str
    form: dict[str, Any] = Field(sa_type=JSON)
    values: dict[str, str] = Field(sa_type=JSON)
    step: int = 0
    is_open: bool = Field(default=True, index=True)
    expires_at: datetime


class Notice(SQLModel, table=True):
    """Something that was said to somebody, so that it is said once."""

    key: str = Field(primary_key=True)  # what:of-whom:when
    at: datetime
