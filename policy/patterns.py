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

#: In a text of more characters, each pattern of a set is looked for by itself.
LONGEST_AT_ONCE = 2_000

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
    """Many patterns asked at once which of them occur in a text at all.

    One pass over the text answers for all of them. In a long text of which hardly anything repeats
    that pass takes many times as long as one for each of them: what they have matched so far, all
    together, is new at every character.
    """

    def __init__(self, patterns: Sequence[str]) -> None:
        self._patterns = tuple(patterns)
        self._each = [(pattern, re2.compile(pattern, _OPTIONS).search) for pattern in patterns]
        self._set = re2.Set.SearchSet(_OPTIONS)
        for pattern in ("", *patterns):
            self._set.Add(pattern)
        self._set.Compile()

    def occurring(self, text: str) -> Collection[str]:
        """Return the patterns that occur in a text."""
        if len(text) > LONGEST_AT_ONCE:
            encoded = text.encode()
            return [pattern for pattern, search in self._each if search(encoded)]
        found = self._set.Match(text)
        if not found:  # the empty pattern occurs everywhere, so the engine has run out of memory
            return self._patterns
        return [self._patterns[number - 1] for number in found if number]


def _reason(error: Exception) -> str:
    reason = error.args[0] if error.args else ""
    return reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)
