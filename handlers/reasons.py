"""Reasons: whoever rejects a draft is asked why, and the author is told."""

from handlers import card
from handlers.chat import Answer, Message, Quote, line
from handlers.context import Context, Refusal
from handlers.decision import REASONS
from handlers.reading import draft_and_revision
from handlers.router import Router
from policy.quorum import Choice
from policy.workflow import State
from storage import drafts, people

router = Router()

TOO_LATE = "Your vote on draft {id} is not there any more, so it needs no reason."
THANKS = "Thank you. The author is told your reason."
NEWS = "**Draft {id}**: {name} gives a reason for rejecting it:"
SEPARATOR = ": "


@router.form("reason")
def take_reason(answer: Answer, ctx: Context) -> None:
    """Keep the reason with the vote; if the draft is decided already, tell the author now."""
    number, revision = draft_and_revision(answer.context)
    person = ctx.person()
    draft = drafts.locked(ctx.db, number)
    vote = drafts.vote_of(ctx.db, draft, person) if draft else None
    if draft is None or vote is None or vote.choice is not Choice.REJECT:
        raise Refusal(TOO_LATE, id=number)
    if draft.revision != revision:
        raise Refusal(TOO_LATE, id=number)
    chosen = REASONS.get(answer.values.get("reason", ""), "")
    words = answer.values.get("words", "").strip()
    vote.reason = SEPARATOR.join(part for part in (chosen, words) if part)
    ctx.db.add(vote)
    office = people.office(ctx.db, draft.office_id)
    ctx.record(person, "gave a reason", drafts.subject(draft), office=office, reason=vote.reason)
    card.refresh(ctx, draft)
    ctx.reply(THANKS)
    if draft.state is State.REJECTED:
        said = Message((line(NEWS, id=draft.id, name=person.name), Quote(vote.reason)))
        ctx.tell(people.get(ctx.db, draft.author_id), said)
        card.announce(ctx, draft, said)
