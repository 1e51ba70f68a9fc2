"""Moderation: absences, lockdowns, linked accounts, claims, remarks, appeals, emergencies."""

from typing import Any

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

String, Moment = sqlmodel.sql.sqltypes.AutoString, sqlmodel.sql.sqltypes.UTCDateTime

#: The tables that gain columns.
NAMES = {
    "account": ("filed",),
    "draft": (
        "is_urgent",
        "urgent_since",
        "is_unreviewed",
        "decided_needed",
        "announce_at",
        "remind_at",
    ),
    "office": (
        "urgent_per_day",
        "claim_minutes",
        "reason_minutes",
        "reasons",
        "appeal_days",
        "days_part",
        "own_days",
        "alarms",
    ),
    "revision": ("shown",),
    "vote": ("counted",),
}


def columns() -> dict[str, sa.Column[Any]]:
    """Return the new columns, with what the rows that are there have in them."""
    no, yes = sa.false(), sa.true()
    return {
        "filed": sa.Column("filed", sa.Boolean(), nullable=False, server_default=yes),
        "is_urgent": sa.Column("is_urgent", sa.Boolean(), nullable=False, server_default=no),
        "is_unreviewed": sa.Column(
            "is_unreviewed", sa.Boolean(), nullable=False, server_default=no
        ),
        "urgent_since": sa.Column("urgent_since", Moment(), nullable=True),
        "decided_needed": sa.Column("decided_needed", sa.Integer(), nullable=True),
        "counted": sa.Column("counted", sa.String(length=32), nullable=False, server_default=""),
        "announce_at": sa.Column("announce_at", Moment(), nullable=True),
        "remind_at": sa.Column("remind_at", Moment(), nullable=True),
        "shown": sa.Column("shown", sa.Boolean(), nullable=False, server_default=no),
        "urgent_per_day": _number("urgent_per_day", 3),
        "claim_minutes": _number("claim_minutes", 30),
        "reason_minutes": _number("reason_minutes", 15),
        "appeal_days": _number("appeal_days", 5),
        "reasons": sa.Column("reasons", sa.JSON(), nullable=False, server_default="[]"),
        "days_part": sa.Column("days_part", sa.JSON(), nullable=False, server_default="{}"),
        "own_days": sa.Column("own_days", sa.JSON(), nullable=False, server_default="{}"),
        "alarms": sa.Column("alarms", sa.JSON(), nullable=False, server_default="[]"),
    }


def _number(name: str, default: int) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), nullable=False, server_default=str(default))


TABLES = (
    "linkattempt",
    "absence",
    "linkcode",
    "lockdown",
    "appeal",
    "claim",
    "emergency",
    "remark",
    "sentback",
    "urgency",
)


