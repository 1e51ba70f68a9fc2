"""Offices, and who works in them."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field, SQLModel


class Role(StrEnum):
    """What a person may do in an office."""

    AUTHOR = "author"
    MODERATOR = "moderator"  # sits on the panel
    SENIOR = "senior"  # may release what the rules hold
    SPOKESPERSON = "spokesperson"  # may speak in the name of the government
    LEAD = "lead"
    ADMIN = "admin"


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
    hours: str = "09:00-17:00"
    days_added: list[str] = Field(sa_type=JSON)  # holidays of its own, ISO dates
    days_struck: list[str] = Field(sa_type=JSON)  # public holidays on which it works
    directory: list[str] = Field(sa_type=JSON)
    active: bool = True
    joined_at: datetime  # when it was first imported
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


class Membership(SQLModel, table=True):
    """A person's roles in an office. No roles: they have left."""

    __table_args__ = (UniqueConstraint("office_id", "person_id"),)

    id: int = Field(default=None, primary_key=True)  # set by the database
    office_id: int = Field(foreign_key="office.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    roles: list[str] = Field(sa_type=JSON)


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
