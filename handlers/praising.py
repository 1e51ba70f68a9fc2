"""Praise: a citizen's thanks reach the team that earned them, and are counted."""

from collections.abc import Iterator

from handlers import addressee, card_view, tasks
from handlers.addressee import Addressee
from handlers.chat import Answer, Chat, Command, Field, FieldKind, Form, Message, Part, Quote, line
from handlers.context import Context
from handlers.router import Router
from policy.permissions import Task
from storage import pages, people, praise
from storage.models import Draft, Page, Person, Praise

router = Router()

WORDS = "What did they say? Their own words, please"
WHICH = "Which page is it about?"
WHERE = "A link to it, if there is one"
WHERE_HINT = "With the link of a post, its author hears, too"
NEWS = "🌟 **A citizen says thank you** for {what}, passed on by {name}:"
YOURS = "🌟 **A citizen says thank you** for your page {what}, passed on by {name}:"
YOUR_POST = "🌟 **A citizen says thank you** for your post, draft {id}, passed on by {name}:"
LINK = "Link: {link}"
DONE = "Thank you for passing it on. It counts for {what}, and the moderators' chat has it."
TOLD = "{names} heard it, too."


@router.command("praise")
def pass_on(command: Command, ctx: Context) -> None:
    """Pass a citizen's thanks on to a team: /praise <their words>; alone it opens a form."""
    if said := addressee.said(command, ctx, form, which):
        keep(ctx, *said)


def which(found: list[Addressee]) -> Form:
    """Ask only for the page: the rest is known already."""
    return Form("praise", "Thanks for which page?", (addressee.field(WHICH, found),))


def form(found: list[Addressee]) -> Form:
    """Ask for everything about it."""
    fields = (
        Field("text", WORDS, FieldKind.TEXT),
        addressee.field(WHICH, found),
        Field("link", WHERE, required=False, hint=WHERE_HINT),
    )
    return Form("praise", "A citizen's thanks", fields, "Pass it on")


@router.form("praise")
def pass_on_form(answer: Answer, ctx: Context) -> None:
    """Take what was written in the form."""
    keep(ctx, *addressee.answered(answer, ctx))


def keep(ctx: Context, at: Addressee, text: str, link: str) -> None:
    """Store the thanks and let everybody hear whom they are meant for."""
    tasks.permit(ctx, Task.PRAISE, at.office)
    person, office = ctx.person(), at.office
    draft = praise.posted_at(ctx.db, office, link)
    page = at.page or (pages.get(ctx.db, draft.page_id) if draft else None)
    at = Addressee(office, page)
    row = Praise(
        office_id=office.id, page_id=at.page_id, text=text, link=link, by_id=person.id, at=ctx.now
    )
    praise.add(ctx.db, row)
    told = dict(_meant_for(ctx, at, draft, person))
    ctx.record(
        person,
        "praise passed on",
        praise.subject(row),
        office=office,
        page=at.page_id,
        draft=draft.id if draft else None,
        told=[each.name for each, _ in told.values()],
    )
    words: tuple[Part, ...] = (Quote(text), *((line(LINK, link=link),) if link else ()))
    news = line(NEWS, what=at.name, name=person.name)
    ctx.say(Chat(office.platform, office.chat), Message((news, *words)))
    for each, text_for in told.values():
        heading = line(text_for, what=at.name, name=person.name, **_id(draft))
        ctx.tell(each, Message((heading, *words)))
    names = card_view.names([each for each, _ in told.values()])
    more = (line(TOLD, names=names),) if names else ()
    ctx.reply(Message((line(DONE, what=at.name), *more)))


def _id(draft: Draft | None) -> dict[str, object]:
    return {"id": draft.id} if draft else {}


def _meant_for(
    ctx: Context, at: Addressee, draft: Draft | None, by: Person
) -> Iterator[tuple[int, tuple[Person, str]]]:
    """Say who is thanked in person, and with which words: the page's owner, the post's author.

    Thanks are no task, so they reach people who are away as well; not those who have left.
    """
    meant = [(_owner(at.page), YOURS), (draft.author_id if draft else None, YOUR_POST)]
    for person_id, heading in meant:
        if person_id is None or person_id == by.id:
            continue
        person = people.get(ctx.db, person_id)
        if people.roles(ctx.db, at.office.id, person):
            yield person_id, (person, heading)


def _owner(page: Page | None) -> int | None:
    return page.owner_id if page else None
