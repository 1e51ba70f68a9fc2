"""How a new wording looks to the moderators beside the one they saw before."""

from collections.abc import Iterator

from handlers.chat import Line, Part, Quote, line
from handlers.context import Context
from handlers.fitting import excerpt
from policy.differences import Change, Differences, compare, passages
from policy.workflow import State
from storage import drafts, people, sent_back
from storage.models import Draft, Hold

MOST = 6  # changes on a card, which is one message
SHORT = 300  # characters of a reason

CHANGED = "**Changed since revision {revision}:**"
SAME = "**The text is the same as in revision {revision}.**"
REWRITTEN = "**Rewritten since revision {revision}:** {removed} words taken out, {added} put in."
REPLACED = "“{old}” → “{new}”"
ADDED = "added: “{new}”"
REMOVED = "removed: “{old}”"
SPACING = "only spaces or line breaks"
UNSEEN = "looks the same, but has hidden or other characters now: “{new}”"
AFTER = " (after “… {before}”)"
AT_THE_START = " (at the start)"
MORE = "and {count} more: {removed} words taken out and {added} put in, all in all"
ASKED = "{name} had asked for changes to revision {revision}:"


def for_moderators(ctx: Context, draft: Draft) -> Iterator[Part]:
    """Write what changed since the moderators saw the draft last, and what they had asked for."""
    if draft.state is not State.IN_REVIEW or draft.hold is not Hold.NOTHING:
        return
    earlier = drafts.seen_before(ctx.db, draft)
    if earlier is None:
        return
    was, now = drafts.text_of(ctx.db, draft, earlier), drafts.text_of(ctx.db, draft)
    yield from lines(compare(was, now), earlier)
    if asked := sent_back.of(ctx.db, draft, earlier):
        name = people.get(ctx.db, asked.person_id).name
        yield line(ASKED, name=name, revision=earlier)
        yield Quote(excerpt(asked.reason, SHORT))


def lines(found: Differences, earlier: int) -> Iterator[Line]:
    """Write a few changes, and how many more there are."""
    if not found.changes:
        yield line(SAME, revision=earlier)
        return
    counts = {"removed": found.removed, "added": found.added}
    if found.is_rewritten:
        yield line(REWRITTEN, revision=earlier, **counts)
        return
    yield line(CHANGED, revision=earlier)
    yield from map(_line, found.changes[:MOST])
    if len(found.changes) > MOST:
        yield line(MORE, count=len(found.changes) - MOST, **counts)


def _line(change: Change) -> Line:
    old, new = passages(change)
    where = AFTER if change.before else AT_THE_START
    return line(_template(change) + where, old=old, new=new, before=change.before)


def _template(change: Change) -> str:
    if change.is_spacing:
        return SPACING
    if change.is_unseen:
        return UNSEEN
    if not change.old.strip():
        return ADDED
    return REPLACED if change.new.strip() else REMOVED
