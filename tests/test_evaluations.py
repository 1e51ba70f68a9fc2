"""The quarterly evaluation of each page: made once, signed once, and chased until it is signed."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete
from sqlalchemy.exc import DBAPIError
from sqlmodel import select

from handlers.chat import Button
from handlers.evaluations import make_evaluations
from handlers.signing import chase_signatures
from handlers.words import plain
from storage import evaluations, people
from storage.db import reading, transaction
from storage.models import AuditEntry, Evaluation, Page, PageUpdate, Source
from tests.office import FISHERIES, MODERATORS, OFFICES, TestOffice

LEADERS = """\
      - {name: lee, roles: [lead], slack: U0LEE, deputy: sina}
      - {name: ada, roles: [admin], slack: U0ADA}
"""
WITH_ADMIN = OFFICES.replace("      - {name: lee, roles: [lead, admin], slack: U0LEE}\n", LEADERS)
PAGE = '        url: "https://facebook.example/works"\n'
STARTED = "        started: 2026-07-23\n"
PAGES = """\
      - {name: Works on X, kind: x, url: "https://x.example/works", owner: amina}
      - {name: "<b>Roads</b>", kind: website, url: "https://roads.example", owner: amina}
"""
TITLE = "Evaluation: Works on Facebook, 20 July 2026 to 19 October 2026"
COMMENT = "We post too little in August. *Two* people will be trained."


@pytest.fixture
def ministry(engine):
    office = TestOffice(engine, WITH_ADMIN)
    yield office
    office.close()


def rows(office):
    with transaction(office.engine) as db:
        return list(db.exec(select(Evaluation).order_by(Evaluation.id)).all())


def evaluated(office):
    """Return the message about the evaluation in the moderators' chat, as it stands now."""
    return next(
        each
        for each in office.slack.messages
        if each.chat == MODERATORS and plain(each.message).startswith("Evaluation")
    )


def update(office, *moments, source=Source.SAID):
    with transaction(office.engine) as db:
        page = db.exec(select(Page).where(Page.name == "Works on Facebook")).one()
        for moment in moments:
            at = datetime.fromisoformat(moment).replace(tzinfo=UTC)
            db.add(PageUpdate(page_id=page.id, at=at, source=source))


def test_evaluation_is_made_once_with_its_picture_and_its_files(ministry):
    ministry.later(make_evaluations, days=91)
    assert rows(ministry) == []
    ministry.later(make_evaluations, days=1)
    ministry.restart()
    ministry.later(make_evaluations, hours=1)
    ministry.later(make_evaluations, days=2)

    shown = evaluated(ministry)
    said = plain(shown.message)
    assert said.startswith(TITLE)
    assert len(said.splitlines()) <= 10
    assert said.endswith("This is a draft until the lead signs it, by 3 November 2026.")
    below = [each for each in ministry.slack.messages if each.under == shown.id]
    name = "works-on-facebook-2026-07-20-2026-10-19"
    assert [each.message.media.name for each in below] == [
        f"{name}.png",
        f"{name}.html",
        f"{name}.csv",
    ]
    assert below[0].path.read_bytes().startswith(b"\x89PNG")
    assert "19 Jul 0 (excused: the page was new)" in below[0].message.media.alt
    assert ministry.heard("lee").startswith("Evaluations are ready")
    assert ministry.record(lambda e: e.subject == "evaluation:1") == [("bot", "evaluation made")]


def test_vote_does_not_wait_for_the_figures_of_an_evaluation(ministry):
    ministry.later(days=92)
    ministry.says("amina", "/draft The bridge at Kanchpur is closed on Monday.")
    with reading(ministry.engine) as db:
        work = make_evaluations.function(ministry.dispatcher.context(db), people.office(db, 1))
        ministry.reacts("bo", "👍", ministry.card())
        assert "approved: bo" in ministry.text(ministry.card())
    ministry.later(make_evaluations)  # another replica
    with transaction(ministry.engine) as db:
        work(ministry.dispatcher.context(db), people.office(db, 1))
    ministry.deliver()
    assert len(rows(ministry)) == 1
    assert evaluated(ministry)


@pytest.mark.parametrize("change", ["closed", "started later", "office closed"])
def test_evaluation_that_is_due_no_more_is_not_kept(ministry, change):
    ministry.later(days=92)
    with reading(ministry.engine) as db:
        work = make_evaluations.function(ministry.dispatcher.context(db), people.office(db, 1))
    with transaction(ministry.engine) as db:
        page = db.get_one(Page, 1)
        if change == "closed":
            page.closed_at = ministry.clock
        elif change == "started later":
            page.started_at += timedelta(days=40)
        else:
            people.office(db, 1).active = False
        db.add(page)
    with transaction(ministry.engine) as db:
        work(ministry.dispatcher.context(db), people.office(db, 1))
    assert rows(ministry) == []


def test_figures_of_an_evaluation_are_read_and_nothing_else(ministry):
    with reading(ministry.engine) as db, pytest.raises(DBAPIError):
        db.exec(delete(PageUpdate))
    ministry.later(make_evaluations, days=92)  # the same connection may write again
    assert len(rows(ministry)) == 1


