"""How the entries of an offices file fit together: each misfit with its place, in plain words."""

from collections.abc import Iterator
from difflib import get_close_matches
from typing import TYPE_CHECKING

from policy import page_address
from policy.calendar import Calendar
from policy.quorum import default_needed, quorum_for

if TYPE_CHECKING:
    from storage.office_file import OfficeEntry, OfficesFile, PageEntry, PersonEntry

Place = tuple[str | int, ...]
Misfit = tuple[Place, str]

TWICE = "“{name}” stands here for the second time: give each {what} a name of its own."
NO_ACCOUNT = "{name} has no account: add slack, telegram or both."
SHARED = "{platform} {user} is the account of {name} already: one account, one person."
OTHER_NAME = "{platform} {user} is called “{name}” in {office}: write the same name everywhere."
OTHER_ACCOUNT = "{name} is {platform} {user} in {office}: write the same account everywhere."
SAME_URL = "this address is that of “{name}” in {office} already: a page is registered once."
OWN_DEPUTY = "{name} cannot stand in for themself: name somebody else, or leave it out."
TWO_CADENCES = "give either `updates` or `updates_per_week`, not both."
NO_OWNER = "“{name}” is not among the people of this office{hint}."
DID_YOU_MEAN = " (did you mean “{close}”?)"


def misfits(file: "OfficesFile") -> Iterator[Misfit]:
    """List what is wrong between the entries, in the order of the file."""
    accounts: Accounts = {}
    urls: dict[str, tuple[str, str]] = {}
    yield from _repeated([office.name for office in file.offices], ("offices",), "office")
    for number, office in enumerate(file.offices):
        place: Place = ("offices", number)
        yield from _days(office, place)
        yield from _panel(office, place)
        yield from _people(office, place, accounts)
        yield from _pages(office, place, urls)


Accounts = dict[tuple[str, str], tuple["OfficeEntry", "PersonEntry"]]


def _repeated(names: list[str], place: Place, what: str) -> Iterator[Misfit]:
    for number, name in enumerate(names):
        if name in names[:number]:
            yield (*place, number, "name"), TWICE.format(name=name, what=what)


def _days(office: "OfficeEntry", place: Place) -> Iterator[Misfit]:
    try:
        Calendar("UTC", office.country, office.subdivision)
    except ValueError as error:
        yield (*place, "subdivision"), str(error)
        return
    days = office.days
    try:
        Calendar(
            "UTC",
            office.country,
            added=tuple(days.add),
            struck=tuple(days.strike),
            part=tuple(days.part.items()),
        )
    except ValueError as error:
        yield (*place, "days"), str(error)


def _panel(office: "OfficeEntry", place: Place) -> Iterator[Misfit]:
    size = office.panel_size()
    try:
        default_needed(size)
    except ValueError as error:
        yield (*place, "people"), str(error)
        return
    try:
        quorum_for(size, office.quorum.needed, veto=office.quorum.veto)
    except ValueError as error:
        yield (*place, "quorum", "needed"), str(error)


def _people(office: "OfficeEntry", place: Place, accounts: Accounts) -> Iterator[Misfit]:
    names = [person.name for person in office.people]
    yield from _repeated(names, (*place, "people"), "person")
    for number, person in enumerate(office.people):
        here = (*place, "people", number)
        yield from _deputy(person, names, here)
        if not any(person.accounts()):
            yield here, NO_ACCOUNT.format(name=person.name)
        for platform, user in person.accounts():
            known = accounts.setdefault((platform, user), (office, person))
            if known[1] is not person:
                yield from _same_person(office, person, known, (*here, platform))


def _deputy(person: "PersonEntry", names: list[str], place: Place) -> Iterator[Misfit]:
    if person.deputy is None:
        return
    if person.deputy == person.name:
        yield (*place, "deputy"), OWN_DEPUTY.format(name=person.name)
    elif person.deputy not in names:
        yield (*place, "deputy"), _nobody(person.deputy, names)


def _same_person(
    office: "OfficeEntry",
    person: "PersonEntry",
    known: tuple["OfficeEntry", "PersonEntry"],
    place: Place,
) -> Iterator[Misfit]:
    """An account in two offices is one person, who has one name and the same accounts there."""
    elsewhere, other = known
    platform = str(place[-1])
    names = {"platform": platform, "name": other.name, "office": elsewhere.name}
    user = dict(person.accounts())[platform]
    if elsewhere is office:
        yield place, SHARED.format(user=user, **names)
    elif other.name != person.name:
        yield place, OTHER_NAME.format(user=user, **names)
    else:
        here = dict(person.accounts())
        for there, user in other.accounts():
            if here.get(there, user) != user:
                text = OTHER_ACCOUNT.format(user=user, **names | {"platform": there})
                yield (*place[:-1], there), text


def _pages(
    office: "OfficeEntry", place: Place, urls: dict[str, tuple[str, str]]
) -> Iterator[Misfit]:
    yield from _repeated([page.name for page in office.pages], (*place, "pages"), "page")
    names = [person.name for person in office.people]
    for number, page in enumerate(office.pages):
        here = (*place, "pages", number)
        url = page_address.normal(page.url)
        if url in urls:
            name, where = urls[url]
            yield (*here, "url"), SAME_URL.format(name=name, office=where)
        urls.setdefault(url, (page.name, office.name))
        yield from _keepers(page, names, here)
        if page.updates and "updates_per_week" in page.model_fields_set:
            yield (*here, "updates"), TWO_CADENCES


def _keepers(page: "PageEntry", names: list[str], place: Place) -> Iterator[Misfit]:
    for key, name in (("owner", page.owner), ("deputy", page.deputy)):
        if name is not None and name not in names:
            yield (*place, key), _nobody(name, names)
    if page.deputy is not None and page.deputy == page.owner:
        yield (*place, "deputy"), OWN_DEPUTY.format(name=page.owner)


def _nobody(name: str, names: list[str]) -> str:
    close = get_close_matches(name, names, n=1)
    hint = DID_YOU_MEAN.format(close=close[0]) if close else ""
    return NO_OWNER.format(name=name, hint=hint)
