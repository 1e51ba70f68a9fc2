"""Pausing a page: for a while, with a reason, nothing is expected of it. Drafts go on."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from handlers import page_people, page_standing
from handlers.chat import Answer, Command, Field, FieldKind, Form, Message, Press, line
from handlers.context import Context, Refusal
from handlers.page_finding import meant, open_to, parts_of, permitted
from handlers.page_forms import ask_for, which_page
from handlers.reading import LEAST_REASON, MOST_REASON
from handlers.router import Router
from policy.calendar import day_of, moment_at
from policy.day_words import read_day
from policy.page_permissions import PageAction
from storage import pages
from storage.models import Office, Page

router = Router()

TITLE = "Pause a page"
UNTIL, UNTIL_HINT = "Until which day?", "Thursday, or 2026-12-04; that day is part of the pause"
WHY, WHY_HINT = "Why?", "The weekly message shows it to the office"
CLOSED = "{name} is closed, so nothing is expected of it anyway."
NO_DAY = "“{given}” is no day. Write Thursday, or 2026-12-04."
OVER = "{day} is over. Choose a day that is still to come."
TOO_LONG = "A pause has at most a year. Close the page if it is not needed: /page close."
SHORT_REASON = "Please give a reason of {least} to {most} characters; this one has {count}."
IS_PAUSED = "**{name} is paused** until the end of {day}. /page resume {id} ends that."
GOES_ON = "Nobody is nudged about it and no week counts as short. Drafts for it go on as usual."
NOT_PAUSED = "{name} is not paused."
RESUMED = "**{name} is not paused any more.** Its updates count again, from its next week on."
TOLD = "{by} has paused your page **{name}** until the end of {day}: “{reason}”"
TOLD_RESUMED = "{by} has ended the pause of your page **{name}**."
LONGEST = timedelta(days=366)


@router.command("page pause")
def pause_by_words(command: Command, ctx: Context) -> None:
    """Pause a page: /page pause <page> until Friday because <reason>; alone it opens a form."""
    said = parts_of(command.text, "until", "because")
    named = {"page": str(meant(ctx, said.pop(""))[0].id)} if "" in said else {}
    settle(ctx, {**said, **named})


@router.press("page-pause")
def pause_by_button(press: Press, ctx: Context) -> None:
    """Ask until when and why."""
    settle(ctx, {"page": press.value})


@router.form("page-pause")
def take_pause(answer: Answer, ctx: Context) -> None:
    """Pause the page as the form says."""
    settle(ctx, answer.values)


def settle(ctx: Context, values: Mapping[str, str]) -> None:
    """Pause a page once it is known which, until when and why."""
    pair = _page(ctx, values.get("page", ""))
    day, wrong = until(ctx, values.get("until", ""), pair)
    mistakes = {"until": wrong} if wrong else {}
    reason = values.get("because", "").strip()
    if reason and not LEAST_REASON <= len(reason) <= MOST_REASON:
        mistakes["because"] = SHORT_REASON.format(
            least=LEAST_REASON, most=MOST_REASON, count=len(reason)
        )
    choices = [] if pair else open_to(ctx, PageAction.PAUSE)
    if ask_for(ctx, Form("page-pause", TITLE, _fields(choices), "Pause it"), values, mistakes):
        return
    assert pair is not None
    assert day is not None
    pause(ctx, *pair, day, reason)


def _fields(choices: list[tuple[Page, Office]]) -> tuple[Field, ...]:
    return (
        *([which_page(choices)] if choices else []),
        Field("until", UNTIL, hint=UNTIL_HINT),
        Field("because", WHY, FieldKind.TEXT, hint=WHY_HINT),
    )


def _page(ctx: Context, given: str) -> tuple[Page, Office] | None:
    if not given:
        return None
    page, office = permitted(ctx, PageAction.PAUSE, given)
    if not pages.is_open(page):
        raise Refusal(CLOSED, name=page.name)
    return page, office


def until(ctx: Context, given: str, pair: tuple[Page, Office] | None) -> tuple[date | None, str]:
    """Read the last day of a pause, or say what is wrong with it."""
    if not given.strip() or pair is None:
        return None, ""
    words = given.lower().removeprefix("until ").strip()
    today = _today(ctx, *pair)
    try:
        day = read_day(words, today + timedelta(days=1), today)
    except ValueError:
        day = None
    if day is None:
        return None, NO_DAY.format(given=given)
    if day < today:
        return None, OVER.format(day=day)
    return (None, TOO_LONG) if day - today > LONGEST else (day, "")


def _today(ctx: Context, page: Page, office: Office) -> date:
    return day_of(ctx.now, page.timezone or office.timezone)


def pause(ctx: Context, page: Page, office: Office, day: date, reason: str) -> None:
    """Pause a page to the end of a day. One that is paused already goes on being paused."""
    if not pages.is_paused(page, ctx.now):
        page.paused_from = ctx.now
    page.paused_until, page.pause_reason = _end(page, office, day), reason
    ctx.db.add(page)
    ctx.record(
        ctx.person(),
        "page paused",
        pages.subject(page),
        office=office,
        until=page.paused_until.isoformat(),
        reason=reason,
    )
    last = page_standing.last_day(page, office)
    said = line(IS_PAUSED, name=page.name, day=last, id=page.id)
    ctx.reply(Message((said, line(GOES_ON))))
    for keeper in page_people.to_be_told(ctx, page):
        told = line(TOLD, by=ctx.person().name, name=page.name, day=last, reason=reason)
        ctx.tell(keeper, Message((told,)))


def _end(page: Page, office: Office, day: date) -> datetime:
    return moment_at(page.timezone or office.timezone, day + timedelta(days=1), time(0))


@router.command("page resume")
def resume_by_words(command: Command, ctx: Context) -> None:
    """End the pause of a page: /page resume <page>."""
    given = command.text.strip()
    values = {"page": str(meant(ctx, given)[0].id)} if given else {}
    resume_chosen(ctx, values)


@router.press("page-resume")
def resume_by_button(press: Press, ctx: Context) -> None:
    """End the pause of a page."""
    resume_chosen(ctx, {"page": press.value})


@router.form("page-resume")
def take_resume(answer: Answer, ctx: Context) -> None:
    """End the pause of the page that was chosen."""
    resume_chosen(ctx, answer.values)


def resume_chosen(ctx: Context, values: Mapping[str, str]) -> None:
    """End the pause of the page that is meant, or ask which of the paused ones it is."""
    if not values.get("page"):
        paused = [
            pair for pair in open_to(ctx, PageAction.PAUSE) if pages.is_paused(pair[0], ctx.now)
        ]
        if len(paused) != 1:
            ask_which(ctx, paused)
            return
        values = {"page": str(paused[0][0].id)}
    page, office = permitted(ctx, PageAction.PAUSE, values["page"])
    if not pages.is_paused(page, ctx.now):
        raise Refusal(NOT_PAUSED, name=page.name)
    page.paused_until = ctx.now
    ctx.db.add(page)
    ctx.record(ctx.person(), "page resumed", pages.subject(page), office=office)
    ctx.reply(RESUMED, name=page.name)
    for keeper in page_people.to_be_told(ctx, page):
        told = line(TOLD_RESUMED, by=ctx.person().name, name=page.name)
        ctx.tell(keeper, Message((told,)))


def ask_which(ctx: Context, paused: list[tuple[Page, Office]]) -> None:
    """Ask which of several paused pages is meant."""
    if not paused:
        raise Refusal(NOT_PAUSED, name="None of your pages")
    ctx.ask(Form("page-resume", "End a pause", (which_page(paused),), "End it"))
