"""Complaints: on a card with a clock, answered by somebody, in public or offline, and chased."""

from datetime import timedelta

import pytest
from sqlmodel import select

from handlers.chat import Button
from handlers.complaint_chasing import ask_for_answers, chase_complaints
from policy.complaints import Passage, masked
from storage import complaints, pages
from storage.db import transaction
from storage.models import Absence, Complaint, FirstReply, Membership, Office, Page
from tests.office import FISHERIES, OFFICES, TestOffice

WORDS = "Nobody answers *my* letters! Call me on 01812-345678, I am <b>angry</b>."
MASKED = "Nobody answers *my* letters! Call me on •••••-••••••, I am <b>angry</b>."
LINK = "https://facebook.example/works/posts/1?comment=5"
OUTCOME = "Called back on Tuesday; the road is mended."


def filed(office: TestOffice, words: str = WORDS, name: str = "bo", on: str = "slack") -> None:
    office.says(name, f"/complaint {words}", on=on)


def card(office: TestOffice, on: str = "slack", chat: str = "C0MODS", number: int = 1):
    """Return the newest copy of a complaint's card that stands somewhere."""
    return next(
        shown
        for shown in reversed(office.platforms[on].messages)
        if shown.chat == chat
        and office.text(shown).startswith(f"Complaint {number} ")
        and "Brought in by" in office.text(shown)
    )


def row(office: TestOffice, number: int = 1) -> Complaint:
    with transaction(office.engine) as db:
        found = db.get_one(Complaint, number)
        db.expunge(found)
        return found


def labels(shown) -> list[str]:
    return [button.label for button in shown.message.buttons]


def forge(office: TestOffice, name: str, action: str, value: str = "1", on: str = "slack") -> None:
    at = office.slack.messages[0]
    office.presses_forged(name, Button("", action, value), on=on, at=at)


def did(office: TestOffice) -> list[tuple[str, str]]:
    return office.record(lambda entry: entry.subject == "complaint:1")


# Bringing one in


@pytest.mark.parametrize(("name", "on"), [("bo", "slack"), ("dara", "telegram")])
def test_complaint_stands_on_a_card_with_its_clock_and_personal_data_hidden(office, name, on):
    filed(office, f"{WORDS} {LINK}", name, on)
    shown = card(office)
    assert office.text(shown).splitlines() == [
        "Complaint 1 about Works on Facebook (Facebook)",
        f"Brought in by {name} on Mon 20 Jul 2026 10:00 (Asia/Dhaka).",
        f"│ {MASKED} {LINK}",
        "🙈 Hidden here: a phone number. Whoever answers can see it in private.",
        f"Link: {LINK}",
        "⏳ A first or holding reply is due by Tue 21 Jul 2026 10:00 (Asia/Dhaka).",
        "Nobody has taken it yet.",
    ]
    assert labels(shown) == [
        "I take it",
        "Holding reply sent",
        "Answered",
        "Take it offline",
        "Draft a public reply",
        "Show all of it",
    ]
    for where, chat in (("slack", "U0AMINA"), ("telegram", "1001")):
        assert office.text(card(office, where, chat)) == office.text(shown)
    assert "due by Tue 21 Jul 2026 10:00" in office.heard(name, on=on)
    assert "hides a phone number" in office.heard(name, on=on)
    assert did(office) == [(name, "complaint brought in")]
    office.again()
    assert len(office.chat()) == 1


def test_office_may_give_itself_another_time_for_its_first_reply(office):
    office.imports(OFFICES.replace("packs: [bd]", "packs: [bd]\n    reply_hours: 48"))
    filed(office)
    assert "due by Wed 22 Jul 2026 10:00" in office.text(card(office))


def test_words_of_a_complaint_stay_out_of_the_record(office):
    filed(office)
    seen = []
    office.record(lambda entry: seen.append(str(entry.model_dump())))
    assert not any("01812" in each or "letters" in each for each in seen)


