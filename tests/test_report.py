"""Reports of any days, in the chat and as files; and the trainings that they count."""

import csv
import html.parser
import io
import json
from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import select

from bot.making import chart, paper, tables
from handlers import training
from handlers.chat import Message
from handlers.report_files import files
from handlers.report_view import file_name, lines, picture
from handlers.words import plain
from policy.cadence import Cadence
from policy.measures import MEASURES, Gap
from policy.reports import (
    Candidate,
    Class,
    NotCovered,
    PageCount,
    Reason,
    Report,
    RuleLine,
    Signature,
    Standing,
    StretchCount,
)
from storage import evaluations
from storage.db import transaction
from storage.models import Appeal, Nomination, NominationKind, Training
from tests.office import FISHERIES, OFFICES, TestOffice

HOSTILE = '=HYPERLINK("http://evil.example")<script>alert(1)</script>&"\'$x$ \u202etxt'
BANGLA = "সড়ক ও সেতু"
TEXT = "The bridge at Kanchpur is closed on Monday."


def names(office, user="U0LEE"):
    shown = [each for each in office.slack.messages if user in (each.chat, each.to)]
    return [each.message.media.name for each in shown if each.message.media]


@pytest.mark.parametrize(
    ("asked", "heading"),
    [
        ("", "Report: Ministry of Works, 21 April 2026 to 20 July 2026"),
        ("last quarter", "Report: Ministry of Works, 1 April 2026 to 30 June 2026"),
        ("2026-07-01 2026-07-20", "Report: Ministry of Works, 1 July 2026 to 20 July 2026"),
        ("works on  Facebook this month", "Report: Works on Facebook, 1 July 2026 to 31 July 2026"),
        ("Ministry of Works 2026-07", "Report: Ministry of Works, 1 July 2026 to 31 July 2026"),
        ("ministry of works Works on Facebook", "Report: Works on Facebook, 21 April 2026"),
    ],
)
def test_report_is_for_any_days_of_an_office_or_a_page(office, asked, heading):
    office.says("lee", f"/report {asked}")
    first = next(said for said in office.inbox("lee") if said.startswith("Report"))
    assert first.startswith(heading)
    kinds = [name.rpartition(".")[2] for name in names(office)]
    assert kinds == ["png", "html", "csv"]
    assert office.record(lambda e: e.action == "report asked for") == [("lee", "report asked for")]


@pytest.mark.parametrize("asked", ["soon", "2026-08-01 2026-08-02", "Nowhere last quarter"])
def test_days_that_are_none_are_refused_with_what_to_write(office, asked):
    office.says("bo", f"/report {asked}")
    assert "like these: last quarter" in office.heard("bo") or "still to come" in office.heard("bo")
    assert names(office, "U0BO") == []


def test_authors_get_no_reports(office):
    office.says("amina", "/report")
    assert "“report” takes the role moderator, senior, lead or admin" in office.heard("amina")


def test_who_works_in_several_offices_says_which(engine):
    office = TestOffice(engine, OFFICES + FISHERIES)
    office.says("bo", "/report")
    assert "Name the one you mean: /report Fisheries" in office.heard("bo")
    office.says("bo", "/report Fisheries last month")
    assert office.inbox("bo")[-4].startswith("Report: Fisheries, 1 June 2026")
    office.says("bo", "/report", chat="C0MODS")
    assert "Report: Ministry of Works" in "\n".join(office.inbox("bo"))
    office.says("eti", "/report Works on Facebook", on="telegram")
    assert "I do not understand" in office.heard("eti", on="telegram")
    office.close()


def test_yearly_report_has_a_shortlist_without_open_incidents(office):
    for number in (1, 2):
        office.says("amina", f"/draft {TEXT} {number}")
        for name in ("bo", "chen"):
            office.presses(name, "Approve", at=office.card(number))
    with transaction(office.engine) as db:
        about = {"office_id": 1, "page_id": 1, "at": office.clock}
        for draft, by in ((1, 2), (1, 3), (2, 2)):
            kind = NominationKind.POST
            db.add(Nomination(**about, kind=kind, draft_id=draft, by_id=by, reason="It is plain."))
        kind = NominationKind.PAGE
        db.add(Nomination(**about, kind=kind, by_id=2, reason="It is read."))
        at = office.clock
        db.add(Appeal(draft_id=2, revision=1, person_id=1, reason="No.", made_at=at))
    office.says("lee", "/report yearly")
    said = next(each for each in office.inbox("lee") if each.startswith("Report"))
    assert "Best post: Draft 1, Works on Facebook (2)" in said
    assert "Left out for now: Draft 2, Works on Facebook: an appeal is open" in said
    assert "Best comment: nothing was nominated" in said
    assert "Best page: Works on Facebook (1)" in said
    office.says("lee", "/report this month")
    assert "Best post" not in office.inbox("lee")[-4]


