"""Claiming: with 👀 a moderator says that they look at a draft, so that nobody does so twice."""

from datetime import timedelta

from handlers import card, card_view
from handlers.chat import Kind, Press, Reaction
from handlers.context import Context, Refusal
from handlers.permission import permitted
from handlers.reading import draft_and_revision
from handlers.router import Router
from policy.permissions import Action
from storage import audit, claims, drafts, people
from storage.models import Claim, Draft, Person

router = Router()

EYES = "👀"
CLAIMED = "claimed"  # how the record names it
LOOKING = "You look at draft {id} until {moment}. The others see that on its card."
LET_GO = "You no longer look at draft {id}."
VOTED = "You have voted on draft {id} already, and your vote stands."
ANONYMOUS = (
    "You are an anonymous administrator here, so I cannot tell who looks at draft {id}. Turn off "
    "“Remain anonymous” in your administrator rights."
)


@router.reaction
def claim_by_emoji(reaction: Reaction, ctx: Context) -> None:
    """Take 👀 on a card for a claim; taking it away ends the claim."""
    if reaction.emoji != EYES or reaction.by.kind is Kind.BOT:
        return
    draft = card.shown_at(ctx, reaction.chat, reaction.message)
    if draft is None:
        return
    if not reaction.added:
        take_away(ctx, draft, ctx.someone(reaction.by))
        return
    if reaction.by.kind is Kind.ANONYMOUS:
        raise Refusal(ANONYMOUS, id=draft.id, about=draft)
    if reaction.replayed and is_old_news(ctx, draft, ctx.someone(reaction.by)):
        return
    draft, person = permitted(ctx, Action.CLAIM, draft.id), ctx.person()
    if not claims.has(ctx.db, draft, person, ctx.now):
        claim(ctx, draft, person)


@router.press("claim")
def claim_by_button(press: Press, ctx: Context) -> None:
    """Claim a draft, or let it go again."""
    draft = permitted(ctx, Action.CLAIM, *draft_and_revision(press.value))
    person, office = ctx.person(), people.office(ctx.db, draft.office_id)
    if claims.has(ctx.db, draft, person, ctx.now):
        take_away(ctx, draft, person)
        ctx.reply(LET_GO, id=draft.id)
        return
    made = claim(ctx, draft, person)
    ctx.reply(LOOKING, id=draft.id, moment=card_view.moment(made.expires_at, office))


def claim(ctx: Context, draft: Draft, person: Person) -> Claim:
    """Note that somebody looks at a draft, and show it."""
    if drafts.vote_of(ctx.db, draft, person):
        raise Refusal(VOTED, id=draft.id, about=draft)
    office = people.office(ctx.db, draft.office_id)
    made = claims.make(ctx.db, draft, person, ctx.now, office.claim_minutes)
    record(ctx, person, CLAIMED, draft, until=made.expires_at.isoformat())
    card.refresh(ctx, draft)
    return made


def take_away(ctx: Context, draft: Draft, person: Person | None) -> None:
    """End somebody's claim, if there is one."""
    if person is not None and claims.end(ctx.db, draft, person):
        record(ctx, person, "let go", draft)
        card.refresh(ctx, draft)


def is_old_news(ctx: Context, draft: Draft, person: Person | None) -> bool:
    """Tell whether 👀 seen after a pause needs no answer.

    It stays on the card when its claim has lapsed, or when its sender has voted, and must not
    come back to life then.
    """
    return person is None or audit.has(ctx.db, drafts.subject(draft), person.name, CLAIMED)


@router.job(every=timedelta(minutes=1))
def end_lapsed_claims(ctx: Context) -> None:
    """Take lapsed claims off their cards. Nobody is told: they were only looking."""
    for number in claims.lapsed(ctx.db, ctx.now):
        draft = drafts.locked(ctx.db, number)
        assert draft is not None
        ended = claims.end_lapsed(ctx.db, draft, ctx.now)
        for person in ended:
            record(ctx, "bot", "claim lapsed", draft, of=person.name)
        if ended:
            card.refresh(ctx, draft)


def record(ctx: Context, actor: Person | str, action: str, draft: Draft, **detail: str) -> None:
    """Write what happened to a claim into the record of its draft."""
    office = people.office(ctx.db, draft.office_id)
    ctx.record(
        actor, action, drafts.subject(draft), office=office, revision=draft.revision, **detail
    )
