"""Leaving: what somebody who has no role any more had begun comes to an end, and cards say so.

What was decided with their votes stays decided.
"""

from handlers import appealing, card
from handlers.context import Context
from handlers.permission import part_of
from policy.permissions import Action, denial
from storage import claims, drafts, forms, leaving, people
from storage.models import Draft, Office

LEFT = "its author has left the office"


def end_forms(ctx: Context) -> None:
    """End the questions that were put to people who are not with us any more."""
    for session in list(leaving.forms(ctx.db, ctx.now)):
        forms.close(ctx.db, session)


def end_appeals(ctx: Context, office: Office) -> None:
    """Drop the appeals of authors who have left: nobody waits for their outcome."""
    for _, waiting in list(leaving.appeals(ctx.db, office)):
        if (draft := drafts.locked(ctx.db, waiting.id)) is not None:
            appealing.drop(ctx, draft, why=LEFT, by="bot")
            card.refresh(ctx, draft)


def end_claims(ctx: Context, draft: Draft, office: Office) -> None:
    """End the claims of those who may not decide about a draft any more."""
    for person in claims.holders(ctx.db, draft):
        roles = people.roles(ctx.db, office.id, person)
        part = part_of(ctx, person, draft)
        if denial(Action.CLAIM, roles=roles, part=part, state=draft.state):
            claims.end(ctx.db, draft, person)
            ctx.record("bot", "claim ended", drafts.subject(draft), office=office, of=person.name)
