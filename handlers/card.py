"""The card: one message that shows a draft to the moderators, and always tells the truth."""

from collections.abc import Iterable, Iterator

from handlers import attached
from handlers.card_view import render
from handlers.chat import Button, Chat, Message, Quote, line, message
from handlers.context import Context, NotYet
from handlers.fitting import chunks
from policy import durations
from policy.deadlines import parse_ladder
from storage import drafts, outbox, pages, panel, people
from storage.models import Draft, Office, OutboxMessage

PART = "Draft {id}, revision {revision}, part {number} of {count}:"
CALL = "**URGENT**: draft {id} for {page} by {author} needs your vote now."
CALL_MORE = "The seniors hear in {minutes} if it is not decided."
GONE = "**Draft {id}** is no longer shown here."


def subject(draft: Draft) -> str:
    """Name the card of a draft in the outbox, so that a reaction finds its way back."""
    return f"card:{draft.id}"


def draft_of(card_subject: str | None) -> int | None:
    """Tell which draft a card is about."""
    kind, _, number = (card_subject or "").partition(":")
    return int(number) if kind == "card" and number.isdecimal() else None


def copy_at(ctx: Context, chat: Chat, message_id: str) -> OutboxMessage | None:
    """Find the message of ours that stands somewhere.

    Raises `NotYet` while a card is being posted: people are quicker than our note of its place.
    """
    found = outbox.at(ctx.db, chat.platform, chat.id, message_id)
    if found is None and outbox.is_card_underway(ctx.db, chat.platform):
        raise NotYet
    return found


def shown_at(ctx: Context, chat: Chat, message_id: str) -> Draft | None:
    """Find the draft whose card stands somewhere, and hold it. Raises `NotYet`."""
    return shown_by(ctx, copy_at(ctx, chat, message_id))


def shown_by(ctx: Context, copy: OutboxMessage | None) -> Draft | None:
    """Find the draft whose card a message is, and hold it until the end."""
    found = draft_of(copy.subject) if copy else None
    return drafts.locked(ctx.db, found) if found is not None else None


def post(ctx: Context, draft: Draft) -> None:
    """Put a draft before its moderators, wherever they are, or refresh what they have."""
    office = people.office(ctx.db, draft.office_id)
    drafts.show(ctx.db, draft)
    said, copies = render(ctx, draft, office), outbox.about(ctx.db, subject(draft))
    _edit(ctx, draft, office, said, copies)
    known = {(row.platform, row.chat): row.id for row in copies}
    for chat in [*audience(ctx, draft, office)]:
        if row_id := known.get((chat.platform, chat.id)):
            _say_the_rest(ctx, draft, chat, row_id)
        else:
            _show(ctx, draft, said, chat)
    if draft.urgent_since is not None:
        call(ctx, draft, office)


def call(ctx: Context, draft: Draft, office: Office) -> None:
    """Call the moderators to an urgent draft, once for each wording and each time it is raised."""
    page, author = pages.get(ctx.db, draft.page_id), people.get(ctx.db, draft.author_id)
    minutes = durations.spoken(parse_ladder(office.urgent_ladder).seniors)
    parts = (
        line(CALL, id=draft.id, page=page.name, author=author.name),
        line(CALL_MORE, minutes=minutes),
    )
    show_it = Button("Show me the draft", "show", f"{draft.id}.{draft.revision}")
    once = f"urgent:{draft.id}.{draft.revision}:{draft.urgent_since:%Y%m%d%H%M%S}"
    ring(ctx, draft, Message(parts, (show_it,)), once=once)


def show(ctx: Context, draft: Draft, chat: Chat) -> None:
    """Put one more copy of the card somewhere; it is kept up to date like the others."""
    _show(ctx, draft, render(ctx, draft, people.office(ctx.db, draft.office_id)), chat)


def _show(ctx: Context, draft: Draft, said: Message, chat: Chat) -> None:
    row_id = ctx.say(chat, said, subject=subject(draft))
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
    if copies := outbox.about(ctx.db, subject(draft)):
        _edit(ctx, draft, office, render(ctx, draft, office), copies)


def _edit(
    ctx: Context, draft: Draft, office: Office, said: Message, copies: Iterable[OutboxMessage]
) -> None:
    gone = message(GONE, id=draft.id)
    for row in copies:
        ctx.edit(row.id, said if _belongs(ctx, row, office) else gone)


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


def ring(ctx: Context, draft: Draft, said: Message, *, once: str) -> None:
    """Say something aloud wherever the card belongs: apart from it, so that people are notified."""
    for chat in audience(ctx, draft, people.office(ctx.db, draft.office_id)):
        ctx.say(chat, said, once=f"{once}@{chat.platform}:{chat.id}")


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
