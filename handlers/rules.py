"""The policy, explained: which rules an office has, why, and where they come from."""

import re
from collections.abc import Sequence

from handlers.chat import Command, Line, Message, Part, Quote, line
from handlers.context import Context, Refusal
from handlers.router import Router
from policy import library
from policy.rules import Rule
from storage import people
from storage.models import Office

router = Router()

NO_OFFICE = "You have no office, so no policy applies to you."
HEADING = "**The policy of {office}** ({packs}): {count} rules"
RULE = "**{id}** ({severity}): {title}"
MORE = "/policy <rule> explains one of them."
UNKNOWN = "There is no rule “{name}” in your offices. /policy lists them."
SAY = "It says: {say}"
WHY = "Why: {why}"
SOURCE = "Source: {source}"
PLACEHOLDER = re.compile(r"\{\w+\}")  # what the rule fills in for each finding
STOPS = "It objects to:"
PASSES = "It lets pass:"


@router.command("policy")
def show_policy(command: Command, ctx: Context) -> None:
    """Show the rules of your office; /policy <rule> explains one."""
    offices = [office for office, _ in people.workplaces(ctx.db, ctx.person())]
    if not offices:
        raise Refusal(NO_OFFICE)
    wanted = command.text.strip()
    ctx.reply(explain(offices, wanted) if wanted else overview(offices))


def overview(offices: Sequence[Office]) -> Message:
    """List the rules of each office, worst first."""
    lines: list[Line] = []
    for office in offices:
        found = library.load(tuple(office.packs))
        count, packs = len(found.rules), found.version
        lines.append(line(HEADING, office=office.name, packs=packs, count=count))
        lines += [heading(rule) for rule in sorted(found.rules, key=lambda r: r.severity.rank)]
    return Message((*lines, line(MORE)))


def heading(rule: Rule) -> Line:
    """Name a rule, in one line."""
    return line(RULE, id=rule.id, severity=rule.severity, title=rule.title)


def explain(offices: Sequence[Office], wanted: str) -> Message:
    """Say of one rule what it does, why, and by whose word."""
    known = (rule for office in offices for rule in library.load(tuple(office.packs)).rules)
    rule = next((rule for rule in known if rule.id == wanted), None)
    if rule is None:
        raise Refusal(UNKNOWN, name=wanted)
    parts: list[Part] = [
        heading(rule),
        line(SAY, say=PLACEHOLDER.sub("…", rule.say)),
        line(WHY, why=rule.why),
        line(SOURCE, source=rule.source),
        line(STOPS),
        Quote(rule.bad[0].text),
        line(PASSES),
        Quote(rule.good[0].text),
    ]
    return Message(tuple(parts))
