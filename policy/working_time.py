"""The working time of many stretches at once: each day of the calendar is looked at only once."""

from bisect import bisect_right
from datetime import datetime, time, timedelta
from itertools import accumulate

from policy.calendar import DAY, Calendar, moment_at


class WorkingTime:
    """A calendar between two moments, prepared so that a hundred thousand questions take a second.

    It gives what `Calendar.worked` gives, within those moments.
    """

    def __init__(self, calendar: Calendar, first: datetime, last: datetime) -> None:
        spans: list[tuple[float, float]] = []
        day = calendar.day_of(first)
        while day <= calendar.day_of(last):
            if opens := calendar.opens(day):
                midnight = moment_at(calendar.timezone, day + DAY, time(0))
                open_for = calendar.worked(opens, max(midnight, opens))
                spans.append((opens.timestamp(), open_for.total_seconds()))
            day += DAY
        self._opens = [opens for opens, _ in spans]
        self._lengths = [length for _, length in spans]
        self._before = [0.0, *accumulate(self._lengths)]

    def between(self, since: datetime, now: datetime) -> timedelta:
        """Return the working time between two moments; none if they are in the wrong order."""
        return timedelta(seconds=max(0.0, self._until(now) - self._until(since)))

    def _until(self, moment: datetime) -> float:
        at = moment.timestamp()
        place = bisect_right(self._opens, at) - 1
        if place < 0:
            return 0.0
        return self._before[place] + min(at - self._opens[place], self._lengths[place])
