"""Reading what Slack says that people did, into our own words."""

import json
import re
from datetime import UTC, datetime

from bot.platforms.slack import identity
from bot.platforms.slack.escapes import typed, unescape
from bot.platforms.slack.payloads import Malformed, Payload, maybe, need
from handlers.chat import (
    Answer,
    Chat,
    Command,
    Comment,
    Event,
    File,
    Kind,
    Opened,
    Press,
    Reaction,
    Sender,
    Text,
)
from handlers.stored import files_to_text

NAME = "slack"
URL = "url:"  # marks a `reply` that is a response_url
UMBRELLA = "countersign"  # `/countersign draft ...` is `/draft ...`
SLACKBOT = "USLACKBOT"
FAREWELLS = frozenset({"tokens_revoked", "app_uninstalled"})

#: Slack's names of the emoji that mean something to us. Look-alikes count as what they look like,
#: except for negative_squared_cross_mark (❎), which is read both ways.
EMOJI = {
    "white_check_mark": "✅",
    "heavy_check_mark": "✅",
    "ballot_box_with_check": "✅",
    "+1": "👍",
    "thumbsup": "👍",
    "x": "❌",
    "heavy_multiplication_x": "❌",
    "-1": "👎",
    "thumbsdown": "👎",
    "eyes": "👀",
}

#: Messages that people write: plain ones, with a file, and from a thread into the channel as well.
SPOKEN = frozenset({"", "file_share", "thread_broadcast"})

REPEATED_ACTION = re.compile(r"~\d+$")


def read(body: Payload) -> Event | None:
    """Return what somebody did, or `None` if it is nothing to us. Raises `Malformed`."""
    try:
        return _read(body)
    except Malformed:
        raise
    except (ArithmeticError, AttributeError, LookupError, OSError, TypeError, ValueError) as error:
        raise Malformed(type(error).__name__) from None


def _read(body: Payload) -> Event | None:
    if "command" in body:
        return command(body)
    match body.get("type"):
        case "event_callback":
            return happening(body)
        case "block_actions":
            return press(body)
        case "message_action":
            return shortcut(body)
        case "view_submission":
            return answer(body)
    return None


def command(body: Payload) -> Command:
    """Read a slash command. `/countersign` stands before any other, or alone for help."""
    name = need(body, "command").removeprefix("/")
    text = unescape(maybe(body, "text")).strip()
    if name == UMBRELLA:
        first, *rest = (text or "help").split(maxsplit=1)
        name, text = first.lower().removeprefix("/"), "".join(rest)
    user, trigger = need(body, "user_id"), maybe(body, "trigger_id")
    return Command(
        by=sender(user),
        chat=Chat(NAME, need(body, "channel_id")),
        name=name,
        text=text,
        id=identity.of_command(body),
        reply=reply(body),
        trigger=f"{trigger} {need(body, 'channel_id')}" if trigger else "",
    )


def shortcut(body: Payload) -> Command:
    """Read a message shortcut: the command it is named after, on that message."""
    user, chat = need(body, "user", "id"), need(body, "channel", "id")
    trigger = maybe(body, "trigger_id")
    return Command(
        by=sender(user),
        chat=Chat(NAME, chat),
        name=need(body, "callback_id"),
        quoted=typed(maybe(body, "message", "text")),
        id=identity.of_shortcut(body),
        reply=reply(body),
        trigger=f"{trigger} {chat}" if trigger else "",
        files=files(body.get("message")),
    )


def files(holder: object) -> tuple[File, ...]:
    """List the files of a message, or of a field; those that are gone are left out."""
    listed = holder.get("files") if isinstance(holder, dict) else None
    return tuple(
        File(
            id=need(each, "id"),
            kind=maybe(each, "mimetype"),
            name=maybe(each, "name"),
            alt=maybe(each, "alt_txt"),
        )
        for each in (listed if isinstance(listed, list) else ())
        if maybe(each, "mode") != "tombstone"
    )


def happening(body: Payload) -> Reaction | Text | Comment | Opened | None:
    """Read an event of the Events API. Those we did not ask for are nothing to us."""
    event = body.get("event")
    match maybe(event, "type"):
        case "reaction_added" | "reaction_removed":
            return reaction(body)
        case "message" if thread(event):
            return comment(body)
        case "message" if maybe(event, "channel_type") == "im":
            return text(body)
        case "app_home_opened" if maybe(event, "tab") == "home":
            return opened(body)
    return None


def opened(body: Payload) -> Opened:
    """Read that somebody opened the Home tab of the app."""
    event = body["event"]
    user = need(event, "user")
    return Opened(sender(user), Chat(NAME, user), id=identity.of_event(body))


def thread(event: object) -> str:
    """Return the message in whose thread another was written, or nothing."""
    first = maybe(event, "thread_ts")
    return first if first != maybe(event, "ts") else ""


