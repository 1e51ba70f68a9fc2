"""The card of an appeal: what was rejected, by whom and why, and what its author says to that.

It goes to everybody who may decide it, in private, and every copy tells how it ended.
"""

from collections.abc import Iterator

from handlers import appeal_notes, attached, card_view, finding_view, locking
from handlers.chat import Button, Chat, Line, Message, Part, Quote, Style, line, message
from handlers.context import Context
from handlers.fitting import chunks
from handlers.times import moment
from policy import platforms
from storage import appeals, drafts, outbox, pages, people
from storage.models import Appeal, AppealOutcome, Draft, Office, OutboxMessage

TITLE = "**Appeal on draft {id}** for {page} ({kind})"
ORIGIN = "By {author}, {office}. Revision {revision}."
ASKED = "You are asked because you did not vote on it."
LEAD_ONLY = "No senior can hear it, so it is with the lead."
WHY = " ({why})"
REJECTED = "**Rejected** on {moment}:"
WAS_REJECTED = "**It had been rejected:**"
SAYS = "**{author} appeals:**"
WAITING = "Waiting since {moment}"
BELOW = "The text stands below this card."
PART = "Draft {id}, revision {revision}, part {number} of {count}:"
GONE = "**The appeal on draft {id}** is no longer shown here."
LONGEST = 1500  # characters of a text that stands on the card beside all the reasons
VOTED, AWAY, WROTE = "{names} voted on it", "{names} cannot come now", "{names} wrote it"


def subject(draft: Draft) -> str:
    """Name the card of an appeal in the outbox."""
    return f"appeal:{draft.id}"


def bring(ctx: Context, draft: Draft, office: Office) -> appeals.Hearing:
    """Put an appeal before everybody who can decide it and has no copy yet. Returns who can."""
    found = appeals.hearing(ctx.db, draft, office, ctx.now)
    known = {(row.platform, row.chat) for row in outbox.about(ctx.db, subject(draft))}
    for person in found.persons:
        for account in people.accounts(ctx.db, person):
            if (account.platform, account.user) not in known:
                show(ctx, draft, office, Chat(account.platform, account.user))
    return found


def show(ctx: Context, draft: Draft, office: Office, chat: Chat) -> None:
    """Put one more copy somewhere; it is kept up to date like the others."""
    row_id = ctx.say(chat, render(ctx, draft, office), subject=subject(draft))
    text = drafts.text_of(ctx.db, draft)
    if row_id is None or len(text) <= LONGEST:
        return
    parts = chunks(text)
    for number, part in enumerate(parts, start=1):
        heading = line(PART, id=draft.id, revision=draft.revision, number=number, count=len(parts))
        ctx.say(chat, Message((heading, Quote(part))), under=row_id)


def refresh(ctx: Context, draft: Draft, office: Office) -> None:
    """Bring every copy up to date; close those of people who may not decide any more."""
    shown, gone = render(ctx, draft, office), message(GONE, id=draft.id)
    for row in outbox.about(ctx.db, subject(draft)):
        ctx.edit(row.id, shown if _belongs(ctx, draft, row) else gone)


def _belongs(ctx: Context, draft: Draft, row: OutboxMessage) -> bool:
    person = people.by_account(ctx.db, row.platform, row.chat)
    return person is not None and appeals.may_hear(ctx.db, draft, person)


def render(ctx: Context, draft: Draft, office: Office) -> Message:
    """Write the card as things stand. Once the appeal is over it has no buttons."""
    appeal = appeals.of(ctx.db, draft)
    assert appeal is not None
    is_open = appeal.outcome is AppealOutcome.OPEN
    locked = tuple(locking.notes(ctx, office)) if is_open else ()
    parts = (
        *locked,
        *_heading(ctx, draft, office, is_open=is_open),
        *_text(ctx, draft),
        *_rejection(ctx, draft, office, appeal),
        line(SAYS, author=people.get(ctx.db, appeal.person_id).name),
        Quote(appeal.reason),
    )
    if not is_open:
        return Message((*parts, appeal_notes.standing(ctx, appeal, office)))
    value = f"{draft.id}.{draft.revision}"
    grant = Button("Grant it", "grant-appeal", value, Style.PRIMARY)
    buttons = (
        *(() if locked else (grant,)),
        Button("Keep the rejection", "refuse-appeal", value),
        *finding_view.why_button(ctx, draft),
    )
    return Message((*parts, line(WAITING, moment=moment(appeal.made_at, office))), buttons)


def _heading(ctx: Context, draft: Draft, office: Office, *, is_open: bool) -> Iterator[Line]:
    page = pages.get(ctx.db, draft.page_id)
    author = people.get(ctx.db, draft.author_id)
    yield line(TITLE, id=draft.id, page=page.name, kind=platforms.label(page.kind))
    yield line(ORIGIN, author=author.name, office=office.name, revision=draft.revision)
    if not is_open:
        return
    found = appeals.hearing(ctx.db, draft, office, ctx.now)
    yield line(ASKED) if found.by_senior else with_why(found, LEAD_ONLY)


def with_why(found: appeals.Hearing, template: str, **fields: object) -> Line:
    """Write a line, and what keeps the others from hearing an appeal: “(bo voted on it)”."""
    groups = ((VOTED, found.voted), (AWAY, found.away), (WROTE, found.wrote))
    said = [text.format(names=card_view.names(list(who))) for text, who in groups if who]
    return line(template + (WHY if said else ""), **fields, why=", ".join(said))


def _text(ctx: Context, draft: Draft) -> Iterator[Part]:
    text = drafts.text_of(ctx.db, draft)
    yield Quote(text) if len(text) <= LONGEST else line(BELOW)
    yield from attached.lines(ctx, draft)
    yield from finding_view.for_moderators(ctx, draft)


def _rejection(ctx: Context, draft: Draft, office: Office, appeal: Appeal) -> Iterator[Part]:
    """Write who voted how and why, whatever they are now."""
    if draft.decided_at and appeal.outcome is not AppealOutcome.GRANTED:
        yield line(REJECTED, moment=moment(draft.decided_at, office))
    else:
        yield line(WAS_REJECTED)
    for cast in drafts.votes(ctx.db, draft):
        mark, choice = card_view.VOTES[cast.vote.choice]
        yield line(card_view.VOTE, mark=mark, choice=choice, name=cast.person.name)
        if cast.vote.reason:
            yield Quote(cast.vote.reason)
