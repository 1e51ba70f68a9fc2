"""When an approved draft is to be posted: at once, at its moment, or not before somebody asks.

Whoever approves a draft calls `begin` and then `tell_author`, so that one whose moment has passed
is held and asked about, never handed over as good to post.
"""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from handlers import attached, card_view, ladder
from handlers.chat import Line, Message, Part, Quote, line
from handlers.context import Context
from handlers.offers import offers_to
from storage import clock, drafts, pages, people
from storage.models import Draft, Hold, Office, Person

THE_TEXT = "This is the text to post:"
AS_POSTED = "Post it, then tell me with the button, so that the page's update counts."
PLANNED = "It is wanted on {moment}. I remind you then, and send you the text to post."
HELD = "Its moment ({moment}) has passed, so it is on hold: please do not post it yet."
ASK = "Does it still fit, or is there a better time?"
ON_HOLD = "This is its text:"

#: Working time after which an author is asked once more where a draft was posted.
ASK_AFTER = timedelta(hours=2)
#: A moment that I noticed no later than this is not missed.
GRACE = timedelta(minutes=15)


def begin(ctx: Context, draft: Draft, office: Office) -> None:
    """Say what the approval of a draft means now: to post it, to wait for its moment, or to ask."""
    late = draft.wanted_at is not None and draft.wanted_at <= ctx.now
    draft.hold = Hold.LATE if late else Hold.NOTHING
    plan(ctx, draft, office)


def plan(ctx: Context, draft: Draft, office: Office) -> None:
    """Note when the author of an approved draft is to be reminded of it."""
    if draft.hold is Hold.LATE:
        draft.remind_at = None
    elif draft.wanted_at and draft.wanted_at > ctx.now:
        draft.remind_at = draft.wanted_at
    else:
        draft.remind_at = clock.of(office).add(ctx.now, ASK_AFTER)
    ctx.db.add(draft)
    ctx.db.flush()


def is_good_to_post(ctx: Context, draft: Draft) -> bool:
    """Tell whether an approved draft may be posted now."""
    is_early = draft.wanted_at is not None and draft.wanted_at > ctx.now
    return draft.hold is Hold.NOTHING and not is_early


def tell_author(ctx: Context, draft: Draft, office: Office, news: Iterable[Part]) -> None:
    """Tell the author what was decided, and what to do with the text now."""
    author = people.get(ctx.db, draft.author_id)
    hand_over(ctx, draft, office, author, news)


def hand_over(ctx: Context, draft: Draft, office: Office, to: Person, news: Iterable[Part]) -> None:
    """Give somebody the text to post with its files, or say why not yet."""
    ctx.tell(to, Message((*news, *what_now(ctx, draft, office)), offers_to(draft, to)))
    if is_good_to_post(ctx, draft):
        attached.send(ctx, draft, to)


def what_now(ctx: Context, draft: Draft, office: Office) -> Iterator[Part]:
    """Write what is to be done with an approved draft."""
    text = Quote(drafts.text_of(ctx.db, draft))
    if draft.hold is Hold.LATE:
        yield from (_when(HELD, draft, office), line(ON_HOLD), text, line(ASK))
    elif is_good_to_post(ctx, draft):
        yield from (line(THE_TEXT), text, line(AS_POSTED))
    else:
        yield _when(PLANNED, draft, office)


def _when(template: str, draft: Draft, office: Office) -> Line:
    assert draft.wanted_at is not None
    return line(template, moment=card_view.moment(draft.wanted_at, office))


def keeper(ctx: Context, draft: Draft) -> Person:
    """Return who is to post a draft: its author, or the page's owner if the author cannot."""
    author = people.get(ctx.db, draft.author_id)
    owner_id = pages.get(ctx.db, draft.page_id).owner_id
    owner = [people.get(ctx.db, owner_id)] if owner_id else []
    here = [p for p in (author, *owner) if people.roles(ctx.db, draft.office_id, p)]
    return next(iter(ladder.reachable(ctx, here)), author)
