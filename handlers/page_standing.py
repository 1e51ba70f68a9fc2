"""What keeps a page from being live, and what excuses it: closed, not confirmed, paused."""

from collections.abc import Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo

from handlers.chat import Line, Message, Quote, line
from handlers.context import Context, Refusal
from handlers.page_people import owner
from storage import pages
from storage.models import Office, Page

CLOSED = "**{name} is closed** since {day}: “{reason}”"
NOT_FILED = "**{name} is closed**: it is not in the offices file any more."
WAITING = "**{name} is not live yet**: {owner} has still to confirm its checklist."
NOBODY = "**{name} is not live yet**: it has no owner who could confirm its checklist."
PAUSED = "{name} is paused until the end of {day}: “{reason}”"
NOT_STORED = "So no draft can be filed for it. Nothing was stored."
YOURS = "This is what you wrote:"
DAY = "%a %-d %b %Y"


def notes(ctx: Context, page: Page, office: Office) -> Iterator[Line]:
    """Write why a page is not live, or that it is paused: nothing for most pages."""
    if not pages.is_live(page):
        yield why_not_live(ctx, page, office)
    if pages.is_open(page) and pages.is_paused(page, ctx.now):
        yield line(PAUSED, name=page.name, day=last_day(page, office), reason=page.pause_reason)


def why_not_live(ctx: Context, page: Page, office: Office) -> Line:
    """Say why a page does not count, and nothing can be written for it."""
    if page.closed_at is not None:
        day = f"{page.closed_at.astimezone(zone(page, office)):{DAY}}"
        return line(CLOSED, name=page.name, day=day, reason=page.closed_because)
    if not page.active:
        return line(NOT_FILED, name=page.name)
    keeper = owner(ctx, page)
    if keeper is None:
        return line(NOBODY, name=page.name)
    return line(WAITING, name=page.name, owner=keeper.name)


def last_day(page: Page, office: Office) -> str:
    """Write the last day of a pause."""
    assert page.paused_until is not None
    last = page.paused_until - timedelta(seconds=1)
    return f"{last.astimezone(zone(page, office)):{DAY}}"


def zone(page: Page, office: Office) -> ZoneInfo:
    """Return the zone in which a page's days are meant."""
    return ZoneInfo(page.timezone or office.timezone)


def refuse_unless_live(ctx: Context, page: Page, office: Office, *, written: str = "") -> None:
    """Refuse to file for a page that is not live, say why, and give back what was written."""
    if pages.is_live(page):
        return
    given = (line(YOURS), Quote(written)) if written.strip() else ()
    raise Refusal(Message((why_not_live(ctx, page, office), line(NOT_STORED), *given)))
