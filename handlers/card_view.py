"""How the card of a draft looks: the same to everybody, on every platform, at every moment."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from handlers import attached, difference_view, finding_view
from handlers.chat import Button, Line, Message, Part, Quote, Style, line
from handlers.context import Context
from handlers.fitting import chunks, excerpt
from handlers.words import listed
from policy.periods import PERIODS, pauses
from policy.purposes import PURPOSES
from policy.quorum import Choice
from policy.workflow import LABELS, State
from storage import drafts, pages, panel, people, releases, sent_back
from storage.models import Draft, Hold, Office, Person

TITLE = "**Draft {id}** for {page} ({kind})"
ORIGIN = "By {author}, {office}. Revision {revision}."
PURPOSE = "Purpose: {purpose}"
NO_PURPOSE = "Purpose: not chosen yet (the author has been asked)"
WANTED = "Wanted on {moment}"
IN_FORCE = "In force: {periods}"
PAUSED = "It is no warning and no service information, so a senior has to approve it now."
WAITING = "Waiting since {moment}"
MORE = "The text goes on below this card: {count} more parts."
HELD = "The new wording is not before you yet: its author has to change or confirm it first."
TALLY = "**{approvals} of {needed} approvals**"
TALLY_BEYOND = "**{approvals} approvals**, {needed} needed"
AGAINST = ", {rejections} against"
SENIOR = "One approval must come from a senior: {names}."
NO_SENIOR = "One approval must come from a senior, and this office has none who could give it."
RELEASED = "🔓 Released by {name} although a rule forbids it: “{reason}”"
VOTE = "{mark} {choice}: {name}"
VOTE_WITH_REASON = "{mark} {choice}: {name}: “{reason}”"
VOTES = {Choice.APPROVE: ("✅", "approved"), Choice.REJECT: ("❌", "rejected")}
END = "**{state}** on {moment}"
VOID = "No vote counts now. These were cast before it went back:"
NO_VOTES = "No vote counts now: it is back with its author."
SENT_BACK = "**{name} asks for changes** ({moment}):"
UNANNOUNCED = "Its author hears with the first reason, or at {moment} without one."
HOW = "Vote with ✅ or ❌ (👍 or 👎), or with the buttons."
SHORT = 500  # characters of a reason on the card, which is one message
MOMENT = "%a %-d %b %Y %H:%M"


def moment(at: datetime, office: Office) -> str:
    """Write a moment in an office's own time."""
    return f"{at.astimezone(ZoneInfo(office.timezone)):{MOMENT}} ({office.timezone})"


def render(ctx: Context, draft: Draft, office: Office) -> Message:
    """Write the card as things stand."""
    parts = [
        *_heading(ctx, draft, office),
        *(_text(ctx, draft) if draft.hold is Hold.NOTHING else (line(HELD),)),
        *difference_view.for_moderators(ctx, draft),
        *_votes(ctx, draft, office),
        *_standing(ctx, draft, office),
    ]
    if draft.state is not State.IN_REVIEW:
        return Message(tuple(parts))
    value = f"{draft.id}.{draft.revision}"
    buttons = (
        Button("✅ Approve", "approve", value, Style.PRIMARY),
        Button("❌ Reject", "reject", value, Style.DANGER),
        Button("Ask for changes", "ask-changes", value),
        *finding_view.why_button(ctx, draft),
    )
    return Message(tuple(parts), buttons)


def _heading(ctx: Context, draft: Draft, office: Office) -> Iterator[Line]:
    page = pages.get(ctx.db, draft.page_id)
    author = people.get(ctx.db, draft.author_id)
    yield line(TITLE, id=draft.id, page=page.name, kind=page.kind)
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
    yield from finding_view.for_moderators(ctx, draft)
    if (given := releases.of(ctx.db, draft)) and given.granted:
        name = people.get(ctx.db, given.person_id).name
        yield line(RELEASED, name=name, reason=given.reason)


def _votes(ctx: Context, draft: Draft, office: Office) -> Iterator[Line]:
    count = panel.count(ctx.db, draft, office)
    if is_sent_back(ctx, draft):
        yield line(VOID if count.cast else NO_VOTES)
    else:
        yield _tally(count)
    if count.needs_senior and draft.state is State.IN_REVIEW:
        seniors = ", ".join(person.name for person in count.seniors)
        yield line(SENIOR if seniors else NO_SENIOR, names=seniors)
    for cast in count.cast:
        mark, choice = VOTES[cast.vote.choice]
        template = VOTE_WITH_REASON if cast.vote.reason else VOTE
        yield line(
            template, mark=mark, choice=choice, name=cast.person.name, reason=cast.vote.reason
        )


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


def _standing(ctx: Context, draft: Draft, office: Office) -> Iterator[Part]:
    if draft.state is State.IN_REVIEW:
        yield line(WAITING, moment=moment(draft.waiting_since, office))
        yield line(HOW)
        return
    asked = sent_back.of(ctx.db, draft) if is_sent_back(ctx, draft) else None
    since = draft.decided_at or (asked.at if asked else draft.waiting_since)
    yield line(END, state=LABELS[draft.state].capitalize(), moment=moment(since, office))
    if asked:
        name = people.get(ctx.db, asked.person_id).name
        yield line(SENT_BACK, name=name, moment=moment(asked.at, office))
        yield Quote(excerpt(asked.reason, SHORT))
    if draft.announce_at:
        yield line(UNANNOUNCED, moment=moment(draft.announce_at, office))


def names(persons: list[Person]) -> str:
    """List people as one says it."""
    return listed([person.name for person in persons])
