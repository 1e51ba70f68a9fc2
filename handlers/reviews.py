"""Reviewing: moderators vote with emoji or buttons; a quorum decides."""

from handlers import card, decision, emergency_view, locking
from handlers.chat import (
    APPROVE,
    REJECT,
    SAME,
    Chat,
    Kind,
    Message,
    Press,
    Reaction,
    Sender,
    line,
    message,
)
from handlers.context import Context, Refusal
from handlers.reading import draft_and_revision
from handlers.reason_form import give_reason, why_rejected
from handlers.router import Router
from policy.quorum import TEXTS, Choice, Refused, why_not
from policy.workflow import State
from storage import claims, drafts, outbox, panel, people
from storage.models import Draft, Person, Role, Vote, Voting

router = Router()

RELEASED = (Refused.APPROVED, Refused.PUBLISHED, Refused.RETRACTED)
CHOICES = {APPROVE: Choice.APPROVE, REJECT: Choice.REJECT}

COUNTED = "Your vote on draft {id} counts: {choice}."
SAME_VOTE = "Your vote on draft {id} counts already: {choice}."
WORDS = {Choice.APPROVE: "you approve", Choice.REJECT: "you reject"}
ONLY_APPROVE = (
    "Your vote was not counted. You are a senior, but not on the panel: "
    "you can give the senior's approval, not a rejection. Write to the panel in its chat."
)
SEAT_TAKEN = (
    "Your vote was not counted. On draft {id} you have no seat: the moderator you stand in for "
    "has voted."
)
UNSURE = (
    "You reacted to the card of **draft {id}** while I was away, and I cannot tell whether you "
    "meant the text as it stands now. Please vote with the buttons on the card."
)
MISSING = "I know no draft {id}."


@router.reaction
def vote_by_emoji(reaction: Reaction, ctx: Context) -> None:
    """Count an emoji on the card as a vote; taking it away takes the vote back."""
    choice = CHOICES.get(SAME.get(reaction.emoji, ""))
    copy = card.copy_at(ctx, reaction.chat, reaction.message) if choice else None
    draft = card.shown_by(ctx, copy)
    if copy is None or draft is None or choice is None:
        return
    if not reaction.added:
        take_back(draft, reaction, ctx)
        return
    if reaction.replayed and is_settled(draft, reaction, ctx):
        return
    is_old = outbox.is_outdated(ctx.db, copy, draft.waiting_since)
    voter = admit(ctx, draft, reaction.by, choice, same_revision=not is_old)
    if reaction.replayed and is_unsure(ctx, draft, voter):
        once = f"unsure:{draft.id}.{draft.revision}:{voter.id}"
        ctx.tell(voter, message(UNSURE, id=draft.id), once=once)
        return
    cast(ctx, draft, voter, choice, emoji=reaction.emoji)


@router.press("approve")
def approve(press: Press, ctx: Context) -> None:
    """Count an approval by button."""
    vote_by_button(press, ctx, Choice.APPROVE)


@router.press("reject")
def reject(press: Press, ctx: Context) -> None:
    """Count a rejection by button."""
    vote_by_button(press, ctx, Choice.REJECT)


@router.press("show")
def show_card(press: Press, ctx: Context) -> None:
    """Send somebody a copy of the card in private; it is kept up to date like the others."""
    number, _ = draft_and_revision(press.value)
    person, draft = ctx.person(), drafts.locked(ctx.db, number)
    if draft is None or not people.reviews(ctx.db, draft.office_id, person):
        raise Refusal(MISSING, id=number)
    card.show(ctx, draft, Chat(press.by.platform, press.by.user))


def vote_by_button(press: Press, ctx: Context, choice: Choice) -> None:
    """Count a vote on the revision that the button was made for."""
    number, revision = draft_and_revision(press.value)
    draft = drafts.locked(ctx.db, number)
    if draft is None:
        raise Refusal(MISSING, id=number)
    voter = admit(ctx, draft, press.by, choice, same_revision=revision == draft.revision)
    known = drafts.vote_of(ctx.db, draft, voter)
    if known and known.choice is choice:
        ctx.reply(SAME_VOTE, id=draft.id, choice=WORDS[choice])
        return
    cast(ctx, draft, voter, choice)
    buttons = (give_reason(draft),) if choice is Choice.REJECT else ()
    ctx.reply(Message((line(COUNTED, id=draft.id, choice=WORDS[choice]),), buttons))