def test_office_without_page_in_question_gets_it_by_the_form(office):
    office.says("bo", "/complaint")
    office.fills("bo", text="You are closed every day.", place="o1", link="")
    assert "Complaint 1 to Ministry of Works" in office.text(card(office))
    assert "Show all of it" not in labels(card(office))
    assert office.inbox("amina") == []


def test_form_of_a_complaint_is_a_conversation_on_telegram(office):
    office.says("dara", "/complaint", on="telegram")
    office.writes("dara", "You are closed every day.")
    office.restart()
    office.presses("dara", "Works on Facebook", on="telegram")
    office.writes("dara", LINK)
    assert f"Link: {LINK}" in office.text(card(office))


def test_long_complaint_is_cut_on_the_card_and_whole_in_private(office):
    words = "Again and again I have to wait for hours. " * 50
    filed(office, words)
    assert "That is not all of it." in office.text(card(office))
    office.presses("bo", "Show all of it", at=card(office))
    assert words.strip() in office.heard("bo")


# Acting on it


def test_somebody_takes_it_and_somebody_else_takes_it_over(office):
    filed(office)
    office.presses("bo", "I take it", at=card(office))
    assert "bo has taken it." in office.text(card(office))
    assert "Complaint 1 is yours now" in office.heard("bo")
    forge(office, "bo", "complaint-take")
    assert "You have taken complaint 1 already" in office.heard("bo")
    office.presses("dara", "I take it over", on="telegram", at=card(office))
    assert "dara has taken it." in office.text(card(office))
    assert office.heard("bo") == "dara has taken complaint 1 over from you."
    assert [who for who, what in did(office) if what == "complaint taken"] == ["bo", "dara"]


def test_holding_reply_stops_the_clock_once_and_the_answer_ends_it(office):
    filed(office)
    office.later(hours=3)
    office.presses("amina", "Holding reply sent", on="telegram", at=card(office))
    assert "Holding reply sent on Mon 20 Jul 2026 13:00 (Asia/Dhaka) (in time)" in office.text(
        card(office)
    )
    assert "Holding reply sent" not in labels(card(office))
    forge(office, "bo", "complaint-holding")
    assert "noted already, on Mon 20 Jul 2026 13:00" in office.heard("bo")
    office.later(hours=30)
    office.presses("chen", "Answered", at=card(office))
    office.fills("chen", outcome=f"{OUTCOME} He has 01812-345678.")
    said = office.text(card(office))
    assert "✅ Answered on Tue 21 Jul 2026 19:00" in said
    assert f"│ {OUTCOME} He has •••••-••••••." in said
    assert "due by" not in said
    for where, chat in (("slack", "C0MODS"), ("slack", "U0AMINA"), ("telegram", "1001")):
        assert labels(card(office, where, chat)) == []
    assert office.heard("bo") == "Complaint 1, which you brought in, is answered."
    found = row(office)
    assert (found.answer, found.answered_at) == (
        FirstReply.HOLDING,
        found.made_at + timedelta(hours=3),
    )
    assert [what for _, what in did(office)] == [
        "complaint brought in",
        "holding reply sent",
        "complaint answered",
    ]


@pytest.mark.parametrize("outcome", ["", "ok", "a" * 501])
def test_end_without_a_word_on_it_is_refused_and_the_complaint_stays_open(office, outcome):
    filed(office)
    office.presses("bo", "Answered", at=card(office))
    office.fills("bo", outcome=outcome)
    assert "3 to 500 characters" in office.heard("bo")
    assert row(office).closed_at is None


