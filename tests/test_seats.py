"""The seats of a panel: at most one vote from each, and none from who may not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.seats import speakers

PEOPLE = range(1, 9)


@pytest.mark.parametrize(
    ("away", "author", "voted", "speaking"),
    [
        ({}, 9, (), {1: 1, 2: 2, 3: 3}),
        ({}, 2, (), {1: 1, 3: 3}),
        ({1: None}, 9, (), {2: 2, 3: 3}),
        ({1: 7}, 9, (), {1: 7, 2: 2, 3: 3}),
        ({1: 7}, 7, (), {2: 2, 3: 3}),  # the deputy wrote it
        ({1: 7}, 1, (), {1: 7, 2: 2, 3: 3}),  # the holder wrote it
        ({1: 7}, 9, (1,), {1: 1, 2: 2, 3: 3}),  # the holder has voted
        ({1: 7}, 9, (1, 7), {1: 1, 2: 2, 3: 3}),
        ({1: 2}, 9, (), {2: 2, 3: 3}),  # on the panel already
        ({1: 7, 7: 8}, 9, (), {2: 2, 3: 3}),  # away, too
        ({1: 7, 2: 7}, 9, (), {1: 7, 3: 3}),  # one seat for each
        ({1: 7, 2: 7}, 9, (1,), {1: 1, 2: 7, 3: 3}),
    ],
)
def test_each_seat_has_at_most_one_voice(away, author, voted, speaking):
    assert speakers((1, 2, 3), away, author=author, voted=voted) == speaking


@given(
    panel=st.lists(st.sampled_from(PEOPLE), unique=True, min_size=1, max_size=5),
    away=st.dictionaries(st.sampled_from(PEOPLE), st.none() | st.sampled_from(PEOPLE)),
    author=st.sampled_from(PEOPLE),
    voted=st.sets(st.sampled_from(PEOPLE)),
)
def test_nobody_speaks_twice_for_themselves_or_from_afar(panel, away, author, voted):
    found = speakers(panel, away, author=author, voted=voted)
    assert len(set(found.values())) == len(found) <= len(panel)
    assert author not in found.values()
    for holder, speaker in found.items():
        assert holder in panel
        if speaker == holder:
            assert holder not in away or holder in voted
        else:
            assert speaker not in panel
            assert speaker not in away
            assert away[holder] == speaker
            assert holder == author or holder not in voted
    here = {one for one in panel if one not in away and one != author}
    assert here <= set(found.values())
