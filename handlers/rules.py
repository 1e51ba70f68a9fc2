"""The policy, explained: which rules an office has, why, and where they come from."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from difflib import get_close_matches

from handlers.chat import Button, Command, Line, Message, Part, Press, Quote, line
from handlers.context import Context, Refusal
from handlers.finding_view import SEVERITIES
from handlers.router import Router
from handlers.rule_lines import brief
from policy.documents import DocumentError
from policy.periods import PERIODS
from policy.rules import Active, Rule, Ruleset, Severity
from policy.sections import SECTIONS
from storage import people
from storage.models import Office

router = Router()

ALL = "all"
NO_OFFICE = "You have no office, so no policy applies to you."
HEADING = "**The policy of {office}** ({packs}): {count} rules"
SECTION = "**{title}** (/policy {name}): {count} {rules}; {severities}"
COUNTED = {
    Severity.BLOCK: "must be changed",
    Severity.SENIOR: "for a senior",
    Severity.WARN: "to confirm",
    Severity.INFO: "a tip",
}
SECTION_TITLE = "**{title}**, {office}"
EMPTY = "{office} has no rule in this section."
MORE = "/policy with a section or a rule says more; /policy all lists every rule."
ONE = "/policy <rule> explains one of them."
UNKNOWN = "There is no rule “{name}” in your offices. /policy lists them."
DID_YOU_MEAN = "Did you mean one of these?"
PERIOD = "In the period “{period}”: {severity}"
SAY = "It says: {say}"
WHY = "Why: {why}"
SOURCE = "Source: {source}"
FROM = "From {pack}, for {office}"
CHANGED = "Changed by {pack}: {because}"
OFF = "**It is off for {office}.** Pack {pack} switched it off: {because}"
ELSEWHERE = "**It is not in force for {office}.** It is a rule of {pack}."
STOPS = "It objects to:"
PASSES = "It lets pass:"
PLACEHOLDER = re.compile(r"\{\w+\}")  # what the rule fills in for each finding
MOST_EXAMPLES = 3
MOST_NAMES = 5
LONGEST_VALUE = 50  # bytes that fit into a button


@router.command("policy")
def show_policy(command: Command, ctx: Context) -> None:
    """Show the rules of your office by section; /policy <rule> explains one."""
    answer(command.text, ctx)


@router.press("policy")
def follow_link(press: Press, ctx: Context) -> None:
    """Show the section or the rule that a button names."""
    answer(press.value, ctx)


def answer(text: str, ctx: Context) -> None:
    """Show the policy as a whole, a section of it, or one rule."""
    offices = [office for office, _ in people.workplaces(ctx.db, ctx.person())]
    if not offices:
        raise Refusal(NO_OFFICE)
    wanted = "-".join(text.lower().split())
    if not wanted:
        ctx.reply(overview(ctx, offices))
    elif wanted == ALL or wanted in SECTIONS:
        names = SECTIONS if wanted == ALL else (wanted,)
        lines = [each for office in offices for each in _sections(ctx, office, names)]
        ctx.reply(Message((*lines, line(ONE))))
    else:
        ctx.reply(explain(ctx, offices, wanted, text.strip()))


def overview(ctx: Context, offices: Sequence[Office]) -> Message:
    """List the sections of each office's policy, with a button for each."""
    lines: list[Line] = []
    there_are: set[str] = set()
    for office in offices:
        rules = ctx.rules(office)
        count = len(rules.rules)
        lines.append(line(HEADING, office=office.name, packs=rules.version, count=count))
        for name in SECTIONS:
            if found := _of_section(rules, name):
                there_are.add(name)
                lines.append(_section(name, found))
    buttons = tuple(Button(SECTIONS[n], "policy", n) for n in SECTIONS if n in there_are)
    return Message((*lines, line(MORE)), buttons)


def _of_section(rules: Ruleset, name: str) -> list[Rule]:
    found = [rule for rule in rules.rules if rule.section == name]
    return sorted(found, key=lambda rule: rule.severity.rank)