def test_nothing_happens_to_a_closed_complaint_and_written_words_come_back(office):
    filed(office)
    office.presses("bo", "Answered", at=card(office))
    office.presses("chen", "Answered", at=card(office))
    office.fills("chen", outcome=OUTCOME)
    office.fills("bo", outcome="I answered as well.")
    assert "Complaint 1 is closed: it was answered on" in office.heard("bo")
    assert "│ I answered as well." in office.heard("bo")
    before = office.text(card(office)), row(office)
    for action in ("take", "holding", "answered", "offline", "draft"):
        forge(office, "bo", f"complaint-{action}")
        assert "Complaint 1 is closed" in office.heard("bo")
    assert (office.text(card(office)), row(office)) == before


def test_offline_gives_a_message_in_the_languages_of_the_page_without_personal_data(office):
    office.imports(
        OFFICES.replace("owner: amina", "owner: amina\n        languages: [bn, fr, en, sm]")
    )
    filed(office)
    office.presses("bo", "Take it offline", at=card(office))
    said = office.heard("bo")
    for words in ("In Bangla:", "In French:", "In English:", "reference: 1", "+8802223380000"):
        assert words in said
    assert "01812" not in said
    assert "angry" not in said
    assert "the clock runs until then" in said
    assert "Taken offline on Mon 20 Jul 2026 10:00" in office.text(card(office))
    at = row(office).offline_at
    office.later(hours=1)
    office.presses("bo", "Private message again", at=card(office))
    assert "In Bangla:" in office.heard("bo")
    assert row(office).offline_at == at
    assert did(office).count(("bo", "complaint taken offline")) == 1


def test_whole_text_is_for_those_who_answer_and_each_look_is_recorded(engine):
    office = TestOffice(
        engine,
        OFFICES.replace(
            "    pages:", "      - {name: zia, roles: [author], slack: U0ZIA}\n    pages:"
        ),
    )
    filed(office)
    forge(office, "zia", "complaint-whole")
    assert "whoever took it or the owner and the deputy of its page" in office.heard("zia")
    forge(office, "amina", "complaint-whole")
    assert f"│ {WORDS}" in office.heard("amina")
    forge(office, "zia", "complaint-take")
    forge(office, "zia", "complaint-whole")
    assert f"│ {WORDS}" in office.heard("zia")
    assert [who for who, what in did(office) if what == "complaint read whole"] == ["amina", "zia"]
    office.close()


def test_other_offices_and_strangers_learn_nothing(engine):
    office = TestOffice(engine, OFFICES + FISHERIES.replace('telegram: "2002"', "slack: U0ETI"))
    filed(office, f"{WORDS} https://facebook.example/works")
    for action in ("take", "holding", "answered", "offline", "draft", "whole", "card"):
        for number in ("1", "99"):
            forge(office, "eti", f"complaint-{action}", number)
            assert f"I know no complaint {number}" in office.heard("eti")
        forge(office, "mallory", f"complaint-{action}")
        assert "I do not know you yet" in office.heard("mallory")
    office.says("eti", "/complaints 1")
    assert "I know no complaint 1" in office.heard("eti")
    assert row(office).owner_id is None
    office.close()


# A public reply


def test_public_reply_goes_through_draft_and_ends_the_complaint_once_posted(office):
    filed(office)
    office.presses("amina", "Draft a public reply", at=card(office, chat="U0AMINA"))
    (form,) = office.slack.waiting.values()
    assert [each.name for each in form.fields] == ["text", "wanted", "files"]
    office.fills("amina", text="We are sorry, and have called back.")
    assert "It is the public reply to complaint 1" in office.heard("amina")
    assert "Purpose: Reply to a complaint" in office.text(office.card())
    assert "Public reply: draft 1" in office.text(card(office))
    forge(office, "bo", "complaint-draft")
    assert "Draft 1 is the reply to complaint 1 already: it is in review" in office.heard("bo")
    office.presses("bo", "Approve", at=office.card())
    office.presses("dara", "Approve", on="telegram", at=office.card(on="telegram", chat="1004"))
    office.presses("amina", "Mark as posted")
    office.fills("amina", link="https://facebook.example/works/9")
    found = row(office)
    assert (found.answer, found.answered_at) == (FirstReply.FULL, office.clock)
    assert (found.closed_at, found.outcome) == (office.clock, "https://facebook.example/works/9")
    assert labels(card(office)) == []
    assert "complaint answered" in [what for _, what in did(office)]


