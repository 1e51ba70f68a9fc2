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
    ],
)
def test_official_posts_about_communities_pass(text):
    assert not is_hateful(text)


def test_a_post_that_is_one_quotation_is_not_excused_by_it():
    assert is_hateful('"Refugees are vermin"')
