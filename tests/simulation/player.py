"""Plays a planned quarter to the bot, with restarts, crashes and a second replica."""

import itertools
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from random import Random
from typing import Any

from sqlalchemy import Engine, insert
from sqlmodel import col, select

from bot.dispatcher import Dispatcher
from handlers import ROUTERS
from handlers.freshness import keep_pages_fresh
from handlers.router import OfficeJob
from handlers.weekly import send_weekly_messages
from policy.cadence import Cadence
from storage.db import transaction
from storage.models import (
    Absence,
    Account,
    Lockdown,
    Membership,
    Office,
    OutboxMessage,
    Page,
    PageUpdate,
    PageWeek,
    Person,
    Source,
)
from tests.simulation.oracle import Said
from tests.simulation.plan import START, Event, Place, Plan, Site

JOBS = (keep_pages_fresh, send_weekly_messages)
KINDS = {"Half the": "hint", "The {stretch} is nearly": "warning"}


class KilledError(Exception):
    """The process ends before it commits."""


class Player:
    """The bot, its database, and a clock."""

    def __init__(self, engine: Engine, plan: Plan, seed: int) -> None:
        self.engine, self.plan, self.random = engine, plan, Random(seed)
        self.now = START
        self.replicas = [self.replica(), self.replica()]
        self.events = list(plan.events)[::-1]
        self.sites = sorted(plan.sites, key=lambda site: site.made)[::-1]

    def replica(self) -> Dispatcher:
        """Start a process."""
        return Dispatcher(self.engine, {}, ROUTERS, now=lambda: self.now)

    def run(self, show: Callable[[int], None] = lambda _: None) -> None:
        """Play the quarter."""
        with transaction(self.engine) as db:
            for rows in (_office, _persons, _members):
                db.add_all(row for place in self.plan.places for row in rows(place))
                db.flush()
        for number, tick in enumerate(self.plan.ticks):
            self.now = tick
            self.catch_up()
            for job in JOBS:
                self.sweep(job)
            show(number)
        for each in self.replicas:
            each.threads.close()

    def catch_up(self) -> None:
        """Let everything happen that has by now."""
        while self.sites and self.sites[-1].made <= self.now:
            with transaction(self.engine) as db:
                made = self.sites[-1].made
                while self.sites and self.sites[-1].made == made:
                    db.add(_page(self.sites.pop()))
        updates: list[Event] = []
        with transaction(self.engine) as db:
            while self.events and self.events[-1].at <= self.now:
                event = self.events.pop()
                if event.kind == "update":
                    updates.append(event)
                else:
                    happen(db, event)
            rows = [{"page_id": e.page, "at": e.at, "source": Source.SAID} for e in updates]
            if rows:
                db.execute(insert(PageUpdate), rows)

    def sweep(self, job: OfficeJob) -> None:
        """Run a job: by one replica or two, whole, broken off, or killed before it commits."""
        one, other = self.replicas
        match self.random.randrange(8):
            case 0:  # two at once
                steps = [iter(each.steps(job)) for each in (one, other)]
                for first, second in itertools.zip_longest(*steps):
                    for step in self.random.sample((first, second), 2):
                        if step:
                            step()
                return
            case 1:  # it stops half-way, and starts again
                steps = [*one.steps(job)]
                for step in steps[: self.random.randrange(len(steps) + 1)]:
                    step()
                self.replicas[0] = one = self.restarted(one)
            case 2:  # it is killed at the end of a transaction
                self.kill(one, job)
                self.replicas[0] = one = self.restarted(one)
        one.run(job)

    def restarted(self, one: Dispatcher) -> Dispatcher:
        """Start a process again."""
        one.threads.close()
        return self.replica()

    def kill(self, one: Dispatcher, job: OfficeJob) -> None:
        """Do the work for an office, and lose it."""
        with transaction(self.engine) as db:
            found = list(job.offices(db, self.now))
        if not found:
            return
        with suppress(KilledError), transaction(self.engine) as db:
            job.function(one.context(db), db.get_one(Office, self.random.choice(found)))
            db.flush()
            raise KilledError

    def short(self) -> set[Said]:
        """Return the stretches that were noted as short."""
        found = select(Page.name, PageWeek).join(PageWeek, col(PageWeek.page_id) == col(Page.id))
        with transaction(self.engine) as db:
            return {(name, w.ended_at, w.updates, w.wanted) for name, w in db.exec(found)}

    def said(self) -> Counter[Said]:
        """Return what was said, taken apart by page."""
        found = select(
            OutboxMessage.created_at, OutboxMessage.platform, OutboxMessage.chat, OutboxMessage.body
        )
        said: Counter[Said] = Counter()
        with transaction(self.engine) as db:
            for at, platform, chat, body in db.exec(found):
                if not body["made"]:
                    said.update((at, platform, chat, *each) for each in _facts(body))
        return said

    def pictures(self) -> int:
        """Count the pictures."""
        with transaction(self.engine) as db:
            bodies = db.exec(select(OutboxMessage.body)).all()
        return sum(bool(body["made"]) for body in bodies)


