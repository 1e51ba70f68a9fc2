"""The audit log."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel


class AuditEntry(SQLModel, table=True):
    """Something that happened. A trigger refuses to change or delete an entry."""

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})  # its place
    at: datetime
    office: str = Field(default="", index=True)
    actor: str
    action: str
    subject: str = Field(index=True)
    detail: dict[str, Any] = Field(sa_type=JSON)
    previous: str  # the digest of the entry before
    digest: str
