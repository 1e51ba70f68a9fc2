"""Reasons as they are kept: words from a list, then words of one's own, and several in a row."""

from collections.abc import Collection

#: What an office can choose from unless it has a list of its own.
REASONS = {
    "facts": "The facts need checking",
    "tone": "The tone is not right",
    "language": "It is hard to understand",
    "privacy": "It gives away personal or internal matters",
    "timing": "It is not the right moment",
    "page": "It does not belong on this page",
}
SEPARATOR = ": "  # between the words of the list and one's own
AND = "; "  # between two reasons of one vote
OWN_WORDS = "In their own words"
NO_WORDS = "No reason given"


def labels(reason: str, known: Collection[str]) -> set[str]:
    """Tell which reasons of a list somebody gave; what is on no list is in their own words."""
    found = {each for each in known if _is_given(each, reason)}
    return found or {OWN_WORDS}


def _is_given(label: str, reason: str) -> bool:
    parts = reason.split(AND)
    return any(part == label or part.startswith(f"{label}{SEPARATOR}") for part in parts)
