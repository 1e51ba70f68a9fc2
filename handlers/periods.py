"""Periods: before an election, in mourning, in a crisis, an office's rules are stricter."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from handlers.chat import Button, Command, Line, Message, Press, line
from handlers.context import Context, Refusal
from handlers.in_force import keep_up
from handlers.reading import BROKEN, number
from handlers.router import Router
from policy.periods import PERIODS
from storage import people, periods
from storage.models import Office, Period, Role
from storage.period_import import moments

router = Router()

DECLARE = (Role.SENIOR, Role.LEAD, Role.ADMIN)
ON, OFF = "on", "off"

NONE = "{office}: no period is declared."
HEADING = "**{office}**"
ENTRY = "{period}: {when}{note}, declared by {by}"
IS_ON = "**on** "
NOTE = ", “{note}”"
FROM, UNTIL = "from {start}", " to {end}"
HOW = "To declare: /policy period mourning 2026-03-01 2026-03-03, or /policy period crisis on."
USAGE = (
    "I do not understand that. Write /policy period mourning 2026-03-01 2026-03-03, "
    "/policy period crisis on, or /policy period crisis off. Periods are: {known}."
)
NOT_A_DAY = "“{given}” is no day. Write it like 2026-03-01."
BACKWARDS = "That period would end before it starts."
OVER = "That period is over already."
NOT_YOURS = "Only seniors, leads and admins declare and end periods."
WHICH = "For which office?"
STANDS = "{period} stands already for {office}: {when}, declared by {by}. Nothing was changed."
OVERLAPS = (
    "{period} is declared for {office} already: {when}, by {by}. Yours would overlap with that. "
    "Choose other days, or end it first with /policy period {kind} off."
)
NOT_ON = "{period} is not declared for {office}, so there is nothing to end."
DECLARED = "{period} is declared for {office}: {when}."
TAKEN_BACK = "{period} is ended for {office}."
DAY = "%a %-d %b %Y"


@router.command("policy period")
def tell_or_change_periods(command: Command, ctx: Context) -> None:
    """Show the periods of your office; seniors declare: /policy period crisis on."""
    if not command.text.strip():
        ctx.reply(overview(ctx))
        return
    places = people.workplaces(ctx.db, ctx.person())
    mine = [office for office, roles in places if not roles.isdisjoint(DECLARE)]
    if not mine:
        raise Refusal(NOT_YOURS)
    words = " ".join(command.text.lower().split())
    read(words, mine[0])
    if len(mine) > 1:
        buttons = tuple(Button(each.name, "period", f"{each.id}.{words}") for each in mine)
        ctx.reply(Message((line(WHICH),), buttons))
        return
    change(ctx, mine[0], words)


@router.press("period")
def choose_office(press: Press, ctx: Context) -> None:
    """Declare or end a period in the office that was chosen."""
    office_id, _, words = press.value.partition(".")
    places = people.workplaces(ctx.db, ctx.person())
    wanted = number(office_id)
    office, roles = next(((o, r) for o, r in places if o.id == wanted), (None, frozenset()))
    if office is None or roles.isdisjoint(DECLARE):
        raise Refusal(BROKEN if office is None else NOT_YOURS)
    change(ctx, office, words)


def change(ctx: Context, office: Office, words: str) -> None:
    """Declare or end a period, and let everything follow from it at once."""
    kind, wanted = read(words, office)
    if wanted is None:
        finish(ctx, office, kind)
        return
    start, end = wanted
    if end is not None and end <= ctx.now:
        raise Refusal(OVER)
    person = ctx.person()
    period = Period(
        office_id=office.id, period=kind, starts_at=start or ctx.now, ends_at=end, by=person.name
    )
    periods.locked(ctx.db, office)
    _refuse_double(ctx, office, period)
    periods.add(ctx.db, period)
    when = _when(period, office)
    ctx.record(person, "period declared", _subject(office), office=office, period=kind, when=when)
    ctx.reply(DECLARED, period=PERIODS[kind], office=office.name, when=when)
    keep_up(ctx, office)


def _refuse_double(ctx: Context, office: Office, wanted: Period) -> None:
    """Refuse what stands already, and what would overlap with another of its kind."""
    known = periods.overlapping(ctx.db, office, wanted, ctx.now)
    if known is None:
        return
    is_on = wanted.ends_at is None and known.starts_at <= wanted.starts_at and not known.ends_at
    same = (known.starts_at, known.ends_at) == (wanted.starts_at, wanted.ends_at)
    raise Refusal(
        STANDS if same or is_on else OVERLAPS,
        period=PERIODS[known.period],
        office=office.name,
        when=_when(known, office),
        by=known.by,
        kind=known.period,
    )


def finish(ctx: Context, office: Office, kind: str) -> None:
    """End what is on, or take back what is to come."""
    if not periods.end(ctx.db, office, kind, ctx.now):
        raise Refusal(NOT_ON, period=PERIODS[kind], office=office.name)
    ctx.record(ctx.person(), "period taken back", _subject(office), office=office, period=kind)
    ctx.reply(TAKEN_BACK, period=PERIODS[kind], office=office.name)
    keep_up(ctx, office)


Times = tuple[datetime | None, datetime | None]


def read(words: str, office: Office) -> tuple[str, Times | None]:
    """Read `crisis on`, `crisis off` or `mourning 2026-03-01 2026-03-03`. No times: it ends."""
    kind, *rest = words.split() or [""]
    if kind not in PERIODS or not 1 <= len(rest) <= 2:
        raise Refusal(USAGE, known=", ".join(PERIODS))
    if rest in ([ON], [OFF]):
        return kind, (None, None) if rest == [ON] else None
    start, *ends = map(_day, rest)
    end = ends[0] if ends else None
    if end is not None and end < start:
        raise Refusal(BACKWARDS)
    return kind, moments(start, end, office)


def _day(given: str) -> date:
    try:
        day = date.fromisoformat(given)
    except ValueError:
        raise Refusal(NOT_A_DAY, given=given) from None
    if not 2000 <= day.year < 2200:
        raise Refusal(NOT_A_DAY, given=given)
    return day


def overview(ctx: Context) -> Message:
    """List what is on and what is to come."""
    lines: list[Line] = []
    for office, _ in people.workplaces(ctx.db, ctx.person()):
        found = periods.of_office(ctx.db, office, ctx.now)
        lines.append(line(HEADING if found else NONE, office=office.name))
        lines += [_entry(ctx, each, office) for each in found]
    return Message((*lines, line(HOW)))


def _entry(ctx: Context, period: Period, office: Office) -> Line:
    is_on = period.starts_at <= ctx.now
    return line(
        (IS_ON if is_on else "") + ENTRY,
        period=PERIODS[period.period],
        when=_when(period, office),
        note=NOTE.format(note=period.note) if period.note else "",
        by=period.by,
    )


def _when(period: Period, office: Office) -> str:
    zone = ZoneInfo(office.timezone)
    start = FROM.format(start=f"{period.starts_at.astimezone(zone):{DAY}}")
    if period.ends_at is None:
        return start
    last = period.ends_at.astimezone(zone) - timedelta(seconds=1)
    return start + UNTIL.format(end=f"{last:{DAY}}")


def _subject(office: Office) -> str:
    return f"office:{office.id}"


@router.office_job(every=timedelta(minutes=1), due=periods.unnoticed)
def keep_up_with_periods(ctx: Context, office: Office) -> None:
    """Notice in each office which period has begun or ended."""
    keep_up(ctx, office)
