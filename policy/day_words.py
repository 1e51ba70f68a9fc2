"""Days as people say them: `today`, `Thursday`, `2026-12-04`."""

import re
from datetime import date, timedelta

DAY = timedelta(days=1)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SHORT = 3  # letters of a weekday that are enough

NOT_A_DAY = "“{given}” is no day. Write it like 2026-12-04."


def read_day(word: str, after: date, today: date) -> date | None:
    """Read one day; a weekday is the first not before another day.

    None for what is no day at all; `ValueError` for one that is in no calendar.
    """
    word = word.rstrip(",.")
    if word == "today":
        return today
    if word == "tomorrow":
        return today + DAY
    for number, name in enumerate(WEEKDAYS):
        if word in (name, name[:SHORT]):
            return after + timedelta(days=(number - after.weekday()) % 7)
    if not re.fullmatch(r"\d{4}-\d{1,2}-\d{1,2}", word, re.ASCII):
        return None
    try:
        return date(*map(int, word.split("-")))
    except ValueError:
        raise ValueError(NOT_A_DAY.format(given=word)) from None
