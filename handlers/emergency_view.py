"""How a release by one senior alone is shown: everywhere, until somebody else has reviewed it."""

from collections.abc import Iterator

from handlers.chat import Button, Line, Message, Style, line
from handlers.context import Context
from policy.workflow import LABELS, State
from storage import drafts, emergencies, pages, people
from storage.models import Draft, Emergency, Office

MARK = "🚨 "
NOT_REVIEWED = "released in an emergency by {name}, not reviewed"
UPHELD = "released in an emergency by {name}; {reviewer} reviewed it afterwards: it was right"
OBJECTED = "released in an emergency by {name}; {reviewer} reviewed it afterwards and objects"
BECAUSE = "      {name}'s reason: “{reason}”"
OBJECTION = "      {name}'s objection: “{reason}”"
LISTED = "**Draft {id}** for {page}: {standing}"
WAITS = "Somebody who is neither its author nor {name} has to review it now, with a button."
NO_VOTE = (
    "Your vote was not counted. Draft {id} was {standing}. A vote changes nothing any more: "
    "say with the buttons on its card whether that was right."
)
NO_VOTE_LEFT = "Your vote was not counted. Draft {id} was {standing}. Nothing is left to decide."


def release_button(draft: Draft) -> Iterator[Button]:
    """Offer a senior to release an urgent draft alone."""
    if draft.is_urgent and draft.state is State.IN_REVIEW:
        value = f"{draft.id}.{draft.revision}"
        yield Button("🚨 Emergency release", "emergency", value, Style.DANGER)


def review_buttons(draft: Draft) -> tuple[Button, ...]:
    """Offer to review a release afterwards, until somebody did."""
    if not draft.is_unreviewed:
        return ()
    value = f"{draft.id}.{draft.revision}"
    return (
        Button("It was right", "was-right", value, Style.PRIMARY),
        Button("I object", "object", value, Style.DANGER),
    )


def phrase(ctx: Context, draft: Draft) -> str:
    """Say in a few words that a draft was released alone; nothing if the panel approved it."""
    found = emergencies.of(ctx.db, draft)
    return _phrase(ctx, found) if found else ""


def standing(ctx: Context, draft: Draft) -> str:
    """Say where a draft stands, for lists: its state, and how it came there if that is odd."""
    return ", ".join(filter(None, (LABELS[draft.state], phrase(ctx, draft))))


def note(ctx: Context, draft: Draft) -> Iterator[Line]:
    """Write that a draft was released alone, why, and what the reviewer said of it."""
    found = emergencies.of(ctx.db, draft)
    if found is None:
        return
    name = people.get(ctx.db, found.person_id).name
    said = _phrase(ctx, found)
    yield line("{mark}**{said}**", mark=MARK, said=said[0].upper() + said[1:])
    yield line(BECAUSE, name=name, reason=found.reason)
    if found.remark and found.reviewed_by_id is not None:
        reviewer = people.get(ctx.db, found.reviewed_by_id).name
        yield line(OBJECTION, name=reviewer, reason=found.remark)
    if draft.is_unreviewed:
        yield line(WAITS, name=name)


def unreviewed(ctx: Context, office: Office) -> list[Line]:
    """List the releases of an office that nobody has reviewed yet, one line each."""
    return [
        line(
            LISTED,
            id=draft.id,
            page=pages.get(ctx.db, draft.page_id).name,
            standing=standing(ctx, draft),
        )
        for draft in drafts.unreviewed(ctx.db, office)
    ]


def answer_to_vote(ctx: Context, draft: Draft) -> Message | None:
    """Answer a vote that comes after a release by one senior alone; None if there was none."""
    said = phrase(ctx, draft)
    if not said or draft.state not in drafts.RELEASED:
        return None
    text = NO_VOTE if draft.is_unreviewed else NO_VOTE_LEFT
    return Message((line(text, id=draft.id, standing=said),), review_buttons(draft))


def _phrase(ctx: Context, found: Emergency) -> str:
    name = people.get(ctx.db, found.person_id).name
    if found.reviewed_by_id is None:
        return NOT_REVIEWED.format(name=name)
    reviewer = people.get(ctx.db, found.reviewed_by_id).name
    return (UPHELD if found.upheld else OBJECTED).format(name=name, reviewer=reviewer)
