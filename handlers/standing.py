"""Why a draft stands where it stands, as its author reads it: who decided, and what they said."""

from collections.abc import Iterator

from handlers import announcing, card_view
from handlers.chat import Part, Quote, line
from handlers.context import Context
from policy.workflow import State
from storage import people, sent_back
from storage.models import Draft

SENT_BACK = "{name} asked for changes on {moment}:"
REJECTED = "It was rejected on {moment}."


def why(ctx: Context, draft: Draft) -> Iterator[Part]:
    """Write the request for changes, or the reasons of the rejection, whole."""
    office = people.office(ctx.db, draft.office_id)
    if draft.state is State.CHANGES_REQUESTED and (asked := sent_back.of(ctx.db, draft)):
        name = people.get(ctx.db, asked.person_id).name
        yield line(SENT_BACK, name=name, moment=card_view.moment(asked.at, office))
        yield Quote(asked.reason)
    if draft.state is State.REJECTED:
        decided = draft.decided_at or draft.waiting_since
        yield line(REJECTED, moment=card_view.moment(decided, office))
        yield from announcing.every_reason(ctx, draft, draft.revision)
