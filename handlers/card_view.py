"""How the card of a draft looks: the same to everybody, on every platform, at every moment."""

from collections.abc import Iterator

from handlers import (
    appeal_notes,
    attached,
    claim_view,
    difference_view,
    emergency_view,
    finding_view,
    holding,
    languages,
    locking,
    remark_view,
)
from handlers.chat import Button, Line, Message, Part, Quote, Style, line
from handlers.context import Context
from handlers.fitting import chunks, excerpt
from handlers.times import moment as moment
from handlers.words import listed
from policy import platforms
from policy.periods import PERIODS, pauses
from policy.purposes import PURPOSES
from policy.quorum import Choice
from policy.workflow import LABELS, State
from storage import drafts, pages, panel, people, releases, sent_back
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
SENIORS_AWAY = "One approval must come from a senior, and all who could give it are away: {names}."
AWAY = "Away: {names}."
IN_PLACE = "{name} ({deputy} votes instead)"
SHORT = (
    "⚠️ It cannot be approved now: it takes {needed} approvals, and {able} can come. "
    "The office's admins hear of it."
)
VOTE = "{mark} {choice}: {name}"
VOTE_WITH_REASON = "{mark} {choice}: {name}: “{reason}”"
EARLIER = " (given before the draft was on hold)"
VOTES = {Choice.APPROVE: ("✅", "approved"), Choice.REJECT: ("❌", "rejected")}
END = "**{state}** on {moment}"
LATE = "Its moment has passed, so it is on hold: its author is asked whether it still fits."
VOID = "No vote counts now. These were cast before it went back:"
NO_VOTES = "No vote counts now: it is back with its author."
SENT_BACK = "**{name} asks for changes** ({moment}):"
UNANNOUNCED = "Its author hears with the first reason, or at {moment} without one."
HOW = "Vote with ✅ or ❌ (👍 or 👎), or with the buttons."
HOW_WHILE_LOCKED = "Nobody can approve it now. ❌ (👎) rejects it, and so does the button."
OPEN = frozenset({State.IN_REVIEW, State.CHANGES_REQUESTED})
SHOWN = frozenset({Hold.NOTHING, Hold.LATE})  # what keeps the text from the card is elsewhere
LONGEST_REASON = 500  # characters on the card, which is one message


def render(ctx: Context, draft: Draft, office: Office) -> Message:
    """Write the card as things stand."""
    locked = tuple(locking.notes(ctx, office)) if draft.state is State.IN_REVIEW else ()
    parts = [
        *locked,
        *_heading(ctx, draft, office),
        *(_text(ctx, draft) if draft.hold in SHOWN else (holding.on_card(draft),)),
        *difference_view.for_moderators(ctx, draft),
        *_votes(ctx, draft, office),
        *claim_view.lines(ctx, draft, office),
        *_standing(ctx, draft, office, can_be_approved=not locked),
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
        Button("Ask for changes", "ask-changes", value),
        claim_view.button(draft),
        *remark_view.button(ctx, draft),
        *finding_view.why_button(ctx, draft),
        *(() if locked else emergency_view.release_button(draft)),
    )
    return Message(tuple(parts), buttons)


def _heading(ctx: Context, draft: Draft, office: Office) -> Iterator[Line]:
    page = pages.get(ctx.db, draft.page_id)
    author = people.get(ctx.db, draft.author_id)
    is_loud = draft.is_urgent and draft.state in OPEN
    yield line(
        URGENT if is_loud else TITLE, id=draft.id, page=page.name, kind=platforms.label(page.kind)
    )
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
    if is_sent_back(ctx, draft):
        yield line(VOID if count.cast else NO_VOTES)
    else:
        yield _tally(count)
    if count.needs_senior and draft.state is State.IN_REVIEW:
        yield senior_line(count)
    for cast in count.cast:
        mark, choice = VOTES[cast.vote.choice]
        template = VOTE_WITH_REASON if cast.vote.reason else VOTE
        template += EARLIER if cast.vote.voted_at < draft.waiting_since else ""
        yield line(
            template, mark=mark, choice=choice, name=cast.person.name, reason=cast.vote.reason
        )
    if draft.state is State.IN_REVIEW:
        yield from _absent(count)


def senior_line(count: panel.Count) -> Line:
    """Say who can give the senior's approval, or why nobody can."""
    if count.seniors:
        return line(SENIOR, names=", ".join(person.name for person in count.seniors))
    if count.seniors_away:
        return line(SENIORS_AWAY, names=names([*count.seniors_away]))
    return line(NO_SENIOR)


def shortage(count: panel.Count) -> Line:
    """Say that too few of the panel are here."""
    able = str(count.eligible) if count.eligible else "none"
    return line(SHORT, needed=count.quorum.needed, able=able)


def _absent(count: panel.Count) -> Iterator[Line]:
    """Say who of the panel is away, who votes instead, and whether enough are left."""
    if count.away:
        said = [
            IN_PLACE.format(name=away.name, deputy=deputy.name) if deputy else away.name
            for away, deputy in count.away
        ]
        yield line(AWAY, names=listed(said))
    if count.is_short:
        yield shortage(count)


def _tally(count: panel.Count) -> Line:
    beyond = count.approvals > count.quorum.needed
    return line(
        (TALLY_BEYOND if beyond else TALLY) + (AGAINST if count.rejections else ""),
        approvals=count.approvals,
        needed=count.quorum.needed,
        rejections=count.rejections,
    )


def is_sent_back(ctx: Context, draft: Draft) -> bool:
    """Tell whether a moderator gave a draft back to its author in this wording."""
    is_back = draft.state in (State.CHANGES_REQUESTED, State.WITHDRAWN)
    return is_back and sent_back.of(ctx.db, draft) is not None


def _standing(
    ctx: Context, draft: Draft, office: Office, *, can_be_approved: bool
) -> Iterator[Part]:
    if draft.state is State.IN_REVIEW:
        yield line(WAITING, moment=moment(draft.waiting_since, office))
        yield line(HOW if can_be_approved else HOW_WHILE_LOCKED)
        return
    asked = sent_back.of(ctx.db, draft) if is_sent_back(ctx, draft) else None
    since = draft.decided_at or (asked.at if asked else draft.waiting_since)
    yield line(END, state=LABELS[draft.state].capitalize(), moment=moment(since, office))
    if draft.hold is Hold.LATE:
        yield line(LATE)
    if asked:
        name = people.get(ctx.db, asked.person_id).name
        yield line(SENT_BACK, name=name, moment=moment(asked.at, office))
        yield Quote(excerpt(asked.reason, LONGEST_REASON))
    if draft.announce_at:
        yield line(UNANNOUNCED, moment=moment(draft.announce_at, office))


def names(persons: list[Person]) -> str:
    """List people as one says it."""
    return listed([person.name for person in persons])
