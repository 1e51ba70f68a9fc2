"""Appealing: an author objects once to a rejection, and somebody who did not vote decides."""

from handlers import announcing, appeal_card, appealing, card, card_view
from handlers.appeal_notes import standing
from handlers.chat import (
    Answer,
    Button,
    Command,
    Field,
    FieldKind,
    Form,
    Message,
    Press,
    Quote,
    line,
)
from handlers.context import Context, Refusal
from handlers.permission import permitted
from handlers.reading import draft_and_revision, reason
from handlers.router import Router
from handlers.times import moment
from policy.permissions import Action
from storage import appeals, drafts, pages, people
from storage.models import Draft

router = Router()

USAGE = "Say which draft: /appeal 7, or /appeal 7 and your reason. /appeal alone lists them."
NOTHING = "There is no rejection that you could appeal against now."
HEADING = "You can appeal against these rejections:"
ENTRY = "**Draft {id}** ({page}): rejected on {moment}. You can appeal until {day}."
MADE = "Your appeals:"
MADE_ENTRY = "**Draft {id}** ({page})"
WHY = "Why should the rejection not stand?"
HINT = "Those who decide read it, with the text, the votes and the reasons."
NO_APPEALS = "{office} has no appeals. You can change the text of draft {id} and send it again."
TOO_LATE = (
    "It is too late to appeal: that was possible until {day}. You can change the text of draft "
    "{id} and send it again."
)
ONCE = "A draft takes one appeal, and draft {id} has had it:"
NOT_STORED = "Nothing was stored."
BEFORE = "Your appeal on draft {id} is with {names}, who did not vote on it. You will hear."
BEFORE_LEAD = "No senior can hear your appeal on draft {id}, so it is with the lead, {names}."
KEPT = "Your appeal on draft {id} is stored."
NEWS = "**Draft {id}**: {author} appeals against the rejection:"
WITH = "It is with {names}, who did not vote on it."
WITH_NOBODY = "Nobody can hear it at present; the administrators know."
NOTHING_OPEN = "There is no appeal on draft {id} that you could take back."
DROPPED = "Your appeal on draft {id} is taken back. A draft takes one appeal, so that was it."


@router.command("appeal")
def appeal_by_command(command: Command, ctx: Context) -> None:
    """Appeal against a rejection: /appeal 7 <reason>; alone it lists what can be appealed."""
    ctx.person()
    first, *rest = command.text.split(maxsplit=1) or [""]
    wanted = first.removeprefix("#")
    if not first:
        ctx.reply(overview(ctx))
        return
    if not (wanted.isascii() and wanted.isdecimal() and len(wanted) <= 9):
        raise Refusal(USAGE)
    draft = appealable(ctx, int(wanted))
    if rest:
        make(ctx, draft, rest[0])
    else:
        ctx.ask(reason_form(draft))


def overview(ctx: Context) -> Message:
    """List what somebody can appeal against, and what became of their appeals."""
    author = ctx.person()
    possible = [d for d in appeals.unappealed(ctx.db, author) if appealing.is_possible(ctx, d)]
    lines = [line(HEADING) if possible else line(NOTHING)]
    for draft in possible:
        office, page = people.office(ctx.db, draft.office_id), pages.get(ctx.db, draft.page_id)
        at = moment(draft.decided_at or draft.waiting_since, office)
        day = appealing.last_day(draft, office)
        lines.append(line(ENTRY, id=draft.id, page=page.name, moment=at, day=day))
    made = appeals.of_author(ctx.db, author)
    lines += [line(MADE)] if made else []
    for appeal, draft in made:
        office = people.office(ctx.db, draft.office_id)
        lines.append(line(MADE_ENTRY, id=draft.id, page=pages.get(ctx.db, draft.page_id).name))
        lines.append(standing(ctx, appeal, office))
    buttons = [
        Button(f"Appeal: draft {draft.id}", "appeal", f"{draft.id}.{draft.revision}")
        for draft in possible
    ]
    return Message(tuple(lines), tuple(buttons))


@router.press("appeal")
def offer_form(press: Press, ctx: Context) -> None:
    """Ask an author for the reason."""
    ctx.ask(reason_form(appealable(ctx, *draft_and_revision(press.value))))


def reason_form(draft: Draft) -> Form:
    """Ask why the rejection should not stand."""
    field = Field("reason", WHY, FieldKind.TEXT, hint=HINT)
    title = f"Appeal: draft {draft.id}"[:24]
    return Form("appeal", title, (field,), "Appeal", f"{draft.id}.{draft.revision}")


@router.form("appeal")
def appeal_by_form(answer: Answer, ctx: Context) -> None:
    """Take the reason."""
    draft = appealable(ctx, *draft_and_revision(answer.context))
    make(ctx, draft, answer.values.get("reason", ""))


def appealable(ctx: Context, number: int, revision: int | None = None) -> Draft:
    """Return an author's rejected draft, if it can be appealed, or refuse."""
    draft = permitted(ctx, Action.APPEAL, number, revision)
    office = people.office(ctx.db, draft.office_id)
    if found := appeals.of(ctx.db, draft):
        raise Refusal(Message((line(ONCE, id=draft.id), standing(ctx, found, office))), about=draft)
    if not office.appeal_days:
        raise Refusal(NO_APPEALS, office=office.name, id=draft.id, about=draft)
    if ctx.now >= appealing.until(draft, office):
        day = appealing.last_day(draft, office)
        raise Refusal(TOO_LATE, id=draft.id, day=day, about=draft)
    return draft


def make(ctx: Context, draft: Draft, given: str) -> None:
    """Store an appeal and bring it before people who did not vote."""
    why = reason(given, NOT_STORED, about=draft)
    author, office = ctx.person(), people.office(ctx.db, draft.office_id)
    announcing.catch_up(ctx, draft)
    appeals.add(ctx.db, draft, author, why, ctx.now)
    found = appealing.bring(ctx, draft, office)
    ctx.record(
        author,
        "appeal made",
        drafts.subject(draft),
        office=office,
        revision=draft.revision,
        reason=why,
        asked=[person.name for person in found.persons],
    )
    names = card_view.names(found.persons)
    card.refresh(ctx, draft)
    said = (line(NEWS, id=draft.id, author=author.name), Quote(why))
    where = line(WITH, names=names) if names else line(WITH_NOBODY)
    card.announce(ctx, draft, Message((*said, where)))
    if not names:
        receipt = line(KEPT, id=draft.id)  # the rest is told beside it
    elif found.by_senior:
        receipt = line(BEFORE, id=draft.id, names=names)
    else:
        receipt = appeal_card.with_why(found, BEFORE_LEAD, id=draft.id, names=names)
    ctx.reply(Message((receipt,), appealing.offer(ctx, draft)))


@router.press("drop-appeal")
def take_back(press: Press, ctx: Context) -> None:
    """End an appeal because its author does not want it any more."""
    draft = permitted(ctx, Action.DROP_APPEAL, *draft_and_revision(press.value))
    if not appeals.is_open(ctx.db, draft):
        raise Refusal(NOTHING_OPEN, id=draft.id, about=draft)
    appealing.drop(ctx, draft, why=appealing.TAKEN_BACK)
    card.refresh(ctx, draft)
    ctx.reply(DROPPED, id=draft.id)
