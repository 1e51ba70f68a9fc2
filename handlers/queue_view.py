"""How the queue looks: what waits for a decision, and what of it waits for whoever asks."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from handlers import card_view
from handlers.chat import Button, Line, line
from handlers.context import Context
from policy.periods import pauses
from storage import pages, panel, people, queue
from storage.models import Draft, Office, Person, Role

WAITS = "Draft {id} for {page} by {author}, {approvals} of {needed} approvals, since {moment}"
URGENT = "**URGENT** "
FOR_YOU = "**Waits for you:** "
SHOW = "Show draft {id}"


@dataclass(frozen=True)
class Queue:
    """What waits, and which of it waits for one person."""

    drafts: Sequence[Draft]
    mine: frozenset[int]
    offices: dict[int, Office]


def of(ctx: Context, person: Person, *, page: int | None = None, is_urgent: bool = False) -> Queue:
    """Return what waits in the offices where somebody reviews."""
    places = [(o, r) for o, r in people.workplaces(ctx.db, person) if r & people.REVIEWERS]
    ids = [office.id for office, _ in places]
    found = queue.waiting(ctx.db, ids, page=page, is_urgent=is_urgent)
    voted, stopped = queue.voted_on(ctx.db, person), queue.asking_a_senior(ctx.db, ids)
    offices = {office.id: office for office, _ in places}
    sits = {o.id for o, _ in places if _sits(ctx, o, person)}
    signs = {o.id for o, roles in places if Role.SENIOR in roles}

    def is_mine(draft: Draft) -> bool:
        if draft.author_id == person.id or draft.id in voted:
            return False
        if draft.office_id in sits:
            return True
        office = offices[draft.office_id]
        needs_senior = draft.id in stopped or pauses(office.in_force, draft.purpose)
        return draft.office_id in signs and needs_senior

    return Queue(found, frozenset(each.id for each in found if is_mine(each)), offices)


def _sits(ctx: Context, office: Office, person: Person) -> bool:
    """Tell whether somebody sits on the panel of an office now."""
    return any(each.id == person.id for each in panel.eligible(ctx.db, office, author_id=0))


def lines(ctx: Context, shown: Sequence[Draft], waiting: Queue) -> list[Line]:
    """Write one line for each draft."""
    there = {each.office_id for each in shown}
    benches = {number: panel.bench(ctx.db, waiting.offices[number]) for number in there}
    return [_line(ctx, each, waiting, benches[each.office_id]) for each in shown]


def _line(ctx: Context, draft: Draft, waiting: Queue, bench: panel.Bench) -> Line:
    office = waiting.offices[draft.office_id]
    count = panel.count(ctx.db, draft, office, bench)
    before = (FOR_YOU if draft.id in waiting.mine else "") + (URGENT if draft.is_urgent else "")
    return line(
        before + WAITS,
        id=draft.id,
        page=pages.get(ctx.db, draft.page_id).name,
        author=people.get(ctx.db, draft.author_id).name,
        approvals=count.approvals,
        needed=count.quorum.needed,
        moment=card_view.moment(draft.waiting_since, office),
    )


def buttons(shown: Sequence[Draft], mine: Collection[int], most: int) -> tuple[Button, ...]:
    """Offer the cards of the first drafts that wait for whoever asks."""
    wanted = [each for each in shown if each.id in mine][:most]
    return tuple(
        Button(SHOW.format(id=each.id), "show", f"{each.id}.{each.revision}") for each in wanted
    )
