"""Chasing appeals: those who may decide are reminded, then the lead hears, then the admins.

In the working time of the office, as late reviews are; in the end the appeal ends unheard, and
its author is told so.
"""

from datetime import timedelta

from handlers import appeal_card, appealing, card
from handlers.chat import Button, Message, Style, line, message
from handlers.context import Context
from handlers.offers import offers
from handlers.router import Router
from handlers.times import moment
from policy.deadlines import Step, parse_ladder, rung
from storage import appeals, clock, drafts, lockdowns, pages, people
from storage.models import Appeal, AppealOutcome, Draft, Office, Person

router = Router()

LATE = "**The appeal on draft {id}** for {page} by {author} has waited since {moment}."
WHY = {
    Step.REMIND: "You did not vote on it, so you may decide. Please look at its card.",
    Step.SENIORS: "Nobody has decided it. You are asked as the lead.",
    Step.LEAD: "Neither the seniors nor the lead have decided it. You are told as the "
    "administrator: please see that somebody who did not vote on it looks at it.",
}
MAY_NOT = "You cannot decide it yourself, but you can see that somebody does."
ESCALATED = {
    Step.REMIND: "appeal late: hearers reminded",
    Step.SENIORS: "appeal late: lead told",
    Step.LEAD: "appeal late: admins told",
}
UNHEARD = (
    "**Nobody decided your appeal on draft {id}** for {page} in time, so it has ended unheard."
)
SORRY = "That is no judgement of your text. You can change it and send it again."
NEWS = "**Draft {id}**: nobody decided the appeal in time. It has ended unheard."


@router.job(every=timedelta(minutes=1))
def chase_appeals(ctx: Context) -> None:
    """Take each late appeal one rung up its office's ladder, in working hours."""
    for waiting in appeals.waiting(ctx.db):
        office = people.office(ctx.db, waiting.office_id)
        is_at_work = clock.of(office).is_open(ctx.now, grace=clock.GRACE)
        if office.active and is_at_work and not lockdowns.is_on(ctx.db, office):
            climb(ctx, waiting.id, office)


def climb(ctx: Context, number: int, office: Office) -> None:
    """Take the first rung that was reached and not taken; see that whoever can decide has it."""
    draft = drafts.locked(ctx.db, number)
    appeal = appeals.of(ctx.db, draft) if draft else None
    if draft is None or appeal is None or appeal.outcome is not AppealOutcome.OPEN:
        return
    found = appealing.bring(ctx, draft, office)
    waited = lockdowns.worked(ctx.db, office, appeal.made_at, ctx.now)
    for step in list(Step)[: rung(waited, parse_ladder(office.ladder))]:
        if step is Step.EXPIRE:
            end_unheard(ctx, draft, appeal, office)
        elif notify(ctx, draft, appeal, office, step, found):
            return


def notify(
    ctx: Context,
    draft: Draft,
    appeal: Appeal,
    office: Office,
    step: Step,
    found: appeals.Hearing,
) -> bool:
    """Tell the people of one rung. False: there was nobody to tell, or they were told before."""
    may = {person.id for person in found.persons}
    told = [
        ctx.tell(
            person,
            _story(ctx, draft, appeal, office, step, may_decide=person.id in may),
            once=f"appeal-late:{draft.id}:{step}:{person.id}",
        )
        for person in audience(ctx, draft, office, step, found)
    ]
    if any(told):
        ctx.record("bot", ESCALATED[step], drafts.subject(draft), office=office, told=sum(told))
    return any(told)


def audience(
    ctx: Context, draft: Draft, office: Office, step: Step, found: appeals.Hearing
) -> list[Person]:
    """List who hears on a rung: those who may decide, the lead, the admins; never its author."""
    if step is Step.REMIND:
        return found.persons
    if step is Step.SENIORS:
        return appeals.leads(ctx.db, draft, office)
    return [each for each in people.admins(ctx.db, office) if each.id != draft.author_id]


def _story(
    ctx: Context, draft: Draft, appeal: Appeal, office: Office, step: Step, *, may_decide: bool
) -> Message:
    late = line(
        LATE,
        id=draft.id,
        page=pages.get(ctx.db, draft.page_id).name,
        author=people.get(ctx.db, draft.author_id).name,
        moment=moment(appeal.made_at, office),
    )
    if not may_decide:
        return Message((late, line(WHY[step]), line(MAY_NOT)))
    value = f"{draft.id}.{draft.revision}"
    button = Button("Show me the appeal", "show-appeal", value, Style.PRIMARY)
    return Message((late, line(WHY[step])), (button,))


def end_unheard(ctx: Context, draft: Draft, appeal: Appeal, office: Office) -> None:
    """End an appeal that nobody decided, and tell its author what they can do."""
    appeals.close(ctx.db, appeal, AppealOutcome.UNHEARD, ctx.now)
    ctx.record(
        "bot", "appeal unheard", drafts.subject(draft), office=office, revision=draft.revision
    )
    card.refresh(ctx, draft)
    appeal_card.refresh(ctx, draft, office)
    card.announce(ctx, draft, message(NEWS, id=draft.id))
    page = pages.get(ctx.db, draft.page_id)
    said = Message((line(UNHEARD, id=draft.id, page=page.name), line(SORRY)), offers(draft))
    ctx.tell(people.get(ctx.db, draft.author_id), said)
