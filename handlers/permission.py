"""Asking the table of permissions on behalf of whoever caused an event."""

from handlers.context import Context, Refusal
from handlers.words import listed
from policy.permissions import PERMISSIONS, Action, Denied, Part, denial
from policy.workflow import LABELS
from storage import drafts, pages, people
from storage.models import Draft, Person, Role

MISSING = "I know no draft {id} that you could act on."
TEXTS = {
    Denied.STRANGER: MISSING,
    Denied.LEFT: "You have no role in the office of draft {id} any more, so you cannot act on it.",
    Denied.OWN: "Draft {id} is your own. Somebody else has to decide about it.",
    Denied.NOT_OWN: "Draft {id} is not yours. Only {whose} can do that.",
    Denied.ROLE: "Only a {roles} of its office can do that with draft {id}.",
    Denied.STATE: "Draft {id} is {state}, so that cannot be done now.",
}
AUTHOR, OWNERS = "its author", "its author, or the owner of its page,"
CHANGED = "Draft {id} has changed since: it is at revision {revision} now. Use the newest buttons."


def permitted(ctx: Context, action: Action, number: int, revision: int | None = None) -> Draft:
    """Hold the draft that somebody acts on, or refuse and say why. Buttons may be forged.

    With a `revision`, the act is about that wording and no other.
    """
    person, draft = ctx.person(), drafts.locked(ctx.db, number)
    if draft is None:
        raise Refusal(MISSING, id=number)
    roles = people.roles(ctx.db, draft.office_id, person)
    part = part_of(ctx, person, draft)
    if denied := denial(action, roles=roles, part=part, state=draft.state):
        raise refusal(action, denied, draft)
    if revision is not None and draft.revision != revision:
        raise Refusal(CHANGED, id=draft.id, revision=draft.revision, about=draft)
    return draft


def refusal(action: Action, denied: Denied, draft: Draft) -> Refusal:
    """Say why an action is denied. A stranger's attempt stays out of the draft's record."""
    return Refusal(
        TEXTS[denied],
        about=None if denied is Denied.STRANGER else draft,
        id=draft.id,
        state=LABELS[draft.state],
        whose=OWNERS if Part.PAGE_OWNER in PERMISSIONS[action].parts else AUTHOR,
        roles=listed([role for role in Role if role in PERMISSIONS[action].roles], "or"),
    )


def part_of(ctx: Context, person: Person, draft: Draft) -> Part:
    """Tell what somebody has to do with a draft."""
    if person.id == draft.author_id:
        return Part.AUTHOR
    owner = pages.get(ctx.db, draft.page_id).owner_id
    return Part.PAGE_OWNER if person.id == owner else Part.OTHER
