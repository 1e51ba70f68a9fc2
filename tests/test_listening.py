"""Decisions about what the public says: clocks, links, masks, messages, and who may do what."""

from datetime import datetime
from itertools import product

import pytest

from policy.calendar import Calendar
from policy.complaints import is_reminder_due
from policy.permissions import TASKS, Involved, Task, is_entitled, tasks
from policy.private_messages import WORDINGS, languages, private_message
from policy.roles import Role
from policy.rules import Post, objections
from policy.same_links import canonical, first_link, leads_into, stem
from policy.shelf import Shelf
from tests.documents import rows, text

DHAKA = Calendar("Asia/Dhaka", "BD")


@pytest.mark.parametrize(
    ("due", "now", "expected"),
    [
        ("2026-07-21 12:00", "2026-07-21 07:59", False),
        ("2026-07-21 12:00", "2026-07-21 08:00", False),  # it opens at nine
        ("2026-07-21 12:00", "2026-07-21 09:00", True),
        ("2026-07-21 12:00", "2026-07-21 11:59", True),
        ("2026-07-21 12:00", "2026-07-21 12:00", False),  # it is late, and said otherwise
        ("2026-07-21 16:00", "2026-07-21 11:59", False),
        ("2026-07-21 16:00", "2026-07-21 12:00", True),
        ("2026-07-21 08:00", "2026-07-21 03:59", False),
        ("2026-07-21 08:00", "2026-07-21 04:00", True),  # it does not open before the end
        ("2026-07-24 12:00", "2026-07-24 08:00", True),  # Friday is off
    ],
)
def test_reminder_comes_in_the_last_hours_while_somebody_is_there(due, now, expected):
    moments = (datetime.fromisoformat(f"{each}+06:00") for each in (now, due))
    assert is_reminder_due(*moments, DHAKA) is expected


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("https://Works.Example/a/", "works.example/a"),
        ("http://www.works.example/a#top", "works.example/a"),
        ("https://m.works.example/a?id=7", "works.example/a?id=7"),
        ("https://works.example", "works.example"),
        ("https://works.example/A", "works.example/A"),
        ("https://[works", "https://[works"),
        ("works", "works"),
    ],
)
def test_links_are_compared_without_what_does_not_matter(link, expected):
    assert canonical(link) == expected


def test_stem_of_a_link_is_in_every_spelling_of_it():
    for link in ("https://Works.example/a/?id=7", "http://m.works.example/a#x", "works.example/a"):
        assert stem("https://www.works.example/a/?id=7#top") in link.lower()


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("https://works.example/news", True),
        ("https://works.example/news/7", True),
        ("https://works.example/news?id=7", True),
        ("https://works.example/newsletter", False),
        ("https://works.example", False),
        ("", False),
    ],
)
def test_link_leads_into_a_page_or_not(link, expected):
    assert leads_into(link, "https://www.works.example/news/") is expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Look: https://works.example/a, it is broken", "https://works.example/a"),
        ("http://works.example/a. And https://works.example/b", "http://works.example/a"),
        ("No link here", ""),
    ],
)
def test_first_link_of_a_text_is_found(words, expected):
    assert first_link(words) == expected


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (["bn", "en"], ["bn", "en"]),
        (["sm", "fr"], ["fr"]),
        (["sm"], ["en"]),
        ([], ["en"]),
    ],
)
def test_private_message_is_in_the_languages_of_the_page_else_in_english(wanted, expected):
    assert languages(wanted) == expected


@pytest.mark.parametrize("language", WORDINGS)
def test_private_message_names_the_office_its_reference_and_a_contact_if_there_is_one(language):
    said = private_message(language, office="Works", number=77, contact="info@works.example")
    assert all(words in said for words in ("Works", "77", "info@works.example"))
    assert "{" not in said
    assert "info@" not in private_message(language, office="Works", number=77)
    post = Post(text=said, region="BD", directory=("info@works.example",), reply=True)
    found = objections(post, Shelf().rules(["bd"]))
    assert [each.rule for each in found if each.kind != "purpose" and not each.guard] == []


# Who may do what


def test_table_of_tasks_is_whole_and_printed_for_those_who_listen():
    assert set(TASKS) == set(Task)
    listed = rows(text("docs/how-to/listen.md").partition("## Who may do what")[2])
    assert listed == [list(row) for row in tasks()]


@pytest.mark.parametrize("task", Task)
def test_whoever_has_no_role_may_do_nothing_and_roles_or_part_open_a_task(task):
    needed = TASKS[task]
    assert not is_entitled(task, roles=(), involved=set(Involved))
    for role, part in product(Role, Involved):
        expected = role in needed.roles or part in needed.involved
        assert is_entitled(task, roles={role}, involved={part}) is expected
    assert is_entitled(task, roles={Role.AUTHOR}) is (Role.AUTHOR in needed.roles)
