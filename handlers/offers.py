"""What its author can do with a draft where it stands, as buttons."""

from handlers.chat import Button, Style
from policy.workflow import State
from storage.models import Draft, Hold


def offers(draft: Draft) -> tuple[Button, ...]:
    """List the buttons of an author; the first is the likely next step."""
    value = f"{draft.id}.{draft.revision}"
    change = Button("Change the text", "edit", value)
    withdraw = Button("Withdraw", "withdraw", value)
    ask = Button("Ask a senior", "ask-senior", value)
    match draft.state:
        case State.CHANGES_REQUESTED if draft.hold is Hold.UNCONFIRMED:
            return Button("Send it as it is", "confirm", value, Style.PRIMARY), change, withdraw
        case State.CHANGES_REQUESTED if draft.hold is Hold.BLOCKED:
            return change, ask, withdraw
        case State.CHANGES_REQUESTED:
            return change, Button("Send it again as it is", "resubmit", value), withdraw
        case State.IN_REVIEW:
            return change, withdraw
        case State.APPROVED:
            return Button("Mark as posted", "posted", value, Style.PRIMARY), change, withdraw
        case State.EXPIRED:
            return Button("Send it again", "resubmit", value, Style.PRIMARY), change
        case State.REJECTED:
            return (change,)
    return ()
