"""Checking open drafts again: the text is the same, but what is known or in force has changed.

Votes stay, since they were about the text. What a rule forbids now goes back to its author.
"""

from handlers import card, decision, holding, submission
from handlers.chat import Message, line, message
from handlers.checking import check
from handlers.context import Context
from policy.rules import Verdict
from policy.workflow import State
from storage import drafts, people, releases
from storage.models import Draft, Hold, Person

HELD_BACK = "**Draft {id}** is on hold because of {cause}: a rule forbids it now. Its author knows."
NOW_HELD = (
    "**Draft {id}** was with the moderators. It is back with you, because of {cause}: "
    "a rule forbids it now."
)
NOW_STOPPED = "**Draft {id}** was checked again, because of {cause}: a rule forbids it now."
NOW_FREE = "**Draft {id}** is not stopped any more, as things stand now. You can send it on."


def recheck(
    ctx: Context, draft: Draft, *, actor: Person | str, action: str, causes: tuple[str, ...] = ()
) -> None:
    """Apply the rules again to a draft that is held for the whole transaction.

    `causes` are the periods that began or ended.
    """
    verdict = check(ctx, draft, drafts.text_of(ctx.db, draft))
    drafts.check_again(ctx.db, draft, verdict)
    submission.record_findings(ctx, actor, draft, verdict.findings, action=action)
    stopped = is_stopped(ctx, draft, verdict)
    behind = _behind(ctx, draft, causes) if stopped else causes
    if draft.state is State.CHANGES_REQUESTED and draft.hold:
        _still_held(ctx, draft, behind, stopped=stopped)
    elif draft.state is State.IN_REVIEW and stopped:
        _send_back(ctx, draft, behind)
    elif draft.state is State.IN_REVIEW:
        card.post(ctx, draft)
        decision.settle(ctx, draft, people.office(ctx.db, draft.office_id))


def _behind(ctx: Context, draft: Draft, causes: tuple[str, ...]) -> tuple[str, ...]:
    """Pick the periods of which the rules that stop a draft speak; all if none of them does."""
    named = _named(ctx, draft)
    return tuple(each for each in causes if holding.period(each) in named) or causes


def _named(ctx: Context, draft: Draft) -> set[str]:
    """Name the periods of which the rules that stop a draft speak."""
    stopping = releases.rules(releases.left(ctx.db, draft))
    rules = ctx.rules(people.office(ctx.db, draft.office_id)).rules
    speaking = [rule for rule in rules if rule.id in stopping]
    return {period for rule in speaking for period in (*rule.during, *rule.periods)}


def is_stopped(ctx: Context, draft: Draft, verdict: Verdict) -> bool:
    """Tell whether a rule forbids a draft, and no senior has released that."""
    released = releases.released(ctx.db, draft)
    left = (each for each in verdict.findings if releases.key(each) not in released)
    return submission.hold_for(left) is Hold.BLOCKED


def _still_held(ctx: Context, draft: Draft, causes: tuple[str, ...], *, stopped: bool) -> None:
    """Hold a draft for the reason there is now; its author hears if that is another one."""
    hold = Hold.BLOCKED if stopped else Hold.UNCONFIRMED
    was, draft.hold = draft.hold, hold
    if stopped and draft.sent_back:
        named, on = _named(ctx, draft), people.office(ctx.db, draft.office_id).in_force
        draft.sent_back = [each for each in on if each in named] or draft.sent_back
    ctx.db.add(draft)
    ctx.db.flush()
    card.refresh(ctx, draft)
    if hold is not was:
        _tell_author(ctx, draft, NOW_STOPPED if stopped else NOW_FREE, causes)


def _send_back(ctx: Context, draft: Draft, causes: tuple[str, ...]) -> None:
    """Take a draft from the moderators and give it back to its author."""
    office = people.office(ctx.db, draft.office_id)
    draft.hold, draft.sent_back = Hold.BLOCKED, list(causes)
    drafts.move(
        ctx.db,
        draft,
        State.CHANGES_REQUESTED,
        actor="policy",
        office=office,
        now=ctx.now,
        because=draft.sent_back,
    )
    ctx.db.flush()
    card.refresh(ctx, draft)
    card.announce(ctx, draft, message(HELD_BACK, id=draft.id, cause=holding.words(causes)))
    _tell_author(ctx, draft, NOW_HELD, causes)


def _tell_author(ctx: Context, draft: Draft, news: str, causes: tuple[str, ...]) -> None:
    said = submission.receipt(ctx, draft)
    parts = (line(news, id=draft.id, cause=holding.words(causes)), *said.parts)
    ctx.tell(people.get(ctx.db, draft.author_id), Message(parts, said.buttons))
