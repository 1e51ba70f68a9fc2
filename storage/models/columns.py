"""Column types that mean the same on SQLite and PostgreSQL."""

from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import Enum

#: A time that is past in any case: what is due then is looked at by the next sweep.
AT_ONCE = datetime(1970, 1, 1, tzinfo=UTC)


def words(kind: type[StrEnum]) -> Enum:
    """Store a `StrEnum` by its values, as plain text, so that a new member is no migration."""
    return Enum(
        kind,
        native_enum=False,
        length=32,
        create_constraint=False,
        values_callable=lambda members: [member.value for member in members],
    )
