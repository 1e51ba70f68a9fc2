"""What is said below a card is kept with the draft, and reaches all who review it."""

import pytest
from sqlmodel import select

from bot.platforms.sandbox import Shown
from handlers.chat import Button, Comment, Kind
from storage.db import transaction
from storage.models import AuditEntry, InboxEvent, OutboxMessage, Remark
from tests.office import FISHERIES, OFFICES, TestOffice

CLOSED = "The bridge at Kanchpur is closed on Monday from 9 am."
WORDS = "Is Kanchpur spelt *like* that? <!channel>"
ON_TELEGRAM = OFFICES.replace(
    "{platform: slack, chat: C0MODS}", '{platform: telegram, chat: "-100"}'
)
#: Where the moderators meet, somebody who is in that chat, and somebody who has a private copy.
PLACES = {
    "slack": (OFFICES, "C0MODS", "bo", ("dara", "telegram", "1004")),
    "telegram": (ON_TELEGRAM, "-100", "dara", ("bo", "slack", "U0BO")),
}


@pytest.fixture(params=PLACES)
def place(request, engine):
    """An office whose moderators meet on each platform, with one open draft."""
    text, chat, inside, outside = PLACES[request.param]
    office = TestOffice(engine, text)
    office.says("amina", f"/draft {CLOSED}")
    yield office, request.param, chat, inside, outside
    office.close()


def remarks_in(office):
    """List what was kept, as draft, revision and words."""
    with transaction(office.engine) as db:
        found = db.exec(select(Remark).order_by(Remark.id)).all()
        return [(each.draft_id, each.revision, each.text) for each in found]


def below(office, card, on):
    """List what stands below a card."""
    said = office.platforms[on].messages
    return [office.text(each) for each in said if each.under == card.id and each.chat == card.chat]


def own(card, number):
    """Stand for what somebody wrote near a card."""
    return Shown(number, card.chat, card.message)


def test_remark_below_the_card_is_kept_and_reaches_those_who_are_elsewhere(place):
    office, on, chat, inside, (outside, there, user) = place
    card, copy = office.card(on=on, chat=chat), office.card(on=there, chat=user)
    office.comments(inside, WORDS, card, on=on)
    office.again()
    office.restart()
    assert remarks_in(office) == [(1, 1, WORDS)]
    assert below(office, copy, there) == [f"Draft 1: {inside} says:\n│ {WORDS}"]
    assert below(office, card, on) == []
    assert office.record().count((inside, "remark")) == 1
    assert not any("Kanchpur is closed" in each for each in office.inbox("amina"))
    assert [b.label for b in card.message.buttons if "Discussion" in b.label]

    office.says(outside, "/queue discussion 1", on=there)
    assert office.heard(outside, on=there) == (
        "Discussion of draft 1, 1 in all:\n"
        f"{inside} on Mon 20 Jul 2026 10:00 (Asia/Dhaka), about revision 1:\n│ {WORDS}"
    )


def test_remark_below_a_private_copy_is_passed_on_below_the_card(place):
    office, on, chat, _, (outside, there, user) = place
    card, copy = office.card(on=on, chat=chat), office.card(on=there, chat=user)
    office.comments(outside, WORDS, copy, on=there)
    assert below(office, card, on) == [f"Draft 1: {outside} says:\n│ {WORDS}"]
    assert below(office, copy, there) == []
    assert "passed on to those who review it" in office.heard(outside, on=there)
    assert remarks_in(office) == [(1, 1, WORDS)]


def test_answer_to_a_remark_and_to_what_was_passed_on_belongs_to_the_draft(place):
    office, on, chat, inside, (outside, there, user) = place
    card, copy = office.card(on=on, chat=chat), office.card(on=there, chat=user)
    first = office.comments(inside, "one", card, on=on)
    second = office.comments("lee", "two", own(card, first), on=on)
    office.comments(inside, "three", own(card, second), on=on)
    passed = next(each for each in office.platforms[there].messages if each.under == copy.id)
    office.comments(outside, "four", passed, on=there)
    assert [text for _, _, text in remarks_in(office)] == ["one", "two", "three", "four"]


def test_remark_names_the_revision_it_was_about(office):
    office.says("amina", f"/draft {CLOSED}")
    office.comments("bo", "Which bridge?", office.card())
    office.presses("amina", "Change the text")
    office.fills("amina", text="The bridge at Kanchpur is open.")
    office.comments("chen", "Better.", office.card())
    assert remarks_in(office) == [(1, 1, "Which bridge?"), (1, 2, "Better.")]


def test_words_are_kept_nowhere_but_with_the_draft(office):
    office.says("amina", f"/draft {CLOSED}")
    office.comments("bo", "a very secret doubt", office.card())
    with transaction(office.engine) as db:
        kept = [*db.exec(select(AuditEntry)), *db.exec(select(InboxEvent))]
        assert not any("secret doubt" in str(row.model_dump()) for row in kept)
    assert office.verdict().broken is None


def test_what_stands_below_nothing_of_ours_is_not_kept(place):
    office, on, chat, inside, _ = place
    elsewhere = Shown("strange", chat, office.card(on=on, chat=chat).message)
    office.comments(inside, "Lunch?", elsewhere, on=on)
    assert remarks_in(office) == []
    with transaction(office.engine) as db:
        rows = [*db.exec(select(InboxEvent)), *db.exec(select(OutboxMessage))]
        assert not any("Lunch" in str(row.model_dump()) for row in rows)
    assert (inside, "remark") not in office.record()


