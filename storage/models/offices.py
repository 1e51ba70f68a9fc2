"""Offices, and who works in them."""

from datetime import datetime

from sqlalchemy import JSON, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from storage.models.columns import AT_ONCE


class Office(SQLModel, table=True):
    """A ministry, department or council, and how it has agreed to work."""

    id: int = Field(default=None, primary_key=True)  # set by the database
    name: str = Field(unique=True)
    timezone: str
    country: str
    subdivision: str = ""
    packs: list[str] = Field(sa_type=JSON)
    platform: str  # of the moderators' chat
    chat: str  # where they meet now
    filed_chat: str  # where they met according to the offices file: a chat may move since
    needed: int | None = None  # approvals; None follows from the size of the panel
    veto: bool = False
    ladder: list[str] = Field(sa_type=JSON)
    urgent_ladder: list[str] = Field(sa_type=JSON)
    urgent_per_day: int = 3  # urgent drafts that one author may file within 24 hours
    claim_minutes: int = 30  # after which a claim lapses
    reason_minutes: int = 15  # that a rejection waits for a reason before it is announced
    reasons: list[str] = Field(default_factory=list, sa_type=JSON)  # canned; none: the usual ones
    appeal_days: int = 5  # working days in which an author may appeal
    reply_hours: int = 24  # by the wall clock, to a first or holding reply to a complaint
    hours: str = "09:00-17:00"
    days_added: list[str] = Field(sa_type=JSON)  # holidays of its own, ISO dates
    days_struck: list[str] = Field(sa_type=JSON)  # public holidays on which it works
    days_part: dict[str, str] = Field(default_factory=dict, sa_type=JSON)  # days with other hours
    own_days: dict[str, str] = Field(default_factory=dict, sa_type=JSON)  # set in the chat
    alarms: list[str] = Field(default_factory=list, sa_type=JSON)  # why the panel cannot decide
    directory: list[str] = Field(sa_type=JSON)
    active: bool = True
    joined_at: datetime  # when it was first imported
    weekly_at: datetime | None = Field(
        default=AT_ONCE, index=True
    )  # when its weekly message is due
    in_force: list[str] = Field(default_factory=list, sa_type=JSON)  # periods, as last noticed


class Person(SQLModel, table=True):
    """Someone we work with, whichever chats they use."""

    id: int = Field(default=None, primary_key=True)  # set by the database
    name: str


class Account(SQLModel, table=True):
    """One person's account on one platform."""

    platform: str = Field(primary_key=True)
    user: str = Field(primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    filed: bool = True  # it stands in the offices file; else its owner linked it in the chat


class Membership(SQLModel, table=True):
    """A person's roles in an office. No roles: they have left."""

    __table_args__ = (UniqueConstraint("office_id", "person_id"),)

    id: int = Field(default=None, primary_key=True)  # set by the database
    office_id: int = Field(foreign_key="office.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    roles: list[str] = Field(sa_type=JSON)
    deputy_id: int | None = Field(default=None, foreign_key="person.id")  # stands in for them


class Period(SQLModel, table=True):
    """A time in which an office speaks differently, as declared in its file or in the chat."""

    id: int = Field(default=None, primary_key=True)  # set by the database
    office_id: int = Field(foreign_key="office.id", index=True)
    period: str
    starts_at: datetime
    ends_at: datetime | None = None  # the first moment after it; none: until somebody ends it
    note: str = ""
    filed: bool = False  # it stands in the offices file
    by: str  # who declared it
    ended_at: datetime | None = None  # ended before its time, or taken back


class Absence(SQLModel, table=True):
    """A time in which somebody is away, in every office where they work."""

    __table_args__ = (
        Index(
            "ix_absence_is_on",
            "person_id",
            sqlite_where=text("is_on"),
            postgresql_where=text("is_on"),
        ),
    )

    id: int = Field(default=None, primary_key=True)  # set by the database
    person_id: int = Field(foreign_key="person.id", index=True)
    starts_at: datetime
    ends_at: datetime = Field(index=True)  # the first moment after it
    deputy_id: int | None = Field(default=None, foreign_key="person.id")  # named for this time
    by: str  # who said so
    is_on: bool = False  # noticed: votes are counted and cards written accordingly


class Lockdown(SQLModel, table=True):
    """A time in which an office, or all of them, files, approves and publishes nothing."""

    id: int = Field(default=None, primary_key=True)  # set by the database
    office_id: int | None = Field(default=None, foreign_key="office.id", index=True)  # none: all
    by: str
    reason: str
    since: datetime
    lifted_by: str = ""
    lifted_at: datetime | None = Field(default=None, index=True)
    lifted_because: str = ""


class LinkCode(SQLModel, table=True):
    """A code with which somebody proves once that another account is theirs, too."""

    digest: str = Field(primary_key=True)  # the code itself is not kept
    person_id: int = Field(foreign_key="person.id", index=True)
    platform: str  # where it was asked for
    user: str
    made_at: datetime
    expires_at: datetime
    used_at: datetime | None = None


class LinkAttempt(SQLModel, table=True):
    """A wrong code that somebody tried: they are counted, so that nobody can guess one."""

    id: int = Field(default=None, primary_key=True)  # set by the database
    platform: str
    user: str
    at: datetime = Field(index=True)
