"""Finding one's way: what /me and /help tell, and whom."""

import pytest

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
