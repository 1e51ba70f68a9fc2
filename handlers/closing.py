"""Closing a page that is not needed any more, with a reason, and opening it again."""

from collections.abc import Mapping

from handlers import checklist, page_people, withdrawing
from handlers.chat import Answer, Command, Field, FieldKind, Form, Message, Press, line
from handlers.context import Context, Refusal
from handlers.page_finding import allowed, meant, open_to, parts_of, permitted
from handlers.page_forms import ask_for, which_page
from handlers.reading import LEAST_REASON, MOST_REASON
from handlers.router import Router
from policy.page_permissions import PERMISSIONS, PageAction
from storage import pages
from storage.models import Office, Page

router = Router()

TITLE = "Close a page"
WHY, WHY_HINT = "Why?", "It is kept in the record, and shown to whoever looks for the page"
SHORT_REASON = "Please give a reason of {least} to {most} characters; this one has {count}."
CLOSED_ALREADY = "{name} is closed already."
IS_CLOSED = "**{name} is closed.** Its past stays. /page reopen {id} opens it again."
IN_FILE = "It stands in the offices file; it stays closed nevertheless, until it is opened here."
TOLD = "{by} has closed your page **{name}**: “{reason}”"
OPEN_ALREADY = "{name} is open."
NONE_CLOSED = "None of your pages is closed."
IS_OPEN = "**{name} is open again**, with a week of grace."
TO_CONFIRM = "It is live once {owner} has confirmed its checklist. I have asked."
OWNERLESS = "It has no owner: /page give {id} names one, who then confirms its checklist."
TOLD_OPEN = "{by} has opened your page **{name}** again."


@router.command("page close", *PERMISSIONS[PageAction.CLOSE].roles)
def close_by_words(command: Command, ctx: Context) -> None:
    """Close a page: /page close <page> because <reason>; alone it opens a form."""
    said = parts_of(command.text, "because")
    values = {"because": said["because"]} if "because" in said else {}
    if "" in said:
        values["page"] = str(meant(ctx, said[""])[0].id)
    settle(ctx, values)


@router.press("page-close")
def close_by_button(press: Press, ctx: Context) -> None:
    """Ask why a page is to be closed."""
    settle(ctx, {"page": press.value})


@router.form("page-close")
def take_closing(answer: Answer, ctx: Context) -> None:
    """Close the page as the form says."""
    settle(ctx, answer.values)


def settle(ctx: Context, values: Mapping[str, str]) -> None:
    """Close a page once it is known which, and why."""
    pair = permitted(ctx, PageAction.CLOSE, values["page"]) if values.get("page") else None
    if pair and not pages.is_open(pair[0]):
        raise Refusal(CLOSED_ALREADY, name=pair[0].name)
    reason = values.get("because", "").strip()
    short = SHORT_REASON.format(least=LEAST_REASON, most=MOST_REASON, count=len(reason))
    fits = LEAST_REASON <= len(reason) <= MOST_REASON
    mistakes = {"because": short} if reason and not fits else {}
    choices = [] if pair else open_to(ctx, PageAction.CLOSE)
    fields = (
        *([which_page(choices)] if choices else []),
        Field("because", WHY, FieldKind.TEXT, hint=WHY_HINT),
    )
    if ask_for(ctx, Form("page-close", TITLE, fields, "Close it"), values, mistakes):
        return
    assert pair is not None
    close(ctx, *pair, reason)


def close(ctx: Context, page: Page, office: Office, reason: str) -> None:
    """Close a page. Whoever was asked to take it over is told that this is off."""
    page.closed_at, page.closed_because = ctx.now, reason
    ctx.db.add(page)
    ctx.record(ctx.person(), "page closed", pages.subject(page), office=office, reason=reason)
    said = [line(IS_CLOSED, name=page.name, id=page.id)]
    ctx.reply(Message((*said, *([line(IN_FILE)] if page.filed else []))))
    withdrawing.withdraw_of(ctx, page, office)
    for keeper in page_people.to_be_told(ctx, page):
        told = line(TOLD, by=ctx.person().name, name=page.name, reason=reason)
        ctx.tell(keeper, Message((told,)))


@router.command("page reopen", *PERMISSIONS[PageAction.CLOSE].roles)
def reopen_by_words(command: Command, ctx: Context) -> None:
    """Open a closed page again: /page reopen <page>."""
    given = command.text.strip()
    reopen_chosen(ctx, {"page": str(meant(ctx, given)[0].id)} if given else {})


@router.press("page-reopen")
def reopen_by_button(press: Press, ctx: Context) -> None:
    """Open a closed page again."""
    reopen_chosen(ctx, {"page": press.value})


@router.form("page-reopen")
def take_reopening(answer: Answer, ctx: Context) -> None:
    """Open the page that was chosen."""
    reopen_chosen(ctx, answer.values)


def reopen_chosen(ctx: Context, values: Mapping[str, str]) -> None:
    """Open the page that is meant, or ask which of the closed ones it is."""
    if values.get("page"):
        reopen(ctx, *permitted(ctx, PageAction.CLOSE, values["page"]))
        return
    mine = allowed(ctx, PageAction.CLOSE, ctx.person())
    closed = [pair for pair in mine if not pages.is_open(pair[0])]
    if not closed:
        raise Refusal(NONE_CLOSED)
    ctx.ask(Form("page-reopen", "Open a page again", (which_page(closed),), "Open it"))


def reopen(ctx: Context, page: Page, office: Office) -> None:
    """Open a page again. One that is not in the offices file is confirmed anew by its owner."""
    if pages.is_open(page):
        raise Refusal(OPEN_ALREADY, name=page.name)
    page.filed = page.filed and page.active
    page.active, page.closed_at, page.closed_because = True, None, ""
    page.started_at, page.asked_at = ctx.now, None
    if not page.filed:
        page.confirmed_at = None
    ctx.db.add(page)
    ctx.db.flush()
    ctx.record(ctx.person(), "page opened again", pages.subject(page), office=office)
    keeper = page_people.owner(ctx, page)
    keeper = page_people.member(ctx, office, str(keeper.id)) if keeper else None
    lines = [line(IS_OPEN, name=page.name)]
    if keeper is None:
        lines.append(line(OWNERLESS, id=page.id))
    elif not pages.is_live(page):
        lines.append(line(TO_CONFIRM, owner=keeper.name))
    ctx.reply(Message(tuple(lines)))
    for told in page_people.to_be_told(ctx, page):
        news = line(TOLD_OPEN, by=ctx.person().name, name=page.name)
        ctx.tell(told, Message((news,)))
    if keeper is not None and pages.has_to_confirm(page):
        checklist.ask(ctx, keeper, [page])