# The files


def full():
    """Return a report with something of everything, and with words that mean harm."""
    week = (StretchCount(f"2026-W{n}", date(2026, 7, 20), n % 4, 2, standing)
            for n, standing in zip(range(30, 37), [*Standing], strict=False))  # fmt: skip
    numbers = {each.name: float(place) for place, each in enumerate(MEASURES)}
    updates = {"published": 1, "said": 2, "feed": 3}
    return Report(
        office=HOSTILE, page=HOSTILE, first=date(2026, 7, 1), last=date(2026, 9, 30),
        timezone="Asia/Dhaka", made_on=date(2026, 10, 1), numbers=numbers, before=numbers,
        before_first=date(2026, 4, 1), before_last=date(2026, 6, 30),
        pages=(PageCount(HOSTILE, "x", Cadence.WEEK, 2, updates, tuple(week)),),
        reasons=(Reason(HOSTILE, 2),), change_reasons=(Reason(HOSTILE, 1),),
        rules=(RuleLine(HOSTILE, 4, 3, 2, 1),),
        gaps=(NotCovered(Gap.NO_FEED, {"page": HOSTILE}), NotCovered(Gap.REACH)),
        shortlist=(Class("post", (Candidate(HOSTILE, HOSTILE, 2, (HOSTILE,)),), (HOSTILE,)),),
        is_evaluation=True, signature=Signature(HOSTILE, date(2026, 10, 2), HOSTILE),
    )  # fmt: skip


class Reader(html.parser.HTMLParser):
    """Notes every tag with its attributes."""

    def __init__(self):
        super().__init__()
        self.tags, self.open = [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "br", "line", "rect"):
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def read(*reports):
    text = paper.make({"reports": [evaluations.to_json(each) for each in reports]}).decode()
    reader = Reader()
    reader.feed(text)
    assert reader.open == []
    return text, reader.tags


def test_page_of_a_report_holds_nothing_from_elsewhere_and_runs_nothing():
    text, tags = read(full(), full())
    names = {tag for tag, _ in tags}
    assert not names & {"script", "link", "img", "iframe", "object", "form", "a", "base"}
    assert tags[0] == ("html", {"lang": "en"})
    attributes = {name for _, attrs in tags for name in attrs}
    assert not [name for name in attributes if name.startswith("on") or name in ("src", "href")]
    assert "<script>alert" not in text
    assert text.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 20
    assert [tag for tag, _ in tags].count("caption") == [tag for tag, _ in tags].count("table")
    assert "url(http" not in text.replace(" ", "")
    assert "@import" not in text
    drawings = [attrs for tag, attrs in tags if tag == "svg"]
    assert len(drawings) == 2
    assert all(each["role"] == "img" for each in drawings)
    assert all("20 Jul 3 (too few)" in each["aria-label"] for each in drawings)


def test_page_says_every_number_of_the_report_and_how_it_is_counted():
    text, _ = read(full())
    for each in MEASURES:
        assert f"<dt>{each.label}</dt>" in text
        assert f">{each.label}</th>" in text


def test_page_speaks_of_one_update_where_one_is_wanted_and_of_weeks_by_their_first_day():
    text, _ = read(full())
    assert "2 updates wanted each week" in text
    assert "2026-W30" not in text
    one = replace(full(), pages=(replace(full().pages[0], wanted=1),))
    assert "1 update wanted each week" in read(one)[0]


