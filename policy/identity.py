"""Numbers by which states know a person: their shapes and their check digits."""

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import islice

from stdnum import verhoeff
from stdnum.de import idnr
from stdnum.es import dni, nie
from stdnum.fr import nir
from stdnum.gb import nhs
from stdnum.ie import pps
from stdnum.in_ import pan
from stdnum.ke import pin
from stdnum.mu import nid
from stdnum.us import itin, ssn

#: So many numbers are looked at in one text; a hostile one has thousands.
MOST = 200

#: What says by its shape alone that it is a number of a person, for google-re2.
DISTINCT = (
    r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][ -]?(?:[0-9]{2}[ -]?){3}[A-D]"  # National Insurance
    r"|[A-Z]{3}[ABCFGHLJPT][A-Z][0-9]{4}[A-Z]"  # PAN of India
    r"|[0-9]{3}-[0-9]{4}-[0-9]-[0-9]-[0-9]{2}"  # NIN of Seychelles
    r"|[1-8][0-9]{2}-[0-9]{2}-[0-9]{4}"  # Social Security of the United States
    r"|9[0-9]{2}-[0-9]{2}-[0-9]{4}"  # the same for those without one
)
_DISTINCT = re.compile(rf"(?<![\w-])(?:{DISTINCT})(?![\w-])")

#: Groups of capitals and digits: of more than one, the later ones have a digit or are short.
_NO_PART = r"(?!(?:ID|NO|NR|N|DL|IS|PAN|TIN|NIN|NHS|SSN)[ :-])"
_TOKEN = re.compile(
    rf"(?<![\w.,/@#&$£€+-]){_NO_PART}(?![A-Z]{{3,}} )[A-Z0-9*]{{1,24}}+"
    rf"(?:[ \u00a0/-](?=[A-Z*]{{0,4}}\d|[A-Z]{{1,2}}(?![\w'])|[X*]{{2,4}}-){_NO_PART}"
    r"[A-Z0-9*]{1,24}+){0,6}+"
    r"(?![\w@]|[.,:/-]\d)"
)
_DATE = re.compile(r"\d{1,2}[ /-]\d{1,2}[ /-](?:19|20)\d{2}|(?:19|20)\d{2}([ /-]\d{1,2}){0,2}")
_YEARS = re.compile(r"(?:19|20)\d{2}(?:[ /-](?:\d{2}|(?:19|20)\d{2}))?")
#: How a telephone number is written that may follow the name of an identity number.
_PHONE = re.compile(
    r"(?:1[ -])?\d{3}[ -]\d{3}[ -]\d{4}|0[1-9]\d{1,3} \d{3} \d{3,4}|0\d{2} \d{4} \d{4}"
)

#: Letters and digits together; digits among letters, and digits alone or with the rest hidden.
_SIZES = range(6, 21)
_FEWEST_AMONG_LETTERS = 3
_FEWEST_BESIDE_HIDDEN = 4
_FEWEST_ALONE = 6

Valid = Callable[[str], bool]

#: By the number of letters and digits, what tells whether the check digit is right. What has
#: no good one (tax numbers of nine or ten digits) has to be called by its name.
_CHECKED: Mapping[int, tuple[Valid, ...]] = {
    8: (pps.is_valid,),
    9: (dni.is_valid, nie.is_valid, pps.is_valid),
    10: (nhs.is_valid, pan.is_valid),
    11: (idnr.is_valid, pin.is_valid),
    12: (lambda number: number[0] not in "01" and verhoeff.is_valid(number),),
    14: (nid.is_valid,),
    15: (nir.is_valid,),
}
_PASSPORT = re.compile(r"[A-Z]{1,3}\d{6,8}")
_TAX = re.compile(r"\d{2}-\d{7}")
#: Identity cards of Bangladesh.
_CARD_SIZES = (10, 13, 17)


def distinct(text: str) -> Iterator[tuple[int, int]]:
    """Find numbers whose shape alone says that they belong to a person."""
    for match in islice(_DISTINCT.finditer(text), MOST):
        if not match[0][:3].isdigit() or match[0].count("-") != 2 or _is_social(match[0]):
            yield match.span()


def candidates(text: str) -> Iterator[tuple[int, int]]:
    """Find what could be a number of a person, if the words beside it say so."""
    for match in islice(_TOKEN.finditer(text), MOST):
        if _is_candidate(match[0]):
            yield match.span()


def is_checked(number: str) -> bool:
    """Tell whether its check digit is right, or its shape one that nothing else has."""
    parts = compact(number)
    return bool(_TAX.fullmatch(number)) or any(
        valid(parts) for valid in _CHECKED.get(len(parts), ())
    )


def is_like_a_phone(number: str) -> bool:
    """Tell whether it is written as telephone numbers are."""
    return bool(_PHONE.fullmatch(number))


def is_passport(number: str) -> bool:
    """Tell whether it is shaped like the number of a passport."""
    return bool(_PASSPORT.fullmatch(compact(number)))


def is_card(number: str) -> bool:
    """Tell whether it has as many digits as an identity card of Bangladesh."""
    return number.isdigit() and len(number) in _CARD_SIZES


def compact(number: str) -> str:
    """Return the letters and digits of a number."""
    return "".join(filter(str.isalnum, number))


def _is_candidate(found: str) -> bool:
    parts = compact(found.replace("*", "X"))
    digits = sum(map(str.isdigit, parts))
    letters = set(parts) - set("0123456789")
    fewest = _FEWEST_AMONG_LETTERS if letters else _FEWEST_ALONE
    if letters == {"X"}:
        fewest = _FEWEST_BESIDE_HIDDEN
    is_date = _DATE.fullmatch(found) or _YEARS.fullmatch(found)
    return digits >= fewest and len(parts) in _SIZES and not is_date


def _is_social(number: str) -> bool:
    return bool(ssn.is_valid(number) or itin.is_valid(number))
