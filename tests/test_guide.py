"""Finding one's way: what /me and /help tell, and whom."""

import pytest

from handlers import ROUTERS
from handlers.guide import HIDDEN, TOPICS
from tests.office import MODERATORS


def test_me_tells_what_the_bot_knows_of_the_one_who_asks(office):
    office.says("chen", "/me", on="telegram")
    heard = office.heard("chen", on="telegram")
    assert "You are chen." in heard
    assert "Ministry of Works: moderator, senior" in heard
    assert "slack U0CHEN" in heard


@pytest.mark.parametrize("name", ["bo", "mallory"])
def test_me_tells_which_chat_this_is_so_that_it_can_be_put_in_the_offices_file(office, name):
    office.says(name, "/me", chat=MODERATORS)
    assert f"This chat: slack {MODERATORS}" in office.heard(name)
    office.says(name, "/me")
    assert "This chat" not in office.heard(name)


def test_me_tells_a_stranger_the_line_that_makes_them_known(office):
    office.says("mallory", "/me")
    assert "slack: mallory" in office.heard("mallory")


@pytest.mark.parametrize(
    ("name", "offered", "withheld"),
    [("amina", "/draft", "/audit"), ("bo", "/queue", "/office"), ("lee", "/audit", None)],
)
def test_help_lists_what_the_one_who_asks_can_do(office, name, offered, withheld):
    office.says(name, "/help")
    assert offered in office.heard(name)
    assert withheld is None or withheld not in office.heard(name)


def test_every_command_stands_below_one_heading_of_the_help():
    names = {name.partition(" ")[0] for each in ROUTERS for name in each.commands}
    listed = [name for below in TOPICS.values() for name in below]
    assert sorted(listed) == sorted(names - HIDDEN)


def test_help_names_what_a_command_has_parts_for_and_stays_short(office):
    office.says("lee", "/help")
    heard = office.heard("lee")
    assert "Also: /page updated, /page add, /page change" in heard
    assert "Register a page" not in heard
    assert len(heard.splitlines()) <= 45
    assert len(heard) <= 3000


def test_help_with_a_command_says_what_each_of_its_parts_does(office):
    office.says("lee", "/help /page")
    heard = office.heard("lee")
    assert "/page add Register a page" in heard
    assert "/pages" not in heard.replace("/pages list", "")
    office.says("lee", "/help page pause")
    assert office.heard("lee").startswith("/page pause Pause a page")


@pytest.mark.parametrize("given", ["nothing", "audit"])
def test_help_with_a_command_that_is_not_theirs_says_so(office, given):
    office.says("amina", f"/help {given}")
    assert f"You have no command “/{given}”" in office.heard("amina")


def test_help_withholds_what_only_a_lead_may_do_with_pages(office):
    office.says("amina", "/help")
    assert "/page pause" in office.heard("amina")
    assert "/page add" not in office.heard("amina")
    office.says("amina", "/page add")
    assert "“page add” takes the role lead or admin" in office.heard("amina")
