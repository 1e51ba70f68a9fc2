"""Appeals: once, in time, to people who did not vote, with an end that everybody hears."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from handlers.appeal_chasing import chase_appeals
from handlers.chat import Button
from storage.db import transaction
from storage.models import Absence, Person
from tests.office import FISHERIES, OFFICES, TestOffice

TEXT = "The bridge at Kanchpur is closed on Monday."
REASON = "The closure was announced by the ministry itself."
BECAUSE = "The announcement is public, so nothing is given away."
HEARERS = (("sina", "slack"), ("chen", "slack"), ("chen", "telegram"), ("lee", "slack"))
NO_APPEALS = "    appeal_days: 0\n    people:"
STANDS = "The announcement names another bridge than this."


def rejected(office: TestOffice, text: str = TEXT, *, by: tuple[str, ...] = ("bo", "dara")) -> None:
    """Let amina file a draft, and two moderators reject it with a reason."""
    office.says("amina", f"/draft {text}")
    for name in by:
        on = "telegram" if (name, "slack") not in office.accounts else "slack"
        chat = office.accounts[name, on] if on == "telegram" else "C0MODS"
        office.presses(name, "Reject", on=on, at=office.card(on=on, chat=chat))
        if on == "slack":
            office.fills(name, on=on, reason="facts", words="Which bridge?")


def appealed(office: TestOffice, **more: tuple[str, ...]) -> None:
    rejected(office, **more)
    office.says("amina", f"/appeal 1 {REASON}")


def copies(office: TestOffice, name: str, on: str = "slack"):
    """Return the copies of the appeal's card that somebody has."""
    user = office.accounts[name, on]
    return [
        shown
        for shown in office.platforms[on].messages
        if shown.chat == user and "Appeal on draft" in office.text(shown)
    ]


def decides(office: TestOffice, name: str, label: str, reason: str, on: str = "slack") -> None:
    office.presses(name, label, on=on)
    if on == "slack":
        office.fills(name, reason=reason)
    else:
        office.writes(name, reason)


def forge(office: TestOffice, name: str, action: str, value: str = "1.1") -> None:
    shown = office.slack.messages[0]
    office.presses_forged(name, Button("", action, value), on="slack", at=shown)


# Making one


def test_rejection_offers_an_appeal_and_says_until_when(office):
    rejected(office)
    for on in ("slack", "telegram"):
        said = "\n".join(office.inbox("amina", on=on))
        assert "is rejected by" in said
        assert "You can appeal until Mon 27 Jul 2026" in said
    office.says("amina", "/drafts 1")
    office.presses("amina", "Appeal")
    (form,) = office.slack.waiting.values()
    assert form.title == "Appeal: draft 1"


def test_appeal_goes_to_seniors_and_leads_who_did_not_vote(office):
    appealed(office)
    for name, on in HEARERS:
        (card,) = copies(office, name, on)
        said = office.text(card)
        for words in (TEXT, "rejected: bo", "rejected: dara", "Which bridge?", REASON, "Waiting"):
            assert words in said
        assert [b.label for b in card.message.buttons][:2] == ["Grant it", "Keep the rejection"]
    assert copies(office, "bo") == []
    assert "chen, lee and sina" in office.heard("amina")
    assert "amina appeals against the rejection" in office.chat()[-1]
    assert "amina appealed against the rejection" in office.text(office.card())
    assert ("amina", "appeal made") in office.record()


def test_form_of_an_appeal_is_a_conversation_on_telegram(office):
    rejected(office)
    office.presses("amina", "Appeal", on="telegram")
    office.restart()
    office.writes("amina", REASON)
    assert REASON in office.text(copies(office, "sina")[0])


def test_who_voted_is_not_asked_and_may_not_decide(office):
    appealed(office, by=("bo", "chen"))
    assert copies(office, "chen") == []
    assert len(copies(office, "sina")) == 1
    forge(office, "chen", "grant-appeal")
    assert "You voted on this wording" in office.heard("chen")
    assert office.slack.waiting == {}


