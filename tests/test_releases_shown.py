"""A release covers what the senior was shown: what comes later needs another one, and gets it."""

from sqlalchemy import text

from tests.office import TestOffice

BOTH = "Our new stadium is open. Pay to card 4111 1111 1111 1111."
SPECIMEN = "It is the specimen of our bank."
ANNOUNCED = "Parliament has announced it itself."


def held_by_a_period(office: TestOffice) -> None:
    """Let a draft be released from one rule, get a vote, and be stopped by another."""
    office.says("amina", f"/draft {BOTH}")
    office.presses("amina", "Ask a senior")
    office.presses("sina", "Release")
    office.fills("sina", reason=SPECIMEN)
    office.presses("bo", "Approve", at=office.card())
    office.later(minutes=5)
    office.says("sina", "/policy period election on")


def open_form(office: TestOffice) -> None:
    office.says("amina", f"/draft {BOTH}")
    office.presses("amina", "Ask a senior")
    office.presses("sina", "Release")


def test_what_a_period_forbids_later_needs_a_release_of_its_own_and_gets_it(stadiums):
    held_by_a_period(stadiums)
    assert "back with you" in stadiums.heard("amina")
    stadiums.presses("amina", "Ask a senior")
    assert "sina has released this wording from bank-or-card-number already" in (
        stadiums.heard("chen")
    )
    assert "Left is: stadium." in stadiums.heard("chen")
    stadiums.presses("chen", "Release")
    (form,) = stadiums.slack.waiting.values()
    assert "You release: stadium." in form.fields[0].hint
    stadiums.fills("chen", reason=ANNOUNCED)
    card = stadiums.text(stadiums.card())
    assert f"Released by sina although bank-or-card-number forbids it: “{SPECIMEN}”" in card
    assert f"Released by chen although stadium forbids it: “{ANNOUNCED}”" in card
    assert "1 of 2 approvals" in card
    assert "The votes so far stay" in stadiums.chat()[-1]
    assert stadiums.verdict().broken is None


def test_what_comes_back_after_its_release_is_still_released(stadiums):
    held_by_a_period(stadiums)
    stadiums.presses("amina", "Ask a senior")
    stadiums.presses("chen", "Release")
    stadiums.fills("chen", reason=ANNOUNCED)
    for said in ("off", "on"):
        stadiums.says("sina", f"/policy period election {said}")
    assert BOTH in stadiums.text(stadiums.card())
    assert "Approve" in str(stadiums.card().message.buttons)


def test_refusing_the_second_release_leaves_the_first_in_force(stadiums):
    held_by_a_period(stadiums)
    stadiums.presses("amina", "Ask a senior")
    stadiums.presses("chen", "Do not release")
    assert "chen does not release it" in stadiums.heard("amina")
    stadiums.presses("amina", "Ask a senior")
    assert "chen has answered already: draft 1 is not released" in stadiums.heard("amina")
    stadiums.says("sina", "/policy period election off")
    stadiums.presses("amina", "Send it as it is")
    assert "Released by sina" in stadiums.text(stadiums.card())


def test_form_that_was_opened_before_something_else_stopped_the_draft_releases_nothing(stadiums):
    open_form(stadiums)
    stadiums.says("lee", "/policy period election on")
    stadiums.fills("sina", reason=SPECIMEN)
    heard = stadiums.heard("sina")
    assert "not what you were shown any more" in heard
    assert "New: stadium." in heard
    assert SPECIMEN in heard
    assert stadiums.text(stadiums.slack.messages[-1]) == heard
    assert "Draft 1 for" not in "".join(stadiums.chat())

    stadiums.presses("sina", "Release", at=stadiums.slack.messages[-1])
    (form,) = stadiums.slack.waiting.values()
    assert "stadium, bank-or-card-number" in form.fields[0].hint
    stadiums.fills("sina", reason=SPECIMEN)
    assert "Released by sina although stadium and bank-or-card-number" in (
        stadiums.text(stadiums.card())
    )


def test_form_that_shows_more_than_stops_the_draft_now_releases_nothing(stadiums):
    stadiums.says("lee", "/policy period election on")
    open_form(stadiums)
    stadiums.says("lee", "/policy period election off")
    stadiums.fills("sina", reason=SPECIMEN)
    assert "Stops it no more: stadium." in stadiums.heard("sina")
    assert ("sina", "block released") not in stadiums.record()


def test_check_that_changes_nothing_leaves_an_open_form_good(stadiums):
    open_form(stadiums)
    stadiums.says("lee", "/policy period crisis on")  # checks again, and finds the same
    stadiums.fills("sina", reason=SPECIMEN)
    assert "Released by sina" in stadiums.text(stadiums.card())


def test_button_of_an_older_question_does_not_refuse_what_it_did_not_show(stadiums):
    stadiums.says("amina", f"/draft {BOTH}")
    stadiums.presses("amina", "Ask a senior")
    stadiums.says("lee", "/policy period election on")
    stadiums.presses("sina", "Do not release")
    assert "New: stadium." in stadiums.heard("sina")
    assert ("sina", "block not released") not in stadiums.record()


def test_author_asks_again_once_something_else_stops_the_draft(stadiums):
    stadiums.says("amina", f"/draft {BOTH}")
    for _ in range(2):
        stadiums.presses("amina", "Ask a senior")
    assert "asked about draft 1 already" in stadiums.heard("amina")
    stadiums.says("lee", "/policy period election on")
    for _ in range(2):
        stadiums.presses("amina", "Ask a senior")
    asked = [said for said in stadiums.inbox("sina") if "asks you to release" in said]
    assert len(asked) == 2
    assert "stadium" in asked[1]


def test_changed_form_can_be_answered_anew_on_telegram(stadiums):
    stadiums.says("amina", f"/draft {BOTH}")
    stadiums.presses("amina", "Ask a senior")
    stadiums.presses("chen", "Release", on="telegram")
    stadiums.says("lee", "/policy period election on")
    stadiums.writes("chen", SPECIMEN)
    assert "New: stadium." in stadiums.heard("chen", on="telegram")
    stadiums.presses("chen", "Release", on="telegram")
    stadiums.writes("chen", SPECIMEN)
    assert "Released by chen" in stadiums.text(stadiums.card())


def test_release_is_kept_with_the_check_that_was_shown(stadiums):
    held_by_a_period(stadiums)
    with stadiums.engine.begin() as connection:
        found = connection.execute(text("SELECT checked, revision FROM release")).all()
    assert found == [(1, 1)]
