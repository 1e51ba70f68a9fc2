"""Discussing: what is said below a card is kept with its draft, and reaches all who review it.

It stays among the reviewers: the author of a draft is told reasons, not deliberations.
"""

from collections.abc import Iterator

from handlers import card, card_view
from handlers.chat import (
    Button,
    Chat,
    Command,
    Comment,
    Kind,
    Message,
    Part,
    Press,
    Quote,
    Text,
    line,
)
from handlers.context import Context, Refusal
from handlers.permission import permitted
from handlers.reading import draft_and_revision
from handlers.router import Router
from policy.permissions import Action
from policy.workflow import State
from storage import drafts, outbox, people, remarks
from storage.models import Draft, Office, OutboxMessage, Remark

router = Router()

SAYS = "**Draft {id}**: {name} says:"
PASSED_ON = "Kept with draft {id}, and passed on to those who review it."
OWN = "Draft {id} is your own. What the moderators say to each other about it stays among them."
USAGE = "Say which draft: /queue discussion 7"
NOTHING = "Nothing was said below the card of draft {id}."
HEADING = "**Discussion of draft {id}**, {count} in all:"
SAID = "{name} on {moment}, about revision {revision}:"
EARLIER = "Earlier"
ANONYMOUS = "An anonymous administrator"
SOMEBODY = "{platform} {user}"
MOST = 8  # remarks at once


@router.comment
def keep_remark(comment: Comment, ctx: Context) -> None:
    """Keep what somebody wrote below a card, and pass it on to reviewers who are elsewhere."""
    draft = discussed(comment, ctx)
    if draft is None or not comment.text.strip():
        if comment.is_private:
            ctx.effects.then.append(as_text(comment))
        return
    if comment.by.kind is Kind.BOT:
        return
    if comment.is_private:
        draft = for_reviewers(ctx, draft.id)
    keep(comment, draft, ctx)


def keep(comment: Comment, draft: Draft, ctx: Context) -> None:
    """Keep a remark once, note that in the record without its words, and pass it on."""
    person, office = ctx.someone(comment.by), people.office(ctx.db, draft.office_id)
    remark = Remark(
        draft_id=draft.id,
        revision=draft.revision,
        person_id=person.id if person else None,
        platform=comment.by.platform,
        user=ANONYMOUS if comment.by.kind is Kind.ANONYMOUS else comment.by.user,
        chat=comment.chat.id,
        message=comment.message,
        text=comment.text.strip(),
        at=ctx.now,
    )
    is_first = not remarks.exist(ctx.db, draft)
    if not remarks.add(ctx.db, remark):
        return
    actor = person or name_of(ctx, remark)
    ctx.record(actor, "remark", drafts.subject(draft), office=office, revision=draft.revision)
    if is_first and draft.state is State.IN_REVIEW:
        card.refresh(ctx, draft)
    pass_on(ctx, draft, office, remark)
    if comment.is_private:
        ctx.reply(PASSED_ON, id=draft.id)


def discussed(comment: Comment, ctx: Context) -> Draft | None:
    """Find the draft whose card something was written below, directly or further down."""
    chat = comment.chat
    copy = card.copy_at(ctx, chat, comment.under)
    if copy is not None:
        found = card.draft_of(topmost(ctx, copy).subject)
    else:
        remark = remarks.at(ctx.db, chat.platform, chat.id, comment.under)
        found = remark.draft_id if remark else None
    draft = drafts.locked(ctx.db, found) if found is not None else None
    if draft is None or comment.is_private:
        return draft
    office = people.office(ctx.db, draft.office_id)
    is_theirs = (chat.platform, chat.id) == (office.platform, office.chat)
    return draft if is_theirs else None  # the moderators have moved to another chat


def topmost(ctx: Context, row: OutboxMessage) -> OutboxMessage:
    """Return the message of ours below which another stands."""
    while row.under_id is not None and card.draft_of(row.subject) is None:
        row = outbox.by_id(ctx.db, row.under_id)
    return row


def as_text(comment: Comment) -> Text:
    """Take what was written below something else in private for what it says."""
    return Text(
        comment.by,
        comment.chat,
        comment.text,
        id=comment.id,
        reply=comment.reply,
        trigger=comment.trigger,
        files=comment.files,
        album=comment.album,
        under=comment.under,
    )


def pass_on(ctx: Context, draft: Draft, office: Office, remark: Remark) -> None:
    """Bring a remark below the copies of those who could not see it where it was made.

    After the decision it goes to the moderators' chat alone.
    """
    everywhere = set(card.audience(ctx, draft, office))
    if draft.state is not State.IN_REVIEW:
        everywhere = {Chat(office.platform, office.chat)}
    heading = line(SAYS, id=draft.id, name=name_of(ctx, remark))
    for row in outbox.about(ctx.db, card.subject(draft)):
        is_there = row.platform == remark.platform and remark.chat in (row.chat, row.sent_chat)
        if not is_there and Chat(row.platform, row.chat) in everywhere:
            said = Message((heading, Quote(remark.text)))
            ctx.say(Chat(row.platform, row.chat), said, under=row.id)


def name_of(ctx: Context, remark: Remark) -> str:
    """Name who made a remark."""
    if remark.person_id is not None:
        return people.get(ctx.db, remark.person_id).name
    if remark.user == ANONYMOUS:
        return ANONYMOUS
    return SOMEBODY.format(platform=remark.platform, user=remark.user)


@router.command("queue discussion", *people.REVIEWERS)
def show_discussion(command: Command, ctx: Context) -> None:
    """Show what was said below the card of a draft: /queue discussion 7."""
    wanted = command.text.strip().lstrip("#")
    if not (wanted.isascii() and wanted.isdecimal() and len(wanted) <= 9):
        raise Refusal(USAGE)
    show(ctx, for_reviewers(ctx, int(wanted)))


@router.press("discussion")
def turn_page(press: Press, ctx: Context) -> None:
    """Show the discussion, or what came before a remark in it."""
    number, before = draft_and_revision(press.value)
    show(ctx, for_reviewers(ctx, number), before)


def for_reviewers(ctx: Context, number: int) -> Draft:
    """Return a draft whose discussion somebody may take part in. Its author may not."""
    person, draft = ctx.person(), drafts.locked(ctx.db, number)
    if draft is not None and draft.author_id == person.id:
        raise Refusal(OWN, id=number, about=draft)
    return permitted(ctx, Action.DISCUSS, number)


def show(ctx: Context, draft: Draft, before: int = 0) -> None:
    """Answer with a page of a discussion, the newest remark last."""
    found = remarks.newest(ctx.db, draft, MOST + 1, before)
    if not found:
        raise Refusal(NOTHING, id=draft.id)
    shown = found[-MOST:]
    more = (Button(EARLIER, "discussion", f"{draft.id}.{shown[0].id}"),)
    parts = tuple(_page(ctx, draft, shown))
    ctx.reply(Message(parts, more if len(found) > MOST else ()))


def _page(ctx: Context, draft: Draft, shown: list[Remark]) -> Iterator[Part]:
    office = people.office(ctx.db, draft.office_id)
    yield line(HEADING, id=draft.id, count=remarks.count(ctx.db, draft))
    for each in shown:
        moment = card_view.moment(each.at, office)
        yield line(SAID, name=name_of(ctx, each), moment=moment, revision=each.revision)
        yield Quote(each.text)
