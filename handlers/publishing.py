"""Publishing: the author posts by hand, says where, and the page's update counts."""

from handlers import card, complaint_reply, emergency_view, locking
from handlers.chat import Answer, Field, Form, Message, Press, line
from handlers.context import Context, Refusal
from handlers.offers import offers
from handlers.permission import permitted
from handlers.reading import draft_and_revision, link
from handlers.router import Router
from policy.permissions import Action
from policy.workflow import State
from storage import drafts, pages, people
from storage.models import Draft, Hold, Source

router = Router()

WHERE = "The link to the post"
WHERE_HINT = "It starts with https://"
HELD = (
    "Draft {id} is on hold, because its moment has passed. "
    "Its author has to say first whether it still fits."
)
DONE = "Thank you. Draft {id} counts as an update of {page}."
SAME = "Thank you. Draft {id} is noted as posted. That post of {page} has been counted already."
NEWS = "**Draft {id}** was posted by {name}: {link}"


@router.press("posted")
def ask_for_link(press: Press, ctx: Context) -> None:
    """Ask where an approved draft was posted."""
    draft = postable(press.value, ctx)
    field = Field("link", WHERE, hint=WHERE_HINT)
    ctx.ask(Form("posted", f"Draft {draft.id}: posted"[:24], (field,), context=press.value))


@router.form("posted")
def mark_as_posted(answer: Answer, ctx: Context) -> None:
    """Record the link and count the update."""
    draft = postable(answer.context, ctx)
    address = link(answer.values.get("link", ""))
    person, office = ctx.person(), people.office(ctx.db, draft.office_id)
    page = pages.get(ctx.db, draft.page_id)
    draft.link = address
    drafts.move(
        ctx.db, draft, State.PUBLISHED, actor=person.name, office=office, now=ctx.now, link=address
    )
    is_new = pages.add_update(
        ctx.db, page, at=ctx.now, source=Source.PUBLISHED, by=person, link=address, draft=draft
    )
    card.refresh(ctx, draft)
    released = tuple(emergency_view.note(ctx, draft))
    news = line(NEWS, id=draft.id, name=person.name, link=address)
    card.announce(ctx, draft, Message((news, *released)))
    complaint_reply.posted(ctx, draft)
    done = line(DONE if is_new else SAME, id=draft.id, page=page.name)
    ctx.reply(Message((done, *released)))


def postable(value: str, ctx: Context) -> Draft:
    """Return the approved draft that a button is about, if this person may post it now."""
    draft = permitted(ctx, Action.POST, *draft_and_revision(value))
    if draft.hold is Hold.LATE:
        is_author = draft.author_id == ctx.person().id
        buttons = offers(draft) if is_author else ()
        raise Refusal(Message((line(HELD, id=draft.id),), buttons), about=draft)
    locking.refuse_if_locked(ctx, people.office(ctx.db, draft.office_id), about=draft)
    return draft
