"""The usual figures of a classifier, counted one verdict at a time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass
class Score:
    """Right and wrong verdicts: found or not, and whether it should have been."""

    hits: int = 0
    false: int = 0
    missed: int = 0
    passed: int = 0

    def note(self, *, found: bool, wanted: bool) -> None:
        """Count one verdict."""
        self.hits += found and wanted
        self.false += found and not wanted
        self.missed += wanted and not found
        self.passed += not found and not wanted

    def add(self, other: "Score") -> None:
        """Count the verdicts of another score too."""
        self.hits += other.hits
        self.false += other.false
        self.missed += other.missed
        self.passed += other.passed

    @property
    def precision(self) -> float:
        """How many of the findings are right; 1 if there are none."""
        return _share(self.hits, self.hits + self.false)

    @property
    def recall(self) -> float:
        """How much of what is there was found; 1 if there is nothing."""
        return _share(self.hits, self.hits + self.missed)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return _share(2 * self.hits, 2 * self.hits + self.false + self.missed)

    @property
    def macro_f1(self) -> float:
        """The mean of F1 for what is to be found and of F1 for what is to pass."""
        passing = _share(2 * self.passed, 2 * self.passed + self.false + self.missed)
        return (self.f1 + passing) / 2


def mean(figures: Iterable[float]) -> float:
    """Return the mean of some figures."""
    listed: Sequence[float] = [*figures]
    return sum(listed) / len(listed)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0
