"""A quarter of many offices: every message that is due is said once, and nothing else.

What is due is worked out by an oracle from the plan alone. `make quarter` plays a thousand offices.
"""

from tests.simulation import plan as planning
from tests.simulation.oracle import Oracle
from tests.simulation.player import Player


def test_quarter_of_many_offices_says_exactly_what_is_due(engine):
    plan = planning.make(seed=5, offices=12, hours=7, sizes=(1, 2))
    oracle, player = Oracle(plan), Player(engine, plan, seed=5)
    oracle.run()
    player.run()
    assert player.short() == oracle.short
    assert player.said() == oracle.said
    assert {each[3] for each in oracle.said} == {"hint", "warning", "lead", "weekly"}
