"""Pages that stay alive: cadence, pauses, feeds, evaluations, and what the public says."""

from typing import Any

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

String, Moment = sqlmodel.sql.sqltypes.AutoString, sqlmodel.sql.sqltypes.UTCDateTime
RENAME = "ALTER TABLE page RENAME COLUMN {} TO {}"
AT_ONCE = "UPDATE {} SET {} = '1970-01-01 00:00:00.000000'"

TABLES = (
    "evaluation",
    "feedentry",
    "handover",
    "pagefeed",
    "praise",
    "complaint",
    "nomination",
    "training",
)


def page_columns() -> list[sa.Column[Any]]:
    """Return the new columns of pages, with what those that are there have in them."""
    return [
        sa.Column("deputy_id", sa.Integer(), nullable=True),
        sa.Column("cadence", sa.String(length=32), nullable=False, server_default="week"),
        _text("timezone"),
        _text("feed"),
        sa.Column("directory", sa.JSON(), nullable=False, server_default="[]"),
        sa.Column("filed", sa.Boolean(), nullable=False, server_default=sa.true()),
        sa.Column("terms_on", sa.Date(), nullable=True),
        sa.Column("confirmed_terms_on", sa.Date(), nullable=True),
        sa.Column("confirmed_at", Moment(), nullable=True),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", Moment(), nullable=True),
        sa.Column("paused_from", Moment(), nullable=True),
        sa.Column("paused_until", Moment(), nullable=True),
        _text("pause_reason"),
        sa.Column("closed_at", Moment(), nullable=True),
        _text("closed_because"),
        sa.Column("file_said", sa.JSON(), nullable=False, server_default="{}"),
        sa.Column("check_at", Moment(), nullable=True),
        sa.Column("judged_to", Moment(), nullable=True),
        _text("counted_as"),
    ]


def _text(name: str) -> sa.Column[Any]:
    return sa.Column(name, String(), nullable=False, server_default="")


def upgrade() -> None:
    op.execute(RENAME.format("updates_per_week", "updates"))
    for column in page_columns():
        op.add_column("page", column)
    with op.batch_alter_table("pageupdate") as batch_op:
        batch_op.alter_column("by_id", existing_type=sa.Integer(), nullable=True)
    op.drop_index("ix_pageupdate_at", "pageupdate")
    op.drop_index("ix_pageupdate_page_id", "pageupdate")
    op.create_index("ix_pageupdate_page_id_at", "pageupdate", ["page_id", "at"])
    op.create_index("ix_pageweek_week", "pageweek", ["week"])
    op.add_column("office", sa.Column("weekly_at", Moment(), nullable=True))
    op.execute(AT_ONCE.format("page", "check_at"))
    op.execute(AT_ONCE.format("office", "weekly_at"))
    op.create_index("ix_page_check_at", "page", ["check_at"])
    op.create_index("ix_office_weekly_at", "office", ["weekly_at"])
    op.create_index("ix_absence_ends_at", "absence", ["ends_at"])
    op.drop_index("ix_draft_office_id", "draft")
    op.create_index("ix_draft_office_id_state", "draft", ["office_id", "state"])
    create_evaluation()
    create_feedentry()
    create_handover()
    create_pagefeed()
    create_praise()
    create_complaint()
    create_nomination()
    create_training()
    op.create_index("ix_draft_page_id_created_at", "draft", ["page_id", "created_at"])


def create_evaluation() -> None:
    op.create_table(
        "evaluation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("due_at", Moment(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("signed_by_id", sa.Integer(), nullable=True),
        sa.Column("signed_at", Moment(), nullable=True),
        sa.Column("comment", String(), nullable=False),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name="fk_evaluation_page_id_page"),
        sa.ForeignKeyConstraint(
            ["signed_by_id"], ["person.id"], name="fk_evaluation_signed_by_id_person"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_evaluation"),
        sa.UniqueConstraint("page_id", "starts_on", name="uq_evaluation_page_id_starts_on"),
    )
    op.create_index("ix_evaluation_signed_at", "evaluation", ["signed_at"])


def create_feedentry() -> None:
    op.create_table(
        "feedentry",
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("entry", String(), nullable=False),
        sa.Column("seen_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name="fk_feedentry_page_id_page"),
        sa.PrimaryKeyConstraint("page_id", "entry", name="pk_feedentry"),
    )


def create_handover() -> None:
    op.create_table(
        "handover",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("from_id", sa.Integer(), nullable=True),
        sa.Column("to_id", sa.Integer(), nullable=False),
        sa.Column("by", String(), nullable=False),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("note", String(), nullable=False),
        sa.Column("answered_at", Moment(), nullable=True),
        sa.Column("accepted", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["from_id"], ["person.id"], name="fk_handover_from_id_person"),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name="fk_handover_page_id_page"),
        sa.ForeignKeyConstraint(["to_id"], ["person.id"], name="fk_handover_to_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_handover"),
    )
    op.create_index("ix_handover_page_id", "handover", ["page_id"])


