"""Reloading: the packs are read again without a restart, and only rules that are right count."""

from collections.abc import Iterator, Mapping

from handlers.chat import Command, Line, Message, Part, Quote, line
from handlers.context import Context
from handlers.router import Router
from handlers.rule_lines import brief
from policy.comparing import compare
from policy.documents import DocumentError
from policy.rules import Ruleset
from storage import people, reloads
from storage.models import Office, Role

router = Router()

WRONG = "**The packs are wrong, so the old rules stay in force.** Please correct this:"
OFFICE = "**{office}**: {version}"
UNTOUCHED = "No file has changed since the packs were read last."
FILES = "Read again: {names}."
SAME = "The rules of {office} are the same as before."
ADDED, REMOVED = "New:", "No longer there:"
CHANGED = "{rule}: {aspect} is another one"
SEVERITY = "{rule}: {was} is now {now}"
MOST_MISTAKES = 3000  # characters of them


@router.command("policy reload", Role.ADMIN)
def reload_policy(command: Command, ctx: Context) -> None:
    """Read the packs again; if they are wrong, the old rules stay in force."""
    person, offices = ctx.person(), people.offices(ctx.db)
    were = {office.id: ctx.rules(office) for office in offices}
    try:
        files = ctx.shelf.reload(office.packs for office in offices)
    except DocumentError as error:
        ctx.record(person, "policy not reloaded", "policy", why=str(error)[:MOST_MISTAKES])
        ctx.reply(Message((line(WRONG), Quote(str(error)[:MOST_MISTAKES]))))
        return
    ctx.shelf.note(reloads.add(ctx.db, person.name, ctx.now))
    parts: list[Part] = [line(FILES, names=", ".join(files)) if files else line(UNTOUCHED)]
    for office in offices:
        now = ctx.rules(office)
        ctx.record(
            person,
            "policy reloaded",
            "policy",
            office=office,
            was=were[office.id].version,
            version=now.version,
            files=list(files),
            changes=_changes(were[office.id], now),
        )
        parts += _story(office, were[office.id], now)
    ctx.reply(Message(tuple(parts)))


def _story(office: Office, was: Ruleset, now: Ruleset) -> Iterator[Line]:
    found = compare(was, now)
    if not found:
        yield line(SAME, office=office.name)
        return
    yield line(OFFICE, office=office.name, version=now.version)
    for title, rules in ((ADDED, found.only_there), (REMOVED, found.only_here)):
        if rules:
            yield line(title)
            yield from map(brief, rules)
    for each in found.changed:
        if each.aspect == "severity":
            yield line(SEVERITY, rule=each.rule.id, was=each.here, now=each.there)
        else:
            yield line(CHANGED, rule=each.rule.id, aspect=each.aspect)


def _changes(was: Ruleset, now: Ruleset) -> Mapping[str, list[str]]:
    found = compare(was, now)
    return {
        "added": [rule.id for rule in found.only_there],
        "removed": [rule.id for rule in found.only_here],
        "changed": [f"{each.rule.id} {each.aspect}" for each in found.changed],
    }
