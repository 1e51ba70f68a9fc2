"""Handing a page over: the new owner is asked, and the old one stays until they take it."""

from collections.abc import Mapping
from datetime import timedelta

from handlers import checklist, page_people, withdrawing
from handlers.chat import Answer, Button, Command, Form, Message, Press, Style, line, message
from handlers.context import Context, Refusal
from handlers.page_finding import meant, open_to, parts_of, permitted
from handlers.page_forms import ask_for, somebody, which_page
from handlers.reading import number
from handlers.router import Router
from policy import platforms
from policy.page_permissions import PageAction
from storage import handovers, pages, people
from storage.models import Handover, Office, Page, Person

router = Router()

TITLE, TO = "Hand a page over", "Who is to look after it?"
CLOSED = "{name} is closed. Open it first: /page reopen {id}."
NOT_HERE = "That person does not work in {office}, where {name} is. Choose somebody who does."
IS_OWNER = "{to} looks after {name} already."
ASKED_ALREADY = "{to} has been asked already, and has not answered yet."
ASKED = "I have asked {to} to take **{name}** over. Until they do, {owner} looks after it."
OFFER = "**{by} asks you to look after {name}** ({kind}, {office}): {url}"
OFFER_MEANS = "Its owner sees to {wanted} updates per {cadence} and hears when it goes quiet."
TAKE, NOT_ME = "Take it", "Not me"
GONE = "That is settled already, or was taken back. /page shows your pages."
NOT_YOURS = "Somebody else was asked that."
TAKEN = "**You look after {name} now.** /page shows how it stands."
TAKEN_TOLD = "**{to} looks after {name} now.**"
DECLINED = "Good. {name} stays as it is."
DECLINED_TOLD = "**{to} does not take {name} over.** To ask somebody else: /page give {id}."


@router.command("page give")
def give_by_words(command: Command, ctx: Context) -> None:
    """Hand a page over: /page give <page> to <person>, who is asked; alone it opens a form."""
    said = parts_of(command.text, "to")
    values = {}
    if "" in said:
        page, office = meant(ctx, said[""])
        values["page"] = str(page.id)
        if "to" in said:
            values["person"] = str(page_people.called(ctx, office, said["to"]).id)
    settle(ctx, values)


@router.press("page-give")
def give_by_button(press: Press, ctx: Context) -> None:
    """Ask who is to look after a page."""
    settle(ctx, {"page": press.value})


@router.form("page-give")
def take_giving(answer: Answer, ctx: Context) -> None:
    """Ask whoever was chosen."""
    settle(ctx, answer.values)


def settle(ctx: Context, values: Mapping[str, str]) -> None:
    """Offer a page once it is known which, and to whom."""
    pair = permitted(ctx, PageAction.GIVE, values["page"]) if values.get("page") else None
    if pair and not pages.is_open(pair[0]):
        raise Refusal(CLOSED, name=pair[0].name, id=pair[0].id)
    choices = [pair] if pair else open_to(ctx, PageAction.GIVE)
    offices = list({office.id: office for _, office in choices}.values())
    fields = (*([] if pair else [which_page(choices)]), somebody(ctx, TO, offices))
    if ask_for(ctx, Form("page-give", TITLE, fields, "Ask them"), values):
        return
    assert pair is not None
    give(ctx, *pair, values["person"])


def give(ctx: Context, page: Page, office: Office, person_id: str) -> None:
    """Ask somebody to take a page over; whoever chooses themself has taken it."""
    to, by = page_people.member(ctx, office, person_id), ctx.person()
    if to is None:
        raise Refusal(NOT_HERE, office=office.name, name=page.name)
    if to.id == page.owner_id:
        raise Refusal(IS_OWNER, to=to.name, name=page.name)
    waiting = handovers.open_of(ctx.db, page)
    if waiting is not None and waiting.to_id == to.id and to.id != by.id:
        raise Refusal(ASKED_ALREADY, to=to.name)
    withdrawing.withdraw_of(ctx, page, office, withdrawing.SOMEBODY_ELSE)
    owner = page_people.owner(ctx, page)
    owner = page_people.member(ctx, office, str(owner.id)) if owner else None
    new = handovers.ask(ctx.db, page, owner, to=to, by=by, now=ctx.now)
    ctx.record(by, "handover asked", pages.subject(page), office=office, to=to.name)
    if to.id == by.id:
        take(ctx, new, page, office)
        return
    offer(ctx, new, page, office, to)
    ctx.reply(ASKED, to=to.name, name=page.name, owner=owner.name if owner else "nobody")


