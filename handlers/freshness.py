"""Keeping pages alive: owners hear when a page is about to have a quiet week, leads after two."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from propcache.api import cached_property

from handlers import judging, page_view
from handlers.chat import Button, Line, Message, line
from handlers.context import Context
from handlers.router import Router
from policy.freshness import Freshness, next_look, next_opening
from storage import absences, clock, lockdowns, notices, pages, people
from storage.models import Office, Page, Person, Role

router = Router()

HINT = "**Half the {stretch} is over** and nothing new has been counted yet:"
WARNING = "**The {stretch} is nearly over** and these pages are short of their updates:"
SOME_TIME = "time"  # of pages that are counted by the week and by the month
PAGE = "{name}: {updates} of {wanted} updates this {stretch}"
WHAT_NOW = "/draft starts a post. If there was an update already, tell me with the button."
UPDATED = "Updated: {name}"
SHORT = "**Page {name}** has had too few updates for {times} {stretch}s in a row:"
SHORT_NOW = "{updates} of {wanted} in the last one. Its owner is {owner}."
SHORT_OWNERLESS = "{updates} of {wanted} in the last one. It has no owner."
STEPS = "/page with its name has buttons: pause it, change how often it is updated, hand it over."
NUDGES = {Freshness.HINT: HINT, Freshness.WARNING: WARNING}
MOST = 20  # pages that have a button in one message


@dataclass
class Look:
    """One look at an office: who works there, who hears, and what has to wait."""

    ctx: Context
    office: Office
    waiting: set[int] = field(default_factory=set)  # pages of which something is still to be said
    hearing: dict[int, list[Person]] = field(default_factory=dict)

    @cached_property
    def is_open(self) -> bool:
        """Whether the office is at work."""
        return clock.of(self.office).is_open(self.ctx.now, grace=clock.GRACE)

    @cached_property
    def may_speak(self) -> bool:
        """Whether anything may be said now."""
        return self.is_open and not lockdowns.is_on(self.ctx.db, self.office)

    @cached_property
    def working(self) -> dict[int, Person]:
        """Who works there."""
        members = people.members(self.ctx.db, self.office)
        return {member.person.id: member.person for member in members}

    def hears(self, person_id: int | None) -> list[Person]:
        """List who hears what is meant for somebody: they, or who stands in for them."""
        person = self.working.get(person_id or 0)
        if person is None:
            return []
        if person.id not in self.hearing:
            found = absences.stand_ins(self.ctx.db, self.office, [person], self.ctx.now)
            self.hearing[person.id] = found
        return self.hearing[person.id]


@router.office_job(every=timedelta(minutes=5), due=pages.offices_to_check)
def keep_pages_fresh(ctx: Context, office: Office) -> None:
    """Judge the weeks that are over, and say what is due: each thing once for a page and week."""
    checked = pages.to_check(ctx.db, office, ctx.now)
    live = [page for page in checked if office.active and pages.is_live(page)]
    for page in checked:
        judging.follow(ctx, page, office, is_live=page in live)
    look = Look(ctx, office)
    nudge_owners(look, live)
    tell_leads(look, live)
    for page in checked:
        page.check_at = planned(look, page) if page in live else None  # until it is changed
        ctx.db.add(page)
    ctx.db.flush()


def planned(look: Look, page: Page) -> datetime:
    """Say when a page is to be looked at next."""
    now, calendar = look.ctx.now, clock.of(look.office)
    if page.id in look.waiting and look.is_open:  # for a person or the end of a lockdown
        return now
    moment = next_look(page_view.week(page, look.office, now), now, calendar)
    return min(moment, next_opening(calendar, now)) if page.id in look.waiting else moment


def nudge_owners(look: Look, live: Sequence[Page]) -> None:
    """Tell each owner of their quiet pages, with one message.

    While an owner is away their deputy hears, else that of the page; without one the message
    waits for the owner's return. A page whose owner left is the administrators' matter.
    """
    due: dict[int, list[tuple[Freshness, Page]]] = {}
    listeners: dict[int, Person] = {}
    for page in live:
        kind = page_view.freshness(look.ctx, page, look.office)
        if kind not in NUDGES or page.owner_id not in look.working:
            continue
        key = f"{kind}:{page.id}:{page_view.week(page, look.office, look.ctx.now).key}"
        hearing = look.hears(page.owner_id) or look.hears(page.deputy_id)
        if not look.may_speak or not hearing:
            look.waiting.update([] if notices.known(look.ctx.db, [key]) else [page.id])
        elif look.ctx.is_first(key):
            listeners[hearing[0].id] = hearing[0]
            due.setdefault(hearing[0].id, []).append((kind, page))
    for person_id, quiet in due.items():
        look.ctx.tell(listeners[person_id], nudge(look, quiet))


def nudge(look: Look, quiet: Sequence[tuple[Freshness, Page]]) -> Message:
    """Write one message about several pages."""
    lines = [
        each for kind in NUDGES for each in _section(look, kind, [p for k, p in quiet if k is kind])
    ]
    buttons = tuple(
        Button(UPDATED.format(name=page.name), "updated", str(page.id)) for _, page in quiet[:MOST]
    )
    return Message((*lines, line(WHAT_NOW)), buttons)


def _section(look: Look, kind: Freshness, found: Sequence[Page]) -> Iterator[Line]:
    names = {page_view.STRETCHES[page.cadence] for page in found}
    if found:
        yield line(NUDGES[kind], stretch=names.pop() if len(names) == 1 else SOME_TIME)
    for page in found:
        week = page_view.week(page, look.office, look.ctx.now)
        yield line(
            PAGE,
            name=page.name,
            updates=page_view.updates_in(look.ctx, page, week),
            wanted=page.updates,
            stretch=page_view.STRETCHES[page.cadence],
        )


def tell_leads(look: Look, live: Sequence[Page]) -> None:
    """Tell the leads of the pages that were short twice in a row, and after every second more."""
    ctx, office = look.ctx, look.office
    late = judging.alarms(ctx, live, office)
    told = notices.known(ctx.db, late.values()) if late else set()
    late = {number: key for number, key in late.items() if key not in told}
    if not late or not (leads := people.with_role(ctx.db, office, Role.LEAD)):
        return
    hearing = absences.stand_ins(ctx.db, office, leads, ctx.now)
    if not look.may_speak or not hearing:
        look.waiting.update(late)
        return
    said = [
        each
        for page in live
        if page.id in late and ctx.is_first(late[page.id])
        for each in _alarm(look, page)
    ]
    for lead in hearing:
        ctx.tell(lead, Message((*said, line(STEPS))))


def _alarm(look: Look, page: Page) -> Iterator[Line]:
    week = page_view.week(page, look.office, look.ctx.now).previous()
    owner = people.get(look.ctx.db, page.owner_id).name if page.owner_id else ""
    yield line(
        SHORT,
        name=page.name,
        times=judging.in_a_row(look.ctx, page, week),
        stretch=page_view.STRETCHES[page.cadence],
    )
    updates = page_view.updates_in(look.ctx, page, week)
    last = SHORT_NOW if owner else SHORT_OWNERLESS
    yield line(last, updates=updates, wanted=page.updates, owner=owner)
