"""What a page may not be: one that is registered already, or one in a person's name."""

from handlers.context import Context
from policy import page_address, page_names
from storage import pages, people
from storage.models import Office, Page

SAME = "this address is that of “{name}” in {office} already{how}"
REOPEN = ", which is closed: /page reopen {id} opens it"
SAME_NAME = "{office} has a page called “{name}” already; choose another name"
PROFILE = (
    "this is the profile of a person. A page of an office belongs to the office, so that it stays "
    "when people go: make a page of it, or give the address of one"
)
PERSONAL = (
    "“{name}” looks like a person's name. A page of an office carries the office's name, so that "
    "it stays when people go: name the office or what the page is about"
)


def double(ctx: Context, office: Office, url: str, page: Page | None = None) -> str:
    """Say whose an address is already, if it is that of another page."""
    other = pages.like(ctx.db, url)
    if other is None or (page is not None and other.id == page.id):
        return ""
    is_ours = other.office_id == office.id and not pages.is_open(other)
    where = people.office(ctx.db, other.office_id)
    how = REOPEN.format(id=other.id) if is_ours else ""
    return SAME.format(name=other.name, office=where.name, how=how)


def name_taken(ctx: Context, office: Office, name: str, page: Page | None = None) -> str:
    """Say that another page of the office has a name, if one has."""
    other = pages.named(ctx.db, office, name)
    if other is None or (page is not None and other.id == page.id):
        return ""
    return SAME_NAME.format(office=office.name, name=name)


def personal_url(url: str) -> str:
    """Say why an address is that of a person, if it is."""
    return PROFILE if page_address.is_profile(url) else ""


def personal_name(ctx: Context, office: Office, name: str) -> str:
    """Say why a name is that of a person, if it is."""
    names = [member.person.name for member in people.members(ctx.db, office)]
    is_personal = page_names.is_of_a_person(name, names, office.name)
    return PERSONAL.format(name=name) if is_personal else ""
