"""Reading what is to change of a page: the value that is given, in its column and in words."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from handlers import page_people, page_refusing
from handlers.chat import Field, FieldKind, Option
from handlers.context import Context
from handlers.page_forms import NOBODY, somebody
from policy import cadence_words, page_address, page_values, platforms
from policy.calendar import day_of
from policy.day_words import WEEKDAYS
from policy.page_values import HINTS, LABELS, What
from storage import pages
from storage.models import Office, Page

NOT_HERE = "that person does not work in {office}; choose somebody who does"
OWNER_TOO = "{name} is its owner; choose somebody else"
NO_DEPUTY, THE_OFFICES = "Nobody", "that of its office"
NONE = "none"
LABEL = "What is {what} to be?"


@dataclass(frozen=True)
class News:
    """What of a page changes to what: the columns, and the words for it."""

    what: What
    columns: Mapping[str, Any]
    said: str
    personal: str = ""  # why that seems to be a person's name, if it does


def read(ctx: Context, what: What, given: str, page: Page, office: Office) -> News:
    """Read what a page is to be. Raises `ValueError` that says what is wrong."""
    match what:
        case What.NAME:
            return _name(ctx, page_values.name(given), page, office)
        case What.URL:
            return _url(ctx, page_address.read(given), page, office)
        case What.DEPUTY:
            return _deputy(ctx, given, page, office)
        case What.CADENCE:
            updates, cadence = cadence_words.read(given)
            said = cadence_words.written(updates, cadence)
            return News(what, {"updates": updates, "cadence": cadence}, said)
        case What.WEEK_START:
            day = page_values.week_start(given)
            return News(what, {"week_start": day}, WEEKDAYS[day].title())
        case What.TERMS:
            on = page_values.terms(given, day_of(ctx.now, page.timezone or office.timezone))
            return News(what, {"terms_on": on}, on.isoformat() if on else NONE)
        case _:
            return _plain(what, given)


def _plain(what: What, given: str) -> News:
    match what:
        case What.KIND:
            kind = page_values.kind(given)
            return News(what, {"kind": kind}, platforms.KINDS[kind].label)
        case What.ZONE:
            zone = page_values.zone(given)
            return News(what, {"timezone": zone}, zone or THE_OFFICES)
        case What.FEED:
            feed = page_values.feed(given)
            return News(what, {"feed": feed}, feed or NONE)
        case What.LANGUAGES:
            tongues = page_values.tongues(given)
            return News(what, {"languages": tongues}, ", ".join(tongues) or NONE)
        case _:
            contacts = page_values.contacts(given)
            return News(What.CONTACTS, {"directory": contacts}, ", ".join(contacts) or NONE)


def _name(ctx: Context, name: str, page: Page, office: Office) -> News:
    if why := page_refusing.name_taken(ctx, office, name, page):
        raise ValueError(why)
    personal = page_refusing.personal_name(ctx, office, name)
    return News(What.NAME, {"name": name}, name, personal)


def _url(ctx: Context, url: str, page: Page, office: Office) -> News:
    pages.hold_register(ctx.db)
    if why := page_refusing.double(ctx, office, url, page):
        raise ValueError(why)
    return News(What.URL, {"url": url}, url, page_refusing.personal_url(url))


def _deputy(ctx: Context, given: str, page: Page, office: Office) -> News:
    if given == NOBODY or page_values.is_none(given):
        return News(What.DEPUTY, {"deputy_id": None}, NO_DEPUTY.lower())
    is_number = given.isascii() and given.isdecimal()
    person = page_people.member(ctx, office, given) if is_number else None
    if not is_number:
        person = page_people.called(ctx, office, given)
    if person is None:
        raise ValueError(NOT_HERE.format(office=office.name))
    if person.id == page.owner_id:
        raise ValueError(OWNER_TOO.format(name=person.name))
    return News(What.DEPUTY, {"deputy_id": person.id}, person.name)


def field(ctx: Context, what: What, page: Page, office: Office) -> Field:
    """Ask what something is to be, with what it is now."""
    label = LABEL.format(what=LABELS[what])
    if what is What.DEPUTY:
        asked = somebody(ctx, label, [office], nobody=NO_DEPUTY)
        return replace(asked, name="value", initial=str(page.deputy_id or NOBODY))
    if what is What.KIND:
        kinds = tuple(Option(name, kind.label) for name, kind in platforms.KINDS.items())
        return Field("value", label, FieldKind.CHOICE, kinds, initial=page.kind)
    return Field("value", label, hint=HINTS.get(what, ""), initial=_now(what, page))


def _now(what: What, page: Page) -> str:
    match what:
        case What.NAME:
            return page.name
        case What.URL:
            return page.url
        case What.CADENCE:
            return cadence_words.written(page.updates, page.cadence)
        case What.WEEK_START:
            return WEEKDAYS[page.week_start].title()
        case What.ZONE:
            return page.timezone
        case What.LANGUAGES:
            return ", ".join(page.languages)
        case What.CONTACTS:
            return ", ".join(page.directory)
        case What.FEED:
            return page.feed
        case _:
            return page.terms_on.isoformat() if page.terms_on else ""
