"""Breaking the glass: one senior releases an urgent draft alone, with a written reason.

What a rule forbids is not covered. The release stays marked until somebody else has reviewed it.
"""

from collections.abc import Iterator

from handlers import card, card_view, locking, slots
from handlers.chat import Answer, Field, FieldKind, Form, Message, Part, Press, Quote, line
from handlers.context import Context, Refusal
from handlers.permission import permitted
from handlers.reading import draft_and_revision
from handlers.router import Router
from policy.permissions import Action
from policy.workflow import State
from storage import drafts, emergencies, pages, people, releases
from storage.models import Draft, Office, Person

router = Router()

SHORTEST = 10  # characters of a reason that says something
NOT_URGENT = "Draft {id} is not urgent, so the panel decides. Its author can make it urgent."
FORBIDDEN = (
    "A rule forbids draft {id} ({rules}), and an emergency does not change that. "
    "Its author can ask a senior to release it first, or change the text."
)
REASON = "Why can it not wait for the panel?"
HINT = "You release it alone. It is marked “not reviewed” until somebody else has reviewed it."
TOO_SHORT = f"Please write a reason of at least {SHORTEST} characters. Nothing was released."
NEWS = (
    "**Draft {id}** for {page} was **released in an emergency by {name}, not reviewed**, "
    "on {moment}."
)
WHY = "{name} says why:"
REVIEW_IT = "Please look at it: the buttons are on its card."
RELEASED = (
    "You have released draft {id} alone. Somebody else is asked to review it, and I go on asking "
    "until they have."
)


@router.press("emergency")
def ask_for_reason(press: Press, ctx: Context) -> None:
    """Ask a senior for the reason."""
    draft = releasable(press.value, ctx)
    locking.refuse_if_locked(ctx, people.office(ctx.db, draft.office_id), about=draft)
    field = Field("reason", REASON, FieldKind.TEXT, hint=HINT)
    title = f"Release draft {draft.id}"[:24]
    ctx.ask(Form("emergency", title, (field,), submit="Release it", context=press.value))


@router.form("emergency")
def release_alone(answer: Answer, ctx: Context) -> None:
    """Approve an urgent draft by the word of one senior, and say so to everybody."""
    draft = releasable(answer.context, ctx)
    reason = answer.values.get("reason", "").strip()
    if len(reason) < SHORTEST:
        raise Refusal(TOO_SHORT, about=draft)
    senior, office = ctx.person(), people.office(ctx.db, draft.office_id)
    locking.refuse_if_locked(ctx, office, about=draft, written=reason)
    drafts.move(
        ctx.db,
        draft,
        State.APPROVED,
        actor=senior.name,
        office=office,
        now=ctx.now,
        emergency=True,
        reason=reason,
    )
    draft.decided_at = ctx.now
    emergencies.add(ctx.db, draft, senior, ctx.now, reason)
    slots.begin(ctx, draft, office)
    card.refresh(ctx, draft)
    news = tuple(_news(ctx, draft, office, senior, reason))
    once = f"emergency:{draft.id}.{draft.revision}"
    card.ring(ctx, draft, Message((*news, line(REVIEW_IT))), once=once)
    slots.tell_author(ctx, draft, office, news)
    ctx.reply(RELEASED, id=draft.id)


def _news(
    ctx: Context, draft: Draft, office: Office, senior: Person, reason: str
) -> Iterator[Part]:
    yield line(
        NEWS,
        id=draft.id,
        page=pages.get(ctx.db, draft.page_id).name,
        name=senior.name,
        moment=card_view.moment(ctx.now, office),
    )
    yield line(WHY, name=senior.name)
    yield Quote(reason)


def releasable(value: str, ctx: Context) -> Draft:
    """Return the urgent draft in review that a senior may release alone, or refuse."""
    draft = permitted(ctx, Action.EMERGENCY, *draft_and_revision(value))
    if not draft.is_urgent:
        raise Refusal(NOT_URGENT, id=draft.id, about=draft)
    if stopping := sorted({found.rule for found in releases.left(ctx.db, draft)}):
        raise Refusal(FORBIDDEN, id=draft.id, rules=", ".join(stopping), about=draft)
    return draft
