"""What happens in a quarter, from a seed: offices, pages, and what people do. Plain values."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from random import Random

START = datetime(2026, 9, 18, 5, tzinfo=UTC)  # two changes of the clocks lie in the quarter
PLACES = (  # zone, country, its part, hours
    ("Asia/Dhaka", "BD", "", time(9), time(17)),
    ("Pacific/Apia", "WS", "", time(9), time(16, 30)),
    ("Europe/London", "GB", "ENG", time(8, 30), time(17)),
    ("Indian/Mahe", "SC", "", time(8), time(16)),
    ("America/St_Johns", "CA", "NL", time(9), time(17)),
    ("Asia/Kathmandu", "NP", "", time(10), time(17)),
)
CADENCES = ("week", "week", "week", "week", "fortnight", "month")


@dataclass(frozen=True)
class Someone:
    """A person of an office."""

    number: int
    accounts: tuple[tuple[str, str], ...]
    is_lead: bool
    deputy: int | None = None


@dataclass(frozen=True)
class Place:
    """An office."""

    number: int
    zone: str
    country: str
    part: str
    opens: time
    closes: time
    people: tuple[Someone, ...]


@dataclass(frozen=True)
class Site:
    """A page, as it is when it is registered."""

    number: int
    office: int
    wanted: int
    cadence: str
    week_start: int
    zone: str  # none: that of its office
    made: datetime
    started: datetime
    is_filed: bool
    owner: int | None
    deputy: int | None

    @property
    def name(self) -> str:
        """Its name, whose order is that of the numbers."""
        return f"page {self.number:06}"


@dataclass(frozen=True)
class Event:
    """Something that happens to a page, a person or an office."""

    at: datetime
    kind: str
    page: int = 0
    office: int = 0
    person: int = 0
    since: datetime = START
    until: datetime = START


@dataclass(frozen=True)
class Plan:
    """A whole quarter."""

    places: tuple[Place, ...]
    sites: tuple[Site, ...]
    events: tuple[Event, ...]
    ticks: tuple[datetime, ...]  # when the bot looks


def make(
    seed: int, offices: int, *, hours: int = 2, sizes: tuple[int, ...] = (1, 1, 2, 2, 3, 6)
) -> Plan:
    """Plan a quarter. The bot looks every so many hours, except while it is down.

    An office has as many pages as one of the sizes.
    """
    random = Random(seed)
    places = tuple(_place(random, number) for number in range(1, offices + 1))
    end = START + timedelta(weeks=14)
    sites: list[Site] = []
    for place in places:
        for _ in range(random.choice(sizes)):
            sites.append(_site(random, len(sites) + 1, place, end))
    events = [each for site in sites for each in _life(random, site, places, end)]
    for place in places:
        events += _office(random, place, end)
    events.append(Event(START + timedelta(days=40, minutes=7), "lock"))  # all of them
    events.append(Event(START + timedelta(days=41, minutes=7), "lift"))
    ordered = tuple(sorted(events, key=lambda each: (each.at, each.kind, each.page)))
    return Plan(places, tuple(sites), ordered, tuple(_ticks(random, end, hours)))


def _place(random: Random, number: int) -> Place:
    first = number * 10
    people = []
    for each in range(first, first + 6):
        accounts = [("slack", f"U{each}")]
        if random.random() < 0.2:
            accounts.append(("telegram", f"{each}"))
        deputy = random.choice((None, *(one for one in range(first, first + 6) if one != each)))
        people.append(Someone(each, tuple(accounts), is_lead=each < first + 2, deputy=deputy))
    return Place(number, *random.choice(PLACES), tuple(people))


def _site(random: Random, number: int, place: Place, end: datetime) -> Site:
    persons = [each.number for each in place.people]
    is_new = random.random() < 0.15
    made = START + random.random() * (end - START) * 0.8 if is_new else START
    is_old = random.random() < 0.5 and not is_new
    return Site(
        number,
        place.number,
        wanted=random.choice((1, 2, 2, 2, 3)),
        cadence=random.choice(CADENCES),
        week_start=random.choice((0, 0, 0, 6, 6, random.randrange(7))),
        zone=random.choice(("", "", "", "", "Asia/Tokyo")),
        made=made,
        started=made - timedelta(days=200) if is_old else made,
        is_filed=random.random() < 0.85,
        owner=random.choice((None, *persons[1:], *persons[1:])),
        deputy=random.choice((None, None, *persons)),
    )


def _life(random: Random, site: Site, places: tuple[Place, ...], end: datetime) -> list[Event]:
    """Say what happens to a page."""

    def moment(since: datetime = site.made, until: datetime = end) -> datetime:
        return since + random.random() * (until - since)

    people = [each.number for each in places[site.office - 1].people]
    weeks = (end - site.made) / timedelta(weeks=1)
    per = {"week": 1.0, "fortnight": 0.5, "month": 0.23}[site.cadence] * site.wanted
    zeal = random.choice((0.0, 0.4, 0.8, 1.0, 1.5))
    made = [Event(moment(), "update", site.number) for _ in range(int(weeks * per * zeal))]
    if not site.is_filed:
        made.append(Event(moment(until=site.made + timedelta(days=25)), "confirm", site.number))
    if random.random() < 0.25:
        at = moment()
        since = at + random.choice((timedelta(0), timedelta(days=9)))
        until = since + timedelta(days=random.choice((3, 12, 30)), minutes=random.randrange(999))
        made.append(Event(at, "pause", site.number, since=since, until=until))
        if random.random() < 0.4:
            made.append(Event(moment(since + timedelta(hours=9), until), "resume", site.number))
    if random.random() < 0.25:
        made.append(Event(moment(), "handover", site.number, person=random.choice(people)))
    if random.random() < 0.1:
        at = moment()
        made.append(Event(at, "close", site.number))
        if random.random() < 0.5:
            made.append(Event(moment(at + timedelta(hours=9)), "reopen", site.number))
    return made


def _office(random: Random, place: Place, end: datetime) -> list[Event]:
    """Say who of an office is away or leaves, and whether it is locked down."""
    made = []
    for each in place.people:
        if random.random() < 0.5:
            since = START + random.random() * (end - START)
            until = since + timedelta(days=random.choice((1, 4, 10, 21)))
            stand_in = random.choice((0, 0, *(one.number for one in place.people if one != each)))
            made.append(
                Event(
                    since - timedelta(hours=random.choice((0, 50))), "away", stand_in,
                    place.number, each.number, since, until,
                )
            )  # fmt: skip
    if random.random() < 0.1:
        leaver = place.people[-1].number
        at = START + random.random() * (end - START)
        made.append(Event(at, "leave", office=place.number, person=leaver))
    if random.random() < 0.1:
        at = START + random.random() * (end - START) * 0.9
        made.append(Event(at, "lock", office=place.number))
        until = at + timedelta(hours=random.choice((3, 30, 130)))
        made.append(Event(until, "lift", office=place.number))
    return made


def _ticks(random: Random, end: datetime, hours: int) -> list[datetime]:
    """Say when the bot looks: every few hours; now and then it is down for a day."""
    ticks, at = [], START
    while at < end:
        ticks.append(at + timedelta(minutes=random.randrange(55)))
        down = random.choice((9, 30, 50)) if random.random() < 0.01 else 0
        at += timedelta(hours=hours + down)
    return ticks