def test_first_wording_stays_when_the_same_message_is_delivered_anew(office):
    office.says("amina", f"/draft {CLOSED}")
    office.comments("bo", "first", office.card())
    again = office._last
    fields = {**vars(again), "text": "second", "id": "another-delivery"}
    office.happens(Comment(**fields))
    assert remarks_in(office) == [(1, 1, "first")]
    assert office.record().count(("bo", "remark")) == 1


def test_bots_are_not_listened_to_and_strangers_are_named_by_their_account(office):
    office.says("amina", f"/draft {CLOSED}")
    office.comments("robot", "beep", office.card(), kind=Kind.BOT)
    office.comments("bo", "   ", office.card())
    assert remarks_in(office) == []
    office.comments("U0MALLORY", "Hello", office.card())
    office.comments("the-group", "Boo", office.card(), kind=Kind.ANONYMOUS)
    office.says("bo", "/queue discussion #1")
    assert "slack U0MALLORY on" in office.heard("bo")
    assert "An anonymous administrator on" in office.heard("bo")


def test_author_does_not_read_what_moderators_say_to_each_other(office):
    office.imports(OFFICES.replace("amina, roles: [author]", "amina, roles: [author, lead]"))
    office.says("amina", f"/draft {CLOSED}")
    office.comments("bo", "a doubt", office.card())
    for said in ("/queue discussion 1", "/drafts 1"):
        office.says("amina", said)
        assert "a doubt" not in office.heard("amina")
    office.presses_forged("amina", Button("", "discussion", "1.0"), on="slack", at=office.card())
    assert "stays among them" in office.heard("amina")
    assert not any("a doubt" in each for each in office.inbox("amina", on="telegram"))


def test_discussion_is_paged_with_the_newest_last(office):
    office.says("amina", f"/draft {CLOSED}")
    for number in range(1, 12):
        office.comments("bo", f"remark {number}.", office.card())
    office.presses("chen", "Discussion", at=office.card())
    page = office.heard("chen")
    assert "11 in all" in page
    assert page.endswith("│ remark 11.")
    assert "remark 3." not in page
    office.presses("chen", "Earlier")
    assert office.heard("chen").endswith("│ remark 3.")
    assert office.slack.messages[-1].message.buttons == ()


def test_discussion_of_a_decided_draft_is_kept_and_read_by_the_command(office):
    office.says("amina", f"/draft {CLOSED}")
    office.comments("bo", "before", office.card())
    for name in ("bo", "chen"):
        office.reacts(name, "👍", office.card())
    assert office.card().message.buttons == ()
    office.comments("chen", "after", office.card())
    copy = office.card(on="telegram", chat="1004")
    assert len(below(office, copy, "telegram")) == 1
    office.says("lee", "/queue discussion 1")
    assert office.heard("lee").endswith("│ after")


@pytest.mark.parametrize("wanted", ["", "x", "-1", "1 2", "99999999999", "7"])
def test_nonsense_and_unknown_drafts_have_no_discussion(office, wanted):
    office.says("bo", f"/queue discussion {wanted}")
    assert "Say which draft" in office.heard("bo") or "I know no draft 7" in office.heard("bo")


@pytest.mark.parametrize("value", ["", "1", "x.0", "1.x", "7.0", "1.0"])
def test_forged_buttons_show_nothing(office, value):
    office.says("amina", f"/draft {CLOSED}")
    office.presses_forged("bo", Button("", "discussion", value), on="slack", at=office.card())
    assert "in all" not in office.heard("bo")
    assert office.heard("bo")


def test_another_office_reads_nothing_and_takes_no_part(office):
    office.imports(OFFICES + FISHERIES)
    office.says("amina", f"/draft {CLOSED}")
    office.comments("bo", "a doubt", office.card())
    office.says("eti", "/queue discussion 1", on="telegram")
    assert "a doubt" not in office.heard("eti", on="telegram")
    card = office.card(on="telegram", chat="1004")
    office.presses_forged("eti", Button("", "discussion", "1.0"), on="telegram", at=card)
    assert "I know no draft 1" in office.heard("eti", on="telegram")


def test_copy_of_somebody_who_left_the_panel_takes_no_more_remarks(office):
    office.says("amina", f"/draft {CLOSED}")
    copy = office.card(on="telegram", chat="1004")
    text = OFFICES.replace("dara, roles: [moderator]", "dara, roles: [author]")
    office.imports(text.replace("sina, roles: [senior]", "sina, roles: [moderator]"))
    office.comments("dara", "Let me in", copy, on="telegram")
    assert "Only a moderator" in office.heard("dara", on="telegram")
    assert remarks_in(office) == []


def test_private_reply_to_a_question_is_still_its_answer(office):
    office.says("amina", "/draft", on="telegram")
    office.presses("amina", "Service information", on="telegram")
    question = office.telegram.messages[-1]
    office.comments("amina", CLOSED, question, on="telegram")
    assert "When is it wanted?" in office.heard("amina", on="telegram")
    office.comments(
        "amina", "2026-12-01 09:00", Shown("0", "1001", question.message), on="telegram"
    )
    office.presses("amina", "Go on", on="telegram")
    assert CLOSED in office.text(office.card())


def test_remarks_in_a_chat_that_the_moderators_have_left_are_not_kept(office):
    office.says("amina", f"/draft {CLOSED}")
    old = office.card()
    office.imports(OFFICES.replace("C0MODS", "C0ELSE"))
    office.comments("bo", "Still here?", old)
    assert remarks_in(office) == []
    office.comments("bo", "Here now.", office.card(chat="C0ELSE"))
    assert remarks_in(office) == [(1, 1, "Here now.")]
