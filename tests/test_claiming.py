"""Who looks at a draft: 👀 or the button, until they vote, let go, or it lapses."""

from datetime import timedelta

import pytest

from handlers.chat import Button, Kind
from handlers.claiming import end_lapsed_claims
from handlers.escalations import escalate_late_reviews
from tests.office import OFFICES, TestOffice
from tests.test_catchup import PausedOffice

CLOSED = "The bridge at Kanchpur is closed on Monday from 9 am."
ON_TELEGRAM = OFFICES.replace(
    "{platform: slack, chat: C0MODS}", '{platform: telegram, chat: "-100"}'
).replace("roles: [moderator], slack: U0BO", 'roles: [moderator], slack: U0BO, telegram: "1002"')


@pytest.fixture(params=["slack", "telegram"])
def chats(request, engine):
    """An office whose moderators meet on each platform, with one open draft."""
    on = request.param
    office = TestOffice(engine, ON_TELEGRAM if on == "telegram" else OFFICES)
    office.says("amina", f"/draft {CLOSED}")
    yield office, on, office.card(on=on, chat="-100" if on == "telegram" else "C0MODS")
    office.close()


def claims_in(office):
    """List what the record says of claims, as actor and action."""
    words = ("claimed", "let go", "claim lapsed")
    return [each for each in office.record() if each[1] in words]


def test_eyes_say_who_looks_and_taking_them_away_ends_it(chats):
    office, on, card = chats
    office.reacts("bo", "👀", card, on=on)
    assert "👀 Looked at by bo since 10:00" in office.text(card)
    office.again()
    office.clock += timedelta(minutes=5)
    office.reacts("chen", "👀", card, on=on)
    assert "👀 Looked at by bo since 10:00 and chen since 10:05" in office.text(card)
    assert "0 of 2 approvals" in office.text(card)

    office.restart()
    office.reacts("bo", "👀", card, on=on, added=False)
    assert "Looked at by chen since 10:05" in office.text(card)
    assert claims_in(office) == [("bo", "claimed"), ("chen", "claimed"), ("bo", "let go")]
    assert office.inbox("bo") == []


def test_button_claims_and_pressed_again_lets_go(chats):
    office, on, card = chats
    office.presses("bo", "I look at it", on=on, at=card)
    assert "Looked at by bo since 10:00" in office.text(card)
    assert "until Mon 20 Jul 2026 10:30" in office.heard("bo", on=on)
    office.again()
    assert "Looked at by bo" in office.text(card)
    office.presses("bo", "I look at it", on=on, at=card)
    assert "Looked at" not in office.text(card)
    assert office.heard("bo", on=on) == "You no longer look at draft 1."


def test_claim_on_a_private_copy_shows_on_every_copy(office):
    office.says("amina", f"/draft {CLOSED}")
    office.presses("dara", "I look at it", on="telegram")
    assert "Looked at by dara" in office.text(office.card())
    assert "Looked at by dara" in office.text(office.card(on="telegram", chat="1004"))


def test_vote_ends_the_claim_and_whoever_has_voted_cannot_claim(chats):
    office, on, card = chats
    office.reacts("bo", "👀", card, on=on)
    office.reacts("bo", "👍", card, on=on)
    assert "Looked at" not in office.text(card)
    assert "approved: bo" in office.text(card)
    office.presses("bo", "I look at it", on=on, at=card)
    assert "You have voted on draft 1 already" in office.heard("bo", on=on)
    assert "Looked at" not in office.text(card)


def test_claim_lapses_by_itself_and_nobody_is_told(chats):
    office, on, card = chats
    office.reacts("bo", "👀", card, on=on)
    office.later(end_lapsed_claims, minutes=29)
    assert "Looked at by bo" in office.text(card)
    office.later(end_lapsed_claims, minutes=1)
    assert "Looked at" not in office.text(card)
    edits = card.edits
    office.later(end_lapsed_claims, minutes=30)
    assert card.edits == edits
    assert claims_in(office) == [("bo", "claimed"), ("bot", "claim lapsed")]
    assert office.inbox("bo", on=on) == []
    office.presses("bo", "I look at it", on=on, at=card)
    assert "Looked at by bo since 11:00" in office.text(card)