def _section(name: str, rules: Sequence[Rule]) -> Line:
    counted = [(s, sum(rule.severity is s for rule in rules)) for s in Severity]
    severities = ", ".join(f"{count} {COUNTED[s]}" for s, count in counted if count)
    return line(
        SECTION,
        title=SECTIONS[name],
        name=name,
        count=len(rules),
        rules="rule" if len(rules) == 1 else "rules",
        severities=severities,
    )


def _sections(ctx: Context, office: Office, names: Iterable[str]) -> Iterator[Line]:
    rules, several = ctx.rules(office), len(tuple(names)) > 1
    for name in names:
        found = _of_section(rules, name)
        if found:
            yield line(SECTION_TITLE, title=SECTIONS[name], office=office.name)
            yield from map(brief, found)
        elif not several:
            yield line(EMPTY, office=office.name)


def explain(ctx: Context, offices: Sequence[Office], wanted: str, typed: str) -> Message:
    """Say of one rule what it does, why, and by whose word; whether it is off, and why that is."""
    for office in offices:
        for each in ctx.rules(office).active:
            if each.rule.id == wanted:
                where = line(FROM, pack=each.pack, office=office.name)
                changed = _changed(ctx, office, wanted)
                return Message((*_story(each.rule, where), *changed, *_examples(each.rule)))
    for each in _elsewhere(ctx):
        if each.rule.id == wanted:
            absent = _absent(ctx, offices[0], wanted, each.pack)
            return Message((*_story(each.rule, absent), *_examples(each.rule)))
    raise Refusal(_unknown(ctx, offices, wanted, typed))


def _elsewhere(ctx: Context) -> Iterator[Active]:
    """List the rules of every pack there is. One that is wrong is nobody's policy."""
    for name in ctx.shelf.names():
        with suppress(DocumentError):
            yield from ctx.shelf.look(name).active


def _story(rule: Rule, where: Line) -> Iterator[Part]:
    yield brief(rule)
    yield from (
        line(PERIOD, period=PERIODS[period], severity=SEVERITIES[severity])
        for period, severity in rule.during.items()
    )
    yield line(SAY, say=PLACEHOLDER.sub("…", rule.say))
    yield line(WHY, why=rule.why)
    yield line(SOURCE, source=rule.source)
    yield where


def _examples(rule: Rule) -> Iterator[Part]:
    for title, examples in ((STOPS, rule.bad), (PASSES, rule.good)):
        yield line(title)
        texts = dict.fromkeys(example.text for example in examples)
        yield from (Quote(text) for text in list(texts)[:MOST_EXAMPLES])


def _changed(ctx: Context, office: Office, wanted: str) -> list[Line]:
    return [
        line(CHANGED, pack=pack.label, because=change.because)
        for pack, change in ctx.shelf.changes(office.packs)
        if change.rule == wanted
    ]


def _absent(ctx: Context, office: Office, wanted: str, origin: str) -> Line:
    for pack, change in ctx.shelf.changes(office.packs):
        if change.rule == wanted and change.off:
            return line(OFF, office=office.name, pack=pack.label, because=change.because)
    return line(ELSEWHERE, office=office.name, pack=origin)


def _unknown(ctx: Context, offices: Sequence[Office], wanted: str, typed: str) -> Message:
    """Say that there is no such rule, and offer those whose names come close."""
    known = {rule.id: rule for office in offices for rule in ctx.rules(office).rules}
    parts = [rule for rule in known if wanted in rule]
    close = get_close_matches(wanted, [*known, *SECTIONS], n=MOST_NAMES)
    names = list(dict.fromkeys([*close, *parts]))[:MOST_NAMES]
    buttons = tuple(
        Button(name, "policy", name) for name in names if len(name.encode()) <= LONGEST_VALUE
    )
    lines = [line(UNKNOWN, name=typed), *([line(DID_YOU_MEAN)] if names else [])]
    return Message(tuple(lines), buttons)
