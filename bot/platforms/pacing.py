"""Keeping to a chat service's pace, so that a burst of ours does not run into its limits."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

NOW = timedelta(0)
CROWDED = 1000  # lanes in memory, after which those that are free again are forgotten


@dataclass(frozen=True)
class Pace:
    """One message per `every`, after a burst of so many at once."""

    every: timedelta
    burst: int = 1


class Pacer:
    """Counts messages per lane, such as a chat. It says how long to wait, and never sleeps."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._next: dict[str, float] = {}  # when a lane at an even pace would be free
        self._held: dict[str, float] = {}

    def wait(self, lanes: Mapping[str, Pace]) -> timedelta:
        """Take a place in every lane, or return how long until all of them have one."""
        now = self._clock()
        seconds = max((self._until_free(lane, lanes[lane], now) for lane in lanes), default=0.0)
        if seconds > 0:
            return timedelta(seconds=seconds)
        self._forget(now)
        for lane, pace in lanes.items():
            self._next[lane] = max(self._next.get(lane, now), now) + pace.every.total_seconds()
        return NOW

    def hold(self, lane: str, pause: timedelta) -> None:
        """Keep a lane shut, as the service asked."""
        self._held[lane] = max(self._held.get(lane, 0.0), self._clock() + pause.total_seconds())

    def _until_free(self, lane: str, pace: Pace, now: float) -> float:
        ahead = (pace.burst - 1) * pace.every.total_seconds()
        free = self._next.get(lane, now) - ahead
        return max(free, self._held.get(lane, now)) - now

    def _forget(self, now: float) -> None:
        if len(self._next) + len(self._held) > CROWDED:
            self._next = {lane: at for lane, at in self._next.items() if at > now}
            self._held = {lane: at for lane, at in self._held.items() if at > now}
