"""People who leave, and roles that change: what is open follows, what was decided stays."""

import pytest
from sqlmodel import select

from handlers.ownerless import report_pages_without_owner
from storage.db import transaction
from storage.models import Appeal, AppealOutcome, Draft, FormSession
from tests.office import OFFICES

CLOSED = "The bridge at Kanchpur is closed on Monday from 9 am."
BO = "{name: bo, roles: [moderator], slack: U0BO}"
#: bo has left, and sina sits on the panel in his place.
WITHOUT_BO = OFFICES.replace(f"      - {BO}\n", "").replace(
    "sina, roles: [senior]", "sina, roles: [moderator, senior]"
)
AMINA = '{name: amina, roles: [author], telegram: "1001", slack: U0AMINA}'
WITHOUT_AMINA = OFFICES.replace(f"      - {AMINA}\n", "").replace("owner: amina", "owner: chen")
#: bo is an author now; sina sits on the panel in his place.
OTHER_ROLE = OFFICES.replace("bo, roles: [moderator]", "bo, roles: [author]").replace(
    "sina, roles: [senior]", "sina, roles: [moderator, senior]"
)


@pytest.mark.parametrize("text", [WITHOUT_BO, OTHER_ROLE])
def test_open_vote_counts_no_more_and_the_card_shows_it(office, text):
    office.says("amina", f"/draft {CLOSED}")
    office.reacts("bo", "👍", office.card())
    office.imports(text)
    assert "0 of 2 approvals" in office.text(office.card())
    assert "approved: bo" not in office.text(office.card())
    office.reacts("sina", "👍", office.card())
    assert "1 of 2 approvals" in office.text(office.card())
    office.reacts("chen", "👍", office.card())
    assert "approved by chen and sina" in office.heard("amina")


@pytest.mark.parametrize("text", [WITHOUT_BO, OTHER_ROLE])
def test_past_decision_stays_as_it_was_made(office, text):
    office.says("amina", f"/draft {CLOSED}")
    for name in ("bo", "chen"):
        office.reacts(name, "👍", office.card())
    office.imports(text)
    office.restart()
    office.presses("amina", "Mark as posted")
    office.fills("amina", link="https://facebook.example/works/1")
    card = office.text(office.card())
    assert "Published on" in card
    assert "2 of 2 approvals" in card
    assert "approved: bo" in card
    assert office.record().count(("quorum", "draft approved")) == 1


def test_vote_of_somebody_who_left_before_the_decision_does_not_come_back_with_it(office):
    office.says("amina", f"/draft {CLOSED}")
    office.reacts("bo", "👎", office.card())
    office.imports(WITHOUT_BO)
    for name in ("sina", "chen"):
        office.reacts(name, "👍", office.card())
    office.imports(OFFICES)
    office.presses("amina", "Mark as posted")
    office.fills("amina", link="https://facebook.example/works/1")
    assert "2 of 2 approvals" in office.text(office.card())
    assert "rejected: bo" not in office.text(office.card())


def test_next_wording_is_counted_anew(office):
    office.says("amina", f"/draft {CLOSED}")
    for name in ("bo", "chen"):
        office.reacts(name, "👍", office.card())
    office.presses("amina", "Change the text")
    office.fills("amina", text="The bridge is open on Monday.")
    assert "0 of 2 approvals" in office.text(office.card())


@pytest.mark.parametrize("text", [WITHOUT_BO, OTHER_ROLE])
def test_claim_ends_with_the_role(office, text):
    office.says("amina", f"/draft {CLOSED}")
    office.reacts("bo", "👀", office.card())
    office.reacts("chen", "👀", office.card())
    office.imports(text)
    assert "Looked at by chen since 10:00" in office.text(office.card())
    assert ("bot", "claim ended") in office.record()


def test_appeal_of_an_author_who_left_is_dropped(office):
    office.says("amina", f"/draft {CLOSED}")
    for name in ("bo", "chen"):
        office.presses(name, "Reject", at=office.card())
    with transaction(office.engine) as db:
        author = db.get(Draft, 1).author_id
        db.add(
            Appeal(draft_id=1, revision=1, person_id=author, reason="Why?", made_at=office.clock)
        )
    office.imports(OFFICES.replace("packs: [bd]", "packs: [bd, ws]"))
    with transaction(office.engine) as db:
        assert db.get(Appeal, 1).outcome is AppealOutcome.OPEN
    office.imports(WITHOUT_AMINA)
    with transaction(office.engine) as db:
        assert db.get(Appeal, 1).outcome is AppealOutcome.DROPPED
    assert office.record().count(("bot", "appeal dropped")) == 1
    office.imports(WITHOUT_AMINA.replace("packs: [bd]", "packs: [bd, ws]"))
    assert office.record().count(("bot", "appeal dropped")) == 1


def test_questions_to_somebody_who_left_end_and_those_to_others_go_on(office):
    office.says("amina", "/draft", on="telegram")
    office.says("chen", "/draft", on="telegram")
    office.imports(WITHOUT_AMINA)
    with transaction(office.engine) as db:
        found = db.exec(select(FormSession).order_by(FormSession.id)).all()
        assert [(each.user, each.is_open) for each in found] == [("1001", False), ("1003", True)]


def test_draft_of_an_author_who_left_is_decided_and_nobody_else_can_change_it(office):
    office.says("amina", f"/draft {CLOSED}")
    receipt = next(s for s in office.slack.messages if s.to == "U0AMINA")
    office.imports(WITHOUT_AMINA)
    office.accounts["amina", "slack"] = "U0AMINA"
    for label in ("Withdraw", "Change the text"):
        office.presses("amina", label, at=receipt)
        assert "no role in the office of draft 1 any more" in office.heard("amina")
    for name in ("bo", "chen"):
        office.reacts(name, "👍", office.card())
    assert "Approved on" in office.text(office.card())


def test_page_whose_owner_left_is_reported_and_its_open_draft_goes_on(office):
    office.says("amina", f"/draft {CLOSED}")
    office.imports(WITHOUT_AMINA.replace("        owner: chen\n", ""))
    office.later(report_pages_without_owner, minutes=10)
    found = [each for each in office.inbox("lee") if "These pages have no owner" in each]
    assert len(found) == 1
    assert "Works on Facebook" in found[0]
    for name in ("bo", "chen"):
        office.reacts(name, "👍", office.card())
    assert "Approved on" in office.text(office.card())
