"""Locking down: a lead or an admin stops filing, approving and publishing, and opens it again."""

from collections.abc import Callable

from handlers import appeal_card, decision, locking
from handlers.chat import (
    Answer,
    Chat,
    Command,
    Field,
    FieldKind,
    Form,
    Line,
    Message,
    Option,
    line,
    message,
)
from handlers.context import Context, Refusal
from handlers.reading import BROKEN, number, reason
from handlers.router import Router
from policy.permissions import LOCKERS, LOCKERS_OF_ALL
from storage import appeals, drafts, lockdowns, people
from storage.models import Draft, Lockdown, Office, Person

router = Router()

LONGEST = 300  # characters of a reason: it stands on every open card
OPEN = "{office} is not locked down."
HOW = "/lockdown <reason> locks your office down, /lockdown lift <reason> opens it again."
HOW_ALL = "/lockdown all <reason> does it for all offices, /lockdown lift all <reason> ends that."
NOTHING_DONE = "Nothing was locked or lifted."
WHICH = "Which office?"
NOT_YOURS = "You are neither lead nor admin of an office, so you cannot lock one down."
NOT_ALL = "Only an admin locks all offices down, or lifts that."
ALREADY = "That is locked down already:"
NOT_LOCKED = "{office} is not locked down, so there is nothing to lift."
NONE_LOCKED = "There is no lockdown of all offices, so there is nothing to lift."
BY_ALL = "{office} itself is not locked down: all offices are. An admin ends that:"
BY_ALL_HOW = "/lockdown lift all <reason>"
STOPPED = (
    "Nothing is filed, approved or published until it is lifted. Reading, rejecting and "
    "withdrawing go on; what waits keeps its place, and no clock runs."
)
LIFTED = "🔓 **{what}: the lockdown of {name} is lifted** by {by}: “{reason}”"
GOES_ON = "Filing, approving and publishing go on. The clocks run again."
STILL = "It stays locked all the same:"
DONE = "Done. The moderators, leads and admins concerned are told. Open cards changed: {count}."
ALL = "All offices"


@router.command("lockdown", *LOCKERS)
def lock_down(command: Command, ctx: Context) -> None:
    """Show what is locked down; /lockdown <reason> stops filing, approving and publishing."""
    if not command.text.strip():
        ctx.reply(Message(tuple(_overview(ctx))))
        return
    _choose(ctx, "lockdown", reason(command.text, NOTHING_DONE, most=LONGEST))


@router.command("lockdown all", *LOCKERS_OF_ALL)
def lock_all_down(command: Command, ctx: Context) -> None:
    """Lock all offices down at once: /lockdown all <reason>."""
    lock(ctx, None, reason(command.text, NOTHING_DONE, most=LONGEST))


@router.command("lockdown lift", *LOCKERS)
def lift_lockdown(command: Command, ctx: Context) -> None:
    """Open your office again: /lockdown lift <reason>; all of them: /lockdown lift all <reason>."""
    first, *rest = command.text.split(maxsplit=1) or [""]
    if first.lower() != "all":
        _choose(ctx, "lift-lockdown", reason(command.text, NOTHING_DONE, most=LONGEST))
        return
    if LOCKERS_OF_ALL.isdisjoint(ctx.roles()):
        raise Refusal(NOT_ALL)
    lift(ctx, None, reason("".join(rest), NOTHING_DONE, most=LONGEST))


@router.form("lockdown")
def lock_chosen(answer: Answer, ctx: Context) -> None:
    """Lock the office that was chosen."""
    lock(ctx, _chosen(ctx, answer), answer.values.get("reason", ""))


@router.form("lift-lockdown")
def lift_chosen(answer: Answer, ctx: Context) -> None:
    """Open the office that was chosen."""
    lift(ctx, _chosen(ctx, answer), answer.values.get("reason", ""))


def _mine(ctx: Context) -> list[Office]:
    places = people.workplaces(ctx.db, ctx.person())
    found = [office for office, roles in places if not LOCKERS.isdisjoint(roles)]
    if not found:
        raise Refusal(NOT_YOURS)
    return found


def _choose(ctx: Context, act: str, why: str) -> None:
    """Do it for somebody's only office, or ask which is meant."""
    mine = _mine(ctx)
    if len(mine) == 1:
        (lock if act == "lockdown" else lift)(ctx, mine[0], why)
        return
    options = tuple(Option(str(office.id), office.name) for office in mine)
    field = Field("office", WHICH, FieldKind.CHOICE, options)
    ctx.ask(Form(act, "Lockdown", (field,)), given={"reason": why})


