"""Hatred against communities is found; speaking about it, and about communities, is not."""

import pytest

from policy import library
from policy.rules import Post, examine, ids, review


def is_hateful(text: str) -> bool:
    return "hate-incitement" in ids(review(Post(text), library.load()))


@pytest.mark.parametrize(
    ("text", "guard"),
    [
        ("Refugees are vermin", None),
        ("All refugees are scum and vermin", None),
        ("We should deport every refugee", None),
        ("Refugees have no right to live here", None),
        ("Here come the refugees. They are a plague on our town", None),
        ("Why don't we get rid of refugees?", None),
        ("R3fugees are verm1n", None),
        ("Refugees are v e r m i n", None),
        ("Refugees are vermni", None),
        ("Don’t believe it: refugees are not vermin", "negation: “not”"),
        ("We should never deport refugees who work", "negation: “never”"),
        ('He wrote "refugees are vermin" on the wall of the school', "quoted"),
        ("A man was arrested for calling refugees vermin", "counter-speech: “arrested for”"),
        ("Women do not deserve to be beaten", "negation: “do not deserve to”"),
        ("Refugees do not bring crime", "negation: “not”"),
        ("Refugees bring crime", None),
        ("Women do not deserve to vote", None),
        ("Why do women not deserve to be beaten?", None),
        ("Refugees are welcome", ""),
        ("The vermin control team visits on Monday", ""),
        ("Cholera kills refugees in the camp", ""),
        ("Bankers are vermin", ""),
    ],
)
def test_hatred_is_told_from_speaking_about_it(text, guard):
    verdict = examine(Post(text), library.load())
    assert ("hate-incitement" in ids(verdict.findings)) is (guard is None)
    if guard:
        assert guard in {each.guard for each in verdict.excused}


@pytest.mark.parametrize(
    "text",
    [
        "Women should not die giving birth.",
        "Women should call 999 if they are beaten.",
        "Women want to cut their energy bills.",
        "We must put an end to child marriage for girls.",
        "The barriers women meet at work should be eliminated.",
        "Too many refugees live in tents.",
        "A virus is spreading among asylum seekers.",
        "The treatment of migrants in the camp is disgusting.",
        "Pest control advice for immigrants.",
        "Stupid mistakes cost women billions.",
        "African swine fever: infected pigs must be killed.",
        "We will cut waiting times for women.",
        "Black people are more likely to die in childbirth. This must change.",
        "Depute Provost Ann Smith met refugees on Friday.",
        "Women should try an indie film.",
    ],
)
def test_official_posts_about_communities_pass(text):
    assert not is_hateful(text)


def test_a_post_that_is_one_quotation_is_not_excused_by_it():
    assert is_hateful('"Refugees are vermin"')


@pytest.mark.parametrize(
    ("text", "hateful"),
    [
        ("Kill all refugees", True),
        ("Drive the refugees out of our land", True),
        ("Send the refugees back where they came from", True),
        ("Why are refugees always so violent?", True),
        ("Only refugees are capable of such cruelty", True),
        ("A rat is worth more than a refugee", True),
        ("Nobody is as filthy as these refugees", True),
        ("Killing refugees should be legal", True),
        ("Execution is the only answer for these refugees", True),
        ("I would love to see those refugees drown", True),
        ("I have nothing against refugees but they are vermin", True),
        ("I'd like refugees if they weren't such vermin", True),
        ("Refugeesarevermin", True),
        ("It is in an immigrnt's nature to be vermin", True),
        ("Too manyfags in this town", True),
        ("The pros and cons of dyes for women", False),
        ("হিন্দুরা দেশের শত্রু", True),
        ("রোহিঙ্গারা পরজীবী", True),
        ("সংখ্যালঘুদের এই দেশে থাকার অধিকার নেই", True),
        ("Killing refugees is a war crime", False),
        ("Rape of women is a war crime", False),
        ("Employers have no right to fire refugees", False),
        ("Grade D\n\nBlack people are just the dumbest people.", True),
        ("This is what we are for.\n\nMuslims are vermin.", True),
        ("The site manager and many refugees are from the county", False),
        ("Women's refuge opens in May", False),
        ("Women are site managers", False),
        ("Refugees are as likely to be criminals as others, a study finds", False),
        ("Women in violent relationships can call us", False),
        ("A violent storm hit the refugees", False),
        ("পাহাড়ি ঢলে আবর্জনা জমেছে", False),
        ("হিন্দু বাড়িতে হামলার নিন্দা জানাই", False),
        ("পাহাড়ি এলাকায় অবৈধ স্থাপনা উচ্ছেদ করা হবে", False),
    ],
)
def test_hatred_has_many_forms_that_news_has_not(text, hateful):
    assert is_hateful(text) is hateful
