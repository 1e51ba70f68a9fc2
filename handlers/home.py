"""Home: everything of mine on one page, in Slack's App Home and as a menu on Telegram."""

from collections.abc import Iterator

from handlers import locking, page_view, queue_view
from handlers.chat import Button, Command, Message, Opened, Part, Press, Style, line
from handlers.context import STRANGER, Context, Refusal
from handlers.reading import BROKEN
from handlers.router import Router
from policy.workflow import LABELS, State
from storage import drafts, pages, people
from storage.models import Draft, Person

router = Router()

HELLO = (
    "Hello **{name}**. I check drafts, bring them to the moderators, and tell you what they say."
)
FOR_YOU = "**Waits for your vote: {count}**"
NOTHING_FOR_YOU = "Nothing waits for your vote."
WAITS = "In all, {count} wait for a decision."
YOURS = "**Your drafts**"
DRAFT = "Draft {id} for {page}: {state}"
YOUR_PAGES = "**Your pages**"
NO_WORK = "You have no role in any office. Ask your administrator."
MOST = 5  # lines of each kind
MOST_BUTTONS = 3
ENDED = (State.WITHDRAWN, State.RETRACTED)
GO = {"draft": "New draft", "queue": "Queue", "drafts": "My drafts", "page": "My pages"}
REVIEWERS_ONLY = "queue"


@router.command("home")
def show_home(command: Command, ctx: Context) -> None:
    """Show what waits for you, your drafts and your pages, with buttons for the next step."""
    ctx.reply(page_of(ctx, ctx.person()))


@router.command("start")
def welcome(command: Command, ctx: Context) -> None:
    """Begin to talk to me on Telegram."""
    ctx.reply(page_of(ctx, ctx.person()))


@router.opened
def open_home(opened: Opened, ctx: Context) -> None:
    """Draw somebody's own page anew, whenever they open it."""
    person = ctx.someone(opened.by)
    if person is None:
        stranger = line(STRANGER, platform=opened.by.platform, user=opened.by.user)
        ctx.show_home(Message((stranger,)))
        return
    ctx.show_home(page_of(ctx, person))


@router.press("go")
def go(press: Press, ctx: Context) -> None:
    """Do what a button of the page stands for, as if its command had been typed."""
    if press.value not in GO:
        raise Refusal(BROKEN)
    ctx.effects.then.append(
        Command(
            press.by,
            press.chat,
            press.value,
            id=press.id,
            reply=press.reply,
            trigger=press.trigger,
        )
    )


def page_of(ctx: Context, person: Person) -> Message:
    """Write somebody's page."""
    places = people.workplaces(ctx.db, person)
    roles = {role for _, held in places for role in held}
    parts: list[Part] = [line(HELLO, name=person.name)]
    buttons = [Button("New draft", "go", "draft", Style.PRIMARY)]
    if not roles:
        return Message((*parts, line(NO_WORK)))
    parts += locking.of_offices(ctx, [office for office, _ in places])
    if roles & people.REVIEWERS:
        waiting = queue_view.of(ctx, person)
        mine = [each for each in waiting.drafts if each.id in waiting.mine][:MOST]
        parts.append(line(FOR_YOU, count=len(waiting.mine)) if mine else line(NOTHING_FOR_YOU))
        parts += queue_view.lines(ctx, mine, waiting)
        parts.append(line(WAITS, count=len(waiting.drafts)))
        buttons += queue_view.buttons(mine, waiting.mine, MOST_BUTTONS)
        buttons.append(Button(GO["queue"], "go", "queue"))
    parts += [*_drafts(ctx, person), *_pages(ctx, person)]
    buttons += [Button(GO[name], "go", name) for name in ("drafts", "page")]
    return Message(tuple(parts), tuple(buttons))


def _drafts(ctx: Context, person: Person) -> Iterator[Part]:
    mine = [d for d in drafts.of_author(ctx.db, person) if d.state not in ENDED][:MOST]
    if mine:
        yield line(YOURS)
    yield from (_draft(ctx, each) for each in mine)


def _draft(ctx: Context, draft: Draft) -> Part:
    page = pages.get(ctx.db, draft.page_id)
    return line(DRAFT, id=draft.id, page=page.name, state=LABELS[draft.state])


def _pages(ctx: Context, person: Person) -> Iterator[Part]:
    own = [pair for pair in pages.open_to(ctx.db, person) if pair[0].owner_id == person.id]
    if own:
        yield line(YOUR_PAGES)
    yield from (page_view.page_line(ctx, page, office) for page, office in own[:MOST])
