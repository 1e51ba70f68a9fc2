"""What passwords, PINs and keys look like."""

import re
from collections.abc import Iterator
from itertools import islice

#: So many keys are looked for in one text.
MOST = 50

#: What one of the keys below begins with, or has in it.
_MARKS = (
    "xox",
    "xapp-",
    "AKIA",
    "ASIA",
    "gh",
    "glpat-",
    "sk",
    "AIza",
    "eyJ",
    "npm_",
    "SG.",
    ":",
    "-----",
)
_KEYS = re.compile(
    r"(?<![A-Za-z0-9])(?:"
    r"xox[abeoprs]-[A-Za-z0-9-]{10,200}|xapp-[A-Za-z0-9-]{10,200}"  # Slack
    r"|(?:AKIA|ASIA)[0-9A-Z]{16}"  # Amazon
    r"|gh[opsur]_[A-Za-z0-9]{20,255}|github_pat_\w{20,255}|glpat-[\w-]{20,64}"
    r"|sk-[A-Za-z0-9_-]{20,200}|[rs]k_(?:live|test)_[A-Za-z0-9]{16,200}"
    r"|AIza[\w-]{35}"  # Google
    r"|eyJ[\w-]{10,500}\.[\w-]{10,1000}\.[\w-]{10,500}"  # web tokens
    r"|npm_[A-Za-z0-9]{36}|SG\.[\w-]{16,64}\.[\w-]{16,64}"
    r"|\d{8,10}:[A-Za-z0-9_-]{35}(?![\w-])"  # Telegram bots
    r")|-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----"
    r"|(?<=://)[^\s/:@]{1,64}:[^\s/:@]{3,64}(?=@)"  # in a link
)

_OPENED = "\"'“‘`«([<*"
_CLOSED = ".,;:?)>]\"'”’`»*।"
_SYMBOLS = frozenset("!@#$%^&*=+~|\\?")
#: A text may hold a key only where this occurs, for google-re2.
KEYS = (
    r"xox[abeoprs]-|xapp-|AKIA|ASIA|gh[opsur]_|github_pat_|glpat-|sk-|[rs]k_|AIza|eyJ|npm_|SG\."
    r"|[0-9]{8}:|://[^\s/:@]+:|-----"
)

_NUMERIC = re.compile(r"\d{4,8}|\d{3}[ -]\d{3}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_ORDINARY = re.compile(
    r"\d+(?:[.,:/-]\d+)*(?:st|nd|rd|th|am|pm|px|mb|gb|bit|%|k|m)?"  # times, dates, amounts
    r"|[A-Za-z]+-\d{1,2}|\d{1,2}-[A-Za-z]+|[A-Z]{1,4}\d{1,4}|[A-Za-z]+['’][a-z]{1,2}"
    r"|(?:https?://|www\.).*|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|[#@]\w+|[*•xX]+|_+",
    re.IGNORECASE,
)
_NUMBERED_WORD = re.compile(r"[A-Z][a-z]+-\d{2}")
_FEWEST = 6
_LONGEST = 64


def find_keys(text: str) -> Iterator[tuple[int, int]]:
    """Find keys that are known by the way they begin."""
    if any(mark in text for mark in _MARKS):
        for match in islice(_KEYS.finditer(text), MOST):
            yield match.span()


def bare(token: str) -> tuple[int, int]:
    """Return where a secret begins and ends in what stands between two spaces."""
    start = len(token) - len(token.lstrip(_OPENED))
    return start, max(start, len(token.rstrip(_CLOSED)))


def is_secret(token: str) -> bool:
    """Tell whether a token is mixed as no word is: letters with digits or signs."""
    if not _FEWEST <= len(token) <= _LONGEST or _ORDINARY.fullmatch(token):
        return False
    has_letter = any(map(str.isalpha, token))
    has_digit = any(map(str.isdecimal, token))
    return has_letter and (has_digit or not _SYMBOLS.isdisjoint(token.rstrip("!?")))


def is_numbered_word(token: str) -> bool:
    """Tell whether a token is a word with a number, a passcode only where it is said to be one."""
    return len(token) >= _FEWEST and bool(_NUMBERED_WORD.fullmatch(token))


def is_code(token: str) -> bool:
    """Tell whether a token is as long as a PIN."""
    return bool(_NUMERIC.fullmatch(token.removesuffix("#")))


def is_year(token: str) -> bool:
    """Tell whether a token is a year."""
    return bool(_YEAR.fullmatch(token))
