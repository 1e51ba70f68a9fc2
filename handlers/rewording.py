"""Putting a new wording in the place of the one before: checked, and said out loud."""

from handlers import appealing, card, locking, submission
from handlers.chat import message
from handlers.checking import check
from handlers.context import Context
from policy.workflow import State
from storage import drafts, people
from storage.models import Draft

HELD_BACK = "**Draft {id}** was changed by its author and is on hold until they look at it again."


def store_revision(ctx: Context, draft: Draft, text: str, *, action: str, news: str) -> None:
    """Check a wording and put it before the moderators, unless the policy holds it."""
    office = people.office(ctx.db, draft.office_id)
    author = people.get(ctx.db, draft.author_id)
    locking.refuse_if_locked(ctx, office, about=draft)
    verdict = check(ctx, draft, text)
    appealing.drop(ctx, draft, why=appealing.CHANGED)
    drafts.revise(ctx.db, draft, text, verdict, ctx.now)
    was_seen = card.main_copy(ctx, draft) is not None
    draft.hold = submission.hold_for(verdict.findings)
    draft.decided_at, draft.waiting_since = None, ctx.now
    submission.record_findings(ctx, author, draft, verdict.findings, action=action)
    to = State.CHANGES_REQUESTED if draft.hold else State.IN_REVIEW
    if draft.state is not to:
        drafts.move(ctx.db, draft, to, actor=author.name, office=office, now=ctx.now)
    ctx.db.flush()
    if draft.hold and was_seen:
        card.refresh(ctx, draft)
    submission.proceed(ctx, draft)
    if was_seen:
        said = HELD_BACK if draft.hold else news
        card.announce(ctx, draft, message(said, id=draft.id, revision=draft.revision))
