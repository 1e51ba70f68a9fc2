"""A comms team at work: people on two platforms, the bot, and a clock we can wind."""

import asyncio
import itertools
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine
from sqlmodel import select

from bot.attachments import Attachments
from bot.dispatcher import Dispatcher
from bot.outbox import Outbox
from bot.platforms.sandbox import Sandbox, Shown
from bot.vault import Vault
from handlers import ROUTERS
from handlers.chat import (
    Answer,
    Button,
    Chat,
    Command,
    Comment,
    Event,
    File,
    Kind,
    Press,
    Reaction,
    Sender,
    Text,
)
from handlers.recount import recount
from handlers.router import Job
from handlers.words import plain
from policy.shelf import Shelf
from storage import audit, office_file, office_import
from storage.db import transaction
from storage.models import AuditEntry

OFFICES = """\
offices:
  - name: Ministry of Works
    timezone: Asia/Dhaka
    country: BD
    packs: [bd]
    moderators: {platform: slack, chat: C0MODS}
    people:
      - {name: amina, roles: [author], telegram: "1001", slack: U0AMINA}
      - {name: bo, roles: [moderator], slack: U0BO}
      - {name: chen, roles: [moderator, senior], slack: U0CHEN, telegram: "1003"}
      - {name: dara, roles: [moderator], telegram: "1004"}
      - {name: sina, roles: [senior], slack: U0SINA}
      - {name: lee, roles: [lead, admin], slack: U0LEE}
    pages:
      - name: Works on Facebook
        kind: facebook
        url: "https://facebook.example/works"
        owner: amina
    directory: ["+8802223380000", "info@works.example"]
"""
#: A second office, to be added to the first; bo works in both.
FISHERIES = """\
  - name: Fisheries
    timezone: Pacific/Apia
    country: WS
    moderators: {platform: telegram, chat: "-100200"}
    people:
      - {name: bo, roles: [author, moderator], slack: U0BO}
      - {name: eti, roles: [lead], telegram: "2002"}
    pages:
      - {name: Fish, kind: website, url: "https://fish.example"}
"""
MODERATORS = "C0MODS"


