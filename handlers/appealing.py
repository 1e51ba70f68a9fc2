"""What belongs to appeals wherever a draft is handled: the offer, who is asked, an early end."""

from datetime import datetime, timedelta

from handlers import appeal_card, card, card_view
from handlers.chat import Button, Line, Message, line, message
from handlers.context import Context
from policy.appeals import deadline
from policy.deadlines import parse_ladder
from policy.durations import spoken
from policy.workflow import State
from storage import appeals, clock, drafts, people
from storage.models import AppealOutcome, Draft, Office

CHANGED = "its author changed the text instead"
TAKEN_BACK = "its author took it back"
DAY = "%a %-d %b %Y"
UNTIL = "You can appeal until {day}: somebody who did not vote on it decides."
OVER = "**The appeal on draft {id}** is over: {why}. You need not decide it."
NEWS_OVER = "**Draft {id}**: the appeal is over: {why}."
NOBODY = "**Nobody can hear the appeal on draft {id}** by {author}, {office}."
WHAT_NOW = (
    "It needs a senior or a lead who did not write it and did not vote on it. Give somebody that "
    "role in the offices file, or tell somebody who is away. It reaches them by itself; after "
    "{time} of working time without a decision it ends unheard."
)
NOBODY_YET = "Nobody can hear your appeal on draft {id} at present."
ADMINS_KNOW = "I have told {names}, who can name somebody. It stays open, and you will hear."
NO_ADMIN = "There is no administrator whom I could tell, either. Please speak to your office."
MEANWHILE = "You can also change the text and send it again; that ends the appeal."


def offer(ctx: Context, draft: Draft) -> tuple[Button, ...]:
    """List what an author can do about a rejection: appeal, or take the appeal back."""
    value = f"{draft.id}.{draft.revision}"
    if is_possible(ctx, draft):
        return (Button("Appeal", "appeal", value),)
    if draft.state is State.REJECTED and appeals.is_open(ctx.db, draft):
        return (Button("Take the appeal back", "drop-appeal", value),)
    return ()


def is_possible(ctx: Context, draft: Draft) -> bool:
    """Tell whether the author of a draft can appeal now."""
    if draft.state is not State.REJECTED or appeals.of(ctx.db, draft) is not None:
        return False
    return ctx.now < until(draft, people.office(ctx.db, draft.office_id))


def until(draft: Draft, office: Office) -> datetime:
    """Return the first moment at which it is too late to appeal."""
    decided_at = draft.decided_at or draft.waiting_since
    return deadline(decided_at, office.appeal_days, clock.of(office))


def last_day(draft: Draft, office: Office) -> str:
    """Write the last day on which an author may appeal."""
    last = clock.of(office).day_of(until(draft, office) - timedelta(seconds=1))
    return f"{last:{DAY}}"


def hint(ctx: Context, draft: Draft, office: Office) -> tuple[Line, ...]:
    """Tell an author until when they may appeal, if they may."""
    return (line(UNTIL, day=last_day(draft, office)),) if is_possible(ctx, draft) else ()


def bring(ctx: Context, draft: Draft, office: Office) -> appeals.Hearing:
    """Put an appeal before everybody who can decide it; if that is nobody, before the admins."""
    found = appeal_card.bring(ctx, draft, office)
    if not found.able:
        _tell_that_nobody_can(ctx, draft, office, found)
    return found


def follow(ctx: Context, office: Office) -> None:
    """Bring open appeals before whoever may decide them, after people or roles have changed."""
    for waiting in appeals.waiting(ctx.db, office):
        draft = drafts.locked(ctx.db, waiting.id)
        if draft is not None and appeals.is_open(ctx.db, draft):
            appeal_card.refresh(ctx, draft, office)
            bring(ctx, draft, office)


def _tell_that_nobody_can(
    ctx: Context, draft: Draft, office: Office, found: appeals.Hearing
) -> None:
    """Tell the admins, who can change that, and the author, honestly; each once."""
    author = people.get(ctx.db, draft.author_id)
    admins = [each for each in people.admins(ctx.db, office) if each.id != author.id]
    ends = spoken(parse_ladder(office.ladder).expire)
    said = Message(
        (
            appeal_card.with_why(
                found, NOBODY, id=draft.id, author=author.name, office=office.name
            ),
            line(WHAT_NOW, time=ends),
        )
    )
    for admin in admins:
        ctx.tell(admin, said, once=f"appeal-nobody:{draft.id}:{admin.id}")
    told = line(ADMINS_KNOW, names=card_view.names(admins)) if admins else line(NO_ADMIN)
    nobody = appeal_card.with_why(found, NOBODY_YET, id=draft.id)
    honest = Message((nobody, told, line(MEANWHILE)))
    if ctx.tell(author, honest, once=f"appeal-nobody:{draft.id}:author"):
        ctx.record(
            "bot", "appeal: nobody can hear it", drafts.subject(draft), office=office,
            told=[each.name for each in admins],
        )  # fmt: skip


def drop(ctx: Context, draft: Draft, *, why: str, by: str = "") -> None:
    """End the appeal on a draft, if there is one: its author does something else, or has left."""
    appeal = appeals.of(ctx.db, draft)
    if appeal is None or appeal.outcome is not AppealOutcome.OPEN:
        return
    office = people.office(ctx.db, draft.office_id)
    asked = appeals.hearing(ctx.db, draft, office, ctx.now).persons
    appeals.close(ctx.db, appeal, AppealOutcome.DROPPED, ctx.now, reason=why)
    actor = by or people.get(ctx.db, appeal.person_id).name
    ctx.record(actor, "appeal dropped", drafts.subject(draft), office=office, why=why)
    appeal_card.refresh(ctx, draft, office)
    for person in asked:
        ctx.tell(person, message(OVER, id=draft.id, why=why))
    card.announce(ctx, draft, message(NEWS_OVER, id=draft.id, why=why))
