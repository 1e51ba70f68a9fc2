"""The people around a page: who is meant by a name, and who hears what becomes of it."""

from handlers.context import Context, Refusal
from handlers.words import listed
from policy import absence
from storage import people
from storage.models import Office, Page, Person

NOBODY = "I know nobody called “{name}” in {office}."
SEVERAL = "“{name}” could be {names}. Write the whole name."


def called(ctx: Context, office: Office, name: str) -> Person:
    """Find who of an office is called so, or refuse."""
    known = {m.person.name: m.person for m in people.members(ctx.db, office)}
    found = absence.found(name, [*known])
    if not found:
        raise Refusal(NOBODY, name=name, office=office.name)
    if len(found) > 1:
        raise Refusal(SEVERAL, name=name, names=listed(sorted(found), "or"))
    return known[found[0]]


def member(ctx: Context, office: Office, person_id: str) -> Person | None:
    """Return who has a number, if they work in an office."""
    working = {str(m.person.id): m.person for m in people.members(ctx.db, office)}
    return working.get(person_id)


def owner(ctx: Context, page: Page) -> Person | None:
    """Return the owner of a page, whether they still work in its office or not."""
    return people.get(ctx.db, page.owner_id) if page.owner_id else None


def to_be_told(ctx: Context, page: Page) -> list[Person]:
    """List who hears that somebody else changed a page: its owner."""
    keeper = owner(ctx, page)
    if keeper is None or keeper.id == ctx.person().id:
        return []
    return [keeper] if people.roles(ctx.db, page.office_id, keeper) else []
