"""Telling everyone what was decided: who, when and why."""

from collections.abc import Iterator

from handlers import announcing, attached, card, card_view
from handlers.chat import Line, Message, Part, Quote, line
from handlers.context import Context
from handlers.offers import offers
from policy.quorum import Choice, Outcome
from policy.workflow import State
from storage import drafts, pages, panel, people
from storage.models import Draft, Office

APPROVED = "Draft {id} for {page} is **approved** by {names} on {moment}."
THE_TEXT = "This is the text to post:"
AS_POSTED = "Post it, then tell me with the button, so that the page's update counts."
HELD = "Its moment ({moment}) has passed. Look whether it still fits before you post it."


def settle(ctx: Context, draft: Draft, office: Office) -> None:
    """Decide if the votes allow it, and bring the card up to date."""
    outcome = panel.count(ctx.db, draft, office).outcome
    if outcome is Outcome.OPEN:
        card.refresh(ctx, draft)
        return
    state = State.APPROVED if outcome is Outcome.APPROVED else State.REJECTED
    announce(ctx, draft, office, state)


def announce(ctx: Context, draft: Draft, office: Office, state: State) -> None:
    """Make the decision, and see to it that the author and the moderators' chat hear of it."""
    count = panel.count(ctx.db, draft, office)
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
    drafts.count_in(ctx.db, count.cast)
    ctx.db.flush()
    if state is State.REJECTED:
        announcing.announce_rejection(ctx, draft, office)
        return
    card.refresh(ctx, draft)
    news = _news(ctx, draft, office, count)
    card.announce(ctx, draft, Message((news,)))
    author = people.get(ctx.db, draft.author_id)
    ctx.tell(author, Message((news, *_what_to_post(ctx, draft, office)), offers(draft)))
    attached.send(ctx, draft, author)


def _news(ctx: Context, draft: Draft, office: Office, count: panel.Count) -> Line:
    approving = [each.person for each in count.cast if each.vote.choice is Choice.APPROVE]
    return line(
        APPROVED,
        id=draft.id,
        page=pages.get(ctx.db, draft.page_id).name,
        names=card_view.names(approving),
        moment=card_view.moment(ctx.now, office),
    )


def _what_to_post(ctx: Context, draft: Draft, office: Office) -> Iterator[Part]:
    yield line(THE_TEXT)
    yield Quote(drafts.text_of(ctx.db, draft))
    if draft.wanted_at and draft.wanted_at < ctx.now:
        yield line(HELD, moment=card_view.moment(draft.wanted_at, office))
    yield line(AS_POSTED)
