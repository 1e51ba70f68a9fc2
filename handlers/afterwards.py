"""Reviewing afterwards: somebody else looks at what one senior released alone, and is asked until
they have."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from functools import partial

from handlers import card, card_view, emergency_view, ladder
from handlers.chat import Answer, Field, FieldKind, Form, Line, Message, Press, Quote, line
from handlers.context import Context, Refusal
from handlers.permission import permitted
from handlers.reading import draft_and_revision
from handlers.router import Router
from policy.deadlines import TELLING, Step, due, parse_ladder, rung
from policy.permissions import Action
from policy.workflow import LABELS
from storage import clock, drafts, emergencies, lockdowns, notices, pages, panel, people
from storage.models import Draft, Emergency, Office, Person, Role

router = Router()

SHORTEST = 10  # characters of an objection that says something
OWN = "You released draft {id} yourself. Somebody else has to review that."
NONE = "Draft {id} was not released in an emergency, so there is nothing to review."
DONE = "Draft {id} was reviewed already: it was {standing}."
WHY = "What is wrong with the release, or with the text?"
HINT = "Its author, the senior who released it, and the lead get to read this."
TOO_SHORT = f"Please write at least {SHORTEST} characters. Nothing was recorded."
UPHELD = "**Draft {id}**: {name} has reviewed the emergency release afterwards: it was right."
OBJECTED = "**Draft {id}**: {name} has reviewed the emergency release and objects:"
WHAT_NOW = "Its state is unchanged: {state}. Please talk about it, and change it if you have to."
THANKS = "Thank you. Your review of draft {id} is recorded."

WAITS = "**Draft {id}** for {page} was released in an emergency by {name}, not reviewed."
SINCE = "That was on {moment}. The reason:"
ASKED = {
    Step.REMIND: "Please review it now: you are on the panel.",
    Step.SENIORS: "The panel has not reviewed it. You are asked because you are a senior.",
    Step.LEAD: "Neither the panel nor the seniors have reviewed it. You are asked as the lead.",
}
DAILY = "Still nobody has reviewed it. I ask you each working day until somebody has."
UNHEARD = "I can reach nobody who may review it. Please ask somebody, or change the offices file."
ACTIONS = {
    Step.REMIND: "not reviewed: moderators reminded",
    Step.SENIORS: "not reviewed: seniors told",
    Step.LEAD: "not reviewed: lead told",
}
LEAD_AGAIN = "not reviewed: lead told again"


@router.press("was-right")
def uphold(press: Press, ctx: Context) -> None:
    """Take somebody's word that a release was right."""
    draft, found = reviewable(press.value, ctx)
    record(ctx, draft, found, remark="")
    said = line(UPHELD, id=draft.id, name=ctx.person().name)
    tell(ctx, draft, [found.person_id, draft.author_id], Message((said,)))


@router.press("object")
def ask_why(press: Press, ctx: Context) -> None:
    """Ask what is wrong."""
    draft, _ = reviewable(press.value, ctx)
    field = Field("reason", WHY, FieldKind.TEXT, hint=HINT)
    title = f"Draft {draft.id}: objection"[:24]
    ctx.ask(Form("object", title, (field,), submit="Object", context=press.value))


@router.form("object")
def take_objection(answer: Answer, ctx: Context) -> None:
    """Record an objection, and tell its author, the senior and the lead."""
    draft, found = reviewable(answer.context, ctx)
    remark = answer.values.get("reason", "").strip()
    if len(remark) < SHORTEST:
        raise Refusal(TOO_SHORT, about=draft)
    record(ctx, draft, found, remark=remark)
    parts = (
        line(OBJECTED, id=draft.id, name=ctx.person().name),
        Quote(remark),
        line(WHAT_NOW, state=LABELS[draft.state]),
    )
    office = people.office(ctx.db, draft.office_id)
    leads = [person.id for person in people.with_role(ctx.db, office, Role.LEAD)]
    tell(ctx, draft, [draft.author_id, found.person_id, *leads], Message(parts))


def reviewable(value: str, ctx: Context) -> tuple[Draft, Emergency]:
    """Return the release that a button is about, if this person may review it, or refuse."""
    draft = permitted(ctx, Action.REVIEW_AFTERWARDS, *draft_and_revision(value))
    found = emergencies.of(ctx.db, draft)
    if found is None:
        raise Refusal(NONE, id=draft.id, about=draft)
    if found.person_id == ctx.person().id:
        raise Refusal(OWN, id=draft.id, about=draft)
    if not draft.is_unreviewed:
        said = emergency_view.phrase(ctx, draft)
        raise Refusal(DONE, id=draft.id, standing=said, about=draft)
    return draft, found


