"""Signing evaluations: the lead reads what the record says, and signs it with a comment, once."""

from collections.abc import Sequence
from datetime import timedelta

from handlers import evaluation_view
from handlers.chat import Answer, Chat, Field, FieldKind, Form, Message, Press, Quote, line
from handlers.context import Context, Refusal
from handlers.evaluation_view import SIGN, signature
from handlers.reading import number
from handlers.report_files import captioned, files, send_files
from handlers.report_view import day
from handlers.router import Router
from policy.permissions import Task, is_entitled
from storage import absences, clock, evaluations, outbox, pages, people
from storage.models import Evaluation, Office, Page, Person, Role

router = Router()

OVERDUE = "**Please sign**: these evaluations are overdue."
NOBODY_SIGNED = "**Nobody has signed** these evaluations for four weeks. The lead was reminded:"
WEEKS_FOR_ADMINS = 4
TITLE = "Sign the evaluation"
COMMENT = "What do you conclude from it?"
HINT = "Your words stand below the evaluation and in the record. The figures stay as they are."
LEAST, MOST = 3, 1000  # characters of a comment
TOO_SHORT = f"Write at least {LEAST} characters of a comment. Nothing was signed."
TOO_LONG = f"A comment has at most {MOST} characters; this one has {{count}}. Nothing was signed."
YOURS = "This is what you wrote:"
MISSING = "I know no such evaluation in your offices."
NOT_LEAD = "Only the lead of {office} signs its evaluations."
NO_LEAD = "{office} has no lead, so an admin of it signs its evaluations."
TWICE = "{name} has signed it already, on {day}. An evaluation is signed once."
THANKS = "Signed. It stands so in the moderators' chat of {office}."
AS_SIGNED = "The evaluation as it was signed"


@router.press("sign-evaluation")
def offer_to_sign(press: Press, ctx: Context) -> None:
    """Ask the lead for the comment."""
    row, _, _ = to_sign(ctx, press.value)
    field = Field("comment", COMMENT, FieldKind.TEXT, hint=HINT)
    ctx.ask(Form("sign-evaluation", TITLE, (field,), submit=SIGN, context=str(row.id)))


@router.form("sign-evaluation")
def sign(answer: Answer, ctx: Context) -> None:
    """Sign an evaluation, with a comment. The figures stay as they were made."""
    comment = answer.values.get("comment", "").strip()
    row, page, office = to_sign(ctx, answer.context, comment)
    if not LEAST <= len(comment) <= MOST:
        text = TOO_SHORT if len(comment) < LEAST else TOO_LONG.format(count=len(comment))
        raise refused(text, comment)
    lead = ctx.person()
    evaluations.sign(ctx.db, row, lead, ctx.now, comment)
    ctx.record(
        lead,
        "evaluation signed",
        evaluations.subject(row.id),
        office=office,
        page=page.name,
        comment=comment,
        digest=evaluations.digest(row),
    )
    show_signed(ctx, row, office)
    ctx.reply(THANKS, office=office.name)


def show_signed(ctx: Context, row: Evaluation, office: Office) -> None:
    """Let every copy of the message say who signed, and put the signed files below that of all."""
    signed = evaluation_view.signed_report(ctx, row, office)
    for posted in outbox.about(ctx.db, evaluations.subject(row.id)):
        ctx.edit(posted.id, evaluation_view.shown(ctx, row, signed, office))
        chat = Chat(posted.platform, posted.chat)
        for file in files(signed):
            ctx.say(chat, captioned(AS_SIGNED, file), under=posted.id)


@router.press("read-evaluation")
def read_evaluation(press: Press, ctx: Context) -> None:
    """Show an evaluation in private, with its picture and its files."""
    row, _, office = readable(ctx, press.value)
    report = evaluation_view.signed_report(ctx, row, office)
    ctx.reply(evaluation_view.shown(ctx, row, report, office))
    send_files(ctx, report)


