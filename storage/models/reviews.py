"""What happens to a draft on its way beside the votes: claims, remarks, appeals, emergencies."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.models.columns import words


class Claim(SQLModel, table=True):
    """Somebody's word that they are looking at a draft. It lapses."""

    draft_id: int = Field(foreign_key="draft.id", primary_key=True)
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    at: datetime
    expires_at: datetime = Field(index=True)


class Remark(SQLModel, table=True):
    """What somebody said in the thread of a draft's card. Kept with the draft, as first said."""

    __table_args__ = (UniqueConstraint("platform", "chat", "message"),)

    id: int = Field(default=None, primary_key=True)  # set by the database
    draft_id: int = Field(foreign_key="draft.id", index=True)
    revision: int
    person_id: int | None = Field(default=None, foreign_key="person.id")  # none: a stranger
    platform: str
    user: str
    chat: str
    message: str
    text: str
    at: datetime


class SentBack(SQLModel, table=True):
    """A moderator's request for changes to one wording of a draft."""

    draft_id: int = Field(foreign_key="draft.id", primary_key=True)
    revision: int = Field(primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    reason: str
    at: datetime


class AppealOutcome(StrEnum):
    """Where an appeal stands."""

    OPEN = "open"
    GRANTED = "granted"
    REFUSED = "refused"
    DROPPED = "dropped"  # its author changed or withdrew the draft instead
    UNHEARD = "unheard"  # nobody decided it in time


class Appeal(SQLModel, table=True):
    """An author's objection to the rejection of a draft: one for each draft."""

    draft_id: int = Field(foreign_key="draft.id", primary_key=True)
    revision: int
    person_id: int = Field(foreign_key="person.id")
    reason: str
    made_at: datetime
    outcome: AppealOutcome = Field(
        default=AppealOutcome.OPEN, sa_type=words(AppealOutcome), index=True
    )
    decided_by_id: int | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime | None = None
    decided_because: str = ""


class Urgency(SQLModel, table=True):
    """A draft that its author called urgent. Kept when it is lowered: it has rung all the same."""

    id: int = Field(default=None, primary_key=True)  # set by the database
    draft_id: int = Field(foreign_key="draft.id")
    office_id: int = Field(foreign_key="office.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    at: datetime


class Emergency(SQLModel, table=True):
    """A senior's release of an urgent draft without the panel, and its review afterwards."""

    draft_id: int = Field(foreign_key="draft.id", primary_key=True)
    revision: int = Field(primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    reason: str
    at: datetime
    reviewed_by_id: int | None = Field(default=None, foreign_key="person.id")
    reviewed_at: datetime | None = None
    upheld: bool | None = None  # whether the reviewer agrees with the release
    remark: str = ""
