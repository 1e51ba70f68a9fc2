"""Whom something from the public is for: a page, or an office as a whole."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from handlers.chat import (
    Answer,
    Command,
    Event,
    Field,
    FieldKind,
    Form,
    Message,
    Option,
    Quote,
    line,
)
from handlers.context import Context, Refusal
from handlers.reading import BROKEN, link
from policy.same_links import first_link, leads_into
from storage import pages, people
from storage.models import Office, Page

NO_OFFICE = (
    "You have no role in an office, so you cannot bring this to one. Ask your administrator."
)
WHOLE = "No page in particular ({office})"
ON_PAGE = "{page} ({office})"
MOST = 100  # to choose from: what Slack shows at most
YOURS = "Nothing was stored. This is what you wrote:"
EMPTY = "There are no words in it. Write them after the command, or send it alone for a form."
TOO_LONG = "That has {count} characters; at most {most} are possible. Please shorten it."
MOST_WORDS = 3000


@dataclass(frozen=True)
class Addressee:
    """An office, and perhaps one of its pages."""

    office: Office
    page: Page | None = None

    @property
    def page_id(self) -> int | None:
        """Return the number of the page, if it is for one."""
        return self.page.id if self.page else None

    @property
    def name(self) -> str:
        """Return the name of the page, or of the office."""
        return self.page.name if self.page else self.office.name


class Said(NamedTuple):
    """What a citizen said: whom it is for, the words, and where, if that is known."""

    at: Addressee
    text: str
    link: str


Asking = Callable[[list[Addressee]], Form]


def said(command: Command, ctx: Context, everything: Asking, which: Asking) -> Said | None:
    """Read what came with a command. What is missing is asked for, and nothing returned."""
    found, given = every(ctx), command.text or command.quoted
    if not given.strip():
        ctx.ask(everything(found))
        return None
    text = words(given)
    where = first_link(text)
    if (at := meant(found, where)) is None:
        ctx.ask(which(found), given={"text": text, "link": where})
        return None
    return Said(at, text, where)


def answered(answer: Answer, ctx: Context) -> Said:
    """Read what was written in the form."""
    text = words(answer.values.get("text", ""))
    where = address(answer.values.get("link", ""), written=text)
    return Said(chosen(ctx, answer.values.get("place", "")), text, where)


def every(ctx: Context) -> list[Addressee]:
    """List what somebody may bring something to: the pages in use, then each office as a whole.

    In the moderators' chat of an office of theirs, it is that office.
    """
    person = ctx.person()
    offices = [office for office, _ in people.workplaces(ctx.db, person)]
    if not offices:
        raise Refusal(NO_OFFICE)
    here = [office for office in offices if ctx.event and _meets_in(office, ctx.event)]
    ids = {office.id for office in here or offices}
    found = [
        Addressee(office, page)
        for page, office in pages.open_to(ctx.db, person)
        if office.id in ids
    ]
    whole = [Addressee(office) for office in here or offices]
    return [*found[: MOST - len(whole)], *whole]


def _meets_in(office: Office, event: Event) -> bool:
    return (office.platform, office.chat) == (event.chat.platform, event.chat.id)


def meant(found: list[Addressee], address: str) -> Addressee | None:
    """Choose the page that a link leads into, else the only page there is."""
    on_pages = [each for each in found if each.page]
    named = [each for each in on_pages if each.page and leads_into(address, each.page.url)]
    if address and named:
        return max(named, key=lambda each: len(each.page.url if each.page else ""))
    if len({each.office.id for each in found}) > 1 or len(on_pages) > 1:
        return None
    return found[0]


def field(label: str, found: list[Addressee]) -> Field:
    """Ask for one of them."""
    options = tuple(Option(_value(each), _label(each)) for each in found)
    return Field("place", label, FieldKind.CHOICE, options)


def _value(each: Addressee) -> str:
    return f"p{each.page.id}" if each.page else f"o{each.office.id}"


def _label(each: Addressee) -> str:
    if each.page is None:
        return WHOLE.format(office=each.office.name)
    return ON_PAGE.format(page=each.page.name, office=each.office.name)


def chosen(ctx: Context, value: str) -> Addressee:
    """Read which one was chosen, in whatever chat that was."""
    person = ctx.person()
    for page, office in pages.open_to(ctx.db, person):
        if value == f"p{page.id}":
            return Addressee(office, page)
    for office, _ in people.workplaces(ctx.db, person):
        if value == f"o{office.id}":
            return Addressee(office)
    raise Refusal(BROKEN)


def words(given: str) -> str:
    """Read a citizen's words, or give them back and say what is wrong."""
    text = given.strip()
    if not text:
        raise Refusal(EMPTY)
    if len(text) > MOST_WORDS:
        why = line(TOO_LONG, count=len(text), most=MOST_WORDS)
        raise Refusal(Message((why, line(YOURS), Quote(text))))
    return text


def address(given: str, *, written: str) -> str:
    """Read a link that may be missing; if it is none, what else was written is given back."""
    if not given.strip():
        return ""
    try:
        return link(given)
    except Refusal as refusal:
        parts = (*refusal.message.parts, line(YOURS), Quote(written))
        raise Refusal(Message(parts)) from None
