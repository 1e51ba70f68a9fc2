"""How claims look on a card: who looks at the draft, and the button that says so."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from handlers.chat import Button, Line, line
from handlers.context import Context
from handlers.words import listed
from policy.workflow import State
from storage import claims
from storage.models import Draft, Office

LOOKED_AT = "👀 Looked at by {who}"
SINCE = "{name} since {time}"
LOOK = "👀 I look at it"


def lines(ctx: Context, draft: Draft, office: Office) -> Iterator[Line]:
    """Write who looks at a draft that waits for a decision."""
    found = claims.of(ctx.db, draft, ctx.now) if draft.state is State.IN_REVIEW else []
    zone = ZoneInfo(office.timezone)
    who = [
        SINCE.format(name=each.person.name, time=f"{each.claim.at.astimezone(zone):%H:%M}")
        for each in found
    ]
    if who:
        yield line(LOOKED_AT, who=listed(who))


def button(draft: Draft) -> Button:
    """Offer to say that one looks at it; pressed again, that is taken back."""
    return Button(LOOK, "claim", f"{draft.id}.{draft.revision}")
