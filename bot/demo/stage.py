"""The stage: the real bot, a database of its own, two chats in memory, a clock to wind."""

import asyncio
import itertools
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.demo.cast import OFFICES, Cast, Player
from bot.dispatcher import Dispatcher
from bot.outbox import Outbox
from bot.platforms.base import Platform
from bot.platforms.sandbox import Sandbox, Shown
from handlers import ROUTERS
from handlers.chat import Answer, Button, Chat, Command, Event, Form, Press, Reaction, Sender, Text
from storage import office_file, office_import, schema
from storage.db import connect, transaction

MIDNIGHT = datetime(2026, 1, 1, tzinfo=UTC)
BEGINNING = datetime(2026, 7, 19, 3, 30, tzinfo=UTC)  # Sunday, 09:30 in Dhaka
#: How often jobs run while the clock is wound, for waits up to so long.
TICKS = ((timedelta(hours=8), timedelta(minutes=15)), (timedelta.max, timedelta(hours=1)))


class Stage:
    """Hands in what people do through the bot's own doors, and notes what they get to see.

    What somebody does returns the form that opens before them, if one does.
    """

    def __init__(self, folder: Path, *, begins: datetime = BEGINNING) -> None:
        self.clock = begins
        numbers = itertools.count(1)
        self.sandboxes = {
            "slack": Sandbox("slack", has_forms=True, numbers=numbers, watch=self._note),
            "telegram": Sandbox("telegram", numbers=numbers, watch=self._note),
        }
        platforms: dict[str, Platform] = {**self.sandboxes}
        self.engine = connect(f"sqlite:///{folder / 'countersign.db'}")
        schema.migrate(self.engine)
        self.cast = self._import_offices()
        self.dispatcher = Dispatcher(self.engine, platforms, ROUTERS, now=lambda: self.clock)
        self.outbox = Outbox(
            self.engine, platforms, now=lambda: self.clock, threads=self.dispatcher.threads
        )
        self.forms: dict[tuple[str, str], Form] = {}  # open, by platform and user
        self._news: dict[str, tuple[str, Shown]] = {}
        self._acts = itertools.count(1)
        self._ran: dict[str, datetime] = {}  # when each job ran last
        self._runner = asyncio.Runner()

    def _import_offices(self) -> Cast:
        file = office_file.read(OFFICES)
        with transaction(self.engine) as db:
            office_import.store(db, file, self.clock)
        return Cast(file)

    def close(self) -> None:
        """Stop the bot's threads and let go of the database."""
        self._runner.close()
        self.dispatcher.threads.close()
        self.engine.dispose()

    def _note(self, platform: str, shown: Shown) -> None:
        self._news.pop(shown.id, None)
        self._news[shown.id] = (platform, shown)

    def news(self) -> list[tuple[str, Shown]]:
        """Return the messages that came or changed since this was asked last, in that order."""
        found = list(self._news.values())
        self._news.clear()
        return found

    def messages(self) -> list[tuple[str, Shown]]:
        """Return every message, oldest first."""
        found = [(name, each) for name, box in self.sandboxes.items() for each in box.messages]
        return sorted(found, key=lambda pair: int(pair[1].id))

    def says(self, player: Player, on: str, text: str) -> Form | None:
        """Write to the bot in private: a command if it begins with a slash."""
        by = Sender(on, player.accounts[on])
        chat, number, trigger = Chat(on, by.user), self._act(), self._trigger(player, on)
        if not text.startswith("/"):
            return self._happens(Text(by, chat, text, id=number))
        name, _, rest = text[1:].partition(" ")
        act = Command(by, chat, name, rest.strip(), id=number, reply=number, trigger=trigger)
        return self._happens(act)

    def reacts(
        self, player: Player, on: str, shown: Shown, emoji: str, *, added: bool = True
    ) -> Form | None:
        """Put an emoji on a message, or take it away."""
        by = Sender(on, player.accounts[on])
        act = Reaction(by, Chat(on, shown.chat), shown.id, emoji, added=added, id=self._act())
        return self._happens(act)

    def presses(self, player: Player, on: str, shown: Shown, button: Button) -> Form | None:
        """Press a button below a message."""
        number = self._act()
        return self._happens(
            Press(
                Sender(on, player.accounts[on]),
                Chat(on, shown.chat),
                shown.id,
                button.action,
                button.value,
                id=number,
                reply=number,
                trigger=self._trigger(player, on),
            )
        )

    def fills(self, player: Player, on: str, values: Mapping[str, str]) -> Form | None:
        """Send the form that is open before somebody."""
        user = player.accounts[on]
        form = self.forms.pop((on, user))
        by, number = Sender(on, user), self._act()
        trigger = self._trigger(player, on)
        act = Answer(
            by, Chat(on, user), form.name, values, form.context, id=number, trigger=trigger
        )
        return self._happens(act)

    def winds(self, duration: timedelta) -> Iterator[None]:
        """Wind the clock; every job of the bot runs on the way. Yields when there is news."""
        end = self.clock + duration
        tick = next(tick for longest, tick in TICKS if duration <= longest)
        while self.clock < end:
            past = (self.clock - MIDNIGHT) % tick
            self.clock = min(self.clock - past + tick, end)
            self._beat()
            if self._news:
                yield

    def _beat(self) -> None:
        """Run every job that is due, as the scheduler does, and deliver what they say."""
        for name, (every, job) in self.dispatcher.router.jobs.items():
            if self.clock - self._ran.get(name, MIDNIGHT) >= every:
                self._ran[name] = self.clock
                self.dispatcher.run(job)
        self._runner.run(self._deliver())

    def _happens(self, event: Event) -> Form | None:
        """Handle an event and deliver what follows. Returns the form that opens, if one does."""
        self._runner.run(self._handle(event))
        form = self.sandboxes[event.by.platform].waiting.pop(event.trigger, None)
        if form is not None:
            self.forms[event.by.platform, event.by.user] = form
        return form

    async def _handle(self, event: Event) -> None:
        await self.dispatcher.accept(event)
        while await self.dispatcher.handle_next():
            pass
        await self._deliver()

    async def _deliver(self) -> None:
        for sandbox in self.sandboxes.values():
            while await self.outbox.work_next(sandbox):
                pass

    def _act(self) -> str:
        return f"act-{next(self._acts)}"

    def _trigger(self, player: Player, on: str) -> str:
        if not self.sandboxes[on].has_forms:
            return ""
        return f"{player.accounts[on]}/{next(self._acts)}"
