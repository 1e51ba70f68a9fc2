"""The queue: what waits for a decision, urgent and oldest first, and what waits for you."""

from dataclasses import dataclass

from handlers import locking, queue_view
from handlers.chat import Button, Command, Message, Press, line
from handlers.context import Context, Refusal
from handlers.reading import BROKEN, number
from handlers.router import Router
from storage import pages, people
from storage.models import Person

router = Router()

EMPTY = "Nothing waits for a decision."
NOTHING_SUCH = "Nothing of that kind waits for a decision. /queue shows all."
HEADING = "**Waiting for a decision: {count}**, for you: {mine}"
UNKNOWN = (
    "I know no page “{given}” in the offices where you review. Write /queue, /queue mine, "
    "/queue urgent, or /queue and the name of a page."
)
SEVERAL = "“{given}” could be {names}. Write more of the name."
MORE = "Show {count} more"
MOST = 20  # lines that are still readable on a phone
MOST_BUTTONS = 5
MINE, URGENT = ("mine", "me"), "urgent"


@dataclass(frozen=True)
class Filter:
    """Which part of the queue is wanted. Written as `m.u.p12`, so that a button can carry it."""

    mine: bool = False
    is_urgent: bool = False
    page: int | None = None

    def __str__(self) -> str:
        page = f"p{self.page}" if self.page is not None else ""
        return ".".join(filter(None, ["m" * self.mine, "u" * self.is_urgent, page]))


@router.command("queue", *people.REVIEWERS)
def show_queue(command: Command, ctx: Context) -> None:
    """Show what waits for a decision, oldest first: /queue mine, /queue urgent, /queue <page>."""
    ctx.reply(view(ctx, read(ctx, ctx.person(), command.text), start=0))


@router.press("queue-more")
def show_more(press: Press, ctx: Context) -> None:
    """Show the next part of the queue."""
    start, _, kept = press.value.partition(".")
    if not people.REVIEWERS & ctx.roles():
        raise Refusal(BROKEN)
    ctx.reply(view(ctx, _kept(kept), start=number(start)))


def view(ctx: Context, wanted: Filter, *, start: int) -> Message:
    """Write a part of the queue."""
    found = queue_view.of(ctx, ctx.person(), page=wanted.page, is_urgent=wanted.is_urgent)
    listed = [each for each in found.drafts if each.id in found.mine or not wanted.mine]
    locked = locking.of_offices(ctx, found.offices.values())
    if not listed:
        return Message((*locked, line(NOTHING_SUCH if str(wanted) else EMPTY)))
    shown = listed[start : start + MOST]
    heading = line(HEADING, count=len(listed), mine=len(found.mine))
    buttons = queue_view.buttons(shown, found.mine, MOST_BUTTONS)
    if left := len(listed[start + MOST :]):
        value = f"{start + MOST}.{wanted}"
        buttons += (Button(MORE.format(count=min(left, MOST)), "queue-more", value),)
    return Message((*locked, heading, *queue_view.lines(ctx, shown, found)), buttons)


def read(ctx: Context, person: Person, text: str) -> Filter:
    """Read `mine`, `urgent` and the name of a page, or the beginning of one."""
    words = text.split()
    mine = any(word.casefold() in MINE for word in words)
    urgent = any(word.casefold() == URGENT for word in words)
    name = " ".join(w for w in words if w.casefold() not in (*MINE, URGENT))
    return Filter(mine, urgent, _page(ctx, person, name) if name else None)


def _page(ctx: Context, person: Person, given: str) -> int:
    places = people.workplaces(ctx.db, person)
    offices = [office for office, roles in places if roles & people.REVIEWERS]
    known = [page for office in offices for page in pages.of_office(ctx.db, office)]
    wanted = given.casefold()
    exact = [page for page in known if page.name.casefold() == wanted]
    found = exact or [page for page in known if wanted in page.name.casefold()]
    if not found:
        raise Refusal(UNKNOWN, given=given)
    if len(found) > 1:
        raise Refusal(SEVERAL, given=given, names=", ".join(page.name for page in found[:5]))
    return found[0].id


def _kept(text: str) -> Filter:
    """Read back what a button carries, which anybody may forge: it filters, and opens nothing."""
    parts = [part for part in text.split(".") if part]
    page = next((part for part in parts if part.startswith("p")), "")
    return Filter("m" in parts, "u" in parts, number(page[1:]) if page else None)
