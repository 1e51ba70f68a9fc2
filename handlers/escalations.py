"""Escalating: a draft that waits too long is brought to somebody's attention, rung by rung.

Remind who has not voted; then tell the seniors; then the lead; then end it honestly. In working
hours, or by the clock if the draft is urgent.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial

from sqlmodel import Session

from handlers import card, card_view, emergency_view, ladder
from handlers.chat import Button, Line, Message, Style, line
from handlers.context import Context
from handlers.offers import offers
from handlers.router import Router
from policy.deadlines import Step, due, parse_ladder, rung
from policy.workflow import State
from storage import absences, clock, drafts, lockdowns, notices, pages, panel, people
from storage.models import Draft, Office, Person, Role

router = Router()

LATE = "**Draft {id}** for {page} by {author} has waited since {moment}."
URGENT = "**URGENT: draft {id}** for {page} by {author} has waited since {moment}."
PLEASE_VOTE = "Your vote is missing. Please look at its card."
UNHEARD = (
    "I can reach nobody who could decide it: everybody who may is away, has no account, or has "
    "left. Please ask somebody, or change the offices file."
)
SENIORS = (
    "The moderators have not decided. You are asked because you are a senior, or stand in for one."
)
LEAD = (
    "Neither the moderators nor the seniors have settled it. You are asked as the lead, "
    "or in their place."
)
STANDING = "{approvals} of {needed} approvals so far. Not voted yet: {names}."
ESCALATED = {
    Step.REMIND: "late: moderators reminded",
    Step.SENIORS: "late: seniors told",
    Step.LEAD: "late: lead told",
}
EXPIRED = "**Draft {id}** for {page} was not decided in time, so it has expired. Nothing is lost."
AGAIN = "You can send it to the moderators again with one tap."
ENDED = "**Draft {id}** has expired: nobody decided in time."
AT_ONCE = 5  # drafts of an office in one transaction, so that no vote waits; the rest has its turn


def offices_with_late(db: Session, now: datetime) -> Collection[int]:
    """List the offices in which a draft has a rung to take."""
    waiting = drafts.waiting(db)
    offices = {office.id: office for office in people.offices(db)} if waiting else {}
    numbers = set(late(db, now, offices, waiting))
    return sorted({draft.office_id for draft in waiting if draft.id in numbers})


@router.office_job(every=timedelta(minutes=1), due=offices_with_late)
def escalate_late_reviews(ctx: Context, office: Office) -> None:
    """Take each late draft one rung up its office's ladder. Only those are held."""
    waiting = drafts.waiting(ctx.db, office)
    for draft_id in late(ctx.db, ctx.now, {office.id: office}, waiting)[:AT_ONCE]:
        climb(ctx, draft_id)


def late(
    db: Session, now: datetime, offices: Mapping[int, Office], waiting: Sequence[Draft]
) -> list[int]:
    """Say which drafts have a rung to take: one question to the database, however many wait."""
    pauses = pauses_since(db, now, waiting)
    reached = {
        draft.id: (rungs_reached(draft, offices[draft.office_id], pauses), wait(draft))
        for draft in waiting
        if draft.office_id in offices
    }
    keys = [ladder.rung_key(key, step) for count, key in reached.values() if count for step in Step]
    taken = notices.known(db, keys)
    return [
        draft_id
        for draft_id, (count, key) in reached.items()
        if due(count, [step for step in Step if ladder.rung_key(key, step) in taken])
    ]


def pauses_since(db: Session, now: datetime, waiting: Sequence[Draft]) -> lockdowns.Pauses:
    """Read the lockdowns that stopped the clocks of drafts."""
    return lockdowns.pauses(db, min(map(began, waiting), default=now), now)


def rungs_reached(draft: Draft, office: Office, pauses: lockdowns.Pauses) -> int:
    """Count the rungs that a draft has reached; none while its office is closed, unless urgent.

    While the office is locked down no clock runs, and nobody is asked.
    """
    if pauses.is_on(office):
        return 0
    if draft.is_urgent:
        return rung(pauses.elapsed(office, began(draft)), parse_ladder(office.urgent_ladder))
    if not clock.of(office).is_open(pauses.now, grace=clock.GRACE):
        return 0
    return rung(pauses.worked(office, began(draft)), parse_ladder(office.ladder))


