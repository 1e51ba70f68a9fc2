"""Numbers of payment cards and bank accounts: their shapes and their check digits."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

from policy import wordlists

#: So many runs of digit groups are tried in one text; a hostile one has thousands.
MOST_WINDOWS = 200

_RUN = re.compile(r"\d(?<![\d.,].)\d*+(?:[ \u00a0-]\d++)*+(?![.,]?\d)")
_GROUP = re.compile(r"\d+")
_CARD_SIZES = range(12, 20)
#: How long such a number may be with a space between any two digits.
_RUN_SIZES = range(_CARD_SIZES[0], 2 * _CARD_SIZES[-1])

#: First digits of the issuers whose cards people carry, with the lengths they use.
_ISSUERS = (
    (re.compile(r"35(?:2[89]|[3-8])"), {16}),
    (re.compile(r"30[0-5]|36|38"), {14}),
    (re.compile(r"4"), {13, 16, 19}),
    (re.compile(r"5[1-5]"), {16}),
    (re.compile(r"222[1-9]|22[3-9]|2[3-6]|27[01]|2720"), {16}),
    (re.compile(r"3[47]"), {15}),
    (re.compile(r"6011|65|64[4-9]"), {16, 19}),
    (re.compile(r"62"), {16, 17, 18, 19}),
)
_IBAN = re.compile(r"[A-Za-z](?<![A-Za-z0-9].)[A-Za-z]\d{2}(?:[ \u00a0-]?[A-Za-z0-9]){11,34}+")
#: What people take for an IBAN: of no country, or too short or long for it.
_LIKE_AN_IBAN = re.compile(
    r"[A-Z](?<![A-Za-z0-9].)[A-Z]\d{2}"
    r"(?:[ \u00a0-]?(?:(?=[A-Z]{0,9}\d)[A-Z0-9]{2,30}+|[A-Z]{4}(?![A-Za-z]))){1,8}+(?![A-Za-z0-9])"
)
_IBAN_SIZES = range(13, 36)
_PARTS = " \u00a0-"


def find_cards(text: str) -> Iterator[tuple[int, int, bool]]:
    """Find numbers with the check digit or the issuer of a card, and whether they have both."""
    done = 0
    for start, end, digits in islice(_windows(text), MOST_WINDOWS):
        if start >= done and _luhn(digits):
            yield start, end, _is_issued(digits)
            done = end
    for run in islice(_RUN.finditer(text), MOST_WINDOWS):
        if len(run[0]) in _RUN_SIZES and _is_issued("".join(_GROUP.findall(run[0]))):
            yield *run.span(), False


def find_ibans(text: str) -> Iterator[tuple[int, int, bool]]:
    """Find what is shaped like an IBAN, and whether its length and check digits are right."""
    for match in islice(_IBAN.finditer(text), MOST_WINDOWS):
        size = _iban_lengths().get(match[0][:2].upper(), 0)
        end = _reach(match[0], size)
        if end:
            number = "".join(filter(str.isalnum, match[0][:end])).upper()
            yield match.start(), match.start() + end, _is_mod_97(number)
    for match in islice(_LIKE_AN_IBAN.finditer(text), MOST_WINDOWS):
        if sum(map(str.isalnum, match[0])) in _IBAN_SIZES:
            yield *match.span(), False


def _windows(text: str) -> Iterator[tuple[int, int, str]]:
    """Walk the neighbouring groups of digits that have as many digits as a card, longest first."""
    long = (run for run in _RUN.finditer(text) if len(run[0]) >= _CARD_SIZES[0])
    for run in islice(long, MOST_WINDOWS):
        found = islice(_GROUP.finditer(run[0]), MOST_WINDOWS)
        groups = [(group.start(), group.end(), group[0]) for group in found]
        for first, (start, _, _) in enumerate(groups):
            digits, fitting = "", []
            for _, end, group in groups[first:]:
                digits += group
                if len(digits) > _CARD_SIZES[-1]:
                    break
                if len(digits) in _CARD_SIZES:
                    fitting.append((run.start() + start, run.start() + end, digits))
            yield from reversed(fitting)


def _is_issued(digits: str) -> bool:
    return any(first.match(digits) and len(digits) in sizes for first, sizes in _ISSUERS)


def _luhn(digits: str) -> bool:
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return len(set(digits)) > 1 and (sum(map(int, digits[::-2])) + sum(doubled)) % 10 == 0


def _reach(text: str, size: int) -> int:
    """Return where the given number of letters and digits ends, if a group ends there."""
    count = 0
    for at, character in enumerate(text):
        count += character.isalnum()
        if size and count == size:
            following = text[at + 1 : at + 2]
            return 0 if following and following not in _PARTS else at + 1
    return 0


def _is_mod_97(iban: str) -> bool:
    moved = iban[4:] + iban[:4]
    return int("".join(str(int(character, 36)) for character in moved)) % 97 == 1


@cache
def _iban_lengths() -> dict[str, int]:
    return {entry[:2]: int(entry[2:]) for entry in wordlists.load("iban-lengths")}
