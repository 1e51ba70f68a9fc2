"""Telephone numbers in a text, read by `phonenumbers`."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberMatcher, PhoneNumberType

from policy.texts import Reading, Shadow, Span

#: The search gives up after so many candidates that are none: a hostile text has thousands.
MOST_TRIES = 40
MOST_NUMBERS = 30

#: Fewer digits than this are a short code or a count, and no telephone number of a person.
FEWEST_DIGITS = 6

OFFICE_LINES = frozenset(
    {
        PhoneNumberType.FIXED_LINE,
        PhoneNumberType.TOLL_FREE,
        PhoneNumberType.SHARED_COST,
        PhoneNumberType.UAN,
    }
)

#: A text may have a telephone number or that of an account only where this occurs, for google-re2.
MANY_DIGITS = rf"\p{{Nd}}(?:[^0-9A-Za-z_\n]{{0,3}}\p{{Nd}}){{{FEWEST_DIGITS - 1}}}"
_ENOUGH = re.compile(rf"\d(?:[^\w\n]{{0,3}}\d){{{FEWEST_DIGITS - 1}}}")
#: Numbers kept for drama, which the library calls invalid: 07700 900000 to 900999.
_DRAMA = re.compile(
    r"[+0](?<![\d+].)(?:(?<=\+)44[ -]?(?:\(0\))?[ -]?|(?<=0))7700[ -]?900[ -]?\d{3}(?!\d)"
)
_MONEY_BEFORE = re.compile(
    r"(?:[$£€৳₹]|\b(?:WST|SAT|SCR|USD|BDT|GBP|EUR|Rs|Tk|taka|tala)\.?)\s?$", re.IGNORECASE
)
_UNIT_AFTER = re.compile(
    r"\s?(?:%|per cent|percent|tala|taka|rupees|pounds|dollars|euros?|million|billion|people|"
    r"persons|voters|votes|households|families|homes|children|students|pupils|patients|cases|"
    r"doses|jobs|tonnes|tons|kg|km|metres|meters|litres|hectares|acres|visitors|passengers|"
    r"টাকা|জন|টি|কেজি|লিটার|হেক্টর)",
    re.IGNORECASE,
)
#: What follows a count that stands alone: `2500000 were issued`.
_COUNTED = re.compile(r" (?:was|were|are|is|has|have|had|in|of|new|more|fewer|other|such)\b")
#: A count of things: `planted 2500000 trees`, but not `call 2500000 weekdays`.
_COUNTING_BEFORE = re.compile(
    r"(?:^|\s)(?:(?!call|phon|text|dial|messag|ring)[a-z]{2,}ed|"
    r"sold|made|built|gave|sent|grew|caught|over|nearly|almost) $"
)
_THING_AFTER = re.compile(r" [a-z]{3,}\b")
#: Of verbs of contact only things in the plural are counted: `contacted 2500000 residents`.
_CONTACT_BEFORE = re.compile(r"(?:contact|reach|answer|email|e-mail)ed $", re.IGNORECASE)
_THINGS_AFTER = re.compile(
    r" (?!this|does|always|perhaps|thanks|across|weekdays)[a-z]{3,}(?<!day)s\b"
)
#: A figure: `stands at 2500000`, `the total was 2500000`.
_FIGURE_BEFORE = re.compile(
    r"\b(?:stands|stood|rose|risen|fell|fallen|grew|grown|total|totals|totalled|population|figure|"
    r"amounts|amounted|increased|decreased|estimated|index|balance|budget)"
    r"(?:,? (?:at|to|of|by|was|is|are|were|has|reached|now|only|about|around|over|nearly|almost|"
    r"some)){0,3}:? $",
    re.IGNORECASE,
)
_BARE = re.compile(r"[1-9]\d{5,6}")
_LOOK = 12  # characters looked at on either side of a number
_FIGURE = 32  # and before a figure


class Number(NamedTuple):
    """A telephone number and where it stands."""

    span: Span
    digits: str
    parsed: PhoneNumber | None

    def is_listed(self, directory: Sequence[str]) -> bool:
        """Tell whether a directory has it, in whatever way of writing."""
        return any(self.digits == _digits(entry) or self._same(entry) for entry in directory)

    def _same(self, entry: str) -> bool:
        if self.parsed is None:
            return False
        own = f"{self.parsed.country_code}{self.parsed.national_number}"
        return _digits(entry).lstrip("0") in (own, str(self.parsed.national_number))


def find_numbers(reading: Reading, regions: Sequence[str]) -> Iterator[Number]:
    """Find valid numbers: those with a country code, and those written as in the regions."""
    if reading.digits < FEWEST_DIGITS:
        return
    copy = reading.plain
    if not _ENOUGH.search(copy.text):
        return
    seen: list[Span] = []
    for number in _candidates(copy, regions or ("",)):
        if not any(number.span.overlaps(*other) for other in seen):
            seen.append(number.span)
            yield number


def _candidates(copy: Shadow, regions: Sequence[str]) -> Iterator[Number]:
    for region in regions:
        if not region and "+" not in copy.text:
            continue  # without a country, only an international number can be valid
        matcher = PhoneNumberMatcher(copy.text, region or None, max_tries=MOST_TRIES)
        for match in islice(matcher, MOST_NUMBERS):
            span = copy.span(match.start, match.end)
            yield Number(span, _digits(match.raw_string), match.number)
    for drama in islice(_DRAMA.finditer(copy.text), MOST_NUMBERS):
        yield Number(copy.span(*drama.span()), _digits(drama[0]), None)


def is_office_line(number: Number) -> bool:
    """Tell whether a number is of a kind that offices have and persons do not."""
    return number.parsed is not None and phonenumbers.number_type(number.parsed) in OFFICE_LINES


def is_amount(reading: Reading, span: Span) -> bool:
    """Tell whether a number is money or a count, by what stands beside it."""
    if reading.text[span.start] in "+＋":
        return False
    before = reading.text[max(0, span.start - _LOOK) : span.start]
    after = reading.text[span.end : span.end + _LOOK]
    if _BARE.fullmatch(reading.text, *span) and _is_count(reading, span, before, after):
        return True
    return bool(_MONEY_BEFORE.search(before) or _UNIT_AFTER.match(after))


def _is_count(reading: Reading, span: Span, before: str, after: str) -> bool:
    """Tell whether a number without any sign is a count or a figure, by the words beside it."""
    if _FIGURE_BEFORE.search(reading.text[max(0, span.start - _FIGURE) : span.start]):
        return True
    if _CONTACT_BEFORE.search(before):
        return bool(_THINGS_AFTER.match(after))
    counting = _COUNTING_BEFORE.search(before) and _THING_AFTER.match(after)
    return bool(_COUNTED.match(after) or counting)


def _digits(text: str) -> str:
    return "".join(str(unicodedata.decimal(each)) for each in text if each.isdecimal())
