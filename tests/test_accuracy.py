"""The rules are at least as often right as they were: floors, measured on the posts we have.

`make accuracy ARGS=--wrong` lists every wrong verdict.
"""

import pytest

from policy import library
from tests.accuracy import measures, sets
from tests.accuracy.__main__ import generated_posts
from tests.accuracy.scores import Score, mean


def total(scores) -> Score:
    """Add up the scores of all rules."""
    found = Score()
    for score in scores:
        found.add(score)
    return found


def test_a_score_counts_as_a_textbook_does():
    score = Score()
    for found, wanted in [(True, True)] * 3 + [(True, False)] + [(False, True)] * 2:
        score.note(found=found, wanted=wanted)
    score.note(found=False, wanted=False)
    assert score.precision == 3 / 4
    assert score.recall == 3 / 5
    assert score.f1 == pytest.approx(2 / 3)
    assert score.macro_f1 == pytest.approx((2 / 3 + 2 / 5) / 2)
    assert Score().f1 == 1


def test_labelled_posts_are_judged_as_their_labels_say():
    score, wrong = measures.on_labelled(sets.labelled())
    assert score.precision >= 0.97, wrong
    assert score.recall >= 0.97, wrong


def test_posts_written_apart_from_the_rules_are_judged_right():
    scores, wrong = measures.on_rules(sets.for_rules())
    assert total(scores.values()).precision >= 0.95, wrong
    assert total(scores.values()).recall >= 0.9, wrong


def test_every_rule_is_measured():
    shipped = {rule.id for pack in library.PACKS for rule in library.load((pack,)).rules}
    measured = {each.rule for each in sets.for_rules()}
    assert measured <= shipped
    assert shipped - measured == set()


def test_hatred_is_told_from_what_only_looks_like_it():
    score, wrong = measures.on_hate(sets.hateful())
    assert score.all.f1 >= 0.97, wrong
    assert score.all.macro_f1 >= 0.97, wrong
    assert score.mean >= 0.96, wrong


def test_personal_data_is_found_in_the_ways_people_write_it():
    score, wrong = measures.on_personal(generated_posts())
    assert score.passages.f1 >= 0.96, wrong
    assert score.posts.f1 >= 0.985, wrong


@pytest.mark.parametrize("packs", [(), ("bd",), ("ni",), ("ws",), ("sc",)])
def test_ordinary_official_posts_are_not_stopped(packs):
    _, stopped, wrong = measures.false_alarms(sets.official(), *packs)
    assert stopped == 0, wrong


def test_the_kinds_of_hateful_posts_weigh_the_same():
    score, _ = measures.on_hate(sets.hateful())
    assert score.mean == pytest.approx(mean(score.kinds.values()))
