"""What /offices costs in an installation of a thousand offices with a long past."""

import statistics
from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import islice

from sqlalchemy import insert
from sqlmodel import SQLModel

from policy.cadence import Cadence, stretch_of, stretches
from policy.workflow import State
from storage.db import transaction
from storage.models import (
    Complaint,
    Draft,
    Evaluation,
    FirstReply,
    Membership,
    Office,
    Page,
    PageWeek,
)
from tests.benchmarks.reviewing import office, timed
from tests.office import TestOffice

OFFICES = 1_000
PAGES = 5  # of each office
WEEKS = 52  # of each page, every third of which ended short
ZONES = ("Asia/Dhaka", "Pacific/Apia", "Indian/Mahe", "Europe/London")

Row = dict[str, object]


def measured(rounds: int) -> float:
    """Return the median of the milliseconds of the whole act."""
    with office() as all_of_them:
        all_of_them.says("amina", "/draft The road is closed on Monday.")
        fill(all_of_them)
        times = [timed(lambda: all_of_them.says("lee", "/offices")) for _ in range(rounds)]
        assert f"Offices: {OFFICES + 1}" in all_of_them.heard("lee")
    return statistics.median(times)


def fill(at: TestOffice) -> None:
    """Store a thousand offices with their people, pages, weeks, drafts and complaints."""
    with transaction(at.engine) as db:
        like_office = db.get_one(Office, 1).model_dump()
        like_page = db.get_one(Page, 1).model_dump()
        like_draft = db.get_one(Draft, 1).model_dump()
        made: list[tuple[type[SQLModel], Iterable[Row]]] = [
            (Office, offices(like_office)),
            (Membership, memberships()),
            (Page, pages(like_page)),
            (PageWeek, weeks(at)),
            (Draft, drafts(like_draft, at)),
            (Complaint, complaints(at)),
            (Evaluation, evaluations(at)),
        ]
        for model, rows in made:
            waiting = iter(rows)
            while some := list(islice(waiting, 5_000)):
                db.execute(insert(model), some)


def numbers() -> range:
    """Number the offices: the first is there."""
    return range(2, OFFICES + 2)


def offices(like: Row) -> Iterator[Row]:
    """Write the offices, in several zones."""
    for number in numbers():
        zone = ZONES[number % len(ZONES)]
        yield like | {"id": number, "name": f"Office {number}", "timezone": zone}


def memberships() -> Iterator[Row]:
    """Let amina write, and lee administer, in each office."""
    for number in numbers():
        for person, roles in ((1, ["author"]), (6, ["lead", "admin"])):
            yield {"office_id": number, "person_id": person, "roles": roles, "deputy_id": None}


def page_ids(number: int) -> range:
    """Number the pages of an office."""
    return range(number * PAGES, number * PAGES + PAGES)


def pages(like: Row) -> Iterator[Row]:
    """Write five pages for each office; one in ten has no owner."""
    for number in numbers():
        for page in page_ids(number):
            owner = None if page % 10 == 0 else 1
            names = {"name": f"Page {page}", "url": f"https://{page}.example"}
            yield like | names | {"id": page, "office_id": number, "owner_id": owner}


def weeks(at: TestOffice) -> Iterator[Row]:
    """Write the short weeks of a year."""
    for number in numbers():
        zone = ZONES[number % len(ZONES)]
        last = stretch_of(at.clock, zone, 0, Cadence.WEEK).previous()
        ended = list(stretches(last, at.clock - timedelta(weeks=WEEKS)))
        for page in page_ids(number):
            for week in ended[page % 3 :: 3]:
                yield {"page_id": page, "week": week.key, "ended_at": week.end,
                       "updates": 1, "wanted": 2}  # fmt: skip


def drafts(like: Row, at: TestOffice) -> Iterator[Row]:
    """Write two open drafts for each office, one of them late, and a hundred that are posted."""
    for number in numbers():
        for place in range(102):
            state = State.IN_REVIEW if place < 2 else State.PUBLISHED
            since = at.clock - timedelta(hours=place * 20)
            yield like | {"id": number * 200 + place, "office_id": number, "state": state,
                          "page_id": number * PAGES, "waiting_since": since}  # fmt: skip


def complaints(at: TestOffice) -> Iterator[Row]:
    """Write ten complaints for each office, of which two are open."""
    for number in numbers():
        for place in range(10):
            made = at.clock - timedelta(hours=place * 18)
            yield {
                "office_id": number, "page_id": number * PAGES, "text": "It is closed.",
                "link": "", "by_id": 1, "owner_id": None, "made_at": made,
                "due_at": made + timedelta(days=1), "answer": FirstReply.NONE,
                "closed_at": None if place < 2 else at.clock, "outcome": "",
            }  # fmt: skip


def evaluations(at: TestOffice) -> Iterator[Row]:
    """Write one evaluation for each page, of which one in seven is to be signed."""
    day = at.clock.date()
    for number in numbers():
        for page in page_ids(number):
            yield {
                "page_id": page, "starts_on": day, "ends_on": day, "made_at": at.clock,
                "due_at": at.clock - timedelta(days=1), "figures": {}, "comment": "",
                "signed_at": at.clock if page % 7 else None,
            }  # fmt: skip