def test_table_is_safe_in_a_spreadsheet_and_whole():
    report = full()
    _, table = files(report)
    written = io.StringIO()
    written.write(tables.make(table.figures).decode("utf-8-sig"))
    rows = list(csv.reader(io.StringIO(written.getvalue(), newline="")))
    assert len({len(row) for row in rows}) == 1
    assert not [cell for row in rows for cell in row if cell.startswith("=")]
    figures = {row[3]: row[4] for row in rows if row[1] == "figures"}
    assert figures == {each.name: str(int(report.numbers[each.name])) for each in MEASURES}


def test_picture_is_the_same_each_time_and_of_a_phones_size():
    figures = evaluations.to_json(full())
    first = chart.make(figures)
    assert first == chart.make(json.loads(json.dumps(figures)))
    assert first.startswith(b"\x89PNG")
    assert int.from_bytes(first[16:20]) == 800


@pytest.mark.parametrize("name", [BANGLA, "a$b$c_{", "<b>", "x" * 300])
@pytest.mark.parametrize("count", [0, 1, 3])
def test_picture_is_drawn_whatever_pages_are_called(name, count):
    page = PageCount(name, "x", Cadence.MONTH, 1, {"published": 0, "said": 0, "feed": 0})
    numbers = {each.name: None for each in MEASURES}
    report = Report(name, "", date(2026, 7, 1), date(2026, 7, 1), "UTC", date(2026, 7, 2), numbers,
                    pages=(page,) * count)  # fmt: skip
    assert chart.make(evaluations.to_json(report)).startswith(b"\x89PNG")
    assert name in picture(report).alt or not count
    assert plain(Message(tuple(lines(report)))).startswith("Report")
    assert read(report)[0]


def test_names_of_files_are_harmless():
    assert file_name(full()).startswith("hyperlink-http-evil-example-script-alert-1")
    assert "/" not in file_name(full())
    assert len(file_name(full())) < 100


# Trainings


def test_training_is_noted_counted_and_taken_back(office):
    office.says("lee", "/training Amina plain language 2026-07-01")
    said = "Noted for Ministry of Works: amina, plain language, 2026-07-01."
    assert office.heard("lee") == said
    office.says("lee", "/training amina plain language 2026-07-01")
    assert "noted already" in office.heard("lee")
    office.says("lee", "/training")
    assert "2026-07-01: amina, plain language" in office.heard("lee")
    button = next(s for s in office.slack.messages if "Noted" in plain(s.message))
    office.presses("bo", "Not so", at=button)
    assert office.heard("bo") == "That is not noted any more."
    office.presses("lee", "Not so", at=button)
    office.presses("lee", "Not so", at=button)
    assert office.inbox("lee")[-2:] == [
        "Taken back: amina, plain language, 2026-07-01.",
        "That is not noted any more.",
    ]
    with transaction(office.engine) as db:
        assert db.exec(select(Training)).all() == []
    noted = office.record(lambda e: e.action.startswith("training"))
    assert noted == [("lee", "training noted"), ("lee", "training taken back")]


@pytest.mark.parametrize(
    ("said", "day"), [("yesterday", "2026-07-19"), ("Today", "2026-07-20"), ("", "2026-07-20")]
)
def test_day_of_a_training_may_be_a_word(office, said, day):
    office.says("lee", f"/training amina plain language {said}")
    assert office.heard("lee") == f"Noted for Ministry of Works: amina, plain language, {day}."


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("mallory plain language", "I know nobody"),
        ("amina", "Say what amina was trained in"),
        ("amina 2026-07-01", "Say what amina was trained in"),
        ("amina plain language 2026-02-30", "is no day"),
        ("amina plain language 2026-07-21", "still to come"),
        (f"amina {'x' * 121}", "at most 120"),
    ],
)
def test_training_that_makes_no_sense_is_refused(office, asked, said):
    office.says("lee", f"/training {asked}")
    assert said in office.heard("lee")
    with transaction(office.engine) as db:
        assert db.exec(select(Training)).all() == []


def test_only_those_who_lead_note_trainings(office):
    office.says("bo", "/training amina plain language")
    assert "“training” takes the role lead or admin" in office.heard("bo")


def test_long_words_about_a_training_are_not_looked_through_again_and_again(office, monkeypatch):
    looked = []
    monkeypatch.setattr(training, "found", lambda name, _: looked.append(name) or [])
    office.says("lee", f"/training {'b ' * 2000}")
    assert "I know nobody" in office.heard("lee")
    assert looked == ["b"]