@pytest.mark.parametrize(
    ("name", "heard"),
    [
        ("amina", "your own"),
        ("bo", "Only a senior or lead"),
        ("mallory", "I do not know you yet"),
        ("eti", "I know no draft 1"),
    ],
)
def test_author_moderators_strangers_and_other_offices_decide_no_appeal(engine, name, heard):
    fisheries = FISHERIES.replace('telegram: "2002"', "slack: U0ETI")
    office = TestOffice(engine, OFFICES + fisheries)
    appealed(office)
    for action in ("grant-appeal", "refuse-appeal", "show-appeal"):
        forge(office, name, action)
        assert heard in office.heard(name)
    assert office.slack.waiting == {}
    assert "Rejected on" in office.text(office.card())
    office.close()


def test_only_the_author_appeals_and_takes_an_appeal_back(office):
    rejected(office)
    office.says("bo", f"/appeal 1 {REASON}")
    assert "not yours" in office.heard("bo")
    office.says("amina", f"/appeal 1 {REASON}")
    forge(office, "sina", "drop-appeal")
    assert "not yours" in office.heard("sina")
    assert "Waiting since" in office.text(copies(office, "sina")[0])


def test_one_appeal_for_each_draft(office):
    appealed(office)
    office.again()
    assert len(copies(office, "sina")) == 1
    office.says("amina", f"/appeal 1 {REASON} Once more.")
    assert "A draft takes one appeal" in office.heard("amina")
    decides(office, "sina", "Keep the rejection", STANDS)
    forge(office, "amina", "appeal")
    assert "The rejection stands, says sina" in office.heard("amina")
    assert len([r for r in office.record() if r[1] == "appeal made"]) == 1


@pytest.mark.parametrize("given", ["too short", "x" * 1001])
def test_reason_that_says_nothing_or_too_much_is_given_back(office, given):
    rejected(office)
    office.says("amina", f"/appeal 1 {given}")
    assert "10 to 1000 characters" in office.heard("amina")
    assert given in office.heard("amina")
    assert copies(office, "sina") == []


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("/appeal 99", "I know no draft 99"),
        ("/appeal nonsense", "Say which draft"),
        ("/appeal -1 because", "Say which draft"),
        ("/appeal 99999999999 because", "Say which draft"),
        ("/appeal ٣ because", "Say which draft"),
    ],
)
def test_nonsense_after_the_command_is_answered(office, said, heard):
    rejected(office)
    office.says("amina", said)
    assert heard in office.heard("amina")


def test_draft_that_is_not_rejected_takes_no_appeal(office):
    office.says("amina", f"/draft {TEXT}")
    office.says("amina", f"/appeal 1 {REASON}")
    assert "Draft 1 is in review" in office.heard("amina")


def test_button_of_an_earlier_wording_is_refused(office):
    rejected(office)
    office.says("amina", "/drafts 1")
    forge(office, "amina", "appeal", "1.2")
    assert "has changed since" in office.heard("amina")


def test_appeal_alone_lists_what_can_be_appealed_and_what_became_of_the_others(office):
    office.says("amina", "/appeal")
    assert "no rejection that you could appeal" in office.heard("amina")
    rejected(office)
    office.says("amina", "/appeal")
    assert "Draft 1 (Works on Facebook): rejected on Mon 20 Jul 2026 10:00" in office.heard("amina")
    office.presses("amina", "Appeal: draft 1")
    office.fills("amina", reason=REASON)
    office.says("amina", "/appeal", on="telegram")
    heard = office.heard("amina", on="telegram")
    assert "no rejection that you could appeal" in heard
    assert "nobody has decided that yet" in heard


@pytest.mark.parametrize(
    ("moment", "possible"),
    [("2026-07-27T17:59Z", True), ("2026-07-27T18:00Z", False)],  # midnight in Dhaka
)
def test_appeal_is_possible_until_the_fifth_working_day_is_over(office, moment, possible):
    rejected(office)
    office.clock = datetime.fromisoformat(moment).astimezone(UTC)
    office.says("amina", f"/appeal 1 {REASON}")
    assert bool(copies(office, "sina")) is possible
    assert ("too late to appeal" in office.heard("amina")) is not possible
    office.says("amina", "/drafts 1")
    office.says("amina", "/appeal")
    assert ("no rejection" in office.heard("amina")) is True


