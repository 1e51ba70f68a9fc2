"""Changing what is known of a page: its cadence, deputy, feed, and whatever else."""

from collections.abc import Mapping

from handlers import page_news, page_people
from handlers.chat import Answer, Command, Field, FieldKind, Form, Message, Option, Press, line
from handlers.context import Context, Refusal
from handlers.page_finding import meant, open_to, permitted
from handlers.page_forms import ASKED, ask_for, which_page
from handlers.page_news import News
from handlers.reading import LEAST_REASON
from handlers.router import Router
from policy import page_values
from policy.page_permissions import PERMISSIONS, PageAction
from policy.page_values import LABELS, OF_OWNERS, OF_THE_FILE, What
from storage import importing, pages, people
from storage.models import Office, Page

router = Router()

TITLE, SUBMIT = "Change a page", "Change it"
WHAT_IS_IT = "What is to change?"
CLOSED = "{name} is closed. Open it first: /page reopen {id}."
FILED = (
    "{name} stands in the offices file, which knows it by its name, kind and address: change "
    "those there."
)
DONE = "**{name}**: {what} is now {now}."
SAME = "{name}: {what} is {now} already. Nothing was changed."
STAYS = "That stays until the offices file says something new about it."
ASK_ADMIN = "An admin of the office can change it all the same, with a reason."
INSIST, INSIST_HINT = "Why all the same?", "Your name and reason go on record"
TOLD = "{by} has changed your page **{name}**: {what} is now {now}."
TERMS = "Its owner is asked to confirm the checklist anew."


@router.command("page change")
def change_by_words(command: Command, ctx: Context) -> None:
    """Change a page: /page change <page> cadence 2 per fortnight; alone it opens a form."""
    settle(ctx, _read(ctx, command.text))


def _read(ctx: Context, text: str) -> dict[str, str]:
    """Read which page, what of it and what it is to be; the rest may be left out."""
    words = text.split()
    for at, word in enumerate(words):
        found = page_values.what(word)
        if at and found:
            page, _ = meant(ctx, " ".join(words[:at]))
            value = " ".join(words[at + 1 :])
            return {"page": str(page.id), "what": found, "value": value}
    return {"page": str(meant(ctx, text)[0].id)} if words else {}


@router.press("page-change")
def change_by_button(press: Press, ctx: Context) -> None:
    """Ask what is to change of a page."""
    settle(ctx, {"page": press.value})


@router.form("page-change")
def take_change(answer: Answer, ctx: Context) -> None:
    """Change what was chosen, once it is known what it is to be."""
    settle(ctx, answer.values)


def settle(ctx: Context, values: Mapping[str, str]) -> None:
    """Change a page once it is known which, what of it, and to what."""
    page, office, what = _chosen(ctx, values)
    if page is None or office is None or what is None:
        fields = _first(ctx, page, office)
        ask_for(ctx, Form("page-change", TITLE, fields, "Go on"), _without_mark(values))
        return
    given, field = values.get("value", "").strip(), page_news.field(ctx, what, page, office)
    try:
        news = page_news.read(ctx, what, given, page, office) if given else None
        mistakes: dict[str, str] = {}
    except ValueError as error:
        news, mistakes = None, {"value": str(error)}
    if news and news.personal and len(values.get("insist", "").strip()) < LEAST_REASON:
        if _may_insist(ctx, office):
            _ask_why(ctx, values, news.personal)
            return
        mistakes = {"value": f"{news.personal}. {ASK_ADMIN}"}
    if ask_for(ctx, Form("page-change", TITLE, (field,), SUBMIT), values, mistakes):
        return
    assert news is not None
    put(ctx, news, page, office, values.get("insist", "").strip())


def _without_mark(values: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in values.items() if name != ASKED}


def _chosen(
    ctx: Context, values: Mapping[str, str]
) -> tuple[Page | None, Office | None, What | None]:
    """Hold the page that is to change, and say what of it is, as far as that is known."""
    what = page_values.what(values.get("what", ""))
    if not values.get("page"):
        return None, None, what
    action = PageAction.CHANGE_OWN if what is None or what in OF_OWNERS else PageAction.CHANGE
    page, office = permitted(ctx, action, values["page"])
    if not pages.is_open(page):
        raise Refusal(CLOSED, name=page.name, id=page.id)
    if page.filed and what in OF_THE_FILE:
        raise Refusal(FILED, name=page.name)
    return page, office, what


def _first(ctx: Context, page: Page | None, office: Office | None) -> tuple[Field, ...]:
    """Ask which page, and what of it is to change: what is in the speaker's power."""
    choices = [] if page else open_to(ctx, PageAction.CHANGE_OWN)
    offices = [office] if office else [each for _, each in choices]
    person = ctx.person()
    roles = {role for each in offices for role in people.roles(ctx.db, each.id, person)}
    all_of_it = bool(roles & PERMISSIONS[PageAction.CHANGE].roles)
    able = [each for each in What if all_of_it or each in OF_OWNERS]
    if page is not None and page.filed:
        able = [each for each in able if each not in OF_THE_FILE]
    options = tuple(Option(each, LABELS[each]) for each in able)
    what = Field("what", WHAT_IS_IT, FieldKind.CHOICE, options)
    return (*([which_page(choices)] if choices else []), what)


def _may_insist(ctx: Context, office: Office) -> bool:
    roles = people.roles(ctx.db, office.id, ctx.person())
    return bool(roles & PERMISSIONS[PageAction.INSIST].roles)


def _ask_why(ctx: Context, values: Mapping[str, str], personal: str) -> None:
    question = Field("insist", INSIST, FieldKind.TEXT, hint=INSIST_HINT)
    ctx.reply("{why}.", why=personal)
    ctx.ask(Form("page-change", "In a person's name?", (question,), SUBMIT), given=values)


def put(ctx: Context, news: News, page: Page, office: Office, insisted: str) -> None:
    """Change a page, and tell its owner if somebody else did it."""
    said = {"name": page.name, "what": LABELS[news.what], "now": news.said}
    if not importing.apply(page, dict(news.columns)):
        ctx.reply(Message((line(SAME, **said),)))
        return
    if news.what is What.TERMS:
        page.asked_at = None  # the owner is asked anew, soon
    ctx.db.add(page)
    ctx.db.flush()
    ctx.record(
        ctx.person(),
        "page changed",
        pages.subject(page),
        office=office,
        what=news.what,
        now=news.said,
        insisted=insisted,
    )
    lines = [line(DONE, **said)]
    if pages.has_to_confirm(page) and news.what is What.TERMS:
        lines.append(line(TERMS))
    if page.filed:
        lines.append(line(STAYS))
    ctx.reply(Message(tuple(lines)))
    for keeper in page_people.to_be_told(ctx, page):
        ctx.tell(keeper, Message((line(TOLD, by=ctx.person().name, **said),)))
