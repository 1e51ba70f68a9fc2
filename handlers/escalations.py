"""Escalating: a draft that waits too long is brought to somebody's attention, rung by rung.

Remind who has not voted; then tell the seniors; then the lead; then end it honestly. Only in
working hours, and each message once.
"""

from datetime import timedelta

from handlers import card, card_view
from handlers.chat import Button, Line, Message, Style, line
from handlers.context import Context
from handlers.offers import offers
from handlers.router import Router
from policy.deadlines import Step, parse_ladder, rung
from policy.workflow import State
from storage import absences, clock, drafts, pages, panel, people
from storage.models import Draft, Office, Person, Role

router = Router()

LATE = "**Draft {id}** for {page} by {author} has waited since {moment}."
PLEASE_VOTE = "Your vote is missing. Please look at its card."
SENIORS = "The moderators have not decided. You are asked as, or for, a senior."
LEAD = "Neither the moderators nor the seniors have settled it. You are asked as, or for, the lead."
STANDING = "{approvals} of {needed} approvals so far. Not voted yet: {names}."
ESCALATED = {
    Step.REMIND: "late: moderators reminded",
    Step.SENIORS: "late: seniors told",
    Step.LEAD: "late: lead told",
}
EXPIRED = "**Draft {id}** for {page} was not decided in time, so it has expired. Nothing is lost."
AGAIN = "You can send it to the moderators again with one tap."
ENDED = "**Draft {id}** has expired: nobody decided in time."


@router.job(every=timedelta(minutes=1))
def escalate_late_reviews(ctx: Context) -> None:
    """Take each late draft one rung up its office's ladder."""
    for office in people.offices(ctx.db):
        calendar = clock.of(office)
        if not calendar.is_open(ctx.now, grace=clock.GRACE):
            continue
        ladder = parse_ladder(office.ladder)
        for waiting in drafts.waiting(ctx.db, office):
            waited = calendar.worked(waiting.waiting_since, ctx.now)
            if reached := rung(waited, ladder):
                climb(ctx, waiting, office, reached)


def climb(ctx: Context, draft: Draft, office: Office, reached: int) -> None:
    """Take the first rung that was reached and not taken; after a pause, one at a time."""
    held = drafts.locked(ctx.db, draft.id)
    if held is None or held.state is not State.IN_REVIEW:
        return
    for step in list(Step)[:reached]:
        if step is Step.EXPIRE:
            expire(ctx, held, office)
        elif notify(ctx, held, office, step):
            return


def notify(ctx: Context, draft: Draft, office: Office, step: Step) -> bool:
    """Tell the people of one rung. False: there was nobody to tell, or they were told before."""
    said = Message(tuple(_story(ctx, draft, office, step)), (_show(draft),))
    told = [
        ctx.tell(person, said, once=f"escalation:{draft.id}.{draft.revision}:{step}:{person.id}")
        for person in audience(ctx, draft, office, step)
    ]
    if any(told):
        ctx.record("bot", ESCALATED[step], drafts.subject(draft), office=office, told=sum(told))
    return any(told)


def audience(ctx: Context, draft: Draft, office: Office, step: Step) -> list[Person]:
    """List who hears on a rung: those who are here, and the deputies of those who are not.

    The author is never asked to chase their own draft.
    """
    if step is Step.REMIND:
        return absences.present(ctx.db, not_voted(ctx, draft, office), ctx.now)
    role = Role.SENIOR if step is Step.SENIORS else Role.LEAD
    among = people.with_role(ctx.db, office, role)
    found = absences.stand_ins(ctx.db, office, among, ctx.now)
    return [person for person in found if person.id != draft.author_id]


def not_voted(ctx: Context, draft: Draft, office: Office) -> list[Person]:
    """List those of the panel, as it sits now, whose vote is missing."""
    return panel.missing(ctx.db, draft, office)


def _story(ctx: Context, draft: Draft, office: Office, step: Step) -> list[Line]:
    count = panel.count(ctx.db, draft, office)
    why = {Step.REMIND: PLEASE_VOTE, Step.SENIORS: SENIORS}.get(step, LEAD)
    return [
        line(
            LATE,
            id=draft.id,
            page=pages.get(ctx.db, draft.page_id).name,
            author=people.get(ctx.db, draft.author_id).name,
            moment=card_view.moment(draft.waiting_since, office),
        ),
        line(
            STANDING,
            approvals=count.approvals,
            needed=count.quorum.needed,
            names=card_view.names(not_voted(ctx, draft, office)) or "nobody",
        ),
        line(why),
    ]


def _show(draft: Draft) -> Button:
    return Button("Show me the draft", "show", f"{draft.id}.{draft.revision}", Style.PRIMARY)


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
