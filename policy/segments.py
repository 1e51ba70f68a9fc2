"""Words run together taken apart again: `keepbritaintidy` is Keep Britain Tidy."""

from collections.abc import Set
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True)
class Vocabulary:
    """Words to look for, those of one or two letters, and what only looks like several words.

    A run of two words is one word if it ends with one of `endings`, such as `ship`.
    """

    words: Set[str]
    short: Set[str]
    wholes: Set[str]
    endings: Set[str]

    def knows(self, run: str) -> bool:
        """Tell whether a run is a word, or a form of one."""
        if len(run) < 3:
            return run in self.short
        return self.lists(run) or any(
            run.endswith(ending)
            and len(run) - len(ending) > 3
            and run[: -len(ending)] in self.words
            for ending in _FORMS
        )

    def lists(self, run: str) -> bool:
        """Tell whether a run is a word as it stands in a list."""
        return run in self.words or run in self.wholes


_FORMS = ("s", "es", "ed", "ing", "ers", "er")
_CAPITALS = frozenset(("tv", "uk", "us"))

LONGEST_WORD = 16
LONGEST_TAG = 40

#: Between few long words and many short ones a reader sees the few.
_PER_WORD = 10
#: `life skills` and not `lifes kills`: a word that is in the list is likelier than a form of one.
_PER_FORM = 4
_SHORTEST_MEAN = 3.3


@lru_cache(maxsize=2000)
def segments(run: str, known: Vocabulary) -> tuple[str, ...]:
    """Return the words in a run of small letters: itself if it is one, nothing if unknown."""
    if known.knows(run):
        return (run,)
    parts = _best(run, known) if len(run) <= LONGEST_TAG else ()
    if len(parts) < 2 or (len(parts) == 2 and parts[1] in known.endings):
        return ()
    long = [part for part in parts if part not in known.short]
    clear = any(len(part) > 3 for part in long) and len("".join(long)) / len(long) >= _SHORTEST_MEAN
    return parts if clear else ()


def joined(parts: tuple[str, ...]) -> str:
    """Write words as one, each with a capital letter."""
    return "".join(part.upper() if part in _CAPITALS else part.capitalize() for part in parts)


def _best(run: str, known: Vocabulary) -> tuple[str, ...]:
    """Return the fewest known words that a run is made of, the longest of those."""
    best: list[tuple[int, tuple[str, ...]] | None] = [(0, ())]
    for end in range(1, len(run) + 1):
        options = []
        for start in range(max(end - LONGEST_WORD, 0), end):
            before, part = best[start], run[start:end]
            if before and known.knows(part):
                options.append((before[0] + _cost(part, known), (*before[1], part)))
        best.append(min(options, default=None))
    last = best[-1]
    return last[1] if last else ()


def _cost(part: str, known: Vocabulary) -> int:
    form = 0 if known.lists(part) else _PER_FORM
    return _PER_WORD + form + (LONGEST_WORD - len(part)) ** 2 // LONGEST_WORD
