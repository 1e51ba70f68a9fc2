"""Asking for changes: a moderator gives a draft back to its author and says what is wrong."""

from datetime import timedelta

from handlers import card, card_view, standing
from handlers.chat import Answer, Message, Part, Press, Quote, line
from handlers.context import Context
from handlers.offers import offers
from handlers.permission import permitted
from handlers.reading import draft_and_revision
from handlers.reason_form import PLEASE, not_stored, reason_form, reason_in
from handlers.router import Router
from policy.durations import parse_hours
from policy.permissions import Action
from policy.workflow import LABELS, State
from storage import absences, clock, drafts, lockdowns, pages, people, sent_back
from storage.models import Draft, Office, Person

router = Router()

TITLE = "Draft {id}: changes"
WHAT = "What is wrong with it?"
BACK = "**Draft {id}** for {page}: {name} asks for changes."
WHAT_NOW = "Change the text, send it again as it is, or withdraw it. The moderators vote anew then."
NEWS = "**Draft {id}** is back with its author: {name} asks for changes."
VOID = "No longer counted: the votes of {names}."
DONE = "Draft {id} is back with its author, who has your reason."
MEANWHILE = "Draft {id} is {state} by now, so you cannot ask for changes any more."
OTHER_TEXT = (
    "Draft {id} has changed meanwhile: it is at revision {revision}. Look at its card again."
)
AGAIN = "Draft {id} is back with its author already."
REMINDER = "**Draft {id}** for {page} still waits for you: it is not with the moderators."
OLDEST = timedelta(days=30)  # a request that the bot still reminds of


@router.press("ask-changes")
def offer(press: Press, ctx: Context) -> None:
    """Ask a moderator what is to be changed."""
    draft = permitted(ctx, Action.REQUEST_CHANGES, *draft_and_revision(press.value))
    office = people.office(ctx.db, draft.office_id)
    ctx.ask(reason_form("changes", TITLE.format(id=draft.id), WHAT, draft, office))


@router.form("changes")
def send_back(answer: Answer, ctx: Context) -> None:
    """Give a draft back to its author with the reason. Votes on that wording count no more."""
    number, revision = draft_and_revision(answer.context)
    words = answer.values.get("words", "").strip()
    draft = drafts.locked(ctx.db, number)
    if draft is not None and people.reviews(ctx.db, draft.office_id, ctx.person()):
        refuse_if_late(draft, revision, words)
    draft = permitted(ctx, Action.REQUEST_CHANGES, number, revision)
    person, office = ctx.person(), people.office(ctx.db, draft.office_id)
    reason = reason_in(answer.values, office)
    if not reason:
        raise not_stored(PLEASE, "")
    void = [each.person for each in drafts.votes(ctx.db, draft)]
    sent_back.add(ctx.db, draft, person, reason, ctx.now)
    drafts.move(
        ctx.db,
        draft,
        State.CHANGES_REQUESTED,
        actor=person.name,
        office=office,
        now=ctx.now,
        reason=reason,
        void=[each.name for each in void],
    )
    ctx.db.flush()
    card.refresh(ctx, draft)
    tell(ctx, draft, person, reason, void)
    ctx.reply(DONE, id=draft.id)


def tell(ctx: Context, draft: Draft, by: Person, reason: str, void: list[Person]) -> None:
    """Tell the author and the moderators' chat who asked for what."""
    news: tuple[Part, ...] = (line(NEWS, id=draft.id, name=by.name), Quote(reason))
    if void:
        news = (*news, line(VOID, names=card_view.names(void)))
    card.announce(ctx, draft, Message(news))
    page = pages.get(ctx.db, draft.page_id)
    parts = (line(BACK, id=draft.id, page=page.name, name=by.name), Quote(reason), line(WHAT_NOW))
    said, about = Message(parts, offers(draft)), drafts.subject(draft)
    ctx.tell(people.get(ctx.db, draft.author_id), said, about=about)


def refuse_if_late(draft: Draft, revision: int, words: str) -> None:
    """Give a moderator back what they wrote while somebody else was quicker."""
    fields = {"id": draft.id, "state": LABELS[draft.state], "revision": draft.revision}
    if draft.revision != revision:
        raise not_stored(OTHER_TEXT, words, **fields)
    if draft.state is State.CHANGES_REQUESTED:
        raise not_stored(AGAIN, words, **fields)
    if draft.state is not State.IN_REVIEW:
        raise not_stored(MEANWHILE, words, **fields)


@router.office_job(every=timedelta(minutes=10), among=sent_back.offices)
def remind_authors(ctx: Context, office: Office) -> None:
    """Remind an author, once, of a draft that has been back with them for a working day."""
    is_at_work = clock.of(office).is_open(ctx.now, grace=clock.GRACE)
    if not is_at_work or lockdowns.is_on(ctx.db, office):
        return
    for draft, asked in sent_back.unanswered(ctx.db, office, ctx.now - OLDEST):
        if lockdowns.worked(ctx.db, office, asked.at, ctx.now) >= working_day(office):
            remind(ctx, draft, office)


def remind(ctx: Context, waiting: Draft, office: Office) -> None:
    """Remind an author of a request for changes, if it still stands."""
    draft, author = drafts.locked(ctx.db, waiting.id), people.get(ctx.db, waiting.author_id)
    if draft is None or draft.state is not State.CHANGES_REQUESTED:
        return
    if not absences.present(ctx.db, [author], ctx.now):
        return
    page = pages.get(ctx.db, draft.page_id)
    parts = (line(REMINDER, id=draft.id, page=page.name), *standing.why(ctx, draft), line(WHAT_NOW))
    once, about = f"changes:{draft.id}.{draft.revision}", drafts.subject(draft)
    if ctx.tell(author, Message(parts, offers(draft)), once=once, about=about):
        ctx.record("bot", "author reminded of changes", about, office=office)


def working_day(office: Office) -> timedelta:
    """Return how long an office works on an ordinary day."""
    opens, closes = (timedelta(hours=t.hour, minutes=t.minute) for t in parse_hours(office.hours))
    return (closes or timedelta(days=1)) - opens
