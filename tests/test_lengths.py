"""How long a text is: each platform counts differently."""

import pytest

from policy.lengths import graphemes, mastodon, x
from policy.platforms import KINDS, label


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("plain", 5),
        ("", 0),
        ("été", 3),
        ("e\u0301te\u0301", 3),
        ("সোমবার", 6),
        ("道路", 4),
        ("도로", 4),
        ("👍", 2),
        ("👍🏽", 2),
        ("👨‍👩‍👧", 2),
        ("🇼🇸", 2),
        ("1️⃣", 2),
        ("❤️", 2),
        ("🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f", 2),
        ("© ½", 3),
        ("“quoted” – so", 13),
        ("http://a.gov.sc/" + "x" * 90, 23),
        ("gov.bd", 23),
        ("See gov.bd.", 28),
        ("a@example.gov", 13),
        ("x.notadomain", 12),
    ],
)
def test_x_weighs_a_text(text, length):
    assert x(text) == length


@pytest.mark.parametrize(
    ("text", "length"),
    [("plain", 5), ("", 0), ("👨‍👩‍👧", 1), ("e\u0301", 1), ("🇼🇸🇧🇩", 2), ("道路", 2)],
)
def test_graphemes_are_what_a_reader_sees(text, length):
    assert graphemes(text) == length


@pytest.mark.parametrize(
    ("text", "length"), [("https://a.gov/" + "x" * 90, 23), ("gov.bd", 6), ("a https://a.gov", 25)]
)
def test_mastodon_counts_a_link_as_23(text, length):
    assert mastodon(text) == length


def test_every_kind_of_page_has_a_name():
    assert all(kind.label for kind in KINDS.values())
    assert (label("x"), label("unknown")) == ("X", "unknown")
