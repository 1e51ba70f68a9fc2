"""Publishing: the author posts by hand, says where, and the page's update counts."""

from handlers import card
from handlers.chat import Answer, Field, Form, Press, message
from handlers.context import Context, Refusal
from handlers.reading import draft_and_revision, link
from handlers.router import Router
from policy.workflow import LABELS, State
from storage import drafts, pages, people
from storage.models import Draft, Person, Source

router = Router()

WHERE = "The link to the post"
WHERE_HINT = "It starts with https://"
NOT_YOURS = "Only the author of draft {id}, or the owner of its page, can say that it is posted."
NOT_APPROVED = "Draft {id} is {state}, so it cannot be marked as posted."
OLD = "Draft {id} has changed since that was approved."
DONE = "Thank you. Draft {id} counts as an update of {page}."
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
    pages.add_update(
        ctx.db, page, at=ctx.now, source=Source.PUBLISHED, by=person, link=address, draft=draft
    )
    card.refresh(ctx, draft)
    card.announce(ctx, draft, message(NEWS, id=draft.id, name=person.name, link=address))
    ctx.reply(DONE, id=draft.id, page=page.name)


def postable(value: str, ctx: Context) -> Draft:
    """Return the approved draft that a button is about, if this person may post it."""
    number, revision = draft_and_revision(value)
    person = ctx.person()
    draft = drafts.locked(ctx.db, number)
    if draft is None or not may_post(ctx, person, draft):
        raise Refusal(NOT_YOURS, id=number, about=draft)
    if draft.state is not State.APPROVED:
        raise Refusal(NOT_APPROVED, id=draft.id, state=LABELS[draft.state])
    if draft.revision != revision:
        raise Refusal(OLD, id=draft.id)
    return draft


def may_post(ctx: Context, person: Person, draft: Draft) -> bool:
    """Tell whether somebody wrote a draft or owns its page, and still works there."""
    if person.id not in (draft.author_id, pages.get(ctx.db, draft.page_id).owner_id):
        return False
    return bool(people.roles(ctx.db, draft.office_id, person))
