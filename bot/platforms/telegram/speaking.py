"""Saying something on Telegram, and telling honestly whether it went through."""

from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    ReplyParameters,
)
from telegram.error import BadRequest, InvalidToken, RetryAfter, TelegramError

from bot.platforms.base import NotSent, Post, Sent, Unclear, Undeliverable
from bot.platforms.pacing import Pace, Pacer
from bot.platforms.telegram import files
from bot.platforms.telegram.client import Client, Health
from bot.platforms.telegram.failures import (
    REFUSED_KEY,
    failure,
    harmless_failure,
    is_unreachable,
    pause,
)
from bot.platforms.telegram.updates import callback_id
from bot.platforms.telegram.words import keyboard, render, units
from handlers.chat import Message, Quote
from handlers.words import plain

ALERT_LIMIT = 200  # characters of a text that pops up after a press
SAME = "message is not modified"
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
POINTER = "I cannot write to you privately yet. Open @{bot} and press Start, then try again."
OPEN = "Open a private chat"
GONE = "there is nothing to edit"

OVERALL = Pace(timedelta(seconds=1 / 30), burst=30)
PRIVATE = Pace(timedelta(seconds=1), burst=8)
GROUP = Pace(timedelta(seconds=3), burst=20)
EVERYWHERE = "everywhere"


class Speaker:
    """Posts and edits messages, at Telegram's pace.

    It adds no reactions: a bot may leave one only, which would look like a vote.
    """

    def __init__(self, client: Client, pacer: Pacer, health: Health) -> None:
        self.client = client
        self.pacer = pacer
        self.health = health
        self._doubtful = False  # the last answer got lost, so the next may as well

    async def send(self, post: Post) -> Sent:
        """Post a message, privately if it is for one person."""
        try:
            if post.to:
                return await self._privately(post)
            return await self._post(post.chat, post.message, post.under, post.path)
        except TelegramError as error:
            self._note(error, post.to or post.chat)
            raise failure(error) from error

    async def edit(self, chat: str, message_id: str, message: Message) -> None:
        """Replace a message."""
        if not message_id.isdecimal():
            raise Undeliverable(GONE)
        self._take_turn(f"edit {chat}", PRIVATE)
        rendered = render(message)
        try:
            await self.client.edit_message_text(
                rendered.text,
                _chat_id(chat),
                int(message_id),
                entities=rendered.entities(),
                reply_markup=keyboard(message.buttons),
                link_preview_options=NO_PREVIEW,
            )
        except TelegramError as error:
            if isinstance(error, BadRequest) and error.message.lower().startswith(SAME):
                return
            self._note(error, f"edit {chat}")
            raise harmless_failure(error) from error
        self._went_well()

    async def release(self, query: str, text: str | None = None) -> None:
        """Let a pressed button go, with a text that pops up or without. It may be too late."""
        with suppress(TelegramError):
            await self.client.answer_callback_query(query, text, show_alert=bool(text))

    async def _privately(self, post: Post) -> Sent:
        """Answer a press with a text that pops up if it can, else write to the person."""
        query = callback_id(post.via)
        if query and post.chat != post.to and _pops_up(post.message):
            with suppress(BadRequest):  # too late: write instead
                return await self._pop_up(query, post)
        try:
            sent = await self._post(post.to, post.message, path=post.path)
        except TelegramError as error:
            if not is_unreachable(error) or post.chat == post.to:
                raise
            return await self._point(query, post)
        if query:
            await self.release(query)
        return sent

    async def _pop_up(self, query: str, post: Post) -> Sent:
        """Show a text to the person who pressed. Harmless to repeat."""
        try:
            await self.client.answer_callback_query(query, plain(post.message), show_alert=True)
        except BadRequest:
            raise
        except TelegramError as error:
            self._note(error, post.to)
            raise harmless_failure(error) from error
        return Sent(post.to, "")

    async def _point(self, query: str, post: Post) -> Sent:
        """Tell a person who never pressed Start how to hear from the bot."""
        username = (await self.client.get_me()).username or ""
        text = POINTER.format(bot=username)
        if query:
            await self.release(query, text)
            return Sent(post.to, "")
        self._take_turn(post.chat, GROUP)
        button = InlineKeyboardButton(OPEN, url=f"https://t.me/{username}")
        shown = await self.client.send_message(
            _chat_id(post.chat), text, reply_markup=InlineKeyboardMarkup([[button]])
        )
        return Sent(str(shown.chat.id), "")

    async def _post(
        self, chat: str, message: Message, under: str = "", path: Path | None = None
    ) -> Sent:
        await self._make_sure()
        self._take_turn(chat, GROUP if chat.startswith("-") else PRIVATE)
        rendered = render(message)
        how: dict[str, Any] = {
            "reply_markup": keyboard(message.buttons),
            "reply_parameters": _under(under),
        }
        if message.media is not None and path is not None:
            words = {"caption": rendered.text, "caption_entities": rendered.entities()}
            shown = await files.show(
                self.client, _chat_id(chat), message.media, path, **words, **how
            )
        else:
            shown = await self.client.send_message(
                _chat_id(chat),
                rendered.text,
                entities=rendered.entities(),
                link_preview_options=NO_PREVIEW,
                **how,
            )
        self._went_well()
        return Sent(str(shown.chat.id), str(shown.message_id))

    async def _make_sure(self) -> None:
        """After a lost answer, ask something harmless first.

        While Telegram is away, no message is put at risk of being delivered twice.
        """
        if not self._doubtful:
            return
        try:
            await self.client.get_me()
        except TelegramError as error:
            raise NotSent(str(failure(error))) from error
        self._doubtful = False

    def _take_turn(self, lane: str, pace: Pace) -> None:
        if wait := self.pacer.wait({EVERYWHERE: OVERALL, lane: pace}):
            raise NotSent("kept to Telegram's pace", wait)

    def _went_well(self) -> None:
        if self.health.trouble == REFUSED_KEY:
            self.health.trouble = ""

    def _note(self, error: TelegramError, lane: str) -> None:
        if isinstance(error, InvalidToken):
            self.health.trouble = REFUSED_KEY
        self._doubtful = self._doubtful or isinstance(failure(error), Unclear)
        if isinstance(error, RetryAfter):
            self.pacer.hold(lane, pause(error))


def _pops_up(message: Message) -> bool:
    is_plain = not message.buttons and not any(isinstance(p, Quote) for p in message.parts)
    return is_plain and units(plain(message)) <= ALERT_LIMIT


def _chat_id(chat: str) -> int | str:
    return int(chat) if chat.removeprefix("-").isdecimal() else chat


def _under(message_id: str) -> ReplyParameters | None:
    if not message_id.isdecimal():
        return None
    return ReplyParameters(int(message_id), allow_sending_without_reply=True)
