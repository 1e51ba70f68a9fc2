"""Releases cover what was shown; a draft knows what holds it, and its other versions."""

import json
from typing import Any

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

String, Moment = sqlmodel.sql.sqltypes.AutoString, sqlmodel.sql.sqltypes.UTCDateTime

BLOCKS = sa.text("""
SELECT checked, rule FROM draftfinding
WHERE draft_id = :draft_id AND revision = :revision AND severity = 'block' AND guard = ''
ORDER BY checked
""")
NEWEST = """
DELETE FROM release WHERE checked < (
    SELECT max(other.checked) FROM release AS other
    WHERE other.draft_id = release.draft_id AND other.revision = release.revision
)
"""


def upgrade() -> None:
    op.add_column("draft", sa.Column("sent_back", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("draft", sa.Column("version_of", sa.Integer(), nullable=True))
    op.create_index("ix_draft_version_of", "draft", ["version_of"])
    op.add_column("release", sa.Column("checked", sa.Integer(), nullable=True))
    connection = op.get_bind()
    for given in connection.execute(sa.text("SELECT * FROM release")).mappings().all():
        connection.execute(
            sa.text(
                "UPDATE release SET checked = :checked"
                " WHERE draft_id = :draft_id AND revision = :revision"
            ),
            {
                "checked": check_shown(connection, given),
                "draft_id": given["draft_id"],
                "revision": given["revision"],
            },
        )
    rekey("draft_id", "checked")


def check_shown(connection: sa.Connection, given: Any) -> int:
    """Tell which check a release was about: the first in which exactly its rules stopped it."""
    told = {"draft_id": given["draft_id"], "revision": given["revision"]}
    found: dict[int, set[str]] = {}
    for checked, rule in connection.execute(BLOCKS, told):
        found.setdefault(checked, set()).add(rule)
    rules = given["rules"]
    released = set(json.loads(rules) if isinstance(rules, str) else rules)
    exactly = (checked for checked, stopping in found.items() if stopping == released)
    return next(exactly, min(found, default=given["revision"]))


def rekey(*columns: str) -> None:
    """Let other columns be the key of the releases."""
    with op.batch_alter_table("release") as batch_op:
        batch_op.drop_constraint("pk_release", type_="primary")
        for column in columns:
            batch_op.alter_column(column, existing_type=sa.Integer(), nullable=False)
        batch_op.create_primary_key("pk_release", list(columns))


def downgrade() -> None:
    op.execute(NEWEST)
    rekey("draft_id", "revision")
    op.drop_column("release", "checked")
    op.drop_index("ix_draft_version_of", "draft")
    op.drop_column("draft", "version_of")
    op.drop_column("draft", "sent_back")
