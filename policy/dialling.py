"""Telephone numbers as people write them, in any country: by their shape, not by a numbering plan.

What no plan knows (a new range, a number with a digit too many) is still somebody's number.
"""

import re
from collections.abc import Iterator
from itertools import islice, pairwise
from typing import NamedTuple

#: So many runs of digits are looked at in one text; a hostile one has thousands.
MOST = 150

#: What goes on for longer than this, in characters, is a table of figures.
LONGEST_PART = 80

_DIGIT = re.compile(r"\d")
_RUN = re.compile(
    r"[+＋(\d](?<!\d[.,:/-].)(?<![\w/$£€₹৳#@=&-].)(?:(?<=\d)|(?<=[+＋])\(?\d|(?<=\()\d)"
    r"(?:[ \u00a0().\u2010-\u2013-]{0,3}\d|/\d)*+"
)
_EXTENSION = re.compile(r" ?(?:x|ext\.?|extn\.?|extension|poste) ?\d{1,6}(?!\w)", re.IGNORECASE)
_PARTED = re.compile(r" [-–] |\) \(|[.,] ")
_GROUP = re.compile(r"\d+")
_GOES_ON = re.compile(r"[\w%]|[.,:/-]\d")

_DATE = re.compile(
    r"\d{1,2}([ ./-])\d{1,2}\1(?:\d{2}|(?:19|20)\d{2})|(?:19|20)\d{2}([ ./-])\d{1,2}\2\d{1,2}"
    r"|(?:19|20)\d{2}[ /-](?:19|20)\d{2}|(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])"
)
_TIMES = re.compile(r"\d{1,2}[.]\d{2} ?[-–] ?\d{1,2}[.]\d{2}")
_THOUSANDS = re.compile(r"\d{1,3}(?:([ .\u00a0])\d{3})(?:\1\d{3})*")
_OCTETS = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}")

#: Written so that nothing else is meant.
_CERTAIN = tuple(
    re.compile(shape)
    for shape in (
        r"\+[1-9].*",
        r"00[1-9].*[ ().-].*",
        r"(?:1[ .-]?)?(?:\([2-9]\d{2}\)[ .-]?|[2-9]\d{2}[.-])\d{3}[.-]\d{4}",
        r"1[ -]\(?[2-9]\d{2}\)?[ -]\d{3}[ -]\d{4}",
        r"\((?!(?:19|20)\d\d\))\d{2,5}\).*",
        r"0\d(?:[ .-]\d{2}){4}",
        r"0[1-9]\d{0,4}[ -]\d{2,}(?:[ -]\d{2,})*",
    )
)
_SIZES = range(6, 16)
_CERTAIN_SIZES = range(8, 16)
_NATIONAL_SIZES = range(9, 12)
_LONGEST_EXTENDED = 14


class Written(NamedTuple):
    """What may be a telephone number, and how far its shape alone says so."""

    start: int
    end: int
    digits: str
    is_certain: bool
    is_phonelike: bool


def written_numbers(text: str) -> Iterator[Written]:
    """Find what could be telephone numbers in a text, the certain ones and the others."""
    for run in islice(_RUN.finditer(text), MOST):
        start = run.start()
        for part in _parts(run[0]):
            found = _read(text, start, part) if len(part) <= LONGEST_PART else None
            if found is not None:
                yield found
            start += len(part)


def _parts(run: str) -> Iterator[str]:
    """Cut a run where one number ends and the next begins; a run too long loses its end."""
    cuts = [0, *(match.end() for match in _PARTED.finditer(run)), len(run)]
    for start, end in pairwise(cuts):
        yield run[start:end]


def _read(text: str, start: int, part: str) -> Written | None:
    number = _shortened(part)
    end = start + len(number)
    extension = _EXTENSION.match(text, end)
    digits = "".join(_DIGIT.findall(number))
    if len(digits) not in _SIZES or _is_other(number):
        return None
    if extension is not None:
        is_certain = len(digits) >= _NATIONAL_SIZES[0]
        return Written(start, extension.end(), digits, is_certain, is_certain)
    if number == part.rstrip(" -–.()") and _GOES_ON.match(text, end):
        return None
    return Written(start, end, digits, _is_certain(number, digits), _is_phonelike(number, digits))


def _shortened(part: str) -> str:
    """Leave out groups at the end that no number is long enough for, and what trails."""
    end = digits = 0
    for group in _GROUP.finditer(part):
        digits += len(group[0])
        if end and digits > _SIZES[-1]:
            break
        end = group.end()
    return part[:end] if end else part


def _is_other(number: str) -> bool:
    return any(shape.fullmatch(number) for shape in (_DATE, _TIMES, _OCTETS)) or bool(
        _THOUSANDS.fullmatch(number) and number[0] not in "+0("
    )


def _is_certain(number: str, digits: str) -> bool:
    if len(digits) not in _CERTAIN_SIZES:
        return False
    if number[0] == "0" and number[:2] != "00" and len(digits) not in _NATIONAL_SIZES:
        return False
    return any(shape.fullmatch(number) for shape in _CERTAIN)


def _is_phonelike(number: str, digits: str) -> bool:
    """Tell whether a word that hints at a telephone is enough."""
    return number[0] in "+(0" or len(digits) >= _NATIONAL_SIZES[0]
