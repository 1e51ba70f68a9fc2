"""The public reply to a complaint: a draft like any other, which ends the complaint when posted."""

from handlers import complaint_card
from handlers.chat import message
from handlers.complaint_access import held, involvement
from handlers.context import Context, Refusal
from policy.permissions import Task, is_entitled
from policy.workflow import LABELS
from storage import complaints, people
from storage.models import Complaint, Draft, FirstReply, Office, Person

PURPOSE = "complaint-reply"
UNDERWAY = "Draft {draft} is the reply to complaint {id} already: it is {state}."
LINKED = "It is the public reply to complaint {id}, which ends when you mark it as posted."
NOT_LINKED = "It is not noted as the reply to complaint {id}: that was answered meanwhile."
NEWS = "**Complaint {id}**, which you brought in, is answered."


def answerable(ctx: Context, value: str) -> tuple[Complaint, Office]:
    """Hold a complaint that has no public reply on its way, or refuse."""
    complaint, office = held(ctx, Task.REPLY_IN_PUBLIC, value)
    if (draft := complaints.reply_underway(ctx.db, complaint)) is not None:
        state = LABELS[draft.state]
        raise Refusal(UNDERWAY, draft=draft.id, id=complaint.id, state=state)
    return complaint, office


def link(ctx: Context, draft: Draft, number: str) -> None:
    """Note that a new draft is the reply to a complaint. A draft is never lost over that."""
    if not (number.isascii() and number.isdecimal()):
        return
    complaint = complaints.locked(ctx.db, int(number))
    if complaint is None or complaint.office_id != draft.office_id:
        return
    person = ctx.person()
    involved = list(involvement(ctx, complaint, person))
    roles = people.roles(ctx.db, draft.office_id, person)
    if not is_entitled(Task.REPLY_IN_PUBLIC, roles=roles, involved=involved):
        return
    if complaint.closed_at is not None or complaints.reply_underway(ctx.db, complaint) is not None:
        ctx.reply(NOT_LINKED, id=complaint.id)
        return
    complaint.draft_id = draft.id
    ctx.db.add(complaint)
    office = people.office(ctx.db, draft.office_id)
    subject = complaints.subject(complaint)
    ctx.record(person, "public reply drafted", subject, office=office, draft=draft.id)
    complaint_card.refresh(ctx, complaint, office)
    ctx.reply(LINKED, id=complaint.id)


def posted(ctx: Context, draft: Draft) -> None:
    """End the complaint that a posted draft answers, if there is one."""
    complaint = complaints.with_reply(ctx.db, draft.id)
    if complaint is not None and complaint.closed_at is None:
        office = people.office(ctx.db, complaint.office_id)
        close(ctx, complaint, office, draft.link, draft=draft.id)


def close(
    ctx: Context, complaint: Complaint, office: Office, outcome: str, **detail: object
) -> None:
    """Note the full answer: it is the first reply, if there was no holding reply."""
    person = ctx.person()
    note_reply(ctx, complaint, FirstReply.FULL)
    complaint.closed_at, complaint.outcome = ctx.now, outcome
    ctx.db.add(complaint)
    subject = complaints.subject(complaint)
    first = complaint.answer
    ctx.record(person, "complaint answered", subject, office=office, first_reply=first, **detail)
    complaint_card.refresh(ctx, complaint, office)
    _tell(ctx, complaint, office, person)


def note_reply(ctx: Context, complaint: Complaint, kind: FirstReply) -> None:
    """Note the first reply. A later one does not change when the first came."""
    if complaint.answer is FirstReply.NONE:
        complaint.answer, complaint.answered_at = kind, ctx.now
        ctx.db.add(complaint)


def _tell(ctx: Context, complaint: Complaint, office: Office, by: Person) -> None:
    """Tell whoever brought it in, so that they can tell the citizen."""
    if complaint.by_id == by.id:
        return
    person = people.get(ctx.db, complaint.by_id)
    if people.roles(ctx.db, office.id, person):
        ctx.tell(person, message(NEWS, id=complaint.id))
