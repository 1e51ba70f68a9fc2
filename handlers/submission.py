"""What happens to a text that is handed in: it is checked, stored, answered, and put before
the moderators unless the policy holds it."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from handlers import (
    attached,
    card,
    card_view,
    finding_view,
    hurrying,
    locking,
    page_standing,
    voiding,
)
from handlers.chat import Button, File, Line, Message, Part, Quote, line
from handlers.checking import check
from handlers.context import Context, Refusal
from handlers.offers import offers
from policy.purposes import ASKS_PURPOSE, PURPOSES
from policy.rules import Finding, Severity
from policy.workflow import State
from storage import drafts, pages, panel, people
from storage.models import Draft, Hold, Office, Page, Person

ALONE = (
    "Nobody could approve this: you are on the panel of {office} yourself, and without you "
    "{eligible} of the {needed} moderators who must approve are left. "
    "Ask your administrator to add a moderator."
)
QUEUED = "**Draft {id}** for {page} is with the moderators. {needed} of {of} must approve."
NEEDS_SENIOR = "One of them must be a senior."
BLOCKED = "**Draft {id}** cannot go to the moderators yet. Please change this first:"
UNCONFIRMED = "**Draft {id}** is not with the moderators yet. Look at this, then decide:"
YOURS = "Your text:"
ASK_PURPOSE = "What is it for? Please choose a purpose."
LATE = "The moment you want it at has passed already."


def submit(
    ctx: Context,
    author: Person,
    page: Page,
    text: str,
    *,
    purpose: str = "",
    wanted_at: datetime | None = None,
    files: tuple[File, ...] = (),
    album: str = "",
    urgent: bool = False,
) -> Draft:
    """Store a new draft and do with it what the policy says."""
    office = people.office(ctx.db, page.office_id)
    page_standing.refuse_unless_live(ctx, page, office, written=text)
    locking.refuse_if_locked(ctx, office, written=text)
    refuse_if_nobody_can_approve(ctx, author, office)
    draft = Draft(
        office_id=office.id,
        page_id=page.id,
        author_id=author.id,
        state=State.IN_REVIEW,
        purpose=purpose,
        wanted_at=wanted_at,
        created_at=ctx.now,
        waiting_since=ctx.now,
    )
    verdict = check(ctx, draft, text, tuple(map(attached.declared, files)))
    if hold := hold_for(verdict.findings):
        draft.state, draft.hold = State.CHANGES_REQUESTED, hold
    drafts.add(ctx.db, draft, text.strip(), verdict)
    attached.attach(ctx, draft, files, by=author, album=album)
    record_findings(ctx, author, draft, verdict.findings, action="draft submitted")
    if urgent:
        hurrying.raise_up(ctx, author, draft, office)
    proceed(ctx, draft)
    return draft


def refuse_if_nobody_can_approve(ctx: Context, author: Person, office: Office) -> None:
    """Refuse a draft whose author is needed to approve it, even if nobody were away."""
    quorum, eligible = panel.quorum(ctx.db, office), panel.others(ctx.db, office, author.id)
    if len(eligible) < quorum.needed:
        raise Refusal(ALONE, office=office.name, eligible=len(eligible), needed=quorum.needed)


def hold_for(found: Iterable[Finding]) -> Hold:
    """Decide whether findings keep a draft from the moderators.

    A missing purpose does not: it is asked for while the draft waits.
    """
    severities = {finding.severity for finding in found if finding.kind != ASKS_PURPOSE}
    if Severity.BLOCK in severities:
        return Hold.BLOCKED
    return Hold.UNCONFIRMED if Severity.WARN in severities else Hold.NOTHING


def record_findings(
    ctx: Context, actor: Person | str, draft: Draft, found: Sequence[Finding], *, action: str
) -> None:
    """Write down what happened and what the rules found, without anybody's words."""
    ctx.record(
        actor,
        action,
        drafts.subject(draft),
        office=people.office(ctx.db, draft.office_id),
        revision=draft.revision,
        page=draft.page_id,
        purpose=draft.purpose,
        findings=[[finding.rule, finding.severity, finding.pack] for finding in found],
    )


def proceed(ctx: Context, draft: Draft) -> None:
    """Tell the author what the checks say, and the moderators if nothing holds the draft."""
    if draft.hold is Hold.NOTHING:
        card.post(ctx, draft)
        voiding.tell_voters(ctx, draft)
    ctx.reply(receipt(ctx, draft), about=drafts.subject(draft))


def receipt(ctx: Context, draft: Draft) -> Message:
    """Tell the author where a draft stands: findings worst first, then what can be done."""
    parts: list[Part] = [*_standing(ctx, draft)]
    found = drafts.findings_of(ctx.db, draft)
    parts += attached.lines(ctx, draft)
    parts += finding_view.for_author(ctx, draft)
    if draft.hold is not Hold.NOTHING:
        parts += [line(YOURS), Quote(drafts.text_of(ctx.db, draft))]
    if draft.wanted_at and draft.wanted_at < ctx.now:
        parts.append(line(LATE))
    buttons = offers(draft)
    if any(row.kind == ASKS_PURPOSE for row in found) and not draft.purpose:
        parts.append(line(ASK_PURPOSE))
        buttons = (*_purposes(draft), *buttons)
    return Message(
        tuple(parts), (*buttons, *attached.buttons(ctx, draft), *finding_view.buttons(ctx, draft))
    )


def _standing(ctx: Context, draft: Draft) -> list[Line]:
    if draft.hold is Hold.BLOCKED:
        return [line(BLOCKED, id=draft.id)]
    if draft.hold is Hold.UNCONFIRMED:
        return [line(UNCONFIRMED, id=draft.id)]
    office = people.office(ctx.db, draft.office_id)
    count = panel.count(ctx.db, draft, office)
    page = pages.get(ctx.db, draft.page_id)
    of = count.quorum.of if count.is_short else count.eligible
    queued = [line(QUEUED, id=draft.id, page=page.name, needed=count.quorum.needed, of=of)]
    if count.is_short:
        queued.append(card_view.shortage(count))
    if count.needs_senior:
        queued.append(line(NEEDS_SENIOR) if count.seniors else card_view.senior_line(count))
    return [*queued, *hurrying.standing(draft, office)]


def _purposes(draft: Draft) -> tuple[Button, ...]:
    return tuple(Button(label, "purpose", f"{draft.id}.{name}") for name, label in PURPOSES.items())
