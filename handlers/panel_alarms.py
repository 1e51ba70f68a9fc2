"""When a panel cannot decide, because people are away or have left, its admins hear what to do."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from zoneinfo import ZoneInfo

from handlers.chat import Line, Message, line
from handlers.context import Context
from handlers.words import listed
from storage import absences, clock, drafts, panel, people, periods
from storage.models import Draft, Office, Person, Role
from storage.panel import Bench

PANEL = (
    "**The panel of {office} cannot approve anything now.** It takes {needed} approvals; {able}."
)
DRAFT = (
    "**Draft {id}** of {office} cannot be approved now: {author} wrote it and has no vote on it. "
    "It takes {needed} approvals; {able}."
)
ABLE = {0: "none can come", 1: "only one can come"}
ABLE_SOME = "only {count} can come"
SENIOR = "**No senior of {office} can give the approval that these drafts need:** {numbers}."
AWAY = "Away: {names}."
NAME = "{name} until the end of {day}"
WAITING = "Drafts that wait: {count}."
HELP = "What you can do:"
NAME_DEPUTY = "• Let somebody take the seat: /away {name} deputy and their name."
ASK_BACK = "• Ask {name} to come back: /away off."
CHANGE_PANEL = "• Change the panel in offices.yaml."
MORE_SENIORS = "• Give somebody the role senior in offices.yaml."
IN_SLACK = "In Slack, write /countersign away."
DAY = "%a %-d %b %Y"
TOLD = "panel cannot decide: admins told"
OVER = "panel can decide again"

Trouble = Mapping[str, tuple[Line, ...]]


def look(ctx: Context, office: Office) -> None:
    """Tell the admins of an office, once, of each reason why nobody can decide.

    What is no longer so is cleared without a word, so that it is told again if it comes back.
    Nobody is disturbed outside the working time, unless something urgent waits.
    """
    now, waiting = panel.bench(ctx.db, office), drafts.waiting(ctx.db, office)
    found = dict(_troubles(ctx, office, now, list(waiting)))
    if sorted(found) == sorted(office.alarms):
        return
    held = periods.locked(ctx.db, office)
    kept = [each for each in held.alarms if each in found]
    new = [each for each in found if each not in kept]
    hearing = hearers(ctx, office) if new and _may_disturb(ctx, office, list(waiting)) else []
    for each in new if hearing else ():
        said = Message((*found[each], *_advice(ctx, office, now, each)))
        for person in hearing:
            ctx.tell(person, said)
        ctx.record("bot", TOLD, f"office:{office.id}", office=office, why=each, told=len(hearing))
    if len(kept) < len(held.alarms):
        over = [each for each in held.alarms if each not in kept]
        ctx.record("bot", OVER, f"office:{office.id}", office=office, why=over)
    held.alarms = [*kept, *(new if hearing else ())]
    ctx.db.add(held)
    ctx.db.flush()


def hearers(ctx: Context, office: Office) -> list[Person]:
    """List who looks after an office and is not away: admins, else leads, else seniors."""
    for role in (Role.ADMIN, Role.LEAD, Role.SENIOR):
        among = people.with_role(ctx.db, office, role)
        if found := absences.stand_ins(ctx.db, office, among, ctx.now):
            return found
    return []


def _may_disturb(ctx: Context, office: Office, waiting: list[Draft]) -> bool:
    is_open = clock.of(office).is_open(ctx.now, grace=clock.GRACE)
    return is_open or any(draft.is_urgent for draft in waiting)


def _troubles(
    ctx: Context, office: Office, now: Bench, waiting: list[Draft]
) -> Iterator[tuple[str, tuple[Line, ...]]]:
    needed, able = now.quorum.needed, len(now.speakers())
    if able < needed:
        said = line(PANEL, office=office.name, needed=needed, able=_able(able))
        yield "panel", (said, line(WAITING, count=len(waiting)))
    else:
        yield from _drafts_without_panel(ctx, office, now, waiting)
    yield from _drafts_without_senior(ctx, office, now, waiting)


def _drafts_without_panel(
    ctx: Context, office: Office, now: Bench, waiting: list[Draft]
) -> Iterator[tuple[str, tuple[Line, ...]]]:
    """Find drafts that only their own author's vote is missing for."""
    speaking = now.speakers()
    for draft in waiting:
        if draft.author_id not in speaking:
            continue
        count = panel.count(ctx.db, draft, office, now)
        if count.is_short:
            said = line(
                DRAFT,
                id=draft.id,
                office=office.name,
                author=now.people[draft.author_id].name,
                needed=count.quorum.needed,
                able=_able(count.eligible),
            )
            yield f"draft:{draft.id}", (said,)


def _drafts_without_senior(
    ctx: Context, office: Office, now: Bench, waiting: list[Draft]
) -> Iterator[tuple[str, tuple[Line, ...]]]:
    """Find drafts that a senior has to approve while none can."""
    maybe = [draft for draft in waiting if not now.seniors_here(draft.author_id)]
    stuck = [each for each in maybe if panel.count(ctx.db, each, office, now).lacks_senior]
    if stuck:
        numbers = listed([str(draft.id) for draft in stuck])
        yield "senior", (line(SENIOR, office=office.name, numbers=numbers),)


def _able(count: int) -> str:
    return ABLE.get(count, ABLE_SOME.format(count=count))


def _advice(ctx: Context, office: Office, now: Bench, why: str) -> Iterator[Line]:
    wanted = now.seniors if why == "senior" else now.panel
    gone = [now.people[one] for one in wanted if one in now.away]
    zone, ends = ZoneInfo(office.timezone), {}
    for each in absences.noticed(ctx.db):
        last = (each.ends_at - timedelta(seconds=1)).astimezone(zone)
        ends[each.person_id] = f"{last:{DAY}}"
    if gone:
        names = [NAME.format(name=each.name, day=ends[each.id]) for each in gone]
        yield line(AWAY, names=listed(names))
    yield line(HELP)
    if why == "senior":
        yield line(MORE_SENIORS)
    else:
        seats_left = [each for each in gone if now.away[each.id] is None]
        if seats_left or gone:
            yield line(NAME_DEPUTY, name=(seats_left or gone)[0].name)
        yield line(CHANGE_PANEL)
    if gone:
        yield line(ASK_BACK, name=listed([each.name for each in gone], "or"))
        yield line(IN_SLACK)
