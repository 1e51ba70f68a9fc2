"""The weekly message: one for each office, when its week begins, with the state of its pages."""

from datetime import timedelta

from handlers import page_view
from handlers.chat import Chat, Line, Message, line
from handlers.context import Context
from handlers.router import Router
from policy.freshness import is_new, office_week, weekly_moment
from storage import clock, drafts, pages, people
from storage.models import Office, Page

router = Router()

HEADING = "**{office}: your pages**, week of {first}"
LAST_WEEK = "{mark} {name} ({kind}): {updates} of {wanted} updates last week"
NEW = "⚪ {name} ({kind}): new, its first full week is not over"
WAITING = "Waiting for a decision: {count}. /queue shows more."
ENOUGH, SHORT = "🟢", "🔴"


@router.job(every=timedelta(minutes=5))
def send_weekly_messages(ctx: Context) -> None:
    """Say once a week, in each moderators' chat, how its pages did."""
    for office in people.offices(ctx.db):
        calendar = clock.of(office)
        moment = weekly_moment(calendar, ctx.now)
        if moment is None or ctx.now < moment or office.joined_at > moment:
            continue
        found = pages.of_office(ctx.db, office)
        if not found or not calendar.is_open(ctx.now, grace=clock.GRACE):
            continue
        week = office_week(calendar, ctx.now)
        lines = [line(HEADING, office=office.name, first=f"{week.first:%-d %B %Y}")]
        lines += [_page(ctx, page, office) for page in found]
        if waiting := len(drafts.waiting(ctx.db, office)):
            lines.append(line(WAITING, count=waiting))
        chat = Chat(office.platform, office.chat)
        ctx.say(chat, Message(tuple(lines)), once=f"weekly:{office.id}:{week.key}")


def _page(ctx: Context, page: Page, office: Office) -> Line:
    """Write how a page did in its own week that ended last."""
    week = page_view.week(page, office, ctx.now).previous()
    if is_new(week, page.started_at):
        return line(NEW, name=page.name, kind=page.kind)
    updates = page_view.updates_in(ctx, page, week)
    return line(
        LAST_WEEK,
        mark=ENOUGH if updates >= page.updates else SHORT,
        name=page.name,
        kind=page.kind,
        updates=updates,
        wanted=page.updates,
    )
