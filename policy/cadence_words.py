"""Saying how often a page is to be updated: `2 per week`, `once a month`, `3/fortnight`."""

import re

from policy.cadence import Cadence

HOW = "say how often it is to be updated, such as 2 per week, 3 per fortnight or 1 per month"
TOO_MANY = "more than {most} updates are too many for one {cadence}"
MOST = 100

_COUNTS = {
    "once": 1,
    "twice": 2,
    "never": 0,
    "no": 0,
    **{
        word: number
        for number, word in enumerate(
            ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), start=1
        )
    },
}
_STRETCHES = {
    "week": Cadence.WEEK,
    "weekly": Cadence.WEEK,
    "fortnight": Cadence.FORTNIGHT,
    "fortnightly": Cadence.FORTNIGHT,
    "two weeks": Cadence.FORTNIGHT,
    "2 weeks": Cadence.FORTNIGHT,
    "month": Cadence.MONTH,
    "monthly": Cadence.MONTH,
}
_SAID = re.compile(
    r"(?P<count>\d{1,9}|[a-z]+)(?: times?| updates?)? ?(?:/|per|an?|each|every|in)? ?"
    rf"(?P<stretch>{'|'.join(_STRETCHES)})s?",
    re.ASCII,
)


def read(text: str) -> tuple[int, Cadence]:
    """Read how many updates are wanted in which stretch. Raises `ValueError` that says how to."""
    words = " ".join(text.lower().split()).rstrip(".")
    if words in ("never", "0", "none"):
        return 0, Cadence.WEEK
    if words in _STRETCHES and words.endswith("ly"):
        return 1, _STRETCHES[words]
    match = _SAID.fullmatch(words)
    if match is None or not (match["count"].isdecimal() or match["count"] in _COUNTS):
        raise ValueError(HOW)
    count = int(match["count"]) if match["count"].isdecimal() else _COUNTS[match["count"]]
    cadence = _STRETCHES[match["stretch"]]
    if count > MOST:
        raise ValueError(TOO_MANY.format(most=MOST, cadence=cadence))
    return count, cadence


def written(updates: int, cadence: Cadence) -> str:
    """Write a cadence as people say it."""
    return f"{updates} per {cadence}"
