"""The card of a complaint: what a citizen says, its clock, and what was done about it.

It stands in the moderators' chat and with whoever looks after the page, and tells the truth there.
"""

from collections.abc import Iterator

from handlers import complaint_text
from handlers.chat import Button, Chat, Line, Message, Part, Quote, Style, line, message
from handlers.context import Context
from handlers.times import moment
from policy import platforms
from storage import complaints, outbox, pages, people
from storage.models import Complaint, FirstReply, Office, OutboxMessage, Person

TITLE = "**Complaint {id}** about {page} ({kind})"
TITLE_OFFICE = "**Complaint {id}** to {office}"
ORIGIN = "Brought in by {name} on {moment}."
HIDDEN = "🙈 Hidden here: {what}. Whoever answers can see it in private."
CUT = "That is not all of it."
LINK = "Link: {link}"
DUE = "⏳ A first or holding reply is due by {moment}."
LATE = "🔴 **Late**: a first or holding reply was due by {moment}."
HOLDING = "Holding reply sent on {moment} ({when}). A full answer is still to come."
FIRST_WAS_HOLDING = "Holding reply sent on {moment} ({when})."
IN_TIME, TOO_LATE = "in time", "late"
TAKEN = "**{name}** has taken it."
NOT_TAKEN = "Nobody has taken it yet."
OFFLINE = "Taken offline on {moment}: it goes on in private messages."
REPLY = "Public reply: draft {id}"
CLOSED = "✅ **Answered** on {moment}:"
GONE = "**Complaint {id}** is no longer shown here."


def post(ctx: Context, complaint: Complaint, office: Office) -> None:
    """Put a complaint before the moderators, and before whoever looks after its page."""
    show(ctx, complaint, office, Chat(office.platform, office.chat))
    for person in complaints.hearing(ctx.db, complaint, office, ctx.now):
        for account in people.accounts(ctx.db, person):
            show(ctx, complaint, office, Chat(account.platform, account.user))


def show(ctx: Context, complaint: Complaint, office: Office, chat: Chat) -> None:
    """Put one more copy somewhere; it is kept up to date like the others."""
    ctx.say(chat, render(ctx, complaint, office), subject=complaints.subject(complaint))


def refresh(ctx: Context, complaint: Complaint, office: Office) -> None:
    """Bring every copy up to date; close those of people who have left."""
    shown, gone = render(ctx, complaint, office), message(GONE, id=complaint.id)
    for row in outbox.about(ctx.db, complaints.subject(complaint)):
        ctx.edit(row.id, shown if _belongs(ctx, row, office) else gone)


def _belongs(ctx: Context, row: OutboxMessage, office: Office) -> bool:
    if (row.platform, row.chat) == (office.platform, office.chat):
        return True
    person = people.by_account(ctx.db, row.platform, row.chat)
    return person is not None and bool(people.roles(ctx.db, office.id, person))


def render(ctx: Context, complaint: Complaint, office: Office) -> Message:
    """Write the card as things stand. Once the complaint is closed it has no buttons."""
    words, link = complaint_text.of(ctx, complaint, office)
    parts = (
        title(ctx, complaint, office),
        line(
            ORIGIN,
            name=people.get(ctx.db, complaint.by_id).name,
            moment=moment(complaint.made_at, office),
        ),
        Quote(words.text),
        *_missing(words),
        *((line(LINK, link=link),) if link else ()),
        *_standing(ctx, complaint, office),
        *_end(ctx, complaint, office),
    )
    return Message(parts, _buttons(complaint, words))


def title(ctx: Context, complaint: Complaint, office: Office) -> Line:
    """Name a complaint, and what it is about."""
    if complaint.page_id is None:
        return line(TITLE_OFFICE, id=complaint.id, office=office.name)
    page = pages.get(ctx.db, complaint.page_id)
    return line(TITLE, id=complaint.id, page=page.name, kind=platforms.label(page.kind))


def owner(ctx: Context, complaint: Complaint) -> Person | None:
    """Return who has taken it."""
    return people.get(ctx.db, complaint.owner_id) if complaint.owner_id is not None else None


def _missing(words: complaint_text.Shown) -> Iterator[Line]:
    if words.hidden:
        yield line(HIDDEN, what=words.what)
    if words.is_cut:
        yield line(CUT)


def _standing(ctx: Context, complaint: Complaint, office: Office) -> Iterator[Line]:
    if complaint.answer is FirstReply.NONE:
        text = LATE if ctx.now >= complaint.due_at else DUE
        yield line(text, moment=moment(complaint.due_at, office))
    elif complaint.answer is FirstReply.HOLDING and complaint.answered_at:
        when = IN_TIME if complaint.answered_at <= complaint.due_at else TOO_LATE
        text = FIRST_WAS_HOLDING if complaint.closed_at else HOLDING
        yield line(text, moment=moment(complaint.answered_at, office), when=when)
    taken = owner(ctx, complaint)
    if taken or not complaint.closed_at:
        yield line(TAKEN, name=taken.name) if taken else line(NOT_TAKEN)
    if complaint.offline_at:
        yield line(OFFLINE, moment=moment(complaint.offline_at, office))
    if complaint.draft_id is not None:
        yield line(REPLY, id=complaint.draft_id)


def _end(ctx: Context, complaint: Complaint, office: Office) -> Iterator[Part]:
    if complaint.closed_at:
        yield line(CLOSED, moment=moment(complaint.closed_at, office))
        yield Quote(complaint_text.shown(ctx, complaint, office, complaint.outcome).text)


def _buttons(complaint: Complaint, words: complaint_text.Shown) -> tuple[Button, ...]:
    if complaint.closed_at:
        return ()
    value = str(complaint.id)
    take = "I take it" if complaint.owner_id is None else "I take it over"
    offline = "Take it offline" if complaint.offline_at is None else "Private message again"
    found = [Button(take, "complaint-take", value, Style.PRIMARY)]
    if complaint.answer is FirstReply.NONE:
        found.append(Button("Holding reply sent", "complaint-holding", value))
    found += [
        Button("Answered", "complaint-answered", value),
        Button(offline, "complaint-offline", value),
        Button("Draft a public reply", "complaint-draft", value),
    ]
    if not words.is_whole:
        found.append(Button("Show all of it", "complaint-whole", value))
    return tuple(found)
