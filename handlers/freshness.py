"""Keeping pages alive: owners hear when a page is about to have a quiet week, leads after two."""

from collections import defaultdict
from datetime import timedelta

from handlers import page_view
from handlers.chat import Button, Message, line
from handlers.context import Context
from handlers.router import Router
from policy.cadence import Stretch
from policy.freshness import (
    SHORT_WEEKS_FOR_LEAD,
    Freshness,
    is_short,
    short_in_a_row,
)
from storage import absences, clock, lockdowns, pages, people
from storage.models import Office, Page, PageWeek, Person, Role

router = Router()

HINT = "**Half the week is over** and nothing new has been counted yet:"
WARNING = "**The week is nearly over** and these pages are short of their updates:"
PAGE = "{name}: {updates} of {wanted} updates"
WHAT_NOW = "/draft starts a post. If there was an update already, tell me with the button."
UPDATED = "Updated: {name}"
SHORT = "**Page {name}** has had too few updates for {weeks} weeks in a row:"
SHORT_NOW = "{updates} of {wanted} in the last one. Its owner is {owner}."
EXCUSED = "short week not counted: locked down"
NUDGES = {Freshness.HINT: HINT, Freshness.WARNING: WARNING}
MOST = 20  # pages named in one message
LOOK_BACK = 8  # weeks that are recorded after a long pause

Due = list[tuple[Page, Office]]


@router.job(every=timedelta(minutes=5))
def nudge_owners(ctx: Context) -> None:
    """Tell each owner of their quiet pages, each page once a week for a hint and a warning.

    While an owner is away their deputy hears; without one the message waits for their return.
    """
    for kind, text in NUDGES.items():
        due: dict[int, Due] = defaultdict(list)
        for office in people.offices(ctx.db):
            if may_nudge(ctx, office):
                for page, owner in owned(ctx, office):
                    hearing = absences.stand_ins(ctx.db, office, [owner], ctx.now)
                    if hearing and is_due(ctx, page, office, kind):
                        due[hearing[0].id].append((page, office))
        for owner_id, quiet in due.items():
            ctx.tell(people.get(ctx.db, owner_id), nudge(ctx, quiet, text))


def may_nudge(ctx: Context, office: Office) -> bool:
    """Tell whether an office is at work, and allowed to post."""
    is_open = clock.of(office).is_open(ctx.now, grace=clock.GRACE)
    return is_open and not lockdowns.is_on(ctx.db, office)


def owned(ctx: Context, office: Office) -> list[tuple[Page, Person]]:
    """List the pages of an office whose owner still works there."""
    working = {member.person.id: member.person for member in people.members(ctx.db, office)}
    return [
        (page, working[page.owner_id])
        for page in pages.of_office(ctx.db, office)
        if page.owner_id in working
    ]


def is_due(ctx: Context, page: Page, office: Office, kind: Freshness) -> bool:
    """Tell whether a page needs a nudge that it has not had this week."""
    if page_view.freshness(ctx, page, office) is not kind:
        return False
    return ctx.is_first(f"{kind}:{page.id}:{page_view.week(page, office, ctx.now).key}")


def nudge(ctx: Context, quiet: Due, text: str) -> Message:
    """Write one message about several pages."""
    lines = [
        line(
            PAGE,
            name=page.name,
            updates=page_view.updates_in(ctx, page, page_view.week(page, office, ctx.now)),
            wanted=page.updates,
        )
        for page, office in quiet
    ]
    buttons = tuple(
        Button(UPDATED.format(name=page.name), "updated", str(page.id)) for page, _ in quiet[:MOST]
    )
    return Message((line(text), *lines, line(WHAT_NOW)), buttons)


@router.job(every=timedelta(minutes=30))
def record_short_weeks(ctx: Context) -> None:
    """Note each week that ended short, and tell the lead of two in a row."""
    for office in people.offices(ctx.db):
        for page in pages.of_office(ctx.db, office):
            week = page_view.week(page, office, ctx.now).previous()
            record_page(ctx, page, office, week)
            if may_nudge(ctx, office):
                tell_lead(ctx, page, office, week)


def record_page(ctx: Context, page: Page, office: Office, week: Stretch) -> None:
    """Judge the weeks of a page up to the one that ended last: each once, by its floor then."""
    for _ in range(LOOK_BACK):
        if not ctx.is_first(f"judged:{page.id}:{week.key}"):
            return
        updates = page_view.updates_in(ctx, page, week)
        short = is_short(updates, page.updates, week, page.started_at)
        if short and lockdowns.stops(ctx.db, office, week.start, week.end):
            ctx.record("bot", EXCUSED, pages.subject(page), office=office, week=week.key)
        elif short:
            row = PageWeek(
                page_id=page.id,
                week=week.key,
                ended_at=week.end,
                updates=updates,
                wanted=page.updates,
            )
            pages.record_short_week(ctx.db, row)
            ctx.record("bot", "week ended short", pages.subject(page), office=office, week=week.key)
        week = week.previous()


def tell_lead(ctx: Context, page: Page, office: Office, week: Stretch) -> None:
    """Tell the lead after every second short week in a row."""
    row = short_in_a_row(week, pages.short_weeks(ctx.db, page))
    if not row or row % SHORT_WEEKS_FOR_LEAD:
        return
    leads = people.with_role(ctx.db, office, Role.LEAD)
    hearing = absences.stand_ins(ctx.db, office, leads, ctx.now)
    if not hearing or not ctx.is_first(f"short:{page.id}:{week.key}"):
        return
    owner = people.get(ctx.db, page.owner_id).name if page.owner_id else "nobody"
    updates = page_view.updates_in(ctx, page, week)
    said = Message(
        (
            line(SHORT, name=page.name, weeks=row),
            line(SHORT_NOW, updates=updates, wanted=page.updates, owner=owner),
        )
    )
    for lead in hearing:
        ctx.tell(lead, said)
