"""Putting a new wording in the place of the one before: checked, compared, and said out loud."""

from collections.abc import Sequence

from handlers import announcing, appealing, card, locking, submission, voiding
from handlers.chat import Message, line
from handlers.checking import check
from handlers.context import Context
from policy.rules import Finding
from policy.workflow import State
from storage import confirmations, drafts, people
from storage.models import Draft

HELD_BACK = "**Draft {id}** was changed by its author and is on hold until they look at it again."


def store_revision(ctx: Context, draft: Draft, text: str, *, action: str, news: str) -> None:
    """Check a wording and put it before the moderators, unless the policy holds it."""
    office = people.office(ctx.db, draft.office_id)
    author = people.get(ctx.db, draft.author_id)
    locking.refuse_if_locked(ctx, office, about=draft)
    announcing.catch_up(ctx, draft, is_changed=True)
    was, void = draft.revision, voiding.of(ctx, draft)
    verdict = check(ctx, draft, text)
    appealing.drop(ctx, draft, why=appealing.CHANGED)
    drafts.revise(ctx.db, draft, text, verdict, ctx.now)
    was_seen = card.main_copy(ctx, draft) is not None
    submission.record_findings(ctx, author, draft, verdict.findings, action=action)
    draft.hold = submission.hold_for(_unconfirmed(ctx, draft, verdict.findings))
    draft.decided_at, draft.waiting_since = None, ctx.now
    to = State.CHANGES_REQUESTED if draft.hold else State.IN_REVIEW
    if draft.state is not to:
        drafts.move(ctx.db, draft, to, actor=author.name, office=office, now=ctx.now)
    ctx.db.flush()
    if draft.hold and was_seen:
        card.refresh(ctx, draft)
    submission.proceed(ctx, draft)
    if was_seen:
        said = line(HELD_BACK if draft.hold else news, id=draft.id, revision=draft.revision)
        card.announce(ctx, draft, Message((said, *voiding.lines(void, was))))


def _unconfirmed(ctx: Context, draft: Draft, found: Sequence[Finding]) -> list[Finding]:
    """Keep the author's confirmations of findings that did not change; return what is left."""
    if kept := confirmations.keep(ctx.db, draft):
        ctx.record(
            people.get(ctx.db, draft.author_id),
            "confirmation kept",
            drafts.subject(draft),
            office=people.office(ctx.db, draft.office_id),
            revision=draft.revision,
            rules=[each.rule for each in kept],
        )
    positions = {each.position for each in kept}
    return [each for place, each in enumerate(found) if place not in positions]
