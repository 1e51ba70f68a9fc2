"""Drafts, their revisions, what the rules found in them, and the votes."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from policy.quorum import Choice
from policy.rules import Severity
from policy.workflow import State
from storage.models.columns import words


class Hold(StrEnum):
    """Why a draft has not reached the moderators, beside its state."""

    NOTHING = ""
    BLOCKED = "blocked"  # a rule forbids it: the author changes it
    UNCONFIRMED = "unconfirmed"  # a rule warns: the author confirms or changes it


class Draft(SQLModel, table=True):
    """A text on its way to being published. Its words are in its revisions."""

    id: int = Field(default=None, primary_key=True)  # set by the database
    office_id: int = Field(foreign_key="office.id", index=True)
    page_id: int = Field(foreign_key="page.id")
    author_id: int = Field(foreign_key="person.id", index=True)
    state: State = Field(sa_type=words(State), index=True)
    hold: Hold = Field(default=Hold.NOTHING, sa_type=words(Hold))
    revision: int = 1  # the number of the present one
    purpose: str = ""
    wanted_at: datetime | None = None
    created_at: datetime
    waiting_since: datetime  # when the present revision came before the moderators
    decided_at: datetime | None = None
    link: str = ""  # where it was published


class Revision(SQLModel, table=True):
    """One wording of a draft. Never changed once written."""

    draft_id: int = Field(foreign_key="draft.id", primary_key=True)
    number: int = Field(primary_key=True)
    text: str
    written_at: datetime


class DraftFinding(SQLModel, table=True):
    """What a rule objected to in one revision."""

    __table_args__ = (UniqueConstraint("draft_id", "revision", "position"),)

    id: int = Field(default=None, primary_key=True)  # set by the database
    draft_id: int = Field(foreign_key="draft.id")
    revision: int
    position: int  # worst first
    rule: str
    severity: Severity = Field(sa_type=words(Severity))
    kind: str
    say: str
    found: str
    source: str
    pack: str
    guard: str = ""


class Voting(StrEnum):
    """How a vote was cast."""

    REACTION = "reaction"
    BUTTON = "button"


class Vote(SQLModel, table=True):
    """One person's present opinion of one revision of a draft."""

    draft_id: int = Field(foreign_key="draft.id", primary_key=True)
    revision: int = Field(primary_key=True)
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    choice: Choice = Field(sa_type=words(Choice))
    by: Voting = Field(sa_type=words(Voting))
    platform: str
    emoji: str = ""  # as reacted, so that only taking this one away takes the vote back
    reason: str = ""
    voted_at: datetime
