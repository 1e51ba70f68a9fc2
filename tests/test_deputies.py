"""Deputies: who takes a seat on the panel, whose vote counts, and what the card says."""

from datetime import UTC, datetime

import pytest
from sqlmodel import select

from handlers.absence import follow_absences
from handlers.escalations import escalate_late_reviews
from storage import panel, people
from storage.db import transaction
from storage.models import AuditEntry, Draft, Vote
from tests.office import OFFICES, TestOffice

CLOSED = "The bridge at Kanchpur is closed on Monday."
SENIOR = "For land records call Rafiq on 01812-345678."
#: Omar writes and stands in for bo; he is on Telegram, so not in the moderators' chat.
WITH_OMAR = OFFICES.replace(
    "roles: [moderator], slack: U0BO}",
    "roles: [moderator], slack: U0BO, deputy: omar}\n"
    '      - {name: omar, roles: [author], telegram: "1010"}',
)


@pytest.fixture
def office(engine):
    office = TestOffice(engine, WITH_OMAR)
    yield office
    office.close()


def omars(office):
    """Return omar's copy of the card."""
    return office.card(on="telegram", chat="1010")


def test_deputy_of_the_file_gets_the_card_in_private_and_votes_in_the_seat(office):
    office.says("amina", f"/draft {CLOSED}")
    office.says("bo", "/away until Thursday")
    assert "omar stands in: takes the seat on the panel" in office.heard("bo")
    assert "Away: bo (omar votes instead)." in office.text(office.card())
    assert "You stand in for bo on the panel" in office.heard("omar", on="telegram")
    assert "the end of Thu 23 Jul 2026" in office.heard("omar", on="telegram")
    office.presses("omar", "Approve", on="telegram", at=omars(office))
    assert "approved: omar" in office.text(office.card())
    office.reacts("chen", "👍", office.card())
    assert "approved by chen and omar" in office.heard("amina")
    assert office.card().message.buttons == omars(office).message.buttons == ()


def test_seat_is_theirs_again_and_the_open_vote_of_the_deputy_counts_no_more(office):
    office.says("amina", f"/draft {CLOSED}")
    office.says("bo", "/away until Thursday")
    office.presses("omar", "Approve", on="telegram", at=omars(office))
    assert "1 of 2 approvals" in office.text(office.card())
    button, copy = omars(office).message.buttons[0], omars(office)
    office.says("bo", "/away off")
    assert "0 of 2 approvals" in office.text(office.card())
    assert "omar" not in office.text(office.card())
    assert "You no longer stand in for bo" in office.heard("omar", on="telegram")
    assert office.text(copy) == "Draft 1 is no longer shown here."
    office.presses_forged("omar", button, on="telegram", at=copy)
    assert "not on this office's panel" in office.heard("omar", on="telegram")


def test_absence_begins_and_ends_by_the_clock(office):
    office.says("amina", f"/draft {CLOSED}")
    office.says("bo", "/away tomorrow")
    assert "Away" not in office.text(office.card())
    office.clock = datetime(2026, 7, 20, 18, tzinfo=UTC)  # midnight in Dhaka
    office.later(follow_absences)
    assert "Away: bo (omar votes instead)." in office.text(office.card())
    office.restart()
    office.later(follow_absences, hours=23, minutes=59)
    assert "Away: bo" in office.text(office.card())
    office.later(follow_absences, minutes=1)
    assert "Away" not in office.text(office.card())
    actions = [action for actor, action in office.record() if actor == "bot"]
    assert actions.count("panel changed") == 2


