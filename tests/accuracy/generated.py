"""Sentences with personal data, made from a fixed seed: nobody's numbers, as people write them."""

import random
from collections.abc import Callable, Iterator, Mapping
from itertools import cycle
from typing import Any, NamedTuple

from stdnum import iban, luhn, verhoeff

SEED = 2026
EACH = 15  # sentences of each kind

NAMES = ("lena", "j.moss", "karim_b", "oona+club")
HOSTS = ("example.org", "mail.example.co.uk", "gmail.com", "posteo.example")
CARDS = ("4", "51", "55", "2221")
IBANS = {"DE": "#" * 18, "GB": "BARC" + "#" * 14, "NL": "INGB" + "#" * 10}


class Case(NamedTuple):
    """A sentence, and the passage of it that gives somebody away; `kind` is empty if none does."""

    text: str
    kind: str
    start: int
    end: int


def cases(kinds: Mapping[str, Any], clean: Mapping[str, Any]) -> Iterator[Case]:
    """Make the sentences: the same ones each time."""
    chance = random.Random(SEED)
    for kind, given in (*kinds.items(), ("", clean)):
        draw = DRAWN.get(kind) or _from(given["shapes"])
        for sentence, _ in zip(cycle(given["sentences"]), range(EACH), strict=False):
            before, after = sentence.split("{}")
            value = draw(chance)
            yield Case(f"{before}{value}{after}", kind, len(before), len(before) + len(value))


def _from(shapes: list[str]) -> Callable[[random.Random], str]:
    return lambda chance: _filled(chance.choice(shapes), chance)


def _filled(shape: str, chance: random.Random) -> str:
    signs = {"#": "0123456789", "%": "23456789", "@": "BCDFGHJKL"}
    return "".join(chance.choice(signs[sign]) if sign in signs else sign for sign in shape)


def _email(chance: random.Random) -> str:
    return f"{chance.choice(NAMES)}{chance.randrange(99)}@{chance.choice(HOSTS)}"


def _card(chance: random.Random) -> str:
    number = _filled(chance.choice(CARDS).ljust(15, "#"), chance)
    return _grouped(number + luhn.calc_check_digit(number), chance.choice((" ", "-", "")))


def _iban(chance: random.Random) -> str:
    country = chance.choice([*IBANS])
    body = _filled(IBANS[country], chance)
    number = f"{country}{iban.calc_check_digits(f'{country}00{body}')}{body}"
    return _grouped(number, chance.choice((" ", "")))


def _aadhaar(chance: random.Random) -> str:
    number = _filled("%##########", chance)
    return _grouped(number + verhoeff.calc_check_digit(number), " ")


def _grouped(number: str, gap: str) -> str:
    return gap.join(number[at : at + 4] for at in range(0, len(number), 4))


DRAWN: Mapping[str, Callable[[random.Random], str]] = {
    "email": _email,
    "card": _card,
    "iban": _iban,
    "aadhaar": _aadhaar,
}
