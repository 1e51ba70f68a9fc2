"""The moments of the loop at which a crash must cost nothing. Tests kill the process at each."""

from collections.abc import Callable
from enum import StrEnum


class Point(StrEnum):
    """A moment between two steps."""

    RECEIVED = "received"  # an event is here, and not stored
    STORED = "stored"  # it is stored, and not acknowledged
    HANDLED = "handled"  # its effects are written, and not committed
    COMMITTED = "committed"  # they are committed; nothing has been sent
    CLAIMED = "claimed"  # a message is taken, and not sent
    SENT = "sent"  # it was sent, and that is not noted
    NOTED = "noted"  # that is noted


def _pass(point: Point) -> None:
    """Do nothing."""


hook: Callable[[Point], None] = _pass


def reach(point: Point) -> None:
    """Say that a moment has come."""
    hook(point)
