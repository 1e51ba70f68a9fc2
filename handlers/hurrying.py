"""The urgent lane: how often an author may use it, and what follows from it."""

from collections.abc import Iterator, Mapping

from handlers import card_view
from handlers.chat import Button, Form, Line, Message, Quote, Style, line
from handlers.context import Context, Refusal
from policy import durations
from policy.deadlines import parse_ladder
from storage import drafts, forms, urgency
from storage.models import Draft, Office, Person

NO_LANE = "{office} takes no urgent drafts."
LIMIT = (
    "{office} takes {most} urgent drafts of one author in 24 hours. "
    "The next is possible on {moment}."
)
NOTHING_LOST = "Nothing is lost: this is your text. The button files it as a normal draft."
STAYS = "Draft {id} stays a normal one."
URGENT = (
    "It is **urgent**: the moderators are called now, the seniors after {seniors}, "
    "the lead after {lead}, at any hour."
)
#: Under which what was handed in is kept. It asks nothing.
OFFER = Form("draft", "Too many urgent drafts", ())
MADE_URGENT, MADE_NORMAL = "made urgent", "made normal"


def refused(ctx: Context, author: Person, office: Office) -> Line | None:
    """Say why somebody may file no urgent draft now and when they may; None if they may now."""
    at = urgency.possible_at(ctx.db, author, office, ctx.now)
    if at is None:
        return line(NO_LANE, office=office.name)
    if at <= ctx.now:
        return None
    moment = card_view.moment(at, office)
    return line(LIMIT, office=office.name, most=office.urgent_per_day, moment=moment)


def raise_up(ctx: Context, author: Person, draft: Draft, office: Office) -> None:
    """Make a draft urgent if its author may, and count that."""
    if why := refused(ctx, author, office):
        raise Refusal(Message((why, line(STAYS, id=draft.id))), about=draft)
    urgency.raise_up(ctx.db, draft, ctx.now)
    ctx.record(author, MADE_URGENT, drafts.subject(draft), office=office, revision=draft.revision)


def lower(ctx: Context, author: Person, draft: Draft, office: Office) -> None:
    """Make a draft a normal one again."""
    urgency.lower(ctx.db, draft)
    ctx.record(author, MADE_NORMAL, drafts.subject(draft), office=office, revision=draft.revision)


def standing(draft: Draft, office: Office) -> Iterator[Line]:
    """Tell the author of an urgent draft who hears of it and when."""
    if draft.is_urgent:
        ladder = parse_ladder(office.urgent_ladder)
        seniors, lead = durations.spoken(ladder.seniors), durations.spoken(ladder.lead)
        yield line(URGENT, seniors=seniors, lead=lead)


def offer_normal(ctx: Context, why: Line, given: Mapping[str, str]) -> None:
    """Give the text back, and offer to file everything that was handed in as a normal draft.

    What was handed in is kept with a closed form: nobody is asked anything more about it.
    """
    event = ctx.event
    assert event is not None
    number = forms.open_session(ctx.db, event.by, OFFER, given=given, now=ctx.now, alone=False)
    if session := forms.held(ctx.db, number, event.by):
        forms.close(ctx.db, session)
    button = Button("File it as a normal draft", "file-normally", str(number), Style.PRIMARY)
    parts = (why, line(NOTHING_LOST), Quote(given["text"]))
    ctx.reply(Message(parts, (button,)))