def test_vote_cast_before_leaving_counts_and_leaves_no_seat_to_the_deputy(office):
    office.says("amina", f"/draft {CLOSED}")
    office.reacts("bo", "👍", office.card())
    office.says("bo", "/away until Thursday")
    assert "1 of 2 approvals" in office.text(office.card())
    assert "Away" not in office.text(office.card())
    office.says("amina", f"/draft {CLOSED} Please take the ferry.")
    copy = office.card(2, on="telegram", chat="1010")
    office.presses_forged(
        "omar",
        type(copy.message.buttons[0])("", "approve", "1.1"),
        on="telegram",
        at=copy,
    )
    assert "you have no seat: the moderator you stand in for has voted" in office.heard(
        "omar", on="telegram"
    )
    assert "1 of 2 approvals" in office.text(office.card())


def test_vote_of_somebody_away_takes_the_place_of_their_deputys(office):
    office.says("amina", f"/draft {CLOSED}")
    office.says("bo", "/away until Thursday")
    office.presses("omar", "Approve", on="telegram", at=omars(office))
    office.reacts("bo", "👎", office.card())
    assert "0 of 2 approvals, 1 against" in office.text(office.card())
    assert "omar" not in office.text(office.card())


def test_nobody_votes_on_what_they_wrote_even_from_a_deputys_seat(office):
    office.says("bo", "/away until Thursday")
    office.says("omar", f"/draft {CLOSED}", on="telegram")
    assert "Away: bo." in office.text(office.card())
    office.presses_forged(
        "omar", office.card().message.buttons[0], on="telegram", at=office.telegram.messages[-1]
    )
    assert "your own draft" in office.heard("omar", on="telegram")


def test_deputy_of_a_deputy_is_not_followed(engine):
    chained = WITH_OMAR.replace('telegram: "1010"}', 'telegram: "1010", deputy: amina}')
    office = TestOffice(engine, chained)
    office.says("sina", f"/draft {CLOSED}")
    office.says("omar", "/away until Friday", on="telegram")
    office.says("bo", "/away until Thursday")
    assert "Away: bo." in office.text(office.card())
    office.presses("amina", "Approve", at=office.card())
    assert "not on this office's panel" in office.heard("amina")
    office.close()


def test_named_deputy_goes_before_the_one_of_the_file(office):
    office.says("lee", f"/draft {CLOSED}")
    office.says("bo", "/away until Thursday deputy amina")
    assert "Away: bo (amina votes instead)." in office.text(office.card())
    office.reacts("amina", "👍", office.card())
    assert "approved: amina" in office.text(office.card())
    office.says("bo", "/away deputy omar")
    assert "Away: bo (omar votes instead)." in office.text(office.card())
    assert "0 of 2 approvals" in office.text(office.card())
    assert "You no longer stand in for bo" in office.heard("amina")


def test_deputy_on_the_panel_already_has_one_vote(office):
    office.says("amina", f"/draft {CLOSED}")
    office.says("bo", "/away until Thursday deputy chen")
    assert "nobody takes the seat" in office.heard("bo")
    assert "Away: bo." in office.text(office.card())
    office.reacts("chen", "👍", office.card())
    assert "1 of 2 approvals" in office.text(office.card())


def test_one_deputy_takes_one_seat(office):
    office.says("amina", f"/draft {CLOSED}")
    office.says("bo", "/away until Thursday")
    office.says("dara", "/away until Thursday deputy omar", on="telegram")
    assert "Away: bo (omar votes instead) and dara." in office.text(office.card())
    office.presses("omar", "Approve", on="telegram", at=omars(office))
    office.reacts("chen", "👍", office.card())
    assert "approved by chen and omar" in office.heard("amina")


def test_draft_does_not_wait_for_those_who_are_away(office):
    office.says("amina", f"/draft {CLOSED}")
    office.says("dara", "/away until Thursday", on="telegram")
    office.reacts("bo", "👎", office.card())
    assert "Rejected on" in office.text(office.card())


def test_absence_decides_where_the_votes_already_suffice(office):
    office.says("amina", f"/draft {CLOSED}")
    office.reacts("chen", "👎", office.card())
    assert "0 of 2 approvals, 1 against" in office.text(office.card())
    office.says("dara", "/away until Thursday", on="telegram")
    assert "Rejected on" in office.text(office.card())


