"""The weekly message of an office: who gets one, what it offers, and its picture."""

import struct
from datetime import UTC, datetime, timedelta

import pytest

from bot.making import heatmap, make
from handlers import heat
from handlers.chat import Made
from handlers.freshness import keep_pages_fresh
from handlers.weekly import send_weekly_messages
from storage.db import transaction
from storage.models import Page
from tests.office import FISHERIES, OFFICES, TestOffice

SUNDAY = datetime(2026, 7, 26, 3, tzinfo=UTC)  # 9:00 in Dhaka


@pytest.fixture
def short(engine):
    """An office on the Sunday after its page was short for the first time."""
    office = TestOffice(engine)
    office.later(keep_pages_fresh)
    office.clock = SUNDAY + timedelta(weeks=2)
    office.later(keep_pages_fresh, send_weekly_messages)
    yield office
    office.close()


def change(office: TestOffice, **values: object) -> None:
    """Change the page as one of the features would."""
    with transaction(office.engine) as db:
        page = db.get_one(Page, 1)
        for name, value in values.items():
            setattr(page, name, value)
        db.add(page)


def weekly(office: TestOffice) -> list[str]:
    """Return the weekly messages, without their pictures."""
    return [said for said in office.chat() if "your pages" in said]


def test_message_of_words_has_the_buttons_and_the_picture_follows_with_its_words(short):
    words, picture = short.slack.messages[-2:]
    assert (
        "🔴 1. Works on Facebook (Facebook): 0 of 2 updates last week, too few" in short.chat()[-2]
    )
    assert [(b.action, b.value) for b in words.message.buttons] == [
        ("updated", "1"),
        ("page-pause", "1"),
        ("go", "draft"),
    ]
    assert picture.message.media.kind == "image"
    assert "1. Works on Facebook: last week 0 of 2, short 1 of 3 times" in picture.message.media.alt
    width, height = struct.unpack(">II", picture.path.read_bytes()[16:24])
    assert (width, height) == (800, 242)


def test_buttons_log_an_update_and_open_the_form_of_a_draft(short):
    words = short.slack.messages[-2]
    short.presses("amina", "Updated: Works on Facebook", at=words)
    assert "1 of 2 this week" in short.heard("amina")
    short.presses("amina", "Start a draft", at=words)
    assert short.slack.waiting


def test_pages_that_are_fine_have_no_buttons(office):
    office.clock = SUNDAY + timedelta(weeks=2)
    for _ in range(2):
        office.says("amina", "/page updated")
    office.clock += timedelta(weeks=1)
    office.later(send_weekly_messages)
    assert "🟢 1. Works on Facebook (Facebook): 2 of 2" in weekly(office)[-1]
    assert not office.slack.messages[-2].message.buttons


def test_office_has_no_message_while_no_page_counts(office):
    for values in (
        {"paused_from": office.clock, "paused_until": SUNDAY + timedelta(weeks=1)},
        {"paused_until": None, "closed_at": office.clock},
        {"closed_at": None, "filed": False},
    ):
        change(office, **values)
        office.clock = max(office.clock + timedelta(weeks=1), SUNDAY)
        office.later(send_weekly_messages)
    assert weekly(office) == []
    change(office, confirmed_at=office.clock)
    office.later(send_weekly_messages, weeks=1)
    assert len(weekly(office)) == 1


def test_buttons_are_left_out_while_the_office_is_locked_down(short):
    short.says("lee", "/lockdown The minister has died; we are in mourning.")
    short.later(keep_pages_fresh, send_weekly_messages, weeks=1)
    message = next(m for m in reversed(short.slack.messages) if "your pages" in short.text(m))
    assert not message.message.buttons


def test_days_off_that_are_added_meanwhile_move_the_message(office):
    office.later(send_weekly_messages)
    office.says("lee", "/office days add 2026-07-26")
    office.clock = SUNDAY
    office.later(send_weekly_messages)
    assert weekly(office) == []
    office.later(send_weekly_messages, hours=24)
    assert len(weekly(office)) == 1


def test_each_office_is_told_of_its_own_pages_where_it_meets(engine):
    office = TestOffice(engine, OFFICES + FISHERIES)
    office.later(keep_pages_fresh)
    office.clock = SUNDAY + timedelta(weeks=2, days=2)  # Monday is a holiday in Samoa
    office.later(keep_pages_fresh, send_weekly_messages)
    assert "Fish" not in weekly(office)[-1]
    assert "Fish (Website)" in "".join(office.chat(on="telegram", id="-100200"))
    office.close()


CELLS = [(0, 2, 0), (1, 2, 1), (2, 2, 2), (3, 2, 2), (4, 2, 3), (1, 1, 2), (2, 1, 3), (0, 0, 0)]


@pytest.mark.parametrize(("updates", "wanted", "level"), CELLS)
def test_shade_says_how_much_of_what_is_wanted_was_there(updates, wanted, level):
    assert heat.level(updates, wanted) == level


def figures(count: int) -> dict[str, object]:
    cell = {"from": 0.0, "to": 4.3, "updates": 140, "level": 3, "state": "short"}
    names = ("Works", "$x^2$ <b>&", "তথ্য মন্ত্রণালয়", "=1+1\n\\frac{")
    rows = [
        {"number": n + 1, "name": names[n % 4], "wanted": 2, "stretch": "month", "cells": [cell]}
        for n in range(count)
    ]
    return {
        "title": "Weeks",
        "columns": ["1 Jun"] * 12,
        "rows": rows,
        "legend": [*"abcd", "s", "n"],
    }


def test_names_are_drawn_as_they_are_and_those_in_other_letters_are_left_to_the_words(office):
    made = Made("heatmap", "weeks.png", figures(4))
    assert make(made, office.vault)[0].digest == make(made, office.vault)[0].digest
    assert heatmap._label(3, "তথ্য মন্ত্রণালয়") == "3."
    assert heatmap._label(12, "A very long name of a page") == "12. A very long nam…"


def test_alternative_text_fits_however_many_pages_there_are():
    rows = [{**row, "name": "x" * 90} for row in figures(15)["rows"]]
    said = heat.in_words(rows, {"weeks": 12, "first": "26 July 2026"})
    assert len(said) < 1000
    assert "1. " in said
    assert said.endswith("more.")
