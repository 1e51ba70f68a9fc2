"""What Slack's refusals mean for a delivery, and what they say about our connection."""

import asyncio
from datetime import timedelta

from slack_sdk.errors import SlackApiError

from bot.platforms.base import NotSent, Unclear, Undeliverable

ACCESS = "access"  # the trouble with the bot token, whichever call met it
BOT_REFUSED = "Slack refuses SLACK_BOT_TOKEN ({code}): install the app again and set the new one."
BAD_SCOPE = "The Slack app may not use {method}: add the scope {needed} and install it again."

NO_ACCESS = frozenset(
    {
        "account_inactive",
        "invalid_auth",
        "no_permission",
        "not_allowed_token_type",
        "not_authed",
        "org_login_required",
        "team_access_not_granted",
        "token_expired",
        "token_revoked",
        "two_factor_setup_required",
    }
)
LIMITED = frozenset({"message_limit_exceeded", "rate_limited", "ratelimited"})
#: Nothing was done, and it may work later.
BUSY = frozenset(
    {
        "external_channel_migrating",
        "request_timeout",  # says that our request arrived incomplete
        "service_unavailable",
        "streaming_state_conflict",
        "team_added_to_org",
        "update_failed",
    }
)
#: Slack documents that a part of it may have been done.
DOUBTFUL = frozenset({"fatal_error", "internal_error"})
SHORTEST_LIMIT = 30  # seconds, if Slack does not say how long

EXPLAINED = {
    "cannot_dm_bot": "that account is a bot",
    "channel_not_found": "there is no such channel, or the bot is not in it",
    "expired_trigger_id": "the three seconds to open a form had passed",
    "file_deleted": "the file was deleted",
    "file_not_found": "there is no such file, or the app may not see it",
    "is_archived": "the channel is archived",
    "message_not_found": "the message is gone",
    "not_in_channel": "the bot is not in that channel: invite it",
    "user_disabled": "that account is switched off",
    "user_not_found": "there is no such account",
    "user_not_in_channel": "that person is not in the channel",
}


class Refused(Undeliverable):
    """Slack turned a call down for good."""

    def __init__(self, code: str) -> None:
        explained = EXPLAINED.get(code)
        super().__init__(f"{explained} ({code})" if explained else code)
        self.code = code


class Health:
    """What is wrong with our connection, in words for those who run the bot."""

    def __init__(self, refused: str = BOT_REFUSED) -> None:
        self.refused = refused  # what to say when our token is refused
        self.troubles: dict[str, str] = {}
        self.doubted = asyncio.Event()  # our token may be worthless now: ask Slack

    def note(self, what: str, trouble: str) -> None:
        """Remember a trouble."""
        self.troubles[what] = trouble

    def clear(self, *what: str) -> None:
        """Forget troubles that are over."""
        for each in what:
            self.troubles.pop(each, None)

    def doubt(self, code: str) -> None:
        """Note that Slack refuses our token, or said that it will."""
        self.note(ACCESS, self.refused.format(code=code))
        self.doubted.set()

    def __str__(self) -> str:
        return " ".join(self.troubles.values())


def translated(error: SlackApiError, method: str, health: Health, later: timedelta) -> Exception:
    """Return what an answer of Slack's means for a delivery. Texts of ours never show in it.

    `later` is how long to leave a message alone when the token is refused.
    """
    status, code = status_of(error), code_of(error)
    if status == 429 or code in LIMITED:
        return NotSent("Slack asks us to slow down", retry_after(error))
    if code in NO_ACCESS:
        health.doubt(code)
        return NotSent(health.refused.format(code=code), later)
    if code == "missing_scope":
        trouble = BAD_SCOPE.format(method=method, needed=error.response.get("needed", ""))
        health.note(method, trouble)
        return NotSent(trouble, later)
    if code in BUSY or status == 503:
        return NotSent(f"Slack is busy ({code or status})")
    if code in DOUBTFUL or status >= 500:
        return Unclear(f"Slack failed half-way ({code or status})")
    if code:
        return Refused(code)
    if status >= 400:
        return NotSent(f"something on the way to Slack refused ({status})")
    return Unclear("the answer was not Slack's")


def status_of(error: SlackApiError) -> int:
    """Return the HTTP status of an answer. An answer that is no JSON is not Slack's own class."""
    status = getattr(error.response, "status_code", None) or getattr(error.response, "status", 0)
    return int(status or 0)


def code_of(error: SlackApiError) -> str:
    """Return the name that Slack gives to an error, or an empty one."""
    data = getattr(error.response, "data", None)
    return str(data.get("error") or "") if isinstance(data, dict) else ""


def retry_after(error: SlackApiError) -> timedelta:
    """Return how long Slack asks us to wait."""
    said = str(getattr(error.response, "headers", {}).get("Retry-After", ""))
    return timedelta(seconds=int(said) if said.isdecimal() else SHORTEST_LIMIT)
