"""Complaints: what a citizen objects to is answered, within a day and by somebody in particular."""

from datetime import datetime, timedelta

from handlers import addressee, complaint_card, complaint_text, tasks
from handlers.addressee import Addressee
from handlers.chat import (
    Answer,
    Button,
    Chat,
    Command,
    Field,
    FieldKind,
    Form,
    Line,
    Message,
    Press,
    line,
)
from handlers.complaint_access import known
from handlers.context import Context, Refusal
from handlers.reading import number
from handlers.router import Router
from handlers.times import moment
from policy import durations
from policy.permissions import Task
from storage import complaints, pages, people
from storage.models import Complaint, FirstReply, Office

router = Router()

WORDS = "What do they say? Their own words, please"
WHICH = "Which page is it about?"
WHERE = "A link to it, if there is one"
DONE = (
    "Complaint {id} about {page} is before the moderators. A first or holding reply is due by "
    "{moment}; /complaints shows how it stands."
)
HIDDEN = "Their card hides {what}; whoever answers can see it in private."
NONE = "No complaint is open in your offices."
HEADING = "**Open complaints: {count}**, the oldest first"
ENTRY = "**{id}** {page}: {clock}, {owner}"
WITH_OFFICE = "**{id}** {page} ({office}): {clock}, {owner}"
LEFT = "{time} left"
LATE = "late by {time}"
HOLDING = "holding reply sent"
NOBODY = "nobody has taken it"
MORE_HOW = "/complaints with a number shows one, with its buttons."
MORE = "Show {count} more"
USAGE = "Write /complaints for all that are open, or /complaints 7 for one."
MOST = 20  # lines that are still readable on a phone


@router.command("complaint")
def bring_in(command: Command, ctx: Context) -> None:
    """Bring in a citizen's complaint: /complaint <their words>; its clock starts."""
    if said := addressee.said(command, ctx, form, which):
        keep(ctx, *said)


def which(found: list[Addressee]) -> Form:
    """Ask only for the page: the rest is known already."""
    return Form("complaint", "Complaint: which page?", (addressee.field(WHICH, found),))


def form(found: list[Addressee]) -> Form:
    """Ask for everything about it."""
    fields = (
        Field("text", WORDS, FieldKind.TEXT),
        addressee.field(WHICH, found),
        Field("link", WHERE, required=False),
    )
    return Form("complaint", "A citizen's complaint", fields, "Bring it in")


@router.form("complaint")
def bring_in_form(answer: Answer, ctx: Context) -> None:
    """Take what was written in the form."""
    keep(ctx, *addressee.answered(answer, ctx))


def keep(ctx: Context, at: Addressee, text: str, link: str) -> None:
    """Store a complaint, start its clock, and bring it before those who can answer."""
    tasks.permit(ctx, Task.COMPLAIN, at.office)
    person, office = ctx.person(), at.office
    row = Complaint(
        office_id=office.id,
        page_id=at.page_id,
        text=text,
        link=link,
        by_id=person.id,
        made_at=ctx.now,
        due_at=ctx.now + timedelta(hours=office.reply_hours),
    )
    complaints.add(ctx.db, row)
    subject = complaints.subject(row)
    due = row.due_at.isoformat()
    ctx.record(person, "complaint brought in", subject, office=office, page=at.page_id, due=due)
    complaint_card.post(ctx, row, office)
    words, _ = complaint_text.of(ctx, row, office)
    more = (line(HIDDEN, what=words.what),) if words.hidden else ()
    done = line(DONE, id=row.id, page=at.name, moment=moment(row.due_at, office))
    ctx.reply(Message((done, *more)))


@router.command("complaints")
def list_open(command: Command, ctx: Context) -> None:
    """Show the open complaints of your offices, oldest first; /complaints 7 shows one."""
    wanted = command.text.strip().lstrip("#")
    if not wanted:
        ctx.reply(view(ctx, start=0))
        return
    if not (wanted.isascii() and wanted.isdecimal() and len(wanted) <= 9):
        raise Refusal(USAGE)
    complaint, office = known(ctx, Task.SEE_COMPLAINTS, wanted)
    complaint_card.show(ctx, complaint, office, Chat(command.by.platform, command.by.user))


@router.press("complaint-card")
def show_card(press: Press, ctx: Context) -> None:
    """Show somebody the card of a complaint in private."""
    complaint, office = known(ctx, Task.SEE_COMPLAINTS, press.value)
    complaint_card.show(ctx, complaint, office, Chat(press.by.platform, press.by.user))


@router.press("complaints-more")
def show_more(press: Press, ctx: Context) -> None:
    """Show the next part of the list."""
    ctx.reply(view(ctx, start=number(press.value)))


def view(ctx: Context, *, start: int) -> Message:
    """Write a part of the list."""
    offices = {office.id: office for office, _ in people.workplaces(ctx.db, ctx.person())}
    found = complaints.waiting(ctx.db, list(offices.values()))
    if not found:
        return Message((line(NONE),))
    shown, left = found[start : start + MOST], len(found[start + MOST :])
    text = ENTRY if len(offices) == 1 else WITH_OFFICE
    lines = [_entry(ctx, each, offices[each.office_id], text) for each in shown]
    more = Button(MORE.format(count=min(left, MOST)), "complaints-more", str(start + MOST))
    parts = (line(HEADING, count=len(found)), *lines, line(MORE_HOW))
    return Message(parts, (more,) if left else ())


def _entry(ctx: Context, complaint: Complaint, office: Office, text: str) -> Line:
    page = pages.get(ctx.db, complaint.page_id).name if complaint.page_id else office.name
    taken = complaint_card.owner(ctx, complaint)
    return line(
        text,
        id=complaint.id,
        page=page,
        office=office.name,
        clock=clock_of(complaint, ctx.now),
        owner=taken.name if taken else NOBODY,
    )


def clock_of(complaint: Complaint, now: datetime) -> str:
    """Say how the clock of a complaint stands, in a few words."""
    if complaint.answer is not FirstReply.NONE:
        return HOLDING
    if now >= complaint.due_at:
        return LATE.format(time=durations.spoken(now - complaint.due_at))
    return LEFT.format(time=durations.spoken(complaint.due_at - now))
