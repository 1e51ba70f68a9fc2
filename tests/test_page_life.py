"""The life of a page: its checklist, its pauses, its owners, and its end."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlmodel import select

from handlers.chat import Button
from handlers.handover import withdraw_handovers
from handlers.onboarding import ask_for_checklists
from handlers.ownerless import report_pages_without_owner
from storage import pages, people
from storage.db import transaction
from storage.models import AuditEntry, Page
from tests.office import OFFICES, TestOffice

WHY = "The team moves to another building."
CONFIRM = "Confirm: Works on Facebook"


def page(office):
    with transaction(office.engine) as db:
        return db.get_one(Page, 1)


def entries(office, action):
    with transaction(office.engine) as db:
        found = db.exec(select(AuditEntry).where(AuditEntry.action == action)).all()
        return [(entry.actor, entry.detail) for entry in found]


def asked(office, name="amina"):
    return sum("Please confirm" in said for said in office.inbox(name))


def presses_too_late(office, name, handover):
    """Take a page with a button that was there a moment ago."""
    button = Button("Take it", "page-take", str(handover))
    office.presses_forged(name, button, on="slack", at=office.slack.messages[0])


# The checklist


def test_owner_is_asked_once_and_chased_weekly_until_they_confirm(office):
    office.later(ask_for_checklists, minutes=30)
    assert asked(office) == 1
    office.restart()
    office.later(ask_for_checklists, days=6, hours=23)
    assert asked(office) == 1
    office.later(ask_for_checklists, hours=1)
    assert asked(office) == 2
    office.presses("amina", CONFIRM)
    office.fills("amina", person="2")
    assert "The checklist of Works on Facebook is confirmed" in office.heard("amina")
    office.later(ask_for_checklists, days=8)
    assert asked(office) == 2
    office.says("lee", "/page 1")
    assert "Checklist: confirmed by amina" in office.heard("lee")
    assert "Deputy: bo" in office.heard("lee")
    assert [actor for actor, _ in entries(office, "checklist confirmed")] == ["amina"]
    assert len(entries(office, "checklist sent")) == 2


def test_owner_confirms_again_when_the_terms_change_and_never_those_that_are_gone(office):
    office.later(ask_for_checklists, minutes=30)
    old = next(s for s in reversed(office.slack.messages) if s.message.buttons)
    office.imports(OFFICES.replace("owner: amina", "owner: amina\n        terms: 2026-07-01"))
    office.presses("amina", CONFIRM, at=old)
    assert "terms of Works on Facebook have changed since. Read those of 1 Jul" in office.heard(
        "amina"
    )
    office.later(ask_for_checklists, minutes=30)
    assert "terms of 1 Jul 2026" in office.heard("amina")
    office.presses("amina", CONFIRM)
    office.fills("amina", person="0")
    office.says("lee", "/page change 1 terms 2026-07-20")
    assert "asked to confirm the checklist anew" in office.heard("lee")
    office.later(ask_for_checklists, minutes=30)
    assert "terms of 20 Jul 2026" in office.heard("amina")


def test_nobody_else_confirms_and_nobody_does_twice(office):
    office.later(ask_for_checklists, minutes=30)
    shown = next(s for s in reversed(office.slack.messages) if s.message.buttons)
    office.presses("lee", CONFIRM, at=shown)
    assert "You may not confirm its checklist" in office.heard("lee")
    office.presses("amina", CONFIRM, at=shown)
    office.fills("amina", person="1")
    assert "cannot be your own deputy" in office.heard("amina")
    office.presses("amina", CONFIRM, at=shown)
    office.fills("amina", person="0")
    office.presses("amina", CONFIRM, at=shown)
    assert "confirmed already" in office.heard("amina")


def test_owner_who_is_away_is_asked_when_they_are_back(office):
    office.says("amina", "/away until 2026-07-22")
    office.later(ask_for_checklists, hours=2)
    assert asked(office) == 0
    office.later(ask_for_checklists, days=3)
    assert asked(office) == 1


# Pauses


def test_page_is_paused_and_its_drafts_go_on(office):
    office.says("amina", f"/page pause facebook until Friday because {WHY}")
    assert "is paused until the end of Fri 24 Jul 2026" in office.heard("amina")
    assert pages.is_paused(page(office), office.clock)
    assert not pages.is_paused(page(office), office.clock - timedelta(seconds=1))
    office.says("lee", "/pages")
    assert f"“{WHY}”" in office.heard("lee")
    office.says("amina", "/draft The road is closed on Monday.")
    assert "Draft 1 for Works on Facebook is with the moderators" in office.heard("amina")
    office.later(days=4, hours=13, minutes=59)  # Friday, 23:59 in Dhaka
    assert pages.is_paused(page(office), office.clock)
    office.later(minutes=1)
    assert not pages.is_paused(page(office), office.clock)
    assert entries(office, "page paused")[0][1]["reason"] == WHY


def test_pause_is_ended_and_the_owner_hears_of_both(office):
    office.says("lee", "/page pause")
    office.fills("lee", page="1", until="someday", because="short")
    assert "“someday” is no day" in office.heard("lee")
    assert "this one has 5" in office.heard("lee")
    office.fills("lee", until="2026-08-01", because=WHY)
    assert "lee has paused your page Works on Facebook" in office.heard("amina")
    office.later(minutes=1)
    office.says("lee", "/page resume")
    assert "is not paused any more" in office.heard("lee")
    assert "lee has ended the pause" in office.heard("amina")
    assert page(office).paused_from < office.clock == page(office).paused_until
    office.says("lee", "/page resume 1")
    assert "is not paused" in office.heard("lee")
    office.says("bo", f"/page pause 1 until Friday because {WHY}")
    assert "You may not pause it" in office.heard("bo")


@pytest.mark.parametrize(
    ("until", "why"),
    [
        ("2026-07-19", "is over"),
        ("2027-07-22", "at most a year"),
        ("2026-02-30", "no day"),
        ("2026-07-20", ""),
        ("2027-07-21", ""),
    ],
)
def test_pause_ends_on_a_day_that_is_to_come_and_within_a_year(office, until, why):
    office.says("amina", f"/page pause 1 until {until} because {WHY}")
    assert (why or "is paused until the end") in office.heard("amina")


def test_file_pauses_a_page_and_the_chat_may_end_that_for_good(office):
    paused = OFFICES.replace(
        "owner: amina", "owner: amina\n        paused: {until: 2026-07-31, because: Repairs}"
    )
    assert office.imports(paused) == [
        "Ministry of Works: page Works on Facebook is paused until 2026-07-31"
    ]
    office.says("amina", "/page resume 1")
    assert office.imports(paused) == []
    assert not pages.is_paused(page(office), office.clock)


# Handing over


def test_page_is_handed_over_once_the_new_owner_takes_it(office):
    office.says("amina", "/page give Works on Facebook to bo")
    assert "Until they do, amina looks after it" in office.heard("amina")
    assert "amina asks you to look after Works on Facebook" in office.heard("bo")
    office.imports(OFFICES)
    assert page(office).owner_id == 1
    office.presses("bo", "Take it")
    assert page(office).owner_id == 2
    assert "bo looks after Works on Facebook now" in office.heard("amina")
    assert "Please confirm" in office.heard("bo")
    presses_too_late(office, "bo", 1)
    assert "settled already" in office.heard("bo")
    assert office.imports(OFFICES) == []
    assert page(office).owner_id == 2
    ((actor, detail),) = entries(office, "page handed over")
    assert (actor, detail["of"], detail["to"]) == ("bo", "amina", "bo")


def test_who_does_not_take_a_page_leaves_it_where_it_is_and_both_who_wait_hear(office):
    office.says("lee", "/page give")
    office.fills("lee", page="1", person="2")
    offer = next(s for s in reversed(office.slack.messages) if "asks you to look" in office.text(s))
    office.presses("chen", "Take it", at=offer)
    assert "Somebody else was asked" in office.heard("chen")
    office.presses("bo", "Not me")
    assert page(office).owner_id == 1
    for name in ("amina", "lee"):
        assert "bo does not take Works on Facebook over" in office.heard(name)


def test_offer_is_withdrawn_when_somebody_else_is_asked_when_one_leaves_and_at_the_end(office):
    office.says("amina", "/page give 1 to bo")
    office.says("amina", "/page give 1 to bo")
    assert "has been asked already" in office.heard("amina")
    office.says("amina", "/page give 1 to sina")
    assert "is not handed over to bo after all: somebody else was asked" in office.heard("bo")
    gone = "\n".join(each for each in OFFICES.splitlines() if "name: sina" not in each)
    office.imports(gone)
    office.later(withdraw_handovers, minutes=5)
    assert "sina has left the office" in office.heard("amina")
    office.says("amina", "/page give 1 to chen")
    office.says("lee", f"/page close 1 because {WHY}")
    presses_too_late(office, "chen", 3)
    assert "settled already" in office.heard("chen")
    whys = [detail["why"] for _, detail in entries(office, "handover withdrawn")]
    assert whys == ["somebody else was asked", "sina has left the office", "the page was closed"]


def test_new_owner_on_telegram_takes_a_page(office):
    office.says("lee", "/page give 1 to dara")
    office.presses("dara", "Take it", on="telegram")
    assert "dara looks after Works on Facebook now" in office.heard("amina")


# Closing


def test_closed_page_takes_no_draft_stays_closed_and_opens_again(office):
    office.says("lee", f"/page close 1 because {WHY}")
    assert "stays closed nevertheless" in office.heard("lee")
    assert f"lee has closed your page Works on Facebook: “{WHY}”" in office.heard("amina")
    office.says("amina", "/draft The road is closed on Monday.")
    said = office.heard("amina")
    assert "is closed since Mon 20 Jul 2026" in said
    assert "│ The road is closed on Monday." in said
    assert office.imports(OFFICES) == []
    office.says("bo", "/page reopen 1")
    assert "“page reopen” takes the role lead or admin" in office.heard("bo")
    office.says("lee", "/page reopen")
    office.fills("lee", page="1")
    assert "is open again" in office.heard("lee")
    office.says("amina", "/draft The road is closed on Monday.")
    assert "is with the moderators" in office.heard("amina")
    assert [e for e in office.record() if e[0] == "lee"][-2:] == [
        ("lee", "page closed"), ("lee", "page opened again"),
    ]  # fmt: skip


def test_form_of_a_draft_whose_page_was_closed_meanwhile_gives_the_text_back(office):
    office.says("lee", "/page add https://x.com/works Works on X owner lee")
    office.presses("lee", "Confirm: Works on X")
    office.fills("lee", person="2")
    office.says("amina", "/draft")
    office.says("lee", f"/page close 2 because {WHY}")
    office.fills("amina", page="2", purpose="service-info", text="The bridge is open.")
    assert "Works on X is closed" in office.heard("amina")
    assert "│ The bridge is open." in office.heard("amina")


# Pages without an owner


def test_admins_hear_weekly_of_a_page_whose_owner_left_until_it_has_one(office):
    gone = OFFICES.replace("        owner: amina\n", "")
    gone = "\n".join(each for each in gone.splitlines() if "name: amina" not in each)
    office.imports(gone)
    office.says("lee", "/page add https://x.com/works Works on X owner bo")

    def heard():
        return [said for said in office.inbox("lee") if "have no owner" in said]

    office.later(report_pages_without_owner, hours=1)
    assert heard() == [
        "These pages have no owner whom I could remind:\n"
        "Works on Facebook (Ministry of Works, page 1): nobody is named\n"
        "/page give <page> to <person> asks somebody; or name one in the offices file."
    ]
    office.later(report_pages_without_owner, days=1)
    assert len(heard()) == 1
    office.later(report_pages_without_owner, days=6)
    assert len(heard()) == 2
    assert not any("no owner" in said for said in office.chat())
    office.says("lee", "/page give 1 to bo")
    office.presses("bo", "Take it")
    office.later(report_pages_without_owner, days=7)
    assert len(heard()) == 2


def test_page_from_the_chat_whose_owner_left_is_reported_with_the_name(office):
    office.says("lee", "/page add https://x.com/works Works on X owner sina")
    gone = "\n".join(each for each in OFFICES.splitlines() if "name: sina" not in each)
    office.imports(gone)
    office.later(report_pages_without_owner, hours=1)
    assert "Works on X (Ministry of Works, page 2): sina has left" in office.heard("lee")


# The file


def test_page_from_the_chat_stays_until_the_file_names_its_address_and_takes_it_over(office):
    office.says("lee", "/page add https://m.facebook.com/Roads/ Roads owner bo")
    office.says("lee", "/page change 2 cadence 1 per month")
    assert office.imports(OFFICES) == []
    entry = '      - {name: Roads, kind: facebook, url: "https://www.facebook.com/roads"}\n'
    both = OFFICES.replace("    directory:", f"{entry}    directory:")
    assert office.imports(both) == [
        "Ministry of Works: page Roads, registered in the chat, is in the file now",
        "Ministry of Works: page Roads: url is now https://www.facebook.com/roads",
    ]
    with transaction(office.engine) as db:
        taken = db.get_one(Page, 2)
        assert (taken.filed, taken.updates, taken.owner_id) == (True, 1, 2)
    assert office.imports(both) == []
    assert office.imports(OFFICES) == ["Ministry of Works: page Roads is closed"]


def test_file_says_what_it_wants_in_every_key_of_a_page(engine):
    keys = """\
        deputy: bo
        updates: 3 per fortnight
        timezone: Pacific/Apia
        feed: "https://facebook.example/feed"
        directory: ["info@roads.example"]
        terms: 2026-03-01
