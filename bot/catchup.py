"""Catching up after a pause: which reactions do the open cards have now?

Slack repeats an event for a few minutes only. What happened while we were away for longer is
read from the cards themselves.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import structlog

from bot.dispatcher import Dispatcher
from bot.platforms.base import NotSent, Platform, Unclear, Undeliverable
from handlers.chat import Chat, Reaction, Sender
from storage import drafts, outbox, people
from storage.db import transaction
from storage.models import Delivery, OutboxMessage, Voting

log = structlog.get_logger(__name__)

Emoji = tuple[str, str]  # the user who reacts, and the emoji


async def catch_up(dispatcher: Dispatcher, platform: Platform) -> None:
    """Hand in the reactions that open cards have, and those that are gone."""
    for copies in await dispatcher.threads.run(open_cards, dispatcher, platform.name):
        known = await dispatcher.threads.run(voted, dispatcher, platform.name, copies[0])
        present: dict[Emoji, OutboxMessage] = {}
        try:
            for row in copies:
                found = await platform.reactions(row.sent_chat or "", row.message or "")
                if found is None:
                    return
                present |= dict.fromkeys(found, row)
        except (NotSent, Unclear, Undeliverable) as error:
            log.warning("could not catch up with a card", row=row.id, reason=str(error))
            known &= present.keys()  # what was not found may stand where we could not look
        for reaction in changes(copies[0], present=present, known=known, now=dispatcher.now()):
            await dispatcher.accept(reaction)


def open_cards(dispatcher: Dispatcher, platform: str) -> list[Sequence[OutboxMessage]]:
    """List the delivered copies of the card of each draft in review."""
    with transaction(dispatcher.engine) as db:
        cards = [outbox.about(db, f"card:{draft.id}") for draft in drafts.waiting(db)]
    delivered = [
        [row for row in copies if row.platform == platform and row.state is Delivery.SENT]
        for copies in cards
    ]
    return [copies for copies in delivered if copies]


def voted(dispatcher: Dispatcher, platform: str, row: OutboxMessage) -> set[Emoji]:
    """List who has voted on a card's draft with which emoji, by our own record."""
    with transaction(dispatcher.engine) as db:
        draft = drafts.locked(db, int((row.subject or "").partition(":")[2]))
        if draft is None:
            return set()
        return {
            (account.user, cast.vote.emoji)
            for cast in drafts.votes(db, draft)
            if cast.vote.by is Voting.REACTION and cast.vote.platform == platform
            for account in people.accounts(db, cast.person)
            if account.platform == platform
        }


def changes(
    first: OutboxMessage,
    *,
    present: Mapping[Emoji, OutboxMessage],
    known: set[Emoji],
    now: datetime,
) -> Iterable[Reaction]:
    """Tell what must have happened: first what was taken away, then what was added.

    Which copy of the card somebody reacted to is not recorded, so they are looked at together.
    """
    gone, new = known - present.keys(), present.keys() - known
    for added, pairs in ((False, gone), (True, new)):
        for user, emoji in sorted(pairs):
            row = present.get((user, emoji), first)
            yield Reaction(
                Sender(row.platform, user),
                Chat(row.platform, row.sent_chat or ""),
                row.message or "",
                emoji,
                added=added,
                replayed=True,
                id=f"catch-up:{row.id}:{user}:{emoji}:{added}:{now.isoformat()}",
            )
