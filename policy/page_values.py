"""What can be changed of a page, and how each of it is read. Every mistake says what to write."""

import re
from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches
from enum import StrEnum

from policy import calendar, feeds, languages, page_address, platforms
from policy.day_words import SHORT, WEEKDAYS, read_day

NOTHING = frozenset({"none", "nothing", "no", "-", "nobody", "office"})
LONGEST_NAME = 100
LONGEST_CONTACT = 100
MOST_CONTACTS = 100
NAME = "a name has 1 to {most} characters on one line"
NO_KIND = "“{given}” is not a kind of page: choose from {known}"
NO_DAY = "“{given}” is no day of the week"
NO_DATE = "“{given}” is no day. Write it like 2026-12-04, or none"
NO_LANGUAGE = "“{given}” is not a language that I know: {known}"
NO_CONTACT = "“{given}” is neither a telephone number nor an e-mail or web address"
TOO_MANY = "those are {count} contacts; a page has at most {most}"


class What(StrEnum):
    """What can be changed of a page in the chat, by the word for it."""

    NAME = "name"
    KIND = "kind"
    URL = "url"
    CADENCE = "cadence"
    WEEK_START = "week"
    ZONE = "zone"
    DEPUTY = "deputy"
    LANGUAGES = "languages"
    CONTACTS = "contacts"
    FEED = "feed"
    TERMS = "terms"


LABELS = {
    What.NAME: "its name",
    What.KIND: "its kind",
    What.URL: "its address",
    What.CADENCE: "how often it is to be updated",
    What.WEEK_START: "the day its week begins",
    What.ZONE: "its time zone",
    What.DEPUTY: "its deputy",
    What.LANGUAGES: "its languages",
    What.CONTACTS: "its contacts",
    What.FEED: "its feed",
    What.TERMS: "the date of its platform's terms",
}
HINTS = {
    What.CADENCE: "2 per week, 3 per fortnight or 1 per month",
    What.WEEK_START: "Monday",
    What.ZONE: "Asia/Dhaka; none for that of its office",
    What.LANGUAGES: "en, sm; or none",
    What.CONTACTS: "+8802223380000, info@works.example; or none",
    What.FEED: "https://works.example/feed; or none",
    What.TERMS: "2026-12-04; or none",
}
#: Other words for what can be changed.
WORDS = {
    "address": What.URL,
    "updates": What.CADENCE,
    "timezone": What.ZONE,
    "language": What.LANGUAGES,
    "contact": What.CONTACTS,
    "directory": What.CONTACTS,
    "rss": What.FEED,
}
OF_OWNERS = frozenset({What.DEPUTY, What.FEED})  # what an owner may change, too
OF_THE_FILE = frozenset({What.NAME, What.KIND, What.URL})  # by which the file knows a page


def what(word: str) -> What | None:
    """Return what a word means."""
    key = word.lower().rstrip(":")
    return What(key) if key in [*What] else WORDS.get(key)


def is_none(given: str) -> bool:
    """Tell whether somebody writes that there is to be none."""
    return given.strip().lower() in NOTHING


def plain(given: str) -> str:
    """Write a name on one line, with single spaces."""
    return " ".join(given.split())


def name(given: str) -> str:
    """Read a page's name."""
    if not 1 <= len(plain(given)) <= LONGEST_NAME:
        raise ValueError(NAME.format(most=LONGEST_NAME))
    return plain(given)


def kind(given: str) -> str:
    """Read a kind of page, by its name or its label."""
    wanted = given.strip().lower()
    for known, each in platforms.KINDS.items():
        if wanted in (known, each.label.lower()):
            return known
    raise ValueError(NO_KIND.format(given=given, known=", ".join(platforms.KINDS)))


def week_start(given: str) -> int:
    """Read a day of the week: 0 is Monday."""
    wanted = given.strip().lower()
    for number, day in enumerate(WEEKDAYS):
        if wanted in (day, day[:SHORT]):
            return number
    raise ValueError(NO_DAY.format(given=given))


def zone(given: str) -> str:
    """Read a time zone; none is that of the office."""
    if is_none(given):
        return ""
    calendar.zone(given.strip())
    return given.strip()


def feed(given: str) -> str:
    """Read the address of a feed, or of a profile or channel that has one."""
    if is_none(given):
        return ""
    page_address.read(feeds.reading_of(given).url)
    return given.strip()


def terms(given: str, today: date) -> date | None:
    """Read the date of a platform's terms."""
    if is_none(given):
        return None
    day = read_day(given.strip().lower(), today, today)
    if day is None:
        raise ValueError(NO_DATE.format(given=given))
    return day


def tongues(given: str) -> list[str]:
    """Read languages, by their codes or their names."""
    if is_none(given):
        return []
    codes = {name.lower(): code for code, name in languages.NAMES.items()}
    found = []
    for word in _listed(given):
        code = codes.get(word.lower(), word.lower())
        if code not in languages.NAMES:
            close = get_close_matches(word.lower(), [*codes], n=1)
            known = f"did you mean {close[0]}?" if close else ", ".join(languages.NAMES)
            raise ValueError(NO_LANGUAGE.format(given=word, known=known))
        found.append(code)
    return list(dict.fromkeys(found))


_CONTACT = re.compile(
    r"\+?[\d ()./-]{3,40}|[^\s@]+@[^\s@]+\.[^\s@]+|(?:https?://)?[^\s@/]+\.[^\s@]+"
)


def contacts(given: str) -> list[str]:
    """Read official telephone numbers and addresses, one after another."""
    if is_none(given):
        return []
    found = list(dict.fromkeys(_listed(given)))
    if len(found) > MOST_CONTACTS:
        raise ValueError(TOO_MANY.format(count=len(found), most=MOST_CONTACTS))
    for each in found:
        if len(each) > LONGEST_CONTACT or not _CONTACT.fullmatch(each):
            raise ValueError(NO_CONTACT.format(given=each))
    return found


def _listed(given: str) -> Iterable[str]:
    parts = re.split(r"[,;\n]|\band\b", given)
    return filter(None, (" ".join(part.split()) for part in parts))
