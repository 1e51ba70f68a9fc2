"""Alerts: the administrators hear once of what the bot could not deliver."""

from handlers.chat import Message, line
from handlers.context import Context
from storage import people
from storage.models import OutboxMessage

ALERT = "alert"  # the subject of alerts, so that a lost alert raises no other
UNDELIVERED = "**I could not deliver a message** to {platform} chat {chat}: {reason}."
WHAT_NOW = "Others are not affected. `countersign doctor` says more."


def report_undelivered(ctx: Context, row: OutboxMessage, reason: str) -> None:
    """Tell the administrators, once a day for each chat and reason."""
    ctx.record("bot", "undelivered", row.subject or "", platform=row.platform, reason=reason)
    if row.subject == ALERT:
        return
    office = people.office_of_chat(ctx.db, row.platform, row.chat)
    once = f"undelivered:{row.platform}:{row.to or row.chat}:{reason}:{ctx.now:%Y-%m-%d}"
    said = Message(
        (
            line(UNDELIVERED, platform=row.platform, chat=row.to or row.chat, reason=reason),
            line(WHAT_NOW),
        )
    )
    for admin in people.admins(ctx.db, office):
        ctx.tell(admin, said, once=f"{once}:{admin.id}", subject=ALERT)
