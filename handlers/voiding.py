"""Votes that a new wording makes void: named below the card, and each voter told in private."""

from collections.abc import Iterator, Sequence

from handlers import card_view
from handlers.chat import Button, Line, Message, Style, line
from handlers.context import Context
from policy.workflow import State
from storage import drafts, pages, panel, people, sent_back
from storage.models import Draft, Person

VOID = "Void now, since they were about revision {revision}: the votes of {names}."
CHANGED = "**Draft {id}** for {page} has changed: it is at revision {now}."
UNCHANGED = "**Draft {id}** for {page} is before you again with the same text, as revision {now}."
VOTE_AGAIN = "Your vote on revision {was} is void. Please look at it and vote again."
ANSWERED = "You had asked for changes to revision {was}. Please look at it."
SHOW = "Show me the draft"


def of(ctx: Context, draft: Draft) -> list[Person]:
    """List whose votes the next wording makes void."""
    return [each.person for each in drafts.votes(ctx.db, draft)]


def lines(voters: Sequence[Person], revision: int) -> Iterator[Line]:
    """Say whose votes are void."""
    if voters:
        yield line(VOID, names=card_view.names([*voters]), revision=revision)


def tell_voters(ctx: Context, draft: Draft) -> None:
    """Tell everybody whose vote is void, once, that they can vote again; and who asked for it."""
    was = drafts.seen_before(ctx.db, draft)
    if was is None or draft.state is not State.IN_REVIEW:
        return
    asked = sent_back.of(ctx.db, draft, was)
    if asked and people.reviews(ctx.db, draft.office_id, people.get(ctx.db, asked.person_id)):
        _tell(ctx, draft, was, people.get(ctx.db, asked.person_id), ANSWERED)
    office = people.office(ctx.db, draft.office_id)
    may_vote = {person.id for person in panel.voters(ctx.db, draft, office)}
    for each in drafts.votes(ctx.db, draft, was):
        if each.person.id in may_vote:
            _tell(ctx, draft, was, each.person, VOTE_AGAIN)


def _tell(ctx: Context, draft: Draft, was: int, person: Person, note: str) -> None:
    once = f"void:{draft.id}.{was}:{person.id}"
    ctx.tell(person, _news(ctx, draft, was, note), once=once)


def _news(ctx: Context, draft: Draft, was: int, note: str) -> Message:
    is_same = drafts.text_of(ctx.db, draft) == drafts.text_of(ctx.db, draft, was)
    page = pages.get(ctx.db, draft.page_id)
    said = line(UNCHANGED if is_same else CHANGED, id=draft.id, page=page.name, now=draft.revision)
    show = Button(SHOW, "show", f"{draft.id}.{draft.revision}", Style.PRIMARY)
    return Message((said, line(note, was=was)), (show,))
