"""Trying a text: what would the rules say? Private, and nothing of it is kept."""

from collections.abc import Iterator

from handlers import finding_view
from handlers.chat import Command, Message, Part, Quote, line
from handlers.checking import trial
from handlers.context import Context, Refusal
from handlers.router import Router
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
ROUND = 40  # characters shown on both sides of a passage
PURPOSE = "purpose"  # the kind of finding that asks for one: here is none to choose


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
    parts = (line(HEADING, page=page.name, office=office.name), *_story(verdict, text.strip()))
    ctx.reply(Message(parts), fleeting=True)


def _story(verdict: Verdict, text: str) -> Iterator[Part]:
    found = [each for each in verdict.findings if each.kind != PURPOSE]
    if not found:
        yield line(FINE)
    for number, each in enumerate(found, start=1):
        yield line(
            FOUND,
            mark=finding_view.MARKS[each.severity],
            number=number,
            rule=each.rule,
            severity=finding_view.SEVERITIES[each.severity],
            say=each.say,
        )
        yield from _passage(each, text)
        if each.suggestion:
            yield line(SUGGESTION, suggestion=each.suggestion)
        yield line(REASON, why=each.why, source=each.source, pack=each.pack)
    for each in verdict.excused:
        yield line(GUARD, rule=each.rule, guard=each.guard)
        yield from _passage(each, text)


def _passage(found: Finding, text: str) -> Iterator[Quote]:
    """Show a passage in its surroundings, marked."""
    if found.start is None or found.end is None:
        return
    first, last = max(0, found.start - ROUND), found.end + ROUND
    before, after = text[first : found.start], text[found.end : last]
    marked = f"{before}{OPEN}{text[found.start : found.end]}{CLOSE}{after}"
    yield Quote(f"{CUT if first else ''}{marked}{CUT if last < len(text) else ''}")
