"""Taking back the offer of a page, when it can be taken over no more."""

from handlers.chat import message
from handlers.context import Context
from storage import handovers, outbox, pages, people
from storage.models import Handover, Office, Page

OFF = "**{name}** is not handed over to {to} after all: {why}."
ENDED = "You were asked to look after **{name}**: {how}."
TAKEN, DECLINED, IS_OFF = "you have taken it", "you have not taken it", "that is off, {why}"
CLOSED = "the page was closed"
SOMEBODY_ELSE = "somebody else was asked"
LEFT = "{name} has left the office"
CHANGED = "it has another owner now"


def withdraw_of(ctx: Context, page: Page, office: Office, why: str = CLOSED) -> None:
    """Take back the offer of a page, if somebody has one."""
    if (waiting := handovers.open_of(ctx.db, page)) is not None:
        withdraw(ctx, waiting, page, office, why)


def withdraw(ctx: Context, waiting: Handover, page: Page, office: Office, why: str) -> None:
    """End a handover that nobody has answered. Both who are concerned hear, if they are here."""
    end(ctx, waiting, page, IS_OFF.format(why=why))
    to = people.get(ctx.db, waiting.to_id)
    ctx.record("bot", "handover withdrawn", pages.subject(page), office=office, to=to.name, why=why)
    concerned = {waiting.to_id, waiting.from_id}
    for member in people.members(ctx.db, office):
        if member.person.id in concerned:
            said = message(OFF, name=page.name, to=to.name, why=why)
            ctx.tell(member.person, said, once=f"handover-off:{waiting.id}:{member.person.id}")


def subject(waiting: Handover) -> str:
    """Name a handover in the outbox."""
    return f"handover:{waiting.id}"


def end(ctx: Context, waiting: Handover, page: Page, how: str, *, accepted: bool = False) -> None:
    """Note how a handover ended, and let the question say so, without its buttons."""
    handovers.end(ctx.db, waiting, ctx.now, accepted=accepted)
    for row in outbox.about(ctx.db, subject(waiting)):
        ctx.edit(row.id, message(ENDED, name=page.name, how=how))


def reason_to(ctx: Context, waiting: Handover, page: Page, office: Office) -> str:
    """Say why a handover cannot go on, if it cannot."""
    working = {member.person.id for member in people.members(ctx.db, office)}
    if not pages.is_open(page):
        return CLOSED
    is_looked_after = page.owner_id in working
    if page.owner_id != waiting.from_id and (waiting.from_id is not None or is_looked_after):
        return CHANGED
    for person_id in (waiting.to_id, waiting.from_id):
        if person_id is not None and person_id not in working:
            return LEFT.format(name=people.get(ctx.db, person_id).name)
    return ""
