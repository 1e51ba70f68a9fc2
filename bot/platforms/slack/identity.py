"""What makes an act on Slack unique, so that a repeated delivery of it is known again.

Slack gives each act a trigger and an address for answers of its own; what was done goes into the
name as well, so that nothing is taken for a repetition because one of them is missing.
"""

import hashlib
import json
from uuid import uuid4

from bot.platforms.slack.payloads import Payload, maybe


def of_command(body: Payload) -> str:
    """Name a slash command."""
    marks = (maybe(body, "trigger_id"), maybe(body, "response_url"))
    done = (maybe(body, "user_id"), maybe(body, "command"), maybe(body, "text"))
    return _name("command", marks, done)


def of_shortcut(body: Payload) -> str:
    """Name the use of a message shortcut."""
    marks = (maybe(body, "trigger_id"), maybe(body, "action_ts"), maybe(body, "response_url"))
    done = (maybe(body, "user", "id"), maybe(body, "callback_id"), maybe(body, "message", "ts"))
    return _name("shortcut", marks, done)


def of_press(body: Payload, action: Payload) -> str:
    """Name a press of a button or a choice from a menu."""
    marks = (maybe(body, "trigger_id"), maybe(action, "action_ts"), maybe(body, "response_url"))
    button = (maybe(action, "action_id"), maybe(action, "value"))
    return _name("press", marks, (maybe(body, "user", "id"), *button))


def of_answer(body: Payload) -> str:
    """Name the sending of a form. It carries what it is about, and is answered once."""
    marks = (maybe(body, "view", "id"), maybe(body, "view", "hash"))
    carried = (maybe(body, "view", "callback_id"), maybe(body, "view", "private_metadata"))
    written = json.dumps(body["view"].get("state"), sort_keys=True)
    return _name("answer", marks, (maybe(body, "user", "id"), *carried, written))


def of_event(body: Payload) -> str:
    """Name an event of the Events API: the same at every delivery."""
    if found := maybe(body, "event_id"):
        return f"{maybe(body, 'team_id')}:{found}"
    marks = (maybe(body, "event", "event_ts"), maybe(body, "event", "client_msg_id"))
    return _name("event", marks, (json.dumps(body.get("event"), sort_keys=True),))


def _name(kind: str, marks: tuple[str, ...], done: tuple[str, ...]) -> str:
    """Name an act by its marks. One without any cannot be known again, and is always new."""
    parts = (*marks, *done) if any(marks) else (uuid4().hex,)
    digest = hashlib.sha256("\0".join((kind, *parts)).encode("utf-8", "surrogatepass"))
    return f"{kind}:{digest.hexdigest()[:40]}"