def test_after_a_rejected_reply_another_one_may_be_written(office):
    filed(office)
    office.presses("amina", "Draft a public reply", on="telegram", at=card(office))
    office.writes("amina", "We are sorry.")
    office.presses("amina", "Skip", on="telegram")
    office.presses("amina", "Go on", on="telegram")
    assert row(office).draft_id == 1
    for name in ("bo", "chen"):
        office.presses(name, "Reject", at=office.card())
    office.slack.waiting.clear()
    office.presses("amina", "Draft a public reply", at=card(office))
    office.fills("amina", text="We are sorry, and have called back.")
    assert row(office).draft_id == 2


def test_reply_to_a_complaint_that_was_answered_meanwhile_is_a_draft_all_the_same(office):
    filed(office)
    office.presses("amina", "Draft a public reply", at=card(office))
    trigger, form = office.slack.waiting.popitem()
    office.presses("bo", "Answered", at=card(office))
    office.fills("bo", outcome=OUTCOME)
    office.slack.waiting[trigger] = form
    office.fills("amina", text="We are sorry, and have called back.")
    assert "not noted as the reply to complaint 1" in office.heard("amina")
    assert "We are sorry" in office.text(office.card())
    assert row(office).draft_id is None


# Chasing


def chased(office: TestOffice, **duration: float) -> None:
    office.restart()
    office.later(chase_complaints, ask_for_answers, **duration)


def test_owner_hears_before_the_deadline_then_the_chat_and_the_lead_each_once(office):
    filed(office)
    count = len(office.inbox("amina"))
    chased(office, hours=6)  # 16:00 on Monday: the office is open, and there is time
    chased(office, hours=16)  # 08:00 on Tuesday: the office opens at 09:00
    assert len(office.inbox("amina")) == count
    chased(office, hours=1)
    assert len(office.inbox("amina")) == count + 1
    assert "Nobody has taken it; you look after its page" in office.heard("amina")
    chased(office, minutes=59)
    chased(office, seconds=59)
    assert len(office.inbox("amina")) == count + 1
    assert office.inbox("lee") == []
    chased(office, seconds=1)
    for said in (office.chat()[-1], office.heard("lee")):
        assert "It is late: a first or holding reply was due by Tue 21 Jul" in said
        assert "Nobody has taken it." in said
    assert "🔴 Late" in office.text(card(office))
    chased(office, hours=5)
    assert (len(office.chat()), len(office.inbox("lee"))) == (2, 1)
    office.presses("amina", "Show me the complaint")
    assert "🔴 Late" in office.text(card(office, chat="U0AMINA"))
    assert did(office)[1:] == [("bot", "complaint: reminded"), ("bot", "complaint: late")]


def test_whoever_took_it_is_reminded_and_not_the_owner(office):
    filed(office)
    office.presses("chen", "I take it", at=card(office))
    count = len(office.inbox("amina"))
    chased(office, hours=23)
    assert "You have taken it" in office.heard("chen")
    assert len(office.inbox("amina")) == count


@pytest.mark.parametrize("label", ["Holding reply sent", "Answered"])
def test_nothing_is_chased_once_a_reply_went_out(office, label):
    filed(office)
    office.presses("bo", label, at=card(office))
    if label == "Answered":
        office.fills("bo", outcome=OUTCOME)
    chased(office, hours=23)
    chased(office, hours=5)
    assert len(office.chat()) == 1
    assert office.inbox("lee") == []


