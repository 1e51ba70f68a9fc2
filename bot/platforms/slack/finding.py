"""Finding out whether a post went through, by the key that it carries."""

from datetime import timedelta

from bot.platforms.base import NotSent, Post, Sent, Unclear
from bot.platforms.slack.calls import Calls, Method
from bot.platforms.slack.errors import Refused
from bot.platforms.slack.payloads import maybe, need

EVENT_TYPE = "countersign"
EARLIER = timedelta(minutes=1)  # clocks differ
PAGE = 100
PAGES = 20  # of messages to look through

WHISPERED = "what only one person saw cannot be found"
UNMARKED = "a file carries no key"
TOO_MANY = "too many messages since then"
NO_ANSWER = "the look-up got no answer"


def metadata(key: str) -> dict[str, object]:
    """Return what a post carries unseen. Any app may read it, so it is nothing but the key."""
    return {"event_type": EVENT_TYPE, "event_payload": {"key": key}}


def is_private(post: Post) -> bool:
    """Tell whether a post for one person's eyes is one in their direct messages."""
    return post.to == post.chat or (post.chat.startswith("D") and not post.via)


def is_person(chat: str) -> bool:
    """Tell whether a chat is named by the person whose direct messages are meant."""
    return chat.startswith(("U", "W"))


async def find(calls: Calls, post: Post, me: str) -> Sent | None:
    """Look for a post by its key. Raises `LookupError` if it cannot be told, ever.

    Raises `NotSent` when Slack does not answer now.
    """
    if post.to and not is_private(post):
        raise LookupError(WHISPERED)
    if post.message.media is not None:
        raise LookupError(UNMARKED)
    try:
        channel = await channel_of(calls, post.to or post.chat)
        return await _search(calls, post, channel, me)
    except Refused as error:
        raise LookupError(str(error)) from error
    except Unclear as error:
        raise NotSent(NO_ANSWER) from error


async def channel_of(calls: Calls, chat: str) -> str:
    """Return the channel of a chat. A person's direct messages are a channel of their own."""
    if not is_person(chat):
        return chat
    return need((await calls.call(Method.OPEN_DIRECT, users=chat)).get("channel"), "id")


async def _search(calls: Calls, post: Post, channel: str, me: str) -> Sent | None:
    place: dict[str, object] = {"channel": channel, "include_all_metadata": True, "limit": PAGE}
    if post.since:
        place["oldest"] = f"{(post.since - EARLIER).timestamp():.6f}"
    method = Method.REPLIES if post.under else Method.HISTORY
    if post.under:
        place["ts"] = post.under
    for _ in range(PAGES):
        page = await calls.call(method, **place)
        for message in page.get("messages", []):
            ours = not me or maybe(message, "user") in ("", me)
            if ours and maybe(message, "metadata", "event_payload", "key") == post.key:
                return Sent(channel, need(message, "ts"))
        place["cursor"] = maybe(page, "response_metadata", "next_cursor")
        if not (page.get("has_more") and place["cursor"]):
            return None
    raise LookupError(TOO_MANY)
