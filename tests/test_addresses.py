"""Where people live, and postal addresses that only the directory may name."""

import pytest

from policy import library
from policy.rules import Post, review


def passages(text: str, rule: str, *packs: str, **post: object) -> list[str]:
    found = review(Post(text, **post), library.load(packs))  # type: ignore[arg-type]
    return [each.found for each in found if each.rule == rule]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("She lives at 14 Orchard Close, Marlow Bay.", "14 Orchard Close, Marlow Bay"),
        ("A resident of 7a Ferry Road rang us", "7a Ferry Road"),
        ("Fire crews went to the home of Mr Boyd, 22 Mill Lane", "22 Mill Lane"),
        ("Flowers reached Mrs O'Neill, Flat 3, 9 Hill Street", "Flat 3, 9 Hill Street"),
        ("Helen Marsh, 43, of 14 Orchard Close won", "14 Orchard Close"),
        ("Helen Marsh of 14 Orchard Close won", "14 Orchard Close"),
        ("His home address is 120 Old Mill Road, Holt", "120 Old Mill Road, Holt"),
        ("Well done Mr Lee, 14 Elm Grove, NR25 6DN!", "14 Elm Grove, NR25 6DN"),
        ("The winner lives near NR25 6DN", "NR25 6DN"),
        ("Elle habite 12, rue des Lilas, Victoria", "12, rue des Lilas, Victoria"),
        ("জনাব করিম, বাসা নং ১২, রোড ৫, ধানমন্ডি", "বাসা নং ১২, রোড ৫, ধানমন্ডি"),
        ("তিনি হোল্ডিং নং ৭৩, মধ্যপাড়া, পাবনা থাকেন", "হোল্ডিং নং ৭৩, মধ্যপাড়া, পাবনা"),
        ("Mr Rahman, House 12, Road 5, Dhanmondi", "House 12, Road 5, Dhanmondi"),
    ],
)
def test_a_home_is_found(text, address):
    [found] = passages(text, "home-address")
    assert found.startswith(address)


@pytest.mark.parametrize(
    "text",
    [
        "Vote at the Community Centre, 3 Kerridge Way, NR25 6DN",
        "Mill Lane is closed to traffic on Friday",
        "From 9 March Mill Lane is closed to all who live in Holt",
        "The polling station for residents of Holt is the school, 14 Mill Lane",
        "Dr Khan's surgery has moved to 14 Mill Lane",
        "The nursing home at 14 Mill Lane has new rooms",
        "Work from home: 12 High Street shops tell how",
        "He lives in 3 worlds at once",
        "Mr Speaker, 14 members came",
        "Home Office, 2 Marsham Street, SW1P 4DF",
        "At home in 2026 Mill Road",
        "Lives were saved. Ring the hall at 14 Mill Lane",
        "The bridge at 22 Mill Lane is shut",
        "মেয়র জানান, স্কুলের ঠিকানা বাসা নং ১২, রোড ৫",
    ],
)
def test_other_places_pass(text):
    assert not passages(text, "home-address")


@pytest.mark.parametrize(
    "address",
    [
        "14 Orchard Close, Marlow Bay",
        "Flat 33, Hughes Mews, South Lydia, L1 5LN",
        "Unit 4, 82 Beach Road, Apia",
        "291 Andre Court Suite 691, Michael, AL 85153",
        "26 Jon Crossing, Hood, SA 7171",
        "House No. 82, Sagar Street, Chittoor-517001",
        "12, rue Weber, 97410 Maheboeuf",
        "rue de Maury, 29600 Gaillard",
        "Lindenstraße 12, 10969 Berlin",
        "Oswin-Ritter-Weg 50, 38877 Grimma",
        "Calle Mayor 12, Madrid, 28013",
        "Paseo de la Loma 8, León, 26582",
        "বাসা নং ৮৯, মধ্যপাড়া, ঢাকা, ১২০৭",
        "ফ্ল্যাট ৮, বাড়ী নং ১৬৬, বন্দর চত্বর, নড়াইল, ৭৫০০",
        "PO Box 1859, Apia",
    ],
)
def test_every_address_has_to_be_in_the_directory(address):
    text = f"Come to {address}."
    assert passages(text, "postal-address", "directory-only") == [address]
    assert not passages(text, "postal-address", "directory-only", directory=(address,))


@pytest.mark.parametrize("pack", ["bd", "uk", "ws", "sc", "ni"])
def test_an_office_address_is_nobody_s_home(pack):
    assert not passages("Our counter is at 14 Orchard Close", "home-address", pack)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("It came from 203.0.113.7, twice", "203.0.113.7"),
        ("Host [2001:db8::7334]", "2001:db8::7334"),
        ("Host fe80:0:0:0:1:2:3:4 is up", "fe80:0:0:0:1:2:3:4"),
    ],
)
def test_the_address_of_a_computer_is_found(text, address):
    assert passages(text, "ip-address", "directory-only") == [address]


@pytest.mark.parametrize(
    "text",
    [
        "Version 10.15.7.1",
        "See 300.1.1.1 and 1.2.3",
        "At 10:30:15 on 1.2.2026",
        "a::b, std::vector",
        "https://203.0.113.7/x",
        "10.000.000.000 ants",
    ],
)
def test_what_only_resembles_one_passes(text):
    assert not passages(text, "ip-address", "directory-only")
