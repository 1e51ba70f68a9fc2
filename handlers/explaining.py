"""One tap: why a rule spoke and where it comes from; another: that it should not have."""

from collections.abc import Iterator

from handlers import card, card_view, finding_view
from handlers.chat import Button, Message, Part, Press, Quote, line
from handlers.context import Context, Refusal
from handlers.reading import numbers
from handlers.router import Router
from policy.rules import Rule
from storage import disputes, drafts, people, releases
from storage.models import Draft, DraftFinding, Person, Role

router = Router()

MISSING = "I know no such finding, or it is not for you to see."
NOTHING = "No rule has anything to say about draft {id}."
TITLE = "**{number}. {title}** ({severity})"
FOUND = "It is about “{found}”."
WHOLE = "It is about the post as a whole."
SAY = "What to do: {say}"
SUGGESTION = "Instead: “{suggestion}”"
WHY = "Why: {why}"
SOURCE = "Source: {source}"
RULE = "Rule {rule}, from {pack}"
GUARD = "Guard applied ({guard}): this is no finding."
STOPS = "For example, it objects to:"
DISPUTED = "Called a false alarm by {names}."
MORE = "More"
IS_ALARM = "{number}: false alarm"
NO_ALARM = "{number}: no false alarm"
MOST = 5  # findings in one answer
NOTED = "Thank you: it is noted that you call this a false alarm of {rule}. It changes no vote."
TAKEN_BACK = "Your word that this is a false alarm of {rule} is taken back."


@router.press("why")
def tell_why(press: Press, ctx: Context) -> None:
    """Explain each finding of a check: rule, reason, source, version, guard, example."""
    draft, checked, first = read(press, ctx)
    found = [*drafts.every_finding(ctx.db, draft, checked)]
    if not all(may_see(ctx, ctx.person(), draft, each) for each in found):
        raise Refusal(MISSING)
    if not found[first:]:
        raise Refusal(NOTHING, id=draft.id)
    shown = found[first : first + MOST]
    parts = [part for each in shown for part in _story(ctx, draft, each)]
    buttons = [_toggle(ctx, draft, each) for each in shown if not each.guard]
    if len(found) > first + MOST:
        buttons.append(Button(MORE, "why", f"{draft.id}.{checked}.{first + MOST}"))
    ctx.reply(Message(tuple(parts), tuple(buttons)))


def read(press: Press, ctx: Context) -> tuple[Draft, int, int]:
    """Read `7.2.1`: draft 7, check 2, finding 1. Anybody may have forged it."""
    wanted, checked, position = numbers(press.value, 3)
    person, draft = ctx.person(), drafts.locked(ctx.db, wanted)
    if draft is None or not people.roles(ctx.db, draft.office_id, person):
        raise Refusal(MISSING)
    if draft.author_id != person.id and not people.reviews(ctx.db, draft.office_id, person):
        raise Refusal(MISSING)
    return draft, checked, position


def may_see(ctx: Context, person: Person, draft: Draft, found: DraftFinding) -> bool:
    """Tell whether somebody may see a finding, which repeats words of the draft.

    Moderators see those of a wording that is before them; a senior also what stopped a draft,
    once its author has asked.
    """
    if person.id == draft.author_id:
        return True
    if found.revision != draft.revision:
        return False
    if draft.hold in card_view.SHOWN:
        return True
    is_senior = Role.SENIOR in people.roles(ctx.db, draft.office_id, person)
    return is_senior and releases.is_asked(ctx.db, draft)


def _story(ctx: Context, draft: Draft, found: DraftFinding) -> Iterator[Part]:
    rule = _rule(ctx, draft, found.rule)
    severity = finding_view.SEVERITIES[found.severity]
    title = rule.title if rule else found.rule
    yield line(TITLE, number=found.position + 1, title=title, severity=severity)
    yield line(FOUND, found=found.found) if found.found else line(WHOLE)
    if found.guard:
        yield line(GUARD, guard=found.guard)
    yield line(SAY, say=found.say)
    if found.suggestion:
        yield line(SUGGESTION, suggestion=found.suggestion)
    yield line(WHY, why=found.why)
    yield line(SOURCE, source=found.source)
    yield line(RULE, rule=found.rule, pack=found.pack)
    if names := disputes.of(ctx.db, draft).get(disputes.key(found)):
        yield line(DISPUTED, names=", ".join(names))
    if rule:
        yield line(STOPS)
        yield Quote(rule.bad[0].text)


def _rule(ctx: Context, draft: Draft, wanted: str) -> Rule | None:
    rules = ctx.rules(people.office(ctx.db, draft.office_id)).rules
    return next((rule for rule in rules if rule.id == wanted), None)


def _toggle(ctx: Context, draft: Draft, found: DraftFinding) -> Button:
    mine = disputes.is_disputed_by(ctx.db, found, ctx.person())
    label = (NO_ALARM if mine else IS_ALARM).format(number=found.position + 1)
    return Button(label, "false-alarm", finding_view.place(found))


@router.press("false-alarm")
def dispute(press: Press, ctx: Context) -> None:
    """Call a finding a false alarm; pressed again, take that back."""
    draft, checked, position = read(press, ctx)
    person = ctx.person()
    found = drafts.finding_at(ctx.db, draft, checked, position)
    if found is None or found.guard or not may_see(ctx, person, draft, found):
        raise Refusal(MISSING)
    stands = disputes.toggle(ctx.db, found, person, ctx.now)
    ctx.record(
        person,
        "finding disputed" if stands else "dispute taken back",
        drafts.subject(draft),
        office=people.office(ctx.db, draft.office_id),
        revision=found.revision,
        rule=found.rule,
        severity=found.severity,
        pack=found.pack,
    )
    card.refresh(ctx, draft)
    ctx.reply(NOTED if stands else TAKEN_BACK, rule=found.rule)
