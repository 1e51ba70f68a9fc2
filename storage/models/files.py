"""Files that go with drafts: fetched after the commit, examined, kept by their content."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from policy.attachments import Kind
from storage.models.columns import words


class Stage(StrEnum):
    """Where an attachment stands."""

    WANTED = "wanted"  # the platform still has it; we fetch it
    KEPT = "kept"  # it is in our folder
    CLEANING = "cleaning"  # a copy without hidden data is being made
    REFUSED = "refused"  # it is not kept, and `reason` says why
    REMOVED = "removed"  # its author took it out; the record keeps it


class DraftFile(SQLModel, table=True):
    """A picture, clip or document that goes with a draft. Its bytes are in a file of its digest.

    `facts` is what the file itself gave away, `declared` what its author said about it.
    """

    __table_args__ = (
        UniqueConstraint("draft_id", "platform", "key"),
        Index(
            "ix_draftfile_due",
            "platform",
            "due_at",
            sqlite_where=text("stage IN ('wanted', 'cleaning')"),
            postgresql_where=text("stage IN ('wanted', 'cleaning')"),
        ),
    )

    id: int = Field(default=None, primary_key=True)  # set by the database
    draft_id: int = Field(foreign_key="draft.id")
    platform: str
    file: str  # with which the platform hands it out
    key: str  # the same for the same file each time
    album: str = Field(default="", index=True)  # the group of messages it came in
    kind: Kind = Field(sa_type=words(Kind))
    name: str = ""
    stage: Stage = Field(default=Stage.WANTED, sa_type=words(Stage))
    reason: str = ""
    attempts: int = 0
    due_at: datetime  # not tried before; while it is tried, the lease ends
    added_at: datetime
    size: int = 0
    media_type: str = ""
    digest: str = ""  # SHA-256 of what is kept
    original: str = ""  # the digest of what was sent, once a clean copy took its place
    facts: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    declared: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
