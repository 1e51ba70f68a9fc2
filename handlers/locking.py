"""While an office is locked down nothing is filed, approved or published: the one guard.

Every feature that does such a thing asks it. Reading, rejecting, asking for changes, withdrawing
and appealing go on.
"""

from collections.abc import Iterable, Iterator

from handlers.chat import Line, Message, Quote, line
from handlers.context import Context, Refusal
from handlers.times import moment
from policy.workflow import State
from storage import lockdowns
from storage.models import Draft, Lockdown, Office

ALL = "all offices"
LOCKED = "🔒 **Locked down**: {name} locked {what} on {moment}: “{reason}”"
REFUSED = (
    "Until that is lifted, nothing is filed, approved or published. Reading, rejecting and "
    "withdrawing go on."
)
YOURS = "Nothing was stored. This is what you wrote:"


def refuse_if_locked(
    ctx: Context, office: Office, *, about: Draft | None = None, written: str = ""
) -> None:
    """Refuse to file, approve or publish in an office that is locked down, and say by whom.

    What somebody has `written` is given back to them.
    """
    if about is None or about.state is not State.IN_REVIEW:  # those in review are held one by one
        lockdowns.stay(ctx.db, office.id)
    lines = [*notes(ctx, office)]
    if lines:
        given = (line(YOURS), Quote(written)) if written.strip() else ()
        raise Refusal(Message((*lines, line(REFUSED), *given)), about=about)


def notes(ctx: Context, office: Office) -> Iterator[Line]:
    """Write who locked an office, since when and why: nothing if it is open."""
    return (note(row, office) for row in lockdowns.on(ctx.db, office.id))


def of_offices(ctx: Context, offices: Iterable[Office]) -> list[Line]:
    """Write who locked which of some offices. What locks all of them is said once."""
    found = [(row, office) for office in offices for row in lockdowns.on(ctx.db, office.id)]
    return [
        note(row, office)
        for row, office in {row.id: (row, office) for row, office in found}.values()
    ]


def note(row: Lockdown, office: Office) -> Line:
    """Write who locked an office, since when and why."""
    return line(
        LOCKED,
        name=row.by,
        what=ALL if row.office_id is None else office.name,
        moment=moment(row.since, office),
        reason=row.reason,
    )