def test_office_without_appeals_says_so(engine):
    office = TestOffice(engine, OFFICES.replace("    people:", NO_APPEALS))
    rejected(office)
    assert "You can appeal" not in "".join(office.inbox("amina"))
    office.says("amina", f"/appeal 1 {REASON}")
    assert "has no appeals" in office.heard("amina")
    office.close()


# Deciding it


@pytest.mark.parametrize(("name", "on"), [("sina", "slack"), ("chen", "telegram")])
def test_granted_appeal_approves_the_draft(office, name, on):
    appealed(office)
    office.restart()
    decides(office, name, "Grant it", BECAUSE, on)
    for platform in ("slack", "telegram"):
        said = "\n".join(office.inbox("amina", on=platform)[-2:])
        assert f"approved on appeal by {name}" in said
        assert BECAUSE in said
        assert TEXT in said
        assert "This is the text to post" in said
    card = office.text(office.card())
    assert "Approved on Mon" in card
    assert f"Approved on appeal by {name}" in card
    assert "rejected: bo" in card
    assert f"{name} grants the appeal" in office.chat()[-1]
    for each, where in (
        ("sina", "slack"),
        ("chen", "slack"),
        ("chen", "telegram"),
        ("lee", "slack"),
    ):
        (copy,) = copies(office, each, where)
        assert copy.message.buttons == ()
        assert f"Approved on appeal by {name}" in office.text(copy)
    assert (name, "appeal granted") in office.record(lambda e: e.detail.get("reason") == BECAUSE)
    assert (name, "draft approved") in office.record(lambda e: e.detail.get("appeal") == "granted")
    office.presses("amina", "Mark as posted")
    office.fills("amina", link="https://facebook.example/works/1")
    assert "Published on" in office.text(office.card())
    assert office.verdict().broken is None


def test_refused_appeal_tells_the_author_who_when_and_why(office):
    appealed(office)
    decides(office, "lee", "Keep the rejection", STANDS)
    for on in ("slack", "telegram"):
        said = office.heard("amina", on=on)
        assert "refused by lee on Mon 20 Jul 2026 10:00 (Asia/Dhaka)" in said
        assert STANDS in said
    assert "Rejected on" in office.text(office.card())
    assert "The rejection stands, says lee" in office.text(office.card())
    assert all(copy.message.buttons == () for copy in copies(office, "sina"))
    assert ("lee", "appeal refused") in office.record()
    office.says("amina", "/drafts 1")
    assert "Change the text" in [b.label for b in office.slack.messages[-1].message.buttons]
    assert "Appeal" not in [b.label for b in office.slack.messages[-1].message.buttons]


def test_second_of_two_who_decide_at_once_hears_that_it_is_settled(office):
    appealed(office)
    office.presses("sina", "Grant it")
    office.presses("lee", "Keep the rejection")
    (_, first), (_, second) = office.slack.waiting.items()
    office.slack.waiting = {"a": first}
    office.fills("sina", reason=BECAUSE)
    office.slack.waiting = {"b": second}
    office.fills("lee", reason=STANDS)
    assert "settled already" in office.heard("lee")
    assert "Approved on appeal by sina" in office.heard("lee")
    assert STANDS in office.heard("lee")
    forge(office, "chen", "refuse-appeal")
    assert "settled already" in office.heard("chen")
    assert ("lee", "appeal refused") not in office.record()


def test_repeated_decision_changes_nothing(office):
    appealed(office)
    decides(office, "sina", "Grant it", BECAUSE)
    before = office.record()
    office.again()
    assert office.record() == before


@pytest.mark.parametrize("reason", ["", "no", "x" * 1001])
def test_decision_without_a_reason_leaves_the_appeal_open(office, reason):
    appealed(office)
    decides(office, "sina", "Grant it", reason)
    assert "still open" in office.heard("sina")
    assert "Grant it" in [b.label for b in copies(office, "sina")[0].message.buttons]


def test_words_of_others_stay_quotes(office):
    rejected(office)
    office.says("amina", "/appeal 1 **bold** {id} *is* <b>not</b> markup here")
    assert "**bold** {id} *is* <b>not</b> markup here" in office.text(copies(office, "sina")[0])


# Instead of a decision


