"""Everything about one page: who looks after it, how alive it is to be, and what stands around."""

from collections.abc import Iterator

from handlers import card_view, checklist, feed_view, page_people, page_standing, page_view
from handlers.chat import Button, Line, Message, line
from handlers.context import Context
from policy import cadence_words
from policy.day_words import WEEKDAYS
from policy.page_permissions import PageAction, may
from storage import handovers, pages, people
from storage.models import Office, Page, Source

TITLE = "**{name}**, page {id} of {office}: {url}"
OWNER, NO_OWNER = "Owner: {owner}", "Owner: nobody. /page give {id} to <name> asks somebody."
LEFT = "Owner: {owner}, who has left. /page give {id} to <name> asks somebody."
DEPUTY, NO_DEPUTY = "Deputy: {deputy}", "Deputy: none"
OFFERED = "{to} has been asked to take it over, and has not answered yet."
WANTED = "Wanted: {cadence}. Its week begins on {day} ({zone})."
FEED, NO_FEED = "Feed: {feed}", "Feed: none; updates are counted from drafts and what you say."
CONTACTS = "Contacts of its own: {contacts}"
LANGUAGES = "Languages: {languages}"
STARTED = "Counted since {moment}."
CONFIRMED = "Checklist: confirmed by {name} on {day}{terms}."
TO_CONFIRM = "Checklist: not confirmed yet by its owner{terms}."
TERMS = ", with the terms of {day}"
LAST = "Last update: {moment} ({source})"
NEVER = "No update has been counted yet."
FROM_FILE, FROM_CHAT = "It stands in the offices file.", "It was registered in the chat."
SOURCES = {
    Source.PUBLISHED: "marked as posted",
    Source.SAID: "said with /page updated",
    Source.FEED: "read in its feed",
}
DAY = "%-d %b %Y"
UPDATED, PAUSE, RESUME, CHANGE = "It was updated", "Pause", "End the pause", "Change"
GIVE, CLOSE, REOPEN = "Hand over", "Close", "Open again"


def about(ctx: Context, page: Page, office: Office) -> Message:
    """Write everything about one page, with what whoever asks can do with it."""
    return Message(tuple(_lines(ctx, page, office)), tuple(_buttons(ctx, page, office)))


def last_update(ctx: Context, page: Page, office: Office) -> Line:
    """Say when a page was updated last, and how we know."""
    last = pages.last_update(ctx.db, page)
    if last is None:
        return line(NEVER)
    return line(LAST, moment=card_view.moment(last.at, office), source=SOURCES[last.source])


def _lines(ctx: Context, page: Page, office: Office) -> Iterator[Line]:
    yield line(TITLE, name=page.name, id=page.id, office=office.name, url=page.url)
    yield from page_standing.notes(ctx, page, office)
    if pages.is_live(page):
        yield page_view.page_line(ctx, page, office)
        yield last_update(ctx, page, office)
    yield from _people(ctx, page, office)
    yield line(
        WANTED,
        cadence=cadence_words.written(page.updates, page.cadence),
        day=WEEKDAYS[page.week_start].title(),
        zone=page.timezone or office.timezone,
    )
    yield line(FEED, feed=page.feed) if page.feed else line(NO_FEED)
    yield from feed_view.feed_lines(ctx, page, office)
    if page.directory:
        yield line(CONTACTS, contacts=", ".join(page.directory))
    if page.languages:
        yield line(LANGUAGES, languages=", ".join(page.languages))
    yield line(
        STARTED, moment=f"{page.started_at.astimezone(page_standing.zone(page, office)):{DAY}}"
    )
    yield from _checklist(ctx, page, office)
    yield line(FROM_FILE if page.filed else FROM_CHAT)


def _people(ctx: Context, page: Page, office: Office) -> Iterator[Line]:
    owner = page_people.owner(ctx, page)
    if owner is None:
        yield line(NO_OWNER, id=page.id)
    else:
        is_here = page_people.member(ctx, office, str(owner.id)) is not None
        yield line(OWNER if is_here else LEFT, owner=owner.name, id=page.id)
    deputy = checklist.deputy_of(ctx, page, office)
    yield line(DEPUTY, deputy=deputy.name) if deputy else line(NO_DEPUTY)
    if waiting := handovers.open_of(ctx.db, page):
        yield line(OFFERED, to=people.get(ctx.db, waiting.to_id).name)


def _checklist(ctx: Context, page: Page, office: Office) -> Iterator[Line]:
    terms = TERMS.format(day=f"{page.terms_on:{DAY}}") if page.terms_on else ""
    if pages.has_to_confirm(page):
        yield line(TO_CONFIRM, terms=terms)
    elif page.confirmed_at is not None and page.confirmed_by_id is not None:
        name = people.get(ctx.db, page.confirmed_by_id).name
        day = f"{page.confirmed_at.astimezone(page_standing.zone(page, office)):{DAY}}"
        yield line(CONFIRMED, name=name, day=day, terms=terms)


def _buttons(ctx: Context, page: Page, office: Office) -> Iterator[Button]:
    person = ctx.person()
    roles = people.roles(ctx.db, office.id, person)

    def able(action: PageAction) -> bool:
        return may(action, roles, is_owner=page.owner_id == person.id)

    value = str(page.id)
    if not pages.is_open(page):
        if able(PageAction.CLOSE):
            yield Button(REOPEN, "page-reopen", value)
        return
    if pages.has_to_confirm(page) and able(PageAction.CONFIRM):
        yield checklist.button(page)
    if pages.is_live(page):
        yield Button(UPDATED, "updated", value)
    if able(PageAction.PAUSE):
        paused = pages.is_paused(page, ctx.now)
        yield Button(RESUME if paused else PAUSE, "page-resume" if paused else "page-pause", value)
    if able(PageAction.CHANGE_OWN):
        yield Button(CHANGE, "page-change", value)
    if able(PageAction.GIVE):
        yield Button(GIVE, "page-give", value)
    if able(PageAction.CLOSE):
        yield Button(CLOSE, "page-close", value)
