"""The quarterly evaluation of each page: made from the record when three months are over."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial

from handlers import evaluation_view
from handlers.chat import Chat, message
from handlers.context import Context
from handlers.report_files import captioned, files
from handlers.report_view import picture
from handlers.router import Router, Work
from policy import quarters
from policy.reports import Report
from policy.spans import Span
from storage import absences, clock, evaluation, evaluations, pages
from storage.models import Evaluation, Office, Page

router = Router()

READY = "**Evaluations are ready** to be read and signed:"
PICTURE = "{page} in a picture"
RECENT = timedelta(days=7)  # evaluations that are put together
FILE = "The evaluation"


@router.reading_job(every=timedelta(minutes=1), due=evaluations.offices_due)
def make_evaluations(ctx: Context, office: Office) -> Work | None:
    """Evaluate a page whose quarter is over, once, when its office is at work.

    One at a time; the next follows in a minute.
    """
    if not clock.of(office).is_open(ctx.now, grace=clock.GRACE):
        return None
    waiting = list(due(ctx, office))
    if not waiting:
        return None
    page, span = waiting[0]
    before = quarters.before(page.started_at, span)
    report = evaluation.report(
        ctx.db, office, span, ctx.now, page=page, before=before, is_evaluation=True
    )
    return partial(keep, page_id=page.id, span=span, report=report)


def keep(ctx: Context, office: Office, *, page_id: int, span: Span, report: Report) -> None:
    """Keep and post an evaluation, if it is still due: another replica may have been quicker.

    With the last one come the files of all, and the lead is asked to sign them.
    """
    page = pages.locked(ctx.db, page_id)
    waiting = [(each.id, its) for each, its in due(ctx, office)] if office.active else []
    if page is None or (page_id, span) not in waiting:
        return
    row = store(ctx, page, span, report, office)
    posted = post(ctx, row, office) if row else None
    if len(waiting) > 1:
        return
    made = [
        each
        for each in evaluations.made_since(ctx.db, office, ctx.now - RECENT)
        if ctx.is_first(f"evaluation-ready:{each.id}")
    ]
    if made:
        post_files(ctx, made, office, posted)
        tell_lead(ctx, made, office)


def due(ctx: Context, office: Office) -> Iterator[tuple[Page, Span]]:
    """List the live pages of an office whose quarter that ended last is to be evaluated.

    Quarters that ended before the office joined were not ours. When the first day of a page was
    corrected, none is made that overlaps with one that was made before.
    """
    ends = evaluations.last_ends(ctx.db, office)
    for page in filter(pages.is_live, pages.of_office(ctx.db, office)):
        zone = page.timezone or office.timezone
        span = quarters.last_over(page.started_at, ctx.now, zone)
        if span is None or span.end <= office.joined_at:
            continue
        if span.first >= ends.get(page.id, span.first):
            yield page, span


def post_files(ctx: Context, made: Sequence[Evaluation], office: Office, under: int | None) -> None:
    """Put the files of some evaluations below the last of them, together."""
    chat = Chat(office.platform, office.chat)
    for file in files(*(evaluations.from_json(row.figures) for row in made)):
        ctx.say(chat, captioned(FILE, file), under=under)


def tell_lead(ctx: Context, made: Sequence[Evaluation], office: Office) -> None:
    """Ask the lead to sign; while they are away, their deputy hears of it."""
    leads = evaluation_view.signers(ctx, office)
    for person in absences.stand_ins(ctx.db, office, leads, ctx.now):
        ctx.tell(person, evaluation_view.to_be_signed(made, READY, may_sign=person in leads))


def store(
    ctx: Context, page: Page, span: Span, report: Report, office: Office
) -> Evaluation | None:
    """Write down what the record says of a quarter of a page. `None` if there is one already."""
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