def test_evaluation_counts_its_quarter_and_nothing_else(ministry):
    update(ministry, "2026-07-21T04:00", "2026-08-03T04:00", "2026-08-04T04:00")
    update(ministry, "2026-10-19T17:59", source=Source.FEED)  # 19 October, 23:59 in Dhaka
    update(ministry, "2026-07-19T17:59", "2026-10-19T18:00")
    ministry.later(make_evaluations, days=92)
    (row,) = rows(ministry)
    numbers = evaluations.from_json(row.figures).numbers
    counted = {name: numbers[name] for name in ("updates", "said", "feed", "met", "short")}
    assert counted == {"updates": 4, "said": 3, "feed": 1, "met": 1, "short": 10}
    assert numbers["excused"] == 2  # the week it began in, and its first full one
    assert row.starts_on.isoformat() == "2026-07-20"
    assert row.ends_on.isoformat() == "2026-10-20"


def test_evaluation_waits_until_its_office_is_at_work(engine):
    office = TestOffice(engine, WITH_ADMIN.replace(PAGE, PAGE + STARTED))
    office.later(make_evaluations, days=95)  # Friday, 23 October: the weekend of Bangladesh
    office.later(make_evaluations, days=1)
    assert rows(office) == []
    office.later(make_evaluations, days=1)
    assert plain(evaluated(office).message).startswith(
        "Evaluation: Works on Facebook, 23 July 2026 to 22 October 2026"
    )
    office.close()


def test_pages_of_one_day_share_their_files_and_the_lead_hears_once(engine):
    office = TestOffice(engine, WITH_ADMIN.replace("    directory:", f"{PAGES}    directory:"))
    office.later(make_evaluations, days=92)
    assert len(rows(office)) == 2  # one in each run
    assert office.inbox("lee") == []
    office.later(make_evaluations, minutes=1)
    assert len(rows(office)) == 3
    names = [each.message.media.name for each in office.slack.messages if each.message.media]
    assert len(names) == 5  # three pictures, one page and one table
    html = next(s.path for s in office.slack.messages if s.path and "html" in s.message.media.name)
    text = html.read_text("utf-8")
    assert "&lt;b&gt;Roads&lt;/b&gt;" in text
    assert "<b>Roads" not in text
    assert [said[:9] for said in office.inbox("lee")].count("Evaluatio") == 1
    office.close()


@pytest.mark.parametrize(
    "change", [{"filed": False}, {"active": False}, {"closed_at": datetime(2026, 8, 1, tzinfo=UTC)}]
)
def test_page_that_is_not_live_is_not_evaluated(ministry, change):
    with transaction(ministry.engine) as db:
        page = db.get_one(Page, 1)
        for name, value in change.items():
            setattr(page, name, value)
        db.add(page)
    ministry.later(make_evaluations, days=92)
    assert rows(ministry) == []


def test_first_day_that_is_corrected_leads_to_no_overlap(ministry):
    ministry.later(make_evaluations, days=92)
    with transaction(ministry.engine) as db:
        page = db.get_one(Page, 1)
        page.started_at = datetime(2026, 5, 20, 4, tzinfo=UTC)
        db.add(page)
    ministry.later(make_evaluations, days=61)  # 20 December: over is 20 August to 19 November
    ministry.later(make_evaluations, days=33)
    ministry.later(make_evaluations, days=31)  # 22 February
    days = [(row.starts_on.isoformat(), row.ends_on.isoformat()) for row in rows(ministry)]
    assert days == [("2026-07-20", "2026-10-20"), ("2026-11-20", "2027-02-20")]


# Signing


def test_lead_signs_once_with_a_comment_and_the_message_says_so(ministry):
    ministry.later(make_evaluations, days=92)
    ministry.presses("lee", "Sign", at=evaluated(ministry))
    ministry.fills("lee", comment=COMMENT)

    shown = evaluated(ministry)
    lines = plain(shown.message).splitlines()
    assert lines[-2:] == ["Signed by lee on 20 October 2026:", f"│ {COMMENT}"]
    assert shown.message.buttons == ()
    signed = [s for s in ministry.slack.messages if s.under == shown.id][-2:]
    assert f"<blockquote>{COMMENT}</blockquote>" in signed[0].path.read_text("utf-8")
    assert signed[1].path.read_text("utf-8-sig").count(COMMENT) == 1
    assert ministry.record(lambda e: e.subject == "evaluation:1")[-1] == (
        "lee",
        "evaluation signed",
    )

    ministry.presses_forged("lee", Button("", "sign-evaluation", "1"), on="slack", at=shown)
    assert "lee has signed it already, on 20 October 2026" in ministry.heard("lee")
    assert rows(ministry)[0].comment == COMMENT


def test_figures_stay_as_they_were_made(ministry):
    ministry.later(make_evaluations, days=92)
    update(ministry, "2026-08-03T04:00", "2026-08-04T04:00")
    ministry.later(make_evaluations, days=1)
    ministry.presses("lee", "Sign", at=evaluated(ministry))
    ministry.fills("lee", comment=COMMENT)
    (row,) = rows(ministry)
    assert evaluations.from_json(row.figures).numbers["updates"] == 0
    with transaction(ministry.engine) as db:
        found = db.exec(select(AuditEntry).where(AuditEntry.subject == "evaluation:1")).all()
        assert {entry.detail["digest"] for entry in found} == {evaluations.digest(row)}


