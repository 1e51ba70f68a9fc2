"""Releasing: a senior may let through what a rule forbids, with a written reason.

The release is no vote: the draft goes to review like any other, and a senior's approving vote is
needed there. It covers what the senior was shown, in one wording, and nothing else.
"""

from collections.abc import Iterator

from handlers import card, card_view, finding_view, locking, voiding
from handlers.chat import (
    Answer,
    Button,
    Field,
    FieldKind,
    Form,
    Message,
    Part,
    Press,
    Quote,
    Style,
    line,
    message,
)
from handlers.context import Context, Refusal
from handlers.reading import draft_and_revision, numbers
from handlers.router import Router
from policy.workflow import State
from storage import absences, drafts, objections, pages, people, releases
from storage.models import Draft, Hold, Office, Person, Role

router = Router()

SHORTEST = 10  # characters of a reason that says something
MISSING = "I know no draft {id} that you could act on."
NOT_STOPPED = "Draft {id} is not stopped by a rule in this wording any more."
ASKED = "I have asked {names} whether draft {id} may go on nevertheless."
ASKED_ALREADY = "The seniors were asked about draft {id} already, and have not answered yet."
NOBODY = "Your office has no other senior who could release draft {id}. Please change the text."
REQUEST = (
    "**{author}** asks you to release **draft {id}** for {page} ({office}), revision {revision}."
)
FORBIDDEN = "Rules of the policy forbid it:"
WHAT_IT_MEANS = (
    "If you release it with a reason, it goes to the moderators, who see your reason and vote on "
    "it; a senior's approval is needed there, too."
)
NOT_SENIOR = "Only a senior of its office can release draft {id}."
OWN = "Draft {id} is your own. Another senior has to decide."
ANSWERED = "{name} has answered already: draft {id} is {answer}."
RELEASED_BEFORE = "{name} has released this wording from {rules} already. Left is: {left}."
CHANGED = (
    "What stops **draft {id}** is not what you were shown any more, so nothing was answered. "
    "Look at it as it stands now."
)
NEW = "New: {rules}."
GONE = "Stops it no more: {rules}."
YOU_WROTE = "This is what you wrote:"
ANSWERS = {True: "released", False: "not released"}
REASON = "Why may it be published although a rule forbids it?"
HINT = "You release: {rules}. The moderators, the author and the record get to see this."
TOO_SHORT = f"Please write a reason of at least {SHORTEST} characters. Nothing was released."
RELEASED = "You have released draft {id}. It is with the moderators now."
KEPT = "You have not released draft {id}. Its author is told."
NEWS = "**Draft {id}**: {name} has released what stopped it. It is with the moderators now."
NO_NEWS = "**Draft {id}**: {name} does not release it. Please change the text."
AGAIN = "**Draft {id}** is before you again, released by {name}. Votes start again."
STILL = "**Draft {id}** is before you again, released by {name}. The votes so far stay."


@router.press("ask-senior")
def ask_seniors(press: Press, ctx: Context) -> None:
    """Bring a draft that rules stop before the seniors, once for each wording and what stops it."""
    draft = stopped(press.value, ctx)
    author, office = ctx.person(), people.office(ctx.db, draft.office_id)
    if draft.author_id != author.id or not people.roles(ctx.db, office.id, author):
        raise Refusal(MISSING, id=draft.id)
    refuse_if_answered(ctx, draft)
    others = [p for p in people.with_role(ctx.db, office, Role.SENIOR) if p.id != author.id]
    seniors = absences.present(ctx.db, others, ctx.now) or others
    if not seniors:
        raise Refusal(NOBODY, id=draft.id)
    if not ctx.is_first(releases.asking(ctx.db, draft)):
        raise Refusal(ASKED_ALREADY, id=draft.id)
    for senior in seniors:
        ctx.tell(senior, request(ctx, draft, office, author))
    ctx.record(
        author,
        "release asked for",
        drafts.subject(draft),
        office=office,
        revision=draft.revision,
        rules=objections.rules(releases.left(ctx.db, draft)),
    )
    ctx.reply(ASKED, id=draft.id, names=card_view.names(seniors))


def request(ctx: Context, draft: Draft, office: Office, author: Person) -> Message:
    """Show a senior what they are asked to release."""
    value = f"{draft.id}.{draft.revision}.{draft.checked}"
    buttons = (
        Button("Release, with a reason", "release", value, Style.PRIMARY),
        Button("Do not release", "keep-stopped", value),
        *finding_view.why_button(ctx, draft),
    )
    return Message(tuple(_request(ctx, draft, office, author)), buttons)


def _request(ctx: Context, draft: Draft, office: Office, author: Person) -> Iterator[Part]:
    page = pages.get(ctx.db, draft.page_id)
    yield line(
        REQUEST,
        id=draft.id,
        author=author.name,
        page=page.name,
        office=office.name,
        revision=draft.revision,
    )
    yield Quote(drafts.text_of(ctx.db, draft))
    yield line(FORBIDDEN)
    yield from finding_view.for_author(ctx, draft)
    left = ", ".join(objections.rules(releases.left(ctx.db, draft)))
    for given in releases.granted(ctx.db, draft):
        name, rules = people.get(ctx.db, given.person_id).name, ", ".join(given.rules)
        yield line(RELEASED_BEFORE, name=name, rules=rules, left=left)
    yield line(WHAT_IT_MEANS)


