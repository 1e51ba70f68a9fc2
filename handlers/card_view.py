"""How the card of a draft looks: the same to everybody, on every platform, at every moment."""

from collections.abc import Iterator

from handlers import (
    appeal_notes,
    attached,
    emergency_view,
    finding_view,
    holding,
    languages,
    locking,
)
from handlers.chat import Button, Line, Message, Part, Quote, Style, line
from handlers.context import Context
from handlers.fitting import chunks
from handlers.times import moment as moment
from handlers.words import listed
from policy.periods import PERIODS, pauses
from policy.purposes import PURPOSES
from policy.quorum import Choice
from policy.workflow import LABELS, State
from storage import drafts, pages, panel, people, releases
from storage.models import Draft, Hold, Office, Person

TITLE = "**Draft {id}** for {page} ({kind})"
URGENT = "**URGENT: draft {id}** for {page} ({kind})"
ORIGIN = "By {author}, {office}. Revision {revision}."
PURPOSE = "Purpose: {purpose}"
NO_PURPOSE = "Purpose: not chosen yet (the author has been asked)"
WANTED = "Wanted on {moment}"
IN_FORCE = "In force: {periods}"
PAUSED = "It is no warning and no service information, so a senior has to approve it now."
WAITING = "Waiting since {moment}"
MORE = "The text goes on below this card: {count} more parts."
TALLY = "**{approvals} of {needed} approvals**"
TALLY_BEYOND = "**{approvals} approvals**, {needed} needed"
AGAINST = ", {rejections} against"
SENIOR = "One approval must come from a senior: {names}."
NO_SENIOR = "One approval must come from a senior, and this office has none who could give it."
RELEASED = "🔓 Released by {name} although {rules} forbids it: “{reason}”"
VOTE = "{mark} {choice}: {name}"
VOTE_WITH_REASON = "{mark} {choice}: {name}: “{reason}”"
EARLIER = " (given before the draft was on hold)"
VOTES = {Choice.APPROVE: ("✅", "approved"), Choice.REJECT: ("❌", "rejected")}
END = "**{state}** on {moment}"
LATE = "Its moment has passed, so it is on hold: its author is asked whether it still fits."
HOW = "Vote with ✅ or ❌ (👍 or 👎), or with the buttons."
HOW_WHILE_LOCKED = "Nobody can approve it now. ❌ (👎) rejects it, and so does the button."
OPEN = frozenset({State.IN_REVIEW, State.CHANGES_REQUESTED})
SHOWN = frozenset({Hold.NOTHING, Hold.LATE})  # what keeps the text from the card is elsewhere


def render(ctx: Context, draft: Draft, office: Office) -> Message:
    """Write the card as things stand."""
    locked = tuple(locking.notes(ctx, office)) if draft.state is State.IN_REVIEW else ()
    parts = [
        *locked,
        *_heading(ctx, draft, office),
        *(_text(ctx, draft) if draft.hold in SHOWN else (holding.on_card(draft),)),
        *_votes(ctx, draft, office),
        *_standing(draft, office, can_be_approved=not locked),
        *appeal_notes.on_card(ctx, draft, office),
        *emergency_view.note(ctx, draft),
    ]
    if draft.state is not State.IN_REVIEW:
        return Message(tuple(parts), emergency_view.review_buttons(draft))
    value = f"{draft.id}.{draft.revision}"
    approve = Button("✅ Approve", "approve", value, Style.PRIMARY)
    buttons = (
        *(() if locked else (approve,)),
        Button("❌ Reject", "reject", value, Style.DANGER),
        *finding_view.why_button(ctx, draft),
        *(() if locked else emergency_view.release_button(draft)),
    )
    return Message(tuple(parts), buttons)


def _heading(ctx: Context, draft: Draft, office: Office) -> Iterator[Line]:
    page = pages.get(ctx.db, draft.page_id)
    author = people.get(ctx.db, draft.author_id)
    is_loud = draft.is_urgent and draft.state in OPEN
    yield line(URGENT if is_loud else TITLE, id=draft.id, page=page.name, kind=page.kind)
    yield line(ORIGIN, author=author.name, office=office.name, revision=draft.revision)
    if draft.purpose:
        yield line(PURPOSE, purpose=PURPOSES.get(draft.purpose, draft.purpose))
    else:
        yield line(NO_PURPOSE)
    if draft.wanted_at:
        yield line(WANTED, moment=moment(draft.wanted_at, office))
    if office.in_force:
        yield line(IN_FORCE, periods=", ".join(PERIODS[each] for each in office.in_force))
    if draft.state is State.IN_REVIEW and pauses(office.in_force, draft.purpose):
        yield line(PAUSED)


def _text(ctx: Context, draft: Draft) -> Iterator[Part]:
    parts = chunks(drafts.text_of(ctx.db, draft))
    yield Quote(parts[0])
    if len(parts) > 1:
        yield line(MORE, count=len(parts) - 1)
    yield from attached.lines(ctx, draft)
    yield from languages.lines(ctx, draft)
    yield from finding_view.for_moderators(ctx, draft)
    for given in releases.granted(ctx.db, draft):
        name, rules = people.get(ctx.db, given.person_id).name, " and ".join(given.rules)
        yield line(RELEASED, name=name, rules=rules, reason=given.reason)


def _votes(ctx: Context, draft: Draft, office: Office) -> Iterator[Line]:
    count = panel.count(ctx.db, draft, office)
    beyond = count.approvals > count.quorum.needed
    yield line(
        (TALLY_BEYOND if beyond else TALLY) + (AGAINST if count.rejections else ""),
        approvals=count.approvals,
        needed=count.quorum.needed,
        rejections=count.rejections,
    )
    if count.needs_senior and draft.state is State.IN_REVIEW:
        seniors = ", ".join(person.name for person in count.seniors)
        yield line(SENIOR if seniors else NO_SENIOR, names=seniors)
    for cast in count.cast:
        mark, choice = VOTES[cast.vote.choice]
        template = VOTE_WITH_REASON if cast.vote.reason else VOTE
        template += EARLIER if cast.vote.voted_at < draft.waiting_since else ""
        yield line(
            template, mark=mark, choice=choice, name=cast.person.name, reason=cast.vote.reason
        )


def _standing(draft: Draft, office: Office, *, can_be_approved: bool) -> Iterator[Line]:
    if draft.state is State.IN_REVIEW:
        yield line(WAITING, moment=moment(draft.waiting_since, office))
        yield line(HOW if can_be_approved else HOW_WHILE_LOCKED)
        return
    since = draft.decided_at or draft.waiting_since
    yield line(END, state=LABELS[draft.state].capitalize(), moment=moment(since, office))
    if draft.hold is Hold.LATE:
        yield line(LATE)


def names(persons: list[Person]) -> str:
    """List people as one says it."""
    return listed([person.name for person in persons])
