"""How a page is shown: its name, and how alive it is."""

from collections.abc import Sequence
from datetime import datetime

from handlers.chat import Field, FieldKind, Form, Line, Option, line
from handlers.context import Context
from policy.cadence import Stretch, stretch_of
from policy.freshness import Freshness, status
from storage import clock, pages
from storage.models import Office, Page

STATE = "{mark} {name} ({kind}): {updates} of {wanted} updates this week{note}"
MARKS = {
    Freshness.FINE: ("🟢", ""),
    Freshness.HINT: ("🟡", ", none yet and half the week is over"),
    Freshness.WARNING: ("🔴", ", and the week is nearly over"),
    Freshness.GRACE: ("⚪", ", new: its first full week is not over"),
}
MOST = 100  # pages to choose from: what Slack shows at most


def week(page: Page, office: Office, at: datetime) -> Stretch:
    """Return the page's own week, or other stretch of its cadence, around a moment."""
    zone = page.timezone or office.timezone
    return stretch_of(at, zone, page.week_start, page.cadence)


def updates_in(ctx: Context, page: Page, when: Stretch) -> int:
    """Count a page's updates in one of its weeks."""
    return pages.count_updates(ctx.db, page, when.start, when.end)


def freshness(ctx: Context, page: Page, office: Office) -> Freshness:
    """Tell how a page stands in its present week."""
    now = week(page, office, ctx.now)
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
    mark, note = MARKS[freshness(ctx, page, office)]
    return line(
        STATE,
        mark=mark,
        name=page.name,
        kind=page.kind,
        updates=updates_in(ctx, page, week(page, office, ctx.now)),
        wanted=page.updates,
        note=note,
    )


def page_field(label: str, choices: Sequence[tuple[Page, Office]]) -> Field:
    """Ask for one of the pages."""
    options = tuple(
        Option(str(page.id), f"{page.name} ({office.name})") for page, office in choices[:MOST]
    )
    return Field("page", label, FieldKind.CHOICE, options)


def page_form(name: str, label: str, choices: Sequence[tuple[Page, Office]]) -> Form:
    """Ask only for a page: the rest is known already."""
    return Form(name, "Which page?", (page_field(label, choices),))
