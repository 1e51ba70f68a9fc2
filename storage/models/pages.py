"""Pages, and how often they were updated."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.models.columns import words


class Page(SQLModel, table=True):
    """An official presence: a Facebook page, an X account, a website section."""

    __table_args__ = (UniqueConstraint("office_id", "name"),)

    id: int = Field(default=None, primary_key=True)  # set by the database
    office_id: int = Field(foreign_key="office.id")
    name: str
    kind: str
    url: str = Field(unique=True)
    owner_id: int | None = Field(default=None, foreign_key="person.id")
    updates_per_week: int = 2
    week_start: int = 0  # 0 is Monday
    started_at: datetime
    active: bool = True
    languages: list[str] = Field(default_factory=list, sa_type=JSON)  # in which it has to publish


class Source(StrEnum):
    """How we know of an update."""

    PUBLISHED = "published"  # a draft was marked as posted
    SAID = "said"  # somebody said so with /page updated


class PageUpdate(SQLModel, table=True):
    """Something new on a page."""

    id: int = Field(default=None, primary_key=True)  # set by the database
    page_id: int = Field(foreign_key="page.id", index=True)
    at: datetime = Field(index=True)
    source: Source = Field(sa_type=words(Source))
    link: str = ""
    by_id: int = Field(foreign_key="person.id")
    draft_id: int | None = Field(default=None, foreign_key="draft.id", unique=True)


class PageWeek(SQLModel, table=True):
    """A week of a page that ended with too few updates."""

    page_id: int = Field(foreign_key="page.id", primary_key=True)
    week: str = Field(primary_key=True)
    ended_at: datetime
    updates: int
    wanted: int