@router.press("release")
def offer_release(press: Press, ctx: Context) -> None:
    """Ask a senior for the reason."""
    draft = releasable(press.value, ctx)
    locking.refuse_if_locked(ctx, people.office(ctx.db, draft.office_id), about=draft)
    hint = HINT.format(rules=", ".join(objections.rules(releases.left(ctx.db, draft))))
    field = Field("reason", REASON, FieldKind.TEXT, hint=hint)
    title = f"Release draft {draft.id}"[:24]
    ctx.ask(Form("release", title, (field,), submit="Release", context=press.value))


@router.form("release")
def release(answer: Answer, ctx: Context) -> None:
    """Send a draft on although a rule forbids it: a senior answers for that, in writing."""
    reason = answer.values.get("reason", "").strip()
    draft = releasable(answer.context, ctx, wrote=reason)
    if len(reason) < SHORTEST:
        raise Refusal(TOO_SHORT, about=draft)
    senior, office = ctx.person(), people.office(ctx.db, draft.office_id)
    locking.refuse_if_locked(ctx, office, about=draft, written=reason)
    given = releases.add(ctx.db, draft, senior, ctx.now, granted=True, reason=reason)
    ctx.record(
        senior,
        "block released",
        drafts.subject(draft),
        office=office,
        revision=draft.revision,
        rules=given.rules,
        reason=reason,
    )
    was_seen = card.main_copy(ctx, draft) is not None
    draft.hold, draft.waiting_since = Hold.NOTHING, ctx.now
    drafts.move(ctx.db, draft, State.IN_REVIEW, actor=senior.name, office=office, now=ctx.now)
    ctx.db.flush()
    card.post(ctx, draft)
    voiding.tell_voters(ctx, draft)
    if was_seen:
        again = STILL if drafts.votes(ctx.db, draft) else AGAIN
        card.announce(ctx, draft, message(again, id=draft.id, name=senior.name))
    news = Message((line(NEWS, id=draft.id, name=senior.name), Quote(reason)))
    ctx.tell(people.get(ctx.db, draft.author_id), news)
    ctx.reply(RELEASED, id=draft.id)


@router.press("keep-stopped")
def refuse_release(press: Press, ctx: Context) -> None:
    """Leave it with the author."""
    draft = releasable(press.value, ctx)
    senior = ctx.person()
    given = releases.add(ctx.db, draft, senior, ctx.now, granted=False)
    ctx.record(
        senior,
        "block not released",
        drafts.subject(draft),
        office=people.office(ctx.db, draft.office_id),
        revision=draft.revision,
        rules=given.rules,
    )
    news = message(NO_NEWS, id=draft.id, name=senior.name)
    ctx.tell(people.get(ctx.db, draft.author_id), news)
    ctx.reply(KEPT, id=draft.id)


def releasable(value: str, ctx: Context, *, wrote: str = "") -> Draft:
    """Return the draft that a senior is asked about, or refuse. The button may be forged.

    What stops the draft has to be what the button or the form was made for.
    """
    wanted, revision, checked = numbers(value, 3)
    person, found = ctx.person(), drafts.locked(ctx.db, wanted)
    roles = people.roles(ctx.db, found.office_id, person) if found else frozenset()
    if found is None or not roles:
        raise Refusal(MISSING, id=wanted)
    if Role.SENIOR not in roles:
        raise Refusal(NOT_SENIOR, id=wanted, about=found)
    if found.author_id == person.id:
        raise Refusal(OWN, id=wanted, about=found)
    refuse_if_answered(ctx, found)
    draft = stopped(f"{wanted}.{revision}", ctx)
    if not releases.is_asked(ctx.db, draft):
        raise Refusal(MISSING, id=wanted, about=draft)
    refuse_if_changed(ctx, draft, checked, wrote)
    return draft


def refuse_if_changed(ctx: Context, draft: Draft, checked: int, wrote: str) -> None:
    """Refuse an answer to something else than stops a draft now, and show what does."""
    shown, now = releases.left(ctx.db, draft, checked), releases.left(ctx.db, draft)
    if objections.keys(shown) == objections.keys(now):
        return
    parts: list[Part] = [line(CHANGED, id=draft.id)]
    for template, these, others in ((NEW, now, shown), (GONE, shown, now)):
        known = objections.keys(others)
        if differing := objections.rules([e for e in these if objections.key(e) not in known]):
            parts.append(line(template, rules=", ".join(differing)))
    if wrote:
        parts += [line(YOU_WROTE), Quote(wrote)]
    author, office = people.get(ctx.db, draft.author_id), people.office(ctx.db, draft.office_id)
    again = request(ctx, draft, office, author)
    raise Refusal(Message((*parts, *again.parts), again.buttons), about=draft)


def stopped(value: str, ctx: Context) -> Draft:
    """Return the draft that a button is about, which a rule stops in that very wording."""
    wanted, revision = draft_and_revision(value)
    draft = drafts.locked(ctx.db, wanted)
    if draft is None:
        raise Refusal(MISSING, id=wanted)
    is_stopped = draft.state is State.CHANGES_REQUESTED and draft.hold is Hold.BLOCKED
    if draft.revision != revision or not is_stopped:
        raise Refusal(NOT_STOPPED, id=wanted)
    return draft


def refuse_if_answered(ctx: Context, draft: Draft) -> None:
    """Refuse a second answer to the same question."""
    if given := releases.answer(ctx.db, draft):
        name = people.get(ctx.db, given.person_id).name
        raise Refusal(ANSWERED, id=draft.id, name=name, answer=ANSWERS[given.granted])
