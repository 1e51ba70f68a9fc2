"""Seats that change hands: somebody leaves or comes back, and their deputy hears of it."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from handlers import panel_alarms
from handlers.chat import message
from handlers.context import Context
from handlers.recount import recount_office
from storage import absences, drafts, panel, people, periods
from storage.models import Office
from storage.panel import Bench

TAKEN = (
    "You stand in for {name} on the panel of {office}, until {name} is back: {until}. You vote in "
    "their place. Drafts that wait: {count}. /queue shows them."
)
RETURNED = (
    "You no longer stand in for {name} on the panel of {office}. Your votes on drafts that are "
    "not decided yet count no more."
)
END = "the end of {day}"
DAY = "%a %-d %b %Y"


def last_day(ends_at: datetime, office: Office) -> str:
    """Write the last day of an absence, which ends with it."""
    return f"{(ends_at - timedelta(seconds=1)).astimezone(ZoneInfo(office.timezone)):{DAY}}"


@contextmanager
def changing(ctx: Context, persons: Collection[int]) -> Iterator[None]:
    """Change when some people are away; then let seats, counts, cards and alarms follow."""
    mine = [periods.locked(ctx.db, office) for office in people.offices_of(ctx.db, persons)]
    before = {office.id: panel.bench(ctx.db, office) for office in mine}
    yield
    ctx.db.flush()
    absences.turn(ctx.db, ctx.now, persons)
    for office in mine:
        now = panel.bench(ctx.db, office)
        if now != before[office.id]:
            _record(ctx, office, now)
            recount_office(ctx, office)
            _tell_deputies(ctx, office, before[office.id], now)
        panel_alarms.look(ctx, office)


def _record(ctx: Context, office: Office, now: Bench) -> None:
    ctx.record(
        "bot",
        "panel changed",
        f"office:{office.id}",
        office=office,
        away=[now.people[one].name for one in sorted(now.away)],
        deputies=[[now.people[one].name, now.people[two].name] for one, two in now.sitting()],
    )


def _tell_deputies(ctx: Context, office: Office, was: Bench, now: Bench) -> None:
    """Tell whoever takes a seat or gives it back."""
    waiting = len(drafts.waiting(ctx.db, office))
    ends = {each.person_id: each.ends_at for each in absences.noticed(ctx.db)}
    for holder, deputy in sorted(now.sitting() - was.sitting()):
        said = message(
            TAKEN,
            name=now.people[holder].name,
            office=office.name,
            until=END.format(day=last_day(ends[holder], office)),
            count=waiting,
        )
        ctx.tell(now.people[deputy], said)
    for holder, deputy in sorted(was.sitting() - now.sitting()):
        names = {"name": was.people[holder].name, "office": office.name}
        ctx.tell(was.people[deputy], message(RETURNED, **names))


def keep_up(ctx: Context) -> None:
    """Notice who has left and who is back."""
    if due := absences.due(ctx.db, ctx.now):
        with changing(ctx, {each.person_id for each in due}):
            pass