"""
    office = TestOffice(engine, OFFICES.replace("owner: amina\n", f"owner: amina\n{keys}"))
    office.says("amina", "/page 1")
    for words in ("Deputy: bo", "3 per fortnight", "(Pacific/Apia)", "https://facebook.example/feed",
                  "info@roads.example", "terms of 1 Mar 2026"):  # fmt: skip
        assert words in office.heard("amina")
    changes = office.imports(OFFICES)
    assert "Ministry of Works: page Works on Facebook: deputy is now nobody" in changes
    assert "Ministry of Works: page Works on Facebook: updates is now 2 per week" in changes
    assert "Ministry of Works: page Works on Facebook: terms is now none" in changes
    office.close()


# Two replicas


def run_at_once(office, job):
    """Let another replica begin with a job before the first has committed it."""
    with ThreadPoolExecutor(1) as threads:
        with transaction(office.engine) as db:
            job.function(office.dispatcher.context(db), people.office(db, 1))
            db.flush()
            other = threads.submit(office.dispatcher.run, job)
            time.sleep(0.5)
        other.result()
    office.deliver()


def test_two_replicas_ask_for_a_checklist_once(office):
    run_at_once(office, ask_for_checklists)
    assert asked(office) == 1
    assert len(entries(office, "checklist sent")) == 1


def test_two_replicas_withdraw_an_offer_once(office):
    office.says("amina", "/page give 1 to sina")
    office.imports("\n".join(each for each in OFFICES.splitlines() if "name: sina" not in each))
    run_at_once(office, withdraw_handovers)
    assert len(entries(office, "handover withdrawn")) == 1


@pytest.mark.parametrize(
    ("act", "how"),
    [
        (lambda office: office.presses("sina", "Take it"), "you have taken it"),
        (lambda office: office.presses("sina", "Not me"), "you have not taken it"),
        (lambda office: office.says("lee", f"/page close 1 because {WHY}"), "the page was closed"),
    ],
)
def test_question_about_a_page_has_no_buttons_once_it_is_answered(office, act, how):
    office.says("amina", "/page give 1 to sina")
    asked = next(s for s in office.slack.messages if "asks you to look after" in office.text(s))
    act(office)
    assert how in office.text(asked)
    assert asked.message.buttons == ()
