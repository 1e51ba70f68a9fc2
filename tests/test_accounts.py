"""Linking a second account to oneself with a one-time code, and taking it away again."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlmodel import select

from handlers.chat import Button, Chat, Command, Kind, Sender
from handlers.tidying import forget_what_is_over
from policy import link_codes
from storage import people
from storage.db import transaction
from storage.models import Account, AuditEntry, LinkAttempt, LinkCode, OutboxMessage
from tests.office import MODERATORS, OFFICES

CLOSED = "The bridge at Kanchpur is closed on Monday from 9 am."
CODE = re.compile(r"Your code: ([A-Z2-9]{4}-[A-Z2-9]{4})")
NEW = "555"  # an account on Telegram that nobody knows yet
#: dara is only on Telegram, bo only on Slack.
WAYS = [("bo", "slack", "telegram", "777"), ("dara", "telegram", "slack", "U0DARA")]


def code_of(office, name, on="slack"):
    """Ask for a code, and read it."""
    office.says(name, "/me link", on=on)
    return CODE.search(office.heard(name, on=on))[1]


def linked(office, platform, user):
    """Return whose account it is, and whether it was linked in chat."""
    with transaction(office.engine) as db:
        account = db.get(Account, (platform, user))
        return account and (people.get(db, account.person_id).name, not account.filed)


def link(office, name, on, to, user):
    """Link an account of somebody."""
    office.says(user, f"/me link {code_of(office, name, on)}", on=to)
    assert linked(office, to, user) == (name, True)


@pytest.mark.parametrize(("name", "on", "to", "user"), WAYS)
def test_account_is_linked_both_ways_and_everybody_concerned_hears(office, name, on, to, user):
    code = code_of(office, name, on)
    office.restart()
    office.says(user, f"/me link {code.lower().replace('-', ' ')}", on=to)
    assert f"you are {name} here as well" in office.inbox(user, on=to)[-1]
    assert f"{to} {user} was linked to you" in office.heard(name, on=on)
    assert office.heard("lee") == f"{name} linked a second account: {to} {user}."
    assert linked(office, to, user) == (name, True)
    office.again()
    office.says(user, "/me", on=to)
    heard = office.inbox(user, on=to)[-1]
    assert f"You are {name}." in heard
    assert f"Account: {to} {user} (linked by you" in heard
    assert (name, "account linked") in office.record()
    assert office.verdict().broken is None


@pytest.mark.parametrize(("name", "on", "to", "user"), WAYS)
def test_linked_account_votes_for_the_same_person_once(office, name, on, to, user):
    office.says("amina", f"/draft {CLOSED}")
    link(office, name, on, to, user)
    office.reacts(name, "👍", office.card())
    office.presses(name, "Approve", on=on, at=office.card())
    office.presses_forged(user, Button("", "approve", "1.1"), on=to, at=office.card())
    assert "counts already" in office.inbox(user, on=to)[-1]
    assert "1 of 2 approvals" in office.text(office.card())
    assert office.record().count((name, "voted to approve")) == 1


def test_vote_cast_through_an_account_stays_the_persons_when_it_is_unlinked(office):
    office.says("amina", f"/draft {CLOSED}")
    link(office, "dara", "telegram", "slack", "U0DARA")
    office.accounts["dara", "slack"] = "U0DARA"
    office.reacts("dara", "👍", office.card())
    office.presses("dara", "This was not me", on="telegram")
    assert linked(office, "slack", "U0DARA") is None
    assert "approved: dara" in office.text(office.card())
    office.reacts("dara", "👍", office.card(), added=False)  # nobody's emoji now
    assert "approved: dara" in office.text(office.card())
    office.presses("bo", "Approve")
    assert "approved by bo and dara" in office.heard("amina")


def test_private_copies_follow_the_accounts(office):
    office.imports(OFFICES.replace("chat: C0MODS", 'chat: "-100"').replace(
        "{platform: slack,", "{platform: telegram,"
    ))  # fmt: skip
    office.says("amina", f"/draft {CLOSED}")
    copy = office.card(chat="U0BO")
    link(office, "bo", "slack", "telegram", NEW)
    assert CLOSED in office.text(copy)
    office.says("amina", "/draft The library is open on Sunday.")
    with pytest.raises(StopIteration):
        office.card(2, chat="U0BO")
    office.presses("bo", "This was not me")
    assert "The library" in office.text(office.card(2, chat="U0BO"))


def test_code_is_shown_to_the_one_who_asks_and_kept_nowhere(office):
    office.says("bo", "/me link", chat=MODERATORS)
    code = CODE.search(office.heard("bo"))[1]
    shown = office.slack.messages[-1]
    assert (shown.chat, shown.to) == (MODERATORS, "U0BO")
    office.says(NEW, f"/me link {code}", on="telegram")
    with transaction(office.engine) as db:
        (kept,) = db.exec(select(LinkCode)).all()
        assert kept.digest == link_codes.digest(code)
        rows = [*db.exec(select(AuditEntry)), *db.exec(select(OutboxMessage)), kept]
        assert not any(code in str(row) or link_codes.plain(code) in str(row) for row in rows)


def test_code_works_once_for_ten_minutes_and_only_the_newest(office):
    older = code_of(office, "bo")
    code = code_of(office, "bo")
    office.says(NEW, f"/me link {older}", on="telegram")
    assert "not right, or not any more" in office.inbox(NEW, on="telegram")[-1]
    office.says(NEW, f"/me link {code}", on="telegram")
    office.says("556", f"/me link {code}", on="telegram")
    assert linked(office, "telegram", "556") is None
    late = code_of(office, "sina")
    office.later(minutes=10)
    office.says("557", f"/me link {late}", on="telegram")
    assert linked(office, "telegram", "557") is None


def test_code_works_only_on_another_platform(office):
    code = code_of(office, "bo")
    office.says("U0MALLORY", f"/me link {code}")
    assert "Use it on another platform" in office.heard("U0MALLORY")
    office.says("bo", f"/me link {code}")
    assert "Use it on another platform" in office.heard("bo")
    office.says(NEW, f"/me link {code}", on="telegram")
    assert linked(office, "telegram", NEW) == ("bo", True)


def test_account_of_somebody_with_a_role_is_not_given_away(office):
    office.says("dara", f"/me link {code_of(office, 'bo')}", on="telegram")
    assert "belongs to dara" in office.heard("dara", on="telegram")
    assert "administrator" in office.heard("dara", on="telegram")
    assert linked(office, "telegram", "1004") == ("dara", False)


def test_account_of_somebody_who_has_left_can_be_linked(office):
    left = '      - {name: dara, roles: [moderator], telegram: "1004"}\n'
    eva = "      - {name: eva, roles: [moderator], slack: U0EVA}\n"
    office.imports(OFFICES.replace(left, eva))
    office.says("1004", f"/me link {code_of(office, 'eva')}", on="telegram")
    assert linked(office, "telegram", "1004") == ("eva", True)


def test_person_has_one_account_on_each_platform(office):
    office.says(NEW, f"/me link {code_of(office, 'chen')}", on="telegram")
    assert "has an account on telegram already: 1003" in office.inbox(NEW, on="telegram")[-1]
    office.says("chen", f"/me link {code_of(office, 'chen')}", on="telegram")
    assert office.heard("chen", on="telegram") == "This account is yours already."


@pytest.mark.parametrize("typed", ["0000-0000", "AAAA", "x" * 400, "ÀÉÎÕ-ÜÑÇŠ", "🙂", "1 OR 1=1"])
def test_nonsense_is_no_code(office, typed):
    code_of(office, "bo")
    office.says(NEW, f"/me link {typed}", on="telegram")
    assert "not right, or not any more" in office.inbox(NEW, on="telegram")[-1]
    assert linked(office, "telegram", NEW) is None


def test_after_five_wrong_codes_even_the_right_one_waits(office):
    code_of(office, "bo")
    for _ in range(5):
        office.says(NEW, "/me link AAAA-AAAA", on="telegram")
        office.clock += timedelta(minutes=1)
    code = code_of(office, "bo")
    office.says(NEW, f"/me link {code}", on="telegram")
    assert "Try again in 55 minutes" in office.inbox(NEW, on="telegram")[-1]
    assert linked(office, "telegram", NEW) is None
    office.says("556", f"/me link {code}", on="telegram")  # others are not concerned
    assert linked(office, "telegram", "556") == ("bo", True)
    tried = [each for each in office.record() if each[1] == "tried a wrong link code"]
    assert tried == [(f"telegram:{NEW}", "tried a wrong link code")] * 5


def test_person_may_ask_for_five_codes_an_hour_on_whichever_platform(office):
    for number in range(5):
        code_of(office, "chen", "slack" if number % 2 else "telegram")
    office.says("chen", "/me link")
    assert "Ask again in 60 minutes" in office.heard("chen")
    office.later(minutes=60)
    assert code_of(office, "chen")


def test_stranger_somebody_who_left_and_nobody_get_no_code(office):
    office.says("mallory", "/me link")
    assert "do not know you" in office.heard("mallory")
    office.imports(OFFICES.replace("      - {name: sina, roles: [senior], slack: U0SINA}\n", ""))
    office.says("U0SINA", "/me link")
    assert "no role in any office" in office.heard("U0SINA")
    by = Sender("telegram", "-100", Kind.ANONYMOUS)
    office.happens(Command(by, Chat("telegram", "-100"), "me link", id="x"))
    assert "anonymous administrator" in office.chat(on="telegram", id="-100")[-1]


def test_code_of_somebody_who_left_meanwhile_links_nothing(office):
    code = code_of(office, "sina")
    office.imports(OFFICES.replace("      - {name: sina, roles: [senior], slack: U0SINA}\n", ""))
    office.says(NEW, f"/me link {code}", on="telegram")
    assert linked(office, "telegram", NEW) is None


def test_two_accounts_that_enter_one_code_at_once_get_one_link(office):
    code = code_of(office, "bo")
    for user in ("601", "602"):
        by = Sender("telegram", user)
        event = Command(by, Chat("telegram", user), "me", f"link {code}", id=f"race-{user}")
        office.dispatcher.store(event)
    with ThreadPoolExecutor(2) as both:
        list(both.map(lambda _: office.dispatcher.handle(), range(2)))
    found = [linked(office, "telegram", user) for user in ("601", "602")]
    assert sorted(found, key=str) == [("bo", True), None]


def test_unlink_lists_what_was_linked_in_chat_and_takes_it_away(office):
    link(office, "bo", "slack", "telegram", NEW)
    office.says("bo", "/me unlink")
    assert "Account: telegram 555" in office.heard("bo")
    assert "slack" not in office.heard("bo")
    office.presses("bo", "Take away telegram 555")
    assert linked(office, "telegram", NEW) is None
    assert "not yours any more" in office.heard("bo")
    assert "not linked to bo any more" in office.inbox(NEW, on="telegram")[-1]
    assert office.heard("lee") == "bo took away their linked account telegram 555."
    assert ("bo", "account unlinked") in office.record()
    office.says("bo", "/me unlink")
    assert "You have linked no account" in office.heard("bo")
    office.says(NEW, "/queue", on="telegram")
    assert "do not know you" in office.inbox(NEW, on="telegram")[-1]


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("bo", "slack.U0BO", "The offices file gives you slack U0BO"),
        ("bo", "telegram.1004", "is not linked to you any more"),
        ("lee", "telegram.555", "is not linked to you any more"),
        ("bo", "telegram.999", "is not linked to you any more"),
        ("bo", "telegram", "does not make sense"),
        ("bo", "", "does not make sense"),
        ("mallory", "telegram.555", "do not know you"),
    ],
)
def test_forged_buttons_take_nothing_away(office, name, value, why):
    link(office, "bo", "slack", "telegram", NEW)
    office.presses_forged(
        name, Button("", "unlink", value), on="slack", at=office.slack.messages[-1]
    )
    assert why in office.heard(name)
    assert linked(office, "telegram", NEW) == ("bo", True)
    assert linked(office, "slack", "U0BO") == ("bo", False)


def test_last_account_stays(office):
    link(office, "bo", "slack", "telegram", NEW)
    with transaction(office.engine) as db:
        db.delete(db.get(Account, ("slack", "U0BO")))
    office.says(NEW, "/me unlink", on="telegram")
    office.presses(NEW, "Take away", on="telegram")
    assert "your only account" in office.inbox(NEW, on="telegram")[-1]
    assert linked(office, "telegram", NEW) == ("bo", True)


def test_linked_account_survives_an_import_and_is_taken_over_when_the_file_names_it(office):
    link(office, "bo", "slack", "telegram", NEW)
    assert office.imports(OFFICES) == []
    assert office.imports(OFFICES.replace("packs: [bd]", "packs: [bd, ws]"))
    assert linked(office, "telegram", NEW) == ("bo", True)
    named = OFFICES.replace("slack: U0BO}", f'slack: U0BO, telegram: "{NEW}"}}')
    *_, said = office.imports(named)
    assert said.endswith("bo is telegram 555, as they had linked")
    assert linked(office, "telegram", NEW) == ("bo", False)
    assert office.imports(named) == []
    assert office.imports(OFFICES) == ["people: bo is not telegram 555 any more"]
    assert linked(office, "telegram", NEW) is None


def test_import_that_gives_a_linked_account_to_somebody_else_wins_and_says_so(office):
    office.says("amina", f"/draft {CLOSED}")
    link(office, "bo", "slack", "telegram", NEW)
    eva = f'      - {{name: eva, roles: [author], telegram: "{NEW}"}}\n    pages:\n'
    changes = office.imports(OFFICES.replace("    pages:\n", eva))
    assert any(each.endswith("eva is telegram 555, which bo had linked") for each in changes)
    assert linked(office, "telegram", NEW) == ("eva", False)
    assert linked(office, "slack", "U0BO") == ("bo", False)
    office.reacts("bo", "👍", office.card())
    assert "approved: bo" in office.text(office.card())


def test_import_that_names_another_account_on_the_platform_replaces_the_linked_one(office):
    link(office, "bo", "slack", "telegram", NEW)
    changes = office.imports(OFFICES.replace("slack: U0BO}", 'slack: U0BO, telegram: "77"}'))
    assert [each.partition(": ")[2] for each in changes] == [
        "bo is not telegram 555 any more",
        "bo is telegram 77",
    ]
    assert linked(office, "telegram", NEW) is None


def test_question_that_was_put_to_an_unlinked_account_is_closed(office):
    link(office, "bo", "slack", "telegram", NEW)
    office.says(NEW, "/draft", on="telegram")
    office.presses("bo", "This was not me")
    office.writes(NEW, "The library is open.")
    assert "do not know you" in office.inbox(NEW, on="telegram")[-1]
    office.says(NEW, "/cancel", on="telegram")
    assert office.inbox(NEW, on="telegram")[-1] == "There was nothing to end."


def test_codes_and_tries_are_forgotten(office):
    code_of(office, "bo")
    office.says(NEW, "/me link AAAA-AAAA", on="telegram")
    office.later(forget_what_is_over, hours=2)
    with transaction(office.engine) as db:
        assert db.exec(select(LinkCode)).all() == []
        assert db.exec(select(LinkAttempt)).all() == []


def test_codes_are_read_without_doubt():
    made = {link_codes.new() for _ in range(200)}
    assert len(made) == 200
    assert all(re.fullmatch(r"[A-HJKMNP-Z2-9]{4}-[A-HJKMNP-Z2-9]{4}", each) for each in made)
    assert not set("01ILO") & set(link_codes.ALPHABET)
    assert all(link_codes.is_possible(each.lower()) for each in made)
