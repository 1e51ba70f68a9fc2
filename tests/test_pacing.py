"""Bursts of ours keep to a chat service's pace."""

from datetime import timedelta

from bot.platforms.pacing import CROWDED, NOW, Pace, Pacer

SECOND = timedelta(seconds=1)
CHAT = Pace(every=SECOND, burst=2)


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_is_let_through_and_the_next_one_waits():
    pacer = Pacer(Clock())
    assert [pacer.wait({"a": CHAT}) for _ in range(3)] == [NOW, NOW, SECOND]


def test_a_place_is_free_again_after_the_pause_and_not_before():
    clock = Clock()
    pacer = Pacer(clock)
    pacer.wait({"a": CHAT})
    pacer.wait({"a": CHAT})

    clock.now += 0.75
    assert pacer.wait({"a": CHAT}) == timedelta(seconds=0.25)
    clock.now += 0.25
    assert pacer.wait({"a": CHAT}) == NOW
    assert pacer.wait({"a": CHAT}) == SECOND


def test_chats_do_not_wait_for_one_another():
    pacer = Pacer(Clock())
    assert [pacer.wait({lane: Pace(SECOND)}) for lane in ("a", "b", "a")] == [NOW, NOW, SECOND]


def test_nothing_is_taken_from_one_lane_while_another_is_full():
    pacer = Pacer(Clock())
    all_chats = Pace(SECOND, burst=3)
    pacer.wait({"all": all_chats, "a": Pace(SECOND)})

    assert pacer.wait({"all": all_chats, "a": Pace(SECOND)}) == SECOND
    assert [pacer.wait({"all": all_chats}) for _ in range(3)] == [NOW, NOW, SECOND]


def test_a_lane_stays_shut_as_long_as_the_service_asked():
    clock = Clock()
    pacer = Pacer(clock)
    pacer.hold("a", timedelta(seconds=7))

    assert pacer.wait({"a": CHAT}) == timedelta(seconds=7)
    clock.now += 7
    assert pacer.wait({"a": CHAT}) == NOW


def test_chats_that_are_free_again_are_forgotten():
    clock = Clock()
    pacer = Pacer(clock)
    for number in range(2 * CROWDED):
        pacer.wait({f"chat {number}": Pace(SECOND)})
        clock.now += 1

    assert len(pacer._next) <= CROWDED + 1