def test_new_text_ends_the_appeal(office):
    appealed(office)
    office.says("amina", "/drafts 1")
    office.presses("amina", "Change the text")
    office.fills("amina", text="The bridge is open again.")
    assert "its author changed the text instead" in office.heard("sina")
    assert copies(office, "sina")[0].message.buttons == ()
    assert TEXT in office.text(copies(office, "sina")[0])
    assert ("amina", "appeal dropped") in office.record()
    assert "0 of 2 approvals" in office.text(office.card())
    assert "ppeal" not in office.text(office.card())
    forge(office, "sina", "grant-appeal")
    assert "settled already" in office.heard("sina")


def test_author_takes_an_appeal_back_and_there_is_no_second(office):
    appealed(office)
    office.presses("amina", "Take the appeal back")
    assert "is taken back" in office.heard("amina")
    assert "its author took it back" in office.heard("lee")
    assert copies(office, "chen", "telegram")[0].message.buttons == ()
    office.says("amina", f"/appeal 1 {REASON}")
    assert "one appeal" in office.heard("amina")
    forge(office, "amina", "drop-appeal")
    assert "no appeal on draft 1 that you could take back" in office.heard("amina")


# Who can hear it


def test_without_another_senior_it_goes_to_the_lead_and_says_so(engine):
    office = TestOffice(engine, OFFICES.replace("[senior]", "[author]"))
    appealed(office, by=("bo", "chen"))
    heard = office.heard("amina")
    assert "No senior can hear your appeal on draft 1, so it is with the lead, lee." in heard
    assert "(chen voted on it)" in heard
    assert "so it is with the lead" in office.text(copies(office, "lee")[0])
    decides(office, "lee", "Grant it", BECAUSE)
    assert "Approved on appeal by lee" in office.text(office.card())
    office.close()


ALONE = (
    OFFICES.replace("[senior], slack: U0SINA", "[lead, moderator], slack: U0SINA")
    .replace("[lead, admin]", "[admin]")
    .replace("{name: bo, roles: [moderator]", "{name: bo, roles: [author]")
)


def test_appeal_that_nobody_can_hear_goes_to_the_admins_and_the_author_hears_it(engine):
    office = TestOffice(engine, ALONE)
    office.says("amina", f"/draft {TEXT}")
    for name in ("chen", "sina"):
        office.presses(name, "Reject", at=office.card())
        office.fills(name, reason="tone")
    office.says("amina", f"/appeal 1 {REASON}")
    told = office.inbox("amina")
    assert any("at present. (chen and sina voted on it)" in each for each in told)
    assert any("I have told lee" in each for each in told)
    assert "Nobody can hear the appeal on draft 1 by amina" in office.heard("lee")
    assert "Give somebody that role in the offices file" in office.heard("lee")
    assert "Nobody can hear it at present" in office.chat()[-1]
    assert ("bot", "appeal: nobody can hear it") in office.record()

    office.later(chase_appeals, minutes=1)
    assert sum("Nobody can hear the appeal" in said for said in office.inbox("lee")) == 1
    office.imports(ALONE.replace("bo, roles: [author]", "bo, roles: [author, senior]"))
    assert REASON in office.text(copies(office, "bo")[0])
    decides(office, "bo", "Grant it", BECAUSE)
    assert "Approved on appeal by bo" in office.text(office.card())
    office.close()


def test_lead_who_wrote_the_draft_does_not_hear_the_appeal(office):
    office.says("lee", f"/draft {TEXT}")
    for name in ("bo", "chen"):
        office.presses(name, "Reject", at=office.card())
        office.fills(name, reason="tone")
    office.says("lee", f"/appeal 1 {REASON}")
    assert len(copies(office, "sina")) == 1
    assert copies(office, "lee") == []


def test_who_leaves_hears_it_no_more_and_who_joins_does(office):
    appealed(office)
    office.imports(OFFICES.replace("name: sina, roles: [senior]", "name: sina, roles: [author]"))
    (shown,) = [
        s for s in office.slack.messages if s.chat == "U0SINA" and "appeal" in office.text(s)
    ]
    assert "no longer shown here" in office.text(shown)
    assert shown.message.buttons == ()
    forge(office, "sina", "grant-appeal")
    assert "Only a senior or lead" in office.heard("sina")
    office.imports(OFFICES)
    assert "Grant it" in [b.label for b in copies(office, "sina")[0].message.buttons]


