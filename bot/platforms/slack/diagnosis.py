"""Looking whether the Slack app is set up as it must be, for `countersign doctor`."""

from collections.abc import Sequence

from bot.platforms.base import Diagnosis, NotSent, Unclear, Undeliverable
from bot.platforms.slack.calls import Calls, Method

#: What the app must be permitted; the manifests in `deploy/` ask for it.
SCOPES = frozenset(
    {
        "channels:history",
        "chat:write",
        "commands",
        "files:read",
        "files:write",
        "groups:history",
        "im:history",
        "im:write",
        "metadata.message:read",
        "reactions:read",
    }
)

BOT = "Slack: the bot token"
PERMISSIONS = "Slack: the permissions of the app"
SOCKET = "Slack: the app-level token, for Socket Mode"
CHAT = "Slack: the channel {chat}"
MISSING = "Add these scopes to the app and install it again: {scopes}."
NOT_HERE = "{reason}. Invite the bot with /invite, or mend the channel's id in the offices file."


async def examine(calls: Calls, app_calls: Calls | None, chats: Sequence[str]) -> list[Diagnosis]:
    """Look at the tokens, the permissions, and the chats where the bot must be."""
    found = [await _tried(calls, Method.WHO_AM_I, BOT)]
    if not found[0].advice and calls.scopes:  # a stand-in for Slack may not name them
        missing = ", ".join(sorted(SCOPES - calls.scopes))
        found.append(Diagnosis(PERMISSIONS, MISSING.format(scopes=missing) if missing else ""))
    if app_calls is not None:
        found.append(await _tried(app_calls, Method.CONNECT, SOCKET))
    for chat in chats:
        what = CHAT.format(chat=chat)
        found.append(await _tried(calls, Method.HISTORY, what, channel=chat, limit=1))
    return found


async def _tried(calls: Calls, method: Method, what: str, **args: object) -> Diagnosis:
    try:
        await calls.call(method, **args)
    except (NotSent, Unclear) as error:
        return Diagnosis(what, str(error))
    except Undeliverable as error:
        return Diagnosis(what, NOT_HERE.format(reason=error))
    return Diagnosis(what)
