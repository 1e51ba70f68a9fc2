"""Hashtags and emoji: apart, readable, few."""

import emoji as unicode_emoji
import pytest

from policy import library
from policy.rules import Finding, Post, review
from policy.segments import Vocabulary, joined, segments


def found(text: str, rule: str, *packs: str) -> list[Finding]:
    return [each for each in review(Post(text), library.load(packs)) if each.rule == rule]


@pytest.mark.parametrize(
    ("tag", "fixed"),
    [
        ("#roadsafety", "#RoadSafety"),
        ("#ROADSAFETY", "#RoadSafety"),
        ("#keepbritaintidy", "#KeepBritainTidy"),
        ("#worldwaterday2026", "#WorldWaterDay2026"),
        ("#lifeskills", "#LifeSkills"),
        ("#stayathome", "#StayAtHome"),
        ("#volunteersweekuk", "#VolunteersWeekUK"),
        ("#beattheheat", "#BeatTheHeat"),
        ("#plantatree", "#PlantATree"),
        ("#cleanwaterforall", "#CleanWaterForAll"),
    ],
)
def test_words_run_together_are_taken_apart(tag, fixed):
    [hit] = found(f"Join {tag} now", "hashtag-not-camelcase")
    assert (hit.found, hit.suggestion) == (tag, fixed)
    assert fixed in hit.say


@pytest.mark.parametrize(
    "tag",
    [
        "#RoadSafety",
        "#Roadsafety",
        "#bigday",
        "#vaccination",
        "#vaccinations",
        "#volunteering",
        "#Covid19",
        "#UNICEFBD",
        "#portsmouth",
        "#hartlepool",
        "#citizenship",
        "#breastfeeding",
        "#carpentry",
        "#thanksgiving",
        "#seychelles",
        "#road_safety",
        "#fa'afetai",
        "#manuialemalo",
        "#ঈদমোবারক",
        "#" + "safe" * 30,
    ],
)
def test_single_words_names_and_other_tongues_pass(tag):
    assert found(f"Join {tag} now", "hashtag-not-camelcase") == []


@pytest.mark.parametrize(
    ("run", "parts"),
    [
        ("roadsafety", ("road", "safety")),
        ("roads", ("roads",)),
        ("xyzzyroad", ()),
        ("roadship", ()),
        ("friendship", ("friendship",)),
        ("atatat", ()),
        ("", ()),
    ],
)
def test_a_run_is_taken_apart_by_a_vocabulary(run, parts):
    known = Vocabulary(
        words=frozenset(["road", "safety", "friend", "ship"]),
        short=frozenset(["at"]),
        wholes=frozenset(["friendship"]),
        endings=frozenset(["ship"]),
    )
    assert segments(run, known) == parts


def test_words_are_joined_with_capitals():
    assert joined(("safe", "in", "uk")) == "SafeInUK"


@pytest.mark.parametrize(
    ("count", "packs", "fires"),
    [
        (2, ("uk",), False),
        (3, ("uk",), True),
        (3, ("ni",), True),
        (5, (), False),
        (6, (), True),
        (5, ("bd",), False),
    ],
)
def test_hashtags_are_counted(count, packs, fires):
    text = "Tree fair " + " ".join(f"#Tree{number}x" for number in range(count))
    assert bool(found(text, "hashtag-overuse", *packs)) is fires


@pytest.mark.parametrize(
    ("text", "emoji"),
    [
        ("Wash 🧼👏", []),
        ("One 🐟 two 🐠 three 🐡", []),
        ("One 🐟 two 🐠 three 🐡 four 🐙", ["🐙"]),
        ("Go 🚗 slow 🚗", ["🚗"]),
        ("Thanks 👍 and 👍🏽", ["👍🏽"]),
        ("Love ❤️ and ❤", ["❤"]),
        ("Family 👨‍👩‍👧 day 🇼🇸 🇧🇩", []),
        ("Do:\n✅ wash\n☎️ call", ["☎️"]),
        ("Do:\n✅ wash\ncall ☎️", []),
        ("1️⃣ Wash\n2️⃣ Rinse", ["2️⃣"]),
        ("© 2026 ™ 1 2 3 # *", []),
    ],
)
def test_emoji_are_counted_as_people_see_them(text, emoji):
    assert [hit.found for hit in found(text, "emoji-overuse")] == emoji


def test_every_emoji_of_unicode_is_one():
    complete = unicode_emoji.STATUS["fully_qualified"]
    wrong = [
        each
        for each, data in unicode_emoji.EMOJI_DATA.items()
        if data["status"] == complete
        and each not in "🧪🪕"
        and found(f"Fair {each} here 🧪 🪕", "emoji-overuse")
    ]
    assert wrong == []
