"""Numbers of cards and bank accounts."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from itertools import islice

from policy.accounts import find_cards, find_ibans
from policy.checks.registry import Passage, check
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
_SORT_CODE = re.compile(r"(?<!\d)\d{2}([- ]?)\d{2}\1\d{2}(?!\d)")
_EIGHT = re.compile(r"(?<![\d-])\d{8}(?![\d-]|[.,]\d)")
_APART = 60  # characters between a sort code and its account
_ACCOUNT = re.compile(r"(?<![\d.,/-])\d(?:[ -]?\d){7,17}+(?![\d/]|[.,-]\d)")


@check
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
        if is_right or _said(reading, start, cues[IBAN]):
            yield start, end, IBAN
    for start, end, is_issued in find_cards(text):
        if is_issued or _said(reading, start, cues[CARD]):
            yield start, end, CARD
    for code in islice(_SORT_CODE.finditer(text), MOST):
        account = _EIGHT.search(text, max(0, code.start() - _APART), code.end() + _APART)
        if account and _said(reading, max(account.start(), code.start()), cues[SORT_CODE]):
            yield min(account.start(), code.start()), max(account.end(), code.end()), ACCOUNT
    for match in islice(_ACCOUNT.finditer(text), MOST):
        if _said(reading, match.start(), cues[ACCOUNT]):
            yield match.start(), match.end(), ACCOUNT


def _said(reading: Reading, start: int, cues: Terms) -> bool:
    """Tell whether one of the words just before a place says what the number there is."""
    place = reading.plain.span(start, start).start
    first = bisect_left(reading.words, place, key=lambda word: word.start)
    return any(cues.at(reading.words, at) for at in range(max(0, first - _REACH), first))


def _compact(text: str) -> str:
    return "".join(filter(str.isalnum, text)).upper()
