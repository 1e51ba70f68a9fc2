"""The two engines for patterns, so that no pattern can hang the bot.

Patterns that come as data (ours, an office's) run on google-re2, which takes time linear in the
text and refuses what it cannot do so. Our own code may use `regex` where re2 lacks a property.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple, cast

import re2
import regex  # type: ignore[import-untyped]

BAD_PATTERN = "this pattern is refused by the engine: {reason}"
EMPTY_MATCH = "this pattern matches an empty text, so it would match everywhere"

TOO_LARGE = "this pattern is too large; it repeats too much, too often"

#: A pattern of more steps takes too much memory and time.
MOST_STEPS = 20_000

_OPTIONS = re2.Options()
_OPTIONS.log_errors = False
_OPTIONS.never_nl = False


class Hit(NamedTuple):
    """A passage that a pattern matched, with its named groups."""

    start: int
    end: int
    groups: dict[str, str]


def unicode_pattern(pattern: str) -> re.Pattern[str]:
    """Compile one of our own patterns with Unicode properties such as `\\p{L}`."""
    return cast("re.Pattern[str]", regex.compile(pattern))


class Linear:
    """A pattern that came as data. Raises `ValueError` if the engine refuses it."""

    def __init__(self, pattern: str) -> None:
        try:
            self._compiled = re2.compile(pattern, _OPTIONS)
        except re2.error as error:
            raise ValueError(BAD_PATTERN.format(reason=_reason(error))) from None
        if self._compiled.search("") is not None:
            raise ValueError(EMPTY_MATCH)
        if self._compiled.programsize > MOST_STEPS:
            raise ValueError(TOO_LARGE)
        self.pattern = pattern

    def hits(self, text: str) -> Iterator[Hit]:
        """Find every passage that matches."""
        for match in self._compiled.finditer(text):
            if match.end() > match.start():
                named = {name: value or "" for name, value in match.groupdict().items()}
                yield Hit(match.start(), match.end(), named)


class PatternSet:
    """Many patterns asked at once, in one pass over the text, which of them occur at all."""

    def __init__(self, patterns: Sequence[str]) -> None:
        self._all = frozenset(range(len(patterns)))
        self._set = re2.Set.SearchSet(_OPTIONS)
        for pattern in (*patterns, ""):
            self._set.Add(pattern)
        self._set.Compile()

    def occurring(self, text: str) -> Collection[int]:
        """Return the numbers of the patterns that occur in a text, and maybe one more.

        The last pattern is empty and occurs in every text. If the engine misses it, then it has
        run out of memory, and each pattern may occur.
        """
        return self._set.Match(text) or self._all


def _reason(error: Exception) -> str:
    reason = error.args[0] if error.args else ""
    return reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)