def _facts(body: dict[str, Any]) -> Iterator[Said]:
    """Say what a message is about."""
    kind = ""
    marks = {"🟢": "enough", "🔴": "short", "⚪": "excused"}
    for part in body["parts"]:
        template, fields = part["template"], part["fields"]
        kind = next((k for begin, k in KINDS.items() if begin in template), kind)
        if "in a row" in template:
            yield "lead", fields["name"], int(fields["times"])
        elif "number" in fields:
            state = "idle" if "paused until" in template or "not counted before" in template else ""
            state = state or ("new" if "new, its first" in template else marks[fields["mark"]])
            yield "weekly", fields["name"], state
        elif "updates" in fields and "name" in fields:
            yield kind, fields["name"], int(fields["updates"]), int(fields["wanted"])


def _office(place: Place) -> Iterator[Any]:
    chat = f"C{place.number}"
    yield Office(
        id=place.number, name=f"office {place.number:04}", timezone=place.zone,
        country=place.country, subdivision=place.part, packs=[], platform="slack", chat=chat,
        filed_chat=chat, ladder=["4h"], urgent_ladder=["5m"], days_added=[], days_struck=[],
        hours=f"{place.opens:%H:%M}-{place.closes:%H:%M}", directory=[], joined_at=START,
    )  # fmt: skip


def _persons(place: Place) -> Iterator[Any]:
    for each in place.people:
        yield Person(id=each.number, name=f"person {each.number:05}")


def _members(place: Place) -> Iterator[Any]:
    for each in place.people:
        role = "lead" if each.is_lead else "author"
        yield Membership(
            office_id=place.number, person_id=each.number, roles=[role], deputy_id=each.deputy
        )
        for platform, user in each.accounts:
            yield Account(platform=platform, user=user, person_id=each.number)


def _page(site: Site) -> Page:
    return Page(
        id=site.number, office_id=site.office, name=site.name, kind="website",
        url=f"https://{site.number}.example", owner_id=site.owner, deputy_id=site.deputy,
        updates=site.wanted, cadence=Cadence(site.cadence), week_start=site.week_start,
        timezone=site.zone, started_at=site.started, filed=site.is_filed,
    )  # fmt: skip


def happen(db: Any, event: Event) -> None:
    """Change the database as the features do when something happens."""
    match event.kind:
        case "away":
            row = {"person_id": event.person, "starts_at": event.since, "ends_at": event.until}
            db.add(Absence(**row, deputy_id=event.page or None, by="themself"))
        case "leave":
            mine = select(Membership).where(Membership.person_id == event.person)
            member = db.exec(mine).one()
            member.roles = []
            db.add(member)
        case "lock":
            place = event.office or None
            db.add(Lockdown(office_id=place, by="lee", reason="", since=event.at))
        case "lift":
            place = event.office or None
            mine = select(Lockdown).where(col(Lockdown.office_id).is_not_distinct_from(place))
            for lock in db.exec(mine.where(col(Lockdown.lifted_at).is_(None))):
                lock.lifted_at = event.at
                db.add(lock)
        case _:
            page = db.get_one(Page, event.page)
            change(page, event)
            db.add(page)
    db.flush()


def change(page: Page, event: Event) -> None:
    """Change a page."""
    match event.kind:
        case "confirm":
            page.confirmed_at = event.at
        case "pause":
            page.paused_from, page.paused_until = event.since, event.until
        case "resume":
            page.paused_until = event.at
        case "handover":
            page.owner_id = event.person
        case "close":
            page.closed_at = event.at
        case "reopen":
            page.closed_at = None
