"""The rules of Bangladesh on faith and on unity: narrow, and silent on services and greetings."""

import pytest

from policy import library
from policy.rules import Post, ids, review


def found(text: str) -> tuple[str, ...]:
    return ids(review(Post(text, purpose="event"), library.load(("bd",))))


@pytest.mark.parametrize(
    ("text", "hurts"),
    [
        ("Namaz is a waste of time", True),
        ("Hijab is backward", True),
        ("Such superstition, this puja of theirs", True),
        ("Their god does not exist", True),
        ("এই পূজা হাস্যকর", True),
        ("মূর্তিপূজা বোকামি", True),
        ("Eid Mubarak", False),
        ("Puja pandals will close at 11pm", False),
        ("Fake priests asked for donations. Beware", False),
        ("Do not burn rubbish near the temple", False),
        ("Superstition about snake bites costs lives. Go to hospital", False),
        ("মন্দিরের নিরাপত্তা জোরদার করা হয়েছে", False),
        ("ধর্মীয় সম্প্রীতি বজায় রাখুন", False),
    ],
)
def test_ridicule_of_a_faith_is_told_from_news_about_it(text, hurts):
    assert ("bd-religious-sentiment" in found(text)) is hurts


@pytest.mark.parametrize(
    ("text", "divides"),
    [
        ("The hill districts deserve nothing", True),
        ("Sylhet people should go back to their own district", True),
        ("Don't buy from the next village", True),
        ("Why do our taxes feed the hill people", True),
        ("চট্টগ্রামের লোকদের বয়কট করুন", True),
        ("Why is the road in Khulna not repaired?", False),
        ("Farmers in Rangpur should not get less than the market price", False),
        ("Cut off from Dhaka by floods, Sunamganj needs boats", False),
        ("We boycott single-use plastic in Sylhet", False),
        ("নোয়াখালীতে বন্যা", False),
    ],
)
def test_calls_that_divide_are_told_from_news_of_regions(text, divides):
    assert ("bd-communal-division" in found(text)) is divides


def test_hatred_is_more_than_division():
    text = "Drive out the Rohingya, they are taking our jobs"
    assert "hate-incitement" in found(text)
    assert "bd-communal-division" not in found(text)


def test_only_bangladesh_asks_for_this():
    assert not ids(review(Post("Their festival is backward nonsense"), library.load()))
