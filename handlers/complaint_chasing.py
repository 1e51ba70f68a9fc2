"""Chasing complaints: before the clock is over whoever has it hears, then the chat and the lead.

By the wall clock: a citizen who waits does not know the hours of an office. After a holding reply
whoever has it is asked for the answer once a week, in working hours.
"""

from datetime import timedelta

from handlers import complaint_card
from handlers.chat import Button, Chat, Line, Message, Style, line
from handlers.context import Context
from handlers.router import Router
from handlers.times import moment
from policy.complaints import is_reminder_due
from storage import absences, clock, complaints, notices, people
from storage.models import Complaint, FirstReply, Office, Role

router = Router()

AT_ONCE = 5  # complaints in one transaction
SOON = "⏳ A first or holding reply is due by {moment}, and none is noted."
STILL_OPEN = "⏳ A holding reply was sent on {moment}, and no answer is noted since."
YOU_TOOK_IT = "You have taken it, or stand in for whoever has."
YOUR_PAGE = "Nobody has taken it; you look after its page, or stand in for whoever does."
CALL = "Nobody who would answer for it can be reached. Please take it."
LATE = "🔴 It is late: a first or holding reply was due by {moment}."
WHO = "{name} has taken it."
NOBODY = "Nobody has taken it. Please see that somebody does."
HOW = "/complaints {id} shows it."


@router.office_job(every=timedelta(minutes=1), among=complaints.offices_with_waiting)
def chase_complaints(ctx: Context, office: Office) -> None:
    """Remind of each complaint before its clock is over, and say once that it is."""
    for complaint_id in complaints.unanswered_soon(ctx.db, office, ctx.now):
        complaint = complaints.locked(ctx.db, complaint_id)
        if complaint is None or complaint.closed_at or complaint.answer is not FirstReply.NONE:
            continue
        if ctx.now >= complaint.due_at:
            say_late(ctx, complaint, office)
        elif is_reminder_due(ctx.now, complaint.due_at, clock.of(office)):
            due = line(SOON, moment=moment(complaint.due_at, office))
            remind(ctx, complaint, office, due, once=f"complaint-soon:{complaint.id}")


@router.office_job(every=timedelta(minutes=5), due=complaints.offices_with_promised)
def ask_for_answers(ctx: Context, office: Office) -> None:
    """Remind once a week of the complaints that had a holding reply and no answer since.

    A few at a time, so that nobody's vote waits; the rest has its turn.
    """
    if not clock.of(office).is_open(ctx.now):
        return
    week = complaints.PROMISED
    keys = {
        f"complaint-promised:{each.id}:{(ctx.now - each.answered_at) // week}": each.id
        for each in complaints.promised(ctx.db, office, ctx.now - week)
        if each.answered_at
    }
    said = notices.known(ctx.db, keys)
    for once in [key for key in keys if key not in said][:AT_ONCE]:
        complaint = complaints.locked(ctx.db, keys[once])
        if complaint and complaint.answered_at and not complaint.closed_at:
            due = line(STILL_OPEN, moment=moment(complaint.answered_at, office))
            remind(ctx, complaint, office, due, once=once)


def remind(ctx: Context, complaint: Complaint, office: Office, due: Line, *, once: str) -> None:
    """Remind whoever took it, else whoever looks after the page, else the moderators' chat."""
    if not ctx.is_first(once):
        return
    heard = complaints.hearing(ctx.db, complaint, office, ctx.now)
    about = complaint_card.title(ctx, complaint, office)
    by_owner = complaints.heard_for(ctx.db, complaint.owner_id, office, ctx.now)
    why = line(YOU_TOOK_IT if by_owner else YOUR_PAGE)
    show = Button("Show me the complaint", "complaint-card", str(complaint.id), Style.PRIMARY)
    for person in heard:
        ctx.tell(person, Message((about, due, why), (show,)))
    if not heard:
        parts = (about, due, line(CALL), line(HOW, id=complaint.id))
        ctx.say(Chat(office.platform, office.chat), Message(parts))
    names = [person.name for person in heard]
    subject = complaints.subject(complaint)
    ctx.record("bot", "complaint: reminded", subject, office=office, told=names)


def say_late(ctx: Context, complaint: Complaint, office: Office) -> None:
    """Say in the moderators' chat and to the lead that the clock is over."""
    if not ctx.is_first(f"complaint-late:{complaint.id}"):
        return
    complaint_card.refresh(ctx, complaint, office)
    taken = complaint_card.owner(ctx, complaint)
    said = Message(
        (
            complaint_card.title(ctx, complaint, office),
            line(LATE, moment=moment(complaint.due_at, office)),
            line(WHO, name=taken.name) if taken else line(NOBODY),
            line(HOW, id=complaint.id),
        )
    )
    ctx.say(Chat(office.platform, office.chat), said)
    leads = people.with_role(ctx.db, office, Role.LEAD)
    heard = absences.stand_ins(ctx.db, office, leads, ctx.now)
    for person in heard:
        ctx.tell(person, said)
    names = [person.name for person in heard]
    subject = complaints.subject(complaint)
    ctx.record("bot", "complaint: late", subject, office=office, told=names)
