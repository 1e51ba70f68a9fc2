"""Checking open drafts again: the text is the same, but what is known or in force has changed.

Votes stay, since they were about the text. What a rule forbids now goes back to its author.
"""

from handlers import card, decision, submission
from handlers.chat import Message, line, message
from handlers.checking import check
from handlers.context import Context
from policy.rules import Verdict
from policy.workflow import State
from storage import confirmations, drafts, people, releases
from storage.models import Draft, Hold, Person

HELD_BACK = "**Draft {id}** is on hold: a rule forbids it as things stand now. Its author knows."
NOW_HELD = "**Draft {id}** was with the moderators. It is back with you, because things changed."
NOW_STOPPED = "**Draft {id}** was checked again, because things changed: a rule forbids it now."
NOW_FREE = "**Draft {id}** is not stopped any more, as things stand now. You can send it on."


def recheck(ctx: Context, draft: Draft, *, actor: Person | str, action: str) -> None:
    """Apply the rules again to a draft that is held for the whole transaction."""
    verdict = check(ctx, draft, drafts.text_of(ctx.db, draft))
    drafts.check_again(ctx.db, draft, verdict)
    confirmations.keep(ctx.db, draft)
    submission.record_findings(ctx, actor, draft, verdict.findings, action=action)
    stopped = is_stopped(ctx, draft, verdict)
    if draft.state is State.CHANGES_REQUESTED and draft.hold:
        _still_held(ctx, draft, stopped=stopped)
    elif draft.state is State.IN_REVIEW and stopped:
        _send_back(ctx, draft)
    elif draft.state is State.IN_REVIEW:
        card.post(ctx, draft)
        decision.settle(ctx, draft, people.office(ctx.db, draft.office_id))


def is_stopped(ctx: Context, draft: Draft, verdict: Verdict) -> bool:
    """Tell whether a rule forbids a draft, and no senior has released that."""
    released = releases.released(ctx.db, draft)
    left = (each for each in verdict.findings if each.rule not in released)
    return submission.hold_for(left) is Hold.BLOCKED


def _still_held(ctx: Context, draft: Draft, *, stopped: bool) -> None:
    """Hold a draft for the reason there is now; its author hears if that is another one."""
    hold = Hold.BLOCKED if stopped else Hold.UNCONFIRMED
    if hold is draft.hold:
        return
    draft.hold = hold
    ctx.db.add(draft)
    ctx.db.flush()
    _tell_author(ctx, draft, NOW_STOPPED if stopped else NOW_FREE)


def _send_back(ctx: Context, draft: Draft) -> None:
    """Take a draft from the moderators and give it back to its author."""
    office = people.office(ctx.db, draft.office_id)
    draft.hold = Hold.BLOCKED
    drafts.move(ctx.db, draft, State.CHANGES_REQUESTED, actor="policy", office=office, now=ctx.now)
    ctx.db.flush()
    card.refresh(ctx, draft)
    card.announce(ctx, draft, message(HELD_BACK, id=draft.id))
    _tell_author(ctx, draft, NOW_HELD)


def _tell_author(ctx: Context, draft: Draft, news: str) -> None:
    said = submission.receipt(ctx, draft)
    parts = (line(news, id=draft.id), *said.parts)
    ctx.tell(people.get(ctx.db, draft.author_id), Message(parts, said.buttons))
