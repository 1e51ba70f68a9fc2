"""Phrases of lists are found as people write them, at a cost that does not grow with the list."""

import time

import pytest

from policy.findings import Post
from policy.terms import Terms, terms
from policy.texts import Reading


def found(entries: list[str], text: str) -> list[tuple[str, int, int]]:
    return [tuple(term) for term in Terms(entries).of(Reading(Post(text)))]


@pytest.mark.parametrize(
    ("entries", "text", "expected"),
    [
        (["one"], "One, none, ONE's", [("one", 0, 0), ("one", 2, 2)]),
        (["on*"], "one of none", [("on*", 0, 0)]),
        (["on*", "one two"], "one two", [("one two", 0, 1)]),
        (["one", "on* two three"], "one two three", [("on* two three", 0, 2)]),
        (["one two", "two three"], "one two three", [("one two", 0, 1)]),
        (["one two three", "one"], "one two four", [("one", 0, 0)]),
        (["covid-19"], "Covid 19 and covid-19", [("covid 19", 0, 1), ("covid 19", 3, 4)]),
        (["don’t"], "Don't", [("don't", 0, 0)]),
        (["l' autre"], "autre", []),
        (["বা\u09dcি"], "বা\u09a1\u09bcি", [("বা\u09a1\u09bcি", 0, 0)]),
        (["one"], "gov.ws/one @one #one one@gov.ws", []),
        ([], "one", []),
    ],
)
def test_phrases_are_found_the_longest_first(entries, text, expected):
    assert found(entries, text) == expected


def test_an_entry_that_can_never_be_found_is_refused():
    with pytest.raises(ValueError, match="'—' has no letter and no digit"):
        Terms(["one", "—"])


def test_a_list_is_made_once_however_many_rules_use_it():
    assert terms(("one", "two")) is terms(("one", "two"))


@pytest.mark.parametrize("shape", ["word{} other", "word {}", "wo{}*", "{} word"])
def test_a_list_of_ten_thousand_costs_little_more_than_one_of_a_hundred(shape):
    readings = [Reading(Post("word other word 77 of these words " * 20)) for _ in range(20)]
    for reading in readings:
        assert reading.words

    def seconds(size: int) -> float:
        known = Terms(shape.format(number) for number in range(size))
        began = time.process_time()
        for reading in readings:
            list(known.find(reading.words))
        return time.process_time() - began

    assert any(seconds(10_000) <= 5 * seconds(100) for _ in range(5))
