"""How an evaluation is shown: a draft that wants a signature, or signed."""

from collections.abc import Sequence

from handlers.chat import Button, Message, Quote, Style, line
from handlers.context import Context
from handlers.fitting import excerpt
from handlers.report_view import day, lines
from policy.calendar import day_of
from policy.reports import Report, Signature
from storage import evaluations, people
from storage.models import Evaluation, Office, Person, Role

LISTED = "{page}, {first} to {last}; to be signed by {due}"
READ, SIGN_IT = "Read: {name}", "Sign: {name}"
MOST_BUTTONS = 8  # evaluations with buttons in one message
DRAFT = "This is a draft until the lead signs it, by {day}."
SIGNED = "**Signed** by {name} on {day}:"
SIGN = "Sign"
LONGEST_QUOTE = 600  # characters of the comment in the chat; the files have it whole


def signers(ctx: Context, office: Office) -> list[Person]:
    """List who signs for an office: its lead; without one, its admins."""
    return people.with_role(ctx.db, office, Role.LEAD) or people.admins(ctx.db, office)


def to_be_signed(rows: Sequence[Evaluation], text: str, *, may_sign: bool) -> Message:
    """List evaluations that want a signature, with their buttons."""
    parts, buttons = [line(text)], list[Button]()
    for row in rows:
        report = evaluations.from_json(row.figures)
        days = {"first": day(report.first), "last": day(report.last)}
        due = day(day_of(row.due_at, report.timezone))
        parts.append(line(LISTED, page=report.subject, due=due, **days))
    for row in rows[:MOST_BUTTONS]:
        name = evaluations.from_json(row.figures).subject
        buttons.append(Button(READ.format(name=name), "read-evaluation", str(row.id)))
        if may_sign:
            label = SIGN_IT.format(name=name)
            buttons.append(Button(label, "sign-evaluation", str(row.id), Style.PRIMARY))
    return Message(tuple(parts), tuple(buttons))


def shown(ctx: Context, row: Evaluation, report: Report, office: Office) -> Message:
    """Write an evaluation as it stands in the chat: to be signed, or signed."""
    heading, *rest = lines(report)
    if row.signed_by_id is None or row.signed_at is None:
        due = day(day_of(row.due_at, report.timezone))
        button = Button(SIGN, "sign-evaluation", str(row.id), Style.PRIMARY)
        return Message((heading, *rest, line(DRAFT, day=due)), (button,))
    signed = signature(ctx, row, office)
    words = excerpt(signed.comment, LONGEST_QUOTE)
    return Message((heading, *rest, line(SIGNED, name=signed.by, day=day(signed.on)), Quote(words)))


def signed_report(ctx: Context, row: Evaluation, office: Office) -> Report:
    """Return an evaluation, with its signature if it has one."""
    report = evaluations.from_json(row.figures)
    return report.signed(signature(ctx, row, office)) if row.signed_at else report


def signature(ctx: Context, row: Evaluation, office: Office) -> Signature:
    """Say who signed an evaluation that is signed."""
    assert row.signed_by_id is not None
    assert row.signed_at is not None
    name = people.get(ctx.db, row.signed_by_id).name
    return Signature(name, day_of(row.signed_at, office.timezone), row.comment)
