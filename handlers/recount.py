"""Counting anew: after people, panels or chats have changed, open drafts follow."""

from collections.abc import Iterable

from handlers import appealing, card, decision, leaving
from handlers.context import Context
from handlers.in_force import keep_up
from storage import drafts, people
from storage.models import Office


def recount(ctx: Context, offices: Iterable[Office] | None = None) -> None:
    """Bring open drafts before whoever may vote now, and decide where the votes suffice now.

    Of every office, unless some are named.
    """
    leaving.end_forms(ctx)
    for office in people.offices(ctx.db) if offices is None else offices:
        keep_up(ctx, office)
        recount_office(ctx, office)


def recount_office(ctx: Context, office: Office) -> None:
    """Count anew what waits in one office."""
    leaving.end_appeals(ctx, office)
    for waiting in drafts.waiting(ctx.db, office):
        if (draft := drafts.locked(ctx.db, waiting.id)) is not None:
            leaving.end_claims(ctx, draft, office)
            card.post(ctx, draft)
            decision.settle(ctx, draft, office)
    appealing.follow(ctx, office)
