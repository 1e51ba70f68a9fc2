"""Swear words are found however they are masked; places, names and birds are not."""

import pytest

from policy import library
from policy.rules import Post, review


def sworn(text: str) -> list[str]:
    found = review(Post(text), library.load())
    return [each.found for each in found if each.rule == "profanity"]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("What a fucking mess", "fucking"),
        ("It's all b*llocks", "b*llocks"),
        ("F**k the tax", "F**k"),
        ("Sh*t happens", "Sh*t"),
        ("that f***ing queue", "f***ing"),
        ("You b@stard", "b@stard"),
        ("This is cr@p", "cr@p"),
        ("bull$hit!", "bull$hit"),
        ("p!ss off", "p!ss"),
        ("cr4p service", "cr4p"),
        ("5hit again", "5hit"),
        ("fuuuuuck", "fuuuuuck"),
        ("f-cking hell", "f-cking"),
        ("the road is f u c k e d", "f u c k e d"),
        ("s.h.i.t", "s.h.i.t"),
        ("ＳＨＩＴ", "ＳＨＩＴ"),
        ("𝓈𝒽𝒾𝓉 day", "𝓈𝒽𝒾𝓉"),
        ("son of a bitch", "son of a bitch"),
        ("you are a dick", "dick"),
        ('He said "what a load of crap"', "crap"),
        ("Quelle connerie", "connerie"),
        ("ça m'emmerde", "m'emmerde"),
        ("শুয়োরের বাচ্চা", "শুয়োরের বাচ্চা"),
        ("madarchod", "madarchod"),
        ("So ein Arschloch", "Arschloch"),
    ],
)
def test_swear_words_are_found_as_they_are_written(text, word):
    assert sworn(text) == [word]


@pytest.mark.parametrize(
    "text",
    [
        "Scunthorpe, Essex, Penistone, Clitheroe and Titchfield",
        "Assess the assets of the class",
        "The assassin's cassette",
        "Dick Turpin rode to Cockfosters",
        "Pussy willow and blue tits",
        "Shiite and Sunni leaders pray together",
        "Shitake mushrooms are in season",
        "Grade A* and A** results",
        "The finger prick test is free",
        "R&D, B&B, T-shirts, X-rays",
        "Call 4th floor, 10am-4pm",
        "aaaand we are live",
        "A. B. C. Smith",
        "Masse salariale, cul-de-sac, branle-bas",
        "#Dickens https://gov.ws/shit",
        "https://www.gov.ws/aaa",
    ],
)
def test_what_only_looks_like_a_swear_word_passes(text):
    assert sworn(text) == []


def test_each_word_is_found_in_its_place():
    assert sworn("Damn the sh*t and the damn form") == ["Damn", "sh*t", "damn"]
