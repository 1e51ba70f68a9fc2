"""What changed between two wordings: right for every pair of texts, short, and bounded."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.differences import Change, apply, compare, passages

WORDS = st.sampled_from(
    ["road", "closed", "the", "সেতু", "বন্ধ", "আজ", "🚧", "👨‍👩‍👧", "9", "am.", "a"]
)
SPACE = st.sampled_from([" ", "  ", "\n", "\n\n", "\t", "\u00a0", ""])
TEXTS = st.lists(st.tuples(WORDS, SPACE), max_size=40).map(
    lambda parts: "".join(word + space for word, space in parts)
)


def told(old: str, new: str) -> list[tuple[str, str, str]]:
    return [(*passages(change), change.before) for change in compare(old, new).changes]


@given(TEXTS | st.text(max_size=200), TEXTS | st.text(max_size=200))
def test_changes_applied_to_the_old_text_yield_the_new_one(old, new):
    found = compare(old, new)
    assert apply(old, found.changes) == new
    assert found.removed + found.kept == len(old.split())
    assert found.added + found.kept == len(new.split())


@given(TEXTS, st.integers(0, 40), st.lists(WORDS, max_size=3))
def test_a_few_words_put_in_are_one_change_at_most(text, place, words):
    old = text.split()
    new = old[:place] + words + old[place:]
    assert len(compare(" ".join(old), " ".join(new)).changes) <= 1


@given(TEXTS | st.text(max_size=200))
def test_the_same_text_has_no_changes(text):
    assert compare(text, text).changes == ()


@pytest.mark.parametrize(
    ("old", "new", "changes"),
    [
        ("Closed on Monday.", "Closed on Tuesday.", [("Monday.", "Tuesday.", "Closed on")]),
        ("Closed today.", "Closed all day today.", [("", "all day", "Closed")]),
        ("Closed all day today.", "Closed today.", [("all day", "", "Closed")]),
        ("It is closed on Monday.", "It is open on Friday.",
         [("closed on Monday.", "open on Friday.", "It is")]),
        ("Now closed.", "Closed.", [("Now closed.", "Closed.", "")]),
        ("সেতু আজ বন্ধ থাকবে।", "সেতু আজ খোলা থাকবে।", [("বন্ধ", "খোলা", "সেতু আজ")]),
        ("Closed 🚧 today", "Closed 🎉 today", [("🚧", "🎉", "Closed")]),
        ("", "Closed.", [("", "Closed.", "")]),
        ("Closed.", "", [("Closed.", "", "")]),
        ("", "", []),
    ],
)  # fmt: skip
def test_what_is_said_about_a_change(old, new, changes):
    assert told(old, new) == changes


def test_changes_of_spaces_and_of_what_cannot_be_seen_are_told_apart():
    [spacing] = compare("Closed  today.", "Closed\ntoday.").changes
    [hidden] = compare("Closed today.", "Clo\u200bsed today.").changes
    [codes] = compare("Cafe\u0301 closed.", "Caf\u00e9 closed.").changes
    [usual] = compare("Closed today.", "Open today.").changes
    assert [each.is_spacing for each in (spacing, hidden, codes, usual)] == [True, *[False] * 3]
    assert [each.is_unseen for each in (hidden, codes, usual)] == [True, True, False]


def test_long_passages_are_shown_from_where_they_differ():
    same = "x" * 30_000
    [change] = compare(f"{same}old{same}", f"{same}new{same}").changes
    old, new = passages(change)
    assert "xold" in old
    assert "xnew" in new
    assert len(old) < 100
    old, new = passages(Change(0, 0, "y" * 90, "y" * 95, ""))
    assert old != new
    marks = "e" + "\u0301" * 40_000
    assert all(len(each) < 100 for each in passages(Change(0, 0, marks, f"{marks}.", "")))


def test_words_that_stand_before_a_change_are_few():
    [change] = compare(f"{'word ' * 50}end", f"{'word ' * 50}start").changes
    assert change.before == "word word word word"
    [change] = compare(f"{'w' * 900} end", f"{'w' * 900} start").changes
    assert change.before == "w" * 40


def test_text_that_is_written_anew_says_so():
    old, new = (" ".join(f"{word}{n}" for n in range(30)) for word in ("a", "b"))
    assert compare(old, new).is_rewritten
    assert not compare(old, f"{old} {new}").is_rewritten
    assert not compare("Closed.", "Open.").is_rewritten


def numbered(step: int, count: int = 20_000) -> str:
    """Write 40,000 characters: all words differ but each of a step."""
    return " ".join(chr(0x4E00 + n) if n % step else "!" for n in range(count))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a " * 20_000, "b " * 20_000),
        ("a b " * 10_000, "b a " * 10_000),
        ("a a b " * 6_666, "a b b " * 6_666),
        (numbered(1), numbered(2)),
        (numbered(20_001), numbered(70)),
        (numbered(20_001), " ".join(reversed(numbered(20_001).split()))),
        ("a" * 40_000, "b" * 40_000),
        (" " * 40_000, "\n" * 40_000),
    ],
)
def test_hostile_texts_are_compared_in_bounded_work(old, new):
    compare.cache_clear()
    began = time.process_time()
    found = compare(old, new)
    assert time.process_time() - began < 10  # some tenths of a second; quadratic work takes minutes
    assert apply(old, found.changes) == new