def test_who_is_away_is_not_waited_for_and_gets_it_when_they_are_back(office):
    with transaction(office.engine) as db:
        for name in ("sina", "lee"):
            person = db.exec(select(Person).where(Person.name == name)).one()
            back = office.clock + timedelta(hours=5)
            away = {"person_id": person.id, "by": name, "starts_at": office.clock, "ends_at": back}
            db.add(Absence(**away))
    appealed(office, by=("bo", "chen"))
    assert any("Nobody can hear your appeal" in said for said in office.inbox("amina"))
    assert any("lee and sina cannot come now" in said for said in office.inbox("amina"))
    office.later(chase_appeals, hours=4, minutes=59)
    assert copies(office, "sina") == []
    office.later(chase_appeals, minutes=1)
    assert len(copies(office, "sina")) == len(copies(office, "lee")) == 1
    decides(office, "sina", "Grant it", BECAUSE)
    assert "Approved on appeal by sina" in office.text(office.card())


def test_long_text_stands_below_the_card_of_the_appeal(office):
    office.says("amina", f"/draft {TEXT} " + "It is wet. " * 300)
    for name in ("bo", "chen"):
        office.presses(name, "Reject", at=office.card())
        office.fills(name, reason="tone")
    office.says("amina", f"/appeal 1 {REASON}")
    (card,) = copies(office, "sina")
    assert "The text stands below this card" in office.text(card)
    below = [each for each in office.slack.messages if each.under == card.id]
    assert "".join(office.text(each) for each in below).count("wet.") == 300


# When nobody decides


def chased(office, name):
    return sum("The appeal on draft 1 for" in said for said in office.inbox(name))


def test_late_appeal_climbs_in_working_time_and_ends_unheard(office):
    appealed(office)
    office.clock = datetime(2026, 7, 20, 7, 59, tzinfo=UTC)
    office.later(chase_appeals)
    assert (chased(office, "sina"), chased(office, "lee")) == (0, 0)
    office.later(chase_appeals, minutes=1)
    assert (chased(office, "sina"), chased(office, "lee")) == (1, 1)
    office.presses("sina", "Show me the appeal")
    assert len(copies(office, "sina")) == 2
    office.later(chase_appeals, hours=10)  # the office is closed
    office.restart()
    office.clock = datetime(2026, 7, 21, 6, 0, tzinfo=UTC)
    office.later(chase_appeals)
    assert (chased(office, "sina"), chased(office, "lee")) == (1, 2)
    office.clock = datetime(2026, 7, 22, 6, 0, tzinfo=UTC)
    office.later(chase_appeals)
    assert "told as the administrator" in office.heard("lee")
    assert ("bot", "appeal unheard") not in office.record()
    office.clock = datetime(2026, 7, 27, 3, 59, tzinfo=UTC)  # Monday: 40 hours but for a minute
    office.later(chase_appeals)
    assert ("bot", "appeal unheard") not in office.record()
    office.later(chase_appeals, minutes=1)
    assert "Nobody decided your appeal" in office.heard("amina")
    assert "change it and send it again" in office.heard("amina", on="telegram")
    assert "ended unheard" in office.chat()[-1]
    for each in copies(office, "sina"):
        assert each.message.buttons == ()
        assert "Nobody decided the appeal in time" in office.text(each)
    assert "Rejected on" in office.text(office.card())
    assert "Nobody decided the appeal in time" in office.text(office.card())
    assert [a for w, a in office.record() if a.startswith("appeal late")] == [
        "appeal late: hearers reminded",
        "appeal late: lead told",
        "appeal late: admins told",
    ]
    forge(office, "sina", "grant-appeal")
    assert "settled already" in office.heard("sina")


def test_nothing_is_chased_at_night_or_on_days_off(office):
    office.clock = datetime(2026, 7, 23, 10, 0, tzinfo=UTC)  # Thursday, 16:00
    appealed(office)
    for hours in (2, 14, 24):  # the evening, Friday, Saturday
        office.later(chase_appeals, hours=hours)
    assert (chased(office, "sina"), chased(office, "lee")) == (0, 0)
