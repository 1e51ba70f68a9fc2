"""Insults to a person are found; the same words in another sense, and what is reported, are not."""

import pytest

from policy import library
from policy.rules import Post, examine, ids, review


def is_insulting(text: str) -> bool:
    return "insult-or-ridicule" in ids(review(Post(text), library.load()))


@pytest.mark.parametrize(
    "text",
    [
        "You are an idiot",
        "Some idiot parked across the ambulance bay",
        "Are you stupid?",
        "Are you a clown?",
        "@bob Are you a clown? Read the form",
        "You lot are clowns",
        "The mayor is a liar",
        "Don't be such a snowflake",
        "Learn to read, you donkey",
        "He is a complete muppet",
        "@bob_smith is a troll",
        "You absolute clown",
        "They are all crooks",
        "What a clown!",
        "Only fools believe that",
        "আপনি একজন মিথ্যাবাদী",
        "তুমি একটা বোকা",
        "Bande d'idiots",
    ],
)
def test_insults_are_found(text):
    assert is_insulting(text)


@pytest.mark.parametrize(
    "text",
    [
        "Are you a joker? Comedy night on Friday",
        "Clown doctors cheer up patients",
        "Troll Bridge is closed",
        "Crash test dummies are on show",
        "You can see donkeys, sheep and pigs at the farm",
        "You will meet a clown and a juggler at the fair",
        "No question is stupid",
        "We made a stupid mistake and we are sorry",
        "It was a foolish decision",
        "If you are a coward about needles, tell the nurse",
        "Give your child a dummy only at bedtime",
        "Liar dice tournament for charity",
        "@bob_smith saw a clown",
        "This puppet show is for you",
    ],
)
def test_other_senses_pass(text):
    assert not is_insulting(text)


@pytest.mark.parametrize(
    ("text", "guard"),
    [
        ("You are not an idiot if you fall for a scam", "negation: “not”"),
        ('A caller said "you are an idiot" to our team', "quoted"),
        ("He was called an idiot at school", "said beside it: “was called”"),
        ("Do not feel like an idiot for asking", "said beside it: “feel”"),
    ],
)
def test_what_excuses_an_insult_is_shown(text, guard):
    verdict = examine(Post(text), library.load())
    assert "insult-or-ridicule" not in ids(verdict.findings)
    assert guard in {each.guard for each in verdict.excused}


@pytest.mark.parametrize(
    ("text", "blames"),
    [
        ("That isn't our fault", True),
        ("You should have checked the timetable", True),
        ("Did you even read our post", True),
        ("You had plenty of time to apply", True),
        ("আপনার উচিত ছিল আগে আসা", True),
        ("Calmez-vous, monsieur", True),
        ("Sorry about the delay. It was our fault", False),
        ("You should have a letter by Monday", False),
        ("You should have your refund within 5 days", False),
        ("You should not have had to wait", False),
        ("You should have been told. We are sorry", False),
        ("Please keep calm and stay inside", False),
    ],
)
def test_replies_that_blame_are_told_from_those_that_help(text, blames):
    found = ids(review(Post(text, reply=True), library.load()))
    assert ("defensive-reply" in found) is blames
    assert "defensive-reply" not in ids(review(Post(text), library.load()))
