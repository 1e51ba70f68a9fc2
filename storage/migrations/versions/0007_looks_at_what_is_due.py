"""The regular looks find what is due without reading what is over."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

#: Indexes of a part of a table: their name, table and column, and which rows they hold.
PARTS = (
    ("ix_draft_announce_at", "draft", "announce_at", "announce_at IS NOT NULL"),
    ("ix_draft_remind_at", "draft", "remind_at", "remind_at IS NOT NULL"),
    ("ix_inbox_over", "inboxevent", "received_at", "state <> 'pending'"),
    (
        "ix_outbox_loose",
        "outboxmessage",
        "created_at",
        "state NOT IN ('pending', 'sending', 'failed', 'unknown') AND coalesce(once, '') = ''"
        " AND substr(coalesce(subject, 'draft:'), 1, 6) = 'draft:'",
    ),
    ("ix_outbox_under", "outboxmessage", "under_id", "under_id IS NOT NULL"),
)
WHOLE = PARTS[:2]  # they held every row before


def upgrade() -> None:
    for name, table, _, _ in WHOLE:
        op.drop_index(name, table)
    for name, table, column, rows in PARTS:
        held = sa.text(rows)
        op.create_index(name, table, [column], sqlite_where=held, postgresql_where=held)
    op.drop_index("ix_outbox_open", "outboxmessage")
    op.create_index("ix_outbox_open", "outboxmessage", ["state", "platform", "due_at"])


def downgrade() -> None:
    op.drop_index("ix_outbox_open", "outboxmessage")
    op.create_index("ix_outbox_open", "outboxmessage", ["platform", "state", "due_at"])
    for name, table, _, _ in PARTS:
        op.drop_index(name, table)
    for name, table, column, _ in WHOLE:
        op.create_index(name, table, [column])
