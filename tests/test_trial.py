"""No rule holds up the posts: slow ones are refused, and hostile texts take a moment."""

import itertools
import time

import pytest

from policy import library
from policy.documents import DocumentError
from policy.hostile import MOTIFS, hostile
from policy.patterns import LONGEST_AT_ONCE, PatternSet
from policy.rules import Post, Ruleset, review
from policy.texts import Reading
from policy.trial import hostile_posts, slowness

PACK = """\
pack: own
version: "2026-01-02"
title: Own
rules:
  - id: mine
    title: Mine
    severity: warn
    match: '{match}'
    say: Said
    source: Somebody
    why: Because
    good: [zzz]
    bad: ['{bad}']
"""
SHIPPED = library.load(("bd", "uk", "ws", "sc", "directory-only"))


def loaded(folder, match: str, bad: str) -> Ruleset:
    (folder / "own.yaml").write_text(PACK.format(match=match, bad=bad), "utf-8")
    return library.load(("own",), folder)


@pytest.mark.parametrize(
    ("match", "bad", "said"),
    [
        ("(.{0,100}a){9}", "banana banana banana", "line 5: rules[0]: rule mine needs"),
        ("(x{1000}){1000}", "x", "refused by the engine"),
        (r"(\pL+\s?){100}x", "x", "this pattern is too large"),
    ],
)
def test_a_rule_that_takes_long_is_refused(tmp_path, match, bad, said):
    with pytest.raises(DocumentError, match=r"own\.yaml") as caught:
        loaded(tmp_path, match, bad)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("match", "bad"),
    [
        (r"\b(?:tide table|harbour chart)\b", "The tide table says so"),
        (r"(?i)\bfree\s+(?:\pL+\s+){0,3}money\b", "free lots of money"),
        ("বা\u09dcি", "বা\u09a1\u09bcি"),
        ("৯৯[৯-৯]", "৯৯৯"),
    ],
)
def test_an_ordinary_rule_is_quick_enough(tmp_path, match, bad):
    assert loaded(tmp_path, match, bad).rules[-1].id == "mine"


@pytest.mark.parametrize(
    ("took", "yardstick", "counted"),
    [
        (0.019, 9, 0),
        (0.021, 0.002, 0.021),
        (0.021, 0.001, 0.021),
        (0.039, 0.004, 0),
        (0.05, 0.004, 0.025),
    ],
)
def test_a_rule_is_not_to_blame_for_a_slow_machine(monkeypatch, took, yardstick, counted):
    clock = itertools.accumulate(itertools.cycle([0, took, 0, yardstick]))
    monkeypatch.setattr("policy.trial.process_time", lambda: next(clock))
    assert slowness(lambda _post: iter(()), hostile_posts(["digits"])) == pytest.approx(counted)


@pytest.mark.parametrize("active", SHIPPED.active, ids=lambda active: active.rule.id)
def test_each_shipped_rule_is_quick_enough(active, readings):
    assert slowness(active.find, readings) == 0


@pytest.fixture(scope="module")
def readings() -> list[Reading]:
    return hostile_posts(MOTIFS)


LONG, SHORT = hostile(40_000), hostile(10_000)


def seconds(text: str) -> float:
    post = Post(text, platform="x", purpose="warning", region="BD")
    began = time.process_time()
    review(post, SHIPPED)
    return time.process_time() - began


@pytest.mark.parametrize("name", LONG)
def test_a_text_four_times_as_long_takes_no_more_than_six_times_as_long(name):
    ratios = (seconds(LONG[name]) / max(seconds(SHORT[name]), 0.001) for _ in range(4))
    assert any(ratio <= 6 for ratio in ratios)


def test_no_pattern_is_missed_when_there_are_too_many_for_the_memory():
    patterns = [rf"[ab]*a[ab]{{{size}}}c" for size in range(900, 930)]
    assert patterns[0] in PatternSet(patterns).occurring("ab" * 900 + "bc")


@pytest.mark.parametrize("size", [10, LONGEST_AT_ONCE, LONGEST_AT_ONCE + 1])
def test_the_patterns_of_a_set_are_found_in_short_and_in_long_texts(size):
    together = PatternSet(["ab", "b+c", "^b", "x"])
    assert set(together.occurring("abbc".rjust(size))) == {"ab", "b+c"}


def test_an_empty_text_has_no_pattern():
    assert not PatternSet(["a", "b"]).occurring("")
