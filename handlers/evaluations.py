"""The quarterly evaluation of each page: made from the record when three months are over."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import islice

from handlers import evaluation_view
from handlers.chat import Chat, Message, line, message
from handlers.context import Context
from handlers.report_files import files
from handlers.report_view import picture
from handlers.router import Router
from policy import quarters
from storage import absences, clock, evaluation, evaluations, pages
from storage.models import Evaluation, Office, Page

router = Router()

READY = "**Evaluations are ready** to be read and signed:"
PICTURE = "{page} in a picture"
MOST_AT_ONCE = 5
FILES = "The evaluation as files: to read, and for a spreadsheet."


@router.office_job(every=timedelta(minutes=10), due=evaluations.offices_due)
def make_evaluations(ctx: Context, office: Office) -> None:
    """Evaluate each page whose quarter is over, once, when its office is at work.

    A few at a time, so that nobody's vote waits for it; the others follow in the next run.
    """
    if not clock.of(office).is_open(ctx.now, grace=clock.GRACE):
        return
    live = filter(pages.is_live, pages.of_office(ctx.db, office))
    new = (found for page in live if (found := make(ctx, page, office)))
    made = list(islice(new, MOST_AT_ONCE))
    if not made:
        return
    posted = [post(ctx, row, office) for row in made]
    reports = [evaluations.from_json(row.figures) for row in made]
    chat = Chat(office.platform, office.chat)
    for file in files(*reports):
        below = Message((line(FILES),), made=file)
        ctx.say(chat, below, under=posted[-1], once=f"evaluation:{made[-1].id}:{file.name}")
    tell_lead(ctx, made, office)


def tell_lead(ctx: Context, made: Sequence[Evaluation], office: Office) -> None:
    """Ask the lead to sign; while they are away, their deputy hears of it."""
    leads = evaluation_view.signers(ctx, office)
    for person in absences.stand_ins(ctx.db, office, leads, ctx.now):
        asked = evaluation_view.to_be_signed(made, READY, may_sign=person in leads)
        ctx.tell(person, asked, once=f"evaluation-ready:{made[0].id}:{person.id}")


def make(ctx: Context, page: Page, office: Office) -> Evaluation | None:
    """Write down what the record says of the quarter of a page that ended last, if it is new.

    Quarters that ended before the office joined were not ours. When the first day of a page was
    corrected, none is made that overlaps with one that was made before.
    """
    span = quarters.last_over(page.started_at, ctx.now, page.timezone or office.timezone)
    if span is None or span.end <= office.joined_at:
        return None
    last = evaluations.last_end(ctx.db, page)
    if last is not None and span.first < last:
        return None
    before = quarters.before(page.started_at, span)
    report = evaluation.report(
        ctx.db, office, span, ctx.now, page=page, before=before, is_evaluation=True
    )
    row = evaluations.add(ctx.db, page, span, report, ctx.now)
    if row is not None:
        ctx.record(
            "bot",
            "evaluation made",
            evaluations.subject(row.id),
            office=office,
            page=page.name,
            first=str(span.first),
            last=str(span.last),
            digest=evaluations.digest(row),
        )
    return row


def post(ctx: Context, row: Evaluation, office: Office) -> int | None:
    """Show an evaluation in the moderators' chat, with its picture below."""
    chat, report = Chat(office.platform, office.chat), evaluations.from_json(row.figures)
    subject = evaluations.subject(row.id)
    posted = ctx.say(
        chat, evaluation_view.shown(ctx, row, report, office), subject=subject, once=subject
    )
    if posted is not None:
        below = message(PICTURE, page=report.subject)
        ctx.say(chat, replace(below, made=picture(report)), under=posted, once=f"{subject}:picture")
    return posted
