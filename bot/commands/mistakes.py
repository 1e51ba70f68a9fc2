"""Mistakes of the operator: said once, plainly."""

import sys
from collections.abc import Callable
from typing import TypeVar

from pydantic import ValidationError

from policy.documents import DocumentError

T = TypeVar("T")
WRONG_USAGE = 2
OURS = "Value error, "  # stands before what our own validators say


def complain(text: str) -> int:
    """Write a mistake to standard error. Returns the exit code for it."""
    sys.stderr.write(f"{text}\n")
    return WRONG_USAGE


class Mistake(Exception):
    """A setting or a file that has to be corrected. The text says what to do."""


def or_mistake(read: Callable[[], T]) -> T:
    """Read something that the operator wrote. Raises `Mistake` if it is wrong."""
    try:
        return read()
    except ValidationError as error:
        lines = [
            f"{'.'.join(map(str, each['loc'])).upper()}: {each['msg'].removeprefix(OURS)}"
            for each in error.errors()
        ]
        raise Mistake("\n".join(lines)) from None
    except (DocumentError, ValueError) as error:
        raise Mistake(str(error)) from None
