"""The weekly message: one for each office, when its week begins, with the state of its pages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from handlers import heat, judging, page_view
from handlers.chat import Button, Chat, Line, Message, Style, line
from handlers.context import Context
from handlers.router import Router
from policy import platforms
from policy.cadence import Stretch
from policy.freshness import is_new, is_short, next_opening, office_week, weekly_moment
from storage import clock, drafts, lockdowns, pages, weekly
from storage.models import Office, Page

router = Router()

HEADING = "**{office}: your pages**, week of {first}"
LAST_WEEK = "{mark} {number}. {name} ({kind}): {updates} of {wanted} updates last {stretch}{note}"
NEW = "⚪ {number}. {name} ({kind}): new, its first full {stretch} is not over"
WAITING = "Waiting for a decision: {count}. /queue shows more."
ENOUGH, SHORT, EXCUSED = "🟢", "🔴", "⚪"
NOTES = {ENOUGH: "", SHORT: ", too few", EXCUSED: ", which does not count as short"}
UPDATED, PAUSE, DRAFT = "Updated: {name}", "Pause: {name}", "Start a draft"
MOST = 3  # pages with buttons: those that need something first


@dataclass(frozen=True)
class Standing:
    """A page, and how it did in its own week that ended last."""

    page: Page
    week: Stretch
    updates: int
    mark: str
    is_idle: bool  # it is paused or not live

    def __lt__(self, other: "Standing") -> bool:
        return self._order() < other._order()

    def _order(self) -> tuple[bool, bool, str]:
        return (self.mark != SHORT, self.is_idle, self.page.name)


@router.office_job(every=timedelta(minutes=5), due=weekly.due)
def send_weekly_messages(ctx: Context, office: Office) -> None:
    """Say once a week, in each moderators' chat, how its pages did."""
    calendar = clock.of(office)
    week, moment = office_week(calendar, ctx.now), weekly_moment(calendar, ctx.now)
    if moment is None or ctx.now < moment:
        weekly.plan(ctx.db, office, moment or week.end)
        return
    if not calendar.is_open(ctx.now, grace=clock.GRACE):
        weekly.plan(ctx.db, office, min(next_opening(calendar, ctx.now), week.end))
        return
    weekly.plan(ctx.db, office, week.end)
    if office.joined_at <= moment:
        say(ctx, office, week)


def say(ctx: Context, office: Office, week: Stretch) -> None:
    """Say how the pages of an office did: in words with buttons, then as a picture.

    An office none of whose pages counts hears nothing.
    """
    found = sorted(standings(ctx, office))
    if all(each.is_idle for each in found):
        return
    lines = [line(HEADING, office=office.name, first=f"{week.first:%-d %B %Y}")]
    lines += [_line(ctx, office, number, each) for number, each in enumerate(found, 1)]
    if waiting := drafts.count_waiting(ctx.db, office):
        lines.append(line(WAITING, count=waiting))
    is_locked = lockdowns.is_on(ctx.db, office)
    said = Message(tuple(lines), () if is_locked else tuple(buttons(found)))
    chat, once = Chat(office.platform, office.chat), f"weekly:{office.id}:{week.key}"
    if ctx.say(chat, said, once=once) is None:
        return
    counted = [(n, each.page) for n, each in enumerate(found, 1) if not each.is_idle]
    if picture := heat.picture(ctx, office, week, counted):
        ctx.say(chat, picture, once=f"{once}:picture")


def standings(ctx: Context, office: Office) -> Iterator[Standing]:
    """Look how each page of an office did in its last week."""
    for page in pages.of_office(ctx.db, office):
        if page.closed_at is not None:
            continue
        week = page_view.week(page, office, ctx.now).previous()
        updates = page_view.updates_in(ctx, page, week)
        is_idle = not pages.is_live(page) or pages.is_paused(page, ctx.now)
        mark = EXCUSED if is_idle else _mark(ctx, page, office, week, updates)
        yield Standing(page, week, updates, mark, is_idle)


def _mark(ctx: Context, page: Page, office: Office, week: Stretch, updates: int) -> str:
    if updates >= page.updates:
        return ENOUGH
    return SHORT if was_short(ctx, page, office, week, updates) else EXCUSED


def was_short(ctx: Context, page: Page, office: Office, week: Stretch, updates: int) -> bool:
    """Tell whether a week of a page counts as short, if it is not judged yet, too."""
    if page.judged_to is not None and page.judged_to >= week.end:
        return pages.was_short(ctx.db, page, week.key)
    is_few = is_short(updates, page.updates, week, page.started_at)
    return is_few and not judging.excuse(ctx, page, office, week)


def _line(ctx: Context, office: Office, number: int, found: Standing) -> Line:
    """Write how a page did."""
    page = found.page
    if found.is_idle:
        return page_view.numbered(page_view.page_line(ctx, page, office), number)
    stretch = page_view.STRETCHES[page.cadence]
    if is_new(found.week, page.started_at):
        return line(
            NEW, number=number, name=page.name, kind=platforms.label(page.kind), stretch=stretch
        )
    return line(
        LAST_WEEK,
        mark=found.mark,
        number=number,
        name=page.name,
        kind=platforms.label(page.kind),
        updates=found.updates,
        wanted=page.updates,
        stretch=stretch,
        note=NOTES[found.mark],
    )


def buttons(found: Sequence[Standing]) -> Iterator[Button]:
    """Offer the likely next steps, if a page needs any."""
    short = [each.page for each in found if each.mark == SHORT][:MOST]
    for page in short:
        yield Button(UPDATED.format(name=page.name), "updated", str(page.id))
        yield Button(PAUSE.format(name=page.name), "page-pause", str(page.id))
    if short:
        yield Button(DRAFT, "go", "draft", Style.PRIMARY)
