"""Files on Telegram: what came with a message, fetching it, and showing one."""

from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import telegram
from telegram.error import BadRequest, TelegramError

from bot.platforms.base import Fetched, NotSent, Undeliverable, too_large
from bot.platforms.telegram.client import Client
from bot.platforms.telegram.failures import harmless_failure, is_unreachable
from bot.platforms.telegram.settings import is_local
from handlers.chat import File, Media

PATIENCE = httpx.Timeout(20.0, connect=5.0)

GONE = "Telegram does not have it any more ({status})"
BUSY = "Telegram did not hand it out ({status})"
UNREACHABLE = "Telegram's files cannot be reached"
NO_PATH = "Telegram does not say where it is"


def files_of(message: telegram.Message | None) -> tuple[File, ...]:
    """List the files of a message: a photo in its largest size."""
    return tuple(_files(message)) if message is not None else ()


def _files(message: telegram.Message) -> Iterator[File]:
    if message.photo:
        photo = max(message.photo, key=lambda each: each.width * each.height)
        yield File(photo.file_id, photo.file_unique_id, "image")
        return
    for kind, found in (
        ("video", message.animation or message.video or message.video_note),
        ("audio", message.audio or message.voice),
        ("document", message.document),
    ):
        if found is not None:
            media_type = getattr(found, "mime_type", None) if kind == "document" else kind
            name = getattr(found, "file_name", None) or ""
            yield File(found.file_id, found.file_unique_id, media_type or kind, name)
            return


async def fetch(client: Client, file: str, save: Callable[[bytes], None], limit: int) -> Fetched:
    """Hand a file to `save`. Raises `NotSent` or `Undeliverable`; neither shows the address."""
    try:
        found = await client.get_file(file)
    except TelegramError as error:
        raise harmless_failure(error) from None
    if found.file_size and found.file_size > limit:
        raise too_large(limit)
    if not found.file_path:
        raise Undeliverable(NO_PATH)
    try:
        await _download(found.file_path, save)
    except (httpx.HTTPError, httpx.InvalidURL):
        raise NotSent(UNREACHABLE) from None
    return Fetched()


async def _download(url: str, save: Callable[[bytes], None]) -> None:
    async with (
        httpx.AsyncClient(timeout=PATIENCE, trust_env=not is_local(url)) as client,
        client.stream("GET", url) as answer,
    ):
        if answer.status_code in (400, 403, 404, 410):
            raise Undeliverable(GONE.format(status=answer.status_code))
        if answer.status_code != 200:
            raise NotSent(BUSY.format(status=answer.status_code))
        async for piece in answer.aiter_bytes(1 << 16):
            save(piece)


async def show(client: Client, chat: int | str, media: Media, path: Path, **more: Any) -> Any:
    """Post a file the way it looks best: as Telegram has it already, else uploaded."""
    ways: dict[str, tuple[Callable[..., Awaitable[Any]], str]] = {
        "image": (client.send_photo, "photo"),
        "screenshot": (client.send_photo, "photo"),
        "video": (client.send_video, "video"),
        "audio": (client.send_audio, "audio"),
    }
    document = (client.send_document, "document")
    tries = [ways.get(media.kind, document), document]
    sources = [media.file] if media.platform == "telegram" and media.file else []
    refused: BadRequest | None = None
    every: list[str | Path] = [*sources, path]
    for source in every:
        for send, name in tries:
            try:
                return await _send(send, name, source, media.name, chat, more)
            except BadRequest as error:  # of another kind, or a picture of a size it does not show
                if is_unreachable(error):
                    raise
                refused = error
    assert refused is not None
    raise refused


async def _send(
    send: Callable[..., Awaitable[Any]],
    name: str,
    source: str | Path,
    title: str,
    chat: int | str,
    more: dict[str, Any],
) -> Any:
    if isinstance(source, str):
        return await send(chat, **{name: source}, **more)
    with source.open("rb") as content:
        return await send(chat, **{name: content}, filename=title, **more)