@pytest.mark.parametrize("name", ["bo", "sina", "ada"])
def test_nobody_but_the_lead_signs(ministry, name):
    ministry.later(make_evaluations, days=92)
    ministry.presses(name, "Sign", at=evaluated(ministry))
    assert ministry.heard(name) == "Only the lead of Ministry of Works signs its evaluations."
    assert ministry.record(lambda e: e.action == "refused")[-1][0] == name


def test_strangers_and_forged_buttons_learn_nothing(engine):
    office = TestOffice(engine, WITH_ADMIN + FISHERIES)
    office.later(make_evaluations, days=92)
    shown = evaluated(office)
    for value in ("1", "99", "x", "1.1", "-1", "99999999999"):
        for action in ("sign-evaluation", "read-evaluation"):
            office.presses_forged("eti", Button("", action, value), on="telegram", at=shown)
            assert "Works" not in office.heard("eti", on="telegram")
    office.presses_forged("mallory", Button("", "read-evaluation", "1"), on="slack", at=shown)
    assert office.heard("mallory").startswith("I do not know you yet")
    assert all(row.signed_at is None for row in rows(office))
    office.close()


@pytest.mark.parametrize(("comment", "said"), [("", "at least 3"), ("x" * 1001, "at most 1000")])
def test_comment_that_does_not_do_is_given_back(ministry, comment, said):
    ministry.later(make_evaluations, days=92)
    ministry.presses("lee", "Sign", at=evaluated(ministry))
    ministry.fills("lee", comment=comment)
    assert said in ministry.heard("lee")
    assert comment[:600] in ministry.heard("lee")
    assert rows(ministry)[0].signed_at is None


def test_without_a_lead_an_admin_signs(engine):
    office = TestOffice(engine, WITH_ADMIN.replace(LEADERS.splitlines(keepends=True)[0], ""))
    office.later(make_evaluations, days=92)
    office.presses("sina", "Sign", at=evaluated(office))
    assert "has no lead, so an admin" in office.heard("sina")
    office.presses("ada", "Sign")
    office.fills("ada", comment=COMMENT)
    assert "Signed by ada" in plain(evaluated(office).message)
    office.close()


# Chasing


def overdue(office, name):
    return [
        said.splitlines()[0] for said in office.inbox(name) if "overdue" in said or "four" in said
    ]


def test_overdue_evaluation_is_chased_weekly_and_after_four_weeks_with_the_admins(ministry):
    ministry.later(make_evaluations, days=92)
    ministry.later(chase_signatures, days=13)
    assert overdue(ministry, "lee") == []
    ministry.later(chase_signatures, days=1, hours=1)
    ministry.restart()
    ministry.later(chase_signatures, hours=1)
    assert len(overdue(ministry, "lee")) == 1
    for week in range(2, 5):
        ministry.later(chase_signatures, days=7)
        assert len(overdue(ministry, "lee")) == week
    assert overdue(ministry, "ada") == []
    ministry.later(chase_signatures, days=7)
    assert len(overdue(ministry, "ada")) == 1
    assert ministry.inbox("ada")[-1].count("Works on Facebook") == 1

    ministry.presses("lee", "Sign: Works on Facebook")
    ministry.fills("lee", comment=COMMENT)
    ministry.later(chase_signatures, days=7)
    assert (len(overdue(ministry, "lee")), len(overdue(ministry, "ada"))) == (5, 1)


def test_nobody_is_chased_when_the_office_is_closed(ministry):
    ministry.later(make_evaluations, days=92)
    ministry.later(chase_signatures, days=17)  # Friday, 6 November
    assert overdue(ministry, "lee") == []
    ministry.later(chase_signatures, days=2)
    assert len(overdue(ministry, "lee")) == 1


def test_deputy_hears_while_the_lead_is_away_and_reads_but_does_not_sign(ministry):
    ministry.says("lee", "/away 2026-07-21 2026-11-30")
    ministry.later(make_evaluations, days=92)
    assert ministry.heard("sina").startswith("Evaluations are ready")
    asked = ministry.slack.messages[-1]
    assert [button.label for button in asked.message.buttons] == ["Read: Works on Facebook"]
    ministry.presses("sina", "Read", at=asked)
    assert TITLE in "\n".join(ministry.inbox("sina"))
    ministry.later(chase_signatures, days=14, hours=1)
    assert len(overdue(ministry, "sina")) == 1
    assert overdue(ministry, "lee") == []


def test_only_offices_where_a_quarter_may_be_over_are_looked_at(ministry):
    def due(days):
        with transaction(ministry.engine) as db:
            return list(evaluations.offices_due(db, ministry.clock + timedelta(days=days)))

    assert [due(days) for days in (1, 85, 92)] == [[], [], [1]]
    ministry.later(make_evaluations, days=92)
    assert [due(days) for days in (0, 1, 85, 92)] == [[], [], [], [1]]
