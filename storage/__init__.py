"""What is remembered: tables and the queries on them. Nothing here commits."""

from sqlmodel import SQLModel

#: Every constraint has the same name on both databases, so that a migration can find it.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
