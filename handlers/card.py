"""The card: one message that shows a draft to the moderators, and always tells the truth."""

from collections.abc import Iterator

from handlers import attached
from handlers.card_view import render
from handlers.chat import Chat, Message, Quote, line, message
from handlers.context import Context
from handlers.fitting import chunks
from storage import drafts, outbox, panel, people
from storage.models import Draft, Office, OutboxMessage

PART = "Draft {id}, revision {revision}, part {number} of {count}:"
GONE = "**Draft {id}** is no longer shown here."


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
    drafts.show(ctx.db, draft)
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


def announce(
    ctx: Context,
    draft: Draft,
    said: Message,
    *,
    subject: str | None = None,
    once: str | None = None,
) -> None:
    """Say something below the card in the moderators' chat."""
    if row := main_copy(ctx, draft):
        chat = Chat(row.platform, row.chat)
        ctx.say(chat, said, under=row.id, subject=subject, once=once)


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
