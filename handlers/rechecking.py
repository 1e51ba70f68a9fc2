"""Checking open drafts again: the text is the same, but what is known or in force has changed.

Votes stay, since they were about the text. What a rule forbids now goes back to its author; so does
what a rule warns of now, unless it is a period that makes it.
"""

from handlers import card, decision, finding_view, holding, submission
from handlers.chat import Line, Message, line, message
from handlers.checking import check
from handlers.context import Context
from handlers.offers import offers
from policy.rules import Verdict
from policy.workflow import State
from storage import drafts, objections, people, releases
from storage.models import Draft, Hold, Person

HELD_BACK = "**Draft {id}** is on hold because of {cause}: a rule forbids it now. Its author knows."
WARNED = (
    "**Draft {id}** is on hold because of {cause}: its author has to look at a warning first. "
    "The votes so far stay."
)
NOW_WARNED = (
    "**Draft {id}** was with the moderators. It is back with you, because of {cause}: "
    "look at the warning, then send it on or change it. The votes so far stay."
)
BACK = (
    "**Draft {id}** is before you again: nothing is left that its author has to look at. "
    "The votes so far stay."
)
FOUND_LATE = (
    "**Draft {id}**: something was found in {cause} after the approval. See the card; its author "
    "knows."
)
DO_NOT_POST = (
    "**Draft {id}** is approved, and this was found in {cause} since. "
    "Do not post it before you have looked at it:"
)
NOW_BACK = "**Draft {id}** is before the moderators again. The votes so far stay."
NOW_HELD = (
    "**Draft {id}** was with the moderators. It is back with you, because of {cause}: "
    "a rule forbids it now."
)
NOW_STOPPED = "**Draft {id}** was checked again, because of {cause}: a rule forbids it now."
NOW_FREE = "**Draft {id}** is not stopped any more, as things stand now. You can send it on."


def recheck(
    ctx: Context, draft: Draft, *, actor: Person | str, action: str, causes: tuple[str, ...] = ()
) -> None:
    """Apply the rules again to a draft that is held for the whole transaction, and tell its author.

    `causes` say what has changed, in the words of `holding`.
    """
    if news := look_again(ctx, draft, actor=actor, action=action, causes=causes):
        said = submission.receipt(ctx, draft)
        author = people.get(ctx.db, draft.author_id)
        ctx.tell(author, Message((news, *said.parts), said.buttons), about=drafts.subject(draft))


def look_again(
    ctx: Context, draft: Draft, *, actor: Person | str, action: str, causes: tuple[str, ...] = ()
) -> Line | None:
    """Apply the rules again to a draft. Returns what its author has to hear, if there is news."""
    verdict = check(ctx, draft, drafts.text_of(ctx.db, draft))
    drafts.check_again(ctx.db, draft, verdict)
    objections.keep_confirmed(ctx.db, draft)
    submission.record_findings(ctx, actor, draft, verdict.findings, action=action)
    stopped = is_stopped(ctx, draft, verdict)
    behind = _behind(ctx, draft, causes) if stopped else causes
    if draft.state is State.CHANGES_REQUESTED and draft.hold:
        return _still_held(ctx, draft, behind, stopped=stopped)
    if draft.state is not State.IN_REVIEW:
        return None
    if stopped:
        return _send_back(ctx, draft, behind, Hold.BLOCKED)
    if holding.is_about_draft(causes) and objections.new_warnings(ctx.db, draft):
        return _send_back(ctx, draft, behind, Hold.UNCONFIRMED)
    card.post(ctx, draft)
    decision.settle(ctx, draft, people.office(ctx.db, draft.office_id))
    return None


