"""Recognition: anybody nominates the best post, comment and page of the year, but not their own."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from handlers import addressee, nominee_view, tasks
from handlers.addressee import Addressee
from handlers.chat import (
    Answer,
    Command,
    Field,
    FieldKind,
    Form,
    Message,
    Option,
    Press,
    Quote,
    line,
)
from handlers.context import Context, Refusal
from handlers.reading import number, reason
from handlers.router import Router
from handlers.words import capitalized
from policy.permissions import Involved, Task
from policy.same_links import canonical
from policy.workflow import State
from storage import nominations, pages, people, praise
from storage.models import Draft, Nomination, NominationKind, Office, Page

router = Router()

HOW = "The number of a draft, the link to a post or comment, or the name of a page"
WHAT = "What do you nominate?"
WHY = "Why? What can others learn from it?"
WHICH_KIND = "What is behind that link?"
WHICH_PAGE = "Which page is it on?"
KINDS = (
    Option(NominationKind.POST, "A post"),
    Option(NominationKind.COMMENT, "A comment"),
)
USAGE = (
    "I do not see what you nominate. Write /nominate 7 and why, or the link to a post or comment "
    "and why, or /nominate page, its name and why. /nominate alone opens a form."
)
SEVERAL = "Several pages are called {name}. Nominate the one you mean by its link."
NO_DRAFT = "I know no posted draft {id} in your offices. What was not posted cannot be nominated."
OWN = "That post is yours. Somebody else has to find it the best."
OWN_PAGE = "You look after {page} yourself. Somebody else has to find it the best."
TWICE = "You have nominated that already this year. /nominations shows it, and takes it back."
NOT_STORED = "Nothing was stored."
DONE = "Thank you. {what} is nominated. /nominations shows this year's."
NOT_YOURS = "There is no nomination {id} of yours. /nominations lists them."
TAKEN_BACK = "Your nomination of {what} is taken back."


@dataclass(frozen=True)
class Target:
    """What is nominated."""

    kind: NominationKind
    office: Office
    page: Page | None = None
    draft: Draft | None = None
    link: str = ""


@router.command("nominate")
def nominate(command: Command, ctx: Context) -> None:
    """Nominate a post, a comment or a page for a prize: /nominate 7 <why>; alone, a form."""
    addressee.every(ctx)
    text = command.text.strip()
    if not text:
        fields = (Field("what", WHAT, hint=HOW), Field("reason", WHY, FieldKind.TEXT))
        ctx.ask(Form("nominate", "Nominate", fields, "Nominate"))
        return
    first, _, rest = text.partition(" ")
    kind = first.casefold() if first.casefold() in list(NominationKind) else ""
    what, why = split(ctx, rest.strip() if kind else text, kind)
    go_on(ctx, {"what": what, "reason": why, "kind": kind})


def split(ctx: Context, text: str, kind: str) -> tuple[str, str]:
    """Tell what is nominated from why: it is the first word, or the name of a page."""
    first, _, rest = text.partition(" ")
    if kind != NominationKind.PAGE and (_is_number(first) or "://" in first):
        return first, rest.strip()
    for name in sorted(_pages(ctx), key=len, reverse=True):
        if text.casefold().startswith(name) and not text[len(name) : len(name) + 1].isalnum():
            return text[: len(name)], text[len(name) :].lstrip(" :,.")
    return first, rest.strip()


@router.form("nominate")
def nominate_by_form(answer: Answer, ctx: Context) -> None:
    """Take what the form says, and ask for what is still missing."""
    go_on(ctx, dict(answer.values))


def go_on(ctx: Context, given: dict[str, str]) -> None:
    """Store a nomination once everything is known, else ask for the next thing."""
    what, kind = given.get("what", "").strip(), given.get("kind", "")
    target = None
    if "://" in what:
        target = by_link(ctx, what, given)
        if target is None:
            return
    elif _is_number(what) and kind != NominationKind.PAGE:
        target = by_draft(ctx, int(what.lstrip("#")))
    else:
        target = by_page(ctx, what)
    refuse_own(ctx, target)
    if not given.get("reason", "").strip():
        _ask(ctx, given, Field("reason", WHY, FieldKind.TEXT))
        return
    keep(ctx, target, reason(given["reason"], NOT_STORED))


def _ask(ctx: Context, given: dict[str, str], field: Field) -> None:
    known = {name: value for name, value in given.items() if value}
    ctx.ask(Form("nominate", "Nominate", (field,), "Nominate"), given=known)


def _is_number(text: str) -> bool:
    digits = text.lstrip("#")
    return digits.isascii() and digits.isdecimal() and len(digits) <= 9


def by_draft(ctx: Context, draft_id: int) -> Target:
    """Find a posted draft in an office of the person."""
    draft = ctx.db.get(Draft, draft_id)
    posted = draft is not None and draft.state is State.PUBLISHED
    if draft is None or not posted or not people.roles(ctx.db, draft.office_id, ctx.person()):
        raise Refusal(NO_DRAFT, id=draft_id)
    return _of_draft(ctx, draft)


def _of_draft(ctx: Context, draft: Draft) -> Target:
    office, page = people.office(ctx.db, draft.office_id), pages.get(ctx.db, draft.page_id)
    return Target(NominationKind.POST, office, page, draft, draft.link)


def by_link(ctx: Context, given_link: str, given: dict[str, str]) -> Target | None:
    """Find what a link leads to; None: something about it has to be asked first."""
    link = addressee.address(given_link, written=given.get("reason", ""))
    found = addressee.every(ctx)
    kind = given.get("kind", "")
    for office in {each.office.id: each.office for each in found}.values():
        if draft := praise.posted_at(ctx.db, office, link):  # whatever it is called
            return by_draft(ctx, draft.id)
    if kind != NominationKind.COMMENT:
        for each in found:
            if each.page and canonical(each.page.url) == canonical(link):
                return Target(NominationKind.PAGE, each.office, each.page)
    if kind not in (NominationKind.POST, NominationKind.COMMENT):
        _ask(ctx, given, Field("kind", WHICH_KIND, FieldKind.CHOICE, KINDS))
        return None
    at = _place(ctx, found, link, given)
    return Target(NominationKind(kind), at.office, at.page, link=link) if at else None


def _place(
    ctx: Context, found: list[Addressee], link: str, given: dict[str, str]
) -> Addressee | None:
    if given.get("place"):
        return addressee.chosen(ctx, given["place"])
    if (at := addressee.meant(found, link)) is None:
        _ask(ctx, given, addressee.field(WHICH_PAGE, found))
    return at


def _pages(ctx: Context) -> dict[str, list[Addressee]]:
    """Gather the pages by name; those of several offices may have the same."""
    found: dict[str, list[Addressee]] = defaultdict(list)
    for each in addressee.every(ctx):
        if each.page:
            found[each.page.name.casefold()].append(each)
    return found


def by_page(ctx: Context, name: str) -> Target:
    """Find a page by its name."""
    called = _pages(ctx).get(name.casefold(), [])
    if not called:
        raise Refusal(Message((line(USAGE), *((Quote(name),) if name else ()))))
    if len(called) > 1:
        raise Refusal(SEVERAL, name=name)
    return Target(NominationKind.PAGE, called[0].office, called[0].page)


def refuse_own(ctx: Context, target: Target) -> None:
    """Refuse whoever nominates a post that they wrote or a page that they look after."""
    me = ctx.person().id
    if target.kind is NominationKind.PAGE and target.page and target.page.owner_id == me:
        raise Refusal(OWN_PAGE, page=target.page.name)
    if target.kind is not NominationKind.POST:
        return
    wrote = {target.draft.author_id} if target.draft else set[int]()
    if target.draft is None:
        wrote = nominations.posted_by(ctx.db, target.office, target.link)
    if me in wrote:
        raise Refusal(OWN)


def keep(ctx: Context, target: Target, why: str) -> None:
    """Store a nomination, once for each person, thing and year."""
    tasks.permit(ctx, Task.NOMINATE, target.office)
    person, office = ctx.person(), target.office
    row = Nomination(
        office_id=office.id,
        kind=target.kind,
        draft_id=target.draft.id if target.draft else None,
        page_id=target.page.id if target.page else None,
        link=target.link,
        reason=why,
        by_id=person.id,
        at=ctx.now,
    )
    year = nominations.year_of(office, ctx.now)
    if nominations.same(ctx.db, row, office, year):
        raise Refusal(Message((line(TWICE), Quote(why))))
    nominations.add(ctx.db, row)
    detail = {"kind": row.kind, "draft": row.draft_id, "page": row.page_id, "link": row.link}
    ctx.record(person, "nominated", nominations.subject(row), office=office, **detail)
    ctx.reply(DONE, what=capitalized(nominee_view.name_of(ctx, row)))


@router.press("nomination-back")
def take_back_by_button(press: Press, ctx: Context) -> None:
    """Take back a nomination of one's own."""
    take_back(ctx, number(press.value))


def take_back(ctx: Context, wanted: int) -> None:
    """Delete a nomination of the person's own. The record keeps that there was one."""
    person, row = ctx.person(), nominations.locked(ctx.db, wanted)
    if row is None or row.by_id != person.id:
        raise Refusal(NOT_YOURS, id=wanted)
    office = people.office(ctx.db, row.office_id)
    tasks.permit(ctx, Task.TAKE_NOMINATION_BACK, office, [Involved.NOMINATOR])
    what = nominee_view.name_of(ctx, row)
    subject = nominations.subject(row)
    ctx.record(person, "nomination taken back", subject, office=office, kind=row.kind)
    nominations.take_back(ctx.db, row)
    ctx.reply(TAKEN_BACK, what=what)


@router.command("nominations")
def list_nominations(command: Command, ctx: Context) -> None:
    """Show this year's nominations of your offices; what is yours can be taken back."""
    ctx.reply(nominee_view.overview(ctx, list(_offices(ctx))))


def _offices(ctx: Context) -> Iterator[Office]:
    return (office for office, _ in people.workplaces(ctx.db, ctx.person()))
