"""The policy as the running bots have it."""

from datetime import datetime

from sqlmodel import Field, SQLModel


class PolicyReload(SQLModel, table=True):
    """The packs were read again. Every process compares the newest with what it has."""

    number: int = Field(default=None, primary_key=True)  # set by the database
    at: datetime
    by: str
