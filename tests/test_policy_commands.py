"""The policy in chat: by section, rule by rule, tried, compared and counted."""

import pytest
from sqlmodel import select

from bot.platforms.base import Undeliverable
from handlers.chat import Button
from handlers.checking import trial
from policy import library
from policy.sections import SECTIONS
from storage import people
from storage.db import transaction
from storage.models import AuditEntry, Draft, InboxEvent, OutboxMessage
from tests.office import FISHERIES, OFFICES, TestOffice

PHONE = "For land records call Rafiq on 01812-345678."
CARD = "Fees can be paid to card 4111 1111 1111 1111 from today."
CAPS = "THE BRIDGE AT KANCHPUR IS CLOSED ALL DAY ON MONDAY"
CLOSED = "The bridge at Kanchpur is closed on Monday from 9 am."
GUARDED = "Migrant workers are not parasites"


# Sections and rules


def test_overview_lists_the_sections_with_counts_and_fits_a_phone(office):
    office.says("amina", "/policy")
    said = office.heard("amina")
    rules = library.load(("bd",)).rules
    assert f"{len(rules)} rules" in said
    assert "Personal data (/policy personal-data)" in said
    assert len(said.splitlines()) <= len(SECTIONS) + 3
    assert len(office.slack.messages[-1].message.buttons) <= len(SECTIONS)


@pytest.mark.parametrize("on", ["slack", "telegram"])
def test_section_opens_by_a_button_and_by_its_name(office, on):
    office.says("amina", "/policy", on=on)
    office.presses("amina", "Personal data", on=on)
    by_button = office.heard("amina", on=on)
    office.says("amina", "/policy personal data", on=on)
    assert office.heard("amina", on=on) == by_button
    assert "private-phone (needs a senior's approval)" in by_button


def test_every_rule_is_in_one_section_and_all_lists_every_one(office):
    office.says("amina", "/policy all")
    said = "\n".join(office.inbox("amina"))
    for rule in library.load(("bd",)).rules:
        assert said.count(f" {rule.id} (") == 1, rule.id


def test_rule_is_explained_with_reason_source_version_and_examples(office):
    office.says("amina", "/policy private-phone")
    said = office.heard("amina")
    for words in ("Why: ", "Source: ", "From bd@", "It objects to:", "It lets pass:"):
        assert words in said
    assert "{found}" not in said


def test_rule_that_a_pack_changed_says_which_pack_and_why(engine):
    office = TestOffice(engine, OFFICES.replace("[bd]", "[ws]"))
    office.says("amina", "/policy private-phone")
    assert "private-phone (must be changed)" in office.heard("amina")
    assert "Changed by ws@" in office.heard("amina")
    office.close()


def test_rule_of_another_pack_is_explained_and_said_not_to_be_in_force(engine):
    office = TestOffice(engine, OFFICES.replace("[bd]", "[ws]"))
    office.says("amina", "/policy bd-purpose-missing")
    assert "It is not in force for Ministry of Works" in office.heard("amina")
    assert "Source: " in office.heard("amina")
    office.close()


@pytest.mark.parametrize("typed", ["privat-phone", "private phon", "phone", "PRIVATE-PHONES"])
def test_typo_is_met_with_names_that_come_close(office, typed):
    office.says("amina", f"/policy {typed}")
    assert "no rule" in office.heard("amina")
    office.presses("amina", "private-phone")
    assert "Source: " in office.heard("amina")


def test_name_that_comes_close_to_nothing_is_shown_as_it_was_typed(office):
    office.says("amina", "/policy <b>*zzzzqqqq*</b>")
    assert "no rule “<b>*zzzzqqqq*</b>”" in office.heard("amina")
    assert office.slack.messages[-1].message.buttons == ()


def test_strangers_and_people_without_an_office_hear_why_there_is_no_policy(office):
    office.says("mallory", "/policy")
    assert "do not know you" in office.heard("mallory")
    office.presses_forged("mallory", Button("", "policy", "links"), on="slack",
                          at=office.slack.messages[-1])  # fmt: skip
    assert "do not know you" in office.heard("mallory")


def test_person_of_two_offices_sees_both_policies(engine):
    office = TestOffice(engine, OFFICES + FISHERIES)
    office.says("bo", "/policy")
    assert "The policy of Fisheries" in office.heard("bo")
    assert "The policy of Ministry of Works" in office.heard("bo")
    office.close()


# Trying


def test_try_shows_passage_severity_reason_and_guard_in_private(office):
    office.says("amina", f"/policy try {PHONE} {GUARDED}", on="telegram")
    said = office.heard("amina", on="telegram")
    assert "⟦01812-345678⟧" in said
    assert "needs a senior's approval" in said
    assert "guard applied" in said
    assert "Nothing of this is kept" in said
    assert office.chat() == []


def test_try_keeps_nothing(office):
    before = office.record()
    office.says("amina", f"/policy try {CARD}")
    with transaction(office.engine) as db:
        for table in (Draft, InboxEvent, OutboxMessage, AuditEntry):
            assert "4111" not in str([row.model_dump() for row in db.exec(select(table))])
    assert office.record() == before


