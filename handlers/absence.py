"""Being away: who is, until when, and who stands in."""

from datetime import time, timedelta

from handlers import absence_view, panel_alarms, seats
from handlers.chat import Button, Command, Line, Message, Press, line
from handlers.context import Context, Refusal
from handlers.reading import number
from handlers.router import Router
from handlers.words import listed
from policy import absence as words
from policy.absence import Away, Said
from policy.calendar import day_of, moment_at
from storage import absences, people
from storage.models import Absence, Office, Person, Role

router = Router()

NOWHERE = "You have no role in any office, so nobody waits for you."
NOT_YOURS = "Only a lead or an admin of their office says that for somebody else."
NOBODY = "I know nobody called “{name}” in {office}."
SEVERAL = "“{name}” could be {names}. Write the whole name."
THEMSELF = "Nobody stands in for themself. Name somebody else."
DEPUTY_AWAY = "{name} is away then, too: {when}. Name somebody else."
NOT_AWAY = "{name} is not away. To say so: {how}. In Slack: /countersign away ..."
HOW_FOR = "/away {name} until Thursday"
GONE = "That absence is over, or was changed since. /away shows who is away."
BACK = "**{name}** is back."
TAKEN_BACK = "**{name}** will not be away ({when})."
STILL = "Still to come: away {when}."
SAYS = "{by} says:"
UNDO, UNDO_OTHER = "Not so: I am back", "Not so: not away"
HEADING, NONE = "**Away from {office}**", "Nobody is away from {office}."
HOW = (
    "Say /away until Thursday, /away tomorrow or /away 2026-12-01 2026-12-05. “deputy Chen” behind "
    "it names who stands in. /away off when you are back."
)
SOON = timedelta(days=60)  # absences that are shown before they begin
KEEPERS = frozenset({Role.LEAD, Role.ADMIN})


@router.command("away")
def say_away(command: Command, ctx: Context) -> None:
    """Say that you are away: /away until Thursday, with or without deputy Chen; /away off."""
    speaker = ctx.person()
    if not command.text.strip():
        ctx.reply(overview(ctx, speaker))
        return
    said = read(ctx, command.text, home(ctx, speaker))
    person = whom(ctx, speaker, said.name) if said.name else speaker
    if person.id != speaker.id:
        said = read(ctx, command.text, home(ctx, person))
    if said.is_back:
        come_back(ctx, person)
    elif said.away is not None:
        leave(ctx, person, said.away, said.deputy)
    else:
        name_deputy(ctx, person, said.deputy)


def read(ctx: Context, text: str, office: Office) -> Said:
    """Read what was said, in the time of an office, or refuse it."""
    try:
        return words.read(text, day_of(ctx.now, office.timezone))
    except ValueError as error:
        raise Refusal("{why}", why=error) from None


def home(ctx: Context, person: Person) -> Office:
    """Return the office in whose time somebody's days are meant: the first of theirs by name."""
    places = people.workplaces(ctx.db, person)
    if not places:
        raise Refusal(NOWHERE)
    return places[0][0]


def whom(ctx: Context, speaker: Person, name: str) -> Person:
    """Find of whom somebody speaks. Leads and admins speak of everybody in their offices."""
    places = people.workplaces(ctx.db, speaker)
    kept = [office for office, roles in places if roles & KEEPERS]
    if not kept and words.found(name, [speaker.name]):
        return speaker
    if not kept:
        raise Refusal(NOT_YOURS)
    return somebody(ctx, kept, name)


def somebody(ctx: Context, offices: list[Office], name: str) -> Person:
    """Find who is called so in some offices, or refuse."""
    known = {m.person.id: m.person for office in offices for m in people.members(ctx.db, office)}
    meant = words.found(name, [person.name for person in known.values()])
    found = [person for person in known.values() if person.name in meant]
    if not found:
        raise Refusal(NOBODY, name=name, office=listed([each.name for each in offices], "or"))
    if len(found) > 1:
        names = listed(sorted(person.name for person in found), "or")
        raise Refusal(SEVERAL, name=name, names=names)
    return found[0]


def leave(ctx: Context, person: Person, days: Away, deputy_name: str) -> None:
    """Store an absence, and let seats and cards follow if it begins now."""
    office = home(ctx, person)
    starts = moment_at(office.timezone, days.first, time(0))
    ends = moment_at(office.timezone, days.last + timedelta(days=1), time(0))
    new = Absence(
        person_id=person.id, starts_at=max(starts, ctx.now), ends_at=ends, by=ctx.person().name
    )
    if deputy_name:
        new.deputy_id = fit_deputy(ctx, person, deputy_name, new).id
    with seats.changing(ctx, {person.id}):
        absences.declare(ctx.db, new)
        record(ctx, person, "away", new)
        answer(ctx, person, new)


def fit_deputy(ctx: Context, person: Person, name: str, when: Absence) -> Person:
    """Find the deputy who is named: of the same office, somebody else, and not away."""
    places = people.workplaces(ctx.db, person)
    deputy = somebody(ctx, [office for office, _ in places], name)
    if deputy.id == person.id:
        raise Refusal(THEMSELF)
    for each in absences.of_person(ctx.db, deputy, ctx.now):
        if each.starts_at < when.ends_at and each.ends_at > when.starts_at:
            told = absence_view.when(ctx, deputy, each)
            raise Refusal(DEPUTY_AWAY, name=deputy.name, when=told)
    return deputy