def offer(ctx: Context, new: Handover, page: Page, office: Office, to: Person) -> None:
    """Ask somebody in private whether they take a page."""
    what = line(
        OFFER,
        by=new.by,
        name=page.name,
        kind=platforms.label(page.kind),
        office=office.name,
        url=page.url,
    )
    means = line(OFFER_MEANS, wanted=page.updates, cadence=page.cadence)
    buttons = (
        Button(TAKE, "page-take", str(new.id), Style.PRIMARY),
        Button(NOT_ME, "page-decline", str(new.id)),
    )
    about = withdrawing.subject(new)
    ctx.tell(to, Message((what, means), buttons), once=about, subject=about)


@router.press("page-take")
def take_by_button(press: Press, ctx: Context) -> None:
    """Make whoever was asked the owner."""
    take(ctx, *_offered(ctx, press))


@router.press("page-decline")
def decline(press: Press, ctx: Context) -> None:
    """Note that whoever was asked does not take the page, and tell who waits for it."""
    waiting, page, office = _offered(ctx, press)
    person = ctx.person()
    withdrawing.end(ctx, waiting, page, withdrawing.DECLINED)
    ctx.record(person, "handover declined", pages.subject(page), office=office)
    ctx.reply(DECLINED, name=page.name)
    told = message(DECLINED_TOLD, to=person.name, name=page.name, id=page.id)
    for each in concerned(ctx, waiting, office):
        if each.id != person.id:
            ctx.tell(each, told)


def _offered(ctx: Context, press: Press) -> tuple[Handover, Page, Office]:
    """Hold the handover that a button is about, or refuse: buttons may be old, or forged."""
    known, person = ctx.db.get(Handover, number(press.value)), ctx.person()
    if known is None or known.to_id != person.id:
        raise Refusal(NOT_YOURS)
    page, waiting = hold(ctx, known)
    if waiting.answered_at is not None:
        raise Refusal(GONE)
    office = people.office(ctx.db, page.office_id)
    if withdrawing.reason_to(ctx, waiting, page, office):
        raise Refusal(GONE)
    return waiting, page, office


def hold(ctx: Context, known: Handover) -> tuple[Page, Handover]:
    """Hold the page of a handover and then the handover, in the order of whoever gives a page."""
    page, waiting = pages.locked(ctx.db, known.page_id), handovers.held(ctx.db, known.id)
    assert page is not None
    assert waiting is not None
    return page, waiting


def concerned(ctx: Context, waiting: Handover, office: Office) -> list[Person]:
    """List who waits for the answer: the old owner, and whoever asked."""
    return [
        member.person
        for member in people.members(ctx.db, office)
        if member.person.id == waiting.from_id or member.person.name == waiting.by
    ]


def take(ctx: Context, waiting: Handover, page: Page, office: Office) -> None:
    """Make somebody the owner of a page; they go through its checklist, too."""
    person = people.get(ctx.db, waiting.to_id)
    withdrawing.end(ctx, waiting, page, withdrawing.TAKEN, accepted=True)
    page.owner_id, page.asked_at = person.id, None
    if page.deputy_id == person.id:
        page.deputy_id = None
    ctx.db.add(page)
    ctx.db.flush()
    was = people.get(ctx.db, waiting.from_id).name if waiting.from_id else ""
    ctx.record(
        person, "page handed over", pages.subject(page), office=office, of=was, to=person.name
    )
    ctx.reply(TAKEN, name=page.name)
    for each in concerned(ctx, waiting, office):
        if each.id != person.id:
            ctx.tell(each, message(TAKEN_TOLD, to=person.name, name=page.name))
    checklist.ask(ctx, person, [page])


@router.office_job(every=timedelta(minutes=5), among=handovers.offices)
def withdraw_handovers(ctx: Context, office: Office) -> None:
    """Take back the offers of pages whose giver or taker has left, or that were closed."""
    for known, offered in handovers.open_in(ctx.db, office):
        if not withdrawing.reason_to(ctx, known, offered, office):
            continue
        page, waiting = hold(ctx, known)  # it may be answered at this moment
        why = withdrawing.reason_to(ctx, waiting, page, office)
        if why and waiting.answered_at is None:
            withdrawing.withdraw(ctx, waiting, page, office, why)
