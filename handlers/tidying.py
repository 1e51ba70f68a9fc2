"""Tidying up: what has been handled, and nothing refers to any more, is not kept for ever."""

from datetime import timedelta

from handlers.context import Context
from handlers.router import Router
from storage import forms, inbox, links, outbox

router = Router()


@router.job(every=timedelta(minutes=5))
def forget_what_is_over(ctx: Context) -> None:
    """Delete handled events, delivered notes and abandoned forms. The record stays whole.

    A few hundred at a time, so that nobody's vote waits; the rest has its turn.
    """
    inbox.forget(ctx.db, ctx.now)
    outbox.abandon(ctx.db, ctx.now)
    outbox.forget(ctx.db, ctx.now)
    forms.forget(ctx.db, ctx.now)
    links.forget(ctx.db, ctx.now)
