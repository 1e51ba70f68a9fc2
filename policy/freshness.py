"""Keeping pages fresh: a page's own week, and how it stands in it."""

from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum

from policy.cadence import Stretch, stretch_of
from policy.calendar import Calendar

#: So long before a week ends, its owner is warned.
WARNING_TIME = timedelta(hours=24)

#: After so many short weeks in a row the lead hears.
SHORT_WEEKS_FOR_LEAD = 2

#: At least so often each page is looked at, whatever it was planned for.
LOOK_AGAIN = timedelta(days=4)


class Freshness(StrEnum):
    """How a page stands in its week."""

    FINE = "fine"
    HINT = "hint"  # half the week is over without an update
    WARNING = "warning"  # the week is nearly over with too few
    GRACE = "grace"  # the page is new
    PAUSED = "paused"  # nothing is expected, or was for a part of the week


def is_new(week: Stretch, started_at: datetime) -> bool:
    """Tell whether a page is excused in a week: up to the end of its first full one."""
    return started_at > week.previous().start


def is_short(updates: int, floor: int, week: Stretch, started_at: datetime) -> bool:
    """Tell whether a week that is over counts as short."""
    return updates < floor and not is_new(week, started_at)


def status(
    updates: int,
    floor: int,
    week: Stretch,
    *,
    now: datetime,
    started_at: datetime,
    calendar: Calendar | None = None,
) -> Freshness:
    """Tell how a page with so many updates stands.

    With the calendar of its office, the warning comes while somebody is there to heed it.
    """
    if is_new(week, started_at):
        return Freshness.GRACE
    if updates >= floor:
        return Freshness.FINE
    if now >= warning_moment(week, calendar):
        return Freshness.WARNING
    return Freshness.HINT if not updates and now >= week.middle else Freshness.FINE


def warning_moment(week: Stretch, calendar: Calendar | None = None) -> datetime:
    """Return when the warning about a week is due.

    That is a day before its end. If its office is closed from then on, it is the last opening
    before: a page whose week ends on Sunday is warned about on Friday, not in an empty office.
    """
    usual = week.end - WARNING_TIME
    if calendar is None or calendar.worked(usual, week.end):
        return usual
    days = (week.after - timedelta(days=number) for number in range(1, 8))
    openings = filter(None, map(calendar.opens, days))
    return next((opening for opening in openings if week.start <= opening <= usual), usual)


def is_touched(week: Stretch, since: datetime | None, until: datetime | None) -> bool:
    """Tell whether a pause, if there is one, touches a week: then nothing of it is expected."""
    return bool(since and until and since <= week.end and until > week.start)


def next_look(week: Stretch, now: datetime, calendar: Calendar) -> datetime:
    """Return when there may be something to say about a page next, if nothing is now."""
    moments = (week.middle, warning_moment(week, calendar), week.end, now + LOOK_AGAIN)
    return min(moment for moment in moments if moment > now)


def next_opening(calendar: Calendar, now: datetime) -> datetime:
    """Return when an office opens next; if not within days, when it is worth another look."""
    today = calendar.day_of(now)
    openings = (calendar.opens(today + timedelta(days=number)) for number in range(8))
    return next((each for each in openings if each and each > now), now + LOOK_AGAIN)


def short_in_a_row(week: Stretch, short: Collection[str]) -> int:
    """Count the short weeks up to and with this one, given the names of all short ones."""
    count = 0
    while week.key in short:
        count, week = count + 1, week.previous()
    return count


def office_week(calendar: Calendar, now: datetime) -> Stretch:
    """Return the working week of an office, which begins after its weekend."""
    return stretch_of(now, calendar.timezone, calendar.week_start)


def weekly_moment(calendar: Calendar, now: datetime) -> datetime | None:
    """Return the first opening in the office's week: when its weekly message is due.

    None if the office stays closed all week.
    """
    first = office_week(calendar, now).first
    openings = (calendar.opens(first + timedelta(days=number)) for number in range(7))
    return next(filter(None, openings), None)
