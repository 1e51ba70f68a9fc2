"""Which function answers what."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlmodel import Session

from handlers.chat import Answer, Command, Comment, Event, Moved, Opened, Press, Reaction, Text
from handlers.context import Context
from storage import people
from storage.models import Office, Role

Handler = Callable[[Any, Context], None]
Among = Callable[[Session], Collection[int]]
Due = Callable[[Session, datetime], Collection[int]]
Work = Callable[[Context, Office], None]


@dataclass(frozen=True)
class OfficeJob:
    """A job that is done for one office after another, each in a transaction of its own.

    So a sweep over a thousand offices never holds up a vote for longer than one of them takes.
    """

    function: Callable[[Context, Office], Work | None]
    among: Among  # the ids of the offices where there may be something to do
    due: Due | None = None  # the same by time, instead of it
    only_reads: bool = False  # the function does: what it returns is done after it

    def offices(self, db: Session, now: datetime) -> Collection[int]:
        """List where there may be something to do now."""
        return self.due(db, now) if self.due else self.among(db)

    @property
    def __name__(self) -> str:
        return self.function.__name__


Job = Callable[[Context], None] | OfficeJob
H = TypeVar("H", bound=Callable[..., None])


@dataclass(frozen=True)
class Entry:
    """A command: who may use it, and what it is for, in a few words.

    One with a name of two words is a part of another: `/policy try <text>`.
    """

    name: str
    handler: Handler
    help: str
    roles: frozenset[Role]  # empty: everyone


@dataclass
class Router:
    """A table of handlers. Each feature has one; the bot merges them."""

    commands: dict[str, Entry] = field(default_factory=dict)
    presses: dict[str, Handler] = field(default_factory=dict)
    forms: dict[str, Handler] = field(default_factory=dict)
    reactions: list[Handler] = field(default_factory=list)
    texts: list[Handler] = field(default_factory=list)
    moves: list[Handler] = field(default_factory=list)
    comments: list[Handler] = field(default_factory=list)
    openings: list[Handler] = field(default_factory=list)
    jobs: dict[str, tuple[timedelta, Job]] = field(default_factory=dict)

    def command(self, name: str, *roles: Role) -> Callable[[H], H]:
        """Register the handler of `/name`. The first line of its docstring is the help text."""

        def register(handler: H) -> H:
            what = (handler.__doc__ or "").partition("\n")[0]
            self.commands[name] = Entry(name, handler, what, frozenset(roles))
            return handler

        return register

    def press(self, action: str) -> Callable[[H], H]:
        """Register the handler of a button."""
        return _into(self.presses, action)

    def form(self, name: str) -> Callable[[H], H]:
        """Register the handler of a filled-in form."""
        return _into(self.forms, name)

    def reaction(self, handler: H) -> H:
        """Register a handler of emoji reactions."""
        self.reactions.append(handler)
        return handler

    def text(self, handler: H) -> H:
        """Register a handler of what people write in private, without a command."""
        self.texts.append(handler)
        return handler

    def moved(self, handler: H) -> H:
        """Register a handler of chats that get a new id."""
        self.moves.append(handler)
        return handler

    def comment(self, handler: H) -> H:
        """Register a handler of what people write below a message."""
        self.comments.append(handler)
        return handler

    def opened(self, handler: H) -> H:
        """Register a handler of the bot's own page, when somebody opens it."""
        self.openings.append(handler)
        return handler

    def job(self, *, every: timedelta) -> Callable[[H], H]:
        """Run a function regularly. It must be safe to run at any time, any number of times."""

        def register(function: H) -> H:
            self.jobs[function.__name__] = (every, function)
            return function

        return register

    def office_job(
        self, *, every: timedelta, among: Among = people.office_ids, due: Due | None = None
    ) -> Callable[[Callable[[Context, Office], None]], OfficeJob]:
        """Run a function regularly for each office in use, one transaction after another.

        `among` says in which offices there may be something to do: one query for all of them.
        Where that depends on the time, `due` says it instead, given the present moment.
        """

        def register(function: Callable[[Context, Office], None]) -> OfficeJob:
            return self._add(OfficeJob(function, among, due), every)

        return register

    def reading_job(
        self, *, every: timedelta, due: Due
    ) -> Callable[[Callable[[Context, Office], Work | None]], OfficeJob]:
        """Run a function regularly for each office that only reads, and returns what is to be done.

        For long calculations, so that no vote waits for them. What it returns is done in a
        transaction of its own, and looks again at what may have changed since.
        """

        def register(function: Callable[[Context, Office], Work | None]) -> OfficeJob:
            return self._add(OfficeJob(function, people.office_ids, due, only_reads=True), every)

        return register

    def _add(self, job: OfficeJob, every: timedelta) -> OfficeJob:
        self.jobs[job.__name__] = (every, job)
        return job

    def include(self, other: "Router") -> None:
        """Add another router's handlers to this one. Raises `ValueError` if a name is taken."""
        tables: list[tuple[dict[str, Any], dict[str, Any]]] = [
            (self.commands, other.commands),
            (self.presses, other.presses),
            (self.forms, other.forms),
            (self.jobs, other.jobs),
        ]
        for mine, theirs in tables:
            if twice := mine.keys() & theirs.keys():
                raise ValueError(f"registered twice: {', '.join(sorted(twice))}")
            mine.update(theirs)
        self.reactions += other.reactions
        self.texts += other.texts
        self.moves += other.moves
        self.comments += other.comments
        self.openings += other.openings

    def narrowed(self, event: Event) -> Event:
        """Return a command as the part of it that its first word names, if it has such a part."""
        if not isinstance(event, Command) or not event.text.strip():
            return event
        first, *rest = event.text.strip().split(maxsplit=1)
        name = f"{event.name} {first.lower()}"
        return replace(event, name=name, text="".join(rest)) if name in self.commands else event

    def find(self, event: Event) -> list[Handler]:
        """List the handlers of an event."""
        match event:
            case Command(name=name):
                return [self.commands[name].handler] if name in self.commands else []
            case Press(action=action):
                return [self.presses[action]] if action in self.presses else []
            case Answer(form=form):
                return [self.forms[form]] if form in self.forms else []
            case Reaction():
                return self.reactions
            case Text():
                return self.texts
            case Moved():
                return self.moves
            case Comment():
                return self.comments
            case Opened():
                return self.openings


def _into(table: dict[str, Handler], key: str) -> Callable[[H], H]:
    def register(handler: H) -> H:
        table[key] = handler
        return handler

    return register