def upgrade() -> None:
    for table, names in NAMES.items():
        for name in names:
            op.add_column(table, columns()[name])
    op.create_index("ix_draft_announce_at", "draft", ["announce_at"])
    op.create_index("ix_draft_remind_at", "draft", ["remind_at"])
    unreviewed = sa.text("is_unreviewed")
    op.create_index(
        "ix_draft_unreviewed",
        "draft",
        ["id"],
        sqlite_where=unreviewed,
        postgresql_where=unreviewed,
    )
    with op.batch_alter_table("membership") as batch_op:
        batch_op.add_column(sa.Column("deputy_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            "fk_membership_deputy_id_person", "person", ["deputy_id"], ["id"]
        )
    create_linkattempt()
    create_absence()
    create_linkcode()
    create_lockdown()
    create_appeal()
    create_claim()
    create_emergency()
    create_remark()
    create_sentback()
    create_urgency()


def create_linkattempt() -> None:
    op.create_table(
        "linkattempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("platform", String(), nullable=False),
        sa.Column("user", String(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_linkattempt"),
    )
    op.create_index("ix_linkattempt_at", "linkattempt", ["at"])


def create_absence() -> None:
    op.create_table(
        "absence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", Moment(), nullable=False),
        sa.Column("ends_at", Moment(), nullable=False),
        sa.Column("deputy_id", sa.Integer(), nullable=True),
        sa.Column("by", String(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["deputy_id"], ["person.id"], name="fk_absence_deputy_id_person"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_absence_person_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_absence"),
    )
    op.create_index("ix_absence_person_id", "absence", ["person_id"])
    is_on = sa.text("is_on")
    op.create_index(
        "ix_absence_is_on",
        "absence",
        ["person_id"],
        sqlite_where=is_on,
        postgresql_where=is_on,
    )


def create_linkcode() -> None:
    op.create_table(
        "linkcode",
        sa.Column("digest", String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("platform", String(), nullable=False),
        sa.Column("user", String(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.Column("used_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_linkcode_person_id_person"),
        sa.PrimaryKeyConstraint("digest", name="pk_linkcode"),
    )
    op.create_index("ix_linkcode_person_id", "linkcode", ["person_id"])


def create_lockdown() -> None:
    op.create_table(
        "lockdown",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=True),
        sa.Column("by", String(), nullable=False),
        sa.Column("reason", String(), nullable=False),
        sa.Column("since", Moment(), nullable=False),
        sa.Column("lifted_by", String(), nullable=False),
        sa.Column("lifted_at", Moment(), nullable=True),
        sa.Column("lifted_because", String(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name="fk_lockdown_office_id_office"),
        sa.PrimaryKeyConstraint("id", name="pk_lockdown"),
    )
    op.create_index("ix_lockdown_lifted_at", "lockdown", ["lifted_at"])
    op.create_index("ix_lockdown_office_id", "lockdown", ["office_id"])


def create_appeal() -> None:
    op.create_table(
        "appeal",
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("reason", String(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("outcome", sa.String(length=32), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.Column("decided_because", String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name="fk_appeal_decided_by_id_person"
        ),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name="fk_appeal_draft_id_draft"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_appeal_person_id_person"),
        sa.PrimaryKeyConstraint("draft_id", name="pk_appeal"),
    )
    op.create_index("ix_appeal_outcome", "appeal", ["outcome"])


def create_claim() -> None:
    op.create_table(
        "claim",
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name="fk_claim_draft_id_draft"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_claim_person_id_person"),
        sa.PrimaryKeyConstraint("draft_id", "person_id", name="pk_claim"),
    )
    op.create_index("ix_claim_expires_at", "claim", ["expires_at"])


def create_emergency() -> None:
    op.create_table(
        "emergency",
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("reason", String(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("reviewed_by_id", sa.Integer(), nullable=True),
        sa.Column("reviewed_at", Moment(), nullable=True),
        sa.Column("upheld", sa.Boolean(), nullable=True),
        sa.Column("remark", String(), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name="fk_emergency_draft_id_draft"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_emergency_person_id_person"),
        sa.ForeignKeyConstraint(
            ["reviewed_by_id"], ["person.id"], name="fk_emergency_reviewed_by_id_person"
        ),
        sa.PrimaryKeyConstraint("draft_id", "revision", name="pk_emergency"),
    )


def create_remark() -> None:
    op.create_table(
        "remark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("platform", String(), nullable=False),
        sa.Column("user", String(), nullable=False),
        sa.Column("chat", String(), nullable=False),
        sa.Column("message", String(), nullable=False),
        sa.Column("text", String(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name="fk_remark_draft_id_draft"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_remark_person_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_remark"),
        sa.UniqueConstraint("platform", "chat", "message", name="uq_remark_platform_chat_message"),
    )
    op.create_index("ix_remark_draft_id", "remark", ["draft_id"])


def create_sentback() -> None:
    op.create_table(
        "sentback",
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("reason", String(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name="fk_sentback_draft_id_draft"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_sentback_person_id_person"),
        sa.PrimaryKeyConstraint("draft_id", "revision", name="pk_sentback"),
    )


def create_urgency() -> None:
    op.create_table(
        "urgency",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name="fk_urgency_draft_id_draft"),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name="fk_urgency_office_id_office"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_urgency_person_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_urgency"),
    )
    op.create_index("ix_urgency_person_id", "urgency", ["person_id"])


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
    with op.batch_alter_table("membership") as batch_op:
        batch_op.drop_constraint("fk_membership_deputy_id_person", type_="foreignkey")
        batch_op.drop_column("deputy_id")
    op.drop_index("ix_draft_unreviewed", "draft")
    op.drop_index("ix_draft_remind_at", "draft")
    op.drop_index("ix_draft_announce_at", "draft")
    for table, names in NAMES.items():
        for name in names:
            op.drop_column(table, name)
