"""Keeping pages alive: owners hear when a page is about to have a quiet week, leads after two."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

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
OWNERLESS = "**These pages have no owner** whom I could remind. Name one in the offices file:"
OWNERLESS_PAGE = "{name} ({office})"
NUDGES = {Freshness.HINT: HINT, Freshness.WARNING: WARNING}
MOST = 20  # pages that have a button in one message


@dataclass
class Round:
    """One look at an office: who works there, who hears, and what has to wait."""

    ctx: Context
    office: Office
    is_open: bool
    is_locked: bool
    working: dict[int, Person]
    waiting: set[int] = field(default_factory=set)  # pages of which something is still to be said
    hearing: dict[int | None, list[Person]] = field(default_factory=dict)

    def hears(self, person_id: int | None) -> list[Person]:
        """List who hears what is meant for somebody: they, or who stands in for them."""
        person = self.working.get(person_id or 0)
        if person_id not in self.hearing:
            found = absences.stand_ins(
                self.ctx.db, self.office, [person] if person else [], self.ctx.now
            )
            self.hearing[person_id] = found
        return self.hearing[person_id]

    def speaks(self) -> bool:
        """Tell whether anything may be said now."""
        return self.is_open and not self.is_locked


@router.office_job(every=timedelta(minutes=5), due=pages.offices_to_check)
def keep_pages_fresh(ctx: Context, office: Office) -> None:
    """Judge the weeks that are over, and say what is due: each thing once for a page and week."""
    checked = pages.to_check(ctx.db, office, ctx.now)
    live = [page for page in checked if office.active and pages.is_live(page)]
    for page in checked:
        judging.follow(ctx, page, office, is_live=page in live)
    look = begun(ctx, office)
    nudge_owners(look, live)
    tell_leads(look, live)
    for page in checked:
        page.check_at = planned(look, page) if page in live else None  # until it is changed
        ctx.db.add(page)
    ctx.db.flush()


def begun(ctx: Context, office: Office) -> Round:
    """Begin a look at an office."""
    return Round(
        ctx,
        office,
        is_open=clock.of(office).is_open(ctx.now, grace=clock.GRACE),
        is_locked=lockdowns.is_on(ctx.db, office),
        working={member.person.id: member.person for member in people.members(ctx.db, office)},
    )


def planned(look: Round, page: Page) -> datetime:
    """Say when a page is to be looked at next."""
    now, calendar = look.ctx.now, clock.of(look.office)
    if page.id in look.waiting and look.is_open:  # for a person or the end of a lockdown
        return now
    moment = next_look(page_view.week(page, look.office, now), now, calendar)
    return min(moment, next_opening(calendar, now)) if page.id in look.waiting else moment


def nudge_owners(look: Round, live: Sequence[Page]) -> None:
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
        if not look.speaks() or not hearing:
            look.waiting.add(page.id)
        elif look.ctx.is_first(key):
            listeners[hearing[0].id] = hearing[0]
            due.setdefault(hearing[0].id, []).append((kind, page))
    for person_id, quiet in due.items():
        look.ctx.tell(listeners[person_id], nudge(look, quiet))


def nudge(look: Round, quiet: Sequence[tuple[Freshness, Page]]) -> Message:
    """Write one message about several pages."""
    lines = [
        each for kind in NUDGES for each in _section(look, kind, [p for k, p in quiet if k is kind])
    ]
    buttons = tuple(
        Button(UPDATED.format(name=page.name), "updated", str(page.id)) for _, page in quiet[:MOST]
    )
    return Message((*lines, line(WHAT_NOW)), buttons)


def _section(look: Round, kind: Freshness, found: Sequence[Page]) -> Iterator[Line]:
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


def tell_leads(look: Round, live: Sequence[Page]) -> None:
    """Tell the leads of the pages that were short twice in a row, and after every second more."""
    ctx, office = look.ctx, look.office
    late = {page.id: key for page in live if (key := judging.alarm(ctx, page, office))}
    late = {number: key for number, key in late.items() if not notices.known(ctx.db, [key])}
    leads = people.with_role(ctx.db, office, Role.LEAD) if late else []
    hearing = absences.stand_ins(ctx.db, office, leads, ctx.now) if late else []
    if not look.speaks() or not hearing:
        look.waiting.update(late if leads else ())
        return
    said = [
        each
        for page in live
        if page.id in late and ctx.is_first(late[page.id])
        for each in _alarm(look, page)
    ]
    for lead in hearing if said else ():
        ctx.tell(lead, Message(tuple(said)))


def _alarm(look: Round, page: Page) -> Iterator[Line]:
    week = page_view.week(page, look.office, look.ctx.now).previous()
    owner = people.get(look.ctx.db, page.owner_id).name if page.owner_id else "nobody"
    yield line(
        SHORT,
        name=page.name,
        times=judging.in_a_row(look.ctx, page, week),
        stretch=page_view.STRETCHES[page.cadence],
    )
    updates = page_view.updates_in(look.ctx, page, week)
    yield line(SHORT_NOW, updates=updates, wanted=page.updates, owner=owner)


def owned(ctx: Context, office: Office) -> list[tuple[Page, Person]]:
    """List the pages of an office whose owner still works there."""
    working = {member.person.id: member.person for member in people.members(ctx.db, office)}
    return [
        (page, working[page.owner_id])
        for page in pages.of_office(ctx.db, office)
        if page.owner_id in working
    ]


@router.job(every=timedelta(hours=1))
def report_pages_without_owner(ctx: Context) -> None:
    """Tell the administrators, not the office, of pages that nobody looks after; once a week."""
    for office in people.offices(ctx.db):
        if not clock.of(office).is_open(ctx.now, grace=clock.GRACE):
            continue
        hearing = absences.stand_ins(ctx.db, office, people.admins(ctx.db, office), ctx.now)
        if not hearing:
            continue
        kept = {page.id for page, _ in owned(ctx, office)}
        lines = [
            line(OWNERLESS_PAGE, name=page.name, office=office.name)
            for page in pages.of_office(ctx.db, office)
            if page.id not in kept
            and ctx.is_first(f"ownerless:{page.id}:{page_view.week(page, office, ctx.now).key}")
        ]
        if lines:
            for admin in hearing:
                ctx.tell(admin, Message((line(OWNERLESS), *lines)))