def test_office_chooses_how_long_a_claim_holds(office):
    office.imports(OFFICES.replace("packs: [bd]", "packs: [bd]\n    claim_minutes: 5"))
    office.says("amina", f"/draft {CLOSED}")
    office.reacts("bo", "👀", office.card())
    office.later(end_lapsed_claims, minutes=5)
    assert "Looked at" not in office.text(office.card())


def test_new_wording_and_a_decision_end_every_claim(office):
    office.says("amina", f"/draft {CLOSED}")
    office.reacts("bo", "👀", office.card())
    office.presses("amina", "Change the text")
    office.fills("amina", text="The bridge is open on Monday.")
    assert "Looked at" not in office.text(office.card())
    office.reacts("chen", "👀", office.card())
    for name in ("bo", "dara"):
        office.presses(name, "Approve", on="telegram" if name == "dara" else "slack")
    assert "Approved on" in office.text(office.card())
    assert "Looked at" not in office.text(office.card())
    office.presses("amina", "Change the text")
    office.fills("amina", text="The bridge is open on Tuesday.")
    assert "Looked at" not in office.text(office.card())


@pytest.mark.parametrize(
    ("name", "why"),
    [("amina", "your own"), ("lee", "Only a moderator or senior"), ("mallory", "do not know you")],
)
def test_who_may_not_decide_may_not_claim_and_hears_why(office, name, why):
    office.says("amina", f"/draft {CLOSED}")
    office.reacts(name, "👀", office.card())
    assert why in office.heard(name)
    office.presses_forged(name, Button("", "claim", "1.1"), on="slack", at=office.card())
    assert "Looked at" not in office.text(office.card())


@pytest.mark.parametrize("value", ["", "1", "1.2", "2.1", "x.1", "1.1.1", "999999999999.1"])
def test_forged_and_old_buttons_claim_nothing(office, value):
    office.says("amina", f"/draft {CLOSED}")
    office.presses_forged("bo", Button("", "claim", value), on="slack", at=office.card())
    assert office.heard("bo")
    assert claims_in(office) == []


def test_decided_draft_cannot_be_claimed(office):
    office.says("amina", f"/draft {CLOSED}")
    for name in ("bo", "chen"):
        office.reacts(name, "👍", office.card())
    before = office.text(office.card())
    office.reacts("sina", "👀", office.card())
    assert "Draft 1 is approved, so that cannot be done now." in office.heard("sina")
    office.reacts("sina", "👀", office.card(), added=False)
    assert office.text(office.card()) == before


def test_bots_and_anonymous_administrators_claim_nothing(office):
    office.says("amina", f"/draft {CLOSED}")
    office.reacts("robot", "👀", office.card(), kind=Kind.BOT)
    office.reacts("C0MODS", "👀", office.card(), kind=Kind.ANONYMOUS)
    assert claims_in(office) == []
    assert "Remain anonymous" in office.chat()[-1]


def test_eyes_on_other_messages_mean_nothing(office):
    office.says("amina", f"/draft {CLOSED}")
    other = office.slack.messages[-1]
    assert other.chat != "C0MODS"
    office.reacts("bo", "👀", other)
    assert claims_in(office) == []


def test_first_reminder_comes_to_whoever_claims_as_well(office):
    office.says("amina", f"/draft {CLOSED}")
    office.later(hours=3, minutes=50)
    office.reacts("bo", "👀", office.card())
    office.later(escalate_late_reviews, minutes=10)
    assert "Your vote is missing" in office.heard("bo")
    assert "Your vote is missing" in office.heard("chen")


def test_after_a_pause_eyes_are_a_claim_and_no_vote(engine):
    office = PausedOffice(engine)
    office.says("amina", f"/draft {CLOSED}")
    office.shows(office.card(), ("bo", "👀"), ("amina", "👀"), ("mallory", "👀"))
    office.wakes()
    assert "Looked at by bo since 10:00" in office.text(office.card())
    assert "0 of 2 approvals" in office.text(office.card())
    assert not any("Looked at by bo and" in each for each in office.chat())
    assert office.inbox("mallory") == []

    office.later(end_lapsed_claims, hours=1)
    office.wakes()  # the emoji is still there
    assert "Looked at" not in office.text(office.card())
    office.close()
