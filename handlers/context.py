"""What a handler may use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlmodel import Session

from handlers.chat import Chat, Event, Form, Kind, Message, Sender, message
from handlers.fitting import fitting
from handlers.questions import invitation, question
from handlers.stored import message_to_json
from policy.rules import Ruleset
from policy.shelf import Shelf
from storage import audit, drafts, forms, outbox, people, reloads
from storage.models import Draft, Office, Person, Role

if TYPE_CHECKING:
    from handlers.router import Entry

STRANGER = (
    "I do not know you yet. Ask your office's administrator to add you to the offices file "
    "with this line: **{platform}: {user}**"
)


class NotYet(Exception):
    """The event is about something that is not noted yet: it is handled again in a moment."""


class Refusal(Exception):
    """A request we turn down. The message says what is wrong and what to do.

    What the handler did is undone; the refusal itself is recorded.
    """

    def __init__(
        self, said: Message | str, /, *, about: Draft | None = None, **fields: object
    ) -> None:
        self.message = message(said, **fields) if isinstance(said, str) else said
        self.about = about.id if about else None  # the draft in whose record the refusal belongs
        super().__init__(said if isinstance(said, str) else "refused")


@dataclass
class Effects:
    """What a handler wants done beside the database."""

    forms: list[Form] = field(default_factory=list)  # to be shown once this is committed
    then: list[Event] = field(default_factory=list)  # to be handled next, in this transaction
    answered: bool = False  # a private answer to the event is queued
    home: Message | None = None  # the person's own page, to be drawn anew


@dataclass(frozen=True)
class Context:
    """The database session, the clock, the event, and a voice.

    Everything done through a context is one transaction: it all happens, or none of it does.
    """

    db: Session
    now: datetime
    event: Event | None = None  # None in a job
    commands: Mapping[str, Entry] = field(default_factory=dict)
    converse: frozenset[str] = frozenset()  # platforms that ask question by question
    effects: Effects = field(default_factory=Effects)
    shelf: Shelf = field(default_factory=Shelf)

    def say(
        self,
        chat: Chat,
        said: Message,
        *,
        subject: str | None = None,
        once: str | None = None,
        under: int | None = None,
        about: str | None = None,
    ) -> int | None:
        """Queue a message; it is sent after the commit. Returns its id in the outbox.

        A message with a `once` key is said at most once, whoever says it and however often;
        `None` means that it was said before. One that is too long goes on in further messages,
        unless it has a subject: then it has to stay one, and is the caller's to keep short.
        What it is `about` lets an answer to it find its way, and is no reason to stay one.
        """
        row: dict[str, Any] = {"platform": chat.platform, "chat": chat.id, "under_id": under}
        row["subject"] = subject or about
        first, *more = [said] if subject else fitting(said)
        row_id = self._queue(body=message_to_json(first), once=once, **row)
        if row_id is not None:
            for page in more:
                self._queue(body=message_to_json(page), **row)
        return row_id

    def edit(self, row_id: int, said: Message) -> None:
        """Queue a change of an earlier message. Only the newest change is sent."""
        row = outbox.by_id(self.db, row_id)
        outbox.supersede(self.db, row_id)
        self._queue(
            platform=row.platform, chat=row.chat, body=message_to_json(said), edits_id=row_id
        )

    def tell(
        self,
        person: Person,
        said: Message,
        *,
        once: str | None = None,
        subject: str | None = None,
        about: str | None = None,
    ) -> bool:
        """Queue a direct message on each platform the person uses. False: it was said before."""
        queued = [
            self.say(
                Chat(account.platform, account.user),
                said,
                once=once and f"{once}@{account.platform}:{account.user}",
                subject=subject,
                about=about,
            )
            for account in people.accounts(self.db, person)
        ]
        return any(row is not None for row in queued)

    def is_first(self, key: str) -> bool:
        """Tell whether this is the first time ever that something is about to be said.

        For messages that say several things: ask once for each, then say those that are new.
        """
        return outbox.is_first(self.db, key, self.now)

    def reply(
        self,
        said: Message | str,
        /,
        *,
        fleeting: bool = False,
        about: str | None = None,
        **fields: object,
    ) -> None:
        """Answer the person in private, where they are.

        The words of a fleeting answer are forgotten once it is delivered.
        """
        event = self._event()
        if isinstance(said, str):
            said = message(said, **fields)
        if event.by.kind is Kind.BOT:
            return
        if event.by.kind is Kind.ANONYMOUS:  # has no private chat
            self.say(event.chat, said)
            return
        self._aside(said, via=event.reply, fleeting=fleeting, about=about)

    def ask(self, form: Form, *, given: Mapping[str, str] | None = None) -> None:
        """Put a form before the person who caused this. It comes back as an `Answer`.

        `given` are values that are known already and not asked for.
        """
        event = self._event()
        session = forms.open_session(
            self.db, event.by, form, given=given or {}, now=self.now, alone=self.converses()
        )
        self.put(form, session)

    def put(self, form: Form, session: int, step: int = 0) -> None:
        """Show a form that is open, or ask its next question where forms are conversations."""
        if self.converses():
            self._aside(question(form, step, session))
        elif self._event().trigger:
            self.effects.forms.append(replace(form, context=str(session)))
        else:
            self._aside(invitation(form, session))

    def show_home(self, page: Message) -> None:
        """Draw the own page of whoever caused this anew, once this is committed.

        It is drawn at each opening, so one that fails is no loss and is not tried again.
        """
        self.effects.home = page

    def platform(self) -> str:
        """Return the platform on which this was caused."""
        return self._event().by.platform

    def converses(self) -> bool:
        """Tell whether the person who caused this is on a platform without forms."""
        return self.platform() in self.converse

    def person(self) -> Person:
        """Return who caused this. Refuse strangers."""
        by = self._event().by
        person = self.someone(by)
        if person is None:
            raise Refusal(STRANGER, platform=by.platform, user=by.user)
        return person

    def someone(self, by: Sender) -> Person | None:
        """Return the person behind an account, if we know them."""
        return people.by_account(self.db, by.platform, by.user) if by.kind is Kind.PERSON else None

    def roles(self) -> frozenset[Role]:
        """Return every role that the person who caused this has, in any office."""
        return people.every_role(self.db, self.person())

    def rules(self, office: Office) -> Ruleset:
        """Return the rules of an office, as they were read last by any process of ours."""
        if wrong := self.shelf.follow(reloads.newest(self.db)):
            self.record("bot", "policy not reloaded", "policy", office=office, why=wrong)
        return self.shelf.rules(office.packs)

    def take_rules(self) -> None:
        """Take the rules of every office from the shelf. Raises `DocumentError` for a mistake."""
        for office in people.offices(self.db):
            self.rules(office)

    def record(
        self,
        actor: Person | str,
        action: str,
        subject: str,
        *,
        office: Office | None = None,
        **detail: Any,
    ) -> None:
        """Write the audit log, in this transaction."""
        name = actor if isinstance(actor, str) else actor.name
        audit.record(
            self.db,
            self.now,
            name,
            action,
            subject,
            office=office.name if office else "",
            **detail,
        )

    def record_refusal(self, act: str, refusal: Exception) -> None:
        """Record that somebody was turned down, in the record of the draft if it was about one."""
        by = self._event().by
        person = self.someone(by)
        actor = person or f"{by.platform}:{by.user}"
        about = refusal.about if isinstance(refusal, Refusal) else None
        draft = drafts.locked(self.db, about) if about else None
        if draft is None:
            self.record(actor, "refused", act, why=str(refusal))
            return
        office = people.office(self.db, draft.office_id)
        self.record(
            actor, "refused", drafts.subject(draft), office=office, act=act, why=str(refusal)
        )

    def _event(self) -> Event:
        if self.event is None:
            raise TypeError("a job has nobody to answer")
        return self.event

    def _aside(
        self, said: Message, via: str = "", *, fleeting: bool = False, about: str | None = None
    ) -> None:
        event = self._event()
        if via:
            self.effects.answered = True
        row: dict[str, Any] = {"platform": event.by.platform, "chat": event.chat.id}
        row |= {"to": event.by.user, "fleeting": fleeting, "subject": about}
        first, *more = fitting(said)
        self._queue(via=via, body=message_to_json(first), **row)
        for page in more:
            self._queue(body=message_to_json(page), **row)

    def _queue(self, **row: Any) -> int | None:
        return outbox.add(self.db, {"created_at": self.now, "due_at": self.now, **row})
