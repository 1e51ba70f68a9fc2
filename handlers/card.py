"""The card: one message that shows a draft to the moderators, and always tells the truth."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from handlers import attached, finding_view
from handlers.chat import Button, Chat, Line, Message, Part, Quote, Style, line, message
from handlers.context import Context
from handlers.fitting import chunks
from policy.periods import PERIODS, pauses
from policy.purposes import PURPOSES
from policy.quorum import Choice
from policy.workflow import LABELS, State
from storage import drafts, outbox, pages, panel, people, releases
from storage.models import Draft, Hold, Office, OutboxMessage, Person

TITLE = "**Draft {id}** for {page} ({kind})"
ORIGIN = "By {author}, {office}. Revision {revision}."
PURPOSE = "Purpose: {purpose}"
NO_PURPOSE = "Purpose: not chosen yet (the author has been asked)"
WANTED = "Wanted on {moment}"
IN_FORCE = "In force: {periods}"
PAUSED = "It is no warning and no service information, so a senior has to approve it now."
WAITING = "Waiting since {moment}"
MORE = "The text goes on below this card: {count} more parts."
PART = "Draft {id}, revision {revision}, part {number} of {count}:"
HELD = "The new wording is not before you yet: its author has to change or confirm it first."
GONE = "**Draft {id}** is no longer shown here."
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
HOW = "Vote with ✅ or ❌ (👍 or 👎), or with the buttons."
MOMENT = "%a %-d %b %Y %H:%M"


def moment(at: datetime, office: Office) -> str:
    """Write a moment in an office's own time."""
    return f"{at.astimezone(ZoneInfo(office.timezone)):{MOMENT}} ({office.timezone})"


def subject(draft: Draft) -> str:
    """Name the card of a draft in the outbox, so that a reaction finds its way back."""
    return f"card:{draft.id}"


def draft_of(card_subject: str | None) -> int | None:
    """Tell which draft a card is about."""
    kind, _, number = (card_subject or "").partition(":")
    return int(number) if kind == "card" and number.isdecimal() else None


def post(ctx: Context, draft: Draft) -> None:
    """Put a draft before its moderators, wherever they are, or refresh what they have."""
    office = people.office(ctx.db, draft.office_id)
    refresh(ctx, draft)
    known = {(row.platform, row.chat): row.id for row in outbox.about(ctx.db, subject(draft))}
    for chat in audience(ctx, draft, office):
        if row_id := known.get((chat.platform, chat.id)):
            _say_the_rest(ctx, draft, chat, row_id)
        else:
            show(ctx, draft, chat)


def show(ctx: Context, draft: Draft, chat: Chat) -> None:
    """Put one more copy of the card somewhere; it is kept up to date like the others."""
    office = people.office(ctx.db, draft.office_id)
    row_id = ctx.say(chat, render(ctx, draft, office), subject=subject(draft))
    if row_id is not None:
        _say_the_rest(ctx, draft, chat, row_id)


def audience(ctx: Context, draft: Draft, office: Office) -> Iterator[Chat]:
    """List where the card belongs: the moderators' chat, and with those who are not in it."""
    yield Chat(office.platform, office.chat)
    for person in panel.voters(ctx.db, draft, office):
        accounts = people.accounts(ctx.db, person)
        if not any(account.platform == office.platform for account in accounts):
            yield from (Chat(account.platform, account.user) for account in accounts)


def refresh(ctx: Context, draft: Draft) -> None:
    """Bring every copy of the card up to date; close those that should be there no more."""
    office = people.office(ctx.db, draft.office_id)
    shown, gone = render(ctx, draft, office), message(GONE, id=draft.id)
    for row in outbox.about(ctx.db, subject(draft)):
        ctx.edit(row.id, shown if _belongs(ctx, row, office) else gone)


def _belongs(ctx: Context, row: OutboxMessage, office: Office) -> bool:
    """Tell whether a copy stands in the moderators' chat, or with somebody who reviews there."""
    if (row.platform, row.chat) == (office.platform, office.chat):
        return True
    person = people.by_account(ctx.db, row.platform, row.chat)
    return person is not None and people.reviews(ctx.db, office.id, person)


def announce(ctx: Context, draft: Draft, said: Message) -> None:
    """Say something below the card in the moderators' chat."""
    if row := main_copy(ctx, draft):
        ctx.say(Chat(row.platform, row.chat), said, under=row.id)


def show_files(ctx: Context, draft: Draft) -> None:
    """Put the files of a draft below every copy of its card, and name them there."""
    refresh(ctx, draft)
    for row in outbox.about(ctx.db, subject(draft)):
        attached.show(ctx, draft, Chat(row.platform, row.chat), row.id)


def main_copy(ctx: Context, draft: Draft) -> OutboxMessage | None:
    """Return the copy of the card that stands in the moderators' chat."""
    office = people.office(ctx.db, draft.office_id)
    copies = outbox.about(ctx.db, subject(draft))
    return next((c for c in copies if (c.platform, c.chat) == (office.platform, office.chat)), None)


def _say_the_rest(ctx: Context, draft: Draft, chat: Chat, row_id: int) -> None:
    parts = chunks(drafts.text_of(ctx.db, draft))
    for number, part in enumerate(parts[1:], start=2):
        heading = line(PART, id=draft.id, revision=draft.revision, number=number, count=len(parts))
        once = f"part:{draft.id}:{draft.revision}:{number}:{row_id}"
        ctx.say(chat, Message((heading, Quote(part))), under=row_id, once=once)
    attached.show(ctx, draft, chat, row_id)


def render(ctx: Context, draft: Draft, office: Office) -> Message:
    """Write the card as things stand."""
    parts = [
        *_heading(ctx, draft, office),
        *(_text(ctx, draft) if draft.hold is Hold.NOTHING else (line(HELD),)),
        *_votes(ctx, draft, office),
        *_standing(draft, office),
    ]
    if draft.state is not State.IN_REVIEW:
        return Message(tuple(parts))
    value = f"{draft.id}.{draft.revision}"
    buttons = (
        Button("✅ Approve", "approve", value, Style.PRIMARY),
        Button("❌ Reject", "reject", value, Style.DANGER),
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
        yield line(
            template, mark=mark, choice=choice, name=cast.person.name, reason=cast.vote.reason
        )


def _standing(draft: Draft, office: Office) -> Iterator[Line]:
    if draft.state is State.IN_REVIEW:
        yield line(WAITING, moment=moment(draft.waiting_since, office))
        yield line(HOW)
        return
    since = draft.decided_at or draft.waiting_since
    yield line(END, state=LABELS[draft.state].capitalize(), moment=moment(since, office))


def names(persons: list[Person]) -> str:
    """List people as one says it: Bo, Chen and Dara."""
    listed = [person.name for person in persons]
    if len(listed) < 2:
        return "".join(listed)
    return f"{', '.join(listed[:-1])} and {listed[-1]}"
