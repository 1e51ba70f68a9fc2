"""What is done about a complaint: somebody takes it, replies, takes it offline, and ends it."""

from collections.abc import Iterator

from handlers import complaint_card, complaint_reply
from handlers.chat import Answer, Field, FieldKind, Form, Message, Part, Press, Quote, line, message
from handlers.complaint_access import YOURS, held, known
from handlers.context import Context, Refusal
from handlers.router import Router
from handlers.times import moment
from policy.languages import NAMES
from policy.permissions import Task
from policy.private_messages import languages, private_message
from storage import complaints, pages, people
from storage.models import Complaint, FirstReply, Office, Person

router = Router()

IS_YOURS = "You have taken complaint {id} already."
TAKEN = "Complaint {id} is yours now. A first or holding reply is due by {moment}."
TAKEN_REPLIED = "Complaint {id} is yours now."
TAKEN_OVER = "**{name}** has taken complaint {id} over from you."
REPLIED = "A first reply to complaint {id} is noted already, on {moment}."
HELD = "Noted: the holding reply to complaint {id} went out. It stays open until it is answered."
WHAT = "The link to your answer, or a word on how it ended"
WHAT_HINT = "Please name nobody, and no personal details: it stands on the card"
LEAST, MOST = 3, 500  # characters of an outcome
NO_OUTCOME = "Please write {least} to {most} characters; these are {count}. It is still open."
DONE = "Complaint {id} is answered. Thank you."
OFFLINE = "**Complaint {id}: a private message to send**"
NO_DETAILS = "It repeats nothing the citizen wrote. Keep it so: no names, numbers or addresses."
IN_LANGUAGE = "In {language}:"
NEXT = "Once you have sent it, press “Holding reply sent” on the card: the clock runs until then."
WHOLE = "**Complaint {id}**, in the citizen's own words. Please do not pass them on:"
MOST_CONTACTS = 2


@router.press("complaint-take")
def take(press: Press, ctx: Context) -> None:
    """Let somebody answer for a complaint; whoever had it hears that they have not any more."""
    complaint, office = held(ctx, Task.TAKE_COMPLAINT, press.value)
    person, before = ctx.person(), complaint_card.owner(ctx, complaint)
    if before is not None and before.id == person.id:
        raise Refusal(IS_YOURS, id=complaint.id)
    complaint.owner_id = person.id
    ctx.db.add(complaint)
    _record(ctx, "complaint taken", complaint, office, before=before.name if before else "")
    complaint_card.refresh(ctx, complaint, office)
    if before is not None and people.roles(ctx.db, office.id, before):
        ctx.tell(before, message(TAKEN_OVER, name=person.name, id=complaint.id))
    text = TAKEN if complaint.answer is FirstReply.NONE else TAKEN_REPLIED
    ctx.reply(text, id=complaint.id, moment=moment(complaint.due_at, office))


@router.press("complaint-holding")
def note_holding_reply(press: Press, ctx: Context) -> None:
    """Note that the citizen has heard that an answer will come."""
    complaint, office = held(ctx, Task.ANSWER_COMPLAINT, press.value)
    if complaint.answered_at is not None:
        raise Refusal(REPLIED, id=complaint.id, moment=moment(complaint.answered_at, office))
    complaint_reply.note_reply(ctx, complaint, FirstReply.HOLDING)
    in_time = ctx.now <= complaint.due_at
    _record(ctx, "holding reply sent", complaint, office, in_time=in_time)
    complaint_card.refresh(ctx, complaint, office)
    ctx.reply(HELD, id=complaint.id)


@router.press("complaint-answered")
def ask_for_outcome(press: Press, ctx: Context) -> None:
    """Ask how a complaint was answered."""
    complaint, _ = held(ctx, Task.ANSWER_COMPLAINT, press.value)
    field = Field("outcome", WHAT, FieldKind.TEXT, hint=WHAT_HINT)
    title = f"Complaint {complaint.id}"[:24]
    ctx.ask(Form("complaint-answered", title, (field,), "Answered", str(complaint.id)))


@router.form("complaint-answered")
def take_outcome(answer: Answer, ctx: Context) -> None:
    """End a complaint."""
    outcome = answer.values.get("outcome", "").strip()
    complaint, office = held(ctx, Task.ANSWER_COMPLAINT, answer.context, written=outcome)
    if not LEAST <= len(outcome) <= MOST:
        said = line(NO_OUTCOME, least=LEAST, most=MOST, count=len(outcome))
        raise Refusal(Message((said, *((line(YOURS), Quote(outcome)) if outcome else ()))))
    complaint_reply.close(ctx, complaint, office, outcome)
    ctx.reply(DONE, id=complaint.id)


@router.press("complaint-offline")
def take_offline(press: Press, ctx: Context) -> None:
    """Note that it goes on in private, and hand out a message to begin that with."""
    complaint, office = held(ctx, Task.ANSWER_COMPLAINT, press.value)
    if complaint.offline_at is None:
        complaint.offline_at = ctx.now
        ctx.db.add(complaint)
        _record(ctx, "complaint taken offline", complaint, office)
        complaint_card.refresh(ctx, complaint, office)
    ctx.reply(Message(tuple(_private_message(ctx, complaint, office))))


def _private_message(ctx: Context, complaint: Complaint, office: Office) -> Iterator[Part]:
    page = pages.get(ctx.db, complaint.page_id) if complaint.page_id is not None else None
    contacts = (page.directory if page else None) or office.directory
    yield line(OFFLINE, id=complaint.id)
    for each in languages(page.languages if page else ()):
        yield line(IN_LANGUAGE, language=NAMES[each])
        yield Quote(
            private_message(
                each,
                office=office.name,
                number=complaint.id,
                contact=", ".join(contacts[:MOST_CONTACTS]),
            )
        )
    yield line(NO_DETAILS)
    if complaint.answer is FirstReply.NONE:
        yield line(NEXT)


@router.press("complaint-whole")
def show_whole(press: Press, ctx: Context) -> None:
    """Show all of it to whoever answers. That is recorded; the words are not kept in the chat."""
    complaint, office = known(ctx, Task.READ_COMPLAINT, press.value)
    _record(ctx, "complaint read whole", complaint, office)
    link = complaint.link if complaint.link not in complaint.text else ""
    parts = (line(WHOLE, id=complaint.id), Quote(complaint.text))
    ctx.reply(Message((*parts, *((Quote(link),) if link else ()))), fleeting=True)


def _record(
    ctx: Context, action: str, complaint: Complaint, office: Office, **detail: object
) -> None:
    person: Person = ctx.person()
    ctx.record(person, action, complaints.subject(complaint), office=office, **detail)
