"""One finding per passage: the most specific rule speaks, the others are silent."""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from policy.findings import Finding


@dataclass(frozen=True)
class Standing:
    """How the findings of a rule stand to those of others.

    They replace those of the rules it `beats` on the same passage, and those of the rules it
    `silences` anywhere. With `beside` they share a passage with any other.
    """

    beats: frozenset[str] = frozenset()
    silences: frozenset[str] = frozenset()
    beside: bool = False


Standings = Mapping[str, Standing]


def settle(found: Sequence[Finding], standings: Standings) -> tuple[Finding, ...]:
    """Keep one finding per passage. Worst first, then in the order of the text."""
    kept: Iterable[Finding] = found
    if len(found) > 1:
        kept = _one_per_passage(_unbeaten(_unsilenced(found, standings), standings), standings)
    return tuple(sorted(kept, key=lambda each: (each.severity.rank, _start(each))))


def _unsilenced(found: Sequence[Finding], standings: Standings) -> list[Finding]:
    silenced = {rule for each in found for rule in standings[each.rule].silences}
    return [each for each in found if each.rule not in silenced]


def _unbeaten(found: Sequence[Finding], standings: Standings) -> Iterator[Finding]:
    claims: dict[str, _Places] = defaultdict(_Places)
    for each in found:
        for rule in standings[each.rule].beats:
            claims[rule].add(each)
    return (each for each in found if each.rule not in claims or claims[each.rule].free(each))


def _one_per_passage(found: Iterable[Finding], standings: Standings) -> Iterator[Finding]:
    """Prefer the worse finding, then the longer one, then that of the earlier rule."""
    taken = _Places()
    for each in sorted(found, key=lambda each: (each.severity.rank, -_length(each))):
        if each.start is None or standings[each.rule].beside:
            yield each
        elif taken.free(each):
            taken.add(each)
            yield each


class _Places:
    """Passages that are taken."""

    def __init__(self) -> None:
        self._ends: list[tuple[int, int]] = []

    def add(self, finding: Finding) -> None:
        if finding.start is not None and finding.end is not None:
            insort(self._ends, (finding.end, finding.start))

    def free(self, finding: Finding) -> bool:
        """Tell whether a finding shares no character with what is taken."""
        if finding.start is None or finding.end is None:
            return True
        at = bisect_left(self._ends, (finding.start + 1, -1))
        return at == len(self._ends) or self._ends[at][1] >= finding.end


def _start(finding: Finding) -> int:
    return -1 if finding.start is None else finding.start


def _length(finding: Finding) -> int:
    return 0 if finding.start is None or finding.end is None else finding.end - finding.start
