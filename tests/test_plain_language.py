"""Sentences, words and acronyms that everybody understands."""

import pytest

from policy import library
from policy.rules import Finding, Post, examine, review
from policy.sentences import sentences

ENGLISH = "We will open the road for you and " + "slowly " * 16


def found(text: str, rule: str, **post: object) -> list[Finding]:
    findings = review(Post(text, **post), library.load(()))  # type: ignore[arg-type]
    return [each for each in findings if each.rule == rule]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Open 9 a.m. to 4 p.m. daily. Come in.", 2),
        ("We close at 4 p.m. Come early.", 2),
        ("Dr. Khan met Mrs. Ali of St. Mary and J. Payet.", 1),
        ("Take bus No. 5 at 3.30 or pay 1.5 tala.", 1),
        ("Is it safe? No. We checked.", 3),
        ("1. Wash your hands.\n2. Dry them.", 2),
        ("It was 2026. Then we moved.", 2),
        ("She said “Go.” Then we left.", 2),
        ("Wait... Now go!", 2),
        ("See e.g. the form, i.e. this.", 1),
        ("টিকা নিন। এখনই!", 2),
        ("One\n\nTwo", 2),
        ("M. Payet viendra à 9 h. Le bureau ferme.", 2),
    ],
)
def test_a_text_is_read_in_sentences(text, parts):
    found = [text[start:end] for start, end in sentences(text)]
    assert len([each for each in found if each.strip()]) == parts
    assert "".join(found) == text


@pytest.mark.parametrize(("more", "fires"), [("now", False), ("right now", True)])
def test_a_sentence_has_up_to_25_words(more, fires):
    assert bool(found(ENGLISH + more, "long-sentence")) is fires


@pytest.mark.parametrize(
    ("text", "lang", "fires"),
    [
        (ENGLISH + "right now https://gov.ws/x #Road @road", "", True),
        (ENGLISH + "now https://gov.ws/x #Road @road – &", "", False),
        (ENGLISH + "right. Now", "", False),
        (ENGLISH + "right now", "sm", False),
        (ENGLISH + "right now", "en", True),
        ("o le a e i ma lo " * 6, "", False),
        ("les routes du nord et des villes sont fermées " * 4, "", True),
        ("les routes du nord et des villes sont fermées " * 4, "fr", True),
        ("রাস্তা বন্ধ থাকবে " * 20, "", False),
    ],
)
def test_long_sentences_are_counted_without_links(text, lang, fires):
    assert bool(found(text, "long-sentence", lang=lang)) is fires


@pytest.mark.parametrize(
    ("text", "swaps"),
    [
        ("We utilise buses", {"utilise": "use"}),
        ("Utilising buses helps", {"Utilising": "Using"}),
        ("In order to vote, bring a card", {"In order to": "To"}),
        ("Prior to the vote", {"Prior to": "Before"}),
        ("HMS Endeavour sails", {}),
        ("We endeavour to reply", {"endeavour": "try"}),
        ("Stakeholder Panel meets", {}),
        ("Meet the Stakeholder Panel", {}),
        ("Stakeholders met", {"Stakeholders": "People or partners"}),
        ("La fête commence dans une heure et les rues sont fermées", {}),
    ],
)
def test_hard_words_have_plainer_ones(text, swaps):
    assert {hit.found: hit.suggestion for hit in found(text, "plain-english")} == swaps


def test_hard_words_in_a_quotation_are_excused():
    verdict = examine(Post('The old sign says "works commence here" on it'), library.load(()))
    assert verdict.findings == ()
    assert [each.rule for each in verdict.excused] == ["plain-english"]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("The DPDHL review", ["DPDHL"]),
        ("The DPDHL and the DPDHL", ["DPDHL"]),
        ("Ask the UNO about ADPs", ["UNO", "ADP"]),
        ("The DPDHL's review", ["DPDHL"]),
        ("Upazila Nirbahi Officer (UNO)", []),
        ("Ask your Upazila Nirbahi Officer. UNO offices are open", []),
        ("UNO (Upazila Nirbahi Officer)", []),
        ("UNO (open)", ["UNO"]),
        ("Department of Public Works and Water: DPWW", []),
        ("উপজেলা নির্বাহী অফিসার (UNO)", []),
        ("UNICEF, WHO and NHS staff", []),
        ("XVI and MMXXVI", []),
        ("ROAD CLOSED at NOON", []),
        ("STOP now", []),
        ("BZQ FLOOD WARNING", []),
        ("NR25 6DN H5N1 COVID-19 AB/CDE", []),
        ("#DPDHL @DPDHL https://gov.ws/DPDHL DPDHL.org", []),
    ],
)
def test_acronyms_are_spelled_out(text, tokens):
    assert [hit.found for hit in found(text, "unexplained-acronym")] == tokens


def test_the_directory_is_a_glossary():
    assert found("The DPDHL review", "unexplained-acronym", directory=("DPDHL",)) == []


def test_capitals_everywhere_are_one_finding():
    text = "DPDHL WILL CLOSE THE ZQPRT OFFICE EARLY ON MONDAY"
    assert not found(text, "unexplained-acronym")
    assert len(found(text, "all-caps")) == 1


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        ("EXTREME HEAT WARNING\nStay in", False),
        ("CYCLONE WARNING: Savaii", False),
        ("EXTREME HEAT WARNING\nSTAY INSIDE YOUR HOUSE", True),
        ("SUMMER SALE STARTS NOW\nCome in", True),
        ("FLOOD WARNING EVERYBODY LEAVE NOW FOR HIGH GROUND", True),
    ],
)
def test_a_heading_that_warns_may_stand_in_capitals(text, fires):
    assert bool(found(text, "all-caps")) is fires
