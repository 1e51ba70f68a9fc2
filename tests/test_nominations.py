"""Recognition: anybody but the maker nominates, once each; open incidents keep posts out."""

from datetime import timedelta

import pytest
from sqlmodel import select

from policy.workflow import State
from storage import nominations, pages
from storage.db import transaction
from storage.models import (
    Appeal,
    AppealOutcome,
    Draft,
    Nomination,
    NominationKind,
    Office,
    PageUpdate,
    Source,
)
from tests.office import FISHERIES, OFFICES, TestOffice

LINK = "https://facebook.example/works/posts/1"
COMMENT = "https://facebook.example/works/posts/1?comment=5"
WHY = "It *says* in three lines <b>what</b> to do."
PEOPLE = [("bo", "slack"), ("dara", "telegram")]


@pytest.fixture
def posted(office):
    """An office that has posted amina's draft 1."""
    office.says("amina", "/draft The road is closed on Monday.")
    office.reacts("bo", "👍", office.card())
    office.reacts("chen", "👍", office.card())
    office.presses("amina", "Mark as posted")
    office.fills("amina", link=LINK)
    return office


def kept(office: TestOffice) -> list[Nomination]:
    with transaction(office.engine) as db:
        found = db.exec(select(Nomination).order_by(Nomination.id)).all()
        db.expunge_all()
        return list(found)


def shortlist(office: TestOffice, year: int = 2026) -> nominations.Shortlist:
    with transaction(office.engine) as db:
        return nominations.shortlist(db, db.exec(select(Office)).one(), year)


@pytest.mark.parametrize(
    ("name", "on", "what"),
    [
        ("bo", "slack", "1"),
        ("dara", "telegram", "post #1"),
        ("bo", "slack", f"post {LINK}#top"),
        ("dara", "telegram", f"{LINK}/"),
    ],
)
def test_post_is_nominated_by_its_number_or_link(posted, name, on, what):
    posted.says(name, f"/nominate {what} {WHY}", on=on)
    assert "Draft 1 (Works on Facebook) is nominated" in posted.heard(name, on=on)
    (row,) = kept(posted)
    assert (row.kind, row.draft_id, row.page_id, row.reason) == (NominationKind.POST, 1, 1, WHY)
    assert posted.record(lambda e: e.subject == "nomination:1") == [(name, "nominated")]
    posted.again()
    assert len(kept(posted)) == 1


@pytest.mark.parametrize(("name", "on"), PEOPLE)
def test_comment_and_page_are_nominated(posted, name, on):
    posted.says(name, f"/nominate comment {COMMENT} {WHY}", on=on)
    posted.says(name, f"/nominate page works on facebook: {WHY}", on=on)
    comment, page = kept(posted)
    assert (comment.kind, comment.link) == (NominationKind.COMMENT, COMMENT)
    assert (page.kind, page.page_id, page.reason) == (NominationKind.PAGE, 1, WHY)


def test_what_is_missing_is_asked_for_on_slack(posted):
    posted.says("bo", "/nominate")
    posted.fills("bo", what=COMMENT, reason=WHY)
    posted.fills("bo", kind="comment")
    assert kept(posted)[0].kind is NominationKind.COMMENT
    posted.says("bo", "/nominate 1")
    posted.fills("bo", reason=WHY)
    assert kept(posted)[1].draft_id == 1


def test_what_is_missing_is_asked_for_on_telegram_across_a_restart(posted):
    posted.says("dara", "/nominate", on="telegram")
    posted.writes("dara", COMMENT)
    posted.restart()
    posted.writes("dara", WHY)
    posted.presses("dara", "A comment", on="telegram")
    assert (kept(posted)[0].kind, kept(posted)[0].reason) == (NominationKind.COMMENT, WHY)


REFUSED = [
    ("amina", f"1 {WHY}", "That post is yours"),
    ("amina", f"{LINK} {WHY}", "That post is yours"),
    ("amina", f"page Works on Facebook {WHY}", "You look after Works on Facebook yourself"),
    ("bo", "1 good", "10 to 1000 characters; this one has 4"),
    ("bo", f"2 {WHY}", "I know no posted draft 2"),
    ("bo", f"Sunshine {WHY}", "I do not see what you nominate"),
    ("bo", f"page Sunshine {WHY}", "I do not see what you nominate"),
    ("bo", f"ftp://works.example {WHY}", "is not a link"),
    ("mallory", f"1 {WHY}", "I do not know you yet"),
]


def test_what_cannot_be_nominated_is_refused_with_the_reason(posted):
    for name, said, heard in REFUSED:
        posted.says(name, f"/nominate {said}")
        assert heard in posted.heard(name)
    assert kept(posted) == []


def test_draft_that_is_not_posted_cannot_be_nominated(office):
    office.says("amina", "/draft The road is closed on Monday.")
    office.says("bo", f"/nominate 1 {WHY}")
    assert "What was not posted cannot be nominated" in office.heard("bo")


def test_nobody_nominates_a_post_of_theirs_that_the_bot_only_heard_of(office):
    link = "https://facebook.example/works/posts/8"
    office.says("bo", f"/page updated {link}")
    office.says("bo", f"/nominate post {link} {WHY}")
    assert "That post is yours" in office.heard("bo")
    office.says("chen", f"/nominate post {link} {WHY}")
    assert [row.by_id for row in kept(office)] == [3]


