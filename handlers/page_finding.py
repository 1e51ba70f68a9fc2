"""Which page somebody means, and whether they may do with it what they want."""

import re

from handlers.context import Context, Refusal
from handlers.reading import number
from handlers.words import listed
from policy import absence
from policy.page_permissions import PageAction, may, who
from storage import pages, people
from storage.models import Office, Page, Person

UNKNOWN = "I know no page “{given}” in your offices. /pages lists them."
SEVERAL = "“{given}” could be {names}. Write more of its name, or its number."
DENIED = "You may not {action}: that is for {who} of {office}."
NONE_YOURS = "There is no page of which you may {action}: that is for {who}."
NUMBERED = "{name} (page {id})"

Pair = tuple[Page, Office]


def meant(ctx: Context, given: str) -> Pair:
    """Find a page by its number, its name or the beginning of a word of it. Open ones go first."""
    known = pages.known_to(ctx.db, ctx.person())
    plain = given.strip().lstrip("#")
    if re.fullmatch(r"\d{1,9}", plain, re.ASCII):
        found = [pair for pair in known if pair[0].id == int(plain)]
    else:
        names = absence.found(given.strip('“”" '), [page.name for page, _ in known])
        found = [pair for pair in known if pair[0].name in names]
        found = [pair for pair in found if pages.is_open(pair[0])] or found
    if not found:
        raise Refusal(UNKNOWN, given=given)
    if len(found) > 1:
        names = [NUMBERED.format(name=page.name, id=page.id) for page, _ in found]
        raise Refusal(SEVERAL, given=given, names=listed(names, "or"))
    return found[0]


def permitted(ctx: Context, action: PageAction, given: str) -> Pair:
    """Hold the page whose number is given, or refuse and say why. Numbers may be forged."""
    page, person = pages.locked(ctx.db, number(given)), ctx.person()
    roles = people.roles(ctx.db, page.office_id, person) if page else frozenset()
    if page is None or not roles:
        raise Refusal(UNKNOWN, given=given)
    office = people.office(ctx.db, page.office_id)
    if not may(action, roles, is_owner=page.owner_id == person.id):
        raise Refusal(DENIED, action=action, who=listed(who(action), "or"), office=office.name)
    return page, office


def open_to(ctx: Context, action: PageAction) -> list[Pair]:
    """List the open pages with which somebody may do something, or refuse."""
    person = ctx.person()
    found = [pair for pair in allowed(ctx, action, person) if pages.is_open(pair[0])]
    if not found:
        raise Refusal(NONE_YOURS, action=action, who=listed(who(action), "or"))
    return found


def allowed(ctx: Context, action: PageAction, person: Person) -> list[Pair]:
    """List the pages, closed ones too, with which somebody may do something."""
    roles = {office.id: held for office, held in people.workplaces(ctx.db, person)}
    return [
        (page, office)
        for page, office in pages.known_to(ctx.db, person)
        if may(action, roles[office.id], is_owner=page.owner_id == person.id)
    ]


def parts_of(text: str, *keys: str) -> dict[str, str]:
    """Cut `Works until Friday because of repairs` at some words, which come in this order.

    What stands before all of them is under the empty word; a word that does not come is left out.
    A reason is everything behind the first `because`; a page may have other words in its name.
    """
    found, rest = {}, f" {' '.join(text.split())} "
    for key in reversed(keys):
        matches = list(re.finditer(rf" {key}:?(?= )", rest, re.IGNORECASE))
        if matches:
            match = matches[0 if key == "because" else -1]
            found[key] = rest[match.end() :].strip()
            rest = f"{rest[: match.start()]} "
    found[""] = rest.strip()
    return {name: words for name, words in found.items() if words}