def admit(ctx: Context, draft: Draft, by: Sender, choice: Choice, *, same_revision: bool) -> Person:
    """Return the voter, or refuse the vote and say why."""
    person = ctx.someone(by)
    roles = people.roles(ctx.db, draft.office_id, person) if person else frozenset()
    office = people.office(ctx.db, draft.office_id)
    on_panel = bool(roles) and person is not None and panel.may_vote(ctx.db, draft, office, person)
    is_author = person is not None and person.id == draft.author_id
    is_open = draft.state is State.IN_REVIEW
    if is_open and Role.MODERATOR in roles and not (on_panel or is_author):
        raise Refusal(SEAT_TAKEN, about=draft, id=draft.id)
    signs_off = Role.SENIOR in roles and panel.needs_senior(ctx.db, draft)
    refusal = why_not(
        known=person is not None,
        bot=by.kind is Kind.BOT,
        anonymous=by.kind is Kind.ANONYMOUS,
        may_vote=on_panel or signs_off,
        author=is_author,
        state=draft.state,
        same_revision=same_revision,
    )
    if refusal is not None:
        alone = emergency_view.answer_to_vote(ctx, draft) if refusal in RELEASED else None
        raise Refusal(alone or TEXTS[refusal], about=draft)
    if not on_panel and choice is Choice.REJECT:
        raise Refusal(ONLY_APPROVE, about=draft)
    if choice is Choice.APPROVE:
        locking.refuse_if_locked(ctx, people.office(ctx.db, draft.office_id), about=draft)
    assert person is not None
    return person


def cast(ctx: Context, draft: Draft, voter: Person, choice: Choice, *, emoji: str = "") -> None:
    """Record a vote, show it, and decide if that is enough. Without an emoji it was a button."""
    vote = Vote(
        draft_id=draft.id,
        revision=draft.revision,
        person_id=voter.id,
        choice=choice,
        by=Voting.REACTION if emoji else Voting.BUTTON,
        platform=ctx.platform(),
        emoji=emoji,
        voted_at=ctx.now,
    )
    known = drafts.vote_of(ctx.db, draft, voter)
    if known and known.choice is choice:
        drafts.note_emoji(ctx.db, known, vote)
        return
    office = people.office(ctx.db, draft.office_id)
    drafts.vote(ctx.db, vote)
    claims.end(ctx.db, draft, voter)
    ctx.record(
        voter,
        f"{drafts.VOTED}{choice}",
        drafts.subject(draft),
        office=office,
        revision=draft.revision,
        by=vote.by,
        platform=vote.platform,
    )
    decision.settle(ctx, draft, office)
    if choice is Choice.REJECT:
        ctx.ask(why_rejected(draft, office))


def take_back(draft: Draft, reaction: Reaction, ctx: Context) -> None:
    """Take back the vote that this very emoji was. After the decision it stands."""
    person = ctx.someone(reaction.by)
    known = drafts.vote_of(ctx.db, draft, person) if person else None
    if person is None or known is None or draft.state is not State.IN_REVIEW:
        return
    if known.by is not Voting.REACTION or known.emoji != reaction.emoji:
        return
    office = people.office(ctx.db, draft.office_id)
    drafts.unvote(ctx.db, known)
    ctx.record(
        person, "took the vote back", drafts.subject(draft), office=office, revision=draft.revision
    )
    decision.settle(ctx, draft, office)


def is_settled(draft: Draft, reaction: Reaction, ctx: Context) -> bool:
    """Tell whether an emoji seen after a pause needs no answer: its sender has a vote, or none."""
    person = ctx.someone(reaction.by)
    return person is None or drafts.vote_of(ctx.db, draft, person) is not None


def is_unsure(ctx: Context, draft: Draft, voter: Person) -> bool:
    """Tell whether an emoji seen after a pause may be older than the text or the voter's mind.

    A card shows which emoji it has, not since when: one on an earlier wording, or one that its
    sender thought better of, must not come back to life.
    """
    return draft.revision > 1 or drafts.has_ever_voted(ctx.db, draft, voter)
