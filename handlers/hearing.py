"""Hearing an appeal: somebody who did not vote grants it, or keeps the rejection, and says why."""

from handlers import appeal_card, card, locking, slots
from handlers.appeal_notes import standing
from handlers.chat import (
    Answer,
    Chat,
    Field,
    FieldKind,
    Form,
    Message,
    Part,
    Press,
    Quote,
    line,
)
from handlers.context import Context, Refusal
from handlers.offers import offers
from handlers.permission import part_of, permitted
from handlers.reading import draft_and_revision, reason
from handlers.router import Router
from handlers.times import moment
from policy.permissions import Action, denial
from policy.workflow import State
from storage import appeals, drafts, pages, people
from storage.models import Appeal, AppealOutcome, Draft, Office, Person

router = Router()

NO_APPEAL = "There is no appeal on draft {id}."
VOTED = (
    "You voted on this wording of draft {id}. An appeal is heard by people who did not, so that "
    "it is looked at afresh."
)
SETTLED = "The appeal on draft {id} is settled already:"
STILL_OPEN = "The appeal is still open."
WHY_GRANT, WHY_KEEP = "Why do you grant the appeal?", "Why does the rejection stand?"
HINT = "The author, the moderators and the record get to see this."
GRANTED = "Draft {id} for {page} is **approved on appeal** by {name} on {moment}:"
KEPT = "Your appeal on draft {id} for {page} was refused by {name} on {moment}:"
WHAT_NOW = "That settles it: a draft takes one appeal. You can still change the text and send it."
NEWS_GRANTED = "**Draft {id}**: {name} grants the appeal. It is approved."
NEWS_KEPT = "**Draft {id}**: {name} keeps the rejection."
YOU_GRANTED = "You have granted the appeal. Draft {id} is approved, and its author is told."
YOU_KEPT = "You have kept the rejection of draft {id}. Its author is told."


@router.press("grant-appeal")
def offer_grant(press: Press, ctx: Context) -> None:
    """Ask for the reason of granting it."""
    draft, _ = hearable(ctx, press.value)
    locking.refuse_if_locked(ctx, people.office(ctx.db, draft.office_id), about=draft)
    ctx.ask(_form("grant-appeal", WHY_GRANT, "Grant", draft))


@router.press("refuse-appeal")
def offer_refusal(press: Press, ctx: Context) -> None:
    """Ask for the reason of keeping the rejection."""
    draft, _ = hearable(ctx, press.value)
    ctx.ask(_form("refuse-appeal", WHY_KEEP, "Keep it", draft))


@router.press("show-appeal")
def show_appeal(press: Press, ctx: Context) -> None:
    """Send somebody who may decide it another copy of its card."""
    draft, _ = hearable(ctx, press.value)
    office = people.office(ctx.db, draft.office_id)
    appeal_card.show(ctx, draft, office, Chat(press.by.platform, press.by.user))


def _form(name: str, why: str, submit: str, draft: Draft) -> Form:
    field = Field("reason", why, FieldKind.TEXT, hint=HINT)
    title = f"Appeal on draft {draft.id}"[:24]
    return Form(name, title, (field,), submit, f"{draft.id}.{draft.revision}")


@router.form("grant-appeal")
def grant(answer: Answer, ctx: Context) -> None:
    """Approve the draft after all. The votes and the rejection stay in the record."""
    written = answer.values.get("reason", "")
    draft, appeal = hearable(ctx, answer.context, written=written)
    office, hearer = people.office(ctx.db, draft.office_id), ctx.person()
    locking.refuse_if_locked(ctx, office, about=draft, written=written)
    why = reason(written, STILL_OPEN, about=draft)
    _close(ctx, draft, appeal, office, AppealOutcome.GRANTED, why)
    drafts.move(
        ctx.db,
        draft,
        State.APPROVED,
        actor=hearer.name,
        office=office,
        now=ctx.now,
        appeal="granted",
        appeal_of=people.get(ctx.db, appeal.person_id).name,
        because=why,
    )
    draft.decided_at, draft.announce_at = ctx.now, None
    slots.begin(ctx, draft, office)
    card.refresh(ctx, draft)
    appeal_card.refresh(ctx, draft, office)
    news = (line(NEWS_GRANTED, id=draft.id, name=hearer.name), Quote(why))
    card.announce(ctx, draft, Message(news))
    slots.tell_author(ctx, draft, office, _told(ctx, GRANTED, draft, office, hearer, why))
    ctx.reply(YOU_GRANTED, id=draft.id)


@router.form("refuse-appeal")
def refuse(answer: Answer, ctx: Context) -> None:
    """Let the rejection stand, for good."""
    written = answer.values.get("reason", "")
    draft, appeal = hearable(ctx, answer.context, written=written)
    office, hearer = people.office(ctx.db, draft.office_id), ctx.person()
    why = reason(written, STILL_OPEN, about=draft)
    _close(ctx, draft, appeal, office, AppealOutcome.REFUSED, why)
    card.refresh(ctx, draft)
    appeal_card.refresh(ctx, draft, office)
    news = (line(NEWS_KEPT, id=draft.id, name=hearer.name), Quote(why))
    card.announce(ctx, draft, Message(news))
    told = (*_told(ctx, KEPT, draft, office, hearer, why), line(WHAT_NOW))
    ctx.tell(people.get(ctx.db, draft.author_id), Message(told, offers(draft)))
    ctx.reply(YOU_KEPT, id=draft.id)


def _close(
    ctx: Context, draft: Draft, appeal: Appeal, office: Office, outcome: AppealOutcome, why: str
) -> None:
    hearer = ctx.person()
    appeals.close(ctx.db, appeal, outcome, ctx.now, by=hearer, reason=why)
    ctx.record(
        hearer,
        f"appeal {outcome}",
        drafts.subject(draft),
        office=office,
        revision=draft.revision,
        reason=why,
    )


def _told(
    ctx: Context, text: str, draft: Draft, office: Office, hearer: Person, why: str
) -> tuple[Part, ...]:
    page, at = pages.get(ctx.db, draft.page_id), moment(ctx.now, office)
    return (
        line(text, id=draft.id, page=page.name, name=hearer.name, moment=at),
        Quote(why),
    )


def hearable(ctx: Context, value: str, *, written: str = "") -> tuple[Draft, Appeal]:
    """Return the draft and its open appeal, if this person may decide it, or refuse."""
    number, revision = draft_and_revision(value)
    refuse_if_settled(ctx, number, written)
    draft = permitted(ctx, Action.HEAR_APPEAL, number, revision)
    appeal = appeals.of(ctx.db, draft)
    if appeal is None:
        raise Refusal(NO_APPEAL, id=number, about=draft)
    if ctx.person().id in appeals.voters(ctx.db, draft):
        raise Refusal(VOTED, id=number, about=draft)
    return draft, appeal


def refuse_if_settled(ctx: Context, number: int, written: str) -> None:
    """Tell whoever comes second how the appeal ended; to others it is not said."""
    person, draft = ctx.person(), drafts.locked(ctx.db, number)
    appeal = appeals.of(ctx.db, draft) if draft else None
    if draft is None or appeal is None or appeal.outcome is AppealOutcome.OPEN:
        return
    roles, part = people.roles(ctx.db, draft.office_id, person), part_of(ctx, person, draft)
    if denial(Action.HEAR_APPEAL, roles=roles, part=part, state=State.REJECTED):
        return
    ended = standing(ctx, appeal, people.office(ctx.db, draft.office_id))
    given = (Quote(written.strip()),) if written.strip() else ()
    raise Refusal(Message((line(SETTLED, id=number), ended, *given)), about=draft)
