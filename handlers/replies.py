"""Which draft a message of ours is about, so that an answer to it finds its way."""

from handlers import announcing, card
from handlers.chat import Text
from handlers.context import Context
from storage import outbox


def draft_under(text: Text, ctx: Context) -> int | None:
    """Return the number of the draft that a message answers; none if it answers nothing such."""
    if not text.under:
        return None
    answered = outbox.at(ctx.db, text.chat.platform, text.chat.id, text.under)
    subject = (answered.subject or "") if answered else ""
    if subject.startswith(outbox.ABOUT):
        number = subject.removeprefix(outbox.ABOUT)
        return int(number) if number.isdecimal() else None
    found = card.draft_of(subject)
    return announcing.draft_of(subject) if found is None else found
