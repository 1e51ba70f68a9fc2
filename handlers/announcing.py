"""Telling of a rejection: at once with its first reason, or after a while without one.

There is one message for each account of the author, and one below the card. Reasons that come later
are added to it.
"""

from collections.abc import Sequence
from datetime import timedelta

from handlers import appealing, card, card_view
from handlers.chat import Button, Message, Part, Quote, line
from handlers.context import Context
from handlers.fitting import excerpt
from handlers.offers import offers
from handlers.stored import message_from_json
from policy.quorum import Choice
from policy.workflow import State
from storage import drafts, outbox, pages, people
from storage.drafts import Cast
from storage.models import Draft, Office

REJECTED = "Draft {id} for {page} is **rejected** by {names} on {moment}."
REASON = "{name} says why:"
NO_REASON = "No reason has been given yet; whoever rejected it has been asked. It is added here."
CHANGED_SINCE = "Its author has changed the text since."
ROOM = 2400  # UTF-16 units of reasons in one message
WHOLE = "Whole reasons"


def subject(draft_id: int, revision: int) -> str:
    """Name the announcement of a decision in the outbox, so that reasons can be added to it."""
    return f"decision:{draft_id}.{revision}"


def draft_of(announcement: str) -> int | None:
    """Tell which draft an announcement is about."""
    kind, _, value = announcement.partition(":")
    number = value.partition(".")[0]
    return int(number) if kind == "decision" and number.isdecimal() else None


def announce_rejection(ctx: Context, draft: Draft, office: Office) -> None:
    """Tell of a rejection now if a reason is known, and else leave some time for one."""
    if office.reason_minutes and not reasons(ctx, draft, draft.revision):
        draft.announce_at = ctx.now + timedelta(minutes=office.reason_minutes)
        ctx.db.add(draft)
        ctx.db.flush()
        card.refresh(ctx, draft)
        return
    tell(ctx, draft)


def catch_up(ctx: Context, draft: Draft, *, is_changed: bool = False) -> None:
    """Tell of a rejection that still waits for a reason, before something else happens to it."""
    if draft.announce_at and draft.state is State.REJECTED:
        tell(ctx, draft, is_changed=is_changed)


def tell(ctx: Context, draft: Draft, *, is_changed: bool = False) -> None:
    """Tell the author and the moderators' chat of a rejection, once."""
    office, author = people.office(ctx.db, draft.office_id), people.get(ctx.db, draft.author_id)
    draft.announce_at = None
    ctx.db.add(draft)
    ctx.db.flush()
    card.refresh(ctx, draft)
    about, given = subject(draft.id, draft.revision), reasons(ctx, draft, draft.revision)
    parts = (_heading(ctx, draft, office), *_body(given))
    parts += (line(CHANGED_SINCE),) if is_changed else ()
    whole = whole_button(draft, draft.revision, given)
    card.announce(ctx, draft, Message(parts, whole), subject=about, once=about)
    can = ((), ()) if is_changed else (appealing.hint(ctx, draft, office), _offers(ctx, draft))
    ctx.tell(author, Message((*parts, *can[0]), (*can[1], *whole)), subject=about, once=about)
    ctx.record(
        "bot",
        "rejection announced",
        drafts.subject(draft),
        office=office,
        revision=draft.revision,
        reasons=len(given),
    )


def add_reason(ctx: Context, draft: Draft, revision: int) -> bool:
    """Add what was said to the announcement: it goes out now, or what is there is edited.

    Returns whether there is one.
    """
    if draft.announce_at and draft.state is State.REJECTED and draft.revision == revision:
        tell(ctx, draft)
        return True
    given, copies = reasons(ctx, draft, revision), outbox.about(ctx.db, subject(draft.id, revision))
    for row in copies:
        said = message_from_json(row.body)
        after = tuple(part for part in said.parts if part == line(CHANGED_SINCE))
        parts = (said.parts[0], *_body(given), *after)
        is_current = draft.state is State.REJECTED and draft.revision == revision
        offered: tuple[Button, ...] = ()
        if is_current and row.under_id is None:  # the author's own copy
            office = people.office(ctx.db, draft.office_id)
            parts, offered = (*parts, *appealing.hint(ctx, draft, office)), _offers(ctx, draft)
        buttons = (*offered, *whole_button(draft, revision, given))
        ctx.edit(row.id, Message(parts, buttons))
    return bool(copies)


def _offers(ctx: Context, draft: Draft) -> tuple[Button, ...]:
    return (*offers(draft), *appealing.offer(ctx, draft))


def reasons(ctx: Context, draft: Draft, revision: int) -> list[Cast]:
    """List the votes that rejected a wording and say why, oldest first."""
    return [each for each in _rejecting(ctx, draft, revision) if each.vote.reason]


def every_reason(ctx: Context, draft: Draft, revision: int) -> tuple[Part, ...]:
    """Write the reasons for which a wording was rejected, whole."""
    return tuple(_body(reasons(ctx, draft, revision), whole=True))


def whole_button(draft: Draft, revision: int, given: Sequence[Cast]) -> tuple[Button, ...]:
    """Offer to read what is too long for the announcement."""
    if any(excerpt(each.vote.reason, _share(given)) != each.vote.reason for each in given):
        return (Button(WHOLE, "reasons", f"{draft.id}.{revision}"),)
    return ()


def _rejecting(ctx: Context, draft: Draft, revision: int) -> list[Cast]:
    cast = drafts.votes(ctx.db, draft, revision)
    return [each for each in cast if each.vote.counted and each.vote.choice is Choice.REJECT]


def _heading(ctx: Context, draft: Draft, office: Office) -> Part:
    return line(
        REJECTED,
        id=draft.id,
        page=pages.get(ctx.db, draft.page_id).name,
        names=card_view.names([e.person for e in _rejecting(ctx, draft, draft.revision)]),
        moment=card_view.moment(draft.decided_at or ctx.now, office),
    )


def _body(given: Sequence[Cast], *, whole: bool = False) -> Sequence[Part]:
    if not given:
        return (line(NO_REASON),)
    found: list[Part] = []
    for each in given:
        reason = each.vote.reason if whole else excerpt(each.vote.reason, _share(given))
        found += [line(REASON, name=each.person.name), Quote(reason)]
    return found


def _share(given: Sequence[Cast]) -> int:
    return ROOM // max(1, len(given))
