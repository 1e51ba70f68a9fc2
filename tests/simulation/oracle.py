"""What has to be said in a planned quarter, worked out from the plan in plain Python.

It looks at every page at every moment and asks of each what the documentation says; it knows
nothing of the product, neither its code nor its tables.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from holidays import country_holidays

from tests.simulation.plan import Event, Place, Plan, Site, Someone

DAY = timedelta(days=1)
Said = tuple[object, ...]  # when, to whom, of what


@dataclass
class Life:
    """How a page stands."""

    site: Site
    owner: int | None
    is_live: bool | None = None  # as it was seen last
    is_closed: bool = False
    is_confirmed: bool = False
    pause: tuple[datetime, datetime] | None = None
    updates: list[datetime] = field(default_factory=list)
    settled: datetime | None = None  # everything before is judged
    short_until: datetime | None = None  # the end of its last short stretch
    row: int = 0
    stretch: tuple[datetime, datetime] | None = None


@dataclass
class Oracle:
    """Goes through a plan, and notes every message that is due."""

    plan: Plan
    said: Counter[Said] = field(default_factory=Counter)
    short: set[Said] = field(default_factory=set)
    once: set[Said] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.lives: dict[int, Life] = {}
        self.of_office: dict[int, list[Life]] = defaultdict(list)
        self.left: set[int] = set()
        self.away: dict[int, list[tuple[datetime, datetime, int]]] = defaultdict(list)
        self.locks: list[list[object]] = []
        self.settled_weeks: set[tuple[int, date]] = set()

    def run(self) -> None:
        """Go through the quarter."""
        events = iter((*self.plan.events, None))
        sites = iter((*sorted(self.plan.sites, key=lambda site: site.made), None))
        event, site = next(events), next(sites)
        for now in self.plan.ticks:
            while site and site.made <= now:
                life = Life(site, site.owner)
                self.lives[site.number] = life
                self.of_office[site.office].append(life)
                self.of_office[site.office].sort(key=lambda each: each.site.number)
                site = next(sites)
            while event and event.at <= now:
                self.happens(event)
                event = next(events)
            for place in self.plan.places:
                self.look(place, now)

    def happens(self, event: Event) -> None:
        """Take an event into account."""
        life = self.lives.get(event.page)
        match event.kind:
            case "update":
                life.updates.append(event.at)
            case "confirm":
                life.is_confirmed = True
            case "pause":
                life.pause = (event.since, event.until)
            case "resume":
                life.pause = (life.pause[0], event.at)
            case "handover":
                life.owner = event.person
            case "close" | "reopen":
                life.is_closed = event.kind == "close"
            case "away":
                self.away[event.person].append((event.since, event.until, event.page))
            case "leave":
                self.left.add(event.person)
            case "lock":
                self.locks.append([event.office, event.at, None])
            case "lift":
                lock = next(each for each in self.locks if each[0] == event.office and not each[2])
                lock[2] = event.at

    def look(self, place: Place, now: datetime) -> None:
        """Say what is due in an office at a moment."""
        lives = self.of_office[place.number]
        counted = [life for life in lives if self.follow(place, life, now)]
        if is_open(place, now):
            if not self.is_locked(place, now):
                for life in counted:
                    self.nudge(place, life, now)
                    self.alarm(place, life, now)
            self.weekly(place, lives, now)

    def follow(self, place: Place, life: Life, now: datetime) -> bool:
        """Judge what is over of a page. Returns whether it counts."""
        is_live = not life.is_closed and (life.site.is_filed or life.is_confirmed)
        start, end = self.stretch(place, life, now)
        if life.is_live is None and is_live:
            life.settled = start
        elif life.is_live != is_live:  # nothing that it lived through only in part
            life.settled = max(life.settled or end, end)
        life.is_live = is_live
        while is_live and life.settled < start:
            over = span(life.site, place, life.settled)
            self.judge(place, life, over)
            life.settled = over[1]
        return is_live

    def judge(self, place: Place, life: Life, over: tuple[datetime, datetime]) -> None:
        """Note a stretch that was short."""
        if self.is_short(place, life, over):
            life.row = life.row + 1 if life.short_until == over[0] else 1
            life.short_until = over[1]
            self.short.add((life.site.name, over[1], count(life, over), life.site.wanted))

    def is_short(self, place: Place, life: Life, over: tuple[datetime, datetime]) -> bool:
        """Tell whether a stretch has too few updates, without an excuse."""
        if count(life, over) >= life.site.wanted or is_new(life, place, over):
            return False
        return not is_paused_in(life, over) and not self.was_locked(place, over)

    def nudge(self, place: Place, life: Life, now: datetime) -> None:
        """Say a hint or a warning."""
        here = self.stretch(place, life, now)
        updates, wanted = count(life, here), life.site.wanted
        if updates >= wanted or is_new(life, place, here):
            return
        if life.settled >= here[1] or is_paused_in(life, here):
            return
        kind = "hint" if not updates and now >= here[0] + (here[1] - here[0]) / 2 else ""
        kind = "warning" if now >= warning(place, life.site, here) else kind
        if not kind or life.owner is None or life.owner in self.left:
            return
        persons = {each.number: each for each in place.people}
        hearer = self.hearer(persons, life.owner, now)
        hearer = hearer or self.hearer(persons, life.site.deputy, now)
        if hearer and self.is_first(kind, life.site.number, here[0]):
            for account in hearer.accounts:
                self.said[(now, *account, kind, life.site.name, updates, wanted)] += 1

    def alarm(self, place: Place, life: Life, now: datetime) -> None:
        """Tell the leads of every second short stretch in a row."""
        here = self.stretch(place, life, now)
        if life.short_until != here[0] or life.row % 2 or life.settled >= here[1]:
            return
        if is_paused_in(life, here):
            return
        persons = {each.number: each for each in place.people}
        leads = [each.number for each in place.people if each.is_lead]
        leads = [lead for lead in leads if lead not in self.left]
        hearing = {h.number: h for lead in leads if (h := self.hearer(persons, lead, now))}
        if hearing and self.is_first("lead", life.site.number, here[0]):
            for each in hearing.values():
                for account in each.accounts:
                    self.said[(now, *account, "lead", life.site.name, life.row)] += 1

    def weekly(self, place: Place, lives: list[Life], now: datetime) -> None:
        """Tell the moderators once a week how each page did."""
        first = week_of(place, now)
        opening = next((o for n in range(7) if (o := opens(place, first + n * DAY))), None)
        if opening is None or now < opening or (place.number, first) in self.settled_weeks:
            return
        self.settled_weeks.add((place.number, first))
        shown = [(life, self.state(place, life, now)) for life in lives if not life.is_closed]
        if self.plan.ticks[0] > opening or all(state == "idle" for _, state in shown):
            return
        for life, state in shown:
            self.said[(now, "slack", f"C{place.number}", "weekly", life.site.name, state)] += 1

    def state(self, place: Place, life: Life, now: datetime) -> str:
        """Say how a page did in its last stretch."""
        if not life.is_live or (life.pause and life.pause[0] <= now < life.pause[1]):
            return "idle"
        here = self.stretch(place, life, now)
        last = span(life.site, place, here[0] - timedelta(seconds=1))
        if is_new(life, place, last):
            return "new"
        if count(life, last) >= life.site.wanted:
            return "enough"
        return "short" if life.short_until == last[1] else "excused"

    def hearer(
        self, persons: dict[int, Someone], number: int | None, now: datetime
    ) -> Someone | None:
        """Say who hears what is meant for somebody: they, or while they are away their deputy."""
        if number not in persons or number in self.left:
            return None
        if not (named := self.is_away(number, now)):
            return persons[number]
        for one in (named[0], persons[number].deputy):
            if one in persons and one not in self.left and not self.is_away(one, now):
                return persons[one]
        return None

    def is_away(self, number: int, now: datetime) -> list[int]:
        """Return who was named to stand in for somebody who is away; nothing if they are here."""
        return [named for since, until, named in self.away[number] if since <= now < until]

    def is_locked(self, place: Place, now: datetime) -> bool:
        """Tell whether an office is locked down."""
        return any(office in (0, place.number) and not until for office, _, until in self.locks)

    def was_locked(self, place: Place, over: tuple[datetime, datetime]) -> bool:
        """Tell whether an office was locked down for a part of a time."""
        return any(
            office in (0, place.number) and since < over[1] and (not until or until > over[0])
            for office, since, until in self.locks
        )

    def stretch(self, place: Place, life: Life, now: datetime) -> tuple[datetime, datetime]:
        """Return the stretch that a moment lies in; each is worked out once."""
        if life.stretch is None or not life.stretch[0] <= now < life.stretch[1]:
            life.stretch = span(life.site, place, now)
        return life.stretch

    def is_first(self, *key: object) -> bool:
        """Tell whether something is said for the first time."""
        is_first = key not in self.once
        self.once.add(key)
        return is_first


def count(life: Life, over: tuple[datetime, datetime]) -> int:
    """Count the updates from one moment to just before another."""
    return bisect_left(life.updates, over[1]) - bisect_left(life.updates, over[0])


def is_new(life: Life, place: Place, over: tuple[datetime, datetime]) -> bool:
    """Tell whether a stretch is the first full one of a page, or earlier."""
    before = span(life.site, place, over[0] - timedelta(seconds=1))
    return life.site.started > before[0]


def is_paused_in(life: Life, over: tuple[datetime, datetime]) -> bool:
    """Tell whether a pause touches a stretch."""
    return life.pause is not None and life.pause[0] <= over[1] and life.pause[1] > over[0]


def span(site: Site, place: Place, moment: datetime) -> tuple[datetime, datetime]:
    """Return the stretch of a page around a moment."""
    zone = site.zone or place.zone
    return _span(site.cadence, site.week_start, zone, moment.astimezone(ZoneInfo(zone)).date())


@cache
def _span(cadence: str, week_start: int, zone: str, day: date) -> tuple[datetime, datetime]:
    if cadence == "month":
        first = day.replace(day=1)
        after = date(day.year + day.month // 12, day.month % 12 + 1, 1)
        return midnight(first, zone), midnight(after, zone)
    first = day
    while first.weekday() != week_start:
        first -= DAY
    if cadence == "fortnight":
        if (first - date(1, 1, 1) + DAY).days // 7 % 2:
            first -= 7 * DAY
        return midnight(first, zone), midnight(first + 14 * DAY, zone)
    return midnight(first, zone), midnight(first + 7 * DAY, zone)


def midnight(day: date, zone: str) -> datetime:
    """Return the beginning of a day in a zone, none of which changes its clocks at midnight."""
    return datetime.combine(day, time(0), ZoneInfo(zone)).astimezone(UTC)


def warning(place: Place, site: Site, over: tuple[datetime, datetime]) -> datetime:
    """Return when a warning is due: a day before the end of a stretch.

    If the office is closed for all of that day, it is its last opening in the week before.
    """
    return warning_at(place, site.zone or place.zone, *over)


@cache
def warning_at(place: Place, zone: str, start: datetime, end: datetime) -> datetime:
    """Work out when a warning is due."""
    usual = end - DAY
    if any(max(a, usual) < min(b, end) for a, b in hours_around(place, usual, 3)):
        return usual
    after = end.astimezone(ZoneInfo(zone)).date()
    openings = [opens(place, after - number * DAY) for number in range(1, 8)]
    return max((each for each in openings if each and start <= each <= usual), default=usual)


def hours_around(place: Place, moment: datetime, days: int) -> Iterator[tuple[datetime, datetime]]:
    """List the working hours of the days around a moment."""
    today = moment.astimezone(ZoneInfo(place.zone)).date()
    for number in range(-days, days + 1):
        day = today + number * DAY
        if is_worked(place, day):
            yield at(place, day, place.opens), at(place, day, place.closes)


def is_open(place: Place, now: datetime) -> bool:
    """Tell whether an office is at work, or was until a quarter of an hour ago."""
    late = timedelta(minutes=15)
    return any(since <= now < until + late for since, until in hours_around(place, now, 1))


def opens(place: Place, day: date) -> datetime | None:
    """Return when an office opens on a day."""
    return at(place, day, place.opens) if is_worked(place, day) else None


@cache
def at(place: Place, day: date, clock: time) -> datetime:
    """Return the moment of a clock on the wall."""
    return datetime.combine(day, clock, ZoneInfo(place.zone)).astimezone(UTC)


@cache
def is_worked(place: Place, day: date) -> bool:
    """Tell whether an office works on a day."""
    return calendar(place.country, place.part).is_working_day(day)


@cache
def calendar(country: str, part: str):
    """Return the holidays of a country."""
    return country_holidays(country, subdiv=part or None)


@cache
def first_day(country: str, part: str) -> int:
    """Return the day after the weekend of a country."""
    weekend = calendar(country, part).weekend
    return next(day for day in range(7) if day not in weekend and (day - 1) % 7 in weekend)


def week_of(place: Place, now: datetime) -> date:
    """Return the first day of the office's week."""
    day = now.astimezone(ZoneInfo(place.zone)).date()
    while day.weekday() != first_day(place.country, place.part):
        day -= DAY
    return day
