"""The wanted moment: it is kept, asked about when it has passed, and can be changed."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from handlers import card, card_view, emergency_view, locking, slots, submission
from handlers.chat import Answer, Field, FieldKind, Form, Message, Press, line, message
from handlers.checking import check
from handlers.context import Context, Refusal
from handlers.offers import offers_to
from handlers.permission import permitted
from handlers.reading import draft_and_revision, moment_in
from handlers.router import Router
from policy.permissions import Action
from policy.rules import Finding, Severity, Verdict
from policy.workflow import State
from storage import clock, drafts, lockdowns, pages, people
from storage.models import Draft, DraftFinding, Hold, Office

router = Router()

WHEN = "When is it wanted?"
WHEN_HINT = "For example 2026-11-24 15:00, in your office's time"
PAST = "{moment} has passed already. Choose a moment that is still to come. Nothing was changed."
NO_MOMENT = "There is no moment, so nothing was changed."
NOT_HELD = "Draft {id} is not on hold, so there is nothing to answer."
STILL_FITS = "**Draft {id}** still fits, although its moment has passed: {name} has looked."
GOOD = "Thank you. **Draft {id}** is good to post."
MOVED = "**Draft {id}** is wanted on {moment} now, says {name}."
PLANNED = "Draft {id} is wanted on {moment} now. I remind you then, and send you the text to post."
REVIEW_AGAIN = (
    "**Draft {id}** is wanted on {moment} now, and for then the rules have something new to say. "
    "The approval is void: this is revision {revision}."
)
NOW = "**It is time to post draft {id}** for {page}."
MISSED = "I was not awake at the moment of **draft {id}**, or your office was locked down."
POSTED_YET = "Is **draft {id}** posted? If so, tell me where with the button."


@router.press("still-fits")
def let_go(press: Press, ctx: Context) -> None:
    """Take an author's word that a draft still fits after its moment, and hand the text over."""
    draft = permitted(ctx, Action.RESCHEDULE, *draft_and_revision(press.value))
    if draft.hold is not Hold.LATE:
        raise Refusal(NOT_HELD, id=draft.id)
    author, office = ctx.person(), people.office(ctx.db, draft.office_id)
    locking.refuse_if_locked(ctx, office, about=draft)
    draft.hold = Hold.NOTHING
    slots.plan(ctx, draft, office)
    ctx.record(author, "still fits after its moment", drafts.subject(draft), office=office)
    card.refresh(ctx, draft)
    card.announce(ctx, draft, message(STILL_FITS, id=draft.id, name=author.name))
    news = (line(GOOD, id=draft.id), *emergency_view.note(ctx, draft))
    slots.hand_over(ctx, draft, office, author, news)


@router.press("slot")
def ask_for_moment(press: Press, ctx: Context) -> None:
    """Ask for another moment."""
    draft = permitted(ctx, Action.RESCHEDULE, *draft_and_revision(press.value))
    field = Field("wanted", WHEN, FieldKind.MOMENT, hint=WHEN_HINT)
    ctx.ask(Form("slot", f"Draft {draft.id}: when?"[:24], (field,), context=press.value))


@router.form("slot")
def reschedule(answer: Answer, ctx: Context) -> None:
    """Keep the new moment. The votes stay, unless a rule objects to the text at that moment."""
    draft = permitted(ctx, Action.RESCHEDULE, *draft_and_revision(answer.context))
    author, office = ctx.person(), people.office(ctx.db, draft.office_id)
    wanted = moment_in(answer.values.get("wanted", ""), office.timezone)
    if wanted is None:
        raise Refusal(NO_MOMENT)
    shown = card_view.moment(wanted, office)
    if wanted <= ctx.now:
        raise Refusal(PAST, moment=shown)
    known = objections(drafts.findings_of(ctx.db, draft))
    was, draft.wanted_at = draft.wanted_at, wanted
    ctx.record(
        author,
        "rescheduled",
        drafts.subject(draft),
        office=office,
        was=_written(was),
        wanted=_written(wanted),
    )
    verdict = check(ctx, draft, drafts.text_of(ctx.db, draft))
    if objections(verdict.findings) - known:
        review_again(ctx, draft, office, verdict)
        return
    drafts.check_again(ctx.db, draft, verdict)
    draft.hold = Hold.NOTHING
    slots.plan(ctx, draft, office)
    card.refresh(ctx, draft)
    card.announce(ctx, draft, message(MOVED, id=draft.id, moment=shown, name=author.name))
    ctx.reply(PLANNED, id=draft.id, moment=shown)