@router.office_job(every=timedelta(hours=1), due=evaluations.offices_overdue)
def chase_signatures(ctx: Context, office: Office) -> None:
    """Remind the lead each week of what is to be signed, and after four weeks the admins, too.

    While the lead is away their deputy hears; without one it waits for their return.
    """
    if not clock.of(office).is_open(ctx.now, grace=clock.GRACE):
        return
    due = evaluations.overdue(ctx.db, office, ctx.now)
    leads = evaluation_view.signers(ctx, office)
    told = {person.id for person in leads}
    remind(ctx, office, leads, [(row, weeks(ctx, row)) for row, _ in due], OVERDUE)
    admins = [each for each in people.admins(ctx.db, office) if each.id not in told]
    late = [(row, week) for row, _ in due if (week := weeks(ctx, row)) >= WEEKS_FOR_ADMINS]
    remind(ctx, office, admins, late, NOBODY_SIGNED)


def weeks(ctx: Context, row: Evaluation) -> int:
    """Count the whole weeks since an evaluation should have been signed."""
    return (ctx.now - row.due_at) // timedelta(days=7)


def remind(
    ctx: Context,
    office: Office,
    persons: Sequence[Person],
    due: Sequence[tuple[Evaluation, int]],
    text: str,
) -> None:
    """Tell some people, or their deputies, of what is to be signed: each once a week."""
    for person in absences.stand_ins(ctx.db, office, persons, ctx.now):
        rows = [
            row
            for row, week in due
            if ctx.is_first(f"evaluation-overdue:{row.id}:{week}:{person.id}")
        ]
        if not rows:
            continue
        may_sign = may(ctx, office, person)
        ctx.tell(person, evaluation_view.to_be_signed(rows, text, may_sign=may_sign))
        for row in rows:
            subject = evaluations.subject(row.id)
            ctx.record("bot", "signature asked for again", subject, office=office, of=person.name)


def may(ctx: Context, office: Office, person: Person) -> bool:
    """Tell whether somebody may sign for an office: its lead; without one, its admins."""
    roles = people.roles(ctx.db, office.id, person)
    if people.with_role(ctx.db, office, Role.LEAD):
        return is_entitled(Task.SIGN_EVALUATIONS, roles=roles)
    return Role.ADMIN in roles


def readable(ctx: Context, value: str, wrote: str = "") -> tuple[Evaluation, Page, Office]:
    """Hold an evaluation of an office where somebody works, or refuse. Buttons may be forged."""
    person, row = ctx.person(), evaluations.locked(ctx.db, number(value))
    page = pages.get(ctx.db, row.page_id) if row else None
    if row is None or page is None:
        raise refused(MISSING, wrote)
    roles = people.roles(ctx.db, page.office_id, person)
    if not is_entitled(Task.READ_REPORTS, roles=roles) and not hears_for_lead(ctx, page, person):
        raise refused(MISSING, wrote)
    return row, page, people.office(ctx.db, page.office_id)


def hears_for_lead(ctx: Context, page: Page, person: Person) -> bool:
    """Tell whether somebody stands in for a lead who is away, so that they read what is meant."""
    office = people.office(ctx.db, page.office_id)
    leads = evaluation_view.signers(ctx, office)
    return person in absences.stand_ins(ctx.db, office, leads, ctx.now)


def to_sign(ctx: Context, value: str, wrote: str = "") -> tuple[Evaluation, Page, Office]:
    """Hold the evaluation that somebody wants to sign, or refuse."""
    row, page, office = readable(ctx, value, wrote)
    if not may(ctx, office, ctx.person()):
        has_lead = bool(people.with_role(ctx.db, office, Role.LEAD))
        raise refused(NOT_LEAD if has_lead else NO_LEAD, wrote, office=office.name)
    if row.signed_at is not None:
        signed = signature(ctx, row, office)
        raise refused(TWICE, wrote, name=signed.by, day=day(signed.on))
    return row, page, office


def refused(text: str, wrote: str, **fields: object) -> Refusal:
    """Turn somebody down, and give them back what they wrote."""
    back = (line(YOURS), Quote(wrote)) if wrote else ()
    return Refusal(Message((line(text, **fields), *back)))
