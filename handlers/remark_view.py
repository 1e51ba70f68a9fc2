"""The button on a card that shows what was said about the draft, once anything was."""

from handlers.chat import Button
from handlers.context import Context
from storage import remarks
from storage.models import Draft

DISCUSSION = "💬 Discussion"


def button(ctx: Context, draft: Draft) -> tuple[Button, ...]:
    """Offer the discussion of a draft, if there is one."""
    if remarks.exist(ctx.db, draft):
        return (Button(DISCUSSION, "discussion", f"{draft.id}.0"),)
    return ()
