"""What the public says of an office, and what the office is proud of."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel

from storage.models.columns import words


class Praise(SQLModel, table=True):
    """A citizen's thanks, passed on to a team."""

    id: int = Field(default=None, primary_key=True)  # set by the database
    office_id: int = Field(foreign_key="office.id", index=True)
    page_id: int | None = Field(default=None, foreign_key="page.id")
    text: str
    link: str = ""
    by_id: int = Field(foreign_key="person.id")
    at: datetime


class FirstReply(StrEnum):
    """What a citizen heard first."""

    NONE = "none"
    HOLDING = "holding"  # that an answer will come
    FULL = "full"


class Complaint(SQLModel, table=True):
    """A citizen's complaint that waits for a reply."""

    id: int = Field(default=None, primary_key=True)  # set by the database
    office_id: int = Field(foreign_key="office.id", index=True)
    page_id: int | None = Field(default=None, foreign_key="page.id")
    text: str
    link: str = ""
    by_id: int = Field(foreign_key="person.id")  # who brought it in
    owner_id: int | None = Field(default=None, foreign_key="person.id")  # who answers
    made_at: datetime
    due_at: datetime  # the first or holding reply
    answer: FirstReply = Field(default=FirstReply.NONE, sa_type=words(FirstReply))
    answered_at: datetime | None = None
    offline_at: datetime | None = None  # when it was taken out of the public's eye
    draft_id: int | None = Field(default=None, foreign_key="draft.id", index=True)  # the reply
    closed_at: datetime | None = Field(default=None, index=True)
    outcome: str = ""


class NominationKind(StrEnum):
    """What may be nominated."""

    POST = "post"
    COMMENT = "comment"
    PAGE = "page"


class Nomination(SQLModel, table=True):
    """Something that somebody finds worth a prize."""

    id: int = Field(default=None, primary_key=True)  # set by the database
    office_id: int = Field(foreign_key="office.id", index=True)
    kind: NominationKind = Field(sa_type=words(NominationKind))
    draft_id: int | None = Field(default=None, foreign_key="draft.id")
    page_id: int | None = Field(default=None, foreign_key="page.id")
    link: str = ""
    reason: str
    by_id: int = Field(foreign_key="person.id")
    at: datetime = Field(index=True)
