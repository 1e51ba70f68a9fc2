"""What became of an appeal, in lines for the card of its draft and for its own card."""

from collections.abc import Iterator

from handlers.chat import Line, line
from handlers.context import Context
from handlers.times import moment
from policy.workflow import State
from storage import appeals, people
from storage.models import Appeal, AppealOutcome, Draft, Office

OPEN = "⚖️ {author} appealed against the rejection on {moment}; nobody has decided that yet."
ENDS = {
    AppealOutcome.GRANTED: "⚖️ **Approved on appeal** by {name} on {moment}: “{reason}”",
    AppealOutcome.REFUSED: "⚖️ **The rejection stands**, says {name} on {moment}: “{reason}”",
    AppealOutcome.DROPPED: "⚖️ **The appeal is over** since {moment}: {reason}",
    AppealOutcome.UNHEARD: "⚖️ **Nobody decided the appeal in time.** It ended on {moment}.",
}


def on_card(ctx: Context, draft: Draft, office: Office) -> Iterator[Line]:
    """Write what became of the appeal, if there was one about the present wording."""
    if draft.state is State.IN_REVIEW:
        return
    found = appeals.of(ctx.db, draft)
    if found is not None and found.revision == draft.revision:
        yield standing(ctx, found, office)


def standing(ctx: Context, appeal: Appeal, office: Office) -> Line:
    """Write where an appeal stands."""
    if appeal.outcome is AppealOutcome.OPEN:
        author = people.get(ctx.db, appeal.person_id)
        return line(OPEN, author=author.name, moment=moment(appeal.made_at, office))
    by = people.get(ctx.db, appeal.decided_by_id).name if appeal.decided_by_id else ""
    ended = appeal.decided_at or appeal.made_at
    return line(
        ENDS[appeal.outcome],
        name=by,
        moment=moment(ended, office),
        reason=appeal.decided_because,
    )