class TestOffice:
    """Plays every person and the clock. What it does goes through the bot's own doors."""

    __test__ = False

    def __init__(
        self,
        engine: Engine,
        offices: str = OFFICES,
        *,
        shelf: Shelf | None = None,
        is_open: bool = False,
    ) -> None:
        self.engine = engine
        self.shelf = shelf or Shelf()
        self.clock = datetime(2026, 7, 20, 4, tzinfo=UTC)  # Monday, 10:00 in Dhaka
        self.slack, self.telegram = Sandbox("slack", has_forms=True), Sandbox("telegram")
        self.platforms = {"slack": self.slack, "telegram": self.telegram}
        self._numbers = itertools.count(1)
        self._runner = asyncio.Runner()
        self._folder = TemporaryDirectory(prefix="countersign-")
        self.vault = Vault(Path(self._folder.name), 1_000_000)
        self.restart()
        if is_open:  # the database has these offices already
            self.meet(offices)
        else:
            self.imports(offices)

    def meet(self, offices: str) -> office_file.OfficesFile:
        """Learn whose account is whose in an offices file."""
        file = office_file.parse(offices, folder=self.shelf.folder)
        self.accounts = {
            (person.name, platform): user
            for entry in file.offices
            for person in entry.people
            for platform, user in person.accounts()
        }
        return file

    def imports(self, offices: str) -> list[str]:
        """Import an offices file."""
        file = self.meet(offices)
        with transaction(self.engine) as db:
            changes = office_import.store(db, file, self.clock)
            if changes:
                recount(self.dispatcher.context(db))
            self.dispatcher.context(db).take_rules()
        self.deliver()
        return changes

    def restart(self) -> None:
        """Start the bot anew, as after a crash: nothing survives but the database."""
        if hasattr(self, "dispatcher"):
            self.dispatcher.threads.close()
        self.dispatcher = Dispatcher(
            self.engine, self.platforms, ROUTERS, now=lambda: self.clock, shelf=self.shelf
        )
        self.outbox = Outbox(
            self.engine,
            self.platforms,
            now=lambda: self.clock,
            threads=self.dispatcher.threads,
            vault=self.vault,
        )
        self.files = Attachments(
            self.engine,
            self.platforms,
            self.vault,
            context=self.dispatcher.context,
            now=lambda: self.clock,
            threads=self.dispatcher.threads,
        )

    def close(self) -> None:
        """Go home."""
        self._runner.close()
        self._folder.cleanup()
        self.dispatcher.threads.close()

    def sender(self, name: str, on: str) -> Sender:
        """Return somebody's account; strangers have one too."""
        return Sender(on, self.accounts.get((name, on), name))

    def says(
        self,
        name: str,
        said: str,
        *,
        on: str = "slack",
        chat: str = "",
        quoted: str = "",
        files: tuple[File, ...] = (),
        album: str = "",
    ) -> None:
        """Type a command, in the bot's private chat unless another is named."""
        by = self.sender(name, on)
        verb, _, text = said.removeprefix("/").partition(" ")
        number = self._number()
        self.happens(
            Command(
                by, Chat(on, chat or by.user), verb, text, quoted,
                id=number, reply=f"reply:{number}", trigger=self._trigger(on, number),
                files=files, album=album,
            )
        )  # fmt: skip

    def writes(
        self,
        name: str,
        text: str,
        *,
        on: str = "telegram",
        files: tuple[File, ...] = (),
        album: str = "",
        under: Shown | None = None,
    ) -> None:
        """Write to the bot in private, without a command."""
        by = self.sender(name, on)
        answered = under.id if under else ""
        self.happens(
            Text(
                by, Chat(on, by.user), text,
                id=self._number(), files=files, album=album, under=answered,
            )
        )  # fmt: skip

    def comments(
        self, name: str, text: str, to: Shown, *, on: str = "slack", kind: Kind = Kind.PERSON
    ) -> str:
        """Write below a message. Returns the id of what was written."""
        by = Sender(on, self.sender(name, on).user, kind)
        number = self._number()
        private = to.chat == by.user
        self.happens(
            Comment(by, Chat(on, to.chat), number, to.id, text, is_private=private, id=number)
        )
        return number

    def reacts(
        self,
        name: str,
        emoji: str,
        to: Shown,
        *,
        on: str = "slack",
        added: bool = True,
        kind: Kind = Kind.PERSON,
    ) -> None:
        """Add an emoji to a message, or take it away."""
        by = Sender(on, self.sender(name, on).user, kind)
        chat = Chat(on, to.chat)
        self.happens(Reaction(by, chat, to.id, emoji, added=added, id=self._number()))

    def presses(self, name: str, label: str, *, on: str = "slack", at: Shown | None = None) -> None:
        """Press a button, by its label: of a message, or of the newest that has it."""
        by = self.sender(name, on)
        shown = at or self._with_button(by, label)
        button = next(b for b in shown.message.buttons if label in b.label)
        self.presses_forged(name, button, on=on, at=shown)

    def presses_forged(self, name: str, button: Button, *, on: str, at: Shown) -> None:
        """Press a button that need not be there."""
        number = self._number()
        self.happens(
            Press(
                self.sender(name, on), Chat(on, at.chat), at.id, button.action, button.value,
                id=number, reply=f"reply:{number}", trigger=self._trigger(on, number),
            )
        )  # fmt: skip

    def fills(self, name: str, /, *, on: str = "slack", **values: str) -> None:
        """Fill in the form that was shown last, and send it."""
        platform = self.platforms[on]
        _, form = platform.waiting.popitem()
        by = self.sender(name, on)
        number = self._number()
        self.happens(
            Answer(
                by, Chat(on, by.user), form.name, values, form.context,
                id=number, trigger=f"trigger:{number}",
            )
        )  # fmt: skip

    def happens(self, event: Event, *, deliver: bool = True) -> None:
        """Hand an event in, handle it, and deliver what follows."""
        self._last = event
        self._runner.run(self._happens(event))
        if deliver:
            self.deliver()

    async def _happens(self, event: Event) -> None:
        await self.dispatcher.accept(event)
        while await self.dispatcher.handle_next():
            pass

    def again(self) -> None:
        """Let the platform deliver the last act once more."""
        self.happens(self._last)

    def text(self, shown: Shown) -> str:
        """Return what a message says now."""
        return plain(shown.message)

    def later(self, *jobs: Job, **duration: float) -> None:
        """Wind the clock. Run jobs twice, as two replicas would, and deliver what is due."""
        self.clock += timedelta(**duration)
        for job in (*jobs, *jobs):
            self.dispatcher.run(job)
        self.deliver()

    def deliver(self) -> None:
        """Deliver what is due now."""
        self._runner.run(self._deliver())

    async def _deliver(self) -> None:
        for platform in self.platforms.values():
            while await self.files.work_next(platform):
                pass
        for platform in self.platforms.values():
            while await self.outbox.work_next(platform):
                pass

    def inbox(self, name: str, *, on: str = "slack") -> list[str]:
        """Return what somebody was told in private, oldest first."""
        user = self.sender(name, on).user
        return [plain(s.message) for s in self.platforms[on].messages if user in (s.to, s.chat)]

    def heard(self, name: str, *, on: str = "slack") -> str:
        """Return what somebody was told last in private."""
        return (self.inbox(name, on=on) or [""])[-1]

    def chat(self, *, on: str = "slack", id: str = MODERATORS) -> list[str]:
        """Return what everybody in a chat sees, oldest first."""
        return [plain(s.message) for s in self.platforms[on].messages if s.chat == id and not s.to]

    def card(self, draft: int = 1, *, on: str = "slack", chat: str = MODERATORS) -> Shown:
        """Return a copy of a draft's card as it stands now: the one in the moderators' chat."""
        return next(self._cards(draft, on, chat))

    def _cards(self, draft: int, on: str, chat: str):
        for shown in self.platforms[on].messages:
            top = plain(shown.message).split("\n")[:3]  # a lockdown stands above the title
            titles = (f"Draft {draft} for ", f"URGENT: draft {draft} for ")
            is_card = any(each.startswith(titles) for each in top)
            is_card = is_card and "needs your vote" not in plain(shown.message)
            if shown.chat == chat and is_card and not shown.under and not shown.to:
                yield shown

    def record(self, keep: Callable[[AuditEntry], bool] = lambda _: True) -> list[tuple[str, str]]:
        """Return the audit log as actor and action."""
        with transaction(self.engine) as db:
            return [
                (e.actor, e.action)
                for e in db.exec(select(AuditEntry).order_by(AuditEntry.id)).all()
                if keep(e)
            ]

    def verdict(self) -> audit.Verdict:
        """Verify the audit log."""
        with transaction(self.engine) as db:
            return audit.verify(db)

    def _with_button(self, by: Sender, label: str) -> Shown:
        for shown in reversed(self.platforms[by.platform].messages):
            if any(label in b.label for b in shown.message.buttons) and shown.to in ("", by.user):
                return shown
        raise AssertionError(f"nobody offers {by.user} a button {label!r}")

    def _number(self) -> str:
        return f"act-{next(self._numbers)}"

    def _trigger(self, on: str, number: str) -> str:
        return f"trigger:{number}" if self.platforms[on].has_forms else ""