def comment(body: Payload) -> Comment | None:
    """Read what a person wrote in a thread: the first wording, and no bots."""
    event = body["event"]
    if "bot_id" in event or maybe(event, "subtype") not in SPOKEN or not maybe(event, "text"):
        return None
    return Comment(
        by=sender(need(event, "user")),
        chat=Chat(NAME, need(event, "channel")),
        message=need(event, "ts"),
        under=thread(event),
        text=typed(need(event, "text")),
        is_private=maybe(event, "channel_type") == "im",
        id=identity.of_event(body),
    )


def is_elsewhere(body: Payload, me: str) -> bool:
    """Tell whether a message stands in a thread that somebody else began, where Slack says so."""
    began = maybe(body.get("event"), "parent_user_id")
    return bool(began and me) and began != me


def reaction(body: Payload) -> Reaction | None:
    """Read a reaction to a message."""
    event = body["event"]
    if maybe(event, "item", "type") != "message":
        return None
    return Reaction(
        by=sender(need(event, "user")),
        chat=Chat(NAME, need(event, "item", "channel")),
        message=need(event, "item", "ts"),
        emoji=emoji(need(event, "reaction")),
        added=event["type"] == "reaction_added",
        id=identity.of_event(body),
    )


def emoji(name: str) -> str:
    """Return the emoji of a name, without its skin tone; one we do not know stays a name."""
    plain, _, _skin_tone = name.partition("::")
    return EMOJI.get(plain, f":{plain}:")


def text(body: Payload) -> Text | None:
    """Read what a person wrote to the bot in private: no edits, no files alone, no bots."""
    event = body["event"]
    if "bot_id" in event or "subtype" in event or not maybe(event, "text"):
        return None
    return Text(
        by=sender(need(event, "user")),
        chat=Chat(NAME, need(event, "channel")),
        text=typed(need(event, "text")),
        id=identity.of_event(body),
    )


def press(body: Payload) -> Press:
    """Read a press of a button or a choice from a menu."""
    actions = body.get("actions")
    action = actions[0] if isinstance(actions, list) and actions else {}
    user, trigger = need(body, "user", "id"), maybe(body, "trigger_id")
    chat = maybe(body, "container", "channel_id") or maybe(body, "channel", "id") or user
    return Press(
        by=sender(user),
        chat=Chat(NAME, chat),
        message=maybe(body, "container", "message_ts") or maybe(body, "message", "ts"),
        action=REPEATED_ACTION.sub("", need(action, "action_id")),
        value=maybe(action, "value") or maybe(action, "selected_option", "value"),
        id=identity.of_press(body, action),
        reply=reply(body),
        trigger=f"{trigger} {chat}" if trigger else "",
    )


def answer(body: Payload) -> Answer:
    """Read a form that was sent. It carries the chat in which it was opened."""
    view = body["view"]
    try:
        carried = json.loads(need(view, "private_metadata"))
    except ValueError:
        raise Malformed("view.private_metadata") from None
    user, chat = need(body, "user", "id"), maybe(carried, "chat")
    urls = body.get("response_urls")
    return Answer(
        by=sender(user),
        chat=Chat(NAME, chat or user),
        form=need(view, "callback_id"),
        values=values(view),
        context=maybe(carried, "context"),
        id=identity.of_answer(body),
        reply=reply(urls[0]) if isinstance(urls, list) and urls else "",
        trigger=f"{maybe(body, 'trigger_id')} {chat or user}" if maybe(body, "trigger_id") else "",
    )


def values(view: Payload) -> dict[str, str]:
    """Read the fields of a form; a field left empty is an empty text."""
    blocks = view.get("state", {}).get("values", {})
    if not isinstance(blocks, dict):
        raise Malformed("view.state.values")
    return {
        field: value(element)
        for elements in blocks.values()
        if isinstance(elements, dict)
        for field, element in elements.items()
    }


def value(element: Payload) -> str:
    """Read one field. A moment becomes ISO 8601 in UTC."""
    if element.get("type") == "datetimepicker":
        moment = element.get("selected_date_time")
        return datetime.fromtimestamp(moment, UTC).isoformat() if isinstance(moment, int) else ""
    if element.get("type") == "file_input":
        return files_to_text(files(element))
    if element.get("type") == "static_select":
        return maybe(element, "selected_option", "value")
    return maybe(element, "value").strip()


def farewell(body: Payload) -> bool:
    """Tell whether Slack says that our access ends."""
    return maybe(body.get("event"), "type") in FAREWELLS


def sender(user: str) -> Sender:
    """Name who did it. Slack does not say which accounts are bots, save its own."""
    return Sender(NAME, user, Kind.BOT if user == SLACKBOT else Kind.PERSON)


def reply(body: Payload) -> str:
    """Name the address for private answers, if Slack gave one."""
    url = maybe(body, "response_url")
    return f"{URL}{url}" if url else ""
