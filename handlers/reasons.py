"""Reasons: whoever rejects a draft is asked why, and the author is told."""

from datetime import timedelta

from handlers import announcing, card
from handlers.chat import Answer, Message, Press, line
from handlers.context import Context, Refusal
from handlers.permission import permitted
from handlers.reading import draft_and_revision
from handlers.reason_form import PLEASE, give_reason, not_stored, reason_in, why_rejected
from handlers.router import Router
from policy.permissions import Action
from policy.quorum import Choice
from policy.reasons import AND
from policy.workflow import State
from storage import drafts, people
from storage.models import Draft, Person, Vote

router = Router()

TOO_LATE = "Your vote on draft {id} is not there any more, so it needs no reason."
KEPT = "Thank you. Your reason is on the card; if the draft is rejected, its author hears it."
THANKS = "Thank you. The author is told your reason."
HEADING = "**Draft {id}**, revision {revision}: why it was rejected."
AT_ONCE = 20  # rejections told in one transaction, so that no vote waits; the rest has its turn


@router.press("give-reason")
def offer_reason(press: Press, ctx: Context) -> None:
    """Ask once more for the reason of a rejection."""
    number, revision = draft_and_revision(press.value)
    draft = drafts.locked(ctx.db, number)
    if draft is None or rejection(ctx, draft, ctx.person(), revision) is None:
        raise Refusal(TOO_LATE, id=number)
    office = people.office(ctx.db, draft.office_id)
    ctx.ask(why_rejected(draft, office, revision))


@router.form("reason")
def take_reason(answer: Answer, ctx: Context) -> None:
    """Keep the reason with the vote; if the draft is decided already, tell the author now."""
    number, revision = draft_and_revision(answer.context)
    person = ctx.person()
    draft = drafts.locked(ctx.db, number)
    vote = rejection(ctx, draft, person, revision) if draft else None
    if draft is None or vote is None:
        raise not_stored(TOO_LATE, answer.values.get("words", "").strip(), id=number)
    office = people.office(ctx.db, draft.office_id)
    reason = reason_in(answer.values, office)
    if not reason:
        raise not_stored(PLEASE, "", give_reason(draft, revision))
    if reason not in vote.reason.split(AND):
        vote.reason = AND.join(part for part in (vote.reason, reason) if part)
        ctx.db.add(vote)
        ctx.db.flush()
    ctx.record(
        person,
        "gave a reason",
        drafts.subject(draft),
        office=office,
        revision=revision,
        reason=reason,
    )
    card.refresh(ctx, draft)
    is_told = announcing.add_reason(ctx, draft, revision)
    ctx.reply(THANKS if is_told else KEPT)


def rejection(ctx: Context, draft: Draft, person: Person, revision: int) -> Vote | None:
    """Return somebody's vote against a wording, unless a new one has made it void undecided."""
    vote = drafts.vote_of(ctx.db, draft, person, revision)
    if vote is None or vote.choice is not Choice.REJECT:
        return None
    return vote if vote.counted or revision == draft.revision else None


@router.press("reasons")
def show_reasons(press: Press, ctx: Context) -> None:
    """Show the reasons for a rejection whole, to its author and to those who review."""
    number, revision = draft_and_revision(press.value)
    draft = drafts.locked(ctx.db, number)
    if draft is None or draft.author_id != ctx.person().id:
        draft = permitted(ctx, Action.READ, number)
    heading = line(HEADING, id=draft.id, revision=revision)
    ctx.reply(Message((heading, *announcing.every_reason(ctx, draft, revision))))


@router.job(every=timedelta(minutes=1))
def announce_rejections(ctx: Context) -> None:
    """Tell of the rejections that have waited long enough for a reason, and say so."""
    for number in drafts.to_announce(ctx.db, ctx.now)[:AT_ONCE]:
        draft = drafts.locked(ctx.db, number)
        if draft is None or draft.announce_at is None or draft.announce_at > ctx.now:
            continue
        if draft.state is State.REJECTED:
            announcing.tell(ctx, draft)
            continue
        draft.announce_at = None  # it was decided otherwise since, on appeal
        ctx.db.add(draft)
