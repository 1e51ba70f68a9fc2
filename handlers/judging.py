"""Judging the weeks of a page that are over: each once, by what was wanted of it then."""

from collections.abc import Collection
from datetime import datetime, timedelta
from itertools import islice

from handlers import page_view
from handlers.context import Context
from policy.cadence import Stretch, stretches
from policy.freshness import SHORT_WEEKS_FOR_LEAD, is_short, is_touched, short_in_a_row
from storage import lockdowns, pages
from storage.models import Office, Page, PageWeek

EXCUSED = "short week not counted: {why}"
LOCKED, PAUSED = "locked down", "paused"
LOOK_BACK = 8  # weeks that are judged after the bot was down for long
REMEMBERED = timedelta(days=5 * 366)  # so far back short weeks in a row are counted
NOT_LIVE = "not live"


def follow(ctx: Context, page: Page, office: Office, *, is_live: bool) -> None:
    """Judge the weeks of a page that ended since it was looked at last, oldest first.

    One in which the page was not live for a part, was paused, or began to be counted in another
    way is passed over.
    """
    now = page_view.week(page, office, ctx.now)
    counted_as = f"{page.cadence}/{page.week_start}/{now.timezone}" if is_live else NOT_LIVE
    is_as_before = page.counted_as == counted_as
    if is_live and is_as_before:
        since = page.judged_to or now.start
        for week in reversed([*islice(stretches(now.previous(), since), LOOK_BACK)]):
            judge(ctx, page, office, week)
    is_first_look = not page.counted_as and is_live
    is_changed = not is_as_before and not is_first_look
    passes_over = is_changed or pages.is_paused(page, ctx.now)
    page.judged_to = _later(page.judged_to, now.end if passes_over else now.start)
    page.counted_as = counted_as


def _later(one: datetime | None, other: datetime) -> datetime:
    return max(one, other) if one else other


def judge(ctx: Context, page: Page, office: Office, week: Stretch) -> None:
    """Note a week that ended short, unless it is excused; that is recorded, too."""
    updates = page_view.updates_in(ctx, page, week)
    if not is_short(updates, page.updates, week, page.started_at):
        return
    subject = pages.subject(page)
    if why := excuse(ctx, page, office, week):
        action = EXCUSED.format(why=why)
        ctx.record("bot", action, subject, office=office, week=week.key)
    elif not pages.was_short(ctx.db, page, week.key):
        row = PageWeek(
            page_id=page.id,
            week=week.key,
            ended_at=week.end,
            updates=updates,
            wanted=page.updates,
        )
        pages.record_short_week(ctx.db, row)
        ctx.record("bot", "week ended short", subject, office=office, week=week.key)


def excuse(ctx: Context, page: Page, office: Office, week: Stretch) -> str:
    """Say why a short week of a page does not count, or nothing."""
    if is_touched(week, page.paused_from, page.paused_until):
        return PAUSED
    return LOCKED if lockdowns.stops(ctx.db, office, week.start, week.end) else ""


def in_a_row(ctx: Context, page: Page, week: Stretch) -> int:
    """Count the short weeks of a page up to and with one."""
    return short_in_a_row(week, pages.short_weeks(ctx.db, page, week.start - REMEMBERED))


def alarms(ctx: Context, found: Collection[Page], office: Office) -> dict[int, str]:
    """Name the alarms that the last weeks of some pages call for, by page.

    There is none for a page while nothing is expected of it.
    """
    weeks = {page.id: page_view.week(page, office, ctx.now) for page in found}
    since = min((week.previous().start for week in weeks.values()), default=ctx.now)
    short = pages.short_lately(ctx.db, found, since) if found else set()
    keys = {}
    for page in found:
        week = weeks[page.id].previous()
        if (page.id, week.key) not in short or page_view.is_excused(page, weeks[page.id]):
            continue
        if in_a_row(ctx, page, week) % SHORT_WEEKS_FOR_LEAD == 0:
            keys[page.id] = f"short:{page.id}:{week.key}"
    return keys
