"""Registering a page: where it is, who looks after it, and how alive it is to be."""

from collections.abc import Callable, Mapping

from handlers import checklist, page_people, page_refusing
from handlers.chat import Answer, Command, Field, FieldKind, Form, Message, Option, line
from handlers.context import Context, Refusal
from handlers.page_finding import parts_of
from handlers.page_forms import ask_for, somebody
from handlers.router import Router
from handlers.words import listed
from policy import cadence_words, page_address, page_values, platforms
from policy.page_permissions import PERMISSIONS, PageAction, who
from storage import clock, pages, people
from storage.models import Office, Page, Person

router = Router()

NOT_YOURS = "You may not register pages: that is for {who} of an office."
TITLE, SUBMIT = "Register a page", "Register it"
WHERE, WHERE_HINT = "Its address", "https://facebook.example/works"
CALLED, CALLED_HINT = "Its name", "Works on Facebook"
WHOSE = "For which office?"
WHAT_KIND = "What kind of page is it?"
WHO = "Who looks after it?"
NOT_YET = "Nobody yet"
HOW_OFTEN = "How often is it to be updated?"
FEED, FEED_HINT = "Its feed, if it has one", "An RSS or Atom feed: updates count by themselves"
INSIST, INSIST_HINT = "Why is it registered all the same?", "Your name and reason go on record"
ASK_ADMIN = "If it has to be: {who} of the office can register it with a reason."
NOT_HERE = "that person does not work in {office}; choose somebody who does"
SHORT = "please give a reason of 10 characters or more"
DONE = "**{name} is registered** for {office}: page {id}, {cadence}."
TO_CONFIRM = "It is live once {owner} has confirmed its checklist. I have asked."
OWNERLESS = "It is live once it has an owner who confirms its checklist: /page give {id} to <name>."
DEFAULT = "2 per week"
CADENCE_HINT = "Such as 2 per week, 3 per fortnight or 1 per month"


@router.command("page add", *PERMISSIONS[PageAction.ADD].roles)
def add_by_words(command: Command, ctx: Context) -> None:
    """Register a page: /page add opens a form; /page add <url> <name> owner <person> does it."""
    settle(ctx, {name: value for name, value in _read(ctx, command.text).items() if value})


def _read(ctx: Context, text: str) -> dict[str, str]:
    """Read an address, a name and an owner from one line; anything may be left out."""
    said = parts_of(text, "owner")
    words = said.get("", "").split()
    url = next((word for word in words if "://" in word), "")
    values = {"url": url, "name": " ".join(word for word in words if word != url)}
    values["kind"] = page_address.kind_of(url) if _is_address(url) else ""
    offices = _offices(ctx)
    if len(offices) == 1:
        values["office"] = str(offices[0].id)
        if "owner" in said:
            values["person"] = str(page_people.called(ctx, offices[0], said["owner"]).id)
    return values


def _is_address(url: str) -> bool:
    try:
        page_address.read(url)
    except ValueError:
        return False
    return True


@router.form("page-add")
def take_page(answer: Answer, ctx: Context) -> None:
    """Register the page of the form."""
    settle(ctx, answer.values)


def _offices(ctx: Context) -> list[Office]:
    """List the offices for which somebody may register pages, or refuse."""
    places = people.workplaces(ctx.db, ctx.person())
    found = [office for office, roles in places if roles & PERMISSIONS[PageAction.ADD].roles]
    if not found:
        raise Refusal(NOT_YOURS, who=listed(who(PageAction.ADD), "or"))
    return found


def settle(ctx: Context, values: Mapping[str, str]) -> None:
    """Register a page once everything about it is known and right."""
    offices = _offices(ctx)
    if len(offices) == 1:
        values = {**values, "office": str(offices[0].id)}
    office = next((each for each in offices if str(each.id) == values.get("office")), None)
    pages.hold_register(ctx.db)
    mistakes = _mistakes(ctx, office, values)
    fields = _fields(ctx, offices)
    if personal := _personal(ctx, office, values):
        if not mistakes and _may_insist(ctx, office):
            if not _insists(ctx, values, fields, personal):
                return
            personal = {}
        mistakes |= {name: f"{why}. {_advice()}" for name, why in personal.items()}
    if ask_for(ctx, Form("page-add", TITLE, fields, SUBMIT), values, mistakes):
        return
    assert office is not None
    add(ctx, office, values)


def _advice() -> str:
    return ASK_ADMIN.format(who=listed(who(PageAction.INSIST), "or"))


