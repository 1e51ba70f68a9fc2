"""`countersign migrate`, `import` and `audit`: what needs the database and no chat."""

import json
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import ParamSpec

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from bot.commands.offices import read_proven
from bot.commands.settings import Mistake, complain, or_mistake, packs_folder, settings
from bot.dispatcher import utc_now
from handlers.context import Context
from handlers.recount import recount
from policy.shelf import Shelf
from storage import audit, office_import, schema
from storage.db import connect, transaction

P = ParamSpec("P")
FAILED = 1
SILENT = "DATABASE_URL: the database does not answer ({reason})."
OLD = "The database is not up to date: run `countersign migrate`."


def plainly(command: Callable[P, int]) -> Callable[P, int]:
    """Let a command say in one line what is wrong with a setting, a file or the database."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> int:
        try:
            return command(*args, **kwargs)
        except Mistake as mistake:
            return complain(str(mistake))
        except OperationalError as error:
            return complain(SILENT.format(reason=str(error.orig).partition("\n")[0]))

    return run


def database() -> Engine:
    """Open the database of the settings. Raises `Mistake`."""
    url = settings().database_url.get_secret_value()
    return or_mistake(lambda: connect(url))


def up_to_date() -> Engine:
    """Open the database, which must have been migrated. Raises `Mistake`."""
    engine = database()
    with engine.connect() as connection:
        is_ready = schema.version(connection) == schema.HEAD
    if not is_ready:
        engine.dispose()
        raise Mistake(OLD)
    return engine


@plainly
def migrate() -> int:
    """Bring the database up to date."""
    schema.migrate(database())
    sys.stdout.write(f"The database is at version {schema.HEAD}.\n")
    return 0


@plainly
def import_offices(file: Path) -> int:
    """Import an offices file and say what changed."""
    packs = packs_folder()
    offices = or_mistake(lambda: read_proven(file, packs))
    engine = database()
    schema.migrate(engine)
    with transaction(engine) as db:
        changes = office_import.store(db, offices, utc_now())
        if changes:
            recount(Context(db, utc_now(), shelf=Shelf(packs)))
    for change in changes:
        sys.stdout.write(f"{change}\n")
    sys.stdout.write(f"{len(changes)} changes.\n" if changes else "Nothing has changed.\n")
    return 0


@plainly
def verify() -> int:
    """Check the chain of the audit log."""
    with transaction(up_to_date()) as db:
        verdict = audit.verify(db)
    if verdict.broken is not None:
        sys.stdout.write(f"Entry {verdict.broken} does not fit: the audit log was changed there.\n")
        return FAILED
    sys.stdout.write(f"{verdict.count} entries, all in place. The last digest is {verdict.head}\n")
    return 0


@plainly
def export() -> int:
    """Write every entry as a JSON line."""
    with transaction(up_to_date()) as db:
        for entry in audit.entries(db):
            line = json.dumps(entry.model_dump(mode="json"), ensure_ascii=False, sort_keys=True)
            sys.stdout.write(f"{line}\n")
    return 0
