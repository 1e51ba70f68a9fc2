"""How a page is shown: its name, and how alive it is."""

from collections.abc import Sequence
from datetime import datetime

from handlers.chat import Field, FieldKind, Form, Line, Option, line
from handlers.context import Context
from policy import platforms
from policy.cadence import Cadence, Stretch, stretch_of
from policy.calendar import day_of
from policy.freshness import Freshness, is_touched, status
from storage import clock, pages
from storage.models import Office, Page

STATE = "{mark} {name} ({kind}): {updates} of {wanted} updates this {stretch}{note}"
MARKS = {
    Freshness.FINE: ("🟢", ""),
    Freshness.HINT: ("🟡", ", none yet and half the {stretch} is over"),
    Freshness.WARNING: ("🔴", ", and the {stretch} is nearly over"),
    Freshness.GRACE: ("⚪", ", new: its first full {stretch} is not over"),
    Freshness.PAUSED: ("⚪", "; this {stretch} does not count as short"),
}
PAUSED = "⏸ {name} ({kind}): paused until {day}"
NOT_LIVE = "⚪ {name} ({kind}): not counted before its owner has confirmed the checklist"
STRETCHES = {Cadence.WEEK: "week", Cadence.FORTNIGHT: "fortnight", Cadence.MONTH: "month"}
MOST = 100  # pages to choose from: what Slack shows at most


def week(page: Page, office: Office, at: datetime) -> Stretch:
    """Return the page's own week, or other stretch of its cadence, around a moment."""
    zone = page.timezone or office.timezone
    return stretch_of(at, zone, page.week_start, page.cadence)


def updates_in(ctx: Context, page: Page, when: Stretch) -> int:
    """Count a page's updates in one of its weeks."""
    return pages.count_updates(ctx.db, page, when.start, when.end)


def is_excused(page: Page, when: Stretch) -> bool:
    """Tell whether nothing is expected of a page in one of its weeks.

    That is so if a pause touches the week, or if it was found excused when it was looked at:
    the page was not live then, or is counted in another way since.
    """
    is_passed_over = page.judged_to is not None and page.judged_to >= when.end
    return is_passed_over or is_touched(when, page.paused_from, page.paused_until)


def freshness(ctx: Context, page: Page, office: Office) -> Freshness:
    """Tell how a page stands in its present week."""
    now = week(page, office, ctx.now)
    if is_excused(page, now):
        return Freshness.PAUSED
    return status(
        updates_in(ctx, page, now),
        page.updates,
        now,
        now=ctx.now,
        started_at=page.started_at,
        calendar=clock.of(office),
    )


def page_line(ctx: Context, page: Page, office: Office) -> Line:
    """Write how a page stands, in one line."""
    if not pages.is_live(page):
        return line(NOT_LIVE, name=page.name, kind=platforms.label(page.kind))
    if page.paused_until and pages.is_paused(page, ctx.now):
        day = day_of(page.paused_until, page.timezone or office.timezone)
        return line(PAUSED, name=page.name, kind=platforms.label(page.kind), day=f"{day:%-d %B %Y}")
    mark, note = MARKS[freshness(ctx, page, office)]
    return line(
        STATE,
        mark=mark,
        name=page.name,
        kind=platforms.label(page.kind),
        updates=updates_in(ctx, page, week(page, office, ctx.now)),
        wanted=page.updates,
        stretch=STRETCHES[page.cadence],
        note=note.format(stretch=STRETCHES[page.cadence]),
    )


def numbered(said: Line, number: int) -> Line:
    """Put a number behind the mark of a line."""
    mark, _, rest = said.template.partition(" ")
    return Line(f"{mark} {{number}}. {rest}", {**said.fields, "number": str(number)})


def page_field(label: str, choices: Sequence[tuple[Page, Office]]) -> Field:
    """Ask for one of the pages."""
    options = tuple(
        Option(str(page.id), f"{page.name} ({office.name})") for page, office in choices[:MOST]
    )
    return Field("page", label, FieldKind.CHOICE, options)


def page_form(name: str, label: str, choices: Sequence[tuple[Page, Office]]) -> Form:
    """Ask only for a page: the rest is known already."""
    return Form(name, "Which page?", (page_field(label, choices),))
