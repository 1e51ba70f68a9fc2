"""Files that go with drafts."""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

String, Moment = sqlmodel.sql.sqltypes.AutoString, sqlmodel.sql.sqltypes.UTCDateTime
UNFINISHED = "stage IN ('wanted', 'cleaning')"


def upgrade() -> None:
    op.create_table(
        "draftfile",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("platform", String(), nullable=False),
        sa.Column("file", String(), nullable=False),
        sa.Column("key", String(), nullable=False),
        sa.Column("album", String(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("name", String(), nullable=False),
        sa.Column("stage", sa.String(length=32), nullable=False),
        sa.Column("reason", String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", Moment(), nullable=False),
        sa.Column("added_at", Moment(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("media_type", String(), nullable=False),
        sa.Column("digest", String(), nullable=False),
        sa.Column("original", String(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("declared", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name="fk_draftfile_draft_id_draft"),
        sa.PrimaryKeyConstraint("id", name="pk_draftfile"),
        sa.UniqueConstraint(
            "draft_id", "platform", "key", name="uq_draftfile_draft_id_platform_key"
        ),
    )
    op.create_index("ix_draftfile_album", "draftfile", ["album"])
    op.create_index(
        "ix_draftfile_due",
        "draftfile",
        ["platform", "due_at"],
        sqlite_where=sa.text(UNFINISHED),
        postgresql_where=sa.text(UNFINISHED),
    )


def downgrade() -> None:
    op.drop_table("draftfile")
