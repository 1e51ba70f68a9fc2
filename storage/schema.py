"""Bringing a database up to date."""

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

MIGRATIONS = Path(__file__).with_name("migrations")
HEAD = "0007"  # the newest migration; a test compares it with the folder
MIGRATION_LOCK = 0x0C5B  # one replica migrates, the others wait


def version(connection: Connection) -> str:
    """Return the migration a database is at, or nothing when it is new."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or "")


def migrate(engine: Engine) -> None:
    """Apply the migrations that are missing. Harmless to repeat, and from several replicas."""
    with engine.begin() as connection:
        if version(connection) == HEAD:
            return
    from alembic import command  # large, and needed only when something has to change

    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            lock = text("SELECT pg_advisory_xact_lock(:key)")
            connection.execute(lock, {"key": MIGRATION_LOCK})
        command.upgrade(configuration(connection), "head")


def configuration(connection: Connection):  # type: ignore[no-untyped-def]
    """Return Alembic's configuration for an open connection."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config
