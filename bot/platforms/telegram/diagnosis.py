"""What `countersign doctor` looks at on Telegram."""

from collections.abc import Sequence

from telegram.constants import ChatMemberStatus
from telegram.error import ChatMigrated, TelegramError

from bot.platforms.base import Diagnosis
from bot.platforms.telegram.client import Client
from bot.platforms.telegram.failures import is_unreachable, reason
from bot.platforms.telegram.settings import TelegramSettings

TOKEN = "Telegram: token"  # noqa: S105 - a heading
WEBHOOK = "Telegram: webhook"
CHAT = "Telegram: chat {chat}"
ELSEWHERE = (
    "Telegram delivers to another address than TELEGRAM_WEBHOOK_URL. The bot registers its own "
    "when it starts; see that no other copy of it runs with other settings."
)
NOT_TAKEN = "Telegram cannot deliver: {error}. See that TELEGRAM_WEBHOOK_URL leads to this bot."
NOT_THERE = "the bot is not in this group. Add it, and make it an administrator."
NO_RIGHTS = (
    "the bot is not an administrator of this group, so it does not see votes by emoji; only the "
    "buttons work. Make it one; it needs no particular right."
)
MOVED = "this group has become {to}: write that into the offices file."


async def examine(
    client: Client, settings: TelegramSettings, chats: Sequence[str]
) -> list[Diagnosis]:
    """Look at the token, at the webhook if there is one, and at the moderators' groups."""
    try:
        me = await client.get_me()
        found = [Diagnosis(TOKEN)]
        if settings.webhook_url is not None:
            found.append(Diagnosis(WEBHOOK, await _webhook_advice(client, settings)))
    except TelegramError as error:
        return [Diagnosis(TOKEN, reason(error))]
    for chat in chats:
        found.append(Diagnosis(CHAT.format(chat=chat), await _chat_advice(client, chat, me.id)))
    return found


async def _webhook_advice(client: Client, settings: TelegramSettings) -> str:
    info = await client.get_webhook_info()
    if info.url and info.url != settings.webhook_url:
        return ELSEWHERE
    if info.last_error_message and info.pending_update_count:
        return NOT_TAKEN.format(error=info.last_error_message)
    return ""


async def _chat_advice(client: Client, chat: str, me: int) -> str:
    try:
        member = await client.get_chat_member(chat, me)
    except ChatMigrated as moved:
        return MOVED.format(to=moved.new_chat_id)
    except TelegramError as error:
        return NOT_THERE if is_unreachable(error) else reason(error)
    if member.status == ChatMemberStatus.ADMINISTRATOR:
        return ""
    return NO_RIGHTS if member.status == ChatMemberStatus.MEMBER else NOT_THERE
