"""Counting anew: after people, panels or chats have changed, open drafts follow."""

from handlers import appealing, card, decision
from handlers.context import Context
from handlers.in_force import keep_up
from storage import drafts, people


def recount(ctx: Context) -> None:
    """Bring open drafts before whoever may vote now, and decide where the votes suffice now."""
    for office in people.offices(ctx.db):
        keep_up(ctx, office)
        for waiting in drafts.waiting(ctx.db, office):
            if (draft := drafts.locked(ctx.db, waiting.id)) is not None:
                card.post(ctx, draft)
                decision.settle(ctx, draft, office)
        appealing.follow(ctx, office)
