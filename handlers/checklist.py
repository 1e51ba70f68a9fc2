"""The checklist that the owner of a page confirms: what it says, and asking for it."""

from collections import defaultdict
from collections.abc import Sequence

from handlers import page_people
from handlers.chat import Button, Line, Message, line
from handlers.context import Context
from policy import platforms
from storage import pages, people
from storage.models import Office, Page, Person

PLEASE = "**Please confirm for your pages**, each with its button:"
ITEMS = (
    "1. You have read the terms of its platform.",
    "2. You know how people write and answer there.",
    "3. Two-factor sign-in is on for everybody with access.",
    "4. A deputy has access, too.",
)
PAGE = "{name} ({kind}): {terms}. Deputy: {deputy}"
TERMS, ANY_TERMS = "terms of {day}", "terms as they are today"
NO_DEPUTY = "nobody named yet"
LIVE = "A page that was registered in the chat is live once you have confirmed."
CONFIRM = "Confirm: {name}"
MOST = 20  # pages asked about in one message
DAY = "%-d %b %Y"


def ask(ctx: Context, owner: Person, asked: Sequence[Page]) -> None:
    """Put the checklist before the owner of some pages, in one message."""
    some = asked[:MOST]
    lines = [line(PLEASE), *map(line, ITEMS), *(_page(ctx, page) for page in some)]
    if not all(map(pages.is_live, some)):
        lines.append(line(LIVE))
    ctx.tell(owner, Message(tuple(lines), tuple(button(page) for page in some)))
    for page in some:
        page.asked_at = ctx.now
        ctx.db.add(page)
        office = people.office(ctx.db, page.office_id)
        ctx.record("bot", "checklist sent", pages.subject(page), office=office, to=owner.name)
    ctx.db.flush()


def ask_owners(ctx: Context, found: Sequence[Page]) -> None:
    """Put the checklist before the owners of some pages of theirs."""
    by_owner: dict[int, list[Page]] = defaultdict(list)
    for page in found:
        if page.owner_id is not None:
            by_owner[page.owner_id].append(page)
    for owner_id, asked in by_owner.items():
        ask(ctx, people.get(ctx.db, owner_id), asked)


def button(page: Page) -> Button:
    """Offer to confirm the checklist, with the terms as they are now."""
    return Button(CONFIRM.format(name=page.name), "checklist", f"{page.id}.{version(page)}")


def version(page: Page) -> int:
    """Number the terms of a page, so that nobody confirms those that are gone."""
    return page.terms_on.toordinal() if page.terms_on else 0


def _page(ctx: Context, page: Page) -> Line:
    terms = TERMS.format(day=f"{page.terms_on:{DAY}}") if page.terms_on else ANY_TERMS
    deputy = deputy_of(ctx, page, people.office(ctx.db, page.office_id))
    name = deputy.name if deputy else NO_DEPUTY
    return line(PAGE, name=page.name, kind=platforms.label(page.kind), terms=terms, deputy=name)


def deputy_of(ctx: Context, page: Page, office: Office) -> Person | None:
    """Return who stands in for the owner: the deputy of the page, else the owner's own."""
    own = ctx.db.get(Person, page.deputy_id) if page.deputy_id else None
    if own is not None and page_people.member(ctx, office, str(own.id)):
        return own
    return people.deputy(ctx.db, office, page.owner_id) if page.owner_id else None