def name_deputy(ctx: Context, person: Person, name: str) -> None:
    """Let somebody else stand in during the absence that is on or comes next."""
    mine = absences.of_person(ctx.db, person, ctx.now)
    if not mine:
        raise Refusal(NOT_AWAY, name=person.name, how=HOW_FOR.format(name=person.name))
    deputy = fit_deputy(ctx, person, name, mine[0])
    with seats.changing(ctx, {person.id}):
        mine[0].deputy_id = deputy.id
        ctx.db.add(mine[0])
        ctx.db.flush()
        record(ctx, person, "deputy named", mine[0])
        answer(ctx, person, mine[0])


def come_back(ctx: Context, person: Person) -> None:
    """End the absence that is on, else take back those to come."""
    mine = absences.of_person(ctx.db, person, ctx.now)
    if not mine:
        raise Refusal(NOT_AWAY, name=person.name, how=HOW_FOR.format(name=person.name))
    on = [each for each in mine if each.starts_at <= ctx.now]
    finish(ctx, person, on or [*mine])


def finish(ctx: Context, person: Person, ending: list[Absence]) -> None:
    """End or take back some absences, and say so to both if two are concerned."""
    lines = []
    with seats.changing(ctx, {person.id}):
        for each in ending:
            begun = each.starts_at <= ctx.now
            when = absence_view.when(ctx, person, each)
            lines.append(line(BACK if begun else TAKEN_BACK, name=person.name, when=when))
            record(ctx, person, "back" if begun else "absence taken back", each)
            absences.end(ctx.db, each, ctx.now)
        for left in absences.of_person(ctx.db, person, ctx.now):
            when = absence_view.when(ctx, person, left)
            lines.append(line(STILL, when=when))
        ctx.reply(Message(tuple(lines)))
        if person.id != ctx.person().id:
            by = line(SAYS, by=ctx.person().name)
            ctx.tell(person, Message((by, *lines)))


@router.press("not-away")
def undo(press: Press, ctx: Context) -> None:
    """Take back what was said: by whom it concerns, or a lead or admin of theirs."""
    found, speaker = absences.get(ctx.db, number(press.value)), ctx.person()
    if found is None or found.ends_at <= ctx.now:
        raise Refusal(GONE)
    person = people.get(ctx.db, found.person_id)
    if person.id != speaker.id and not _looks_after(ctx, speaker, person):
        raise Refusal(NOT_YOURS)
    finish(ctx, person, [found])


def _looks_after(ctx: Context, speaker: Person, person: Person) -> bool:
    theirs = {office.id for office, _ in people.workplaces(ctx.db, person)}
    mine = people.workplaces(ctx.db, speaker)
    return any(office.id in theirs and roles & KEEPERS for office, roles in mine)


def answer(ctx: Context, person: Person, absence: Absence) -> None:
    """Say which days were understood and who stands in, with a button to take it back."""
    speaker = ctx.person()
    said = (
        absence_view.headline(ctx, person, absence),
        *absence_view.who_stands_in(ctx, person, absence, speaker),
    )
    own = Button(UNDO, "not-away", str(absence.id))
    if person.id == speaker.id:
        ctx.reply(Message(said, (own,)))
        return
    ctx.reply(Message(said, (Button(UNDO_OTHER, "not-away", str(absence.id)),)))
    ctx.tell(person, Message((line(SAYS, by=speaker.name), *said), (own,)))


def record(ctx: Context, person: Person, action: str, absence: Absence) -> None:
    """Write down in each office of theirs what was said about somebody."""
    for office, _ in people.workplaces(ctx.db, person):
        deputy_id = absence.deputy_id
        ctx.record(
            ctx.person(),
            action,
            f"person:{person.id}",
            office=office,
            person=person.name,
            since=absence.starts_at.isoformat(),
            until=absence.ends_at.isoformat(),
            deputy=people.get(ctx.db, deputy_id).name if deputy_id else "",
        )


def overview(ctx: Context, speaker: Person) -> Message:
    """List who is away in the speaker's offices, and who soon will be."""
    home(ctx, speaker)
    lines: list[Line] = []
    for office, _ in people.workplaces(ctx.db, speaker):
        found = absences.in_office(ctx.db, office, ctx.now, ctx.now + SOON)
        lines.append(line(HEADING if found else NONE, office=office.name))
        lines += [absence_view.entry(ctx, office, *each) for each in found]
    return Message((*lines, line(HOW), line(absence_view.IN_SLACK)))


@router.job(every=timedelta(minutes=1))
def follow_absences(ctx: Context) -> None:
    """Notice who has left and who is back; seats, counts and cards follow."""
    seats.keep_up(ctx)


@router.office_job(every=timedelta(minutes=5))
def watch_panels(ctx: Context, office: Office) -> None:
    """Tell the admins of each office whose panel cannot decide."""
    panel_alarms.look(ctx, office)
