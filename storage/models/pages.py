"""Pages, and how often they were updated."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from policy.cadence import Cadence
from storage.models.columns import AT_ONCE, words


class Page(SQLModel, table=True):
    """An official presence: a Facebook page, an X account, a website section."""

    __table_args__ = (UniqueConstraint("office_id", "name"),)

    id: int = Field(default=None, primary_key=True)  # set by the database
    office_id: int = Field(foreign_key="office.id")
    name: str
    kind: str
    url: str = Field(unique=True)
    owner_id: int | None = Field(default=None, foreign_key="person.id")
    deputy_id: int | None = None  # a person, who hears while the owner is away
    updates: int = 2  # so many are wanted in each stretch of its cadence
    cadence: Cadence = Field(default=Cadence.WEEK, sa_type=words(Cadence))
    week_start: int = 0  # 0 is Monday
    timezone: str = ""  # in which its weeks are meant; none: that of its office
    feed: str = ""  # where its updates can be read
    directory: list[str] = Field(default_factory=list, sa_type=JSON)  # contacts it may name
    started_at: datetime
    active: bool = True
    filed: bool = True  # it stands in the offices file; else somebody registered it in the chat
    languages: list[str] = Field(default_factory=list, sa_type=JSON)  # in which it has to publish
    terms_on: date | None = None  # of the terms of its platform that its owner has to know
    confirmed_terms_on: date | None = None
    confirmed_at: datetime | None = None  # when its owner went through the checklist
    confirmed_by_id: int | None = None  # a person
    asked_at: datetime | None = None  # when its owner was last asked to go through it
    paused_from: datetime | None = None
    paused_until: datetime | None = None  # the first moment after the pause
    pause_reason: str = ""
    closed_at: datetime | None = None
    closed_because: str = ""
    #: What the offices file said of it at the last import: only what differs from that is taken
    #: over, so that what was changed in the chat stays.
    file_said: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    check_at: datetime | None = Field(default=AT_ONCE, index=True)  # when its freshness is next due
    judged_to: datetime | None = None  # up to here each of its stretches is judged, or excused
    counted_as: str = ""  # its cadence, first day and zone when it was looked at last


class Source(StrEnum):
    """How we know of an update."""

    PUBLISHED = "published"  # a draft was marked as posted
    SAID = "said"  # somebody said so with /page updated
    FEED = "feed"  # it was read in the page's feed


class PageUpdate(SQLModel, table=True):
    """Something new on a page."""

    __table_args__ = (Index("ix_pageupdate_page_id_at", "page_id", "at"),)

    id: int = Field(default=None, primary_key=True)  # set by the database
    page_id: int = Field(foreign_key="page.id")
    at: datetime
    source: Source = Field(sa_type=words(Source))
    link: str = ""
    by_id: int | None = Field(default=None, foreign_key="person.id")  # none: a feed
    draft_id: int | None = Field(default=None, foreign_key="draft.id", unique=True)


class PageWeek(SQLModel, table=True):
    """A week of a page that ended with too few updates."""

    page_id: int = Field(foreign_key="page.id", primary_key=True)
    week: str = Field(primary_key=True, index=True)
    ended_at: datetime
    updates: int
    wanted: int


class PageFeed(SQLModel, table=True):
    """Where a page's feed stands: what was read last, and when it is read again."""

    page_id: int = Field(foreign_key="page.id", primary_key=True)
    address: str  # as it was given for the page
    url: str  # that is read for it
    etag: str = ""
    modified: str = ""
    due_at: datetime = Field(index=True)  # not read before; while it is read, the lease ends
    read_at: datetime | None = None  # when it was read well last
    failures: int = 0  # in a row
    broken_since: datetime | None = None
    trouble: str = ""  # why it could not be read last
    is_broken: bool = False  # it will not mend itself
    is_reported: bool = False  # somebody was told that it is broken
    asked_by_id: int | None = None  # a person, who wants to hear how it goes next


class FeedEntry(SQLModel, table=True):
    """An entry of a page's feed that was seen, so that an edit or a repost counts no more."""

    page_id: int = Field(foreign_key="page.id", primary_key=True)
    entry: str = Field(primary_key=True)  # a digest of its id
    seen_at: datetime


class Handover(SQLModel, table=True):
    """A page that passes from one owner to another, once the new one takes it."""

    id: int = Field(default=None, primary_key=True)  # set by the database
    page_id: int = Field(foreign_key="page.id", index=True)
    from_id: int | None = Field(default=None, foreign_key="person.id")
    to_id: int = Field(foreign_key="person.id")
    by: str  # who asked for it
    asked_at: datetime
    note: str = ""
    answered_at: datetime | None = None
    accepted: bool | None = None


class Evaluation(SQLModel, table=True):
    """What the record says about three months of a page, and who has signed that."""

    __table_args__ = (UniqueConstraint("page_id", "starts_on"),)

    id: int = Field(default=None, primary_key=True)  # set by the database
    page_id: int = Field(foreign_key="page.id")
    starts_on: date
    ends_on: date  # the first day after it
    made_at: datetime
    due_at: datetime  # to be signed before
    figures: dict[str, Any] = Field(sa_type=JSON)
    signed_by_id: int | None = Field(default=None, foreign_key="person.id")
    signed_at: datetime | None = Field(default=None, index=True)
    comment: str = ""
