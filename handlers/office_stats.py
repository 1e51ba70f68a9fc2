"""How an office decides, in figures, for those who answer for it; about nobody in particular."""

from collections.abc import Iterator
from datetime import timedelta

from handlers.chat import Command, Line, Message, line
from handlers.context import Context, Refusal
from handlers.router import Router
from policy.durations import spoken
from policy.permissions import STATISTICIANS
from policy.workflow import State
from storage import office_stats, people
from storage.models import AppealOutcome

router = Router()

DAYS, MOST_DAYS = 90, 3660
HEADING = "**{office}**, the last {days} days"
FILED = "Filed: {filed}, {urgent} of them urgent"
DECIDED = "Approved: {approved}. Rejected: {rejected}"
ENDED = "Expired: {expired}. Withdrawn: {withdrawn}"
TIME = "Time to a decision: half within {median}, the longest {slowest} (working time)"
NO_TIME = "Time to a decision: nothing was decided"
LATE = "Late reviews: {late}"
SENT_BACK = "Changes asked for: {count}"
RELEASED = "Released although a rule forbids it: {count}"
EMERGENCY = "Emergency releases: {count}, {unreviewed} not reviewed yet"
APPEALS = "Appeals: {made}"
OUTCOMES = {
    AppealOutcome.GRANTED: "granted",
    AppealOutcome.REFUSED: "refused",
    AppealOutcome.UNHEARD: "unheard",
    AppealOutcome.DROPPED: "dropped",
    AppealOutcome.OPEN: "still open",
}
LOCKDOWNS = "Lockdowns: {count}"
HOW = (
    "A draft counts once, by what became of it last. Late: decided after the first reminder, or "
    "expired. /office stats 30 looks at 30 days."
)
USAGE = "Say how many days, 1 to 3660: /office stats 30."
NO_OFFICE = "You are neither senior, lead nor admin of an office, so there are no figures for you."


@router.command("office stats", *STATISTICIANS)
def show_stats(command: Command, ctx: Context) -> None:
    """Show how your office decides, in figures: /office stats 30."""
    days = _days(command.text.strip())
    places = people.workplaces(ctx.db, ctx.person())
    offices = [office for office, roles in places if not STATISTICIANS.isdisjoint(roles)]
    if not offices:
        raise Refusal(NO_OFFICE)
    lines: list[Line] = []
    for office in offices:
        found = office_stats.figures(ctx.db, office, ctx.now - timedelta(days=days), ctx.now)
        lines += [line(HEADING, office=office.name, days=days), *_figures(found)]
    ctx.reply(Message((*lines, line(HOW))))


def _days(given: str) -> int:
    if not given:
        return DAYS
    plain = given.isascii() and given.isdecimal() and len(given) <= 4
    if not plain or not 1 <= int(given) <= MOST_DAYS:
        raise Refusal(USAGE)
    return int(given)


def _figures(found: office_stats.Figures) -> Iterator[Line]:
    ends = found.ends
    yield line(FILED, filed=found.filed, urgent=found.urgent)
    yield line(DECIDED, approved=found.approved, rejected=ends.get(State.REJECTED, 0))
    expired, withdrawn = ends.get(State.EXPIRED, 0), ends.get(State.WITHDRAWN, 0)
    yield line(ENDED, expired=expired, withdrawn=withdrawn)
    if found.waits:
        median, slowest = spoken(found.waits.median), spoken(found.waits.slowest)
        yield line(TIME, median=median, slowest=slowest)
    else:
        yield line(NO_TIME)
    yield line(LATE, late=found.late)
    yield line(SENT_BACK, count=found.sent_back)
    yield line(RELEASED, count=found.releases)
    yield line(EMERGENCY, count=found.emergencies, unreviewed=found.unreviewed)
    yield _appeals(found)
    yield line(LOCKDOWNS, count=found.lockdowns)


def _appeals(found: office_stats.Figures) -> Line:
    parts = [f"{count} {OUTCOMES[each]}" for each in OUTCOMES if (count := found.appeals.get(each))]
    made = sum(found.appeals.values())
    return line(APPEALS + "".join(f", {part}" for part in parts), made=made)
