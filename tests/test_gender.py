"""What demeans a gender is found; facts, help and what contradicts it are not."""

import pytest

from policy import library
from policy.rules import Post, examine, ids


@pytest.mark.parametrize(
    ("text", "demeans"),
    [
        ("Girls are not smart enough for engineering", True),
        ("A woman's place is in the kitchen", True),
        ("Women should not drive", True),
        ("Women can never lead an office", True),
        ("Ladies should leave politics to men", True),
        ("Boys don't cry and men should not be nurses", True),
        ("Women are less capable of leading a team", True),
        ("মেয়েরা গাড়ি চালাতে পারে না", True),
        ("নারীদের জায়গা রান্নাঘরে", True),
        ("মেয়েদের রাজনীতিতে আসা ঠিক নয়", True),
        ("Les femmes ne savent pas conduire", True),
        ("Women make up 40% of our drivers", False),
        ("Women can now apply to be firefighters", False),
        ("Women should not drive after eye surgery", False),
        ("Women who cannot work night shifts can swap", False),
        ("Men should not ignore chest pain", False),
        ("Men over 50 cannot book online yet", False),
        ("Girls should not miss school because of their period", False),
        ("Women are paid less than men for the same job", False),
        ("Until 1918 women could not vote", False),
        ("মেয়েরা এখন পুলিশে যোগ দিতে পারবে", False),
        ("নারীদের জন্য প্রশিক্ষণ শুরু হচ্ছে", False),
    ],
)
def test_demeaning_claims_are_told_from_facts(text, demeans):
    found = ids(examine(Post(text), library.load()).findings)
    assert ("gender-demeaning" in found) is demeans


@pytest.mark.parametrize(
    ("text", "guard"),
    [
        ("It is a myth that women cannot lead", "said beside it: “myth”"),
        ('The poster said "women belong in the kitchen" and was taken down', "quoted"),
    ],
)
def test_what_excuses_a_claim_is_shown(text, guard):
    verdict = examine(Post(text), library.load())
    assert "gender-demeaning" not in ids(verdict.findings)
    assert guard in {each.guard for each in verdict.excused}
