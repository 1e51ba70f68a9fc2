"""Telling everyone what was decided: who, when and why."""

from collections.abc import Iterator

from handlers import appealing, card, card_view, slots
from handlers.chat import Field, FieldKind, Form, Message, Option, Part, Quote, line
from handlers.context import Context
from handlers.offers import offers
from policy.quorum import Choice, Outcome
from policy.workflow import State
from storage import drafts, lockdowns, pages, panel, people
from storage.models import Draft, Office

APPROVED = "Draft {id} for {page} is **approved** by {names} on {moment}."
REJECTED = "Draft {id} for {page} is **rejected** by {names} on {moment}."
REASON = "{name} says why:"
NO_REASON = "No reason has been given yet; whoever rejected it has been asked."

REASONS = {
    "facts": "The facts need checking",
    "tone": "The tone is not right",
    "language": "It is hard to understand",
    "privacy": "It gives away personal or internal matters",
    "timing": "It is not the right moment",
    "page": "It does not belong on this page",
    "other": "Something else",
}
WHY = "Why do you reject it?"
WORDS = "What should the author change? (in your own words)"


def settle(ctx: Context, draft: Draft, office: Office) -> None:
    """Decide if the votes allow it, and bring the card up to date.

    While the office is locked down, nothing is approved, even if the panel has shrunk to those
    who have voted: lifting it settles what waits.
    """
    outcome = panel.count(ctx.db, draft, office).outcome
    waits = outcome is Outcome.APPROVED and lockdowns.is_on(ctx.db, office)
    if outcome is Outcome.OPEN or waits:
        card.refresh(ctx, draft)
        return
    state = State.APPROVED if outcome is Outcome.APPROVED else State.REJECTED
    announce(ctx, draft, office, state)


def announce(ctx: Context, draft: Draft, office: Office, state: State) -> None:
    """Make the decision, and tell the author and the moderators' chat."""
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
    if state is State.APPROVED:
        slots.begin(ctx, draft, office)
    card.refresh(ctx, draft)
    news = tuple(_news(ctx, draft, office))
    card.announce(ctx, draft, Message(news))
    if state is State.APPROVED:
        slots.tell_author(ctx, draft, office, news)
        return
    said = (*news, *appealing.hint(ctx, draft, office))
    buttons = (*offers(draft), *appealing.offer(ctx, draft))
    ctx.tell(people.get(ctx.db, draft.author_id), Message(said, buttons))


def _news(ctx: Context, draft: Draft, office: Office) -> Iterator[Part]:
    approved = draft.state is State.APPROVED
    choice = Choice.APPROVE if approved else Choice.REJECT
    deciding = [
        each for each in panel.count(ctx.db, draft, office).cast if each.vote.choice is choice
    ]
    yield line(
        APPROVED if approved else REJECTED,
        id=draft.id,
        page=pages.get(ctx.db, draft.page_id).name,
        names=card_view.names([each.person for each in deciding]),
        moment=card_view.moment(ctx.now, office),
    )
    reasons = [each for each in deciding if each.vote.reason]
    for each in reasons:
        yield line(REASON, name=each.person.name)
        yield Quote(each.vote.reason)
    if not approved and not reasons:
        yield line(NO_REASON)


def reason_form(draft: Draft) -> Form:
    """Ask for a reason: one from the list, and words of one's own."""
    options = tuple(Option(name, label) for name, label in REASONS.items())
    return Form(
        "reason",
        f"Draft {draft.id}: why?"[:24],
        (
            Field("reason", WHY, FieldKind.CHOICE, options),
            Field("words", WORDS, FieldKind.TEXT, required=False),
        ),
        context=f"{draft.id}.{draft.revision}",
    )