def create_pagefeed() -> None:
    op.create_table(
        "pagefeed",
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("address", String(), nullable=False),
        sa.Column("url", String(), nullable=False),
        sa.Column("etag", String(), nullable=False),
        sa.Column("modified", String(), nullable=False),
        sa.Column("due_at", Moment(), nullable=False),
        sa.Column("read_at", Moment(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("broken_since", Moment(), nullable=True),
        sa.Column("trouble", String(), nullable=False),
        sa.Column("is_broken", sa.Boolean(), nullable=False),
        sa.Column("is_reported", sa.Boolean(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name="fk_pagefeed_page_id_page"),
        sa.PrimaryKeyConstraint("page_id", name="pk_pagefeed"),
    )
    op.create_index("ix_pagefeed_due_at", "pagefeed", ["due_at"])


def create_praise() -> None:
    op.create_table(
        "praise",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=True),
        sa.Column("text", String(), nullable=False),
        sa.Column("link", String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name="fk_praise_by_id_person"),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name="fk_praise_office_id_office"),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name="fk_praise_page_id_page"),
        sa.PrimaryKeyConstraint("id", name="pk_praise"),
    )
    op.create_index("ix_praise_office_id", "praise", ["office_id"])


def create_complaint() -> None:
    op.create_table(
        "complaint",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=True),
        sa.Column("text", String(), nullable=False),
        sa.Column("link", String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("due_at", Moment(), nullable=False),
        sa.Column("answer", sa.String(length=32), nullable=False),
        sa.Column("answered_at", Moment(), nullable=True),
        sa.Column("offline_at", Moment(), nullable=True),
        sa.Column("draft_id", sa.Integer(), nullable=True),
        sa.Column("closed_at", Moment(), nullable=True),
        sa.Column("outcome", String(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name="fk_complaint_by_id_person"),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name="fk_complaint_draft_id_draft"),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name="fk_complaint_office_id_office"),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name="fk_complaint_owner_id_person"),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name="fk_complaint_page_id_page"),
        sa.PrimaryKeyConstraint("id", name="pk_complaint"),
    )
    op.create_index("ix_complaint_closed_at", "complaint", ["closed_at"])
    op.create_index("ix_complaint_draft_id", "complaint", ["draft_id"])
    op.create_index("ix_complaint_office_id", "complaint", ["office_id"])


def create_nomination() -> None:
    op.create_table(
        "nomination",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=True),
        sa.Column("page_id", sa.Integer(), nullable=True),
        sa.Column("link", String(), nullable=False),
        sa.Column("reason", String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name="fk_nomination_by_id_person"),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name="fk_nomination_draft_id_draft"),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name="fk_nomination_office_id_office"
        ),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name="fk_nomination_page_id_page"),
        sa.PrimaryKeyConstraint("id", name="pk_nomination"),
    )
    op.create_index("ix_nomination_at", "nomination", ["at"])
    op.create_index("ix_nomination_office_id", "nomination", ["office_id"])


def create_training() -> None:
    op.create_table(
        "training",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("what", String(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name="fk_training_by_id_person"),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name="fk_training_office_id_office"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_training_person_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_training"),
        sa.UniqueConstraint(
            "office_id",
            "person_id",
            "what",
            "held_on",
            name="uq_training_office_id_person_id_what_held_on",
        ),
    )


def downgrade() -> None:
    op.drop_index("ix_draft_page_id_created_at", "draft")
    for table in reversed(TABLES):
        op.drop_table(table)
    op.drop_index("ix_draft_office_id_state", "draft")
    op.create_index("ix_draft_office_id", "draft", ["office_id"])
    op.drop_index("ix_absence_ends_at", "absence")
    op.drop_index("ix_page_check_at", "page")
    op.drop_index("ix_office_weekly_at", "office")
    op.drop_column("office", "weekly_at")
    op.drop_index("ix_pageweek_week", "pageweek")
    op.drop_index("ix_pageupdate_page_id_at", "pageupdate")
    op.create_index("ix_pageupdate_page_id", "pageupdate", ["page_id"])
    op.create_index("ix_pageupdate_at", "pageupdate", ["at"])
    op.execute("DELETE FROM pageupdate WHERE by_id IS NULL")  # those read in feeds
    with op.batch_alter_table("pageupdate") as batch_op:
        batch_op.alter_column("by_id", existing_type=sa.Integer(), nullable=False)
    for column in reversed(page_columns()):
        op.drop_column("page", column.name)
    op.execute(RENAME.format("updates", "updates_per_week"))
