"""Migrate a database at the moment the test says: `python -m tests.processes.migrate URL`."""

import sys

import alembic.command  # noqa: F401  imported before the start, so that both start together

from storage import schema
from storage.db import connect

if __name__ == "__main__":
    engine = connect(sys.argv[1])
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    schema.migrate(engine)
