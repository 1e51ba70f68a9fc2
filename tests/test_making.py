"""Files that are made when they are delivered, and jobs that go from office to office."""

import asyncio
import csv
import io
from datetime import timedelta
from threading import Event

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.making import make, tables
from bot.scheduler import schedule
from handlers.chat import Chat, Made, Message, line
from handlers.router import OfficeJob
from storage.people import office_ids
from tests.office import FISHERIES, OFFICES

ROWS = [["page", "updates"], ["Works", 2], ['=HYPERLINK("http://evil.example")', None]]


def say_with_table(ctx):
    table = Made("table", "pages.csv", {"rows": ROWS}, alt="The pages and their updates")
    ctx.say(Chat("slack", "C0MODS"), Message((line("Here."),), made=table), once="table")


def test_table_is_made_when_it_is_delivered(office):
    office.later(say_with_table)
    shown = office.slack.messages[-1]
    assert shown.message.media.name == "pages.csv"
    assert shown.message.media.alt == "The pages and their updates"
    assert shown.path.read_text("utf-8-sig").splitlines()[1] == "Works,2"


def test_same_figures_make_the_same_file(office):
    made = Made("table", "pages.csv", {"rows": ROWS})
    assert make(made, office.vault)[0].digest == make(made, office.vault)[0].digest


CELLS = [
    (None, ""),
    (3, 3),
    (-3, -3),
    ("Works", "Works"),
    ("=1+1", "'=1+1"),
    (" =1+1", "' =1+1"),
    ("+880", "'+880"),
    ("-1", "'-1"),
    ("@sum", "'@sum"),
    ("\tcmd", "'\tcmd"),
    ("\n=1", "'\n=1"),
]


@pytest.mark.parametrize(("value", "expected"), CELLS)
def test_cell_is_never_a_formula(value, expected):
    assert tables.cell(value) == expected


@given(st.lists(st.lists(st.text(st.characters(exclude_characters="\r\0")), min_size=1)))
def test_words_of_a_table_can_be_read_back_and_begin_no_formula(rows):
    text = tables.make({"rows": rows}).decode("utf-8-sig")
    read = list(csv.reader(io.StringIO(text, newline="")))
    assert len([row for row in read if row]) <= len(rows)
    for row in read:
        assert not any(each.lstrip().startswith(("=", "+", "-", "@")) for each in row)


def greet(ctx, here):
    if here.name == "Fisheries":
        raise ValueError("this office cannot be greeted")
    ctx.record("bot", "greeted", f"office:{here.id}", office=here)


def every_office(db):
    return (1, 2, 3)


def test_job_goes_from_office_to_office_and_one_that_fails_stops_no_other(office):
    third = FISHERIES.replace("Fisheries", "Youth").replace("Fish", "Y").replace("fish", "youth")
    third = third.replace("-100200", "-100300").replace("2002", "2003").replace("eti", "ana")
    office.imports(OFFICES + FISHERIES + third)
    office.later(OfficeJob(greet, every_office))
    assert office.record(lambda e: e.action == "greeted") == [("bot", "greeted")] * 4


def test_each_office_of_a_job_is_a_transaction_of_its_own(office):
    office.imports(OFFICES + FISHERIES)
    asked = []

    def note(ctx, here):
        asked.append(here.name)
        ctx.record("bot", "noted", f"office:{here.id}", office=here)

    first, *rest = office.dispatcher.steps(OfficeJob(note, every_office))
    assert asked == []
    first()
    assert office.record(lambda e: e.action == "noted") == [("bot", "noted")]
    for step in rest:
        step()
    assert asked == ["Ministry of Works", "Fisheries"]


def test_listing_the_offices_of_a_job_lets_others_write(office):
    def listing(db):
        found = office_ids(db)
        office.says("bo", "/me")  # written while the list is being read
        return found

    office.later(OfficeJob(greet, listing))
    assert "bo" in office.heard("bo")
    assert set(office.record(lambda e: e.action == "greeted")) == {("bot", "greeted")}


def test_a_list_that_fails_stops_no_other_job(office):
    def listing(db):
        raise ValueError("this list cannot be read")

    office.later(OfficeJob(greet, listing), OfficeJob(greet, office_ids))
    assert set(office.record(lambda e: e.action == "greeted")) == {("bot", "greeted")}


async def test_events_are_stored_while_a_job_reads(office):
    begun, may_end = Event(), Event()

    def read(ctx, here):
        begun.set()
        may_end.wait(20)

    job = OfficeJob(read, office_ids, only_reads=True)
    scheduler = schedule(office.dispatcher, {"read": (timedelta(hours=1), job)})
    scheduler.start()
    try:
        assert await asyncio.to_thread(begun.wait, 20)
        threads = office.dispatcher.threads
        assert await asyncio.wait_for(threads.run(lambda: "stored"), 20) == "stored"
        assert not may_end.is_set()
    finally:
        may_end.set()
        scheduler.shutdown()
