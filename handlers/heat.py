"""The picture of the last weeks: a row for each page, and a square for each of its weeks."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Any

from handlers import page_view
from handlers.chat import Made, Message, line
from handlers.context import Context
from policy.cadence import WEEK, Cadence, Stretch, stretches
from policy.freshness import is_new
from storage import pages
from storage.models import Office, Page

WEEKS = 12
ROWS = 15  # of pages: more cannot be read on a phone
TITLE = "Updates in the {weeks} weeks before {first}"
MORE = "Shown: the first {shown} of {all} pages."
ALT = "Heat map of updates in the {weeks} weeks before {first}, one row for each page."
ALT_PAGE = " {number}. {name}: last {stretch} {updates} of {wanted}, short {short} of {all} times."
ALT_REST = " And {count} more."
LONGEST_ALT = 950  # Slack takes a thousand characters
LONGEST_NAME = 60  # in the words
LEGEND = ("none", "some", "enough", "twice as many")
SHORT, EXCUSED = "short", "not counted"
NAME = "weeks.png"

Row = dict[str, Any]


def picture(
    ctx: Context, office: Office, week: Stretch, found: Sequence[tuple[int, Page]]
) -> Message | None:
    """Draw the last weeks of some pages, with their numbers; nothing if there was none yet."""
    rows = [row(ctx, office, week, *each) for each in found[:ROWS]]
    if not any(each["cells"] for each in rows):
        return None
    fields = {"weeks": WEEKS, "first": f"{week.first:%-d %B %Y}"}
    firsts = [week.first - number * WEEK for number in range(WEEKS, 0, -1)]
    figures = {
        "title": TITLE.format(**fields),
        "columns": [f"{day:%-d %b}" for day in firsts],
        "rows": rows,
        "legend": [*LEGEND, SHORT, EXCUSED],
    }
    said = [line(TITLE, **fields)]
    if len(found) > ROWS:
        said.append(line(MORE, shown=ROWS, all=len(found)))
    return Message(tuple(said), made=Made("heatmap", NAME, figures, in_words(rows, fields)))


def row(ctx: Context, office: Office, week: Stretch, number: int, page: Page) -> Row:
    """Write the row of a page: its weeks that have ended, by their place among the columns."""
    last = page_view.week(page, office, ctx.now).previous()
    since = week.start - WEEKS * WEEK
    ended = takewhile(lambda each: each.end > page.started_at, stretches(last, since))
    weeks = [*ended][::-1]
    counts = pages.count_in(ctx.db, page, [(each.start, each.end) for each in weeks])
    short = pages.short_weeks(ctx.db, page, since)
    cells: list[Row] = [
        {
            "from": max(0.0, _column(each.start, week, page.cadence)),
            "to": _column(each.end, week, page.cadence),
            "updates": updates,
            "level": level(updates, page.updates),
            "state": state(updates, page, each, short),
        }
        for each, updates in zip(weeks, counts, strict=True)
    ]
    stretch = page_view.STRETCHES[page.cadence]
    return {
        "number": number,
        "name": page.name,
        "wanted": page.updates,
        "stretch": stretch,
        "cells": [each for each in cells if each["to"] > each["from"]],
    }


def _column(moment: datetime, week: Stretch, cadence: Cadence) -> float:
    """Say where among the columns a moment lies: weeks of other days fill the nearest."""
    column = WEEKS - (week.start - moment) / timedelta(days=7)
    return float(column if cadence is Cadence.MONTH else round(column))


def level(updates: int, wanted: int) -> int:
    """Say how full a week was: 0 nothing, 1 something, 2 enough, 3 twice as much or more."""
    if not updates:
        return 0
    return 1 if updates < wanted else 3 if updates >= 2 * wanted else 2


def state(updates: int, page: Page, week: Stretch, short: set[str]) -> str:
    """Say what is to be marked about a week, in the words of the legend."""
    if week.key in short:
        return SHORT
    is_excused = updates < page.updates or is_new(week, page.started_at)
    return EXCUSED if is_excused else ""


def in_words(rows: Sequence[Row], fields: dict[str, Any]) -> str:
    """Say what the picture shows."""
    said = ALT.format(**fields)
    for number, each in enumerate(rows):
        cells = each["cells"]
        words = ALT_PAGE.format(
            number=each["number"],
            name=each["name"][:LONGEST_NAME],
            stretch=each["stretch"],
            updates=cells[-1]["updates"] if cells else 0,
            wanted=each["wanted"],
            short=sum(cell["state"] == SHORT for cell in cells),
            all=len(cells),
        )
        if len(said) + len(words) > LONGEST_ALT:
            return said + ALT_REST.format(count=len(rows) - number)
        said += words
    return said