def recheck_approved(ctx: Context, draft: Draft, *, action: str, causes: tuple[str, ...]) -> None:
    """Apply the rules to an approved draft of which more is known now. The decision stands.

    What they find is told to its author, who has not posted it yet, and to those who voted.
    """
    verdict = check(ctx, draft, drafts.text_of(ctx.db, draft))
    drafts.check_again(ctx.db, draft, verdict)
    objections.keep_confirmed(ctx.db, draft)
    submission.record_findings(ctx, "bot", draft, verdict.findings, action=action)
    card.refresh(ctx, draft)
    if not objections.new(ctx.db, draft):
        return
    cause = holding.words(causes)
    card.announce(ctx, draft, message(FOUND_LATE, id=draft.id, cause=cause))
    first = line(DO_NOT_POST, id=draft.id, cause=cause)
    said = Message((first, *finding_view.for_author(ctx, draft)), offers(draft))
    ctx.tell(people.get(ctx.db, draft.author_id), said, about=drafts.subject(draft))


def _behind(ctx: Context, draft: Draft, causes: tuple[str, ...]) -> tuple[str, ...]:
    """Pick the periods of which the rules that stop a draft speak; all if none of them does."""
    named = _named(ctx, draft)
    return tuple(each for each in causes if holding.period(each) in named) or causes


def _named(ctx: Context, draft: Draft) -> set[str]:
    """Name the periods of which the rules that stop a draft speak."""
    stopping = objections.rules(releases.left(ctx.db, draft))
    rules = ctx.rules(people.office(ctx.db, draft.office_id)).rules
    speaking = [rule for rule in rules if rule.id in stopping]
    return {period for rule in speaking for period in (*rule.during, *rule.periods)}


def is_stopped(ctx: Context, draft: Draft, verdict: Verdict) -> bool:
    """Tell whether a rule forbids a draft, and no senior has released that."""
    released = releases.released(ctx.db, draft)
    left = (each for each in verdict.findings if objections.key(each) not in released)
    return submission.hold_for(left) is Hold.BLOCKED


def _still_held(
    ctx: Context, draft: Draft, causes: tuple[str, ...], *, stopped: bool
) -> Line | None:
    """Hold a draft for the reason there is now; its author hears if that is another one.

    What was taken from the moderators because of itself goes back once nothing is left to do.
    """
    is_free = not stopped and not objections.unconfirmed(ctx.db, draft)
    if is_free and holding.is_about_draft(draft.sent_back):
        return _return(ctx, draft)
    was, draft.hold = draft.hold, Hold.BLOCKED if stopped else Hold.UNCONFIRMED
    if stopped and draft.sent_back:
        named, on = _named(ctx, draft), people.office(ctx.db, draft.office_id).in_force
        draft.sent_back = [each for each in on if each in named] or draft.sent_back
    ctx.db.add(draft)
    ctx.db.flush()
    card.refresh(ctx, draft)
    if draft.hold is was:
        return None
    return line(NOW_STOPPED if stopped else NOW_FREE, id=draft.id, cause=holding.words(causes))


def _return(ctx: Context, draft: Draft) -> Line:
    """Bring a draft before the moderators again, as it was."""
    office = people.office(ctx.db, draft.office_id)
    draft.hold, draft.waiting_since = Hold.NOTHING, ctx.now
    drafts.move(ctx.db, draft, State.IN_REVIEW, actor="policy", office=office, now=ctx.now)
    ctx.db.flush()
    card.post(ctx, draft)
    card.announce(ctx, draft, message(BACK, id=draft.id))
    decision.settle(ctx, draft, office)
    return line(NOW_BACK, id=draft.id)


def _send_back(ctx: Context, draft: Draft, causes: tuple[str, ...], hold: Hold) -> Line:
    """Take a draft from the moderators and give it back to its author."""
    office = people.office(ctx.db, draft.office_id)
    draft.hold, draft.sent_back = hold, list(causes)
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
    is_blocked, cause = hold is Hold.BLOCKED, holding.words(causes)
    said = HELD_BACK if is_blocked else WARNED
    card.announce(ctx, draft, message(said, id=draft.id, cause=cause))
    return line(NOW_HELD if is_blocked else NOW_WARNED, id=draft.id, cause=cause)
