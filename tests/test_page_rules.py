"""What a page may be: its address, its name, its cadence, and who may do what with it."""

import pytest

from handlers.page_finding import parts_of
from policy import cadence_words, page_address, page_names, page_values
from policy.cadence import Cadence
from policy.page_permissions import KEEPERS, PERMISSIONS, PageAction, may
from policy.roles import Role

SAME = [
    ("https://www.facebook.com/Works/", "http://m.facebook.com/works?fbclid=3"),
    ("https://fb.com/works", "https://en-gb.facebook.com/works?locale=bn#top"),
    ("https://twitter.com/Works?s=20", "https://x.com/works"),
    ("https://youtube.com/@works?si=3", "https://m.youtube.com/@works"),
    ("https://works.example", "http://WWW.works.example:80/"),
    ("https://works.example/a?b=1&a=2", "https://works.example//a/?a=2&utm_source=x&b=1"),
    ("https://works.example/caf%C3%A9", "https://works.example/café"),
]
DIFFERENT = [
    ("https://facebook.example/works", "https://facebook.example/works2"),
    ("https://works.example/News", "https://works.example/news"),
    ("https://works.example/?page=1", "https://works.example/?page=2"),
    ("https://works.example/?t=1", "https://works.example/?t=2"),
    ("https://works.example:8443/", "https://works.example/"),
    ("https://m.example/", "https://example/"),
    ("https://youtube.com/@Works/a", "https://youtube.com/@works/b"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spellings_of_one_address_are_one_page(one, other):
    assert page_address.normal(one) == page_address.normal(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_addresses_of_two_pages_stay_two(one, other):
    assert page_address.normal(one) != page_address.normal(other)


BAD = [
    ("ftp://works.example", "whole"),
    ("works.example", "whole"),
    ("https:///works", "whole"),
    ("https://works.example/a b", "whole"),
    ("https://works.example:99999/", "whole"),
    ("https://[::1", "whole"),
    ("https://x.example\\@y.example", "name or a password"),
    ("https://lee:secret@works.example", "name or a password"),
    ("https://lee@works.example", "name or a password"),
    *(
        (f"http://{host}/", "not on the public Internet")
        for host in (
            "localhost", "intranet", "works.local", "a.internal", "x.localhost.", "127.0.0.1",
            "127.1", "2130706433", "0x7f.1", "10.0.0.1", "192.168.1.1", "169.254.169.254",
            "[::1]", "[::ffff:10.0.0.1]", "[fe80::1]", "１２７.0.0.1", "224.0.0.1", "a..example",
        )
    ),
]  # fmt: skip


@pytest.mark.parametrize(("address", "why"), BAD)
def test_an_address_that_citizens_cannot_use_is_refused_with_the_reason(address, why):
    with pytest.raises(ValueError, match=why):
        page_address.read(address)


@pytest.mark.parametrize("address", ["https://works.example/a?b#c", " HTTP://8.8.8.8:80 "])
def test_a_public_address_is_kept_as_it_is(address):
    assert page_address.read(address) == address.strip()


@pytest.mark.parametrize(
    ("address", "is_profile"),
    [
        ("https://www.facebook.com/profile.php?id=1000", True),
        ("https://m.facebook.com/people/Bo-Larsen/1000", True),
        ("https://uk.linkedin.com/in/bo-larsen", True),
        ("https://linkedin.com/company/works", False),
        ("https://facebook.com/works", False),
        ("https://works.example/in/profile.php", False),
    ],
)
def test_the_profile_of_a_person_is_told_from_a_page(address, is_profile):
    assert page_address.is_profile(address) is is_profile


@pytest.mark.parametrize(
    ("name", "is_personal"),
    [
        ("Amina Karim", True),
        ("amina karim", True),
        ("Amina Karim Official", True),
        ("bo", True),
        ("Tavita Amosa", True),
        ("Md. Rahim Uddin", True),
        ("Dr Jane Doe", True),
        ("Jean-Paul O'Neill", True),
        ("Works on Facebook", False),
        ("Ministry of Works", False),
        ("Minister Jane Doe", False),
        ("Harbour News", False),
        ("Port Louis", False),
        ("Lake Victoria", False),
        ("Gov Uk", False),
        ("Fish", False),
        ("মৎস্য অধিদপ্তর", False),
    ],
)
def test_a_name_of_a_person_is_told_from_that_of_an_office(name, is_personal):
    people = ["Amina Karim", "bo"]
    assert page_names.is_of_a_person(name, people, "Ministry of Works") is is_personal


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("2 per week", (2, Cadence.WEEK)),
        ("3/fortnight", (3, Cadence.FORTNIGHT)),
        ("two per 2 weeks", (2, Cadence.FORTNIGHT)),
        ("Once a month", (1, Cadence.MONTH)),
        ("twice weekly", (2, Cadence.WEEK)),
        ("2 updates every month", (2, Cadence.MONTH)),
        ("monthly", (1, Cadence.MONTH)),
        ("0", (0, Cadence.WEEK)),
        ("never", (0, Cadence.WEEK)),
        ("100 per week", (100, Cadence.WEEK)),
    ],
)
def test_a_cadence_is_read_as_people_say_it(said, read):
    assert cadence_words.read(said) == read
    assert cadence_words.read(cadence_words.written(*read)) == read


@pytest.mark.parametrize("said", ["", "2", "often", "some per week", "2 per day", "101 per week"])
def test_what_is_no_cadence_is_refused(said):
    with pytest.raises(ValueError, match=r"such as 2 per week|too many"):
        cadence_words.read(said)


@pytest.mark.parametrize(
    ("read", "given", "found"),
    [
        (page_values.week_start, "Sun", 6),
        (page_values.kind, "WhatsApp channel", "whatsapp"),
        (page_values.tongues, "en, Samoan and en", ["en", "sm"]),
        (page_values.tongues, "none", []),
        (
            page_values.contacts,
            "+880 2223; info@works.example",
            ["+880 2223", "info@works.example"],
        ),
        (page_values.zone, "none", ""),
        (page_values.feed, "none", ""),
    ],
)
def test_a_value_is_read_as_people_write_it(read, given, found):
    assert read(given) == found


@pytest.mark.parametrize(
    ("read", "given", "why"),
    [
        (page_values.week_start, "Someday", "no day of the week"),
        (page_values.kind, "fax", "choose from"),
        (page_values.tongues, "Klingon", "not a language"),
        (page_values.contacts, "the front desk", "neither"),
        (page_values.zone, "Asia/Daka", "did you mean"),
        (page_values.feed, "http://localhost/feed", "public Internet"),
        (page_values.name, " ", "1 to 100"),
    ],
)
def test_a_value_that_cannot_be_is_refused_with_what_to_write(read, given, why):
    with pytest.raises(ValueError, match=why):
        read(given)


@pytest.mark.parametrize(
    ("text", "keys", "found"),
    [
        ("4", ("to",), {"": "4"}),
        ("Guide to Works to Bo Larsen", ("to",), {"": "Guide to Works", "to": "Bo Larsen"}),
        ("Works to", ("to",), {"": "Works"}),
        (
            "Works Until  Friday because: we wait until Monday because of rain",
            ("until", "because"),
            {"": "Works", "until": "Friday", "because": "we wait until Monday because of rain"},
        ),
        ("because we move", ("until", "because"), {"because": "we move"}),
        ("", ("until", "because"), {}),
    ],
)
def test_a_command_is_cut_at_its_words(text, keys, found):
    assert parts_of(text, *keys) == found


def test_every_page_action_is_in_the_table():
    assert set(PERMISSIONS) == set(PageAction)


OWNERS = {PageAction.CONFIRM, PageAction.CHANGE_OWN, PageAction.PAUSE, PageAction.GIVE}
EVERYBODYS = {PageAction.SHOW, PageAction.UPDATED, PageAction.DRAFT}


@pytest.mark.parametrize("action", PageAction)
def test_who_may_do_what_with_a_page(action):
    for role in Role:
        others = role in (
            PERMISSIONS[PageAction.INSIST].roles if action is PageAction.INSIST else KEEPERS
        )
        as_other = action in EVERYBODYS or (others and action is not PageAction.CONFIRM)
        assert may(action, {role}, is_owner=False) is as_other
        assert may(action, {role}, is_owner=True) is (as_other or action in OWNERS)
    assert not may(action, set(), is_owner=True)