def _fields(ctx: Context, offices: list[Office]) -> tuple[Field, ...]:
    whose = tuple(Option(str(office.id), office.name) for office in offices)
    kinds = tuple(Option(name, kind.label) for name, kind in platforms.KINDS.items())
    return (
        *([Field("office", WHOSE, FieldKind.CHOICE, whose)] if len(offices) > 1 else []),
        Field("url", WHERE, hint=WHERE_HINT),
        Field("name", CALLED, hint=CALLED_HINT),
        Field("kind", WHAT_KIND, FieldKind.CHOICE, kinds),
        somebody(ctx, WHO, offices, nobody=NOT_YET),
        Field("cadence", HOW_OFTEN, required=False, initial=DEFAULT, hint=CADENCE_HINT),
        Field("feed", FEED, required=False, hint=FEED_HINT),
    )


READERS: Mapping[str, Callable[[str], object]] = {
    "url": page_address.read,
    "name": page_values.name,
    "kind": page_values.kind,
    "cadence": cadence_words.read,
    "feed": page_values.feed,
}


def _mistakes(ctx: Context, office: Office | None, values: Mapping[str, str]) -> dict[str, str]:
    """Say what is wrong with what was given."""
    found = {}
    for name, read in READERS.items():
        try:
            if given := values.get(name, "").strip():
                read(given)
        except ValueError as error:
            found[name] = str(error)
    if office is None:
        return found
    url, called = values.get("url", "").strip(), page_values.plain(values.get("name", ""))
    if url and "url" not in found and (why := page_refusing.double(ctx, office, url)):
        found["url"] = why
    if called and (why := page_refusing.name_taken(ctx, office, called)):
        found["name"] = why
    owner = values.get("person", "0")
    if owner.strip("0") and page_people.member(ctx, office, owner) is None:
        found["person"] = NOT_HERE.format(office=office.name)
    return found


def _personal(ctx: Context, office: Office | None, values: Mapping[str, str]) -> dict[str, str]:
    """Say why a page seems to be in a person's name: by its address, or by its own name."""
    url, name = values.get("url", "").strip(), values.get("name", "").strip()
    found = {}
    if _is_address(url) and (why := page_refusing.personal_url(url)):
        found["url"] = why
    if office and name and (why := page_refusing.personal_name(ctx, office, name)):
        found["name"] = why
    return found


def _may_insist(ctx: Context, office: Office | None) -> bool:
    if office is None:
        return False
    roles = people.roles(ctx.db, office.id, ctx.person())
    return bool(roles & PERMISSIONS[PageAction.INSIST].roles)


def _insists(
    ctx: Context, values: Mapping[str, str], fields: tuple[Field, ...], why: Mapping[str, str]
) -> bool:
    """Tell whether an admin has given a reason; else all else is asked for, and then that."""
    lacking = [f for f in fields if f.required and not values.get(f.name, "").strip()]
    if lacking or len(values.get("insist", "").strip()) >= len("ten letters"):
        return True
    question = Field("insist", INSIST, FieldKind.TEXT, hint=INSIST_HINT)
    said = [line("{why}.", why=each) for each in why.values()]
    ctx.reply(Message(tuple(said)))
    ctx.ask(Form("page-add", "In a person's name?", (question,), SUBMIT), given=values)
    return False


def add(ctx: Context, office: Office, values: Mapping[str, str]) -> None:
    """Store a page, and ask its owner to confirm the checklist."""
    updates, cadence = cadence_words.read(values.get("cadence", "").strip() or DEFAULT)
    owner = page_people.member(ctx, office, values.get("person", ""))
    page = Page(
        office_id=office.id,
        name=page_values.name(values["name"]),
        kind=page_values.kind(values["kind"]),
        url=page_address.read(values["url"]),
        owner_id=owner.id if owner else None,
        updates=updates,
        cadence=cadence,
        week_start=clock.of(office).week_start,
        feed=page_values.feed(values.get("feed", "").strip() or "none"),
        started_at=ctx.now,
        filed=False,
    )
    pages.add(ctx.db, page)
    ctx.record(
        ctx.person(),
        "page registered",
        pages.subject(page),
        office=office,
        name=page.name,
        url=page.url,
        owner=owner.name if owner else "",
        insisted=values.get("insist", "").strip(),
    )
    ctx.reply(_receipt(page, office, owner))
    if owner is not None:
        checklist.ask(ctx, owner, [page])


def _receipt(page: Page, office: Office, owner: Person | None) -> Message:
    said = line(
        DONE,
        name=page.name,
        office=office.name,
        id=page.id,
        cadence=cadence_words.written(page.updates, page.cadence),
    )
    if owner is None:
        return Message((said, line(OWNERLESS, id=page.id)))
    return Message((said, line(TO_CONFIRM, owner=owner.name)))
