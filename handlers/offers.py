"""What its author can do with a draft where it stands, as buttons."""

from handlers.chat import Button, Style
from policy.workflow import State
from storage.models import Draft, Hold, Person


def offers(draft: Draft) -> tuple[Button, ...]:
    """List the buttons of an author; the first is the likely next step."""
    value = f"{draft.id}.{draft.revision}"
    change = Button("Change the text", "edit", value)
    withdraw = Button("Withdraw", "withdraw", value)
    another_time = Button("Choose another time", "slot", value)
    ask = Button("Ask a senior", "ask-senior", value)
    match draft.state:
        case State.CHANGES_REQUESTED if draft.hold is Hold.UNCONFIRMED:
            return Button("Send it as it is", "confirm", value, Style.PRIMARY), change, withdraw
        case State.CHANGES_REQUESTED if draft.hold is Hold.BLOCKED:
            return change, ask, withdraw
        case State.CHANGES_REQUESTED:
            again = Button("Send it again as it is", "resubmit", value)
            return change, again, withdraw, urgency(draft)
        case State.IN_REVIEW:
            return change, withdraw, urgency(draft)
        case State.APPROVED if draft.hold is Hold.LATE:
            fits = Button("It still fits", "still-fits", value, Style.PRIMARY)
            return fits, another_time, change, withdraw
        case State.APPROVED:
            return posted(draft), another_time, change, withdraw
        case State.EXPIRED:
            return Button("Send it again", "resubmit", value, Style.PRIMARY), change
        case State.REJECTED:
            return (change,)
    return ()


def urgency(draft: Draft) -> Button:
    """Offer to call a draft urgent, or to take that back."""
    value = f"{draft.id}.{draft.revision}"
    if draft.is_urgent:
        return Button("Not urgent after all", "calm", value)
    return Button("Make it urgent", "hurry", value)


def posted(draft: Draft) -> Button:
    """Offer to say where a draft was posted."""
    return Button("Mark as posted", "posted", f"{draft.id}.{draft.revision}", Style.PRIMARY)


def offers_to(draft: Draft, person: Person) -> tuple[Button, ...]:
    """List what its author can do with an approved draft, or the page's owner in their place."""
    return offers(draft) if person.id == draft.author_id else (posted(draft),)
