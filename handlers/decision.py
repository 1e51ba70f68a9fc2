"""Telling everyone what was decided: who, when and why."""

from handlers import announcing, card, card_view, slots
from handlers.chat import Line, Message, line
from handlers.context import Context
from policy.quorum import Choice, Outcome
from policy.workflow import State
from storage import drafts, lockdowns, pages, panel
from storage.models import Draft, Office

APPROVED = "Draft {id} for {page} is **approved** by {names} on {moment}."


def settle(ctx: Context, draft: Draft, office: Office) -> None:
    """Decide if the votes allow it, and bring the card up to date.

    While the office is locked down, nothing is approved, even if the panel has shrunk to those
    who have voted: lifting it settles what waits.
    """
    count = panel.count(ctx.db, draft, office)
    outcome = count.outcome
    waits = outcome is Outcome.APPROVED and lockdowns.is_on(ctx.db, office)
    if outcome is Outcome.OPEN or waits:
        card.refresh(ctx, draft)
        return
    state = State.APPROVED if outcome is Outcome.APPROVED else State.REJECTED
    announce(ctx, draft, office, state, count)


def announce(ctx: Context, draft: Draft, office: Office, state: State, count: panel.Count) -> None:
    """Make the decision, and see to it that the author and the moderators' chat hear of it."""
    panel.freeze(ctx.db, draft, count)
    drafts.move(
        ctx.db,
        draft,
        state,
        actor="quorum",
        office=office,
        now=ctx.now,
        votes=[[each.person.name, each.vote.choice] for each in count.cast],
        needed=count.quorum.needed,
    )
    draft.decided_at = ctx.now
    ctx.db.flush()
    if state is State.REJECTED:
        announcing.announce_rejection(ctx, draft, office)
        return
    slots.begin(ctx, draft, office)
    card.refresh(ctx, draft)
    news = _news(ctx, draft, office, count)
    card.announce(ctx, draft, Message((news,)))
    slots.tell_author(ctx, draft, office, (news,))


def _news(ctx: Context, draft: Draft, office: Office, count: panel.Count) -> Line:
    approving = [each.person for each in count.cast if each.vote.choice is Choice.APPROVE]
    return line(
        APPROVED,
        id=draft.id,
        page=pages.get(ctx.db, draft.page_id).name,
        names=card_view.names(approving),
        moment=card_view.moment(ctx.now, office),
    )
