"""Trying a text: what would the rules say? Private, and nothing of it is kept."""

from collections.abc import Iterator, Sequence

from handlers import finding_view
from handlers.chat import Command, Line, Message, Part, Quote, line
from handlers.checking import trial
from handlers.context import Context, Refusal
from handlers.fitting import LONGEST, units_of
from handlers.router import Router
from policy.checks import MOST_PASSAGES
from policy.purposes import ASKS_PURPOSE
from policy.rules import Finding, Verdict
from storage import pages

router = Router()

NO_OFFICE = "You have no page to write for, so no policy applies to you."
NO_TEXT = "Put the text after it: /policy try The road is closed on Monday."
HEADING = "Checked for {page} by the policy of {office}. Nothing of this is kept."
FINE = "No rule objects."
FOUND = "{mark} {number}. **{rule}** ({severity}): {say}"
SUGGESTION = "Instead: “{suggestion}”"
REASON = "Why: {why} Source: {source} ({pack})"
GUARD = "🛡 **{rule}**: guard applied ({guard}), so this is no finding:"
OPEN, CLOSE, CUT = "⟦", "⟧", "…"
MORE = "… and {count} more of {rule}."
MOST_MORE = "… and {count} more of {rule}, at least."
REST = "Besides, for which this message has no room:"
NAMES = "{rules}"
COUNTED = "{rule} ({count})"
ON_A_LINE = 6  # names of rules
ROOM = LONGEST - 300  # what the heading leaves
ROUND = 40  # characters shown on both sides of a passage


@router.command("policy try")
def try_text(command: Command, ctx: Context) -> None:
    """Check a text in private; nothing of it is kept."""
    person, text = ctx.person(), command.text or command.quoted
    choices = pages.open_to(ctx.db, person)
    if not choices:
        raise Refusal(NO_OFFICE)
    if not text.strip():
        raise Refusal(NO_TEXT)
    page, office = choices[0]
    verdict = trial(ctx, person, office, page.kind, text)
    heading = line(HEADING, page=page.name, office=office.name)
    ctx.reply(Message((heading, *_story(verdict, text.strip()))), fleeting=True)


def _story(verdict: Verdict, text: str) -> Iterator[Part]:
    """Tell the findings rule by rule, the worst first, as far as one message holds."""
    found = [each for each in verdict.findings if each.kind != ASKS_PURPOSE]
    if not found:
        yield line(FINE)
    groups = [*_by_rule(found), *_by_rule(verdict.excused)]
    room = ROOM
    for place, group in enumerate(groups):
        parts, rest = [*_told(group, place + 1, text)], [*_named(groups[place + 1 :])]
        room -= sum(map(units_of, parts))
        if room < sum(map(units_of, rest)):
            yield from _named(groups[place:])
            return
        yield from parts


def _named(groups: Sequence[Sequence[Finding]]) -> Iterator[Line]:
    """Name the rules whose findings have no room, with how many they are."""
    names = [COUNTED.format(rule=group[0].rule, count=len(group)) for group in groups]
    if names:
        yield line(REST)
    for first in range(0, len(names), ON_A_LINE):
        yield line(NAMES, rules=", ".join(names[first : first + ON_A_LINE]))


def _by_rule(found: Sequence[Finding]) -> list[list[Finding]]:
    """Put the findings of each rule together, in the order in which the rules first speak."""
    groups: dict[str, list[Finding]] = {}
    for each in found:
        groups.setdefault(each.rule, []).append(each)
    return list(groups.values())


def _told(group: Sequence[Finding], number: int, text: str) -> Iterator[Part]:
    """Tell the first finding of a rule, and how many there are besides."""
    first, rule = group[0], group[0].rule
    if first.guard:
        yield line(GUARD, rule=rule, guard=first.guard)
        yield from _passage(first, text)
    else:
        yield from _finding(first, number, text)
    if more := len(group) - 1:
        yield line(MOST_MORE if len(group) >= MOST_PASSAGES else MORE, count=more, rule=rule)


def _finding(found: Finding, number: int, text: str) -> Iterator[Part]:
    yield line(
        FOUND,
        mark=finding_view.MARKS[found.severity],
        number=number,
        rule=found.rule,
        severity=finding_view.SEVERITIES[found.severity],
        say=found.say,
    )
    yield from _passage(found, text)
    if found.suggestion:
        yield line(SUGGESTION, suggestion=found.suggestion)
    yield line(REASON, why=found.why, source=found.source, pack=found.pack)


def _passage(found: Finding, text: str) -> Iterator[Quote]:
    """Show a passage in its surroundings, marked."""
    if found.start is None or found.end is None:
        return
    first, last = max(0, found.start - ROUND), found.end + ROUND
    before, after = text[first : found.start], text[found.end : last]
    marked = f"{before}{OPEN}{text[found.start : found.end]}{CLOSE}{after}"
    yield Quote(f"{CUT if first else ''}{marked}{CUT if last < len(text) else ''}")
