"""Codes with which somebody proves that a second account is theirs: to be read out and typed."""

import hashlib
import secrets
from datetime import timedelta

#: No letter or digit that could be taken for another: no I, L, O, 0 or 1.
ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
LENGTH = 8
HALF = LENGTH // 2
LIFE = timedelta(minutes=10)
PERIOD = timedelta(hours=1)
MOST_CODES = 5  # that a person may ask for within the period
MOST_MISSES = 5  # wrong codes that an account may try within the period

#: The same for everybody, since a code is looked for by its digest. What protects it is that one
#: digest takes long to compute, and that a code lives for ten minutes.
SALT = b"countersign link code"
COST, BLOCK = 2**14, 8


def new() -> str:
    """Make up a code, such as `K7QM-X2PD`."""
    made = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return f"{made[:HALF]}-{made[HALF:]}"


def plain(typed: str) -> str:
    """Return a code as people meant it: in capitals, without spaces and dashes."""
    return "".join(each for each in typed.upper() if each.isalnum())


def is_possible(typed: str) -> bool:
    """Tell whether something could be a code at all."""
    code = plain(typed)
    return len(code) == LENGTH and set(code) <= set(ALPHABET)


def digest(typed: str) -> str:
    """Return what is kept of a code."""
    return hashlib.scrypt(plain(typed).encode(), salt=SALT, n=COST, r=BLOCK, p=1).hex()
