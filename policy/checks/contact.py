"""Telephone numbers and e-mail addresses that are not the office's own."""

import re
from collections.abc import Iterator

from policy.checks.registry import Passage, check
from policy.findings import Severity
from policy.phones import find_numbers, is_amount, is_office_line
from policy.terms import Entries
from policy.texts import Reading

PHONE = "phone"
EMAIL = "email"
_PERSON = re.compile(r"[a-z]{2,}\.(?:[a-z]\.)?[a-z]{2,}")


@check
def private_phone(
    reading: Reading,
    *,
    regions: tuple[str, ...] = (),
    languages: dict[str, str] | None = None,
    office_lines: bool = True,
) -> Iterator[Passage]:
    """Object to telephone numbers that the directory does not list.

    `regions` are the countries whose way of writing numbers is tried, beside that of the
    office; `languages` gives the country to try for a language. Land lines and service numbers
    pass unless `office_lines` is false.
    """
    for number in find_numbers(reading, _regions(reading, regions, languages or {})):
        if reading.is_protected(*number.span) or is_amount(reading, number.span):
            continue
        if number.is_listed(reading.post.directory):
            continue
        if not (office_lines and is_office_line(number)):
            yield Passage.at(number.span, kind=PHONE)


@check
def private_email(
    reading: Reading,
    *,
    free: Entries = frozenset(),
    official: Entries = frozenset(),
    desks: Entries = frozenset(),
    every: bool = False,
) -> Iterator[Passage]:
    """Object to e-mail addresses at `free` providers that the directory does not list.

    A person's own address under an `official` suffix is a tip; with `every`, each address counts.
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


def _regions(reading: Reading, regions: tuple[str, ...], languages: dict[str, str]) -> list[str]:
    own = [reading.post.region] if reading.post.region else []
    spoken = languages.get(reading.post.lang or reading.script, "")
    return list(dict.fromkeys(filter(None, (*own, *regions, spoken))))


def _under(domain: str, suffixes: Entries) -> bool:
    """Tell whether a domain is in a list, or under a domain of the list."""
    labels = domain.split(".")
    return any(".".join(labels[at:]) in suffixes for at in range(len(labels)))


def _is_person(local: str) -> bool:
    return bool(_PERSON.fullmatch(local))
