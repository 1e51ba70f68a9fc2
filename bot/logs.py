"""Logs: structured, with ids and never with texts or tokens."""

import logging
import sys
from typing import Any

import structlog

from bot.settings import LogFormat, LogLevel
from handlers.chat import Command, Event

#: Libraries that would write request addresses, which hold tokens, or whole payloads.
TOO_TALKATIVE = (
    "httpx",
    "httpcore",
    "slack_sdk",
    "slack_bolt",
    "telegram",
    "apscheduler",
    "alembic",
)


def configure(level: LogLevel, style: LogFormat) -> None:
    """Send every log, ours and the libraries', to standard error in one format."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    last: list[Any] = (
        [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
        if style is LogFormat.JSON
        else [
            structlog.dev.ConsoleRenderer(
                colors=sys.stderr.isatty(),
                exception_formatter=structlog.dev.plain_traceback,  # others show what people wrote
            )
        ]
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    for name in TOO_TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)


def name_of(event: Event) -> str:
    """Name what was done, without anybody's words: fit for a log."""
    match event:
        case Command(name=name):
            return f"/{name[:32]}"
        case _:
            kind = type(event).__name__.lower()
            what = getattr(event, "action", getattr(event, "form", ""))
            return f"{kind} {what}"[:64].strip()