def began(draft: Draft) -> datetime:
    """Return since when a draft waits: since it is urgent, if that came later."""
    return max(draft.waiting_since, draft.urgent_since or draft.waiting_since)


def wait(draft: Draft) -> str:
    """Name one wait of a draft: a new wording, and a change of its urgency, begin another."""
    lane = "urgent" if draft.is_urgent else "late"
    return f"{lane}:{draft.id}.{draft.revision}:{began(draft):%Y%m%d%H%M%S}"


def climb(ctx: Context, draft_id: int) -> None:
    """Hold a draft, look again whether it is late, and take its rung."""
    draft = drafts.locked(ctx.db, draft_id)
    if draft is None or draft.state is not State.IN_REVIEW:
        return
    office = people.office(ctx.db, draft.office_id)
    story = partial(_story, ctx, draft, office)
    matter = ladder.Climb(
        key=wait(draft),
        subject=drafts.subject(draft),
        office=office,
        audience=partial(audience, ctx, draft, office),
        say=lambda step: Message(tuple(story(WHY[step])), tuple(buttons(draft, step))),
        unheard=Message(tuple(story(UNHEARD)), tuple(buttons(draft, Step.REMIND))),
        actions=ESCALATED,
    )
    reached = rungs_reached(draft, office, pauses_since(ctx.db, ctx.now, [draft]))
    if ladder.take(ctx, matter, reached) is Step.EXPIRE:
        expire(ctx, draft, office)


WHY = {Step.REMIND: PLEASE_VOTE, Step.SENIORS: SENIORS, Step.LEAD: LEAD}


def audience(ctx: Context, draft: Draft, office: Office, step: Step) -> list[Person]:
    """List who hears on a rung: those who are here, and the deputies of those who are not.

    The author is never asked to chase their own draft.
    """
    if step is Step.REMIND:
        return absences.present(ctx.db, not_voted(ctx, draft, office), ctx.now)
    role = Role.SENIOR if step is Step.SENIORS else Role.LEAD
    return ladder.with_role(ctx, office, role, but=[draft.author_id])


def not_voted(ctx: Context, draft: Draft, office: Office) -> list[Person]:
    """List those of the panel, as it sits now, whose vote is missing."""
    return panel.missing(ctx.db, draft, office)


def _story(ctx: Context, draft: Draft, office: Office, why: str) -> Iterator[Line]:
    count = panel.count(ctx.db, draft, office)
    missing = ladder.reachable(ctx, not_voted(ctx, draft, office))
    yield line(
        URGENT if draft.is_urgent else LATE,
        id=draft.id,
        page=pages.get(ctx.db, draft.page_id).name,
        author=people.get(ctx.db, draft.author_id).name,
        moment=card_view.moment(draft.waiting_since, office),
    )
    yield line(
        STANDING,
        approvals=count.approvals,
        needed=count.quorum.needed,
        names=card_view.names(missing) or "nobody",
    )
    yield line(why)


def buttons(draft: Draft, step: Step) -> Iterator[Button]:
    """Offer to look, and a senior to release an urgent draft alone."""
    yield Button("Show me the draft", "show", f"{draft.id}.{draft.revision}", Style.PRIMARY)
    if step is Step.SENIORS:
        yield from emergency_view.release_button(draft)


def expire(ctx: Context, draft: Draft, office: Office) -> None:
    """End the wait, and offer the author to send it again."""
    drafts.move(ctx.db, draft, State.EXPIRED, actor="bot", office=office, now=ctx.now)
    draft.decided_at = ctx.now
    ctx.db.flush()
    card.refresh(ctx, draft)
    card.announce(ctx, draft, Message((line(ENDED, id=draft.id),)))
    page = pages.get(ctx.db, draft.page_id)
    said = Message((line(EXPIRED, id=draft.id, page=page.name), line(AGAIN)), offers(draft))
    ctx.tell(people.get(ctx.db, draft.author_id), said)
