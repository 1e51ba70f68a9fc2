"""What somebody says they do not believe is no hatred, unless it is a community's worth."""

import pytest

from policy import library
from policy.rules import Post, examine, ids

HATE = "hate-incitement"


def hate(text):
    """Return whether a text is hateful, and the guards that were shown."""
    verdict = examine(Post(text), library.load())
    return HATE in ids(verdict.findings), {
        each.guard for each in verdict.excused if each.rule == HATE
    }


@pytest.mark.parametrize(
    ("text", "guard"),
    [
        ("We do not think that migrants are criminals", "negation: “not think”"),
        ("We do not believe that women are inferior to men", "negation: “not believe”"),
        ("We do not think that migrants and refugees are criminals", "negation: “not think”"),
        ("Nobody should say that a disabled child is a burden", "negation: “nobody should say”"),
        ("It is false to say that refugees spread disease", "negation: “false to say”"),
        ("It is not true that refugees are criminals", "negation: “not true that”"),
        ("We refuse to believe that the disabled are worthless", "negation: “refuse to believe”"),
        ("Women do not deserve this treatment", "negation: “not deserve”"),
        ("Les femmes ne méritent pas d'être battues", "negation: “méritent pas”"),
        ("Nous ne pensons pas que les migrants sont des criminels", "negation: “ne pensons pas”"),
        ("Il est faux de croire que les Roms sont des voleurs", "negation: “faux de croire”"),
        ("Nul ne peut dire que les juifs sont des rats", "negation: “nul ne peut dire”"),
        ("আমরা মনে করি না যে এ দেশের সব হিন্দুরা দেশের শত্রু", "negation: “মনে করি না”"),
        ("রোহিঙ্গাদের মেরে ফেলা উচিত নয়", "negation: “উচিত নয়”"),
        ("হিন্দুরা দেশের শত্রু বলা ভুল", "negation: “বলা ভুল”"),
    ],
)
def test_disbelief_excuses_and_is_shown(text, guard):
    assert hate(text) == (False, {guard})


@pytest.mark.parametrize(
    "text",
    [
        "We do not think that migrants are human",
        "Nobody believes that migrants deserve to live",
        "I know some migrants. I don't think they deserve to live",
        "It is wrong to say that women are our equals",
        "nous ne pensons pas que les migrants méritent de vivre",
        "Je ne crois pas que les musulmans aient leur place ici",
        "আমরা বিশ্বাস করি না যে রোহিঙ্গাদের বাঁচার অধিকার আছে",
    ],
)
def test_disbelief_in_worth_or_rights_is_hatred(text):
    assert hate(text) == (True, set())


@pytest.mark.parametrize(
    "text",
    [
        "I don't hate migrants but they are all criminals",
        "I don't think we should let them in because migrants are criminals",
        "I do not think so, migrants are criminals",
        "We do not deny that migrants are criminals",
        "If you do not believe that Muslims are terrorists, you are blind",
        "Anyone who doesn't think that migrants are criminals is a fool",
        "Don't you think that migrants are criminals?",
        "I'm not racist but migrants are vermin",
        "I'm not sexist, women are just stupid",
        "Je ne suis pas raciste mais les Roms sont des voleurs",
        "Ne pensez-vous pas que les migrants sont des criminels ?",
        "হিন্দুরা কি দেশের শত্রু নয়?",
        "আমি বর্ণবাদী নই কিন্তু হিন্দুরা দেশের শত্রু",
    ],
)
def test_what_only_looks_like_disbelief_or_condemning_excuses_nothing(text):
    assert hate(text)[0]


@pytest.mark.parametrize(
    "text",
    [
        "The rebels do not believe that women are human",
        "Do you not think that migrants are human?",
        "We do not think that migrants are human traffickers",
        "We do not think that women deserve less",
        "We do not believe that women should be allowed to fall behind",
        "We do not think that refugees should have to pay",
        "He was arrested for saying that women are nothing but filth",
        "আমরা মনে করি না যে হিন্দুরা খারাপ মানুষ",
    ],
)
def test_worth_that_others_doubt_and_harm_that_nobody_deserves_pass(text):
    assert not hate(text)[0]
