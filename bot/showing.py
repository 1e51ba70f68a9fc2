"""What the sender of an event sees once its effects are committed: forms, and that it is done."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import structlog

from bot.logs import name_of
from bot.platforms.base import NotSent, Platform
from handlers.chat import Event, Form, Message

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Handled:
    """An event whose effects are committed, and what its sender still has to see."""

    event: Event
    forms: tuple[Form, ...] = ()
    answered: bool = False
    home: Message | None = None


async def show(
    platform: Platform, handled: Handled, too_late: Callable[[Event], Awaitable[None]]
) -> None:
    """Show what is to be shown. Nobody else's event suffers if the platform cannot."""
    event = handled.event
    try:
        for form in handled.forms:
            try:
                await platform.show(form, event.trigger)
            except NotSent as error:
                log.warning("form not shown", form=form.name, reason=error.reason)
                await too_late(event)
        if handled.home is not None:
            await platform.publish(event.by.user, handled.home)
        await platform.finish(event, answered=handled.answered)
    except Exception:
        log.exception("not shown", platform=platform.name, event=name_of(event))
