"""What becomes of the rules' findings: hits, confirmations, releases, false alarms."""

from datetime import timedelta

from handlers.chat import Command, Line, Message, line
from handlers.context import Context, Refusal
from handlers.router import Router
from storage import people, rule_stats

router = Router()

DAYS = 90
MOST_DAYS = 3660
HEADING = "**Rules in the last {days} days**, {offices}"
NONE = "No rule has spoken."
COUNT = "**{rule}**: {hits} {times}{rest}"
CONFIRMED, RELEASED = ", {count} confirmed by the author", ", {count} released by a senior"
DISPUTED = ", {count} called a false alarm"
MORE = "… and {count} more rules."
HOW = "A wording counts once for each rule. /policy stats 30 looks at 30 days."
USAGE = "Say how many days: /policy stats 30."
MOST = 40  # lines that are still readable on a phone


@router.command("policy stats", *people.REVIEWERS)
def show_stats(command: Command, ctx: Context) -> None:
    """Show how often each rule spoke, and what people made of it: /policy stats 30."""
    days = _days(command.text.strip())
    places = people.workplaces(ctx.db, ctx.person())
    offices = [office for office, roles in places if roles & people.REVIEWERS]
    found = rule_stats.counts(ctx.db, offices, ctx.now - timedelta(days=days))
    lines = [line(HEADING, days=days, offices=", ".join(office.name for office in offices))]
    lines += [_count(each) for each in found[:MOST]] or [line(NONE)]
    if len(found) > MOST:
        lines.append(line(MORE, count=len(found) - MOST))
    ctx.reply(Message((*lines, line(HOW))))


def _days(given: str) -> int:
    if not given:
        return DAYS
    words = given.split()
    plain = words[0].isascii() and words[0].isdecimal() and len(words[0]) <= 4
    if len(words) != 1 or not plain or not 1 <= int(words[0]) <= MOST_DAYS:
        raise Refusal(USAGE)
    return int(words[0])


def _count(found: rule_stats.RuleCount) -> Line:
    parts = (
        (CONFIRMED, found.confirmed),
        (RELEASED, found.released),
        (DISPUTED, found.disputed),
    )
    rest = "".join(text.format(count=count) for text, count in parts if count)
    times = "time" if found.hits == 1 else "times"
    return line(COUNT, rule=found.rule, hits=found.hits, times=times, rest=rest)
