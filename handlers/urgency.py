"""Urgency: an author says that a draft cannot wait, takes that back, or files it normally."""

from handlers import card, hurrying
from handlers.chat import Answer, Message, Press, line, message
from handlers.context import Context, Refusal
from handlers.offers import offers
from handlers.permission import permitted
from handlers.reading import draft_and_revision, number
from handlers.router import Router
from policy.permissions import Action
from policy.workflow import State
from storage import forms, people
from storage.models import Draft

router = Router()

OLD = "That offer is no longer open. Send the text again with /draft."
FILED_ALREADY = "You have filed that already. /drafts lists your drafts."
ALREADY = {
    True: "Draft {id} is urgent already.",
    False: "Draft {id} is not urgent, so nothing was changed.",
}
RAISED = "Draft {id} is **urgent** now."
RAISED_HELD = "The moderators are called as soon as it is before them."
LOWERED = "Draft {id} is a normal draft now. It waits in working hours, like any other."
NEWS = "**Draft {id}** is not urgent any more, says {name}."


@router.press("hurry")
def make_urgent(press: Press, ctx: Context) -> None:
    """Make a draft urgent; that counts against the limit like filing one."""
    draft = own_draft(press, ctx, urgent=True)
    author, office = ctx.person(), people.office(ctx.db, draft.office_id)
    hurrying.raise_up(ctx, author, draft, office)
    said = [line(RAISED, id=draft.id)]
    if draft.state is State.IN_REVIEW:
        card.post(ctx, draft)
        said += hurrying.standing(draft, office)
    else:
        said.append(line(RAISED_HELD))
    ctx.reply(Message(tuple(said), offers(draft)))


@router.press("calm")
def make_normal(press: Press, ctx: Context) -> None:
    """Make an urgent draft a normal one."""
    draft = own_draft(press, ctx, urgent=False)
    author, office = ctx.person(), people.office(ctx.db, draft.office_id)
    hurrying.lower(ctx, author, draft, office)
    card.refresh(ctx, draft)
    card.announce(ctx, draft, message(NEWS, id=draft.id, name=author.name))
    ctx.reply(Message((line(LOWERED, id=draft.id),), offers(draft)))


def own_draft(press: Press, ctx: Context, *, urgent: bool) -> Draft:
    """Return the author's draft, if what they ask for would change it."""
    draft = permitted(ctx, Action.HURRY, *draft_and_revision(press.value))
    if draft.is_urgent is urgent:
        raise Refusal(ALREADY[urgent], id=draft.id)
    return draft


@router.press("file-normally")
def file_normally(press: Press, ctx: Context) -> None:
    """File what came too soon for an urgent draft as a normal one, once."""
    session = forms.held(ctx.db, number(press.value), press.by)
    if session is None or session.expires_at <= ctx.now or not is_offer(session.form):
        raise Refusal(OLD)
    if "filed" in session.values:
        raise Refusal(FILED_ALREADY)
    handed_in = Answer(
        by=press.by,
        chat=press.chat,
        form="draft",
        values=session.values,
        id=press.id,
        reply=press.reply,
    )
    session.values = {**session.values, "filed": "yes"}
    ctx.db.add(session)
    ctx.effects.then.append(handed_in)


def is_offer(form: dict[str, object]) -> bool:
    """Tell whether a stored form is such an offer, and not one that somebody fills in."""
    return form.get("title") == hurrying.OFFER.title
