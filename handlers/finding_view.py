"""How findings look, on the card of the moderators and on the receipt of the author."""

from collections.abc import Iterator, Sequence

from handlers.chat import Button, Line, line
from handlers.context import Context
from policy.languages import ASKS_VERSION
from policy.rules import Severity
from storage import disputes, drafts, versions
from storage.models import Draft, DraftFinding, Hold

MOST = 8  # findings on a card, which is one message; the author sees all
MOST_EXCUSED = 3
MOST_BUTTONS = 4  # findings with a button of their own on a receipt; “Why?” has all of them

MARK, NUMBERED = "{mark} ", "{mark} {number}. "
FINDING = "{say} ({severity}. Source: {source})"
FOUND = "“{found}”: {say} ({severity}. Source: {source})"
SUGGESTION = "      Instead: “{suggestion}”"
CONFIRMED = "      You have confirmed this before."
DISPUTED = "      A false alarm, says {names}."
GUARD = "🛡 Guard applied ({guard}): “{found}” is no finding of {rule}."
MORE = "… and {count} more findings."
MARKS = {Severity.BLOCK: "⛔", Severity.SENIOR: "🔶", Severity.WARN: "⚠️", Severity.INFO: "ℹ️"}
SEVERITIES = {
    Severity.BLOCK: "must be changed",
    Severity.SENIOR: "needs a senior's approval",
    Severity.WARN: "warning",
    Severity.INFO: "tip",
}
WHY = "Why?"
FALSE_ALARM = "False alarm"
VERSION = "Name another version"
FALSE_ALARM_OF = "{number}: false alarm"


def for_moderators(ctx: Context, draft: Draft) -> Iterator[Line]:
    """Write what the rules say, who disputes it, and what a guard excused."""
    found = drafts.findings_of(ctx.db, draft)
    yield from _lines(ctx, draft, found[:MOST], numbered=len(found) > 1)
    if len(found) > MOST:
        yield line(MORE, count=len(found) - MOST)
    for each in drafts.excused_in(ctx.db, draft)[:MOST_EXCUSED]:
        yield line(GUARD, found=each.found, rule=each.rule, guard=each.guard)


def for_author(ctx: Context, draft: Draft) -> Iterator[Line]:
    """Write every finding, worst first."""
    found = drafts.findings_of(ctx.db, draft)
    asks = draft.hold is Hold.UNCONFIRMED
    yield from _lines(ctx, draft, found, numbered=len(found) > 1, asks=asks)


def _lines(
    ctx: Context,
    draft: Draft,
    found: Sequence[DraftFinding],
    *,
    numbered: bool,
    asks: bool = False,
) -> Iterator[Line]:
    disputed = disputes.of(ctx.db, draft) if found else {}
    for number, each in enumerate(found, start=1):
        yield finding(each, number if numbered else None)
        if each.suggestion:
            yield line(SUGGESTION, suggestion=each.suggestion)
        if asks and each.confirmed:
            yield line(CONFIRMED)
        if names := disputed.get(disputes.key(each)):
            yield line(DISPUTED, names=", ".join(names))


def finding(found: DraftFinding, number: int | None = None) -> Line:
    """Write one finding: what, how bad, and where the rule comes from."""
    quoted = found.found and found.found not in found.say
    return line(
        (NUMBERED if number else MARK) + (FOUND if quoted else FINDING),
        mark=MARKS[found.severity],
        number=number,
        found=found.found,
        say=found.say,
        severity=SEVERITIES[found.severity],
        source=found.source,
    )


def buttons(ctx: Context, draft: Draft) -> tuple[Button, ...]:
    """Offer an author to ask why, and to call a finding a false alarm."""
    found = drafts.findings_of(ctx.db, draft)
    alone = len(found) == 1
    alarms = [
        Button(
            FALSE_ALARM if alone else FALSE_ALARM_OF.format(number=number),
            "false-alarm",
            place(each),
        )
        for number, each in enumerate(found[:MOST_BUTTONS], start=1)
    ]
    return (*why_button(ctx, draft), *alarms, *_version_button(ctx, draft, found))


def _version_button(
    ctx: Context, draft: Draft, found: Sequence[DraftFinding]
) -> tuple[Button, ...]:
    """Offer to name the version in another language, where one is missing or named."""
    is_missing = any(each.kind == ASKS_VERSION for each in found)
    if draft.state in versions.OPEN and (is_missing or versions.of(ctx.db, draft)):
        return (Button(VERSION, "version", f"{draft.id}.{draft.revision}"),)
    return ()


def why_button(ctx: Context, draft: Draft) -> tuple[Button, ...]:
    """Offer the reasons of the rules, if one has spoken or was kept silent by a guard."""
    if drafts.findings_of(ctx.db, draft) or drafts.excused_in(ctx.db, draft):
        return (Button(WHY, "why", f"{draft.id}.{draft.checked}.0"),)
    return ()


def place(found: DraftFinding) -> str:
    """Name a finding for a button."""
    return f"{found.draft_id}.{found.checked}.{found.position}"
