"""Onboarding: the owner of a page confirms a short checklist, and again when its terms change."""

from datetime import timedelta

from handlers import checklist, page_people
from handlers.chat import Answer, Form, Message, Press, line
from handlers.context import Context, Refusal
from handlers.page_finding import permitted
from handlers.page_forms import NOBODY, somebody
from handlers.reading import numbers
from handlers.router import Router
from policy.page_permissions import PageAction
from storage import absences, clock, lockdowns, pages, people
from storage.models import Office, Page

router = Router()

CHASE = timedelta(days=7)
DONE = "The checklist of {name} is confirmed already."
NEW_TERMS = "The terms of {name} have changed since. Read those of {day}, then confirm here."
TITLE, DEPUTY = "A deputy", "Who else has access to {name}, and stands in for you?"
NO_DEPUTY, NO_DEPUTY_HINT = "Nobody yet", "A page that only one person can use stops with them"
NOT_YOU = "You cannot be your own deputy. Choose somebody else, or nobody yet."
THANKS = "Thank you. The checklist of **{name}** is confirmed."
IS_LIVE = "It is live: its updates count, and drafts can be filed for it."


@router.office_job(
    every=timedelta(minutes=30), among=lambda db: pages.offices_where(db, pages.to_confirm())
)
def ask_for_checklists(ctx: Context, office: Office) -> None:
    """Ask owners to confirm the checklists of their pages, and again after a week.

    Those who are away are asked when they are back.
    """
    is_open = clock.of(office).is_open(ctx.now, grace=clock.GRACE)
    if not is_open or lockdowns.is_on(ctx.db, office):
        return
    working = [member.person for member in people.members(ctx.db, office)]
    here = {person.id for person in absences.present(ctx.db, working, ctx.now)}
    due = [page for page in pages.where(ctx.db, office, pages.to_confirm()) if is_due(ctx, page)]
    wanted = [page for page in due if page.owner_id in here]
    held = pages.held(ctx.db, [page.id for page in wanted])  # another replica may have asked
    checklist.ask_owners(ctx, [page for page in held if is_due(ctx, page)])


def is_due(ctx: Context, page: Page) -> bool:
    """Tell whether the owner of a page is to be asked for its checklist, or asked again."""
    if not pages.has_to_confirm(page):
        return False
    return page.asked_at is None or ctx.now - page.asked_at >= CHASE


@router.press("checklist")
def press_confirm(press: Press, ctx: Context) -> None:
    """Confirm the checklist of a page, once it is known who else has access."""
    page, office = _asked_about(ctx, press.value)
    if checklist.deputy_of(ctx, page, office) is not None:
        confirm(ctx, page, office)
        return
    field = somebody(
        ctx, DEPUTY.format(name=page.name), [office], nobody=NO_DEPUTY, hint=NO_DEPUTY_HINT
    )
    ctx.ask(Form("page-checklist", TITLE, (field,), "Confirm", context=press.value))


@router.form("page-checklist")
def take_deputy(answer: Answer, ctx: Context) -> None:
    """Keep the deputy who was named, and confirm."""
    page, office = _asked_about(ctx, answer.context)
    chosen = answer.values.get("person", NOBODY)
    deputy = page_people.member(ctx, office, chosen)
    if deputy is not None and deputy.id == page.owner_id:
        raise Refusal(NOT_YOU)
    if deputy is not None:
        page.deputy_id = deputy.id
        ctx.record(
            ctx.person(),
            "page changed",
            pages.subject(page),
            office=office,
            what="deputy",
            now=deputy.name,
        )
    confirm(ctx, page, office)


def _asked_about(ctx: Context, value: str) -> tuple[Page, Office]:
    """Hold the page of a checklist, or refuse: its terms may be others by now."""
    page_id, version = numbers(value, 2)
    page, office = permitted(ctx, PageAction.CONFIRM, str(page_id))
    if not pages.has_to_confirm(page):
        raise Refusal(DONE, name=page.name)
    if version != checklist.version(page):
        day = f"{page.terms_on:{checklist.DAY}}" if page.terms_on else "today"
        said = line(NEW_TERMS, name=page.name, day=day)
        raise Refusal(Message((said,), (checklist.button(page),)))
    return page, office


def confirm(ctx: Context, page: Page, office: Office) -> None:
    """Write down that the owner vouches for a page. One from the chat is live from now on."""
    person = ctx.person()
    becomes_live = not pages.is_live(page)
    page.confirmed_at, page.confirmed_by_id = ctx.now, person.id
    page.confirmed_terms_on = page.terms_on
    if becomes_live:
        page.started_at = ctx.now
    ctx.db.add(page)
    ctx.db.flush()
    deputy = checklist.deputy_of(ctx, page, office)
    ctx.record(
        person,
        "checklist confirmed",
        pages.subject(page),
        office=office,
        terms=page.terms_on.isoformat() if page.terms_on else "",
        deputy=deputy.name if deputy else "",
    )
    said = [line(THANKS, name=page.name)]
    ctx.reply(Message((*said, *([line(IS_LIVE)] if becomes_live else []))))
