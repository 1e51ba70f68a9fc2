"""Second thoughts: an author confirms, changes, withdraws or sends again what they wrote."""

from handlers import card, decision, holding, locking, standing, submission
from handlers.chat import Answer, Field, FieldKind, Form, Message, Press, Quote, line, message
from handlers.context import Context, Refusal
from handlers.offers import offers
from handlers.permission import permitted, refusal
from handlers.reading import BROKEN, draft_and_revision, number
from handlers.rechecking import recheck
from handlers.rewording import store_revision
from handlers.router import Router
from policy.permissions import PERMISSIONS, Action, Denied
from policy.purposes import PURPOSES
from policy.workflow import LABELS, State
from storage import drafts, people
from storage.models import Draft, Hold

router = Router()

CHANGED_MEANWHILE = (
    "Draft {id} has changed since you opened the form: it is {state} at revision {revision} now. "
    "Nothing was stored."
)
YOURS = "This is what you wrote:"
NO_CHANGE = "Nothing was changed: the text is the same as before."
EMPTY = "There is no text, so nothing was changed."
FORM_LIMIT = 3000  # characters that a field of Slack's takes
TOO_LONG = (
    "A form may hold 3,000 characters. For a longer text, withdraw this and /draft the new one."
)
NEW_TEXT = "The text, exactly as it is to appear"
WITHDRAWN = "Draft {id} is withdrawn."
VOIDED = "**Draft {id}** was changed by its author: this is revision {revision}. Votes start again."
AGAIN = "**Draft {id}** is before you again. Votes start again."
AS_BEFORE = "**Draft {id}** is before you again, the same as before. The votes so far stay."
UNCHANGED = (
    "**Draft {id}** is before you again with the same text, as revision {revision}: its author "
    "sends it again as it is. Votes start again."
)
GONE = "**Draft {id}** was withdrawn by its author."
PURPOSE_SET = "Draft {id} is for: {purpose}."


def own_draft(press: Press, ctx: Context, action: Action) -> Draft:
    """Return the author's draft that a button is about, or refuse."""
    return permitted(ctx, action, *draft_and_revision(press.value))


@router.press("edit")
def offer_edit(press: Press, ctx: Context) -> None:
    """Open the form with the present text."""
    draft = own_draft(press, ctx, Action.REVISE)
    locking.refuse_if_locked(ctx, people.office(ctx.db, draft.office_id), about=draft)
    text = drafts.text_of(ctx.db, draft)
    hint = TOO_LONG if press.trigger and len(text) > FORM_LIMIT else ""
    field = Field("text", NEW_TEXT, FieldKind.TEXT, initial=text, hint=hint)
    title = f"Change draft {draft.id}"[:24]
    context = f"{draft.id}.{draft.revision} {draft.state}"
    ctx.ask(Form("revise", title, (field,), submit="Check it", context=context))


@router.form("revise")
def revise(answer: Answer, ctx: Context) -> None:
    """Store a new revision: votes are void, the checks run again, the card says so."""
    value, _, state = answer.context.partition(" ")
    wanted, revision = draft_and_revision(value)
    text = answer.values.get("text", "").strip()
    draft = drafts.locked(ctx.db, wanted)
    is_own = draft is not None and draft.author_id == ctx.person().id
    if draft is not None and is_own and (draft.revision, draft.state) != (revision, state):
        raise changed_meanwhile(ctx, draft, text)
    draft = permitted(ctx, Action.REVISE, wanted)
    office = people.office(ctx.db, draft.office_id)
    locking.refuse_if_locked(ctx, office, about=draft, written=text)
    if not text:
        raise Refusal(EMPTY)
    if text == drafts.text_of(ctx.db, draft):
        raise Refusal(NO_CHANGE)
    store_revision(ctx, draft, text, action="draft revised", news=VOIDED)


def changed_meanwhile(ctx: Context, draft: Draft, text: str) -> Refusal:
    """Give an author back what they wrote while something else happened to the draft."""
    fields = {"id": draft.id, "state": LABELS[draft.state], "revision": draft.revision}
    parts = (line(CHANGED_MEANWHILE, **fields), *standing.why(ctx, draft), line(YOURS), Quote(text))
    can_change = draft.state in PERMISSIONS[Action.REVISE].states
    return Refusal(Message(parts, offers(draft)[:1] if can_change else ()))


@router.press("resubmit")
def resubmit(press: Press, ctx: Context) -> None:
    """Send a draft that expired or was sent back to the moderators once more, as it was."""
    draft = own_draft(press, ctx, Action.RESUBMIT)
    is_expired = draft.state is State.EXPIRED
    if not is_expired and draft.hold is not Hold.NOTHING:
        raise refusal(Action.RESUBMIT, Denied.STATE, draft)
    office = people.office(ctx.db, draft.office_id)
    locking.refuse_if_locked(ctx, office, about=draft)
    submission.refuse_if_nobody_can_approve(ctx, ctx.person(), office)
    text = drafts.text_of(ctx.db, draft)
    store_revision(ctx, draft, text, action="draft resubmitted", news=UNCHANGED)


@router.press("confirm")
def confirm(press: Press, ctx: Context) -> None:
    """Send a draft on although a rule warned: its author has looked at the warning."""
    draft = own_draft(press, ctx, Action.CONFIRM)
    if draft.hold is not Hold.UNCONFIRMED:
        raise refusal(Action.CONFIRM, Denied.STATE, draft)
    office, author = people.office(ctx.db, draft.office_id), ctx.person()
    locking.refuse_if_locked(ctx, office, about=draft)
    found = drafts.confirm(ctx.db, draft)
    draft.hold, draft.waiting_since = Hold.NOTHING, ctx.now
    drafts.move(
        ctx.db,
        draft,
        State.IN_REVIEW,
        actor=author.name,
        office=office,
        now=ctx.now,
        confirmed=[row.rule for row in found],
    )
    ctx.db.flush()
    was_seen = card.main_copy(ctx, draft) is not None
    submission.proceed(ctx, draft)
    if was_seen:
        said = AS_BEFORE if drafts.votes(ctx.db, draft) else AGAIN
        card.announce(ctx, draft, message(said, id=draft.id))
        decision.settle(ctx, draft, office)


@router.press("withdraw")
def withdraw(press: Press, ctx: Context) -> None:
    """Take a draft back for good."""
    draft = own_draft(press, ctx, Action.WITHDRAW)
    office, author = people.office(ctx.db, draft.office_id), ctx.person()
    drafts.move(ctx.db, draft, State.WITHDRAWN, actor=author.name, office=office, now=ctx.now)
    draft.decided_at = ctx.now
    ctx.db.flush()
    card.refresh(ctx, draft)
    card.announce(ctx, draft, message(GONE, id=draft.id))
    ctx.reply(WITHDRAWN, id=draft.id)


@router.press("purpose")
def choose_purpose(press: Press, ctx: Context) -> None:
    """Say what a draft is for. The text stays, so votes stay too."""
    wanted, _, purpose = press.value.partition(".")
    draft = permitted(ctx, Action.CHOOSE_PURPOSE, number(wanted))
    if purpose not in PURPOSES:
        raise Refusal(BROKEN)
    draft.purpose = purpose
    causes = (holding.PURPOSE,)
    recheck(ctx, draft, actor=ctx.person(), action="purpose chosen", causes=causes)
    ctx.reply(PURPOSE_SET, id=draft.id, purpose=PURPOSES[purpose])
