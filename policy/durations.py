"""Lengths of time and hours of the day, as people write and say them."""

import re
from datetime import time, timedelta

WORKING_HOURS = "09:00-17:00"

UNITS = {"d": "days", "h": "hours", "m": "minutes", "s": "seconds"}

LENGTH = "“{text}” is not a length of time: write it like 30m, 4h or 2d."
REPEATED = "“{text}” names the same unit twice: write it like 2h 30m."
NOTHING = "“{text}” is no time at all: write it like 30m, 4h or 2d."
HOURS = "“{text}” are not working hours: write them like 09:00-17:00."
OVERNIGHT = "“{text}” end before they begin: working hours lie within one day, as 09:00-17:00."

_PART = r"([0-9]{1,5})\s*(d(?:ays?)?|h(?:ours?)?|m(?:in(?:utes?)?)?|s(?:econds?)?)"
_LENGTH = re.compile(rf"{_PART}(?:\s*{_PART}){{0,3}}")
_HOURS = re.compile(r"([0-9]{1,2}):([0-9]{2})\s*[-–]\s*([0-9]{1,2}):([0-9]{2})")


def parse(text: str) -> timedelta:
    """Read a length such as `4h`, `30m`, `2d`, `2h 30m` or `2 h 30 min`. A day is 24 hours."""
    wanted = text.strip().lower()
    if not _LENGTH.fullmatch(wanted):
        raise ValueError(LENGTH.format(text=text))
    parts = re.findall(_PART, wanted)
    amounts = {UNITS[unit[0]]: int(number) for number, unit in parts}
    if len(amounts) < len(parts):
        raise ValueError(REPEATED.format(text=text))
    if not any(amounts.values()):
        raise ValueError(NOTHING.format(text=text))
    return timedelta(**amounts)


def spoken(amount: timedelta) -> str:
    """Say a length as people do: `40 h`, `2 h 30 min`, `3 days`. From 48 hours on, in days.

    The two largest units are enough, so that nobody reads `3 days 4 h 12 min`.
    """
    minutes, seconds = divmod(max(0, int(amount.total_seconds())), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24) if hours >= 48 else (0, hours)
    units = ((days, "days"), (hours, "h"), (minutes, "min"), (seconds, "s"))
    first = next((place for place, (number, _) in enumerate(units) if number), -1)
    said = [f"{number} {unit}" for number, unit in units[first:][:2] if number]
    return " ".join(said) or "0 s"


def parse_hours(text: str) -> tuple[time, time]:
    """Read working hours such as `09:00-17:00`. `24:00` is returned as midnight, `time(0)`."""
    found = _HOURS.fullmatch(text.strip())
    if not found:
        raise ValueError(HOURS.format(text=text))
    opens, closes = found.group(1, 2), found.group(3, 4)
    try:
        start = time(int(opens[0]), int(opens[1]))
        end = time(0) if closes == ("24", "00") else time(int(closes[0]), int(closes[1]))
    except ValueError:
        raise ValueError(HOURS.format(text=text)) from None
    if end != time(0) and end <= start:
        raise ValueError(OVERNIGHT.format(text=text))
    return start, end
