"""Drafts, their revisions, what the rules found in them, and the votes."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from policy.quorum import Choice
from policy.rules import Severity
from policy.workflow import State
from storage.models.columns import words


class Hold(StrEnum):
    """Why a draft does not go on, beside its state."""

    NOTHING = ""
    BLOCKED = "blocked"  # a rule forbids it: the author changes it
    UNCONFIRMED = "unconfirmed"  # a rule warns: the author confirms or changes it
    LATE = "late"  # approved after its moment: the author says whether it still fits


class Draft(SQLModel, table=True):
    """A text on its way to being published. Its words are in its revisions."""

    __table_args__ = (
        Index("ix_draft_page_id_created_at", "page_id", "created_at"),
        Index("ix_draft_office_id_state", "office_id", "state"),
        Index(
            "ix_draft_unreviewed",
            "id",
            sqlite_where=text("is_unreviewed"),
            postgresql_where=text("is_unreviewed"),
        ),
        *(
            Index(
                f"ix_draft_{name}",
                name,
                sqlite_where=text(f"{name} IS NOT NULL"),
                postgresql_where=text(f"{name} IS NOT NULL"),
            )
            for name in ("announce_at", "remind_at")
        ),
    )

    id: int = Field(default=None, primary_key=True)  # set by the database
    office_id: int = Field(foreign_key="office.id")
    page_id: int = Field(foreign_key="page.id")
    author_id: int = Field(foreign_key="person.id", index=True)
    state: State = Field(sa_type=words(State), index=True)
    hold: Hold = Field(default=Hold.NOTHING, sa_type=words(Hold))
    sent_back: list[str] = Field(default_factory=list, sa_type=JSON)  # what took the wording back
    revision: int = 1  # the number of the present one
    checked: int = 1  # how often the rules were applied: the number of the present check
    purpose: str = ""
    version_of: int | None = Field(default=None, index=True)  # the first draft of the same post
    wanted_at: datetime | None = None
    is_urgent: bool = False
    urgent_since: datetime | None = None  # its ladder counts from here, by the clock
    is_unreviewed: bool = False  # a senior released it alone, and nobody has looked at it since
    created_at: datetime
    waiting_since: datetime  # when the present revision came before the moderators
    decided_at: datetime | None = None
    decided_needed: int | None = None  # the approvals that its last decision by votes took
    announce_at: datetime | None = None  # a rejection without a reason
    remind_at: datetime | None = None  # its slot, then for the link
    link: str = ""  # where it was published


class Revision(SQLModel, table=True):
    """One wording of a draft. Its words never change once written."""

    draft_id: int = Field(foreign_key="draft.id", primary_key=True)
    number: int = Field(primary_key=True)
    text: str
    written_at: datetime
    shown: bool = False  # it came before the moderators


class DraftFinding(SQLModel, table=True):
    """What a rule objected to in one check of a revision; those of earlier checks are kept.

    With a `guard` it is no objection: that sign excused it, and the moderators see so.
    """

    __table_args__ = (UniqueConstraint("draft_id", "checked", "position"),)

    id: int = Field(default=None, primary_key=True)  # set by the database
    draft_id: int = Field(foreign_key="draft.id")
    revision: int
    checked: int  # the number of the check
    position: int  # worst first, then what was excused
    rule: str = Field(index=True)
    severity: Severity = Field(sa_type=words(Severity))
    kind: str
    say: str
    found: str
    start: int | None = None  # code points of the text; none: the whole post
    end: int | None = None
    suggestion: str = ""
    source: str
    why: str = ""
    pack: str
    guard: str = ""
    confirmed: bool = False  # its author sent the draft on nevertheless


class Dispute(SQLModel, table=True):
    """Somebody's word that a finding is a false alarm."""

    draft_id: int = Field(foreign_key="draft.id", primary_key=True)
    revision: int = Field(primary_key=True)
    rule: str = Field(primary_key=True)
    start: int = Field(primary_key=True)  # where in the text; -1: the whole post
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    pack: str
    at: datetime


class Release(SQLModel, table=True):
    """A senior's answer to what stopped a draft in one check: it may go on, or it may not."""

    draft_id: int = Field(foreign_key="draft.id", primary_key=True)
    checked: int = Field(primary_key=True)  # the number of the check whose findings were shown
    revision: int
    person_id: int = Field(foreign_key="person.id")
    granted: bool
    reason: str = ""
    rules: list[str] = Field(sa_type=JSON)  # those that had stopped it
    at: datetime


class Voting(StrEnum):
    """How a vote was cast."""

    REACTION = "reaction"
    BUTTON = "button"


class Seat(StrEnum):
    """From where a vote counted in a decision, whoever sits there since."""

    NONE = ""  # it did not, or nothing is decided
    PANEL = "panel"
    SENIOR = "senior"  # the approval of a senior who is not on the panel


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
    counted: Seat = Field(default=Seat.NONE, sa_type=words(Seat))
    voted_at: datetime
