"""Who was trained in what."""

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel


class Training(SQLModel, table=True):
    """Somebody's word, of those who lead an office, that a person was trained on a day."""

    __table_args__ = (UniqueConstraint("office_id", "person_id", "what", "held_on"),)

    id: int = Field(default=None, primary_key=True)  # set by the database
    office_id: int = Field(foreign_key="office.id")
    person_id: int = Field(foreign_key="person.id")
    what: str
    held_on: date
    by_id: int = Field(foreign_key="person.id")
    at: datetime
