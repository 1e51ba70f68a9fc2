"""Reports of any days: what the record says of an office or a page, as message and files."""

from collections.abc import Sequence

from handlers.chat import Command, Message
from handlers.context import Context, Refusal
from handlers.report_files import send_files
from handlers.report_view import lines
from handlers.router import Router
from handlers.words import listed
from policy import spans
from policy.calendar import day_of
from policy.permissions import TASKS, Task, is_entitled
from storage import evaluation, pages, people
from storage.models import Office, Page

router = Router()

NO_OFFICE = "There is no office whose reports you may read."
WHICH = "You work in several offices. Name the one you mean: /report {example} last quarter"
SEVERAL = "Several offices have a page of that name: {names}. Write the office before the page."


@router.command("report", *TASKS[Task.READ_REPORTS].roles)
def show_report(command: Command, ctx: Context) -> None:
    """Show figures of your office or a page: /report last quarter, /report <page> 2026-05."""
    office, page, rest = subject(command, ctx)
    zone = (page.timezone if page else "") or office.timezone
    try:
        span = spans.read(rest, day_of(ctx.now, zone), zone)
    except ValueError as error:
        raise Refusal("{why}", why=error) from None
    report = evaluation.report(ctx.db, office, span, ctx.now, page=page, before=span.previous())
    ctx.record(
        ctx.person(),
        "report asked for",
        pages.subject(page) if page else f"office:{office.id}",
        office=office,
        first=str(span.first),
        last=str(span.last),
    )
    ctx.reply(Message(tuple(lines(report))))
    send_files(ctx, report)


def subject(command: Command, ctx: Context) -> tuple[Office, Page | None, str]:
    """Find out about which office or page somebody asks, and what is left of their words."""
    mine = [
        office
        for office, roles in people.workplaces(ctx.db, ctx.person())
        if is_entitled(Task.READ_REPORTS, roles=roles)
    ]
    if not mine:
        raise Refusal(NO_OFFICE)
    text = " ".join(command.text.split())
    named = _named(text, [office.name for office in mine])
    among = [office for office in mine if office.name == named] if named else mine
    text = text[len(named) :].strip()
    known = [(page, office) for office in among for page in pages.all_of(ctx.db, office)]
    called = _named(text, [page.name for page, _ in known])
    if called:
        found = [(page, office) for page, office in known if page.name == called]
        if len(found) > 1:
            raise Refusal(SEVERAL, names=listed([office.name for _, office in found]))
        return found[0][1], found[0][0], text[len(called) :].strip()
    return _office(command, ctx, among), None, text


def _office(command: Command, ctx: Context, among: Sequence[Office]) -> Office:
    here = people.office_of_chat(ctx.db, command.chat.platform, command.chat.id)
    if here is not None and here.id in {office.id for office in among}:
        return here
    if len(among) > 1:
        raise Refusal(WHICH, example=among[0].name)
    return among[0]


def _named(text: str, names: Sequence[str]) -> str:
    """Return the longest of some names with which a text begins; nothing if there is none."""
    said = f"{text} ".casefold()
    found = [name for name in names if said.startswith(f"{' '.join(name.split())} ".casefold())]
    return max(found, key=len, default="")
