"""How long an author may appeal against a rejection."""

from datetime import datetime, time, timedelta

from policy.calendar import DAY, Calendar, moment_at

FAR = 366  # days within which the last working day is looked for


def deadline(decided_at: datetime, days: int, calendar: Calendar) -> datetime:
    """Return the first moment at which it is too late to appeal.

    That is when the last of so many working days is over by the wall clock; the day of the
    decision is none of them. With no days there is no appeal, so it is the decision itself.
    """
    if days < 1:
        return decided_at
    day, left = calendar.day_of(decided_at), days
    for _ in range(days * 7 + FAR):  # an office that never works again must not keep us for ever
        day += DAY
        left -= calendar.is_working_day(day)
        if not left:
            break
    return moment_at(calendar.timezone, day + timedelta(days=1), time(0))