def objections(found: Iterable[Finding | DraftFinding]) -> set[tuple[str, Severity, int | None]]:
    """Name what stands between a text and its publication: all but tips."""
    return {(f.rule, f.severity, f.start) for f in found if f.severity is not Severity.INFO}


def review_again(ctx: Context, draft: Draft, office: Office, verdict: Verdict) -> None:
    """Treat the same text at another moment as a new wording: it needs what any needs."""
    locking.refuse_if_locked(ctx, office, about=draft)
    author = people.get(ctx.db, draft.author_id)
    assert draft.wanted_at is not None
    drafts.revise(ctx.db, draft, drafts.text_of(ctx.db, draft), verdict, ctx.now)
    submission.record_findings(ctx, author, draft, verdict.findings, action="draft revised")
    hold = submission.hold_for(verdict.findings)
    to = State.CHANGES_REQUESTED if hold else State.IN_REVIEW
    drafts.move(ctx.db, draft, to, actor=author.name, office=office, now=ctx.now)
    draft.hold, draft.decided_at, draft.waiting_since = hold, None, ctx.now
    ctx.db.flush()
    card.refresh(ctx, draft)
    submission.proceed(ctx, draft)
    moment = card_view.moment(draft.wanted_at, office)
    said = message(REVIEW_AGAIN, id=draft.id, moment=moment, revision=draft.revision)
    card.announce(ctx, draft, said)


@router.job(every=timedelta(minutes=1))
def remind_of_slots(ctx: Context) -> None:
    """Remind an author at the moment of a draft, at any hour, and later once of its link."""
    for draft_id in drafts.with_reminder(ctx.db, ctx.now):
        draft = drafts.locked(ctx.db, draft_id)
        if draft is None or draft.remind_at is None or draft.remind_at > ctx.now:
            continue  # another replica was quicker
        office = people.office(ctx.db, draft.office_id)
        if not lockdowns.is_on(ctx.db, office):  # else afterwards: it may be too late by then
            remind(ctx, draft, office)


def remind(ctx: Context, draft: Draft, office: Office) -> None:
    """Give one reminder: which, is told by the moment that it was planned for."""
    is_slot = draft.remind_at == draft.wanted_at
    if not is_slot:
        ask_for_the_link(ctx, draft, office)
    elif draft.wanted_at and ctx.now - draft.wanted_at > slots.GRACE:
        ask_whether_it_fits(ctx, draft, office)
    else:
        say_it_is_time(ctx, draft, office)


def say_it_is_time(ctx: Context, draft: Draft, office: Office) -> None:
    """Hand over the final text."""
    slots.plan(ctx, draft, office)
    keeper = slots.keeper(ctx, draft)
    page = pages.get(ctx.db, draft.page_id)
    news = (line(NOW, id=draft.id, page=page.name), *emergency_view.note(ctx, draft))
    slots.hand_over(ctx, draft, office, keeper, news)
    _record(ctx, draft, office, "reminded to post", keeper.name)


def ask_whether_it_fits(ctx: Context, draft: Draft, office: Office) -> None:
    """Hold a draft whose moment passed while nobody could be reminded: never post it late."""
    draft.hold = Hold.LATE
    slots.plan(ctx, draft, office)
    card.refresh(ctx, draft)
    slots.tell_author(ctx, draft, office, (line(MISSED, id=draft.id),))
    _record(ctx, draft, office, "held after its moment", "")


def ask_for_the_link(ctx: Context, draft: Draft, office: Office) -> None:
    """Ask once more where it was posted, while the office is open."""
    calendar = clock.of(office)
    if not calendar.is_open(ctx.now, grace=clock.GRACE):
        draft.remind_at = calendar.add(ctx.now, timedelta(minutes=1))
        ctx.db.add(draft)
        return
    draft.remind_at = None
    ctx.db.add(draft)
    keeper = slots.keeper(ctx, draft)
    parts = (line(POSTED_YET, id=draft.id), *emergency_view.note(ctx, draft))
    ctx.tell(keeper, Message(parts, offers_to(draft, keeper)))
    _record(ctx, draft, office, "asked for the link", keeper.name)


def _record(ctx: Context, draft: Draft, office: Office, action: str, told: str) -> None:
    told_whom: Collection[str] = [told] if told else []
    ctx.record("bot", action, drafts.subject(draft), office=office, told=list(told_whom))


def _written(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
