"""Pages: what the office has, how alive each is, and saying that one was updated."""

from collections.abc import Iterator

from handlers import card_view, feed_view, page_details, page_standing, page_view
from handlers.chat import Answer, Command, Line, Message, Press, line
from handlers.context import Context, Refusal
from handlers.page_finding import meant
from handlers.reading import link, number
from handlers.router import Router
from policy.same_links import leads_into
from storage import clock, pages, people
from storage.models import Office, Page, Person, Source

router = Router()

NONE = "No page is registered for your offices."
MORE = (
    "/page with a name tells all about one. /page updated <link> says that one has something new."
)
HEADING = "**{office}**"
WHICH = "Which page was updated?"
UNKNOWN = "That is not a page of an office of yours."
COUNTED_TODAY = (
    "That button has been counted today already. Write /page updated when there is something new "
    "again."
)
COUNTED_ALREADY = "That post has been counted already ({source}, {moment})."
COUNTED = "Thank you. That counts as an update of {page}: {updates} of {wanted} this {stretch}."
OWNER = "Owner: {owner}"


@router.command("pages")
def list_pages(command: Command, ctx: Context) -> None:
    """Show the pages of your offices and how alive they are."""
    places = people.workplaces(ctx.db, ctx.person())
    lines = []
    for office, _ in places:
        if found := pages.of_office(ctx.db, office):
            lines.append(line(HEADING, office=office.name))
            lines += [each for page in found for each in _standing(ctx, page, office)]
    ctx.reply(Message(tuple(lines)) if lines else NONE)


def _standing(ctx: Context, page: Page, office: Office) -> Iterator[Line]:
    """Write how alive a page is, or why it is not live, and whether it is paused."""
    if pages.is_live(page):
        yield page_view.page_line(ctx, page, office)
    yield from page_standing.notes(ctx, page, office)


@router.command("page")
def show_pages(command: Command, ctx: Context) -> None:
    """Show your own pages; /page with a name or a number tells all about one, with buttons."""
    if command.text.strip():
        ctx.reply(page_details.about(ctx, *meant(ctx, command.text)))
        return
    person = ctx.person()
    known = [pair for pair in pages.known_to(ctx.db, person) if pages.is_open(pair[0])]
    own = [pair for pair in known if pair[0].owner_id == person.id] or known
    if not own:
        raise Refusal(NONE)
    lines = [each for page, office in own for each in _details(ctx, page, office)]
    ctx.reply(Message((*lines, line(MORE))))


def _details(ctx: Context, page: Page, office: Office) -> Iterator[Line]:
    yield from _standing(ctx, page, office)
    if page.owner_id is not None:
        yield line(OWNER, owner=people.get(ctx.db, page.owner_id).name)
    if pages.is_live(page):
        yield page_details.last_update(ctx, page, office)
        yield from feed_view.feed_lines(ctx, page, office)


@router.command("page updated")
def say_updated(command: Command, ctx: Context) -> None:
    """Say that a page has something new: /page updated <link>."""
    choices = pages.open_to(ctx.db, ctx.person())
    update(ctx, choices, link(command.text) if command.text.strip() else "")


def update(ctx: Context, choices: list[tuple[Page, Office]], address: str) -> None:
    """Count an update of the page that is meant, or ask which one it is."""
    if not choices:
        raise Refusal(NONE)
    person, found = ctx.person(), [page for page, _ in choices]
    if page := led_to(person, found, address):
        count(ctx, person, page, address)
    else:
        ctx.ask(page_view.page_form("page-updated", WHICH, choices), given={"link": address})


def led_to(person: Person, found: list[Page], address: str) -> Page | None:
    """Choose the page that a link leads into, else the only own one, else the only one."""
    if named := [page for page in found if leads_into(address, page.url)]:
        return max(named, key=lambda page: len(page.url))
    own = [page for page in found if page.owner_id == person.id]
    return next((few[0] for few in (own, found) if len(few) == 1), None)


@router.form("page-updated")
def take_page(answer: Answer, ctx: Context) -> None:
    """Count an update of the page that was chosen."""
    person = ctx.person()
    choices = {str(page.id): page for page, _ in pages.open_to(ctx.db, person)}
    if answer.values.get("page") not in choices:
        raise Refusal(UNKNOWN)
    given = answer.values.get("link", "")
    count(ctx, person, choices[answer.values["page"]], link(given) if given else "")


@router.press("updated")
def press_updated(press: Press, ctx: Context) -> None:
    """Count an update by the button of a nudge."""
    person, wanted = ctx.person(), number(press.value)
    found = [page for page, _ in pages.open_to(ctx.db, person) if page.id == wanted]
    if not found:
        raise Refusal(UNKNOWN)
    today = clock.of(people.office(ctx.db, found[0].office_id)).day_of(ctx.now)
    if not ctx.is_first(f"updated:{wanted}@{press.chat.platform}:{press.message}:{today}"):
        raise Refusal(COUNTED_TODAY)
    count(ctx, person, found[0], "")


def count(ctx: Context, person: Person, page: Page, address: str) -> None:
    """Count an update that somebody vouches for."""
    office = people.office(ctx.db, page.office_id)
    if known := pages.counted(ctx.db, page, address, ctx.now):
        moment = card_view.moment(known.at, office)
        raise Refusal(COUNTED_ALREADY, source=page_details.SOURCES[known.source], moment=moment)
    pages.add_update(ctx.db, page, at=ctx.now, source=Source.SAID, by=person, link=address)
    ctx.record(person, "page updated", pages.subject(page), office=office, link=address)
    updates = page_view.updates_in(ctx, page, page_view.week(page, office, ctx.now))
    stretch = page_view.STRETCHES[page.cadence]
    ctx.reply(COUNTED, page=page.name, updates=updates, wanted=page.updates, stretch=stretch)
