"""Moved chats: a Telegram group that becomes a supergroup gets a new id and keeps working."""

from handlers import card
from handlers.chat import Moved
from handlers.context import Context
from handlers.router import Router
from storage import drafts, outbox, people

router = Router()


@router.moved
def follow_chat(moved: Moved, ctx: Context) -> None:
    """Follow a chat to its new id."""
    move_chat(ctx, moved.chat.platform, moved.chat.id, moved.to)


def move_chat(ctx: Context, platform: str, old: str, new: str) -> None:
    """Let an office's moderators meet, and what waits for them arrive, under the new id.

    Cards that stand under the old id can be changed no more, so the open ones are posted anew.
    """
    if old == new:
        return
    office = people.office_of_chat(ctx.db, platform, old)
    outbox.move_chat(ctx.db, platform, old, new)
    if office is None:
        return
    office.chat = new
    ctx.db.add(office)
    ctx.db.flush()
    ctx.record("bot", "chat moved", f"office:{office.id}", office=office, was=old, now=new)
    for draft in drafts.waiting(ctx.db, office):
        card.post(ctx, draft)
