"""When something is looked at again: whatever changes about it, at once."""

from sqlalchemy import Connection, event, inspect, update
from sqlalchemy.orm import Mapper
from sqlmodel import col

from storage.models.columns import AT_ONCE
from storage.models.offices import Office
from storage.models.pages import Page

#: What a sweep notes about a page. Any other change may bring something forward.
NOTED = frozenset({"check_at", "judged_to", "counted_as"})
#: What says when an office works, and since when it does.
HOURS = frozenset(
    {
        "active",
        "country",
        "days_added",
        "days_part",
        "days_struck",
        "hours",
        "joined_at",
        "own_days",
        "subdivision",
        "timezone",
    }
)


@event.listens_for(Page, "before_update")
def look_at_page(mapper: Mapper[Page], connection: Connection, page: Page) -> None:
    """Have a page looked at that was changed."""
    if _changed(page) - NOTED:
        page.check_at = AT_ONCE


@event.listens_for(Office, "before_update")
def look_at_office(mapper: Mapper[Office], connection: Connection, office: Office) -> None:
    """Have an office looked at with its pages when its hours were changed."""
    if _changed(office) & HOURS:
        office.weekly_at = AT_ONCE
        pages = update(Page).where(col(Page.office_id) == office.id)
        connection.execute(pages.values(check_at=AT_ONCE))


def _changed(row: Page | Office) -> set[str]:
    return {each.key for each in inspect(row).attrs if each.history.has_changes()}
