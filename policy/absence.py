"""Reading what somebody says about being away: `until Thursday`, `2026-12-01 2026-12-05`, `off`."""

from dataclasses import dataclass
from datetime import date, timedelta

from policy.day_words import DAY, read_day

LONGEST = timedelta(days=366)
FROM, UNTIL, OFF = ("from",), ("until", "till", "til", "to"), ("off", "back")
BETWEEN = (*UNTIL, "-", "–")
DEPUTY = "deputy"

USAGE = (
    "I do not understand “{given}”. Write /away until Thursday, /away tomorrow or "
    "/away 2026-12-01 2026-12-05; “deputy Chen” behind it says who stands in. "
    "/away off when you are back. In Slack: /countersign away ..."
)
OVER = "{day} is over. Write the day until which you are away, like /away until 2026-12-04."
BEGUN = "{day} is over. If you are away now, write /away until {last}."
BACKWARDS = "{last} comes before {first}: write the earlier day first."
TOO_LONG = "An absence has at most a year; whoever is away longer leaves the panel in offices.yaml."
TOO_FAR = "{day} is more than a year ahead. Say it again when it is nearer."
WHO_STANDS_IN = "Say who stands in, behind “deputy”: /away until Thursday deputy Chen."


@dataclass(frozen=True)
class Away:
    """Whole days, from the first to the last, both included."""

    first: date
    last: date


@dataclass(frozen=True)
class Said:
    """What somebody said. Without days and without `is_back` it is about the deputy alone."""

    name: str = ""  # of whom, if of somebody else
    away: Away | None = None
    is_back: bool = False
    deputy: str = ""


def read(text: str, today: date) -> Said:
    """Read the words of the command. Raises `ValueError` with a text that says what to write.

    A weekday is the next one after today: who means today says so.
    """
    words = text.split()
    lower = [word.lower() for word in words]
    deputy = ""
    if DEPUTY in lower:
        at = lower.index(DEPUTY)
        deputy = " ".join(words[at + 1 :])
        words, lower = words[:at], lower[:at]
        if not deputy:
            raise ValueError(WHO_STANDS_IN)
    if lower and lower[-1] in OFF and not deputy:
        return Said(" ".join(words[:-1]), is_back=True)
    for start in range(len(lower) + (1 if deputy else 0)):
        if start == len(lower):
            return Said(" ".join(words), deputy=deputy)
        if days := _days(lower[start:], today):
            return Said(" ".join(words[:start]), _sensible(*days, today), deputy=deputy)
    raise ValueError(USAGE.format(given=" ".join(text.split())))


def _days(words: list[str], today: date) -> tuple[date, date] | None:
    """Read a day or two with the words between them, or nothing."""
    tomorrow = today + DAY
    match words[1:] if words[0] in FROM else words:
        case [day] if words[0] not in FROM:
            first = read_day(day, tomorrow, today)
            return (first, first) if first else None
        case [until, day] if until in UNTIL and words[0] not in FROM:
            last = read_day(day, tomorrow, today)
            return (today, last) if last else None
        case [one, two] | [one, _, two] if len(words) < 3 or words[-2] in (one, *BETWEEN):
            first = read_day(one, tomorrow, today)
            last = read_day(two, first or today, today)
            return (first, last) if first and last else None
    return None


def _sensible(first: date, last: date, today: date) -> Away:
    if last < today:
        raise ValueError(OVER.format(day=last))
    if last < first:
        raise ValueError(BACKWARDS.format(first=first, last=last))
    if first < today:
        raise ValueError(BEGUN.format(day=first, last=last))
    if first - today > LONGEST:
        raise ValueError(TOO_FAR.format(day=first))
    if last - first > LONGEST:
        raise ValueError(TOO_LONG)
    return Away(first, last)


def found(name: str, names: list[str]) -> list[str]:
    """List the names that somebody may mean: that very name, else those with such a beginning."""
    wanted = " ".join(name.casefold().split())
    if exact := [each for each in names if each.casefold() == wanted]:
        return exact
    return [each for each in names if _begins(each.casefold(), wanted)]


def _begins(name: str, wanted: str) -> bool:
    return name.startswith(wanted) or any(word.startswith(wanted) for word in name.split())