def test_decided_card_keeps_the_votes_that_decided_it(office):
    office.says("amina", f"/draft {CLOSED}")
    office.says("bo", "/away until Thursday")
    office.presses("omar", "Approve", on="telegram", at=omars(office))
    office.reacts("chen", "👍", office.card())
    office.says("bo", "/away off")
    office.presses("amina", "Withdraw")
    text = office.text(office.card())
    assert "2 of 2 approvals" in text
    assert "approved: omar" in text
    with transaction(office.engine) as db:
        draft = db.exec(select(Draft)).one()
        home = people.office(db, draft.office_id)
        assert panel.count(db, draft, home).approvals == 2
        assert {vote.counted for vote in db.exec(select(Vote))} == {"panel"}


def test_who_loses_the_role_is_counted_no_more_but_stays_in_what_was_decided(office):
    office.says("amina", f"/draft {CLOSED}")
    office.says("amina", f"/draft {CLOSED} Please take the ferry.")
    for name in ("bo", "chen"):
        office.reacts(name, "👍", office.card(1))
    office.reacts("bo", "👍", office.card(2))
    swapped = WITH_OMAR.replace("bo, roles: [moderator]", "bo, roles: [author]")
    office.imports(swapped.replace("lee, roles: [lead", "lee, roles: [moderator, lead"))
    assert "0 of 2 approvals" in office.text(office.card(2))
    with transaction(office.engine) as db:
        draft = db.exec(select(Draft).where(Draft.id == 1)).one()
        count = panel.count(db, draft, people.office(db, draft.office_id))
        assert [each.person.name for each in count.cast] == ["bo", "chen"]


def test_reminder_goes_to_the_deputy_and_not_to_who_is_away(office):
    office.says("amina", f"/draft {CLOSED}")
    office.says("bo", "/away until Thursday")
    office.later(follow_absences, escalate_late_reviews, hours=5)
    assert "Your vote is missing" in office.heard("omar", on="telegram")
    assert not any("has waited since" in said for said in office.inbox("bo"))
    assert "Not voted yet: omar, chen and dara." in office.heard("omar", on="telegram")


def test_seniors_messages_go_to_their_deputy_without_their_powers(office):
    office.imports(WITH_OMAR.replace("slack: U0SINA}", "slack: U0SINA, deputy: omar}"))
    office.says("amina", f"/draft {SENIOR}")
    office.says("sina", "/away until Friday")
    office.says("chen", "/away until Friday")
    assert "all who could give it are away: chen and sina" in office.text(office.card())
    for hours in (5, 20, 24):
        office.later(escalate_late_reviews, hours=hours)
    told = [said for said in office.inbox("omar", on="telegram") if "has waited since" in said]
    assert len(told) == 1
    assert not any("has waited since" in said for said in office.inbox("sina"))
    assert not any("has waited since" in said for said in office.inbox("chen"))
    office.presses("omar", "Show me the draft", on="telegram")
    assert "know no draft" in office.heard("omar", on="telegram")


def test_deputy_may_do_what_a_moderator_may_and_only_while_they_sit(office):
    office.says("amina", f"/draft {CLOSED}")
    office.says("omar", "/queue", on="telegram")
    assert "takes the role " in office.heard("omar", on="telegram")
    office.says("bo", "/away until Thursday")
    office.says("omar", "/queue", on="telegram")
    assert "Waits for you: Draft 1" in office.heard("omar", on="telegram")
    office.says("bo", "/away off")
    office.says("omar", "/queue", on="telegram")
    assert "takes the role " in office.heard("omar", on="telegram")


def test_panel_that_changes_is_recorded_with_its_deputies(office):
    office.says("bo", "/away until Thursday")
    with transaction(office.engine) as db:
        entry = db.exec(select(AuditEntry).where(AuditEntry.action == "panel changed")).one()
    assert entry.detail == {"away": ["bo"], "deputies": [["bo", "omar"]]}