def record(ctx: Context, draft: Draft, found: Emergency, *, remark: str) -> None:
    """Store a review, show it on the card, and thank for it."""
    person, office = ctx.person(), people.office(ctx.db, draft.office_id)
    emergencies.review(ctx.db, draft, found, person, ctx.now, remark=remark)
    ctx.record(
        person,
        "objected to the emergency release" if remark else "upheld the emergency release",
        drafts.subject(draft),
        office=office,
        revision=draft.revision,
        remark=remark,
    )
    card.refresh(ctx, draft)
    ctx.reply(THANKS, id=draft.id)


def tell(ctx: Context, draft: Draft, persons: Iterable[int], said: Message) -> None:
    """Say below the card, and to each of these people once, what the review was."""
    card.announce(ctx, draft, said)
    for person_id in dict.fromkeys(persons):
        if person_id != ctx.person().id:
            ctx.tell(people.get(ctx.db, person_id), said)


@router.office_job(every=timedelta(minutes=1), among=drafts.offices_with_unreviewed)
def chase_reviews_afterwards(ctx: Context, office: Office) -> None:
    """Ask for the review of each release that has none, in working time."""
    if not office.active or not is_time(ctx, office):
        return
    for draft in drafts.unreviewed(ctx.db, office):
        if found := emergencies.of(ctx.db, draft):
            chase(ctx, draft.id, office, found)


def is_time(ctx: Context, office: Office) -> bool:
    """Tell whether an office is at work, and its clocks run."""
    is_open = clock.of(office).is_open(ctx.now, grace=clock.GRACE)
    return is_open and not lockdowns.is_on(ctx.db, office)


def chase(ctx: Context, draft_id: int, office: Office, found: Emergency) -> None:
    """Take a rung if one is due; after the last of them, ask the lead once on each working day."""
    calendar, key = clock.of(office), f"unreviewed:{draft_id}.{found.revision}"
    today = f"{key}:{calendar.day_of(ctx.now)}"
    worked = lockdowns.worked(ctx.db, office, found.at, ctx.now)
    reached = min(rung(worked, parse_ladder(office.ladder)), len(TELLING))
    keys = {step: ladder.rung_key(key, step) for step in TELLING}
    said = notices.known(ctx.db, [*keys.values(), today])
    is_due = due(reached, [step for step in TELLING if keys[step] in said]) is not None
    if not reached or (not is_due and (keys[Step.LEAD] not in said or today in said)):
        return
    draft = drafts.locked(ctx.db, draft_id)
    if draft is None or not draft.is_unreviewed or not (ctx.is_first(today) or is_due):
        return
    matter = climb(ctx, draft, office, found, key)
    if is_due:
        ladder.take(ctx, matter, reached)
    else:
        ask_again(ctx, matter, draft, found)


def climb(ctx: Context, draft: Draft, office: Office, found: Emergency, key: str) -> ladder.Climb:
    """Say who is asked on each rung, and what."""

    def ask(why: str) -> Message:
        story = tuple(_story(ctx, draft, office, found))
        return Message((*story, line(why)), emergency_view.review_buttons(draft))

    return ladder.Climb(
        key=key,
        subject=drafts.subject(draft),
        office=office,
        audience=partial(audience, ctx, draft, office, found),
        say=lambda step: ask(ASKED[step]),
        unheard=ask(UNHEARD),
        actions=ACTIONS,
    )


def audience(
    ctx: Context, draft: Draft, office: Office, found: Emergency, step: Step
) -> list[Person]:
    """List who may review on a rung: neither its author nor the senior who released it."""
    if step is Step.REMIND:
        panel_members = panel.eligible(ctx.db, office, draft.author_id)
        return [person for person in panel_members if person.id != found.person_id]
    role = Role.SENIOR if step is Step.SENIORS else Role.LEAD
    return ladder.with_role(ctx, office, role, but=[draft.author_id, found.person_id])


def ask_again(ctx: Context, matter: ladder.Climb, draft: Draft, found: Emergency) -> None:
    """Ask the lead once more, or the administrators if there is none to be reached."""
    leads = ladder.reachable(ctx, matter.audience(Step.LEAD))
    persons = leads or people.admins(ctx.db, matter.office)
    story = tuple(_story(ctx, draft, matter.office, found))
    said = Message((*story, line(DAILY)), emergency_view.review_buttons(draft))
    ladder.tell(ctx, matter, persons, said, LEAD_AGAIN)


def _story(ctx: Context, draft: Draft, office: Office, found: Emergency) -> Iterator[Line | Quote]:
    page, name = pages.get(ctx.db, draft.page_id).name, people.get(ctx.db, found.person_id).name
    yield line(WAITS, id=draft.id, page=page, name=name)
    yield line(SINCE, moment=card_view.moment(found.at, office))
    yield Quote(found.reason)
    yield Quote(drafts.text_of(ctx.db, draft))
