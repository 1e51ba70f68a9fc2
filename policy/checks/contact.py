"""Telephone numbers and e-mail addresses that are not the office's own."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from policy.beside import distance, distance_in_line, is_said_after
from policy.checks.registry import Passage, check_if
from policy.dialling import Written, written_numbers
from policy.findings import Severity
from policy.phones import (
    FEWEST_DIGITS,
    MANY_DIGITS,
    Number,
    find_numbers,
    is_amount,
    is_office_line,
)
from policy.terms import Entries, Phrases, Terms
from policy.texts import Reading, Span

PHONE = "phone"
EMAIL = "email"

#: So many words may stand between a number and the word that names it as a telephone number:
#: fewer, if it could be something else by its shape.
_REACH = 4
_NEAR = 2
#: So many words before a number say what else it is.
_OTHER = 2

#: One word after a number, and no more on the line: `6118925 fax`.
_LABEL = re.compile(r"[ \t-]{0,3}\w+(?!\w)(?:[^\w\s]|\s*$|[ \t]*\n)")
#: An address for payments in India: `name@bank`.
_PAYMENT = re.compile(r"[A-Za-z0-9](?<![\w.@+-].)[\w.-]{1,60}+@([A-Za-z]{3,20})(?![\w@-]|\.\w)")
MOST = 100

_PERSON = re.compile(r"[a-z]{2,}\.(?:[a-z]\.)?[a-z]{2,}")


@check_if(where=MANY_DIGITS)
def private_phone(
    reading: Reading,
    *,
    regions: tuple[str, ...] = (),
    languages: dict[str, str] | None = None,
    office_lines: bool = True,
    named: Phrases,
    hints: Phrases,
    after: Phrases,
    other: Phrases,
    anywhere: bool = False,
) -> Iterator[Passage]:
    """Object to telephone numbers that the directory does not list.

    `regions` are the countries whose way of writing numbers is tried, beside that of the
    office; `languages` gives the country to try for a language. Land lines and service numbers
    pass unless `office_lines` is false. A number of some `other` thing, such as a tender, passes
    if no word that has `named` a telephone stands nearer. With `anywhere`, what is written like
    a number of any country counts too, if it cannot be anything else or is `named` as one
    before, hinted at right before or said to be one right `after` it.
    """
    if reading.digits < FEWEST_DIGITS:
        return
    cues = _Cues(named, hints, after, other)
    numbers = find_numbers(reading, _regions(reading, regions, languages or {}))
    for number in _with_written(reading, list(numbers), cues) if anywhere else numbers:
        if reading.is_protected(*number.span) or is_amount(reading, number.span):
            continue
        if _is_other(reading, number.span, cues):
            continue
        if number.is_listed(reading.post.directory):
            continue
        if not (office_lines and is_office_line(number)):
            yield Passage.at(number.span, kind=PHONE)


@check_if(where="@")
def private_email(
    reading: Reading,
    *,
    free: Entries = frozenset(),
    official: Entries = frozenset(),
    desks: Entries = frozenset(),
    payments: Entries = frozenset(),
    every: bool = False,
) -> Iterator[Passage]:
    """Object to e-mail addresses at `free` providers that the directory does not list.

    A person's own address under an `official` suffix is a tip; with `every`, each address counts,
    and so does one for `payments`, which has the name of a bank in the place of the domain.
    """
    directory = {entry.lower() for entry in reading.post.directory}
    for span in reading.emails:
        address = reading.text[span.start : span.end].lower()
        local, _, domain = address.rpartition("@")
        if address in directory:
            continue
        if every or _under(domain, free):
            yield Passage.at(span, kind=EMAIL)
        elif _under(domain, official) and _is_person(local) and not desks & set(local.split(".")):
            yield Passage.at(span, kind=EMAIL, severity=Severity.INFO)
    for match in islice(_PAYMENT.finditer(reading.text), MOST) if payments else ():
        if match[1].lower() in payments and match[0].lower() not in directory:
            yield Passage(*match.span(), kind=EMAIL)


def _regions(reading: Reading, regions: tuple[str, ...], languages: dict[str, str]) -> list[str]:
    own = [reading.post.region] if reading.post.region else []
    spoken = languages.get(reading.post.lang or reading.script, "")
    return list(dict.fromkeys(filter(None, (*own, *regions, spoken))))


class _Cues(NamedTuple):
    named: Terms
    hints: Terms
    after: Terms
    other: Terms


def _with_written(reading: Reading, known: list[Number], cues: _Cues) -> Iterator[Number]:
    """Add what is written like a telephone number to those that a numbering plan knows."""
    yield from known
    copy = reading.plain
    for written in written_numbers(copy.text):
        span = copy.span(written.start, written.end)
        if any(span.overlaps(*number.span) for number in known):
            continue
        if _is_meant(reading, span, written, cues):
            yield Number(span, written.digits, None)


def _is_other(reading: Reading, span: Span, cues: _Cues) -> bool:
    """Tell whether the nearest word that names a number names that of something else."""
    if reading.text[span.start] in "+＋":
        return False
    other = distance_in_line(reading, span, cues.other, _OTHER)
    named = distance(reading, span, cues.named, _REACH)
    return other is not None and (named is None or other < named)


def _is_meant(reading: Reading, span: Span, written: Written, cues: _Cues) -> bool:
    named = distance(reading, span, cues.named, _REACH)
    if written.is_certain or (named is not None and (written.is_phonelike or named <= _NEAR)):
        return True
    hinted = distance(reading, span, cues.hints, _NEAR)
    is_labelled = hinted == 0 and reading.text[: span.start].rstrip().endswith(":")
    if hinted is not None and (written.is_phonelike or is_labelled):
        return True
    return is_said_after(reading, span, cues.after, 1) and (
        written.is_phonelike or bool(_LABEL.match(reading.text, span.end))
    )


def _under(domain: str, suffixes: Entries) -> bool:
    """Tell whether a domain is in a list, or under a domain of the list."""
    labels = domain.split(".")
    return any(".".join(labels[at:]) in suffixes for at in range(len(labels)))


def _is_person(local: str) -> bool:
    return bool(_PERSON.fullmatch(local))
