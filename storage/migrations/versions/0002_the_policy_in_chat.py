"""The policy in chat: findings whole, disputes, releases, periods, reloads."""

from typing import Any

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

String, Moment = sqlmodel.sql.sqltypes.AutoString, sqlmodel.sql.sqltypes.UTCDateTime

#: The tables that gain columns, in the order in which they do.
NAMES = {
    "draft": ("checked",),
    "office": ("in_force",),
    "page": ("languages",),
    "outboxmessage": ("fleeting",),
    "draftfinding": ("checked", "start", "end", "suggestion", "why", "confirmed"),
}


def columns() -> dict[str, sa.Column[Any]]:
    """Return the new columns, with what the rows that are there have in them."""
    return {
        "checked": sa.Column("checked", sa.Integer(), nullable=False, server_default="1"),
        "in_force": sa.Column("in_force", sa.JSON(), nullable=False, server_default="[]"),
        "languages": sa.Column("languages", sa.JSON(), nullable=False, server_default="[]"),
        "fleeting": sa.Column("fleeting", sa.Boolean(), nullable=False, server_default=sa.false()),
        "start": sa.Column("start", sa.Integer(), nullable=True),
        "end": sa.Column("end", sa.Integer(), nullable=True),
        "suggestion": sa.Column("suggestion", String(), nullable=False, server_default=""),
        "why": sa.Column("why", String(), nullable=False, server_default=""),
        "confirmed": sa.Column(
            "confirmed", sa.Boolean(), nullable=False, server_default=sa.false()
        ),
    }


NEWEST_CHECKS = """
DELETE FROM draftfinding WHERE checked < (
    SELECT max(other.checked) FROM draftfinding AS other
    WHERE other.draft_id = draftfinding.draft_id AND other.revision = draftfinding.revision
)
"""


def upgrade() -> None:
    for table, names in NAMES.items():
        for name in names:
            op.add_column(table, columns()[name])
    op.execute("UPDATE draft SET checked = revision")
    op.execute("UPDATE draftfinding SET checked = revision")
    with op.batch_alter_table("draftfinding") as batch_op:
        batch_op.drop_constraint("uq_draftfinding_draft_id_revision_position", type_="unique")
        batch_op.create_unique_constraint(
            "uq_draftfinding_draft_id_checked_position", ["draft_id", "checked", "position"]
        )
        batch_op.create_index("ix_draftfinding_rule", ["rule"])
    create_dispute()
    create_release()
    create_period()
    create_policyreload()


def create_dispute() -> None:
    op.create_table(
        "dispute",
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("rule", String(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("pack", String(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name="fk_dispute_draft_id_draft"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_dispute_person_id_person"),
        sa.PrimaryKeyConstraint(
            "draft_id", "revision", "rule", "start", "person_id", name="pk_dispute"
        ),
    )


def create_release() -> None:
    op.create_table(
        "release",
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("granted", sa.Boolean(), nullable=False),
        sa.Column("reason", String(), nullable=False),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name="fk_release_draft_id_draft"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_release_person_id_person"),
        sa.PrimaryKeyConstraint("draft_id", "revision", name="pk_release"),
    )


def create_period() -> None:
    op.create_table(
        "period",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("period", String(), nullable=False),
        sa.Column("starts_at", Moment(), nullable=False),
        sa.Column("ends_at", Moment(), nullable=True),
        sa.Column("note", String(), nullable=False),
        sa.Column("filed", sa.Boolean(), nullable=False),
        sa.Column("by", String(), nullable=False),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name="fk_period_office_id_office"),
        sa.PrimaryKeyConstraint("id", name="pk_period"),
    )
    op.create_index("ix_period_office_id", "period", ["office_id"])


def create_policyreload() -> None:
    op.create_table(
        "policyreload",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("by", String(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_policyreload"),
    )


def downgrade() -> None:
    for table in ("policyreload", "period", "release", "dispute"):
        op.drop_table(table)
    op.execute(NEWEST_CHECKS)
    with op.batch_alter_table("draftfinding") as batch_op:
        batch_op.drop_index("ix_draftfinding_rule")
        batch_op.drop_constraint("uq_draftfinding_draft_id_checked_position", type_="unique")
        batch_op.create_unique_constraint(
            "uq_draftfinding_draft_id_revision_position", ["draft_id", "revision", "position"]
        )
    for table, names in NAMES.items():
        for name in names:
            op.drop_column(table, name)
