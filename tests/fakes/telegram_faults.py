"""What can go wrong with a call to the stand-in for Telegram."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """Something that goes wrong with a call."""

    status: int = 0
    description: str = "Bad Gateway"
    retry_after: int = 0
    takes_effect: bool = False
    drops: bool = False  # the connection ends without an answer
    delay: float = 0.0  # seconds before anything happens
    garbage: bool = False  # a page instead of JSON


def too_many(retry_after: int) -> Fault:
    """Ask to wait."""
    return Fault(429, f"Too Many Requests: retry after {retry_after}", retry_after)


def broken(status: int = 502, *, takes_effect: bool = False) -> Fault:
    """Fail on the server's side."""
    return Fault(status, takes_effect=takes_effect)


def dropped(*, takes_effect: bool = False) -> Fault:
    """Break the connection instead of answering."""
    return Fault(drops=True, takes_effect=takes_effect)


def slow(seconds: float) -> Fault:
    """Take effect, and answer late."""
    return Fault(delay=seconds, takes_effect=True)
