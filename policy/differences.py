"""What changed between two wordings: a few passages, each with a little of what stands before it.

Words are what stands between white space, in any script. The work is bounded: where two texts have
too little in common to be compared in good time, a whole passage counts as replaced.
"""

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

WORD = re.compile(r"\S+")
SMALL = 4096  # pairs of words that are compared one by one
EFFORT = 30  # steps for each word of the two texts, beyond a fixed amount
CONTEXT = 4  # words before a change
NEARBY = 40  # characters of them
LONGEST = 80  # characters of a passage that is shown whole
LEAD = 12  # characters before the first that differs, in a passage that is not
JOINERS = ("Mn", "Mc", "Me", "Cf")  # kinds of character that belong to the one before


@dataclass(frozen=True)
class Change:
    """A passage of the old text, as code points, and what stands in its place."""

    start: int
    end: int
    old: str
    new: str
    before: str  # the last words before it

    @property
    def is_spacing(self) -> bool:
        """Tell whether only white space changed: spaces, tabs, line breaks."""
        return not self.old.strip() and not self.new.strip()

    @property
    def is_unseen(self) -> bool:
        """Tell whether it looks the same: hidden characters, other codes for letters."""
        return _visible(self.old) == _visible(self.new)


@dataclass(frozen=True)
class Differences:
    """All changes in order, and how many words they are about."""

    changes: tuple[Change, ...]
    removed: int
    added: int
    kept: int

    @property
    def is_rewritten(self) -> bool:
        """Tell whether so little is left that single changes say nothing."""
        return self.kept < max(self.removed, self.added) / 3 and self.removed + self.added > 20


@lru_cache(maxsize=64)  # a card is drawn anew with every vote
def compare(old: str, new: str) -> Differences:
    """Compare two wordings."""
    mine, theirs = list(WORD.finditer(old)), list(WORD.finditer(new))
    pairs = sorted(_kept([word[0] for word in mine], [word[0] for word in theirs]))
    whole = _without_crumbs(pairs, (len(mine), len(theirs)))
    changes = _changes(old, new, [(mine[i].span(), theirs[j].span()) for i, j in whole])
    kept = len(pairs)
    return Differences(tuple(changes), len(mine) - kept, len(theirs) - kept, kept)


def apply(old: str, changes: Sequence[Change]) -> str:
    """Return the new wording."""
    parts, at = list[str](), 0
    for change in changes:
        parts += [old[at : change.start], change.new]
        at = change.end
    return "".join([*parts, old[at:]])


def passages(change: Change) -> tuple[str, str]:
    """Return what was and what is, short enough to be read: long ones from where they differ."""
    old, new = " ".join(change.old.split()), " ".join(change.new.split())
    if max(len(old), len(new)) <= LONGEST:
        return old, new
    pairs = enumerate(zip(old, new, strict=False))
    same = next((n for n, (a, b) in pairs if a != b), min(len(old), len(new)))
    skipped = max(0, same - LEAD)
    return _cut(old, skipped), _cut(new, skipped)


def _cut(text: str, start: int) -> str:
    while 0 < start < len(text) and unicodedata.category(text[start]) in JOINERS:
        start -= 1
    end = start + LONGEST
    while start < end < len(text) and unicodedata.category(text[end]) in JOINERS:
        end -= 1
    middle = text[start:end] if end > start else text[start : start + LONGEST]
    return ("…" if start and text else "") + middle + ("…" if end < len(text) else "")


def _visible(text: str) -> str:
    plain = unicodedata.normalize("NFC", text)
    return "".join(c for c in plain if unicodedata.category(c) != "Cf")


def _changes(
    old: str, new: str, kept: Sequence[tuple[tuple[int, int], tuple[int, int]]]
) -> Iterator[Change]:
    """Find what stands between the words that were kept."""
    a = c = 0
    ends = ((len(old), len(old)), (len(new), len(new)))
    for (b, next_a), (d, next_c) in (*kept, ends):
        if old[a:b] != new[c:d]:
            yield _change(old, new, (a, b), (c, d))
        a, c = next_a, next_c