def test_try_whose_answer_cannot_be_delivered_keeps_nothing_either(office):
    office.slack.down = Undeliverable("gone")
    office.says("amina", f"/policy try {CARD}")
    with transaction(office.engine) as db:
        assert "4111" not in str([row.model_dump() for row in db.exec(select(OutboxMessage))])


def test_try_of_a_good_text_says_so_and_asks_for_no_purpose(office):
    office.says("amina", f"/policy try {CLOSED}")
    assert "No rule objects." in office.heard("amina")


def test_try_as_a_reply_checks_the_message_it_answers(office):
    office.says("amina", "/policy try", on="telegram", quoted=CARD)
    assert "4111" in office.heard("amina", on="telegram")


def test_try_without_a_text_says_how(office):
    office.says("amina", "/policy try")
    assert "Put the text after it" in office.heard("amina")


def test_try_of_a_text_that_repeats_itself_is_one_message_that_counts_the_rest(office):
    before = len(office.inbox("amina"))
    office.says("amina", f"/policy try {f'{PHONE} ' * 7}{f'{CARD} ' * 3}")
    (said,) = office.inbox("amina")[before:]
    assert said.count("⟦01812-345678⟧") == 1
    assert "… and 6 more of private-phone." in said
    assert "… and 2 more of bank-or-card-number." in said
    assert said.index("bank-or-card-number") < said.index("private-phone")


def test_try_of_thousands_of_repeats_is_one_message_that_does_not_claim_to_know_how_many(office):
    office.says("amina", f"/policy try {PHONE * 2000}", on="telegram")
    (said,) = office.inbox("amina", on="telegram")
    assert "… and 29 more of private-phone, at least." in said


def test_try_names_every_rule_that_speaks_even_those_it_has_no_room_for(office):
    rules = library.load(("bd",)).rules
    everything = "\n\n".join(each.text for rule in rules for each in rule.bad)
    office.says("amina", f"/policy try {everything}", on="telegram")
    (said,) = office.inbox("amina", on="telegram")
    assert len(said) < 3800
    assert "no room" in said
    with transaction(office.engine) as db:
        ctx = office.dispatcher.context(db)
        person = people.by_account(db, "telegram", "1001")
        (works,) = people.offices(db)
        found = trial(ctx, person, works, "facebook", everything).findings
    spoken = {each.rule for each in found if each.kind != "purpose"}
    assert len(spoken) > 20
    assert {rule for rule in spoken if rule not in said} == set()


# Comparing


def test_diff_says_what_is_only_in_one_and_what_is_not_the_same(office):
    office.says("amina", "/policy diff bd ws")
    said = "\n".join(office.inbox("amina"))
    assert "Only in bd" in said
    assert "bd-purpose-missing" in said
    assert "private-phone, severity: senior in bd, block in ws" in said


@pytest.mark.parametrize(
    ("said", "heard"),
    [("bd bd", "the same rules"), ("bd", "Name two packs"), ("bd mars", "no pack “mars”")],
)
def test_diff_of_one_pack_or_of_none_says_what_to_write(office, said, heard):
    office.says("amina", f"/policy diff {said}")
    assert heard in office.heard("amina")


# Counting


def test_stats_count_hits_confirmations_releases_and_false_alarms(office):
    office.says("amina", f"/draft {PHONE}")
    office.presses("amina", "Service")  # the same wording, checked again
    office.presses("amina", "false alarm")
    office.says("amina", f"/draft {CAPS}")
    office.presses("amina", "Send it as it is")
    office.says("amina", f"/draft {CARD}")
    office.presses("amina", "Ask a senior")
    office.presses("sina", "Release")
    office.fills("sina", reason="It is the specimen of our bank.")
    office.says("bo", "/policy stats")
    said = office.heard("bo")
    assert "private-phone: 1 time, 1 called a false alarm" in said
    assert "1 confirmed by the author" in said
    assert "bank-or-card-number: 1 time, 1 released by a senior" in said


def test_stats_look_back_as_far_as_asked(office):
    office.says("amina", f"/draft {PHONE}")
    office.later(hours=24 * 40)
    office.says("bo", "/policy stats 30")
    assert "No rule has spoken" in office.heard("bo")
    office.says("bo", "/policy stats")
    assert "last 90 days" in office.heard("bo")
    assert "private-phone" in office.heard("bo")


@pytest.mark.parametrize("days", ["0", "-1", "x", "99999", "1 2", "٣"])
def test_stats_of_no_number_of_days_are_refused(office, days):
    office.says("bo", f"/policy stats {days}")
    assert "how many days" in office.heard("bo")


def test_stats_are_for_those_who_review_and_of_their_own_offices(engine):
    office = TestOffice(engine, OFFICES + FISHERIES)
    office.says("amina", f"/draft {PHONE}")
    office.says("amina", "/policy stats")
    assert "private-phone" not in office.heard("amina")
    office.says("eti", "/policy stats", on="telegram")
    assert "No rule has spoken" in office.heard("eti", on="telegram")
    office.close()
