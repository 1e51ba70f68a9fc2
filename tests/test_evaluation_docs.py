"""The page about the numbers says what the code counts."""

from bot.making import paper
from policy.measures import BY_NAME, GAPS, MEASURES, Gap, Group
from policy.reports import STANDINGS, Standing
from tests.documents import rows, text

PAGE = "docs/reference/evaluation.md"


def test_page_lists_every_number_with_how_it_is_counted():
    listed = rows(text(PAGE).partition("## What the numbers")[0])
    assert listed == [[each.label, f"`{each.name}`", each.how] for each in MEASURES]


def test_page_lists_everything_that_numbers_do_not_cover():
    listed = rows(text(PAGE).partition("## What the numbers")[2])
    assert listed == [[f"`{gap.value}`", GAPS[gap]] for gap in Gap]


def test_every_number_has_a_name_of_its_own_and_every_group_some():
    assert len(BY_NAME) == len(MEASURES)
    assert {each.group for each in MEASURES} == set(Group)
    assert set(STANDINGS) == set(Standing)
    assert paper.TITLE[True] != paper.TITLE[False]