def test_same_person_nominates_the_same_thing_once_a_year_and_may_take_it_back(posted):
    posted.says("chen", f"/nominate 1 {WHY}")
    posted.says("chen", f"/nominate {LINK}?  {WHY}", on="telegram")
    assert "You have nominated that already this year" in posted.heard("chen", on="telegram")
    posted.says("bo", f"/nominate 1 {WHY}")
    assert shortlist(posted).posts[0].nominators == 2
    posted.says("chen", "/nominations")
    posted.presses("chen", "Take back: draft 1")
    assert "is taken back" in posted.heard("chen")
    assert [row.by_id for row in kept(posted)] == [2]
    posted.presses("chen", "Take back: draft 1")
    assert "There is no nomination 1 of yours" in posted.heard("chen")
    button = posted.slack.messages[-1]
    posted.says("bo", "/nominations")
    posted.presses("chen", "Take back", at=posted.slack.messages[-1])
    assert "There is no nomination 2 of yours" in posted.heard("chen")
    assert button.to == "U0CHEN"
    posted.says("chen", f"/nominate 1 {WHY}")
    assert len(kept(posted)) == 2
    posted.later(days=200)
    posted.says("bo", f"/nominate 1 {WHY}")
    assert len(kept(posted)) == 3


def test_list_shows_three_classes_with_how_many_people(posted):
    posted.says("chen", f"/nominate 1 {WHY}")
    posted.says("lee", f"/nominate 1 {WHY}")
    posted.says("chen", f"/nominate comment {COMMENT} {WHY}")
    posted.says("lee", f"/nominate page Works on Facebook {WHY}")
    for name, on in PEOPLE:
        posted.says(name, "/nominations", on=on)
        assert posted.heard(name, on=on).splitlines() == [
            "Ministry of Works: nominations 2026",
            "Posts",
            f"2 × draft 1 (Works on Facebook): “{WHY}”",
            "Comments",
            f"1 × comment {COMMENT}: “{WHY}”",
            "Pages",
            f"1 × page Works on Facebook: “{WHY}”",
        ]


def test_pages_of_two_offices_with_one_name_are_told_apart_by_their_links(engine):
    twin = FISHERIES.replace("name: Fish,", "name: Works on Facebook,")
    office = TestOffice(engine, OFFICES + twin)
    office.says("bo", f"/nominate page Works on Facebook {WHY}")
    assert "Several pages are called Works on Facebook" in office.heard("bo")
    office.says("bo", f"/nominate https://fish.example {WHY}")
    assert [row.office_id for row in kept(office)] == [2]
    office.close()


def test_empty_list_says_so(office):
    office.says("bo", "/nominations")
    assert "Nobody has nominated anything this year in Ministry of Works" in office.heard("bo")


def unreviewed(db):
    db.get_one(Draft, 1).is_unreviewed = True


def retracted(db):
    db.get_one(Draft, 1).state = State.RETRACTED


def appealed(db):
    appeal = Appeal(draft_id=1, revision=1, person_id=1, reason="x", made_at=kept_at(db))
    db.add(appeal)


def kept_at(db):
    return db.get_one(Draft, 1).created_at


INCIDENTS = [
    (unreviewed, nominations.UNREVIEWED),
    (appealed, nominations.APPEAL),
    (retracted, nominations.RETRACTED),
]


def test_post_with_open_incidents_is_not_on_the_shortlist(posted):
    posted.says("bo", f"/nominate 1 {WHY}")
    for incident, why in INCIDENTS:
        with transaction(posted.engine) as db:
            incident(db)
        found = shortlist(posted)
        assert found.posts == ()
        assert why in found.excluded[0].incidents
    posted.says("chen", "/nominations")
    every = ", ".join((nominations.APPEAL, nominations.UNREVIEWED, nominations.RETRACTED))
    assert f"1 × draft 1 (Works on Facebook): {every}" in posted.heard("chen")


def test_settled_incident_brings_a_post_back(posted):
    posted.says("bo", f"/nominate 1 {WHY}")
    posted.says("bo", f"/complaint This is wrong: {LINK}/")
    assert shortlist(posted).excluded[0].incidents == (nominations.COMPLAINT,)
    posted.presses("bo", "Answered")
    posted.fills("bo", outcome="It was a misunderstanding.")
    with transaction(posted.engine) as db:
        appealed(db)
        db.flush()
        db.get_one(Appeal, 1).outcome = AppealOutcome.REFUSED
    assert [each.draft_id for each in shortlist(posted).posts] == [1]
    assert shortlist(posted, 2025) == nominations.Shortlist((), (), (), ())


def test_year_is_that_of_the_offices_own_clock(engine):
    office = TestOffice(engine, OFFICES)
    office.clock += timedelta(days=164, hours=13, minutes=59)  # 2026-12-31 17:59 UTC
    office.says("bo", f"/nominate comment {COMMENT} {WHY}")
    office.later(minutes=1)  # midnight in Dhaka
    office.says("bo", f"/nominate comment {COMMENT} {WHY}")
    assert [len(shortlist(office, year).comments) for year in (2026, 2027)] == [1, 1]
    with transaction(office.engine) as db:
        works, page = db.exec(select(Office)).one(), pages.get(db, 1)
        since, until = office.clock, office.clock + timedelta(seconds=1)
        assert nominations.nominations_in(db, works, since, until) == 1
        assert nominations.nominations_in(db, works, since, until, page) == 1
        assert nominations.nominations_in(db, works, until, until) == 0
    office.close()


def test_link_that_several_people_posted_belongs_to_each_of_them(office):
    with transaction(office.engine) as db:
        for by in (2, 3):
            db.add(PageUpdate(page_id=1, at=office.clock, source=Source.SAID, link=LINK, by_id=by))
        works = db.exec(select(Office)).one()
        db.flush()
        assert nominations.posted_by(db, works, f"{LINK}/") == {2, 3}
