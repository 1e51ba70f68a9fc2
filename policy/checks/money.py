"""Numbers of cards and bank accounts."""

import re
from collections.abc import Iterator, Mapping
from itertools import islice

from policy.accounts import find_cards, find_ibans
from policy.beside import is_said_after, is_said_before
from policy.checks.registry import Passage, check_if
from policy.phones import MANY_DIGITS
from policy.terms import Phrases, Terms
from policy.texts import Reading, Span

CARD = "card"
IBAN = "iban"
ACCOUNT = "account"
SORT_CODE = "sort code"

MOST = 100
FEWEST = 8

#: So many words before a number may say what it is.
_REACH = 6

_LONG = re.compile(r"\d(?:[ \u00a0-]?\d){7}")
_SORT_CODE = re.compile(r"\d(?<!\d.)\d([- ]?)\d{2}\1\d{2}(?!\d)")
_EIGHT = re.compile(r"\d(?<![\d-].)\d{7}(?![\d-]|[.,]\d)")
#: An account of so many digits needs no more than the word `account` right before it.
_LONG_ACCOUNT = 10
_APART = 60  # characters between a sort code and its account
_ACCOUNT = re.compile(
    r"[A-Z\d](?<![\w.,/-].)(?:(?<=\d)|(?<=[A-Z])[A-Z]{1,3} ?\d)(?:[ -]?\d){7,17}+(?![\d/]|[.,-]\d)"
)


@check_if(where=MANY_DIGITS)
def account_numbers(
    reading: Reading, *, cards: Phrases, ibans: Phrases, banks: Phrases, accounts: Phrases
) -> Iterator[Passage]:
    """Object to card and account numbers that are not among the payees of the directory.

    The lists hold the words that say what a number is, so that its shape is enough: `banks`
    for a sort code with an account, `accounts` for an account number alone.
    """
    if reading.digits < FEWEST:
        return
    text = reading.plain.text
    if not _LONG.search(text):
        return
    payees = {_compact(entry) for entry in reading.post.directory}
    cues = {CARD: cards, IBAN: ibans, SORT_CODE: banks, ACCOUNT: accounts}
    taken: list[Span] = []
    for start, end, kind in _numbers(reading, text, cues):
        span = reading.plain.span(start, end)
        known = _compact(text[start:end]) in payees or reading.is_protected(*span)
        if not known and not any(span.overlaps(*other) for other in taken):
            taken.append(span)
            yield Passage.at(span, kind=kind)


def _numbers(
    reading: Reading, text: str, cues: Mapping[str, Terms]
) -> Iterator[tuple[int, int, str]]:
    for start, end, is_right in find_ibans(text):
        if is_right or _said(reading, start, cues[IBAN]) or _meant(reading, end, cues[IBAN]):
            yield start, end, IBAN
    for start, end, is_issued in find_cards(text):
        if is_issued or _said(reading, start, cues[CARD]):
            yield start, end, CARD
    for code in islice(_SORT_CODE.finditer(text), MOST):
        account = _EIGHT.search(text, max(0, code.start() - _APART), code.end() + _APART)
        if account and _said(reading, max(account.start(), code.start()), cues[SORT_CODE]):
            yield min(account.start(), code.start()), max(account.end(), code.end()), ACCOUNT
    for match in islice(_ACCOUNT.finditer(text), MOST):
        span = reading.plain.span(match.start(), match.start())
        is_long = len(_compact(match[0])) >= _LONG_ACCOUNT
        if _said(reading, match.start(), cues[ACCOUNT]) or (
            is_long and is_said_before(reading, span, cues[SORT_CODE], 1)
        ):
            yield match.start(), match.end(), ACCOUNT


def _said(reading: Reading, start: int, cues: Terms) -> bool:
    """Tell whether one of the words just before a place says what the number there is."""
    return is_said_before(reading, reading.plain.span(start, start), cues, _REACH)


def _meant(reading: Reading, end: int, cues: Terms) -> bool:
    """Tell whether one of the words just after a place says what the number there was."""
    return is_said_after(reading, reading.plain.span(end - 1, end), cues, _REACH)


def _compact(text: str) -> str:
    return "".join(filter(str.isalnum, text)).upper()
