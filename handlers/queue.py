"""The queue: what waits for a decision, oldest first, and what waits for you."""

from handlers import card_view
from handlers.chat import Command, Line, Message, line
from handlers.context import Context
from handlers.router import Router
from storage import drafts, pages, panel, people
from storage.models import Draft, Office, Person

router = Router()

EMPTY = "Nothing waits for a decision."
HEADING = "**Waiting for a decision: {count}**"
WAITS = "Draft {id} for {page} by {author}, {approvals} of {needed} approvals, since {moment}"
WAITS_FOR_YOU = "**Waits for you:** "
MORE = "… and {count} more."
MOST = 20  # lines that are still readable on a phone


@router.command("queue", *people.REVIEWERS)
def show_queue(command: Command, ctx: Context) -> None:
    """Show the drafts that wait for a decision, oldest first."""
    person = ctx.person()
    places = people.workplaces(ctx.db, person)
    offices = [office for office, roles in places if roles & people.REVIEWERS]
    waiting = [(draft, office) for office in offices for draft in drafts.waiting(ctx.db, office)]
    waiting.sort(key=lambda pair: (pair[0].waiting_since, pair[0].id))
    if not waiting:
        ctx.reply(EMPTY)
        return
    lines = [line(HEADING, count=len(waiting))]
    lines += [_line(ctx, draft, office, person) for draft, office in waiting[:MOST]]
    if len(waiting) > MOST:
        lines.append(line(MORE, count=len(waiting) - MOST))
    ctx.reply(Message(tuple(lines)))


def _line(ctx: Context, draft: Draft, office: Office, person: Person) -> Line:
    count = panel.count(ctx.db, draft, office)
    voted = any(each.person.id == person.id for each in count.cast)
    mine = any(p.id == person.id for p in panel.voters(ctx.db, draft, office)) and not voted
    return line(
        (WAITS_FOR_YOU if mine else "") + WAITS,
        id=draft.id,
        page=pages.get(ctx.db, draft.page_id).name,
        author=people.get(ctx.db, draft.author_id).name,
        approvals=count.approvals,
        needed=count.quorum.needed,
        moment=card_view.moment(draft.waiting_since, office),
    )
