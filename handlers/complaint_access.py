"""Who may do what about a complaint: asked before anything is shown or changed."""

from collections.abc import Iterator

from handlers.chat import Message, Quote, line
from handlers.context import Context, Refusal
from handlers.reading import number
from handlers.tasks import permit
from handlers.times import moment
from policy.permissions import Involved, Task
from storage import complaints, people
from storage.models import Complaint, Office, Person

MISSING = "I know no complaint {id} that you could act on. /complaints lists the open ones."
CLOSED = "Complaint {id} is closed: it was answered on {moment}."
YOURS = "This is what you wrote:"


def held(ctx: Context, task: Task, value: str, *, written: str = "") -> tuple[Complaint, Office]:
    """Hold an open complaint that somebody acts on, or refuse and say why. Buttons may be forged.

    What somebody has `written` is given back to them.
    """
    complaint, office = known(ctx, task, value)
    if complaint.closed_at is not None:
        at = moment(complaint.closed_at, office)
        given = (line(YOURS), Quote(written)) if written.strip() else ()
        raise Refusal(Message((line(CLOSED, id=complaint.id, moment=at), *given)))
    return complaint, office


def known(ctx: Context, task: Task, value: str) -> tuple[Complaint, Office]:
    """Hold a complaint, open or not. To strangers it is not said that there is one."""
    wanted = number(value)
    complaint, person = complaints.locked(ctx.db, wanted), ctx.person()
    if complaint is None or not people.roles(ctx.db, complaint.office_id, person):
        raise Refusal(MISSING, id=wanted)
    office = people.office(ctx.db, complaint.office_id)
    permit(ctx, task, office, list(involvement(ctx, complaint, person)))
    return complaint, office


def involvement(ctx: Context, complaint: Complaint, person: Person) -> Iterator[Involved]:
    """Say what somebody has to do with a complaint. Whoever stands in for the page counts."""
    if complaint.owner_id == person.id:
        yield Involved.TAKER
    if person.id in complaints.page_persons(ctx.db, complaint):
        yield Involved.PAGE
    elif any(each.id == person.id for each in _hearing(ctx, complaint)):
        yield Involved.TAKER


def _hearing(ctx: Context, complaint: Complaint) -> list[Person]:
    office = people.office(ctx.db, complaint.office_id)
    return complaints.hearing(ctx.db, complaint, office, ctx.now)