def _chosen(ctx: Context, answer: Answer) -> Office:
    wanted = number(answer.values.get("office", ""))
    found = next((office for office in _mine(ctx) if office.id == wanted), None)
    if found is None:
        raise Refusal(BROKEN)
    return found


def _overview(ctx: Context) -> list[Line]:
    lines = []
    for office in _mine(ctx):
        lines += [*locking.notes(ctx, office)] or [line(OPEN, office=office.name)]
    more = [] if LOCKERS_OF_ALL.isdisjoint(ctx.roles()) else [line(HOW_ALL)]
    return [*lines, line(HOW), *more]


def lock(ctx: Context, office: Office | None, why: str) -> None:
    """Lock an office down, or all, and say so wherever it matters."""
    offices, person = _held(ctx, office), ctx.person()
    if known := lockdowns.of(ctx.db, office):
        raise Refusal(Message((line(ALREADY), locking.note(known, offices[0]))))
    row = lockdowns.add(ctx.db, office, by=person.name, reason=why, now=ctx.now)
    ctx.record(person, "locked down", _subject(office), office=office, reason=why)
    count = sum(bring_up_to_date(ctx, each) for each in offices)
    tell(ctx, offices, lambda each: [locking.note(row, each), line(STOPPED)])
    ctx.reply(DONE, count=count)


def lift(ctx: Context, office: Office | None, why: str) -> None:
    """Open an office again, or all, and decide what the votes allow by now."""
    offices, person = _held(ctx, office), ctx.person()
    row = lockdowns.of(ctx.db, office)
    if row is None:
        raise Refusal(_nothing_to_lift(ctx, office))
    lockdowns.lift(ctx.db, row, by=person.name, reason=why, now=ctx.now)
    ctx.record(person, "lockdown lifted", _subject(office), office=office, reason=why)
    count = sum(bring_up_to_date(ctx, each) for each in offices)
    tell(ctx, offices, lambda each: _lifted(ctx, row, person, each))
    ctx.reply(DONE, count=count)


def _held(ctx: Context, office: Office | None) -> list[Office]:
    offices = [office] if office else sorted(people.offices(ctx.db), key=lambda each: each.id)
    lockdowns.hold(ctx.db, offices)
    return offices


def _subject(office: Office | None) -> str:
    return f"office:{office.id}" if office else "offices"


def _nothing_to_lift(ctx: Context, office: Office | None) -> Message:
    if office and (of_all := lockdowns.of(ctx.db, None)):
        lines = (line(BY_ALL, office=office.name), locking.note(of_all, office), line(BY_ALL_HOW))
        return Message(lines)
    return message(NOT_LOCKED, office=office.name) if office else message(NONE_LOCKED)


def _lifted(ctx: Context, row: Lockdown, person: Person, office: Office) -> list[Line]:
    what = ALL if row.office_id is None else office.name
    by = {"by": person.name, "reason": row.lifted_because}
    lines = [line(LIFTED, what=what, name=row.by, **by)]
    left = list(locking.notes(ctx, office))
    return [*lines, *([line(STILL), *left] if left else [line(GOES_ON)])]


def bring_up_to_date(ctx: Context, office: Office) -> int:
    """Let every open card say how things stand, and decide what has enough votes by now."""
    count = 0
    for waiting in drafts.waiting(ctx.db, office):
        if (draft := drafts.locked(ctx.db, waiting.id)) is not None:
            decision.settle(ctx, draft, office)
            count += 1
    for waiting in appeals.waiting(ctx.db, office):
        if (draft := _appealed(ctx, waiting.id)) is not None:
            appeal_card.refresh(ctx, draft, office)
            count += 1
    return count


def _appealed(ctx: Context, draft_id: int) -> Draft | None:
    draft = drafts.locked(ctx.db, draft_id)
    return draft if draft is not None and appeals.is_open(ctx.db, draft) else None


def tell(ctx: Context, offices: list[Office], write: Callable[[Office], list[Line]]) -> None:
    """Tell the moderators' chat of each office, and each lead and admin once."""
    told = {ctx.person().id}
    for office in offices:
        said = Message(tuple(write(office)))
        ctx.say(Chat(office.platform, office.chat), said)
        for member in people.members(ctx.db, office):
            if member.person.id not in told and not LOCKERS.isdisjoint(member.roles):
                told.add(member.person.id)
                ctx.tell(member.person, said)
