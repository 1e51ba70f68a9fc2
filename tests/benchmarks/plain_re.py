"""The yardstick: the seven patterns that anybody would write first, on Python's own `re`."""

import re

from tests.benchmarks.line_loop import serve

PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+",  # e-mail address
        r"\b(?:\d{1,3}\.){3}\d{1,3}\b",  # IP address
        r"\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]){11,30}\b",  # IBAN
        r"\b(?:\d[ -]?){12,18}\d\b",  # card
        r"\b\d{3}-\d{2}-\d{4}\b",  # identity number
        r"(?<![\w/])(?:\+|00)?\(?\d[\d\s().-]{6,16}\d(?!\w)",  # phone
        r"\b\d{1,5}\s+(?:[A-Z][\w.]+\s){1,4}(?:Street|St|Road|Rd|Avenue|Lane|Drive|Close)\b",
    )
)


def check(text: str) -> list[str]:
    """Find whatever matches."""
    return [match[0] for pattern in PATTERNS for match in pattern.finditer(text)]


if __name__ == "__main__":
    serve(check)