def test_answer_that_was_promised_is_asked_for_once_a_week_until_the_complaint_is_closed(office):
    filed(office)
    office.presses("chen", "I take it", at=card(office))
    office.presses("chen", "Holding reply sent", at=card(office))
    count = len(office.inbox("chen"))
    chased(office, days=6, hours=23)
    assert len(office.inbox("chen")) == count
    chased(office, hours=1)
    assert "A holding reply was sent on Mon 20 Jul" in office.heard("chen")
    assert "You have taken it" in office.heard("chen")
    chased(office, days=6)
    assert len(office.inbox("chen")) == count + 1
    chased(office, days=1, hours=12)  # a week later, and the office is closed
    assert len(office.inbox("chen")) == count + 1
    chased(office, hours=12)
    assert len(office.inbox("chen")) == count + 2
    office.presses("chen", "Answered", at=card(office))
    office.fills("chen", outcome=OUTCOME)
    count = len(office.inbox("chen"))
    chased(office, days=14)
    assert len(office.inbox("chen")) == count
    assert did(office).count(("bot", "complaint: reminded")) == 2


def test_answer_is_not_asked_for_while_a_public_reply_is_on_its_way(office):
    filed(office)
    office.presses("amina", "Holding reply sent", at=card(office))
    office.presses("amina", "Draft a public reply", at=card(office))
    office.fills("amina", text="We are sorry, and have called back.")
    count = len(office.inbox("amina"))
    chased(office, days=7)
    assert len(office.inbox("amina")) == count
    for name in ("bo", "chen"):
        office.presses(name, "Reject", at=office.card())
    chased(office, minutes=5)
    assert any("A holding reply was sent on" in each for each in office.inbox("amina")[count:])


def test_who_took_nothing_is_not_told_that_they_did(office):
    filed(office)
    office.presses("chen", "I take it", at=card(office))
    office.presses("chen", "Holding reply sent", at=card(office))
    with transaction(office.engine) as db:
        leaver = db.exec(select(Membership).where(Membership.person_id == 3)).one()
        leaver.roles = []
    chased(office, days=7)
    assert "you look after its page" in office.heard("amina")
    assert "You have taken it" not in office.heard("amina")


def away(office: TestOffice, person_id: int, deputy_id: int | None = None) -> None:
    with transaction(office.engine) as db:
        start = office.clock - timedelta(days=1)
        db.add(
            Absence(
                person_id=person_id,
                starts_at=start,
                ends_at=start + timedelta(days=9),
                deputy_id=deputy_id,
                by="x",
            )
        )


def test_deputy_hears_while_the_owner_is_away_then_the_pages_own_then_the_chat(office):
    filed(office)
    away(office, 1, deputy_id=3)  # amina by chen
    chased(office, hours=23)
    assert "or stand in for whoever does" in office.heard("chen")
    with transaction(office.engine) as db:
        db.exec(select(Absence)).one().deputy_id = None
        db.get_one(Page, 1).deputy_id = 2  # bo
    filed(office, "Your office is closed again. 01812-345678", "chen")
    chased(office, hours=23)
    assert "Complaint 2" in office.heard("bo")
    assert "Your page" not in office.heard("bo")
    away(office, 2)
    filed(office, "Your office is closed still.", "chen")
    chased(office, hours=23)
    assert "Nobody who would answer for it can be reached" in office.chat()[-1]


def test_after_a_long_pause_of_the_bot_only_what_is_late_is_said(office):
    filed(office)
    chased(office, days=4)
    assert "It is late" in office.heard("lee")
    assert did(office)[1:] == [("bot", "complaint: late")]


# The list


