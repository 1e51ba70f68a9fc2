"""Trainings: those who lead an office note who was trained in what; reports count it."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from handlers.chat import Button, Command, Line, Message, Press, line
from handlers.context import Context, Refusal
from handlers.reading import number
from handlers.router import Router
from handlers.words import listed
from policy.absence import found
from policy.calendar import day_of
from policy.permissions import TRAINERS, Task, is_entitled
from storage import people, trainings
from storage.models import Office, Person

router = Router()

HEADING = "**Trainings in {office}**, the newest first"
ROW = "{day}: {name}, {what}"
NONE = "No training is noted."
HOW = "Note one: /training Amina plain language yesterday, or 2026-07-01. Without a day, today."
NOBODY = "I know nobody in your offices whose name begins “{text}”. " + HOW
SEVERAL = "“{name}” could be {names}. Write the whole name."
WHAT = "Say what {name} was trained in. " + HOW
TOO_LONG = "Say it in at most 120 characters."
NO_DAY = "“{given}” is no day. Write it like 2026-07-01."
TO_COME = "{day} is still to come. Note the training when it was held."
TWICE = "That is noted already: {name}, {what}, {day}."
NOTED = "Noted for {office}: {name}, {what}, {day}."
UNDO = "Not so: take it back"
GONE = "That is not noted any more."
TAKEN_BACK = "Taken back: {name}, {what}, {day}."
LONGEST, MOST = 120, 20
DAYS_AGO = {"today": 0, "yesterday": 1}
DAY = re.compile(r"\d{4}-\d{1,2}-\d{1,2}", re.ASCII)


@router.command("training", *TRAINERS)
def note_training(command: Command, ctx: Context) -> None:
    """Note who was trained: /training <person> <what> <day>; alone it lists the newest."""
    offices = kept(ctx)
    words = command.text.split()
    if not words:
        ctx.reply(Message(tuple(row for each in offices for row in overview(ctx, each))))
        return
    person, office, rest = whom(ctx, words, offices)
    what, held_on = read(ctx, rest, office, person)
    fields = {"name": person.name, "what": what, "day": str(held_on)}
    lead = ctx.person()
    key = trainings.add(ctx.db, office, person, what, held_on, by=lead, now=ctx.now)
    if key is None:
        raise Refusal(Message((line(TWICE, **fields),)))
    ctx.record(
        lead,
        "training noted",
        trainings.subject(office),
        office=office,
        person=person.name,
        what=what,
        held_on=str(held_on),
    )
    said = line(NOTED, office=office.name, **fields)
    ctx.reply(Message((said,), (Button(UNDO, "undo-training", str(key)),)))


def kept(ctx: Context) -> list[Office]:
    """List the offices where somebody may note trainings."""
    return [
        office
        for office, roles in people.workplaces(ctx.db, ctx.person())
        if is_entitled(Task.NOTE_TRAININGS, roles=roles)
    ]


def overview(ctx: Context, office: Office) -> list[Line]:
    """List the newest trainings of an office."""
    rows = [
        line(ROW, day=each.held_on, name=person.name, what=each.what)
        for each, person in trainings.newest(ctx.db, office, MOST)
    ]
    return [line(HEADING, office=office.name), *(rows or [line(NONE)]), line(HOW)]


def whom(
    ctx: Context, words: Sequence[str], offices: Sequence[Office]
) -> tuple[Person, Office, list[str]]:
    """Find who was trained: as many of the first words as name somebody. The rest is the what."""
    members = [(m.person, office) for office in offices for m in people.members(ctx.db, office)]
    longest = max((len(person.name.split()) for person, _ in members), default=0)
    for count in range(min(len(words), longest), 0, -1):
        name = " ".join(words[:count])
        meant = found(name, [person.name for person, _ in members])
        if not meant:
            continue
        if len(set(meant)) > 1:
            raise Refusal(SEVERAL, name=name, names=listed(sorted(set(meant)), "or"))
        person, office = next(each for each in members if each[0].name == meant[0])
        return person, office, list(words[count:])
    raise Refusal(NOBODY, text=words[0])


def read(ctx: Context, words: list[str], office: Office, person: Person) -> tuple[str, date]:
    """Read what the training was about, and its day: today unless one is given."""
    today = day_of(ctx.now, office.timezone)
    held_on = today
    if words and words[-1].casefold() in DAYS_AGO:
        held_on -= timedelta(days=DAYS_AGO[words.pop().casefold()])
    elif words and DAY.fullmatch(words[-1]):
        given = words.pop()
        try:
            held_on = date(*map(int, given.split("-")))
        except ValueError:
            raise Refusal(NO_DAY, given=given) from None
    what = " ".join(words)
    if not what:
        raise Refusal(WHAT, name=person.name)
    if len(what) > LONGEST:
        raise Refusal(TOO_LONG)
    if held_on > today:
        raise Refusal(TO_COME, day=held_on)
    return what, held_on


@router.press("undo-training")
def take_back(press: Press, ctx: Context) -> None:
    """Forget a training that was noted by mistake; the record says that it was."""
    row = trainings.locked(ctx.db, number(press.value))
    office = people.office(ctx.db, row.office_id) if row else None
    if row is None or office is None or office.id not in {each.id for each in kept(ctx)}:
        raise Refusal(GONE)
    name = people.get(ctx.db, row.person_id).name
    fields = {"name": name, "what": row.what, "day": row.held_on}
    ctx.record(
        ctx.person(),
        "training taken back",
        trainings.subject(office),
        office=office,
        person=name,
        what=row.what,
        held_on=str(row.held_on),
    )
    trainings.remove(ctx.db, row)
    ctx.reply(Message((line(TAKEN_BACK, **fields),)))