def _change(old: str, new: str, was: tuple[int, int], now: tuple[int, int]) -> Change:
    """Describe a change, without the white space that is the same on both sides."""
    (a, b), (c, d) = was, now
    while a < b and c < d and old[a] == new[c] and old[a].isspace():
        a, c = a + 1, c + 1
    while a < b and c < d and old[b - 1] == new[d - 1] and old[b - 1].isspace():
        b, d = b - 1, d - 1
    near = new[max(0, c - 4 * NEARBY) : c].split()[-CONTEXT:]
    while len(near) > 1 and len(" ".join(near)) > NEARBY:
        near = near[1:]
    return Change(a, b, old[a:b], new[c:d], " ".join(near)[-NEARBY:])


def _without_crumbs(
    pairs: Sequence[tuple[int, int]], ends: tuple[int, int]
) -> Iterator[tuple[int, int]]:
    """Leave out a single word that stands between two replaced passages: they read as one."""
    for before, (i, j), after in zip([(-1, -1), *pairs], pairs, [*pairs[1:], ends], strict=False):
        if min(i - before[0], j - before[1], after[0] - i, after[1] - j) < 2:
            yield i, j


def _kept(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Pair the words that stayed, as positions, in no order.

    Words that occur once on either side anchor the rest; what lies between anchors is compared in
    the same way, and word by word once it is small.
    """
    effort = EFFORT * (len(old) + len(new)) + 10 * SMALL
    todo = [(0, len(old), 0, len(new))]
    while todo:
        a, b, c, d = todo.pop()
        while a < b and c < d and old[a] == new[c]:
            yield a, c
            a, c = a + 1, c + 1
        while a < b and c < d and old[b - 1] == new[d - 1]:
            b, d = b - 1, d - 1
            yield b, d
        is_small = (b - a) * (d - c) <= SMALL
        effort -= (b - a) * (d - c) if is_small else (b - a) + (d - c)
        if effort < 0 or a == b or c == d:
            continue
        if is_small:
            yield from _longest(old, new, (a, b), (c, d))
            continue
        anchors = _anchors(old, new, (a, b), (c, d))
        yield from anchors
        edges = [(a - 1, c - 1), *anchors, (b, d)] if anchors else []
        for (i, j), (k, m) in pairwise(edges):
            todo.append((i + 1, k, j + 1, m))


def _anchors(
    old: Sequence[str], new: Sequence[str], was: tuple[int, int], now: tuple[int, int]
) -> list[tuple[int, int]]:
    """Pair the words that occur once in either passage: the longest run of them in one order."""
    mine, theirs = Counter(old[slice(*was)]), Counter(new[slice(*now)])
    places = {new[j]: j for j in range(*now) if theirs[new[j]] == 1}
    pairs = [(i, places[old[i]]) for i in range(*was) if mine[old[i]] == 1 and old[i] in places]
    tails, ends, previous = list[int](), list[int](), list[int]()
    for number, (_, j) in enumerate(pairs):
        place = bisect_left(tails, j)
        previous.append(ends[place - 1] if place else -1)
        tails[place : place + 1], ends[place : place + 1] = [j], [number]
    found, number = list[tuple[int, int]](), ends[-1] if ends else -1
    while number >= 0:
        found.append(pairs[number])
        number = previous[number]
    return found[::-1]


def _longest(
    old: Sequence[str], new: Sequence[str], was: tuple[int, int], now: tuple[int, int]
) -> Iterator[tuple[int, int]]:
    """Pair the words of the longest common sequence of two short passages."""
    (a, b), (c, d) = was, now
    best = [[0] * (d - c + 1) for _ in range(b - a + 1)]
    for i in range(b - 1, a - 1, -1):
        for j in range(d - 1, c - 1, -1):
            here = best[i + 1 - a]
            best[i - a][j - c] = (
                here[j + 1 - c] + 1
                if old[i] == new[j]
                else max(here[j - c], best[i - a][j + 1 - c])
            )
    i, j = a, c
    while i < b and j < d:
        if old[i] == new[j]:
            yield i, j
            i, j = i + 1, j + 1
        elif best[i + 1 - a][j - c] >= best[i - a][j + 1 - c]:
            i += 1
        else:
            j += 1
