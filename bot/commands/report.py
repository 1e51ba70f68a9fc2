"""`countersign report`: what the record says of offices and pages, as text or as files.

Exit codes: 0 written; 1 no office had a live page in these days, so there is nothing to say;
2 wrong usage, or a mistake in a setting.
"""

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Engine
from sqlmodel import Session

from bot.commands.database import plainly, up_to_date
from bot.commands.mistakes import Mistake, or_mistake
from bot.dispatcher import utc_now
from bot.making import paper, tables
from handlers.chat import Message
from handlers.report_tables import rows
from handlers.report_view import file_name, lines
from handlers.words import plain
from policy import spans
from policy.calendar import day_of
from policy.reports import Report
from storage import evaluation, evaluations, pages, people
from storage.db import transaction
from storage.models import Office, Page

NOTHING = "No office has a page that was in use in these days."
NO_OFFICE = "--office: there is no office called “{name}”. There are: {known}."
NO_OFFICES = "There is no office yet: run `countersign import` first."
NO_PAGE = "--page: there is no page called “{name}”. There are: {known}."
SEVERAL = "--page: several offices have a page called “{name}”. Name one with --office."
NO_FORM = "--format: “{name}” is none of these: {known}."
NOT_OUT = "--out: {folder} cannot be written to ({reason})."
PERIOD = "--period: {why}"
MOST_NAMES = 20
T = TypeVar("T", Office, Page)
FINE, EMPTY = 0, 1


class Form(StrEnum):
    """What a report is written as."""

    TEXT = "text"
    HTML = "html"
    CSV = "csv"
    JSON = "json"


def _text(reports: Sequence[Report]) -> bytes:
    said = [plain(Message(tuple(lines(each, len(each.gaps))))) for each in reports]
    return ("\n\n".join(said) + "\n").encode("utf-8", "replace")


def _json(reports: Sequence[Report]) -> bytes:
    values = [evaluations.to_json(each) for each in reports]
    return (json.dumps(values, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace")


def _html(reports: Sequence[Report]) -> bytes:
    return paper.make({"reports": [evaluations.to_json(each) for each in reports]})


def _csv(reports: Sequence[Report]) -> bytes:
    return tables.make({"rows": rows(*reports)})


WRITERS: Mapping[Form, Callable[[Sequence[Report]], bytes]] = {
    Form.TEXT: _text,
    Form.HTML: _html,
    Form.CSV: _csv,
    Form.JSON: _json,
}
ENDINGS = {Form.TEXT: "txt"}  # where it is not the name of the form


@plainly
def report(office: str, page: str, period: str, form: str, out: Path | None) -> int:
    """Write the report of each office, or of one, or of one page."""
    wanted = _form(form)
    with closing_engine() as engine, transaction(engine) as db:
        found = [_report(db, *each, period) for each in _subjects(db, office, page)]
    reports = [each for each in found if each.pages]
    if not reports:
        sys.stderr.write(f"{NOTHING}\n")
        return EMPTY
    if out is None:
        sys.stdout.buffer.write(WRITERS[wanted](reports))
        sys.stdout.buffer.flush()
        return FINE
    for path in _written(reports, wanted, out):
        sys.stdout.write(f"{path}\n")
    return FINE


@contextmanager
def closing_engine() -> Iterator[Engine]:
    """Open the database for one report, and let go of it."""
    engine = up_to_date()
    try:
        yield engine
    finally:
        engine.dispose()


def _form(name: str) -> Form:
    try:
        return Form(name.strip().lower())
    except ValueError:
        raise Mistake(NO_FORM.format(name=name, known=", ".join(Form))) from None


def _subjects(db: Session, office: str, page: str) -> list[tuple[Office, Page | None]]:
    """Find what is to be reported on. Raises `Mistake` that names what there is."""
    offices = list(people.offices(db))
    if not offices:
        raise Mistake(NO_OFFICES)
    if office:
        offices = _called(offices, office, NO_OFFICE)
    if not page:
        return [(each, None) for each in offices]
    known = [(each, one) for each in offices for one in pages.all_of(db, each)]
    named = {one.id: (each, one) for each, one in known}
    found = _called([one for _, one in known], page, NO_PAGE)
    if len(found) > 1:
        raise Mistake(SEVERAL.format(name=page))
    return [named[found[0].id]]


def _called(among: Sequence[T], name: str, text: str) -> list[T]:
    found = [each for each in among if each.name.casefold() == name.strip().casefold()]
    if not found:
        names = [each.name for each in among]
        more = ["..."] if len(names) > MOST_NAMES else []
        raise Mistake(text.format(name=name, known=", ".join(names[:MOST_NAMES] + more)))
    return found


def _report(db: Session, office: Office, page: Page | None, period: str) -> Report:
    now = utc_now()
    zone = (page.timezone if page else "") or office.timezone

    def read() -> spans.Span:
        try:
            return spans.read(period, day_of(now, zone), zone)
        except ValueError as error:
            raise ValueError(PERIOD.format(why=error)) from None

    span = or_mistake(read)
    return evaluation.report(db, office, span, now, page=page, before=span.previous())


def _written(reports: Sequence[Report], form: Form, out: Path) -> Iterator[Path]:
    """Write a file for each report, under a name that no other of them has."""
    taken: set[str] = set()
    try:
        out.mkdir(parents=True, exist_ok=True)
        for number, each in enumerate(reports, start=1):
            name = file_name(each)
            name = f"{name}-{number}" if name in taken else name
            taken.add(name)
            path = out / f"{name}.{ENDINGS.get(form, form.value)}"
            path.write_bytes(WRITERS[form]([each]))
            yield path
    except OSError as error:
        raise Mistake(NOT_OUT.format(folder=out, reason=error.strerror)) from None