def test_open_complaints_are_listed_oldest_first_with_their_clock(office):
    filed(office)
    office.later(hours=1)
    filed(office, "You are closed every day.")
    office.later(hours=1)
    filed(office, "Your form is broken.")
    office.presses("chen", "I take it", at=card(office, number=2))
    office.presses("chen", "Holding reply sent", at=card(office, number=3))
    office.later(hours=22, minutes=30)
    office.says("dara", "/complaints", on="telegram")
    assert office.heard("dara", on="telegram").splitlines() == [
        "Open complaints: 3, the oldest first",
        "1 Works on Facebook: late by 30 min, nobody has taken it",
        "2 Works on Facebook: 30 min left, chen",
        "3 Works on Facebook: holding reply sent, nobody has taken it",
        "/complaints with a number shows one, with its buttons.",
    ]
    office.says("dara", "/complaints 2", on="telegram")
    office.presses("dara", "I take it over", on="telegram")
    assert "dara has taken it." in office.text(card(office, number=2))
    office.says("bo", "/complaints two")
    assert "Write /complaints for all" in office.heard("bo")


def test_long_list_goes_on_at_a_press_and_an_empty_one_says_so(office):
    office.says("bo", "/complaints")
    assert office.heard("bo") == "No complaint is open in your offices."
    for number in range(22):
        filed(office, f"The form number {number} is broken.")
    office.says("bo", "/complaints")
    assert len(office.heard("bo").splitlines()) == 22
    office.presses("bo", "Show 2 more")
    assert "22 Works on Facebook" in office.heard("bo")


def test_card_of_somebody_who_left_is_closed(office):
    filed(office)
    with transaction(office.engine) as db:
        db.exec(select(Membership).where(Membership.person_id == 1)).one().roles = []
    office.presses("bo", "I take it", at=card(office))
    assert office.heard("amina") == "Complaint 1 is no longer shown here."


# The figures


def test_first_replies_are_counted_in_time_late_and_none(office):
    began = office.clock
    for words in ("One is bad.", "Two is bad.", "Three is bad.", "Four is bad."):
        filed(office, words)
    office.later(hours=2)
    office.presses("bo", "Holding reply sent", at=card(office, number=1))
    office.later(hours=22)
    office.presses("bo", "Holding reply sent", at=card(office, number=2))
    office.presses("bo", "Take it offline", at=card(office, number=2))
    office.later(hours=2)
    office.presses("bo", "Answered", at=card(office, number=3))
    office.fills("bo", outcome=OUTCOME)
    with transaction(office.engine) as db:
        works, page = db.exec(select(Office)).one(), pages.get(db, 1)
        figures = complaints.complaint_figures(db, works, began, office.clock)
        assert figures == complaints.ComplaintFigures(4, 2, 1, 1, 24.0, 1, 1)
        assert complaints.complaint_figures(db, works, began, office.clock, page) == figures
        later = began + timedelta(seconds=1)
        nothing = complaints.ComplaintFigures(0, 0, 0, 0, None, 0, 0)
        assert complaints.complaint_figures(db, works, later, office.clock) == nothing
        assert complaints.overdue_by_office(db, office.clock) == {1: 1}


def test_masking_keeps_the_shape_and_hides_marks_of_other_scripts():
    assert masked("a ০১৭-কি!b c", [Passage("phone", 2, 9)]) == "a •••-••!b c"


@pytest.mark.parametrize(
    "secret",
    ["jane.doe@mail.example", "jane%40mail.example", "wa.me/8801812345678", "?phone=01812-345678"],
)
def test_what_is_personal_is_hidden_in_links_as_well(office, secret):
    link = f"https://x.example/{secret}"
    filed(office, f"See {link}, and nobody answers.")
    office.says("bo", "/complaint")
    office.fills("bo", text="Nobody answers there.", place="p1", link=link)
    for number in (1, 2):
        assert secret not in office.text(card(office, number=number))
        office.presses("bo", "Show all of it", at=card(office, number=number))
        assert link in office.heard("bo")


def test_address_of_the_office_and_links_to_posts_are_not_hidden(office):
    words = "I wrote to info@works.example: https://facebook.example/works/posts/1234567890123456"
    filed(office, words)
    assert f"│ {words}" in office.text(card(office))
    assert "Show all of it" not in labels(card(office))
