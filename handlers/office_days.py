"""The days of an office: its leads and admins set days off, working days and other hours."""

from collections.abc import Iterator
from datetime import date, timedelta

from handlers.chat import Answer, Command, Field, FieldKind, Form, Line, Message, Option, line
from handlers.context import Context, Refusal
from handlers.reading import BROKEN, number
from handlers.router import Router
from policy import own_days
from policy.calendar import Calendar
from policy.own_days import Kind, OwnDay
from storage import clock, people, periods
from storage.models import Office, Role

router = Router()

KEEPERS = (Role.LEAD, Role.ADMIN)
NOT_YOURS = "Only leads and admins set the days of an office."
WHICH = "For which office?"
HEADING = "**{office}**: hours {hours}, unless a day says otherwise"
NOTHING = "No days out of the ordinary within a year."
ENTRY = "{day}: {what} ({source})"
OFF, WORKS, HOURS = "day off", "works", "works {hours}"
NAMED = "{what}, {name}"
COUNTRY, FILE, CHAT = "country", "offices file", "chat"
MORE = "… and {count} more."
HOW = (
    "Set days: /office days add 2026-12-16 Victory Day, /office days strike 2026-12-25, "
    "/office days part 2026-12-24 09:00-12:00. Two dates mean all days between. "
    "/office days remove 2026-12-16 takes back what was set here."
)
DONE = "**{office}**: {days} {what}."
BECOMES = {
    Kind.ADD: "is off now",
    Kind.STRIKE: "is a working day now",
    Kind.PART: "has the hours {}",
}
BECOME = {
    Kind.ADD: "are off now",
    Kind.STRIKE: "are working days now",
    Kind.PART: "have the hours {}",
}
RANGE = "{first} to {last} ({count} days)"
AGAIN = "as in the offices file again"
NOTE = "What waits follows at once."
NO_CHANGE = {
    Kind.ADD: "{office} is closed on {days} already. Nothing was changed.",
    Kind.STRIKE: "{office} works on {days} already. Nothing was changed.",
    Kind.PART: "{office} has these hours on {days} already. Nothing was changed.",
}
NOT_SET = (
    "Nothing was set here for {days}. What comes from the country or the offices file is changed "
    "with add, strike or part."
)
YEAR = timedelta(days=365)
MOST = 25  # lines that are still readable on a phone
DAY = "%a %-d %b %Y"


@router.command("office days", *KEEPERS)
def show_or_set_days(command: Command, ctx: Context) -> None:
    """Show the days off of your office; set them: /office days add 2026-12-16 Victory Day."""
    mine = kept(ctx)
    if not command.text.strip():
        ctx.reply(
            Message((*(each for office in mine for each in overview(ctx, office)), line(HOW)))
        )
        return
    words = " ".join(command.text.split())
    wish(ctx, words, mine[0])
    if len(mine) > 1:
        options = tuple(Option(str(office.id), office.name) for office in mine)
        field = Field("office", WHICH, FieldKind.CHOICE, options)
        ctx.ask(Form("office-days", "Which office?", (field,)), given={"words": words})
        return
    change(ctx, mine[0], words)


@router.form("office-days")
def choose_office(answer: Answer, ctx: Context) -> None:
    """Set the days of the office that was chosen."""
    wanted = number(answer.values.get("office", ""))
    office = next((each for each in kept(ctx) if each.id == wanted), None)
    if office is None:
        raise Refusal(BROKEN)
    change(ctx, office, answer.values.get("words", ""))


def kept(ctx: Context) -> list[Office]:
    """List the offices whose days the person who asks may set."""
    places = people.workplaces(ctx.db, ctx.person())
    found = [office for office, roles in places if not roles.isdisjoint(KEEPERS)]
    if not found:
        raise Refusal(NOT_YOURS)
    return found


def wish(ctx: Context, words: str, office: Office) -> own_days.Wish:
    """Read what is wanted, or refuse it."""
    try:
        return own_days.read(words, clock.of(office).day_of(ctx.now))
    except ValueError as error:
        raise Refusal("{why}", why=error) from None


def change(ctx: Context, office: Office, words: str) -> None:
    """Set or take back days. Whatever waits is counted by the new ones from now on."""
    wanted, held = wish(ctx, words, office), periods.locked(ctx.db, office)
    if wanted.own is None:
        days = tuple(day for day in wanted.days if day.isoformat() in held.own_days)
        if not days:
            raise Refusal(NOT_SET, days=spoken(wanted.days))
    else:
        days = own_days.changed(wanted.days, wanted.own, clock.of(held))
        if not days:
            text = NO_CHANGE[wanted.own.kind]
            raise Refusal(text, office=held.name, days=spoken(wanted.days))
    store(ctx, held, days, wanted.own)
    ctx.reply(Message((_done(held, days, wanted.own), line(NOTE))))


def store(ctx: Context, office: Office, days: tuple[date, ...], own: OwnDay | None) -> None:
    """Write the days down, and who set them."""
    names = [day.isoformat() for day in days]
    if own is None:
        kept_days = {day: text for day, text in office.own_days.items() if day not in names}
    else:
        kept_days = office.own_days | dict.fromkeys(names, own.stored())
    office.own_days = dict(sorted(kept_days.items()))
    ctx.db.add(office)
    ctx.db.flush()
    ctx.record(
        ctx.person(),
        "days set" if own else "days taken back",
        f"office:{office.id}",
        office=office,
        days=names,
        what=own.stored() if own else "",
    )


def _done(office: Office, days: tuple[date, ...], own: OwnDay | None) -> Line:
    is_one = len(days) == 1
    if own is None:
        what = f"{'is' if is_one else 'are'} {AGAIN}"
    else:
        what = (BECOMES if is_one else BECOME)[own.kind].format(own.hours)
    return line(DONE, office=office.name, days=spoken(days), what=what)


def spoken(days: tuple[date, ...]) -> str:
    """Say which days: one, or from the first to the last."""
    first, last = f"{days[0]:{DAY}}", f"{days[-1]:{DAY}}"
    return first if len(days) == 1 else RANGE.format(first=first, last=last, count=len(days))


def overview(ctx: Context, office: Office) -> Iterator[Line]:
    """List the days of a year that are out of the ordinary, and where each comes from."""
    calendar = clock.of(office)
    today = calendar.day_of(ctx.now)
    days = (today + timedelta(days=number) for number in range(YEAR.days))
    found = [entry for day in days if (entry := _entry(office, calendar, day))]
    yield line(HEADING, office=office.name, hours=office.hours)
    yield from found[:MOST] or [line(NOTHING)]
    if len(found) > MOST:
        yield line(MORE, count=len(found) - MOST)


def _entry(office: Office, calendar: Calendar, day: date) -> Line | None:
    text, holiday = day.isoformat(), calendar.holiday(day)
    own = own_days.stored(office.own_days[text]) if text in office.own_days else None
    filed = text in (*office.days_added, *office.days_struck, *office.days_part)
    if own is None and not filed and (not holiday or calendar.is_weekend(day)):
        return None
    source = CHAT if own else FILE if filed else COUNTRY
    hours = own.hours if own else office.days_part.get(text, "")
    what = HOURS.format(hours=hours) if hours else WORKS
    what = what if calendar.is_working_day(day) else OFF
    if name := (own.note if own else "") or holiday:
        what = NAMED.format(what=what, name=name)
    return line(ENTRY, day=f"{day:{DAY}}", what=what, source=source)
